# SPDX-License-Identifier: GPL-3.0-or-later
"""The corners resize a tile, up to their last pixel; others make way, and the size the app needs is kept."""
import harness


def corner(world, title):
    x, y, width, height = world.resting_box(title)
    return x + width - 3, y + height - 3


def pull(world, columns, rows):
    across, down = world.cell("Todo")
    start = corner(world, "Todo")
    world.drag(start, (round(start[0] + across * columns), round(start[1] + down * rows)))


def window_border(world):
    """GTK 4.8 counts from inside the border that it draws where nothing composes windows."""
    return (world._geometry(world.window)[2] - world.box(world.see(".", "frame"))[2]) // 2


def pull_in(world, right, bottom, place):
    """By the very corner, one cell inwards; and back."""
    x, y, width, height = world.resting_box("Todo")
    border = window_border(world)
    start = (x + border + (width - 1 if right else 0), y + border + (height - 1 if bottom else 0))
    across, down = world.cell("Todo")
    world.drag(start, (round(start[0] + (-across if right else across)), round(start[1] + (-down if bottom else down))))
    world.wait_places("smaller by that corner", t0=place)
    assert world.operations()[-1] == "tile.resize"
    world.key("ctrl+z")
    world.wait_places("as before", t0=(0, 0, 3, 4))


def resize(world):
    world.seed("todo", "clock", "calendar", "notes", "calculator")
    world.start()
    world.wait_running(5)
    pull_in(world, True, True, (0, 0, 2, 3))
    world.key("ctrl+e")
    pull_in(world, False, False, (1, 1, 2, 3))
    pull_in(world, True, False, (0, 1, 2, 3))
    pull_in(world, False, True, (1, 0, 2, 3))
    pull_in(world, True, True, (0, 0, 2, 3))

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
