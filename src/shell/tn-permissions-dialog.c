/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-permissions-dialog.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "tn-app-icon.h"
#include "tn-permission.h"

#define WIDTH 520
#define HEIGHT 560

#define TN_TYPE_PERMISSIONS_DIALOG (tn_permissions_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TnPermissionsDialog, tn_permissions_dialog, TN, PERMISSIONS_DIALOG, AdwWindow)

struct _TnPermissionsDialog
{
  AdwWindow parent;

  /* template */
  GtkImage *icon;
  GtkLabel *name, *id;
  GtkStack *stack;
  GtkListBox *list;

  TnPolicy *policy;
  TnApp *app;
  gboolean showing; /* what is selected now is not the person's choice */
  guint show_source;
};

enum
{
  REMOVE,
  ERASE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TnPermissionsDialog, tn_permissions_dialog, ADW_TYPE_WINDOW)

/* What it takes to do what a row is about. */
enum
{
  ASKED = 1 << 0,   /* a question */
  GIVEN = 1 << 1,   /* nothing */
  DEVELOP = 1 << 2, /* that the person wants to see into the app */
};

/* The choices of a row, in their order. The last two are there only while they are so: the other choices end them. */
static const struct
{
  TnStanding standing;
  guint kinds;
  gboolean passing;
  const char *label;
} choices[] = {
  { TN_STANDING_ASK, ASKED, FALSE, N_("Ask") },
  { TN_STANDING_ASK, DEVELOP, FALSE, N_("No") },
  { TN_STANDING_GIVEN, GIVEN, FALSE, N_("Allow") },
  { TN_STANDING_ALWAYS, ASKED | DEVELOP, FALSE, N_("Allow") },
  { TN_STANDING_NEVER, ASKED | GIVEN, FALSE, N_("Never") },
  { TN_STANDING_ONCE, ASKED, TRUE, N_("Allowed for now") },
  { TN_STANDING_NOT_NOW, ASKED, TRUE, N_("Denied for now") },
};

static guint
kind_of (TnApp *app, const TnPermission *permission)
{
  if (permission->type == TN_PERMISSION_DEVELOP)
    return DEVELOP;
  return tn_policy_is_given (app, permission) ? GIVEN : ASKED;
}

typedef struct
{
  TnPermissionsDialog *dialog; /* borrowed */
  const TnPermission *permission;
  GtkDropDown *choice;
  TnStanding offered[G_N_ELEMENTS (choices)];
} Row;

static void
choose (TnPermissionsDialog *self, const TnPermission *permission, TnStanding standing)
{
  const char *key = tn_app_get_key (self->app);

  if (standing == TN_STANDING_ALWAYS)
    tn_policy_answer (self->policy, key, permission, TN_ANSWER_ALWAYS);
  else if (standing == TN_STANDING_NEVER)
    tn_policy_answer (self->policy, key, permission, TN_ANSWER_NEVER);
  else if (standing == TN_STANDING_ASK || standing == TN_STANDING_GIVEN)
    tn_policy_revoke (self->policy, key, permission);
}

static void
chosen_cb (GtkDropDown *choice, GParamSpec *pspec, Row *row)
{
  guint n = gtk_drop_down_get_selected (choice);

  if (!row->dialog->showing && n < G_N_ELEMENTS (row->offered))
    choose (row->dialog, row->permission, row->offered[n]);
}

static void
show_standing (Row *row)
{
  TnPermissionsDialog *self = row->dialog;
  TnStanding standing = tn_policy_get_standing (self->policy, self->app, row->permission);
  guint kind = kind_of (self->app, row->permission);
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  guint n = 0, selected = 0;

  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      if ((choices[i].kinds & kind) == 0 || (choices[i].passing && choices[i].standing != standing))
        continue;
      selected = choices[i].standing == standing ? n : selected;
      row->offered[n++] = choices[i].standing;
      gtk_string_list_append (labels, _(choices[i].label));
    }
  self->showing = TRUE;
  gtk_drop_down_set_model (row->choice, G_LIST_MODEL (labels));
  gtk_drop_down_set_selected (row->choice, selected);
  self->showing = FALSE;
}

static gboolean
show_standings_cb (gpointer user_data)
{
  TnPermissionsDialog *self = user_data;
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->list));

  self->show_source = 0;
  for (; child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      Row *row = g_object_get_data (G_OBJECT (child), "row");

      if (row != NULL)
        show_standing (row);
    }
  return G_SOURCE_REMOVE;
}

/* Later: it may be a list here that tells, in the middle of being chosen from, and it would get another model. */
static void
policy_changed_cb (TnPermissionsDialog *self, const char *app_key)
{
  if (g_str_equal (app_key, tn_app_get_key (self->app)) && self->show_source == 0)
    self->show_source = g_idle_add (show_standings_cb, self);
}

static char *
describe_more (const TnPermission *permission)
{
  g_autofree char *terms = tn_permission_describe_terms (&permission->terms);
  g_autofree char *reason
    = permission->reason != NULL ? g_strdup_printf (_("The app says: “%s”"), permission->reason) : NULL;
  g_autofree char *limits = *terms != '\0' ? g_strdup_printf (_("Limited: %s"), terms) : NULL;

  if (permission->type == TN_PERMISSION_DEVELOP)
    return g_strdup (_("For developing it, in hybrid mode only"));
  if (reason != NULL && limits != NULL)
    return g_strconcat (reason, "\n", limits, NULL);
  return g_strdup (reason != NULL ? reason : limits != NULL ? limits : "");
}

static gboolean
is_own_data (const TnPermission *permission)
{
  return permission->type == TN_PERMISSION_DATA && g_str_equal (permission->resource, "self");
}

/* The app's own data is nobody's to refuse: what one doesn't want to keep one doesn't add. */
static void
add_choice (TnPermissionsDialog *self, AdwActionRow *widget, const TnPermission *permission, const char *sentence)
{
  GtkWidget *choice;
  Row *row;

  if (is_own_data (permission))
    {
      choice = gtk_label_new (_("Always"));
      gtk_widget_add_css_class (choice, "dim-label");
      adw_action_row_add_suffix (widget, choice);
      return;
    }
  choice = gtk_drop_down_new (NULL, NULL);
  gtk_widget_set_valign (choice, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (choice), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence, -1);
  row = g_new0 (Row, 1);
  *row = (Row) { self, permission, GTK_DROP_DOWN (choice) };
  g_object_set_data_full (G_OBJECT (widget), "row", row, g_free);
  show_standing (row);
  g_signal_connect (choice, "notify::selected", G_CALLBACK (chosen_cb), row);
  adw_action_row_add_suffix (widget, choice);
}

static void
add_permission (TnPermissionsDialog *self, const TnPermission *permission)
{
  GtkWidget *widget = adw_action_row_new ();
  AdwActionRow *row = ADW_ACTION_ROW (widget);
  g_autofree char *sentence = tn_permission_describe (permission);
  g_autofree char *more = describe_more (permission);

  /* The app wrote it: nothing in it is markup. */
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (widget), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (widget), sentence);
  adw_action_row_set_subtitle (row, more);
  adw_action_row_set_title_lines (row, 0);
  adw_action_row_set_subtitle_lines (row, 0);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (widget), FALSE);
  add_choice (self, row, permission, sentence);
  gtk_list_box_append (self->list, widget);
}

/* What follows is done in the window below. */
static void
leave_with (TnPermissionsDialog *self, guint signal)
{
  g_autoptr (TnPermissionsDialog) kept = g_object_ref (self);

  gtk_window_close (GTK_WINDOW (self));
  g_signal_emit (kept, signals[signal], 0, kept->app);
}

static void
remove_cb (TnPermissionsDialog *self)
{
  leave_with (self, REMOVE);
}

static void
erase_cb (TnPermissionsDialog *self)
{
  leave_with (self, ERASE);
}

static void
tn_permissions_dialog_dispose (GObject *object)
{
  TnPermissionsDialog *self = TN_PERMISSIONS_DIALOG (object);

  g_clear_handle_id (&self->show_source, g_source_remove);
  g_clear_object (&self->policy);
  G_OBJECT_CLASS (tn_permissions_dialog_parent_class)->dispose (object);
  g_clear_object (&self->app);
}

static void
tn_permissions_dialog_class_init (TnPermissionsDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tn_permissions_dialog_dispose;

  signals[REMOVE] = g_signal_new ("remove", TN_TYPE_PERMISSIONS_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, TN_TYPE_APP);
  signals[ERASE] = g_signal_new ("erase", TN_TYPE_PERMISSIONS_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 1, TN_TYPE_APP);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/tokennexus/Canvas/tn-permissions-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, TnPermissionsDialog, icon);
  gtk_widget_class_bind_template_child (widget_class, TnPermissionsDialog, name);
  gtk_widget_class_bind_template_child (widget_class, TnPermissionsDialog, id);
  gtk_widget_class_bind_template_child (widget_class, TnPermissionsDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, TnPermissionsDialog, list);
  gtk_widget_class_bind_template_callback (widget_class, remove_cb);
  gtk_widget_class_bind_template_callback (widget_class, erase_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
tn_permissions_dialog_init (TnPermissionsDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static guint
add_permissions (TnPermissionsDialog *self, const TnPermission *permissions, gsize n)
{
  for (gsize i = 0; i < n; i++)
    add_permission (self, &permissions[i]);
  return n;
}

/* What it asks for; and what nobody asks for, where the mode leaves it to the person. */
static guint
add_all (TnPermissionsDialog *self)
{
  gsize n;
  const TnPermission *permissions = tn_manifest_get_permissions (tn_app_get_manifest (self->app), &n);
  guint added = add_permissions (self, permissions, n);

  permissions = tn_mode_list_permissions (&n);
  return tn_policy_get_mode (self->policy) == TN_MODE_HYBRID ? added + add_permissions (self, permissions, n) : added;
}

GtkWidget *
tn_permissions_dialog_show (GtkWindow *parent, TnPolicy *policy, TnApp *app)
{
  TnPermissionsDialog *self;

  g_return_val_if_fail (GTK_IS_WINDOW (parent) && TN_IS_POLICY (policy), NULL);
  g_return_val_if_fail (TN_IS_APP (app) && tn_app_get_manifest (app) != NULL, NULL);

  self = g_object_new (TN_TYPE_PERMISSIONS_DIALOG, "transient-for", parent, NULL);
  self->policy = g_object_ref (policy);
  self->app = g_object_ref (app);
  tn_app_icon_show (self->icon, app);
  gtk_label_set_text (self->name, tn_app_get_name (app));
  gtk_label_set_text (self->id, tn_app_get_id (app));
  gtk_stack_set_visible_child_name (self->stack, add_all (self) > 0 ? "list" : "none");
  g_signal_connect_object (policy, "changed", G_CALLBACK (policy_changed_cb), self, G_CONNECT_SWAPPED);
  gtk_window_set_default_size (GTK_WINDOW (self), MIN (WIDTH, gtk_widget_get_width (GTK_WIDGET (parent))),
                               MIN (HEIGHT, gtk_widget_get_height (GTK_WIDGET (parent))));
  gtk_window_present (GTK_WINDOW (self));
  return GTK_WIDGET (self);
}
