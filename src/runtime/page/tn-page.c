/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs inside of the process of a page that gave up what WebKit has no switch for. The engine leaves WebAssembly out, in
 * workers too: a content security policy that forbids it is not heeded in frames without an address and in workers made of
 * blobs (seen on 2.50). The rest a script takes out of every window before any other script can see that window: a user
 * script comes too late for a frame whose first, empty page is looked into at once. */
#include <webkit/webkit-web-process-extension.h>

G_MODULE_EXPORT void webkit_web_process_extension_initialize_with_user_data (WebKitWebProcessExtension *extension,
                                                                             const GVariant *data);

static void
window_cleared_cb (WebKitScriptWorld *world, WebKitWebPage *page, WebKitFrame *frame, gpointer source)
{
  g_autoptr (JSCContext) context = webkit_frame_get_js_context_for_script_world (frame, world);
  g_autoptr (JSCValue) value = jsc_context_evaluate (context, source, -1);
}

/* @data: whether there is to be no WebAssembly, and the script; as tn-profile.c has made them. */
void
webkit_web_process_extension_initialize_with_user_data (WebKitWebProcessExtension *extension, const GVariant *data)
{
  gboolean without_wasm;
  char *source;

  g_variant_get ((GVariant *) data, "(bs)", &without_wasm, &source);
  if (without_wasm)
    jsc_options_set_boolean ("useWasm", FALSE);
  g_signal_connect_data (webkit_script_world_get_default (), "window-object-cleared", G_CALLBACK (window_cleared_cb),
                         source, (GClosureNotify) g_free, 0);
}
