/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-clock.h"
#include "tn-fetch.h"
#include "tn-gate.h"
#include "tn-instance-platform.h"
#include "tn-profile.h"
#include "tn-scheme.h"
#include "tn-sockets.h"
#include "tn-watchdog.h"

#include <string.h>

#define MAX_OPTIONS 1000 /* of a list that is opened in a page */
#define MAX_OPTION_BYTES 256

static void
serve_cb (WebKitURISchemeRequest *request, gpointer user_data)
{
  g_autoptr (TnInstance) self = g_weak_ref_get (user_data);

  if (self == NULL || self->app == NULL)
    {
      g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CLOSED, "The tile is gone");

      webkit_uri_scheme_request_finish_error (request, error);
    }
  else if (tn_app_is_webxdc (self->app) && tn_scheme_asks_for (self->app, request, TN_WEBXDC_SCRIPT))
    {
      tn_webxdc_serve (self, request);
    }
  else if (!tn_fetch_serve (self, request) && !tn_scheme_serve (self->app, request) && tn_app_is_missing (self->app))
    {
      tn_instance_fail (self, TN_TROUBLE_MISSING, NULL);
    }
}

static void
free_weak_ref (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

/* Only the app's own origin, and the blank page that is proved first. */
static gboolean
may_go_to (TnInstance *self, const char *uri)
{
  g_autofree char *origin = g_strdup_printf ("%s://%s/", TN_SCHEME, self->app_key);

  return g_str_has_prefix (uri, origin) || g_str_equal (uri, "about:blank") || g_str_equal (uri, "about:srcdoc");
}

static gboolean
decide_policy_cb (WebKitWebView *view, WebKitPolicyDecision *decision, WebKitPolicyDecisionType type, TnInstance *self)
{
  WebKitNavigationAction *action;
  const char *uri;

  if (type == WEBKIT_POLICY_DECISION_TYPE_RESPONSE)
    {
      if (webkit_response_policy_decision_is_mime_type_supported (WEBKIT_RESPONSE_POLICY_DECISION (decision)))
        webkit_policy_decision_use (decision);
      else
        webkit_policy_decision_ignore (decision);
      return TRUE;
    }
  action = webkit_navigation_policy_decision_get_navigation_action (WEBKIT_NAVIGATION_POLICY_DECISION (decision));
  uri = webkit_uri_request_get_uri (webkit_navigation_action_get_request (action));
  if (type == WEBKIT_POLICY_DECISION_TYPE_NAVIGATION_ACTION && may_go_to (self, uri))
    webkit_policy_decision_use (decision);
  else
    webkit_policy_decision_ignore (decision);
  return TRUE;
}

static gboolean
permission_cb (WebKitWebView *view, WebKitPermissionRequest *request, TnInstance *self)
{
  webkit_permission_request_deny (request);
  return TRUE;
}

/* alert, confirm, prompt and beforeunload are answered at once: a page can't hold the window up with them. */
static gboolean
dialog_cb (WebKitWebView *view, WebKitScriptDialog *dialog, TnInstance *self)
{
  if (webkit_script_dialog_get_dialog_type (dialog) == WEBKIT_SCRIPT_DIALOG_BEFORE_UNLOAD_CONFIRM)
    webkit_script_dialog_confirm_set_confirmed (dialog, TRUE);
  return TRUE;
}

static gboolean
file_chooser_cb (WebKitWebView *view, WebKitFileChooserRequest *request, TnInstance *self)
{
  if (self->webxdc != NULL)
    tn_webxdc_choose_files (self->webxdc, request);
  else
    webkit_file_chooser_request_cancel (request);
  return TRUE;
}

static gboolean
color_chooser_cb (WebKitWebView *view, WebKitColorChooserRequest *request, TnInstance *self)
{
  webkit_color_chooser_request_cancel (request);
  return TRUE;
}

static gboolean
authenticate_cb (WebKitWebView *view, WebKitAuthenticationRequest *request, TnInstance *self)
{
  webkit_authentication_request_cancel (request);
  return TRUE;
}

/* GTK lays out every row of such a list before it is drawn: 90,000 of them held all windows up for minutes. And it is as wide
 * as its longest row, over all that is on the screen. */
static gboolean
option_menu_cb (WebKitWebView *view, WebKitOptionMenu *menu, GdkRectangle *where, TnInstance *self)
{
  guint n = webkit_option_menu_get_n_items (menu);
  gboolean fits = n <= MAX_OPTIONS;

  for (guint i = 0; fits && i < n; i++)
    fits = strlen (webkit_option_menu_item_get_label (webkit_option_menu_get_item (menu, i))) <= MAX_OPTION_BYTES;
  if (!fits)
    webkit_option_menu_close (menu);
  return !fits;
}

static gboolean
refuse_cb (void)
{
  return TRUE;
}

static gboolean
may_stay (WebKitContextMenuItem *item, TnInstance *self)
{
  switch (webkit_context_menu_item_get_stock_action (item))
    {
    case WEBKIT_CONTEXT_MENU_ACTION_CUT:
    case WEBKIT_CONTEXT_MENU_ACTION_COPY:
    case WEBKIT_CONTEXT_MENU_ACTION_PASTE:
    case WEBKIT_CONTEXT_MENU_ACTION_DELETE:
    case WEBKIT_CONTEXT_MENU_ACTION_SELECT_ALL:
      return TRUE;
    case WEBKIT_CONTEXT_MENU_ACTION_INSPECT_ELEMENT:
      return tn_instance_has_open (self, TN_FEATURE_INSPECTOR);
    default:
      return FALSE;
    }
}

/* Nothing that loads or saves; in a text field cutting and pasting stay. */
static gboolean
context_menu_cb (WebKitWebView *view, WebKitContextMenu *menu, WebKitHitTestResult *hit, TnInstance *self)
{
  g_autoptr (GList) items = g_list_copy (webkit_context_menu_get_items (menu));

  for (GList *l = items; l != NULL; l = l->next)
    if (!may_stay (l->data, self))
      webkit_context_menu_remove (menu, l->data);
  return webkit_context_menu_get_n_items (menu) == 0;
}

static void
load_changed_cb (WebKitWebView *view, WebKitLoadEvent event, TnInstance *self)
{
  tn_instance_load_changed (self, event);
}

static gboolean
load_failed_cb (WebKitWebView *view, WebKitLoadEvent event, const char *uri, GError *error, TnInstance *self)
{
  if (self->state == TN_STATE_LOADING && !g_error_matches (error, WEBKIT_NETWORK_ERROR, WEBKIT_NETWORK_ERROR_CANCELLED))
    tn_instance_fail (self, TN_TROUBLE_TIMEOUT, error->message);
  return TRUE;
}

static void
terminated_cb (WebKitWebView *view, WebKitWebProcessTerminationReason reason, TnInstance *self)
{
  if (reason == WEBKIT_WEB_PROCESS_TERMINATED_BY_API)
    return;
  tn_instance_fail (self, reason == WEBKIT_WEB_PROCESS_EXCEEDED_MEMORY_LIMIT ? TN_TROUBLE_MEMORY : TN_TROUBLE_CRASHED,
                    NULL);
}

/* Seen here, on the way to WebKit, for the page's process is not to be asked: label.click () gives its input a click that
 * WebKit calls trusted (2.50). */
static gboolean
input_cb (GtkEventController *controller, GdkEvent *event, TnInstance *self)
{
  switch (gdk_event_get_event_type (event))
    {
    case GDK_BUTTON_PRESS:
    case GDK_BUTTON_RELEASE:
    case GDK_KEY_PRESS:
    case GDK_TOUCH_BEGIN:
    case GDK_TOUCH_END:
      self->clicked_us = tn_clock_monotonic_us ();
      break;
    default:
      break;
    }
  return GDK_EVENT_PROPAGATE;
}

static void
watch_input (TnInstance *self)
{
  GtkEventController *controller = gtk_event_controller_legacy_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect_object (controller, "event", G_CALLBACK (input_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self->view), controller);
}

static const struct
{
  const char *signal;
  GCallback callback;
} handlers[] = {
  { "decide-policy", G_CALLBACK (decide_policy_cb) },
  { "permission-request", G_CALLBACK (permission_cb) },
  { "script-dialog", G_CALLBACK (dialog_cb) },
  { "run-file-chooser", G_CALLBACK (file_chooser_cb) },
  { "show-option-menu", G_CALLBACK (option_menu_cb) },
  { "run-color-chooser", G_CALLBACK (color_chooser_cb) },
  { "authenticate", G_CALLBACK (authenticate_cb) },
  { "print", G_CALLBACK (refuse_cb) },
  { "show-notification", G_CALLBACK (refuse_cb) },
  { "enter-fullscreen", G_CALLBACK (refuse_cb) },
  { "context-menu", G_CALLBACK (context_menu_cb) },
  { "load-changed", G_CALLBACK (load_changed_cb) },
  { "load-failed", G_CALLBACK (load_failed_cb) },
  { "web-process-terminated", G_CALLBACK (terminated_cb) },
};

/* Opaque: drawing in software does not clear what shows through. The page has the colour too, at the user's level,
 * because one that follows the dark style draws WebKit's own dark over the view's; its author may choose another. Pages
 * that were written for any web view expect white paper. */
static void
paint_background (TnInstance *self)
{
  const char *color = self->webxdc != NULL ? "#ffffff" : self->runtime->theme.background;
  WebKitUserContentManager *content = tn_bridge_get_content (self->bridge);
  g_autofree char *css = g_strdup_printf (":root { background-color: %s; }", color);
  g_autoptr (WebKitUserStyleSheet) sheet = webkit_user_style_sheet_new (
    css, WEBKIT_USER_CONTENT_INJECT_TOP_FRAME, WEBKIT_USER_STYLE_LEVEL_USER, NULL, NULL);
  GdkRGBA background;

  webkit_user_content_manager_remove_all_style_sheets (content);
  webkit_user_content_manager_add_style_sheet (content, sheet);
  if (gdk_rgba_parse (&background, color))
    webkit_web_view_set_background_color (self->view, &background);
}

void
tn_instance_paint (TnInstance *self)
{
  g_autofree char *paint = NULL;

  if (self->view == NULL)
    return;
  paint_background (self);
  if (self->webxdc != NULL)
    return;
  paint = tn_runtime_paint (self->runtime);
  tn_bridge_paint (self->bridge, self->view, paint);
  if (self->registered)
    tn_bridge_ask (self->bridge, self->view, "theme", tn_runtime_theme_node (self->runtime), NULL, NULL);
}

/* All that a page may call. */
static const TnBridgeMethod *const method_tables[]
  = { TN_INSTANCE_METHODS, TN_EVENT_METHODS, TN_REQUEST_METHODS, TN_PERMISSION_METHODS, TN_FETCH_METHODS, TN_SOCKETS_METHODS,
      TN_PLATFORM_METHODS, NULL };
static const TnBridgeMethod *const webxdc_tables[] = { TN_WEBXDC_METHODS, NULL };

void
tn_instance_open_view (TnInstance *self)
{
  gboolean webxdc = tn_app_is_webxdc (self->app);
  g_autofree char *paint = webxdc ? g_strdup ("{}") : tn_runtime_paint (self->runtime);
  GWeakRef *weak = g_new0 (GWeakRef, 1);
  gboolean kept = !self->sealed && tn_manifest_get_level (tn_app_get_manifest (self->app)) != TN_LEVEL_STRICT;

  g_weak_ref_init (weak, self);
  self->proof = (TnProof){ 0 };
  self->complained = FALSE;
  self->cancellable = g_cancellable_new ();
  self->webxdc = webxdc ? tn_webxdc_new (self) : NULL;
  self->features = tn_instance_list_open (self);
  self->bridge = tn_bridge_new (webxdc ? webxdc_tables : method_tables, self, paint, !webxdc,
                                tn_instance_has_open (self, TN_FEATURE_CONSOLE));
  self->marker = tn_runtime_make_marker (self->runtime, self->tile_id);
  self->view = tn_profile_create_view (self->app, self->sealed ? TN_BLOCK_STORAGE : 0,
                                       tn_runtime_get_session (self->runtime, self->app, kept),
                                       tn_bridge_get_content (self->bridge), self->runtime->filter, self->marker,
                                       serve_cb, weak, free_weak_ref);
  paint_background (self);
  watch_input (self);
  tn_instance_follow_reports (self);
  tn_instance_open_features (self);
  for (gsize i = 0; i < G_N_ELEMENTS (handlers); i++)
    g_signal_connect (self->view, handlers[i].signal, handlers[i].callback, self);
}

static gboolean
drop_view_cb (gpointer user_data)
{
  g_object_unref (user_data);
  return G_SOURCE_REMOVE;
}

/* What was answered for the app's run is forgotten with its last page. */
static void
end_run (TnInstance *self)
{
  GPtrArray *instances = self->runtime->instances;

  for (guint i = 0; i < instances->len; i++)
    {
      TnInstance *other = instances->pdata[i];

      if (other != self && other->view != NULL && g_str_equal (other->app_key, self->app_key))
        return;
    }
  tn_policy_end_run (self->runtime->policy, self->app_key);
}

void
tn_instance_close_view (TnInstance *self)
{
  tn_gate_close (self);
  if (self->view == NULL)
    return;
  tn_instance_unsubscribe_all (self);
  tn_fetch_end_all (self);
  tn_sockets_end_all (self);
  end_run (self);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->load_timer, g_source_remove);
  g_clear_handle_id (&self->picture_timer, g_source_remove);
  g_clear_handle_id (&self->rest_timer, g_source_remove);
  self->resting = TN_STATE_STOPPED;
  g_clear_handle_id (&self->reload_timer, g_source_remove);
  self->reloading = FALSE;
  self->reading_state = FALSE;
  self->pictured = NULL;
  g_clear_handle_id (&self->throttle_timer, g_source_remove);
  self->held = FALSE;
  tn_watchdog_end (self);
  if (self->proof.pid != 0)
    {
      tn_monitor_remove (self->runtime->monitor, self->proof.pid);
      tn_warden_release (self->runtime->warden, self->proof.pid);
    }
  if (self->watched)
    tn_storage_watch_remove (self->runtime->storage, self->app_key);
  self->watched = FALSE;
  g_signal_handlers_disconnect_by_data (self->view, self);
  g_signal_handlers_disconnect_by_data (tn_bridge_get_content (self->bridge), self);
  g_clear_pointer (&self->bridge, tn_bridge_free);
  g_clear_pointer (&self->webxdc, tn_webxdc_free);
  tn_instance_close_inspector (self);
  webkit_web_view_terminate_web_process (self->view);
  /* Later: WebKit may be in the middle of telling us about this very view. One that was inspected is never freed: where its
   * process had ended by itself, WebKit would crash (2.50). */
  if (!self->inspected)
    g_idle_add_full (G_PRIORITY_DEFAULT, drop_view_cb, self->view, NULL);
  self->view = NULL;
  self->inspected = FALSE;
  g_clear_pointer (&self->marker, tn_runtime_drop_marker);
  self->at_app = FALSE;
  self->registered = FALSE;
  self->delivering = FALSE;
  self->mounted_us = 0;
  self->clicked_us = 0;
}
