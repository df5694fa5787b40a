# SPDX-License-Identifier: GPL-3.0-or-later
"""The kiosk: the whole screen, fitted, one canvas after the other, nothing to arrange, and the chosen key leaves."""
import harness


def fills_the_screen(world):
    _, _, width, height = world._geometry(world.window)
    return (width, height) == world.size


def in_view(world, names):
    """The tiles whose right and lower edges are on the screen."""
    for name in names:
        x, y, width, height = world.resting_box(name)
        assert 0 <= x and x + width <= world.size[0] and 0 <= y and y + height <= world.size[1], (name, y, height)


def starts_from_the_dialog(world):
    world.key("F11")
    world.see("^Seconds for each canvas", "spin button")
    world.key("alt+e", "ctrl+a")
    world.type("4")
    world.key("alt+k")
    world.picture("kiosk-dialog-listening")
    # What is typed into a widget is refused; the dialog goes on asking.
    world.key("a", "space", "Return", "Tab")
    world.button("Press a Key")
    world.key("ctrl+F12")
    world.button("Ctrl.F12")
    world.picture("kiosk-dialog")
    world.key("alt+s")
    harness.wait_until("the whole screen", lambda: fills_the_screen(world))


def nothing_can_be_arranged(world):
    before, done = world.places(), world.operations()
    x, y, width, _ = world.resting_box("Clock")
    world.drag((x + 60, y + 16), (x + 60 + 2 * width, y + 16))
    world.key("Escape", "Delete", "ctrl+z", "ctrl+n", "ctrl+e", "space", "Return", "Tab", "ctrl+q", "alt+F4")
    assert not world.see_all("^Search widgets")
    assert world.places() == before and world.operations() == done
    assert fills_the_screen(world)


def kiosk(world):
    world.seed("clock", "todo", "calendar", "notes", "calculator", "clock", "todo", "notes", "calendar")
    world.start()
    world.see("^Clock, column")
    starts_from_the_dialog(world)
    world.see_gone("Main menu", ".*button")
    in_view(world, ("Clock", "Todo", "Calculator", "Notes"))
    nothing_can_be_arranged(world)
    world.picture("kiosk-under-way")
    world.key("ctrl+F12")
    harness.wait_until("the window again", lambda: not fills_the_screen(world))
    world.see("Main menu", ".*button")

    # Two canvases take turns.
    world.key("ctrl+t")
    world.see("An Empty Canvas")
    world.key("ctrl+1")
    world.see("^Clock, column")
    world.stop()
    world.start("--kiosk")
    harness.wait_until("the whole screen", lambda: fills_the_screen(world))
    world.see("An Empty Canvas")
    assert not world.see_all("Add a Widget")
    world.picture("kiosk-empty")
    world.see("^Clock, column")
    world.key("ctrl+F12")
    world.see("Main menu", ".*button")
    ends_from_outside(world)


def ends_from_outside(world):
    """Whoever ends the session ends the kiosk, too."""
    world.key("F11")
    world.see("^Seconds for each canvas", "spin button")
    world.key("alt+s")
    harness.wait_until("the whole screen", lambda: fills_the_screen(world))
    world.program.terminate()
    assert world.program.wait(harness.PATIENCE) == 0
    world.program = None
