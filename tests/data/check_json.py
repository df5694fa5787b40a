# SPDX-License-Identifier: GPL-3.0-or-later
"""Every JSON file parses, and says no key twice."""
import json

import tree

# Tests of the parser need files that are broken on purpose.
BROKEN_ON_PURPOSE = ("tests/package/", "tests/registry/", "tests/hostile/", "tests/runtime/", "tests/cli/",
                     "tests/fuzz/")


def no_key_twice(pairs):
    keys = [key for key, _ in pairs]
    for key in keys:
        if keys.count(key) > 1:
            raise ValueError(f"the key “{key}” is there twice")
    return dict(pairs)


def main():
    faults, looked_at = [], 0
    for path in tree.files():
        if path.suffix != ".json" or str(path).startswith(BROKEN_ON_PURPOSE):
            continue
        looked_at += 1
        try:
            json.loads((tree.ROOT / path).read_text(encoding="utf-8"), object_pairs_hook=no_key_twice)
        except ValueError as error:
            faults.append(f"{path}: {error}")
    tree.finish(faults, looked_at)


main()
