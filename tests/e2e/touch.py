# SPDX-License-Identifier: GPL-3.0-or-later
"""A finger does what a pointer does: it drags, resizes, scrolls, and opens a tile's menu by resting on it."""
import subprocess

import harness
import touchscreen

WORLD = touchscreen.TouchWorld
MARGIN = 6  # from the window's left edge, where there are no tiles


def title(number):
    return f"grafana:p{number}x"


def top(world, number):
    return world.resting_box(title(number))[1]


def drags_by_the_title(world):
    """Straight down, where the canvas could scroll just as well."""
    x, y, _, _ = world.resting_box(title(8))
    _, down = world.cell(title(8))
    world.drag((x + 60, y + 16), (x + 60, round(y + 16 + down * 3)))
    world.see(f"^{title(8)}, column 5 row 6,")
    assert harness.wait_until("the move kept", world.operations)[1:] == ["tile.move"]


def scrolls(world):
    """By the empty canvas, and by what is in a tile."""
    before = top(world, 16)
    world.drag((MARGIN, 400), (MARGIN, 300))
    between = top(world, 16)
    assert before - 150 < between < before - 50, f"the empty canvas scrolled from {before} to {between}"
    x, y, width, height = world.resting_box(title(16))
    world.drag((x + width // 2, y + height // 2 + 20), (x + width // 2, y + height // 2 + 120))
    assert between + 50 < top(world, 16) < between + 150, "a tile's middle scrolled nothing"
    assert not world.see_all(", selected$", "panel")
    assert world.operations()[1:] == ["tile.move"]


def rests_for_the_menu(world):
    world.press(*world.point_in(title(14)))
    world.see("Duplicate", "menu item")
    world.release()
    world.key("d")
    harness.wait_until("another one", lambda: world.operations()[-1] == "tile.duplicate")
    world.see_gone("Duplicate", "menu item")


def pulls(world, number, start, columns, rows):
    across, down = world.cell(title(number))
    world.drag(start, (round(start[0] + across * columns), round(start[1] + down * rows)))


def resizes(world):
    """A finger is on a handle where a pointer would not be."""
    x, y, width, height = world.resting_box(title(9))
    pulls(world, 9, (x + width - 30, y + height - 30), 1, 1)
    world.see(f"^{title(9)}, column 7 row 3, 3 by 3")
    x, y, width, height = world.resting_box(title(9))
    pulls(world, 9, (x + width - 20, y + height // 2), 1, 0)
    world.see(f"^{title(9)}, column 7 row 3, 4 by 3")
    x, y, width, height = world.resting_box(title(9))
    pulls(world, 9, (x + width // 2, y + height + harness.GAP // 2), 0, -1)
    world.see(f"^{title(9)}, column 7 row 3, 4 by 2")


def taps_to_select(world):
    world.click_at(*world.point_in(title(9)))
    world.see(f"^{title(9)}, .*, selected$", "panel")
    world.click_at(*world.point_in(title(9)))
    world.see_gone(f"^{title(9)}, .*, selected$", "panel")


def touch(world):
    subprocess.run([harness.SEED, world.workspace, *[f":{title(number)}" for number in range(30)]], check=True)
    world.start()
    drags_by_the_title(world)
    scrolls(world)
    world.key("ctrl+e")
    resizes(world)
    taps_to_select(world)
    rests_for_the_menu(world)
