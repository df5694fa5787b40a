# SPDX-License-Identifier: GPL-3.0-or-later
"""In isolation no key looks into an app. Development opens all of them, once it was said what that means; hybrid only
those that were allowed it. Either is seen for as long as it lasts."""
import json

import harness
from rtl import hebrew

ID = "com.example.counter"

SCRIPT = """
const name = '%s';
nexus.register({
  onMount() {
    document.body.textContent = 'Page';
    return nexus.storage.set('saw', name);
  },
  getState: () => ({ count: 7 }),
  setState: state => nexus.storage.set('saw', `${name} ${state.count}`),
});
"""

MARK = "^Open for development$"


def write_script(world, name):
    (world.workspace / "mine" / ID / "app.js").write_text(SCRIPT % name, encoding="utf-8")


def write_app(world):
    folder = world.workspace / "mine" / ID
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_text(json.dumps({
        "sdk": 1, "id": ID, "name": "Counter", "version": "1.0.0",
        "permissions": [{"type": "data", "resource": "self", "actions": ["read", "write"], "reason": "Keeps the count."}],
    }), encoding="utf-8")
    (folder / "index.html").write_text("<!doctype html><title>Counter</title><script type=module src=app.js></script>",
                                       encoding="utf-8")
    write_script(world, "first")


def add_counter(world):
    world.click(world.button("Add a widget"))
    world.button("Add Clock")
    world.type("counter")
    world.see_gone("^Add Clock")
    world.button("Add Counter")
    world.key("Return")
    world.wait_running(2)
    world.key("Escape")


def wait_saw(world, saw):
    harness.wait_until(f"it saw {saw}", lambda: world.rows("SELECT value FROM kv WHERE key = 'saw'") == [(json.dumps(saw),)])


def wait_marked(world, count):
    harness.wait_until(f"{count} marked", lambda: len(world.see_all(MARK)) == count)


def windows(world):
    return len(world._xdotool("search", "--onlyvisible", "--pid", str(world.program.pid)).split())


def nothing_by_key(world):
    """Neither the program's keys for it nor WebKit's own, nor those of GTK's inspector, which sees into the program."""
    before = windows(world)
    x, y, _, height = world.resting_box("Counter")
    world.click_at(x + 60, y + height // 2)
    world.key("F12", "ctrl+shift+i", "ctrl+shift+c", "ctrl+shift+d")
    world.open_menu("Counter")
    assert not world.see_all("^Inspect", "menu item") and not world.see_all("^Console", "menu item")
    world.key("Escape")
    world.see_gone("^Reload$", "menu item")
    assert windows(world) == before and not world.see_all(MARK) and not world.see_all("can’t be done now")


def choose(world, letter, heading=None, picture=None):
    world.key("F10")
    world.see("Tidy Up", "menu item")
    world.key("o")
    world.see("Hybrid", ".*menu item")
    world.key(letter)
    if heading is not None:
        world.see(heading)
        world.wait_still()
        world.picture(picture)
        world.key("Return")
        world.see_gone(heading)


def inspect(world):
    before = windows(world)
    x, y, _, height = world.resting_box("Counter")
    world.click_at(x + 60, y + height // 2)
    world.key("F12")
    harness.wait_until("the inspector", lambda: windows(world) > before)
    world.wait_still()
    world.picture("modes-inspector")
    return before


def allow_one(world):
    world.open_menu("Counter")
    world.key("p")
    world.see("^Show what its page says on its console")
    world.picture("modes-permissions")
    # From "No" down to "Allow".
    world.key("Down", "Tab", "space", "Down", "Return")
    harness.wait_until("the grant", lambda: world.rows("SELECT type, resource, answer FROM grant") == [
        ("develop", "inspector", "always")])
    world.key("Escape")


def modes(world):
    write_app(world)
    world.seed("clock")
    world.start()
    world.wait_running(1)
    add_counter(world)
    wait_saw(world, "first")
    nothing_by_key(world)

    choose(world, "d", "^Switch to Development\\?$", "modes-question")
    world.see("^Development: every app can be looked into$")
    wait_marked(world, 2)
    world.wait_running(2)
    world.wait_still()
    world.picture("modes-development")
    write_script(world, "second")
    wait_saw(world, "second 7")
    world.open_menu("Counter")
    world.see("^Inspect", "menu item")
    world.picture("modes-menu")
    world.key("Escape")
    world.see_gone("^Reload$", "menu item")
    before = inspect(world)
    world._xdotool("windowactivate", "--sync", world.window)
    world.click(world.see("Back to Isolation", ".*button"))
    world.see_gone("^Development: every")
    harness.wait_until("the inspector gone", lambda: windows(world) == before)
    wait_marked(world, 0)
    world.wait_running(2)
    nothing_by_key(world)

    choose(world, "h", "^Switch to Hybrid\\?$", "modes-question-hybrid")
    world.see("^Hybrid: apps that you allow it can be looked into$")
    assert not world.see_all(MARK)
    allow_one(world)
    wait_marked(world, 1)
    choose(world, "d", "^Switch to Development\\?$", "modes-question-wider")
    wait_marked(world, 2)
    world.wait_running(2)
    choose(world, "h")  # what only narrows is not asked
    wait_marked(world, 1)
    world.wait_running(2)
    world.stop()

    world.start(environment=hebrew(world) | {"ADW_DEBUG_COLOR_SCHEME": "prefer-dark"})
    world.wait_running(2)
    wait_marked(world, 1)
    world.picture("modes-hybrid-rtl")
    world.resize_window(360, 700)
    harness.wait_until("the narrow layout", lambda: world.box(world.tile("Counter"))[2] < 360)
    world.wait_still()
    world.picture("modes-narrow")
    choose(world, "i")
    wait_marked(world, 0)
    assert [row[0] for row in world.rows("SELECT subject FROM audit WHERE kind = 'mode.changed' ORDER BY seq")] == [
        "development", "isolation", "hybrid", "development", "hybrid", "isolation"]
