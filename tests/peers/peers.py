# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a script of Node.js that measures the packages of others; they are looked for on the network once."""
import json
import pathlib
import shutil
import subprocess

HERE = pathlib.Path(__file__).resolve().parent
INSTALL = ("npm", "install", "--ignore-scripts", "--no-package-lock", "--no-audit", "--no-fund", "--silent")
SECONDS = 600


def versions():
    return json.loads((HERE / "package.json").read_text(encoding="utf-8"))["dependencies"]


def is_installed(folder, package, version):
    installed = folder / "node_modules" / package / "package.json"
    return installed.is_file() and json.loads(installed.read_text(encoding="utf-8"))["version"] == version


def run(*command, cwd):
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=SECONDS, check=False)
    if done.returncode != 0:
        lines = (done.stderr or done.stdout).strip().splitlines() or [f"exit code {done.returncode}"]
        raise RuntimeError(f"{command[0]} failed: {lines[0]}")
    return done.stdout


def measure(script, arguments, folder):
    """What the script prints, and None; or nothing, and why that can't be."""
    try:
        for program in ("node", "npm"):
            if shutil.which(program) is None:
                raise RuntimeError(f"{program} is not installed")
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", script):
            shutil.copy(HERE / name, folder)
        if not all(is_installed(folder, package, version) for package, version in versions().items()):
            run(*INSTALL, cwd=folder)
        return json.loads(run("node", script, *map(str, arguments), cwd=folder)), None
    except (RuntimeError, OSError, ValueError, subprocess.TimeoutExpired) as error:
        return {}, str(error)
