# SPDX-License-Identifier: GPL-3.0-or-later
"""What tnc writes while the window is open is seen at once."""
import subprocess

import harness

TNC = harness.BUILD / "src" / "cli" / "tnc"


def tnc_follows(world):
    world.seed("clock", "todo")
    world.start()
    world.wait_running(2)
    file = world.root / "home.json"
    subprocess.run([TNC, "canvas", "export", file], check=True)
    subprocess.run([TNC, "canvas", "import", file], check=True)
    world.see("^Canvas Home, 1 of 2")
    world.key("ctrl+h")
    world.see("^Imported “Home 2”", "list item")
    world.key("ctrl+z")
    world.see("^Canvas Home, 1 of 1")
