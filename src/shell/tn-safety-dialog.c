/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-safety-dialog.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "tn-app-icon.h"
#include "tn-safety-words.h"

#define WIDTH 560
#define HEIGHT 600

#define TN_TYPE_SAFETY_DIALOG (tn_safety_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TnSafetyDialog, tn_safety_dialog, TN, SAFETY_DIALOG, AdwWindow)

/* How each standing looks: what the icon is, in its colour, and what it is called where it can't be seen. */
static const struct
{
  const char *icon, *whole, *style, *words;
} looks[] = {
  [TN_WALL_HOLDS] = { "emblem-ok-symbolic", "security-high-symbolic", "success", N_("Holds") },
  [TN_WALL_UNKNOWN] = { "content-loading-symbolic", "security-medium-symbolic", "dim-label", N_("Nothing to measure now") },
  [TN_WALL_BROKEN] = { "dialog-warning-symbolic", "security-low-symbolic", "error", N_("Does not hold") },
};

struct _TnSafetyDialog
{
  AdwWindow parent;

  /* template */
  AdwToastOverlay *toasts;
  GtkImage *icon, *shield;
  GtkLabel *name, *headline;
  GtkListBox *list;

  /* borrowed */
  AdwExpanderRow *rows[TN_N_WALLS];
  GtkImage *marks[TN_N_WALLS];
  GPtrArray *values; /* owned, of GtkLabel or AdwActionRow: one for each fact */

  TnInstance *instance;
  TnSafety *safety; /* nullable: before the first has come */
  GCancellable *cancellable;
  guint source;
};

G_DEFINE_FINAL_TYPE (TnSafetyDialog, tn_safety_dialog, ADW_TYPE_WINDOW)

static void
show_standing (GtkImage *image, const char *icon, TnWallStanding standing)
{
  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (image), looks[i].style);
  gtk_widget_add_css_class (GTK_WIDGET (image), looks[standing].style);
  gtk_image_set_from_icon_name (image, icon);
  gtk_accessible_update_property (GTK_ACCESSIBLE (image), GTK_ACCESSIBLE_PROPERTY_LABEL, _(looks[standing].words), -1);
}

static void
show_walls (TnSafetyDialog *self)
{
  TnWallStanding whole = tn_safety_judge (self->safety);

  gtk_label_set_text (self->headline, tn_safety_headline (self->safety));
  show_standing (self->shield, looks[whole].whole, whole);
  for (guint i = 0; i < TN_N_WALLS; i++)
    {
      TnWallStanding standing = tn_wall_judge (i, self->safety);
      g_autofree char *text = tn_wall_describe (i, self->safety);

      show_standing (self->marks[i], looks[standing].icon, standing);
      adw_expander_row_set_subtitle (self->rows[i], text);
    }
}

static void
show_facts (TnSafetyDialog *self)
{
  for (guint i = 0; i < self->values->len; i++)
    {
      g_autofree char *value = tn_safety_fact_value (i, self->safety);

      if (ADW_IS_ACTION_ROW (self->values->pdata[i]))
        adw_action_row_set_subtitle (self->values->pdata[i], value);
      else
        gtk_label_set_text (self->values->pdata[i], value);
    }
}

static void
measured_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  TnSafety *safety = tn_safety_measure_finish (result, &error);
  TnSafetyDialog *self = user_data;

  /* Cancelled where the dialog has gone. */
  if (safety == NULL)
    return;
  g_clear_pointer (&self->safety, tn_safety_free);
  self->safety = safety;
  show_walls (self);
  show_facts (self);
  gtk_widget_set_visible (GTK_WIDGET (self->list), TRUE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "safety.copy", TRUE);
}

static gboolean
measure_cb (gpointer user_data)
{
  TnSafetyDialog *self = user_data;

  tn_safety_measure_async (self->instance, self->cancellable, measured_cb, self);
  return G_SOURCE_CONTINUE;
}

static void
copy_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TnSafetyDialog *self = TN_SAFETY_DIALOG (widget);
  g_autofree char *report = tn_safety_report (self->safety);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), report);
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (_("Report copied")));
}

static GtkWidget *
new_fact_row (const char *name)
{
  GtkWidget *row = adw_action_row_new ();

  /* What is shown is an app's word in part, and nothing in it is markup. */
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  return row;
}

/* Long values have the line below. */
static void
add_fact (TnSafetyDialog *self, guint i, const char *name, TnWall wall)
{
  GtkWidget *row = new_fact_row (name);
  GtkWidget *value;

  adw_expander_row_add_row (self->rows[wall], row);
  if (tn_safety_fact_is_long (i))
    {
      gtk_widget_add_css_class (row, "property");
      g_ptr_array_add (self->values, row);
      return;
    }
  value = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (value), 1);
  gtk_label_set_wrap (GTK_LABEL (value), TRUE);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (value), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_justify (GTK_LABEL (value), GTK_JUSTIFY_RIGHT);
  gtk_widget_add_css_class (value, "numeric");
  gtk_widget_add_css_class (value, "dim-label");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), value);
  g_ptr_array_add (self->values, value);
}

static void
add_wall (TnSafetyDialog *self, TnWall wall)
{
  GtkWidget *row = adw_expander_row_new ();
  GtkWidget *mark = gtk_image_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), tn_wall_get_title (wall));
  adw_expander_row_add_prefix (ADW_EXPANDER_ROW (row), mark);
  gtk_list_box_append (self->list, row);
  self->rows[wall] = ADW_EXPANDER_ROW (row);
  self->marks[wall] = GTK_IMAGE (mark);
}

static void
fill (TnSafetyDialog *self)
{
  TnWall wall;
  const char *name;

  for (guint i = 0; i < TN_N_WALLS; i++)
    add_wall (self, i);
  for (guint i = 0; (name = tn_safety_fact (i, &wall)) != NULL; i++)
    add_fact (self, i, name, wall);
}

static void
tn_safety_dialog_dispose (GObject *object)
{
  TnSafetyDialog *self = TN_SAFETY_DIALOG (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->instance);
  g_clear_pointer (&self->safety, tn_safety_free);
  g_clear_pointer (&self->values, g_ptr_array_unref);
  G_OBJECT_CLASS (tn_safety_dialog_parent_class)->dispose (object);
}

static void
tn_safety_dialog_class_init (TnSafetyDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tn_safety_dialog_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/com/tokennexus/Canvas/tn-safety-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, TnSafetyDialog, toasts);
  gtk_widget_class_bind_template_child (widget_class, TnSafetyDialog, icon);
  gtk_widget_class_bind_template_child (widget_class, TnSafetyDialog, shield);
  gtk_widget_class_bind_template_child (widget_class, TnSafetyDialog, name);
  gtk_widget_class_bind_template_child (widget_class, TnSafetyDialog, headline);
  gtk_widget_class_bind_template_child (widget_class, TnSafetyDialog, list);
  gtk_widget_class_install_action (widget_class, "safety.copy", NULL, copy_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "safety.copy", NULL);
}

static void
tn_safety_dialog_init (TnSafetyDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->values = g_ptr_array_new ();
  self->cancellable = g_cancellable_new ();
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "safety.copy", FALSE);
  fill (self);
}

void
tn_safety_dialog_show (GtkWindow *parent, TnInstance *instance)
{
  TnSafetyDialog *self;
  TnApp *app;

  g_return_if_fail (GTK_IS_WINDOW (parent) && TN_IS_INSTANCE (instance));

  self = g_object_new (TN_TYPE_SAFETY_DIALOG, "transient-for", parent, NULL);
  self->instance = g_object_ref (instance);
  app = tn_instance_get_app (instance);
  if (app != NULL)
    tn_app_icon_show (self->icon, app);
  gtk_label_set_text (self->name, app != NULL ? tn_app_get_name (app) : tn_instance_get_tile_id (instance));
  measure_cb (self);
  self->source = g_timeout_add_seconds (1, measure_cb, self);
  gtk_window_set_default_size (GTK_WINDOW (self), MIN (WIDTH, gtk_widget_get_width (GTK_WIDGET (parent))),
                               MIN (HEIGHT, gtk_widget_get_height (GTK_WIDGET (parent))));
  gtk_window_present (GTK_WINDOW (self));
}
