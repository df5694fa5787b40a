# SPDX-License-Identifier: GPL-3.0-or-later
"""Undo and redo know after a restart what was done before it."""
import harness


def undo_after_restart(world):
    world.seed("clock", "todo")
    world.start()
    world.wait_running(2)
    before = world.places()
    world.key("ctrl+e")
    across, _ = world.cell("Clock")
    start = world.centre(world.tile("Clock"))
    world.drag(start, (round(start[0] + across * 6), start[1]))
    harness.wait_until("the move on disk", lambda: world.places()["tile-0"][0] == 6)
    after = world.places()

    world.stop()
    world.start()
    world.wait_running(2)
    assert world.places() == after
    world.see("^Clock, column 7 row 1,", "panel")

    world.key("ctrl+z")
    harness.wait_until("the places from before", lambda: world.places() == before)
    world.see("^Clock, column 1 row 1,", "panel")
    world.picture("undo_after_restart-undone")
    world.key("ctrl+shift+z")
    harness.wait_until("the move again", lambda: world.places() == after)

    world.click(world.button("Undo"))
    harness.wait_until("the places from before", lambda: world.places() == before)
    world.kill()
    world.start()
    world.see("^Clock, column 1 row 1,", "panel")
    assert world.places() == before
