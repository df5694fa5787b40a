# SPDX-License-Identifier: GPL-3.0-or-later
"""A broken manifest makes a calm tile that starts once it is mended; so does a folder that is gone and comes back."""
import shutil

import harness


def mend_manifest(world, manifest, whole):
    world.see("manifest has faults")
    world.wait_running(2)
    world.pages(2)
    world.picture("broken_manifest-calm")
    manifest.write_text(whole, encoding="utf-8")
    world.click(world.button("Read Again"))
    world.wait_running(3)


def bring_folder_back(world, folder, elsewhere):
    shutil.move(folder, elsewhere)
    world.open_menu("Calculator")
    world.key("r")
    world.see("files of this app are gone")
    world.wait_running(2)
    world.picture("broken_manifest-gone")
    shutil.move(elsewhere, folder)
    world.click(world.button("Look Again"))
    world.wait_running(3)


def broken_manifest(world):
    data = world.root / "installed"
    shutil.copytree(harness.SOURCE / "data", data)
    manifest = data / "apps" / "com.tokennexus.notes" / "manifest.json"
    whole = manifest.read_text(encoding="utf-8")
    manifest.write_text(whole.replace('"sdk": 1', '"sdk": "one"'), encoding="utf-8")

    world.seed("clock", "notes", "calculator")
    world.start(environment={"TN_DATA_DIR": str(data)})
    mend_manifest(world, manifest, whole)
    bring_folder_back(world, data / "apps" / "com.tokennexus.calculator", world.root / "elsewhere")
