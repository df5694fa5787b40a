# SPDX-License-Identifier: GPL-3.0-or-later
"""The project's own files, as the tests in this folder see them."""
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDERS = ("src", "data", "po", "tests", "build-aux", ".ci")


def files():
    """Every file of the project, relative to its root, sorted."""
    found = [path for path in ROOT.iterdir() if path.is_file()]
    for folder in FOLDERS:
        found += [path for path in (ROOT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    return sorted(path.relative_to(ROOT) for path in found)


def finish(faults, looked_at):
    """Ends the test: red where there are faults, or where nothing was looked at."""
    for fault in faults:
        print(fault, file=sys.stderr)
    if not looked_at:
        print("nothing was looked at: the list of files is wrong", file=sys.stderr)
    print(f"{looked_at} looked at, {len(faults)} faults")
    sys.exit(1 if faults or not looked_at else 0)
