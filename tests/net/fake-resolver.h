/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* A resolver that says what a test wants: each look-up takes the next answer, the last one for ever. */
#define FAKE_TYPE_RESOLVER (fake_resolver_get_type ())
G_DECLARE_FINAL_TYPE (FakeResolver, fake_resolver, FAKE, RESOLVER, GResolver)

/* @answers: what each look-up gives, addresses with spaces between, NULL at the end; (transfer full). */
GResolver *fake_resolver_new (const char *const *answers);

/* How often a name was looked up. */
guint fake_resolver_get_asked (GResolver *resolver);
