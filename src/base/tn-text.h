/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * tn_text_make_safe:
 * @text: any bytes
 *
 * Makes text from outside safe to show on one line: control characters and such as turn the direction of writing become
 * \u{1B}, bytes that are not UTF-8 the replacement character.
 *
 * Returns: (transfer full)
 */
char *tn_text_make_safe (const char *text);

G_END_DECLS
