# SPDX-License-Identifier: GPL-3.0-or-later
"""A widget's menu renames it, makes another one like it, and locks it."""
import harness


def kept(world, column):
    return [row[0] for row in world.rows(f"SELECT {column} FROM tile ORDER BY id")]


def escape_is_the_popovers(world):
    """It closes what is open; the selection is the next one's."""
    world.key("F6", "ctrl+space")
    world.see("^Todo, .*, selected$", "panel")
    world.open_menu("Todo")
    world.key("n")
    world.see("^Title$")
    world.key("Escape")
    world.see_gone("^Title$")
    world.see("^Todo, .*, selected$", "panel")
    world.key("Escape")
    world.see_gone(", selected$", "panel")


def undone_at_once(world):
    """Keys right after the one that closed the popover are for the window."""
    world.open_menu("Todo")
    world.key("n")
    world.see("^Title$")
    world.key("ctrl+a")
    world.type("Garden")
    world._xdotool("key", "--delay", "0", "Return", "ctrl+z")
    world.tile("Todo")
    harness.wait_until("taken back", lambda: world.rows(
        "SELECT kind FROM operation WHERE undone ORDER BY seq DESC") == [("tile.rename",)])


def tile_menu(world):
    world.seed("clock", "todo")
    world.start()
    world.wait_running(2)
    world.open_menu("Clock")
    world.picture("tile_menu-menu")
    world.key("n")
    world.see("^Title$")
    world.picture("tile_menu-rename")
    world.key("ctrl+a")
    world.type("Kitchen")
    world.key("Return")
    world.tile("Kitchen")
    assert kept(world, "title") == ["Kitchen", None]

    world.open_menu("Kitchen")
    world.key("d")
    harness.wait_until("another one", lambda: len(kept(world, "id")) == 3)
    world.wait_running(3)
    assert sorted(kept(world, "title"), key=str) == ["Kitchen", "Kitchen", None]
    assert world.operations()[-2:] == ["tile.rename", "tile.duplicate"]

    escape_is_the_popovers(world)
    undone_at_once(world)
    world.open_menu("Todo")
    world.key("l")
    world.see("^Todo, column 4 row 1, 3 by 4, locked$", "panel")
    world.key("ctrl+e")
    start = world.point_in("Todo", 0.5, 0.6)
    world.drag(start, world.beside(start, 3, 5, "Todo"))
    world.see("^Todo, column 4 row 1, 3 by 4, locked$", "panel")
    assert world.operations()[-1] == "tile.lock"
