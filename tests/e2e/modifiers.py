# SPDX-License-Identifier: GPL-3.0-or-later
"""Keys held during a drag change what others do, at once: Shift swaps or moves a shared edge, Ctrl leaves others alone,
both keep compact."""
import harness


def shift_swaps(world):
    start = world.point_in("Clock")
    world.press(*start)
    world.glide(start, world.beside(start, 6))
    world.see("^Notes, column 10 row 1,", "panel")
    world.picture("modifiers-push")
    world.hold("shift")
    world.see("^Notes, column 1 row 1,", "panel")
    world.picture("modifiers-swap")
    world.let_go("shift")
    world.see("^Notes, column 10 row 1,", "panel")
    world.hold("shift")
    world.see("^Notes, column 1 row 1,", "panel")
    world.release()
    world.let_go("shift")
    world.wait_places("the swap", t0=(6, 0, 3, 4), t1=(3, 0, 3, 4), t2=(0, 0, 3, 4))
    world.key("ctrl+z")
    world.wait_places("as before", t0=(0, 0, 3, 4), t1=(3, 0, 3, 4), t2=(6, 0, 3, 4))


def ctrl_moves_no_other(world):
    start = world.point_in("Clock")
    world.press(*start)
    world.glide(start, world.beside(start, 3))
    world.hold("ctrl")
    world.see("^Todo, column 4 row 1,", "panel")
    world.picture("modifiers-free")
    world.glide(world.beside(start, 3), world.beside(start, 5, 2))
    world.see("^Clock, column 6 row 5,", "panel")
    world.release()
    world.let_go("ctrl")
    world.wait_places("the nearest free place", t0=(5, 4, 3, 4), t1=(3, 0, 3, 4), t2=(6, 0, 3, 4))
    world.key("ctrl+z")
    world.wait_places("as before", t0=(0, 0, 3, 4), t1=(3, 0, 3, 4), t2=(6, 0, 3, 4))


def both_keep_compact(world):
    start = world.point_in("Clock")
    world.press(*start)
    world.glide(start, world.beside(start, 0, 5))
    world.see("^Clock, column 1 row 6,", "panel")
    world.hold("ctrl", "shift")
    world.see("^Clock, column 1 row 1,", "panel")
    world.let_go("ctrl", "shift")
    world.see("^Clock, column 1 row 6,", "panel")
    world.key("Escape")
    world.release()


def shift_shares_an_edge(world):
    x, y, width, height = world.resting_box("Clock")
    start = (x + width - 4, y + height // 2)
    world.press(*start)
    world.glide(start, world.beside(start, 1))
    world.hold("shift")
    world.see("^Todo, column 5 row 1, 2 by 4", "panel")
    world.picture("modifiers-shared-edge")
    world.release()
    world.let_go("shift")
    world.wait_places("the neighbour gave way", t0=(0, 0, 4, 4), t1=(4, 0, 2, 4), t2=(6, 0, 3, 4))
    assert world.operations()[-1] == "tile.resize"


def modifiers(world):
    world.seed("clock", "todo", "notes")
    world.start()
    world.wait_running(3)
    world.click(world.button("Arrange widgets"))
    shift_swaps(world)
    ctrl_moves_no_other(world)
    both_keep_compact(world)
    shift_shares_an_edge(world)
