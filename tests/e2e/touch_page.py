# SPDX-License-Identifier: GPL-3.0-or-later
"""In a tile's page a finger is the page's: a tap is a click, and resting there is no wish for the tile's menu."""
import time

import harness
import touchscreen

WORLD = touchscreen.TouchWorld
TASK = "water"


def kept(world):
    return world.rows("SELECT value FROM kv WHERE owner = 'tile-0' AND key = 'todo' AND value LIKE ?", f"%{TASK}%")


def writes(world, x, y):
    """Into the field “Add a task”. The page does not tell when it has the focus: whoever sees nothing taps again."""
    world.click_at(x, y)
    world.key(*TASK, "Return")
    return kept(world)


def touch_page(world):
    world.seed("todo")
    world.start()
    world.wait_running(1)
    x, y, width, height = world.resting_box("Todo")
    world.press(x + width // 2, y + height - 40)
    time.sleep(1)
    world.release()
    assert not world.see_all("", "menu item")
    harness.wait_until("the task in Todo", lambda: writes(world, x + width // 3, y + 82), pause=1)
