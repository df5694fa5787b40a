# SPDX-License-Identifier: GPL-3.0-or-later
"""The program's icons are drawn at the sizes that are used, and are neither empty nor full."""
import gi

gi.require_version("GdkPixbuf", "2.0")
from gi.repository import GdkPixbuf, GLib  # noqa: E402

import tree  # noqa: E402

ICONS = tree.ROOT / "data" / "icons" / "hicolor"
SIZES = {"scalable": (128, 48, 16), "symbolic": (16, 32)}


def covered(pixbuf):
    """The share of pixels that are more than half opaque."""
    pixels, stride, channels = pixbuf.get_pixels(), pixbuf.get_rowstride(), pixbuf.get_n_channels()
    alphas = [pixels[y * stride + x * channels + 3] for y in range(pixbuf.get_height())
              for x in range(pixbuf.get_width())]
    return sum(alpha > 127 for alpha in alphas) / len(alphas)


def faults_of(path, size):
    try:
        pixbuf = GdkPixbuf.Pixbuf.new_from_file_at_size(str(path), size, size)
    except GLib.Error as error:
        return [f"{path.name}: {error.message}"]
    if (pixbuf.get_width(), pixbuf.get_height()) != (size, size):
        return [f"{path.name}: not square at {size} px"]
    if not 0.2 < covered(pixbuf) < 0.9:
        return [f"{path.name}: {covered(pixbuf):.0%} covered at {size} px"]
    return []


def main():
    faults, looked_at = [], 0
    for kind, sizes in SIZES.items():
        for path in sorted((ICONS / kind / "apps").glob("*.svg")):
            for size in sizes:
                looked_at += 1
                faults += faults_of(path, size)
    tree.finish(faults, looked_at)


main()
