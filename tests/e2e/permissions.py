# SPDX-License-Identifier: GPL-3.0-or-later
"""An app asks at first use; Deny is what Enter means; what is kept is kept, and is taken back on the app's page."""
import json

import harness

ID = "com.example.weather"

MANIFEST = {
    "sdk": 1, "id": ID, "name": "Weather", "version": "1.0.0",
    "security": {"allowedDomains": ["api.example.com"]},
    "permissions": [
        {"type": "event", "resource": "weather.*", "actions": ["emit"], "reason": "Tells other apps the weather & the wind."},
        {"type": "network", "resource": "https://api.example.com/*", "actions": ["read"], "reason": "Loads the forecast."},
        {"type": "api", "resource": "clipboard", "actions": ["write"], "reason": "Copies what you see.",
         "when": ["visible", "click"]},
        {"type": "ui", "resource": "title", "actions": ["write"]},
        {"type": "data", "resource": "self", "actions": ["read", "write"], "reason": "Keeps your places."},
    ],
}

SCRIPT = """
nexus.register({
  async onMount() {
    document.body.textContent = 'Weather';
    const runs = (await nexus.storage.get('runs') ?? 0) + 1;
    await nexus.storage.set('runs', runs);
    nexus.emit('weather.changed', 21).then(() => 'sent', error => error.code)
      .then(said => nexus.storage.set('said', `${runs} ${said}`));
  },
});
"""

QUESTION = "^“Weather” asks for permission: Send events called “weather.\\*”$"


def write_app(world):
    folder = world.workspace / "mine" / ID
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_text(json.dumps(MANIFEST), encoding="utf-8")
    (folder / "index.html").write_text("<!doctype html><title>Weather</title><script type=module src=app.js></script>",
                                       encoding="utf-8")
    (folder / "app.js").write_text(SCRIPT, encoding="utf-8")


def wait_said(world, said):
    harness.wait_until(f"what became of it: {said}", lambda: world.rows(
        "SELECT value FROM kv WHERE key = 'said'") == [(json.dumps(said),)])


def grants(world):
    return world.rows("SELECT type, resource, actions, answer FROM grant ORDER BY type")


def add(world):
    world.click(world.button("Add a widget"))
    world.button("Add Clock")
    world.type("weather")
    world.see_gone("^Add Clock")
    world.button("Add Weather")
    world.key("Return")


def answer(world, key):
    world.see(QUESTION)
    harness.wait_until("the buttons", lambda: harness.is_sensitive(world.button("Allow _?Once")))
    world.key(key)
    world.see_gone(QUESTION)


def open_page(world):
    world.open_menu("Weather")
    world.key("p")
    world.see("^Copies|^The app says: “Copies what you see.”")


def permissions(world):
    write_app(world)
    world.seed("clock")
    world.start()
    world.wait_running(1)
    add(world)
    world.see(QUESTION)
    world.see("^The app says: “Tells other apps the weather & the wind.”$")
    world.picture("permissions-prompt")
    world.key("Return")
    world.see_gone(QUESTION)
    wait_said(world, "1 -32001")
    world.wait_running(2)
    world.key("Escape")

    world.open_menu("Weather")
    world.key("r")
    answer(world, "alt+o")
    wait_said(world, "2 sent")
    assert grants(world) == []
    world.open_menu("Weather")
    world.key("r")
    answer(world, "alt+a")
    wait_said(world, "3 sent")
    harness.wait_until("the grant", lambda: grants(world) == [("event", "weather.*", "emit", "always")])

    open_page(world)
    world.picture("permissions-page")
    world.key("Escape")
    world.see_gone("^The app says: “Copies")
    world.stop()

    world.start(environment={"ADW_DEBUG_COLOR_SCHEME": "prefer-dark"})
    world.wait_running(2)
    wait_said(world, "4 sent")
    world.resize_window(360, 700)
    harness.wait_until("the narrow layout", lambda: world.box(world.tile("Weather"))[2] < 360)
    open_page(world)
    world.picture("permissions-page-narrow")
    # From "Allow" up to "Ask".
    world.key("Tab", "space", "Up", "Return")
    harness.wait_until("it taken back", lambda: grants(world) == [])
    world.key("Escape")
    world.see_gone("^The app says: “Copies")

    # The menu's button has the focus again, and with it the tile.
    world.key("F5")
    world.see(QUESTION)
    world.picture("permissions-prompt-narrow")
    answer(world, "alt+n")
    wait_said(world, "5 -32001")
    harness.wait_until("it refused for good", lambda: grants(world) == [("event", "weather.*", "emit", "never")])
