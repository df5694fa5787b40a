/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * tn_toml_read_strings:
 * @text: not necessarily terminated
 *
 * Reads the part of TOML 1.0 that webxdc's manifest.toml needs: comments, and keys without quotes whose values are
 * strings of one line, basic or literal. Anything else is refused, not passed over.
 *
 * Returns: (transfer full) (element-type utf8 utf8): %NULL with %TN_PACKAGE_ERROR_MANIFEST, whose message names the
 * line
 */
GHashTable *tn_toml_read_strings (const char *text, gsize length, GError **error);

G_END_DECLS
