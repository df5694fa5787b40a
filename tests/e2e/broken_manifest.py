# SPDX-License-Identifier: GPL-3.0-or-later
"""An app with a broken manifest is a calm tile; mended, it starts by the button. So is one whose folder is gone."""
import shutil

import harness


def broken_manifest(world):
    data = world.root / "installed"
    shutil.copytree(harness.SOURCE / "data", data)
    manifest = data / "apps" / "com.tokennexus.notes" / "manifest.json"
    whole = manifest.read_text(encoding="utf-8")
    manifest.write_text(whole.replace('"sdk": 1', '"sdk": "one"'), encoding="utf-8")
    shutil.move(data / "apps" / "com.tokennexus.calculator", data / "calculator")

    world.seed("clock", "notes", "calculator")
    world.start(environment={"TN_DATA_DIR": str(data)})
    world.see("manifest has faults")
    world.see("files of this app are gone")
    world.wait_running(1)
    world.pages(1)
    world.picture("broken_manifest-calm")

    manifest.write_text(whole, encoding="utf-8")
    world.click(world.button("Read Again"))
    world.wait_running(2)
    shutil.move(data / "calculator", data / "apps" / "com.tokennexus.calculator")
    world.click(world.button("Look Again"))
    world.wait_running(3)
