/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-profile.h"
#include "tn-csp.h"
#include "tn-paths.h"
#include "tn-scheme.h"

#define ALWAYS (1u << 31)

/* What is kept for the session only is kept in the memory of the network process, which all share. */
#define STRICT_BLOCKS (TN_BLOCK_INDEXEDDB | TN_BLOCK_WEBASSEMBLY)

/* WebKit features that are off: always, or where an app gave the API up. */
static const struct
{
  const char *feature;
  guint when;
} features_off[] = {
  { "LinkDNSPrefetch", ALWAYS },         { "LinkPreconnect", ALWAYS },          { "LinkPrefetch", ALWAYS },
  { "LinkPreload", ALWAYS },             { "LinkPreconnectEarlyHints", ALWAYS }, { "BeaconAPI", ALWAYS },
  { "SharedWorker", ALWAYS },            { "BroadcastChannel", ALWAYS },        { "XSLT", ALWAYS },
  { "PointerLock", ALWAYS },             { "ScreenWakeLockAPI", ALWAYS },       { "Gamepads", ALWAYS },
  { "Notifications", ALWAYS },           { "PushAPI", ALWAYS },                 { "ServiceWorkers", ALWAYS },
  { "GeolocationAPI", ALWAYS },          { "MediaDevices", ALWAYS },            { "SpeechSynthesisAPI", ALWAYS },
  { "SpeechRecognition", ALWAYS },       { "FullScreen", ALWAYS },              { "AsyncClipboardAPI", ALWAYS },
  { "WebShare", ALWAYS },                { "CookieStoreAPI", ALWAYS },          { "WebTransport", ALWAYS },
  { "WebGPU", ALWAYS },                  { "MediaRecorder", ALWAYS },           { "ContactPickerAPI", ALWAYS },
  { "PeerConnection", ALWAYS },          { "WebGL", ALWAYS },                   { "MediaSession", ALWAYS },
  { "CacheAPI", ALWAYS },                { "BackspaceKeyNavigation", ALWAYS },  { "Cookie", ALWAYS },                  { "WebSocket", ALWAYS },
  { "IndexedDBAPI", TN_BLOCK_INDEXEDDB },
  { "LocalStorage", TN_BLOCK_LOCALSTORAGE },
  { "WebAudio", TN_BLOCK_WEBAUDIO },     { "Media", TN_BLOCK_MEDIA },           { "MediaSource", TN_BLOCK_MEDIA },
  { "ManagedMediaSource", TN_BLOCK_MEDIA }, { "MediaPlayback", TN_BLOCK_MEDIA }, { "MediaCapabilities", TN_BLOCK_MEDIA },
  { "OffscreenCanvas", TN_BLOCK_CANVAS2D }, { "OffscreenCanvasInWorkers", TN_BLOCK_CANVAS2D },
};

/* What WebKit has no switch for: a script takes it out of every frame. */
static const struct
{
  TnBlockedApis api;
  const char *name;
} taken[] = {
  { TN_BLOCK_MEDIA, "media" },
  { TN_BLOCK_CANVAS2D, "canvas2d" },
};

static char *
taking_script (TnBlockedApis blocked)
{
  g_autofree char *path = g_build_filename (tn_paths_data_dir (), "sdk", "blocked.js", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GString) script = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_file_get_contents (path, &text, NULL, &error))
    {
      g_warning ("What apps gave up can’t be taken from them: %s", error->message);
      return NULL;
    }
  script = g_string_new (text);
  g_string_append (script, "([");
  for (guint i = 0; i < G_N_ELEMENTS (taken); i++)
    if ((taken[i].api & blocked) != 0)
      g_string_append_printf (script, "'%s',", taken[i].name);
  g_string_append (script, "]);");
  return g_string_free (g_steal_pointer (&script), FALSE);
}

#define NEEDS_SCRIPT (TN_BLOCK_MEDIA | TN_BLOCK_CANVAS2D)
#define NEEDS_MODULE (TN_BLOCK_WEBASSEMBLY | NEEDS_SCRIPT)

/* A user script would be in time only for most frames; see page/tn-page.c. */
static void
begin_process_cb (WebKitWebContext *context, gpointer data)
{
  webkit_web_context_set_web_process_extensions_directory (context, tn_paths_page_dir ());
  webkit_web_context_set_web_process_extensions_initialization_user_data (context, data);
}

static guint
find_feature (const char *identifier)
{
  for (guint i = 0; i < G_N_ELEMENTS (features_off); i++)
    if (g_str_equal (features_off[i].feature, identifier))
      return features_off[i].when;
  return 0;
}

static WebKitSettings *
create_settings (TnBlockedApis blocked)
{
  WebKitSettings *settings = webkit_settings_new_with_settings (
    "enable-media-stream", FALSE, "enable-encrypted-media", FALSE, "enable-webrtc", FALSE,
    "enable-developer-extras", FALSE, "enable-page-cache", FALSE,
    "enable-back-forward-navigation-gestures", FALSE, "default-charset", "utf-8",
    "enable-write-console-messages-to-stdout", FALSE, "enable-fullscreen", FALSE,
    "javascript-can-access-clipboard", FALSE, "javascript-can-open-windows-automatically", FALSE,
    "allow-file-access-from-file-urls", FALSE, "allow-universal-access-from-file-urls", FALSE,
    "allow-top-navigation-to-data-urls", FALSE, "allow-modal-dialogs", FALSE,
    "media-playback-requires-user-gesture", TRUE, "enable-smooth-scrolling", FALSE,
    "hardware-acceleration-policy", WEBKIT_HARDWARE_ACCELERATION_POLICY_NEVER, NULL);
  g_autoptr (WebKitFeatureList) list = webkit_settings_get_all_features ();

  for (gsize i = 0; i < webkit_feature_list_get_length (list); i++)
    {
      WebKitFeature *feature = webkit_feature_list_get (list, i);
      guint when = find_feature (webkit_feature_get_identifier (feature));

      if (when == ALWAYS || (when & blocked) != 0)
        webkit_settings_set_feature_enabled (settings, feature, FALSE);
    }
  return settings;
}

/* Once more, for frames that may run no scripts: they are passed over by what is loaded into pages. */
static void
add_script (WebKitUserContentManager *content, TnBlockedApis blocked)
{
  g_autofree char *source = taking_script (blocked);
  g_autoptr (WebKitUserScript) script = webkit_user_script_new (
    source, WEBKIT_USER_CONTENT_INJECT_ALL_FRAMES, WEBKIT_USER_SCRIPT_INJECT_AT_DOCUMENT_START, NULL, NULL);

  webkit_user_content_manager_add_script (content, script);
}

static void
load_into_pages (WebKitWebContext *context, TnBlockedApis blocked)
{
  g_autofree char *script = taking_script (blocked);
  GVariant *data = g_variant_ref_sink (g_variant_new ("(bs)", (blocked & TN_BLOCK_WEBASSEMBLY) != 0, script));

  /* In a Flatpak it is part of what every sandbox sees. */
  if (g_getenv ("FLATPAK_ID") == NULL)
    webkit_web_context_add_path_to_sandbox (context, tn_paths_page_dir (), TRUE);
  g_signal_connect_data (context, "initialize-web-process-extensions", G_CALLBACK (begin_process_cb), data,
                         (GClosureNotify) g_variant_unref, 0);
}

/* Memory is the monitor's business: WebKit's own limit, set near what a page really uses, makes every page clean up
 * all the time (0.7 % of a core each, seen on 2.50). */
static WebKitWebContext *
create_context (TnBlockedApis blocked)
{
  WebKitWebContext *context = webkit_web_context_new ();

  if ((blocked & NEEDS_MODULE) != 0)
    load_into_pages (context, blocked);
  webkit_web_context_set_cache_model (context, WEBKIT_CACHE_MODEL_DOCUMENT_VIEWER);
  webkit_web_context_set_spell_checking_enabled (context, FALSE);
  return context;
}

static TnBlockedApis
all_blocked (TnManifest *manifest)
{
  return tn_manifest_get_blocked_apis (manifest)
         | (tn_manifest_get_level (manifest) == TN_LEVEL_STRICT ? STRICT_BLOCKS : 0);
}

gboolean
tn_profile_can_block (TnManifest *manifest)
{
  g_autofree char *module = g_build_filename (tn_paths_page_dir (), "tn-page." G_MODULE_SUFFIX, NULL);
  g_autofree char *script = g_build_filename (tn_paths_data_dir (), "sdk", "blocked.js", NULL);

  return (all_blocked (manifest) & NEEDS_MODULE) == 0
         || (g_file_test (module, G_FILE_TEST_IS_REGULAR) && g_file_test (script, G_FILE_TEST_IS_REGULAR));
}

/* What is dragged over a page is not the page's. And WebKit (2.50) ends the program where a drag goes away that never
 * came: GTK says so of what was under the pointer before. */
static void
take_no_drops (GtkWidget *view)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (view);

  for (guint i = g_list_model_get_n_items (controllers); i > 0; i--)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i - 1);

      if (GTK_IS_DROP_TARGET_ASYNC (controller))
        gtk_widget_remove_controller (view, controller);
    }
}

/* What a form says of a field (setCustomValidity ()) WebKit (2.50) shows in a bubble of GTK's, above all that is there, our
 * questions too, at any moment the page likes. Lists and menus, which a person has opened, hold more than a label. */
static void
bubble_shown_cb (GtkWidget *popover)
{
  if (GTK_IS_LABEL (gtk_popover_get_child (GTK_POPOVER (popover))))
    gtk_widget_set_visible (popover, FALSE);
}

static void
children_changed_cb (GListModel *children, guint position, guint removed, guint added)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (GtkWidget) child = g_list_model_get_item (children, i);

      if (GTK_IS_POPOVER (child))
        g_signal_connect_after (child, "show", G_CALLBACK (bubble_shown_cb), NULL);
    }
}

static void
show_no_bubbles (GtkWidget *view)
{
  GListModel *children = gtk_widget_observe_children (view);

  g_signal_connect (children, "items-changed", G_CALLBACK (children_changed_cb), NULL);
  g_object_set_data_full (G_OBJECT (view), "tn-children", children, g_object_unref);
}

WebKitWebView *
tn_profile_create_view (TnApp *app, TnBlockedApis more, WebKitNetworkSession *session, WebKitUserContentManager *content,
                        WebKitUserContentFilter *filter, const char *marker, WebKitURISchemeRequestCallback serve,
                        gpointer user_data, GDestroyNotify destroy)
{
  TnManifest *manifest = tn_app_get_manifest (app);
  TnSandboxLevel level = tn_manifest_get_level (manifest);
  TnBlockedApis blocked = all_blocked (manifest) | more;
  g_autoptr (WebKitWebContext) context = create_context (blocked);
  g_autoptr (WebKitSettings) settings = create_settings (blocked);
  g_autofree char *policy = tn_csp_build (level, blocked);
  WebKitSecurityManager *security = webkit_web_context_get_security_manager (context);
  WebKitWebView *view;

  webkit_web_context_add_path_to_sandbox (context, marker, TRUE);
  webkit_web_context_register_uri_scheme (context, TN_SCHEME, serve, user_data, destroy);
  webkit_security_manager_register_uri_scheme_as_secure (security, TN_SCHEME);
  webkit_security_manager_register_uri_scheme_as_cors_enabled (security, TN_SCHEME);
  webkit_user_content_manager_add_filter (content, filter);
  if ((blocked & NEEDS_SCRIPT) != 0)
    add_script (content, blocked);
  view = g_object_new (WEBKIT_TYPE_WEB_VIEW, "web-context", context, "network-session", session, "settings", settings,
                       "user-content-manager", content, "default-content-security-policy", policy, NULL);
  take_no_drops (GTK_WIDGET (view));
  show_no_bubbles (GTK_WIDGET (view));
  return g_object_ref_sink (view);
}

WebKitNetworkSession *
tn_profile_create_session (const char *data, const char *cache, const char *proxy)
{
  WebKitNetworkSession *session
    = data != NULL ? webkit_network_session_new (data, cache) : webkit_network_session_new_ephemeral ();
  WebKitNetworkProxySettings *settings = webkit_network_proxy_settings_new (proxy, NULL);

  webkit_network_session_set_proxy_settings (session, WEBKIT_NETWORK_PROXY_MODE_CUSTOM, settings);
  webkit_network_session_set_tls_errors_policy (session, WEBKIT_TLS_ERRORS_POLICY_FAIL);
  webkit_network_session_set_persistent_credential_storage_enabled (session, FALSE);
  webkit_network_proxy_settings_free (settings);
  return session;
}
