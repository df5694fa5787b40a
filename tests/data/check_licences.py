# SPDX-License-Identifier: GPL-3.0-or-later
"""Every file that can hold a comment says its licence in the first five lines."""
import re

import tree

# Formats without comments, prose, pictures, and the settings of editors and git.
EXEMPT_ENDINGS = (".json", ".md", ".png", ".jpg", ".tgz", ".xdc", ".clang-format", ".editorconfig", ".gitignore")
LICENCES = {"GPL-3.0-or-later", "CC0-1.0"}


def licence_of(path):
    head = (tree.ROOT / path).read_text(encoding="utf-8", errors="replace").splitlines()[:5]
    found = re.search(r"SPDX-License-Identifier: ([A-Za-z0-9.-]+)", "\n".join(head))
    return found.group(1) if found else None


def main():
    faults, looked_at = [], 0
    for path in tree.files():
        if path.name.endswith(EXEMPT_ENDINGS):
            continue
        looked_at += 1
        licence = licence_of(path)
        if licence is None:
            faults.append(f"{path}: no SPDX-License-Identifier in its first five lines")
        elif licence not in LICENCES:
            faults.append(f"{path}: says {licence}, which is not a licence of this project")
    tree.finish(faults, looked_at)


main()
