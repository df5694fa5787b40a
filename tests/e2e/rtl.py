# SPDX-License-Identifier: GPL-3.0-or-later
"""In a language that is written from right to left, columns count from the right, for pointer, handles and keyboard."""
import subprocess

import harness


def hebrew(world):
    """The environment of somebody who reads Hebrew. GTK takes the direction from its own words; GLib leaves a program
    wholly untranslated that has none in the locale's language, unless the locale is an English one: so one is made."""
    folder = world.root / "locale"
    folder.mkdir()
    subprocess.run(["localedef", "-i", "en_US", "-f", "UTF-8", folder / "en_US.UTF-8"], check=True)
    return {"LOCPATH": str(folder), "LC_ALL": "en_US.UTF-8", "LANGUAGE": "he"}


def is_mirrored(world):
    x, _, width, _ = world.resting_box("Clock")
    left, _, all_of_it, _ = world.box(world.see(".", "frame"))
    return x + width / 2 > left + all_of_it / 2


def drag_to_the_left(world):
    start = world.point_in("Clock")
    across, _ = world.cell("Clock")
    world.press(*start)
    world.glide(start, (round(start[0] - across * 6), start[1]))
    world.see("^Clock, column 7 row 1,", "panel")
    world.picture("rtl-drag")
    world.release()
    world.wait_places("six columns on", t0=(6, 0, 3, 4))
    world.key("ctrl+z")
    world.wait_places("as before", t0=(0, 0, 3, 4))


def pull_the_far_corner(world):
    """The corner at the end of the line is the left one."""
    x, y, _, height = world.resting_box("Todo")
    across, down = world.cell("Todo")
    start = (x + 12, y + height - 6)
    world.press(*start)
    world.glide(start, (round(start[0] - across), round(start[1] + down)))
    world.see("^Todo, column 4 row 1, 4 by 5", "panel")
    world.picture("rtl-resize")
    world.release()
    world.wait_places("one larger", t1=(3, 0, 4, 5))


def step_to_the_left(world):
    world.key("F6", "Return", "Left")
    harness.wait_until("the words of the screen’s side",
                       lambda: "to the left" in world.tile("Clock").description)
    world.key("Right")
    harness.wait_until("where it was", lambda: world.tile("Clock").description == "Clock, column 1 row 1")
    world.key("Right")
    harness.wait_until("the edge", lambda: world.tile("Clock").description == "Clock, at the right edge")
    world.key("Escape")


def rtl(world):
    world.seed("clock", "todo")
    world.start(environment=hebrew(world))
    world.wait_running(2)
    assert is_mirrored(world)
    step_to_the_left(world)
    world.click(world.button("Arrange widgets"))
    drag_to_the_left(world)
    pull_the_far_corner(world)
