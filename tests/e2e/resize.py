# SPDX-License-Identifier: GPL-3.0-or-later
"""The corner resizes a tile; others make way, and the size the app needs is kept."""
import harness


def corner(world, title):
    x, y, width, height = world.resting_box(title)
    return x + width - 3, y + height - 3


def pull(world, columns, rows):
    across, down = world.cell("Todo")
    start = corner(world, "Todo")
    world.drag(start, (round(start[0] + across * columns), round(start[1] + down * rows)))


def resize(world):
    world.seed("todo", "clock", "calendar", "notes", "calculator")
    world.start()
    world.wait_running(5)
    world.key("ctrl+e")

    pull(world, 1, 1)
    harness.wait_until("a larger tile", lambda: world.places()["tile-0"] == (0, 0, 4, 5))
    assert world.operations()[-1] == "tile.resize"
    world.see("^Todo, column 1 row 1, 4 by 5$", "panel")
    world.picture("resize-larger")

    pull(world, -4, -5)
    harness.wait_until("the least size that the app allows", lambda: world.places()["tile-0"] == (0, 0, 2, 2))

    world.key("ctrl+z")
    harness.wait_until("the larger tile again", lambda: world.places()["tile-0"] == (0, 0, 4, 5))
    world.see("^Todo, column 1 row 1, 4 by 5$", "panel")
