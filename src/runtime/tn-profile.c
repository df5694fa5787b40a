/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-profile.h"
#include "tn-csp.h"
#include "tn-scheme.h"

#define ALWAYS (1u << 31)

/* What is kept for the session only is kept in the memory of the network process, which all share. */
#define STRICT_BLOCKS TN_BLOCK_INDEXEDDB

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
  { "OffscreenCanvas", TN_BLOCK_CANVAS2D },
};

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

/* Memory is the monitor's business: WebKit's own limit, set near what a page really uses, makes every page clean up
 * all the time (0.7 % of a core each, seen on 2.50). */
static WebKitWebContext *
create_context (void)
{
  WebKitWebContext *context = webkit_web_context_new ();

  webkit_web_context_set_cache_model (context, WEBKIT_CACHE_MODEL_DOCUMENT_VIEWER);
  webkit_web_context_set_spell_checking_enabled (context, FALSE);
  return context;
}

WebKitWebView *
tn_profile_create_view (TnApp *app, WebKitNetworkSession *session, WebKitUserContentManager *content,
                        WebKitUserContentFilter *filter, const char *marker, WebKitURISchemeRequestCallback serve,
                        gpointer user_data, GDestroyNotify destroy)
{
  TnManifest *manifest = tn_app_get_manifest (app);
  TnSandboxLevel level = tn_manifest_get_level (manifest);
  TnBlockedApis blocked = tn_manifest_get_blocked_apis (manifest) | (level == TN_LEVEL_STRICT ? STRICT_BLOCKS : 0);
  g_autoptr (WebKitWebContext) context = create_context ();
  g_autoptr (WebKitSettings) settings = create_settings (blocked);
  g_autofree char *policy = tn_csp_build (level, blocked);
  WebKitSecurityManager *security = webkit_web_context_get_security_manager (context);
  WebKitWebView *view;

  webkit_web_context_add_path_to_sandbox (context, marker, TRUE);
  webkit_web_context_register_uri_scheme (context, TN_SCHEME, serve, user_data, destroy);
  webkit_security_manager_register_uri_scheme_as_secure (security, TN_SCHEME);
  webkit_security_manager_register_uri_scheme_as_cors_enabled (security, TN_SCHEME);
  webkit_user_content_manager_add_filter (content, filter);
  view = g_object_new (WEBKIT_TYPE_WEB_VIEW, "web-context", context, "network-session", session, "settings", settings,
                       "user-content-manager", content, "default-content-security-policy", policy, NULL);
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
