# SPDX-License-Identifier: GPL-3.0-or-later
"""In a tile's page a finger is the page's: a tap is a click, and resting there is no wish for the tile's menu."""
import time

import harness
import touchscreen

WORLD = touchscreen.TouchWorld
TASK = "water"


def kept(world):
    return world.rows("SELECT value FROM kv WHERE owner = 'tile-0' AND key = 'todo' AND value LIKE ?", f"%{TASK}%")


def touch_page(world):
    world.seed("todo")
    world.start()
    world.wait_running(1)
    x, y, width, height = world.resting_box("Todo")
    world.press(x + width // 2, y + height - 40)
    time.sleep(1)
    world.release()
    assert not world.see_all("", "menu item")
    world.click_at(x + width // 3, y + 82)  # the field “Add a task”
    world.key(*TASK, "Return")
    harness.wait_until("the task in Todo", lambda: kept(world))
