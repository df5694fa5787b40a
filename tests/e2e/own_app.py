# SPDX-License-Identifier: GPL-3.0-or-later
"""The README's ten-line app: put into "mine" while the window is open, it is in the Add panel, runs and keeps count."""
import re

import harness

ID = "com.example.counter"


def readme_files():
    """The three files as the README shows them."""
    text = (harness.SOURCE / "README.md").read_text(encoding="utf-8")
    section = text[text.index("## Write an app in ten lines"):]
    blocks = re.findall(r"```(?:json|html|js)\n(.*?)```", section, re.DOTALL)
    return dict(zip(("manifest.json", "index.html", "app.js"), blocks))


def own_app(world):
    world.seed("clock")
    world.start()
    world.wait_running(1)
    folder = world.workspace / "mine" / ID
    folder.mkdir(parents=True)
    for name, text in readme_files().items():
        (folder / name).write_text(text, encoding="utf-8")

    world.click(world.button("Add a widget"))
    world.button("Add Counter")
    # At once: what is added is what was typed, not what is listed still.
    world.key(*"count", "Return")
    world.wait_running(2)
    world.key("Escape")
    x, y, _, _ = world.resting_box("Counter")
    count = "SELECT value FROM kv WHERE key = 'count'"
    world.click_at(x + 20, y + 50)
    harness.wait_until("one count", lambda: [row[0] for row in world.rows(count)] == ["1"])
    world.picture("own_app")
