# SPDX-License-Identifier: GPL-3.0-or-later
"""In a narrow window tiles are arranged in a layout of its own; the wide one comes back as it was left."""
import harness


def narrow_places(world):
    return {row[0]: row[1:] for row in
            world.rows("SELECT tile_id, x, y, w, h FROM place WHERE layout = 'narrow' ORDER BY tile_id")}


def x_of(world, title):
    return world.box(world.tile(title))[0]


def narrow(world):
    world.seed("clock", "todo", "notes")
    world.start()
    world.wait_running(3)
    wide = world.places()
    world.resize_window(360, 700)
    harness.wait_until("the narrowest window in one step", lambda: world._geometry(world.window)[2] == 360)
    harness.wait_until("four columns", lambda: world.see_all("^Notes, column 1 row", "panel"))
    world.picture("narrow")
    world.key("ctrl+e")
    world.hold("ctrl")
    world.click_at(*world.point_in("Clock"))
    world.let_go("ctrl")
    world.see("^Clock, .*, selected$", "panel")
    world.picture("narrow-selected")
    start = world.point_in("Clock", 0.5, 0.5)
    world.press(*start)
    world.glide(start, world.beside(start, 1, 1))
    world.picture("narrow-drag")
    world.release()
    harness.wait_until("the narrow layout kept", lambda: narrow_places(world))
    assert world.places() == wide
    assert narrow_places(world)["tile-0"][:2] == (1, 1), narrow_places(world)

    world.resize_window(1200, 800)
    world.see("^Clock, column 1 row 1, 3 by 4", "panel")
    world.resize_window(360, 700)
    world.see("^Clock, column 2 row 2,", "panel")
    assert world.places() == wide
