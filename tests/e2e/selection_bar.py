# SPDX-License-Identifier: GPL-3.0-or-later
"""What is selected can be aligned, locked, copied, sent away and removed by a bar that comes with the selection."""
import harness


def wait_done(world, kind):
    harness.wait_until(kind, lambda: world.operations()[-1] == kind)


def press(world, name):
    world.click(world.see(f"^{name}$", "push button"))


def select_all(world, count):
    world.key("ctrl+a")
    world.see(f"^{count} selected$", "label")


def arrange(world):
    select_all(world, 4)
    world.picture("selection-bar")
    press(world, "Align Left")
    wait_done(world, "tiles.align")
    assert {place[0] for place in world.places().values()} == {0}
    world.key("ctrl+z")
    press(world, "Lock")
    wait_done(world, "tiles.lock")
    press(world, "Unlock")
    harness.wait_until("unlocked", lambda: world.rows("SELECT sum(locked) FROM tile") == [(0,)])
    press(world, "Select Nothing")
    world.see_gone("^4 selected$", "label")


def leave_by_escape(world):
    """Also from the header bar: the first Escape closes its menu, the next lets go."""
    select_all(world, 4)
    world.key("F10")
    world.see("^Keyboard Shortcuts$", "menu item")
    world.key("Escape")
    world.see_gone("^Keyboard Shortcuts$", "menu item")
    world.see("^4 selected$", "label")
    world.key("Escape")
    world.see_gone("^4 selected$", "label")


def send(world):
    world.key("ctrl+t")
    world.see("^Canvas Canvas, 2 of 2")
    world.key("ctrl+1")
    world.tile("Clock")
    select_all(world, 4)
    world.click(world.see("^Send to Another Canvas", ".*button"))
    world.see("New Canvas", "menu item")
    world.key("Return")  # the first one has the focus
    wait_done(world, "tile.send")
    harness.wait_until("all four there", lambda: world.rows(
        "SELECT canvas_id = 'home', count(*) FROM tile GROUP BY 1") == [(0, 4)])
    world.see("An Empty Canvas")
    world.key("ctrl+2")
    world.tile("Clock")


def remove(world):
    select_all(world, 4)
    press(world, "Remove")
    wait_done(world, "tiles.remove")
    world.see("4 widgets removed")
    world.key("ctrl+z")
    world.tile("Clock")


def narrow(world):
    world.resize_window(360, 640)
    world.key("ctrl+1")
    world.key("ctrl+2")
    select_all(world, 4)
    world.picture("selection-bar-narrow")
    for name in ("Align Left", "Distribute Down", "Remove", "Select Nothing"):
        x, _, width, _ = world.box(world.see(f"^{name}$", "push button"))
        left, _, room, _ = world.box(world.see("^Token Nexus Canvas$", "frame"))
        assert left <= x and x + width <= left + room, name


def selection_bar(world):
    world.seed("clock", "todo", "calendar", "notes")
    world.start()
    world.wait_running(4)
    arrange(world)
    leave_by_escape(world)
    send(world)
    remove(world)
    narrow(world)
