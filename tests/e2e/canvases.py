# SPDX-License-Identifier: GPL-3.0-or-later
"""Several canvases: made, named, ordered, switched, deleted and brought back; the one in view last is so again."""
import harness


def names(world):
    return [row[0] for row in world.rows("SELECT name FROM canvas ORDER BY position, id")]


def wait_names(world, *expected):
    harness.wait_until(f"the canvases {expected}", lambda: names(world) == list(expected))


def see_title(world, name, index, count):
    world.see(f"^Canvas {name}, {index} of {count}")


def open_switcher(world):
    world.click(world.see(r"^Canvas .*, \d of \d"))
    world.see("^New Canvas", ".*button")


def create_and_rename(world):
    open_switcher(world)
    world.picture("canvases-switcher-one")
    world.key("Tab", "Return")
    see_title(world, "Canvas", 2, 2)
    wait_names(world, "Home", "Canvas")
    world.see("An Empty Canvas")
    world.key("ctrl+t")
    see_title(world, "Canvas 2", 3, 3)

    open_switcher(world)
    world.picture("canvases-switcher")
    world.key("F2")
    world.see("^Rename the Canvas$")
    world.picture("canvases-rename")
    world.type("Work")
    world.key("Return")
    see_title(world, "Work", 3, 3)
    wait_names(world, "Home", "Canvas", "Work")


def reorder(world):
    world.key("ctrl+shift+Prior")
    see_title(world, "Work", 2, 3)
    wait_names(world, "Home", "Work", "Canvas")
    world.key("ctrl+shift+Next", "ctrl+shift+Next")
    see_title(world, "Work", 3, 3)
    world.key("ctrl+z")
    wait_names(world, "Home", "Work", "Canvas")


def switch(world):
    world.key("ctrl+1")
    see_title(world, "Home", 1, 3)
    world.tile("Clock")
    world.wait_running(2)
    world.key("ctrl+Next")
    see_title(world, "Work", 2, 3)
    world.key("ctrl+Prior", "ctrl+Prior")
    see_title(world, "Canvas", 3, 3)
    open_switcher(world)
    world.key("Up", "Return")
    see_title(world, "Work", 2, 3)


def undo_shows_where(world):
    """What is undone on another canvas is seen there."""
    world.key("ctrl+1")
    see_title(world, "Home", 1, 3)
    world.open_menu("Todo")
    world.key("Up", "Return")
    harness.wait_until("one tile left", lambda: list(world.places()) == ["tile-0"])
    world.key("ctrl+2")
    see_title(world, "Work", 2, 3)
    world.key("ctrl+z")
    see_title(world, "Home", 1, 3)
    world.tile("Todo")


def delete_and_undo(world):
    open_switcher(world)
    world.key("Down", "Delete")
    world.see("Work.*deleted")
    wait_names(world, "Home", "Canvas")
    world.picture("canvases-deleted")
    world.key("ctrl+z")
    see_title(world, "Work", 2, 3)
    wait_names(world, "Home", "Work", "Canvas")
    open_switcher(world)
    world.key("Up")
    world._xdotool("key", "--delay", "0", "Delete", "ctrl+z")  # right after: not for the list that is gone
    harness.wait_until("taken back", lambda: world.rows(
        "SELECT subject FROM operation WHERE undone AND kind = 'canvas.delete'") == [("Home",)])
    see_title(world, "Home", 1, 3)
    world.tile("Clock")
    world.wait_running(2)


def same_after_restart(world):
    world.key("ctrl+2")
    see_title(world, "Work", 2, 3)
    world.stop()
    world.start()
    see_title(world, "Work", 2, 3)


def is_sensitive(world, name):
    import pyatspi
    return world.button(name).getState().contains(pyatspi.STATE_SENSITIVE)


def last_one_stays(world):
    for name in ("Work", "Canvas"):
        open_switcher(world)
        world.key("Delete")
        harness.wait_until(f"{name} gone", lambda: name not in names(world))
    see_title(world, "Home", 1, 1)
    open_switcher(world)
    world.key("Delete")
    world.see("The last canvas can’t be deleted")
    assert names(world) == ["Home"]
    while len(world.operations()) > 1:
        before = len(world.operations())
        world.key("ctrl+z")
        harness.wait_until("an undo", lambda: len(world.operations()) < before)
    harness.wait_until("nothing to undo", lambda: not is_sensitive(world, "Undo"))
    world.key("ctrl+z")
    world.key("ctrl+shift+z")
    harness.wait_until("the redo", lambda: len(world.operations()) == 2)
    assert is_sensitive(world, "Undo")
    world.key("ctrl+z")
    harness.wait_until("the first canvas", lambda: names(world) == ["Home"])
    see_title(world, "Home", 1, 1)


def canvases(world):
    world.seed("clock", "todo")
    world.start()
    world.wait_running(2)
    create_and_rename(world)
    reorder(world)
    switch(world)
    undo_shows_where(world)
    delete_and_undo(world)
    same_after_restart(world)
    last_one_stays(world)
