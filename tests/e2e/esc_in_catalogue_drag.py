# SPDX-License-Identifier: GPL-3.0-or-later
"""Esc during a drag out of the Add panel: nothing is added, wherever the button is let go of then."""
import time


def esc_in_catalogue_drag(world):
    world.seed("clock")
    world.start()
    world.wait_running(1)
    world.click(world.button("Add a widget"))
    card = world.see("^Notes$", "label")
    x, y, width, height = world.box(world.see(".", "frame"))
    start, end = world.centre(card), (round(x + width * 0.75), round(y + height * 0.5))
    world.press(*start)
    world.glide(start, end)
    time.sleep(0.3)
    world.picture("esc_in_catalogue_drag-under-way")
    world.key("Escape")
    time.sleep(0.3)
    world.glide(end, (end[0] + 20, end[1] + 20), steps=4)
    world.release()
    time.sleep(1)
    world.picture("esc_in_catalogue_drag-after")
    assert world.operations() == ["canvas.create"], world.operations()
    assert list(world.places()) == ["tile-0"]

    start = world.centre(world.see("^Notes$", "label"))
    world.drag(start, end)
    world.wait_running(2)
    assert world.operations()[-1] == "tile.add"
