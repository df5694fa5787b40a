# SPDX-License-Identifier: GPL-3.0-or-later
"""The person says how much an app may use, and all together: it holds at once, outlasts the program and is taken back."""
import contextlib
import json

import harness

from resources import open_page


def find_window(world, title):
    """By its title: a tooltip is a window too."""
    return harness.wait_until(f"a window called {title}", lambda: world._xdotool(
        "search", "--all", "--onlyvisible", "--pid", str(world.program.pid), "--name", f"^{title}$", check=False).split())[0]


def limits_kept(world):
    return [json.loads(value) for (value,) in world.rows(
        "SELECT value FROM kv WHERE scope = 'host' AND key = 'limits'")]


def audited(world):
    return world.rows("SELECT subject, outcome FROM audit WHERE kind = 'limit.set' ORDER BY seq")


def set_to(world, name, value):
    world.click(world.see(name, "spin button"))
    world.key("ctrl+a")
    world.type(value)


def wait_kept(world, expected):
    harness.wait_until(f"{expected} kept", lambda: limits_kept(world) == expected)


@contextlib.contextmanager
def limits_page(world, button, picture):
    """The page that a button of Resources opens; it is closed in the end."""
    resources = world.window
    world.click(world.see(f"^{button}$", ".*button"))
    world.see("^Memory, In MiB$", "spin button")
    world.window = find_window(world, "Limits")
    world.wait_still()
    world.picture(picture)
    yield
    world.key("Escape")
    world.see_gone("^Memory, In MiB$", "spin button")
    world.window = resources


def of_an_app(world):
    with limits_page(world, "Limits Clock", "limits-asked"):
        world.see_gone("^As the App Asks: ")
        set_to(world, "^Processor, In % of one core$", "20")
        world.key("Tab")
        wait_kept(world, [{"cpu": 20}])
        world.see("^As the App Asks: Processor$")
        # What was typed last counts, when the page is closed at once too.
        set_to(world, "^Data, In MiB a day", "3")
    wait_kept(world, [{"cpu": 20, "bytes": 3}])


def taken_back(world):
    with limits_page(world, "Limits Clock", "limits-own"):
        world.click(world.see("^As the App Asks: Processor$"))
        wait_kept(world, [{"bytes": 3}])
        world.see_gone("^As the App Asks: Processor$")


def of_all(world):
    with limits_page(world, "Limits of All Together", "limits-all"):
        set_to(world, "^Widgets, Running at a time$", "1")
        world.key("Tab")
        world.see("^Put aside$", "label", patience=30)
        world.click(world.see("^As the Program Chooses: Widgets$"))
        world.see_gone("^As the Program Chooses: Widgets$")


def limits(world):
    world.seed("clock", "todo")
    world.start()
    world.wait_running(2)
    main = world.window
    open_page(world)
    world.window = find_window(world, "Resources")
    world.wait_still()
    of_an_app(world)
    taken_back(world)
    of_all(world)
    world.window = main
    harness.wait_until("the audit", lambda: audited(world) == [
        ("cpu", "set"), ("bytes", "set"), ("cpu", "reset"), ("all together", "set"), ("all together", "set")])
    world.stop()

    world.start(environment={"ADW_DEBUG_COLOR_SCHEME": "prefer-dark"})
    world.wait_running(2)
    world.resize_window(360, 700)
    open_page(world)
    world.window = find_window(world, "Resources")
    world.resize_window(360, 640)
    world.wait_still()
    world.picture("limits-resources-narrow")
    with limits_page(world, "Limits Clock", "limits-narrow-dark"):
        world.see("^As the App Asks: Data$")
