# SPDX-License-Identifier: GPL-3.0-or-later
"""po/POTFILES names every file with words to translate, and no other. With --write it is written anew."""
import re
import sys

import tree

POTFILES = tree.ROOT / "po" / "POTFILES"
# A keyword of gettext with a literal, as this project writes calls: with a space before the parenthesis.
IN_C = re.compile(r'\b(?:_|N_|C_|NC_|ngettext|dngettext|dgettext|g_dngettext|g_dpgettext2?) ?\(\s*(?:\w+,\s*)?"')
IN_UI = re.compile(r'translatable="(?:yes|true|1)"')
ALWAYS = ("data/com.tokennexus.Canvas.desktop.in.in", "data/com.tokennexus.Canvas.gschema.xml.in",
          "data/com.tokennexus.Canvas.metainfo.xml.in")
PATTERNS = {".c": IN_C, ".h": IN_C, ".ui": IN_UI}


def has_words(path):
    if str(path) in ALWAYS:
        return True
    pattern = PATTERNS.get(path.suffix)
    return (path.parts[0] in ("src", "data") and pattern is not None
            and pattern.search((tree.ROOT / path).read_text(encoding="utf-8")) is not None)


def main():
    wanted = {str(path) for path in tree.files() if has_words(path)}
    lines = POTFILES.read_text(encoding="utf-8").splitlines()
    if "--write" in sys.argv[1:]:
        head = [line for line in lines if line.startswith("#")]
        POTFILES.write_text("\n".join(head + sorted(wanted)) + "\n", encoding="utf-8")
        return
    named = [line for line in lines if line and not line.startswith("#")]
    faults = [f"po/POTFILES does not name {path}" for path in sorted(wanted - set(named))]
    faults += [f"po/POTFILES names {path}, which has no words to translate" for path in sorted(set(named) - wanted)]
    if named != sorted(named):
        faults.append("po/POTFILES is not sorted")
    if faults:
        faults.append("tests/data/check_potfiles.py --write mends all of these")
    tree.finish(faults, len(wanted))


main()
