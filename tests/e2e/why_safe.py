# SPDX-License-Identifier: GPL-3.0-or-later
"""“Why is this safe?” shows what is measured of a widget's five walls: while it runs, while it is held still, and where its
process could not be proved."""
import json

import harness
from rtl import hebrew

ID = "com.example.caller"

MANIFEST = {
    "sdk": 1, "id": ID, "name": "Caller", "version": "1.0.0",
    "security": {"allowedDomains": ["api.example.com"]},
    "permissions": [
        {"type": "network", "resource": "https://api.example.com/*", "actions": ["read"], "reason": "Loads the news."},
        {"type": "ui", "resource": "title", "actions": ["write"]},
    ],
}

SCRIPT = """
nexus.register({
  async onMount() {
    document.body.textContent = 'Caller';
    await nexus.notify('never declared').catch(() => {});
    await fetch('https://evil.example/').catch(() => {});
  },
});
"""

WALLS = ["It Runs Alone", "It Can’t Call Out by Itself", "It Can Only Ask", "It May Do Only What You Allow",
         "It Has a Fixed Share of This Computer"]


def write_app(world):
    folder = world.workspace / "mine" / ID
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_text(json.dumps(MANIFEST), encoding="utf-8")
    (folder / "index.html").write_text("<!doctype html><title>Caller</title><script type=module src=app.js></script>",
                                       encoding="utf-8")
    (folder / "app.js").write_text(SCRIPT, encoding="utf-8")


def add_caller(world):
    world.click(world.button("Add a widget"))
    world.button("Add Clock")
    world.type("caller")
    world.see_gone("^Add Clock")
    world.button("Add Caller")
    world.key("Return")
    world.wait_running(2)
    world.key("Escape")


def open_page(world, title, headline):
    world.open_menu(title)
    world.key("w")
    world.see(f"^{headline}$")
    for wall in WALLS:
        world.see(f"^{wall}$")


def close(world, headline):
    world.key("Escape")
    world.see_gone(f"^{headline}$")


def expand(world, wall):
    """The page is a window of its own, with a corner of its own."""
    window = world.window
    world.window = world._xdotool("getactivewindow").strip()
    try:
        world.click(world.see(f"^{wall}$"))
    finally:
        world.window = window


def pasted(world):
    """What is on the clipboard, as the title that a widget is given by it; taken back again."""
    world.open_menu("Clock")
    world.key("n")
    world.see("^Title$")
    world.key("ctrl+a", "ctrl+v", "Return")
    world.see_gone("^Title$")
    titles = harness.wait_until("the title", lambda: [row[0] for row in world.rows("SELECT title FROM tile") if row[0]])
    world.key("ctrl+z")
    world.tile("Clock")
    return titles[0]


def look_at_a_running_one(world):
    open_page(world, "Caller", "Locked In")
    world.see("^0 allowed, 1 to be asked first, 0 refused|^1 allowed, 1 to be asked first, 0 refused")
    world.picture("why_safe-running")
    expand(world, WALLS[0])
    world.see("^Filtered \\(seccomp mode 2\\)$")
    world.picture("why_safe-process")
    expand(world, WALLS[0])
    expand(world, WALLS[1])
    world.see("^Kept in$")
    world.see("^api.example.com$")
    world.picture("why_safe-network")
    world.key("ctrl+c")
    world.see("^Report copied$")
    world.see_gone("^Report copied$")
    close(world, "Locked In")
    report = pasted(world)
    assert report.startswith(f"Caller ({ID} 1.0.0)"), report


def look_at_one_held_still(world):
    world.open_menu("Clock")
    world.key("u")
    world.see("You paused this app")
    open_page(world, "Clock", "Locked In")
    world.see("^It is held still, and uses no processor time.$")
    expand(world, WALLS[4])
    world.see("^Held still$")
    world.picture("why_safe-held")
    close(world, "Locked In")


def look_in_the_dark(world):
    world.start(environment={"ADW_DEBUG_COLOR_SCHEME": "prefer-dark"})
    world.wait_running(2)
    world.resize_window(360, 700)
    harness.wait_until("the narrow layout", lambda: world.box(world.tile("Caller"))[2] < 360)
    open_page(world, "Caller", "Locked In")
    world.picture("why_safe-narrow")
    expand(world, WALLS[0])
    world.see("^Filtered \\(seccomp mode 2\\)$")
    world.picture("why_safe-narrow-process")
    close(world, "Locked In")
    world.stop()


def look_from_the_right(world):
    world.start(environment=hebrew(world))
    world.wait_running(2)
    open_page(world, "Caller", "Locked In")
    world.picture("why_safe-rtl")
    close(world, "Locked In")


def look_at_one_that_is_open(world):
    world.start(environment={"WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1"})
    world.see("could not be shown to be locked in")
    open_page(world, "Clock", "Not Locked In, So Not Run")
    world.see("^No process of its own that is locked in was found")
    expand(world, WALLS[0])
    world.see("^None yet$")
    world.picture("why_safe-unproved")
    close(world, "Not Locked In, So Not Run")
    world.stop()


def why_safe(world):
    write_app(world)
    world.seed("clock")
    world.start()
    world.wait_running(1)
    add_caller(world)
    look_at_a_running_one(world)
    look_at_one_held_still(world)
    world.stop()
    look_in_the_dark(world)
    look_at_one_that_is_open(world)
    look_from_the_right(world)
