# SPDX-License-Identifier: GPL-3.0-or-later
"""Keys that repeat do no harm: more undos than there are things to undo, toasts on top of one another, new canvases."""
import time


def hurry(world, *keys, times):
    for _ in range(times):
        for key in keys:
            world._xdotool("key", "--delay", "1", key)


def lives(world):
    time.sleep(1.5)
    assert world.program.poll() is None, world.output()


def hasty_undo(world):
    world.seed("clock", "todo", "notes")
    world.start()
    world.wait_running(3)
    before = world.places()
    hurry(world, "ctrl+z", times=12)
    lives(world)
    hurry(world, "F6", "Delete", "ctrl+z", times=8)
    lives(world)
    hurry(world, "ctrl+z", times=20)
    lives(world)
    assert world.places() == before
    hurry(world, "ctrl+t", times=10)
    lives(world)
    names = [row[0] for row in world.rows("SELECT name FROM canvas")]
    assert 2 <= len(names) == len(set(names)), names
