# SPDX-License-Identifier: GPL-3.0-or-later
"""Ctrl and a click select tiles; a drag of one of them takes all of them along, Esc puts all back."""
import harness


def select(world, *titles):
    for title in titles:
        world.hold("ctrl")
        world.click_at(*world.point_in(title, 0.5, 0.6))
        world.let_go("ctrl")
        world.see(f"^{title}, .*, selected$", "panel")


def escape_restores_all(world):
    before = world.places()
    start = world.point_in("Clock", 0.5, 0.6)
    world.press(*start)
    world.glide(start, world.beside(start, 1, 3))
    world.see("^Todo, column 5 row 4", "panel")
    world.picture("group_drag-under-way")
    world.key("Escape")
    world.release()
    world.see("^Todo, column 4 row 1", "panel")
    assert world.places() == before


def others_stay(world):
    """What is not selected is dragged alone."""
    start = world.point_in("Notes", 0.5, 0.6)
    world.drag(start, world.beside(start, 3))
    world.wait_places("Notes alone", t0=(0, 0, 3, 4), t1=(3, 0, 3, 4), t2=(9, 0, 3, 4))
    assert world.operations()[-1] == "tile.move"
    world.key("ctrl+z")
    world.wait_places("Notes back", t2=(6, 0, 3, 4))


def group_drag(world):
    world.seed("clock", "todo", "notes")
    world.start()
    world.wait_running(3)
    world.click(world.button("Arrange widgets"))
    select(world, "Clock", "Todo")
    world.picture("group_drag-selected")
    others_stay(world)
    escape_restores_all(world)

    start = world.point_in("Todo", 0.5, 0.6)
    world.drag(start, world.beside(start, 2, 5))
    world.wait_places("both moved", t0=(2, 5, 3, 4), t1=(5, 5, 3, 4), t2=(6, 0, 3, 4))
    assert world.operations()[-1] == "tiles.move", world.operations()
    world.see("^Clock, .*, selected$", "panel")

    world.key("Escape")
    world.see_gone(", selected$")
    world.key("ctrl+z")
    world.wait_places("both back", t0=(0, 0, 3, 4), t1=(3, 0, 3, 4))
