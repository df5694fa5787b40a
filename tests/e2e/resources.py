# SPDX-License-Identifier: GPL-3.0-or-later
"""The page “Resources” shows what each widget uses, pauses and stops it; its menu shows that in small."""
import re

import harness


def open_page(world):
    world.click(world.see("^Main menu", ".*button"))
    world.see("Re_?sources", "menu item")
    world.key("s")
    world.see("^Pause Clock$", ".*button")


def of_page(world, name):
    """The window that is not the program's main one; xdotool numbers it later."""
    return max(int(window) for window in world._xdotool(
        "search", "--onlyvisible", "--pid", str(world.program.pid)).split() if int(window) != int(name))


def stays_under_pointer(world):
    """The list is sorted by memory, and what is stopped has none: its row goes to the end, but not while it is pointed at."""
    first = min(world.see_all("^Stop ", ".*button"), key=lambda button: world.box(button)[1])
    title = first.name.removeprefix("Stop ")
    box = world.box(first)
    world.click(first)
    again = f"^Start Again {title}$"
    world.see(again, ".*button")
    world.see(f"^Memory of {title}: now 0", patience=30)
    for _ in range(8):
        assert world.box(world.see(again, ".*button"))[1] == box[1], title
        world.wait_still()
    world.move(box[0], 20)
    harness.wait_until("the row at the end", lambda: world.box(world.see(again, ".*button"))[1] > box[1])
    world.click(world.see(again, ".*button"))
    world.see(f"^Stop {title}$", ".*button")


def resources(world):
    world.seed("clock", "todo", "notes", "calendar")
    world.start()
    world.wait_running(4)
    main = world.window
    world.open_menu("Clock")
    world.key("a")
    harness.wait_until("what it uses", lambda: any(re.search(r"^Memory: now \d", node.name)
                                                  for node in world.see_all("^Memory: now")))
    world.wait_still()
    world.picture("resources-menu")
    world.key("Escape")

    open_page(world)
    world.see(r"^Memory of Clock: now \d+ MiB")
    world.window = str(of_page(world, main))
    world.wait_still()
    world.picture("resources-page")
    world.click(world.see("^Pause Clock$", ".*button"))
    world.see("^Go On Clock$", ".*button")
    world.click(world.see("^Stop Todo$", ".*button"))
    world.see("^Start Again Todo$", ".*button")
    world.wait_still()
    world.picture("resources-paused")
    world.click(world.see("^Go On Clock$", ".*button"))
    world.see("^Pause Clock$", ".*button")
    world.click(world.see("^Start Again Todo$", ".*button"))
    world.see("^Stop Todo$", ".*button")
    world.wait_running(4)
    stays_under_pointer(world)

    world.resize_window(360, 480)
    world.wait_still()
    world.picture("resources-narrow")
    world.key("Escape")
    world.see_gone("^Pause Clock$", ".*button")
    world.window = main

    world.stop()
    world.start(environment={"ADW_DEBUG_COLOR_SCHEME": "prefer-dark"})
    world.wait_running(4)
    open_page(world)
    world.wait_still()
    world.picture("resources-dark")
