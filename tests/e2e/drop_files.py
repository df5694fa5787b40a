# SPDX-License-Identifier: GPL-3.0-or-later
"""A file that is dragged here from another program shows where it would land, and moves nothing when it leaves again."""
import pathlib
import subprocess
import sys

import harness


def open_files(world, *paths):
    """Another program with these files, at the display's corner; where to take hold of them."""
    world._spawn([sys.executable, str(pathlib.Path(__file__).with_name("drag_files.py")), *map(str, paths)])
    window = harness.wait_until("the other window", lambda: subprocess.run(
        ["xdotool", "search", "--onlyvisible", "--name", "^Files$"], capture_output=True, text=True,
        check=False).stdout.split())[0]
    subprocess.run(["xdotool", "windowmove", "--sync", window, "0", "0", "windowraise", window], check=True)
    return 70, 80


def drop_files(world):
    package = world.root / "thing.tgz"
    package.write_bytes(b"nothing yet")
    world.seed("clock", "todo")
    world.start()
    world.wait_running(2)
    before = world.places()
    start = open_files(world, package)
    end = world.point_in("Todo", 0.5, 0.1)
    world.press(*start)
    world.glide(start, end, steps=30)
    harness.wait_until("room made for it", lambda: not world.see_all("^Todo, column 4 row 1,", "panel"))
    world.picture("drop_files-over")
    world.glide(end, start)
    world.see("^Todo, column 4 row 1,", "panel")
    world.release()
    assert world.places() == before
    assert world.operations() == ["canvas.create"]
