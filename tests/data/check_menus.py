# SPDX-License-Identifier: GPL-3.0-or-later
"""In no menu do two entries answer to the same letter: pressing it would only go back and forth between them."""
import re
import xml.etree.ElementTree

import tree

# What the narrow window adds to the top of its menu.
ADDED = {"main_menu": ["_Undo", "_Redo"]}


def labels_of(menu):
    """Those of the entries that show at once: the ones of its sections too, not the ones of its submenus."""
    for child in menu:
        if child.tag == "section":
            yield from labels_of(child)
        elif child.tag in ("item", "submenu"):
            yield from (attribute.text for attribute in child.findall("attribute") if attribute.get("name") == "label")


def faults_of(name, labels):
    by_letter = {}
    for label in labels:
        letter = re.search("_(.)", label)
        if letter is None:
            yield f"{name}: “{label}” has no letter"
        else:
            by_letter.setdefault(letter[1].lower(), []).append(label)
    for letter, several in by_letter.items():
        if len(several) > 1:
            yield f"{name}: {', '.join(several)} all answer to “{letter}”"


def main():
    faults, looked_at = [], 0
    for path in tree.files():
        if path.suffix == ".ui":
            root = xml.etree.ElementTree.parse(tree.ROOT / path).getroot()
            for menu in [*root.iter("menu"), *root.iter("submenu")]:
                looked_at += 1
                faults += faults_of(path.name, [*labels_of(menu), *ADDED.get(menu.get("id"), [])])
    tree.finish(faults, looked_at)


main()
