# SPDX-License-Identifier: GPL-3.0-or-later
"""What covers or changes the canvas ends a drag: nothing is dropped where nobody sees it."""
import harness


def interrupt(world, key):
    before, done = world.places(), world.operations()
    start = world.point_in("Clock", 0.5, 0.05)
    world.press(*start)
    world.glide(start, world.beside(start, 3, 2))
    world.key(key)
    world.see("^Clock, column 1 row 1,", "panel")
    world.release()
    assert world.places() == before and world.operations() == done, key
    world.key(key)


def interrupt_press(world, keys, back=()):
    """Before the pointer has moved: nothing is dragged then."""
    before, done = world.places(), world.operations()
    start = world.point_in("Clock", 0.5, 0.05)
    world.press(*start)
    world.key(keys)
    world.glide(start, world.beside(start, 3, 2))
    world.wait_still()
    world.release()
    world.key(*back)
    world.see("^Clock, column 1 row 1,", "panel")
    world.wait_still()
    assert world.places() == before and world.operations() == done, keys


def menus_stay_shut(world):
    """Neither by key nor by the other button, while one is held: GTK would count the press wrong, and say so."""
    before = world.places()
    start = world.point_in("Clock", 0.5, 0.05)
    for menu in (lambda: world.key("F10"), lambda: world.key("shift+F10"), lambda: world.click_here(3)):
        world.press(*start)
        world.glide(start, world.beside(start, 3, 2))
        menu()
        world.wait_still()
        assert not world.see_all("", "menu item")
        world.glide(world.beside(start, 3, 2), start)
        world.release()
        world.see("^Clock, column 1 row 1,", "panel")
        assert world.places() == before


def drag_interrupted(world):
    world.seed("clock", "todo")
    world.start()
    world.wait_running(2)
    interrupt(world, "ctrl+h")
    world.see_gone("^History$", "label")
    interrupt(world, "ctrl+shift+o")
    harness.wait_until("the overview gone", lambda: not world.see_all("^New Canvas$", "label"))
    interrupt_press(world, "Escape")
    interrupt_press(world, "ctrl+h", ["ctrl+h"])
    world.see_gone("^History$", "label")
    interrupt_press(world, "ctrl+shift+o", ["ctrl+shift+o"])
    menus_stay_shut(world)
