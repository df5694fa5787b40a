# SPDX-License-Identifier: GPL-3.0-or-later
"""What was done is a list: a moment can be looked at, named, and gone back to, after a restart as well."""
import contextlib
import sqlite3

import harness


def rows(world):
    return [node.name for node in world.see_all(r", \d\d:\d\d", "list item")]


def wait_rows(world, *beginnings):
    harness.wait_until(f"the rows {beginnings}", lambda: len(rows(world)) == len(beginnings) and all(
        row.startswith(beginning) for row, beginning in zip(rows(world), beginnings)))


def remove_two(world):
    for title, left in (("Todo", 2), ("Calendar", 1)):
        world.open_menu(title)
        world.key("Up", "Return")
        harness.wait_until("one tile less", lambda: len(world.places()) == left)


def beside_the_list(world):
    """Also where the list lies over the canvas, in a window of middling width."""
    _, _, width, height = world._geometry(world.window)
    world.resize_window(700, 700)

    def apart():
        left, _, room, _ = world.box(world.see("^History$", "list"))
        return left + room <= world.box(world.see("^As it was at", "label"))[0]
    harness.wait_until("the look back beside the list", apart)
    world.picture("history-middling")
    world.resize_window(width, height)


def look_back(world):
    world.key("ctrl+h")
    wait_rows(world, "Removed Calendar", "Removed Todo", "Created “Home”")
    world.see("^Today$", "label")
    world.picture("history-panel")
    world.click(world.see("^Removed Todo", "list item"))
    world.see("^As it was at")
    world.picture("history-preview")
    beside_the_list(world)


def name(world):
    world.key("F2")
    world.see("^Name This Moment$")
    world.type("Before the calendar went")
    world.key("Return")
    wait_rows(world, "Removed Calendar", "Before the calendar went, Removed Todo", "Created “Home”")


def go_back(world):
    world.click(world.see("^_?Go to This", "push button"))
    world.see("Went 1 step back")
    harness.wait_until("the calendar", lambda: len(world.places()) == 2)
    world.tile("Calendar")
    world.see("^Now$", "label")
    world.picture("history-now")
    world.see_gone("s it was at")


def forward_by_toast(world):
    world.click(max(world.see_all("^_?Undo", ".*button"), key=lambda button: world.centre(button)[1]))
    harness.wait_until("one tile", lambda: len(world.places()) == 1)


def after_restart(world):
    world.stop()
    world.start()
    world.key("ctrl+h")
    wait_rows(world, "Removed Calendar", "Before the calendar went, Removed Todo", "Created “Home”")
    world.click(world.see("^Created “Home”", "list item"))
    world.see("^As it was at")
    world.key("Return")
    world.see("Went 2 steps back")
    harness.wait_until("all three", lambda: len(world.places()) == 3)
    world.key("ctrl+h")
    world.see_gone("^History$", "label")


def goes_with_what_is_done(world):
    """What is done is done now, and is seen: no look back stays over it."""
    world.key("ctrl+h")
    for keys, seen in (("ctrl+t", "Canvas, 2 of 2"), ("ctrl+1", "Home, 1 of 2"), ("ctrl+1", "Home, 1 of 2"),
                       ("ctrl+2", "Canvas, 2 of 2"), ("ctrl+z", "Home, 1 of 1"), ("ctrl+e", "Home, 1 of 1"),
                       ("Tab Tab Escape", "Home, 1 of 1")):
        world.click(world.see("^Created “Home”", "list item"))
        world.see("s it was at")
        world.key(*keys.split())
        world.see(f"^Canvas {seen}")
        world.see_gone("s it was at")


def steps_out_of_sight_count(world):
    """More were taken back than the list shows at first: all of them count."""
    world.stop()
    with contextlib.closing(sqlite3.connect(world.workspace / "canvas.db", isolation_level=None)) as store:
        newest, = store.execute("SELECT max (seq) FROM operation").fetchone()
        store.execute("PRAGMA foreign_keys = ON")
        store.execute("DELETE FROM operation WHERE undone = 1")
        for seq in range(newest + 1, newest + 151):
            store.execute("INSERT INTO operation (seq, id, time, kind, canvas_id, subject, undone)"
                          " VALUES (?, ?, ?, 'tile.move', 'home', 'Clock', 1)", (seq, f"old-{seq}", seq))
    done = world.operations()
    world.start()
    world.key("ctrl+h")
    harness.wait_until("many rows", lambda: len(rows(world)) > 3)
    world.click(world.see("^Moved Clock", "list item"))
    world.see("^As it was at")
    world.key("Return")
    world.see("Went 150 steps forward")
    harness.wait_until("all done", lambda: len(world.operations()) == len(done) + 150)


def history(world):
    world.seed("clock", "todo", "calendar")
    world.start()
    world.wait_running(3)
    remove_two(world)
    look_back(world)
    name(world)
    go_back(world)
    forward_by_toast(world)
    after_restart(world)
    goes_with_what_is_done(world)
    steps_out_of_sight_count(world)
