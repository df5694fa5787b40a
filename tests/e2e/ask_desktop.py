# SPDX-License-Identifier: GPL-3.0-or-later
"""What an app has the desktop ask: a link shows its whole address first, files are chosen in windows that name the app."""
import json

import harness

ID = "com.example.doors"

MANIFEST = {
    "sdk": 1, "id": ID, "name": "Doors", "version": "1.0.0",
    "permissions": [
        {"type": "api", "resource": "open-link", "actions": ["write"], "reason": "Shows where this comes from."},
        {"type": "api", "resource": "files", "actions": ["read", "write"], "reason": "Keeps what you write."},
    ],
}

PAGE = """<!doctype html><title>Doors</title><script type=module src=app.js></script>
<style>html, body { height: 100%; margin: 0; display: grid; } button { border: 0; font: 1rem system-ui; }</style>
<button id=link>Link</button><button id=long>Long</button><button id=open>Open</button><button id=save>Save</button>
"""

ADDRESS = "https://example.com/a/rather/long/way/to/somewhere?with=questions&and=%3Cangle%20brackets%3E#and-an-end"
LONG = f"{ADDRESS}{'z' * 3000}"

SCRIPT = f"""
const does = {{
  link: () => nexus.openLink('{ADDRESS}'),
  long: () => nexus.openLink('{LONG}'),
  open: async () => (await nexus.files.open())?.name ?? 'none',
  save: () => nexus.files.save('letter.txt', 'Dear you'),
}};
for (const [id, run] of Object.entries(does)) {{
  document.getElementById(id).onclick = () => run().then(said => nexus.storage.set(id, said),
    error => nexus.storage.set(id, error.message));
}}
nexus.register({{}});
"""

BUTTONS = {"link": 1 / 8, "long": 3 / 8, "open": 5 / 8, "save": 7 / 8}


def write_app(world):
    folder = world.workspace / "mine" / ID
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_text(json.dumps(MANIFEST), encoding="utf-8")
    (folder / "index.html").write_text(PAGE, encoding="utf-8")
    (folder / "app.js").write_text(SCRIPT, encoding="utf-8")


def add(world):
    world.click(world.button("Add a widget"))
    world.button("Add Clock")
    world.type("doors")
    world.see_gone("^Add Clock")
    world.button("Add Doors")
    world.key("Return")
    world.wait_running(2)
    world.key("Escape")


def press(world, name):
    """Below the tile's header, the three buttons share the page."""
    x, y, width, height = world.resting_box("Doors")
    world.click_at(x + width // 2, round(y + 32 + (height - 32) * BUTTONS[name]))


def allow(world, what):
    question = f"^“Doors” asks for permission: {what}"
    world.see(question)
    harness.wait_until("the buttons", lambda: harness.is_sensitive(world.button("Allow _?Once")))
    world.key("alt+a")
    world.see_gone(question)


def wait_said(world, name, said):
    harness.wait_until(f"what became of it: {said}", lambda: world.rows(
        "SELECT value FROM kv WHERE key = ?", name) == [(json.dumps(said),)])


def look(world, suffix, first):
    press(world, "link")
    if first:
        allow(world, "Ask to open links")
    world.see("^“Doors” Wants to Open a Link$")
    assert any(node.name == ADDRESS for node in world.tree()), "the whole address is shown"
    world.picture(f"ask_desktop-link{suffix}")
    world.key("Escape")
    world.see_gone("^“Doors” Wants to Open a Link$")
    wait_said(world, "link", False)

    press(world, "long")
    world.see("^“Doors” Wants to Open a Link$")
    assert any(node.name == LONG for node in world.tree()), "the whole address is shown, however long"
    world.picture(f"ask_desktop-long{suffix}")
    x, y, width, height = world.box(world.button("_?Open in Browser"))
    assert 0 < y and y + height < 900, (x, y, width, height)
    world.key("Escape")
    world.see_gone("^“Doors” Wants to Open a Link$")
    wait_said(world, "long", False)

    press(world, "open")
    if first:
        allow(world, "Read and save files that you choose")
    world.see("^Choose What “Doors” May Read$")
    world.picture(f"ask_desktop-open{suffix}")
    world.key("Escape")
    world.see_gone("^Choose What “Doors” May Read$")
    wait_said(world, "open", "none")

    press(world, "save")
    world.see("^Save What “Doors” Made$")
    world.picture(f"ask_desktop-save{suffix}")
    world.key("Escape")
    world.see_gone("^Save What “Doors” Made$")
    wait_said(world, "save", False)


def ask_desktop(world):
    write_app(world)
    world.seed("clock")
    world.start()
    world.wait_running(1)
    add(world)
    look(world, "", True)
    world.stop()

    world.start(environment={"ADW_DEBUG_COLOR_SCHEME": "prefer-dark"})
    world.wait_running(2)
    world.resize_window(360, 700)
    harness.wait_until("the narrow layout", lambda: world.box(world.tile("Doors"))[2] < 360)
    look(world, "-narrow", False)
