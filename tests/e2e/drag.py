# SPDX-License-Identifier: GPL-3.0-or-later
"""A real pointer drags tiles: in edit mode by all of them, else by the header; Esc restores."""
import harness


def escape_restores(world):
    before, done = world.places(), world.operations()
    start = world.point_in("Clock")
    world.press(*start)
    world.glide(start, world.beside(start, 3))
    world.picture("drag-under-way")
    world.key("Escape")
    world.release()
    world.see("^Clock, column 1 row 1,", "panel")
    assert world.places() == before
    assert world.operations() == done


def dropping_moves(world):
    before = world.places()
    start = world.point_in("Clock")
    world.drag(start, world.beside(start, 3))
    harness.wait_until("the move on disk", lambda: world.places() != before)
    places = world.places()
    assert places["tile-0"][:2] == (3, 0), places
    assert world.operations()[-1] == "tile.move"
    world.see("^Clock, column 4 row 1,", "panel")


def header_drags_in_view_mode(world):
    before = world.places()["tile-0"]
    world.move(*world.point_in("Clock", 0.5, 0.5))
    x, y, _, _ = world.resting_box("Clock")
    start = (x + 40, y + 16)
    world.drag(start, world.beside(start, -2))
    harness.wait_until("the move on disk", lambda: world.places()["tile-0"] == (1, *before[1:]))


def page_does_not_drag_in_view_mode(world):
    before, done = world.places(), world.operations()
    start = world.point_in("Clock")
    world.drag(start, world.beside(start, 3))
    assert world.places() == before
    assert world.operations() == done


def drag(world):
    world.seed("clock", "todo", "calendar")
    world.start()
    world.wait_running(3)
    processes = world.pages(3)
    page_does_not_drag_in_view_mode(world)
    world.click(world.button("Arrange widgets"))
    escape_restores(world)
    dropping_moves(world)
    world.key("ctrl+e")
    header_drags_in_view_mode(world)
    assert world.pages(3) == processes
