/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-application.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <signal.h>
#include <string.h>

#include "tn-options.h"
#include "tn-paths.h"
#include "tn-report.h"
#include "tn-settings.h"
#include "tn-upkeep.h"
#include "tn-window.h"

#define EXIT_USAGE 2

/* What tnc says when it has written to a workspace. */
#define CHANGED_PATH "/com/tokennexus/Canvas"
#define CHANGED_INTERFACE "com.tokennexus.Canvas1"
#define CHANGED_SIGNAL "StoreChanged"
#define GRANTS_SIGNAL "GrantsChanged"
#define APPS_SIGNAL "AppsChanged"
#define ERASE_SIGNAL "EraseNoted"

struct _TnApplication
{
  AdwApplication parent;

  TnOptions *options;
  TnWorkspace *early; /* opened while GTK starts; NULL when its window has it */
  GSettings *settings;
  TnReport *report;
  guint signal_ids[2];
  guint changed_ids[4];
  int exit_status;
};

G_DEFINE_FINAL_TYPE (TnApplication, tn_application, ADW_TYPE_APPLICATION)

static void
say (const char *text)
{
  g_printerr ("token-nexus-canvas: %s\n", text);
}

static TnWindow *
find_window (TnApplication *self, const char *workspace)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    if (TN_IS_WINDOW (l->data) && strcmp (tn_workspace_get_name (tn_window_get_workspace (l->data)), workspace) == 0)
      return l->data;
  return NULL;
}

static void
quit_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (user_data));

  for (GList *l = windows; l != NULL; l = l->next)
    {
      if (TN_IS_WINDOW (l->data))
        tn_window_stop_kiosk (l->data);
      gtk_window_close (l->data);
    }
}

static gboolean
unix_signal_cb (gpointer user_data)
{
  quit_cb (NULL, NULL, user_data);
  return G_SOURCE_CONTINUE;
}

static void
finished_cb (TnApplication *self, const char *failure)
{
  if (failure != NULL)
    {
      say (failure);
      self->exit_status = EXIT_FAILURE;
    }
  quit_cb (NULL, NULL, self);
}

static TnWorkspace *
take_workspace (TnApplication *self, const char *name)
{
  if (self->early != NULL && strcmp (tn_workspace_get_name (self->early), name) == 0)
    return g_steal_pointer (&self->early);
  return tn_workspace_new (name);
}

static void
open_window (TnApplication *self, const char *name)
{
  TnWindow *window = find_window (self, name);

  if (window == NULL)
    {
      g_autoptr (TnWorkspace) workspace = take_workspace (self, name);

      window = tn_window_new (GTK_APPLICATION (self), workspace, self->settings);
      if (self->options != NULL && (self->options->report != NULL || self->options->screenshot != NULL))
        {
          self->report = tn_report_new (window, self->options->report, self->options->screenshot);
          g_signal_connect_object (self->report, "finished", G_CALLBACK (finished_cb), self, G_CONNECT_SWAPPED);
        }
    }
  gtk_window_present (GTK_WINDOW (window));
}

static void
open_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  const char *name = g_variant_get_string (parameter, NULL);

  /* Whoever is on the session bus can ask for this. */
  if (tn_workspace_is_name (name))
    open_window (user_data, name);
}

static void
kiosk_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  TnWindow *window = find_window (user_data, g_variant_get_string (parameter, NULL));

  if (window != NULL)
    tn_window_start_kiosk (window);
}

static void
tn_application_activate (GApplication *application)
{
  open_window (TN_APPLICATION (application), TN_WORKSPACE_DEFAULT);
}

static gboolean
run_options (TnApplication *self, int *exit_status)
{
  GApplication *application = G_APPLICATION (self);
  g_autoptr (GError) error = NULL;

  if (self->options->version)
    {
      g_print ("%s %s\n", _("Token Nexus Canvas"), APP_VERSION);
      return TRUE;
    }
  if (self->options->report != NULL || self->options->screenshot != NULL)
    g_application_set_flags (application, g_application_get_flags (application) | G_APPLICATION_NON_UNIQUE);
  if (!g_application_register (application, NULL, &error))
    {
      say (error->message);
      *exit_status = EXIT_FAILURE;
      return TRUE;
    }
  g_action_group_activate_action (G_ACTION_GROUP (application), "open",
                                  g_variant_new_string (self->options->workspace));
  if (self->options->kiosk)
    g_action_group_activate_action (G_ACTION_GROUP (application), "kiosk",
                                    g_variant_new_string (self->options->workspace));
  return TRUE;
}

static gboolean
tn_application_local_command_line (GApplication *application, char ***arguments, int *exit_status)
{
  TnApplication *self = TN_APPLICATION (application);
  g_autoptr (GError) error = NULL;

  *exit_status = EXIT_SUCCESS;
  self->options = tn_options_parse (*arguments, &error);
  if (self->options == NULL)
    {
      say (error->message);
      say (_("Try “token-nexus-canvas --help”."));
      *exit_status = EXIT_USAGE;
      return TRUE;
    }
  if (self->options->service)
    return G_APPLICATION_CLASS (tn_application_parent_class)->local_command_line (application, arguments, exit_status);
  return run_options (self, exit_status);
}

/* Without this GTK would end the program with a line of its own. */
static void
require_display (void)
{
  if (gtk_init_check ())
    return;
  say (_("There is no display. Start it from a desktop session, or set DISPLAY or WAYLAND_DISPLAY."));
  exit (EXIT_FAILURE);
}

/* Whoever is on the session bus can say so: it leads to nothing but looking again. */
static TnWorkspace *
find_changed (TnApplication *self, GVariant *parameters, const char **subject)
{
  const char *name;
  TnWindow *window;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(ss)")))
    return NULL;
  g_variant_get (parameters, "(&s&s)", &name, subject);
  window = find_window (self, name);
  return window != NULL ? tn_window_get_workspace (window) : NULL;
}

static void
store_changed_cb (GDBusConnection *bus, const char *sender, const char *path, const char *interface, const char *signal,
                  GVariant *parameters, gpointer user_data)
{
  const char *canvas_id;
  TnWorkspace *workspace = find_changed (user_data, parameters, &canvas_id);

  if (workspace != NULL && tn_workspace_get_store (workspace) != NULL)
    tn_store_notice_foreign_change (tn_workspace_get_store (workspace), canvas_id);
}

static void
grants_changed_cb (GDBusConnection *bus, const char *sender, const char *path, const char *interface, const char *signal,
                   GVariant *parameters, gpointer user_data)
{
  const char *app_key;
  TnWorkspace *workspace = find_changed (user_data, parameters, &app_key);

  if (workspace != NULL && tn_workspace_get_policy (workspace) != NULL)
    tn_policy_load_async (tn_workspace_get_policy (workspace), NULL, NULL, NULL);
}

static TnWorkspace *
find_workspace (TnApplication *self, GVariant *parameters)
{
  const char *name;
  TnWindow *window;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(s)")))
    return NULL;
  g_variant_get (parameters, "(&s)", &name);
  window = find_window (self, name);
  return window != NULL ? tn_window_get_workspace (window) : NULL;
}

/* The same: there may be other apps to place now. */
static void
apps_changed_cb (GDBusConnection *bus, const char *sender, const char *path, const char *interface, const char *signal,
                 GVariant *parameters, gpointer user_data)
{
  TnWorkspace *workspace = find_workspace (user_data, parameters);

  if (workspace != NULL)
    tn_workspace_read_catalogue (workspace);
}

/* What is erased is what the person had noted in the workspace's own file; the signal only says to look there. */
static void
erase_noted_cb (GDBusConnection *bus, const char *sender, const char *path, const char *interface, const char *signal,
                GVariant *parameters, gpointer user_data)
{
  TnWorkspace *workspace = find_workspace (user_data, parameters);

  if (workspace != NULL && tn_workspace_get_policy (workspace) != NULL)
    tn_upkeep_erase_async (workspace, NULL, NULL, NULL);
}

static void
listen_for_changes (TnApplication *self)
{
  const struct
  {
    const char *signal;
    GDBusSignalCallback callback;
  } signals[] = { { CHANGED_SIGNAL, store_changed_cb }, { GRANTS_SIGNAL, grants_changed_cb },
                  { APPS_SIGNAL, apps_changed_cb }, { ERASE_SIGNAL, erase_noted_cb } };
  GDBusConnection *bus = g_application_get_dbus_connection (G_APPLICATION (self));

  for (guint i = 0; bus != NULL && i < G_N_ELEMENTS (signals); i++)
    self->changed_ids[i]
      = g_dbus_connection_signal_subscribe (bus, NULL, CHANGED_INTERFACE, signals[i].signal, CHANGED_PATH, NULL,
                                            G_DBUS_SIGNAL_FLAGS_NONE, signals[i].callback, self, NULL);
}

static void
tn_application_startup (GApplication *application)
{
  TnApplication *self = TN_APPLICATION (application);
  const GActionEntry actions[] = { { "open", open_cb, "s" }, { "kiosk", kiosk_cb, "s" }, { "quit", quit_cb } };

  /* The disk works while GTK starts. */
  if (self->options != NULL && !self->options->service)
    self->early = tn_workspace_new (self->options->workspace);
  require_display ();
  G_APPLICATION_CLASS (tn_application_parent_class)->startup (application);

  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  self->settings = tn_settings_new ();
  listen_for_changes (self);
  self->signal_ids[0] = g_unix_signal_add (SIGTERM, unix_signal_cb, self);
  self->signal_ids[1] = g_unix_signal_add (SIGINT, unix_signal_cb, self);
}

static void
tn_application_shutdown (GApplication *application)
{
  TnApplication *self = TN_APPLICATION (application);

  for (guint i = 0; i < G_N_ELEMENTS (self->changed_ids); i++)
    {
      if (self->changed_ids[i] != 0)
        g_dbus_connection_signal_unsubscribe (g_application_get_dbus_connection (application), self->changed_ids[i]);
      self->changed_ids[i] = 0;
    }
  if (self->early != NULL)
    tn_workspace_close (self->early);
  for (guint i = 0; i < G_N_ELEMENTS (self->signal_ids); i++)
    g_clear_handle_id (&self->signal_ids[i], g_source_remove);

  G_APPLICATION_CLASS (tn_application_parent_class)->shutdown (application);
}

static void
tn_application_finalize (GObject *object)
{
  TnApplication *self = TN_APPLICATION (object);

  g_clear_pointer (&self->options, tn_options_free);
  g_clear_object (&self->early);
  g_clear_object (&self->settings);
  g_clear_object (&self->report);

  G_OBJECT_CLASS (tn_application_parent_class)->finalize (object);
}

static void
tn_application_class_init (TnApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = tn_application_finalize;
  application_class->local_command_line = tn_application_local_command_line;
  application_class->startup = tn_application_startup;
  application_class->activate = tn_application_activate;
  application_class->shutdown = tn_application_shutdown;
}

static void
tn_application_init (TnApplication *self)
{
}

TnApplication *
tn_application_new (void)
{
  return g_object_new (TN_TYPE_APPLICATION, "application-id", APP_ID, "resource-base-path", "/com/tokennexus/Canvas",
                       NULL);
}

int
tn_application_get_exit_status (TnApplication *self)
{
  g_return_val_if_fail (TN_IS_APPLICATION (self), EXIT_FAILURE);

  return self->exit_status;
}
