/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-limits-dialog.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "tn-app-icon.h"
#include "tn-settings.h"

#define WIDTH 520
#define HEIGHT 640
#define SETTLE_MS 500 /* after the last of a few quick changes it holds, and is audited once */
#define DIGITS 6

#define TN_TYPE_LIMITS_DIALOG (tn_limits_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TnLimitsDialog, tn_limits_dialog, TN, LIMITS_DIALOG, AdwWindow)

/* A limit of the app's, or where @setting is not %NULL one of all together. */
typedef struct
{
  const char *title, *unit;
  TnLimit limit;
  const char *setting;
  gsize budget; /* offset of what holds now */
  guint least, most, step;
} Kind;

static const Kind kinds[] = {
  { N_("Memory"), N_("In MiB"), TN_LIMIT_MEMORY, .least = 50, .most = TN_LIMIT_MOST, .step = 50 },
  { N_("Processor"), N_("In % of one core"), TN_LIMIT_CPU, .least = 1, .most = 10000, .step = 5 },
  { N_("Storage"), N_("In MiB"), TN_LIMIT_STORAGE, .least = 1, .most = TN_LIMIT_MOST, .step = 10 },
  { N_("Requests"), N_("To servers, a minute"), TN_LIMIT_NETWORK, .least = 1, .most = TN_LIMIT_MOST, .step = 10 },
  { N_("Calls"), N_("Of any kind, a minute"), TN_LIMIT_API_CALLS, .least = 1, .most = TN_LIMIT_MOST, .step = 10 },
  { N_("Data"), N_("In MiB a day"), TN_LIMIT_BYTES, .least = 1, .most = TN_LIMIT_MOST, .step = 10 },
  { N_("Memory"), N_("In MiB"), .setting = TN_SETTINGS_MEMORY_CEILING,
    .budget = G_STRUCT_OFFSET (TnBudget, memory_mib), .least = 100, .most = TN_LIMIT_MOST, .step = 100 },
  { N_("Widgets"), N_("Running at a time"), .setting = TN_SETTINGS_INSTANCES_CEILING,
    .budget = G_STRUCT_OFFSET (TnBudget, instances), .least = 1, .most = 1000, .step = 1 },
};

typedef struct
{
  TnLimitsDialog *dialog; /* borrowed, like all here */
  const Kind *kind;
  GtkSpinButton *spin;
  GtkWidget *reset;
  guint source;
} Row;

struct _TnLimitsDialog
{
  AdwWindow parent;

  /* template */
  GtkWidget *heading;
  GtkImage *icon;
  GtkLabel *name, *id;
  GtkListBox *app_list, *all_list;
  GtkWidget *all;

  Row rows[G_N_ELEMENTS (kinds)]; /* those without a spin are not there */
  gboolean showing;               /* what is in the fields now is not the person's doing */

  /* owned */
  TnRuntime *runtime;
  TnApp *app;          /* nullable */
  GSettings *settings; /* nullable */
};

G_DEFINE_FINAL_TYPE (TnLimitsDialog, tn_limits_dialog, ADW_TYPE_WINDOW)

static guint
get_now (Row *row)
{
  TnRuntime *runtime = row->dialog->runtime;
  TnBudget budget = tn_runtime_get_budget (runtime);

  if (row->kind->setting != NULL)
    return G_STRUCT_MEMBER (guint, &budget, row->kind->budget);
  return tn_limits_get (tn_runtime_get_limits (runtime), row->dialog->app, row->kind->limit);
}

static gboolean
is_own (Row *row)
{
  TnLimitsDialog *self = row->dialog;

  if (row->kind->setting != NULL)
    return g_settings_get_uint (self->settings, row->kind->setting) != 0;
  return tn_limits_get_own (tn_runtime_get_limits (self->runtime), tn_app_get_key (self->app), row->kind->limit) != 0;
}

/* @amount: 0 takes the person's word back */
static void
set (Row *row, guint amount)
{
  TnLimitsDialog *self = row->dialog;

  if (row->kind->setting != NULL)
    g_settings_set_uint (self->settings, row->kind->setting, amount);
  else
    tn_limits_set (tn_runtime_get_limits (self->runtime), self->app, row->kind->limit, amount);
}

static void
show (Row *row)
{
  TnLimitsDialog *self = row->dialog;

  if (row->spin == NULL || row->source != 0)
    return;
  self->showing = TRUE;
  gtk_spin_button_set_value (row->spin, get_now (row));
  gtk_widget_set_visible (row->reset, is_own (row));
  self->showing = FALSE;
}

static void
show_all (TnLimitsDialog *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    show (&self->rows[i]);
}

static void
apply (Row *row)
{
  g_clear_handle_id (&row->source, g_source_remove);
  set (row, gtk_spin_button_get_value_as_int (row->spin));
  show (row);
}

static gboolean
settled_cb (gpointer user_data)
{
  apply (user_data);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (Row *row)
{
  if (row->dialog->showing)
    return;
  g_clear_handle_id (&row->source, g_source_remove);
  row->source = g_timeout_add (SETTLE_MS, settled_cb, row);
}

static void
reset_cb (Row *row)
{
  g_clear_handle_id (&row->source, g_source_remove);
  gtk_widget_grab_focus (GTK_WIDGET (row->spin));
  set (row, 0);
  show (row);
}

/* What was just typed counts. */
static gboolean
close_cb (TnLimitsDialog *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (self->rows[i].spin != NULL)
      {
        gtk_spin_button_update (self->rows[i].spin);
        if (self->rows[i].source != 0)
          apply (&self->rows[i]);
      }
  return FALSE;
}

static void
add_reset (Row *row, AdwActionRow *widget, const char *title)
{
  const char *words = row->kind->setting != NULL ? _("As the Program Chooses") : _("As the App Asks");
  /* Translators: what a button does and to what, such as “As the App Asks: Memory” */
  g_autofree char *label = g_strdup_printf (_("%s: %s"), words, title);

  row->reset = gtk_button_new_from_icon_name ("edit-undo-symbolic");
  gtk_widget_set_tooltip_text (row->reset, words);
  gtk_widget_set_valign (row->reset, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (row->reset, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (row->reset), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_swapped (row->reset, "clicked", G_CALLBACK (reset_cb), row);
  adw_action_row_add_suffix (widget, row->reset);
}

static void
add_spin (Row *row, AdwActionRow *widget, const char *title)
{
  const Kind *kind = row->kind;
  GtkWidget *spin = gtk_spin_button_new_with_range (kind->least, kind->most, kind->step);
  g_autofree char *label = g_strdup_printf ("%s, %s", title, _(kind->unit));

  row->spin = GTK_SPIN_BUTTON (spin);
  gtk_spin_button_set_numeric (row->spin, TRUE);
  gtk_spin_button_set_snap_to_ticks (row->spin, FALSE);
  gtk_editable_set_width_chars (GTK_EDITABLE (spin), DIGITS);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (spin), DIGITS);
  gtk_widget_set_valign (spin, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (spin), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  adw_action_row_add_suffix (widget, spin);
}

static char *
describe (Row *row)
{
  const char *unit = _(row->kind->unit);

  if (row->kind->setting != NULL)
    return g_strdup (unit);
  /* Translators: the unit of a number and what an app would like, such as “In MiB; the app asks for 200” */
  return g_strdup_printf (_("%s; the app asks for %u"), unit, tn_limits_get_asked (row->dialog->app, row->kind->limit));
}

static void
add_row (TnLimitsDialog *self, guint i)
{
  AdwActionRow *widget = ADW_ACTION_ROW (adw_action_row_new ());
  Row *row = &self->rows[i];
  const char *title = _(kinds[i].title);
  g_autofree char *more = NULL;

  *row = (Row){ self, &kinds[i] };
  more = describe (row);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (widget), title);
  adw_action_row_set_subtitle (widget, more);
  adw_action_row_set_subtitle_lines (widget, 0);
  gtk_widget_set_focusable (GTK_WIDGET (widget), FALSE);
  add_reset (row, widget, title);
  add_spin (row, widget, title);
  show (row);
  g_signal_connect_swapped (row->spin, "value-changed", G_CALLBACK (changed_cb), row);
  gtk_list_box_append (kinds[i].setting != NULL ? self->all_list : self->app_list, GTK_WIDGET (widget));
}

static void
tn_limits_dialog_dispose (GObject *object)
{
  TnLimitsDialog *self = TN_LIMITS_DIALOG (object);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_clear_handle_id (&self->rows[i].source, g_source_remove);
      self->rows[i].spin = NULL;
    }
  G_OBJECT_CLASS (tn_limits_dialog_parent_class)->dispose (object);
  g_clear_object (&self->runtime);
  g_clear_object (&self->app);
  g_clear_object (&self->settings);
}

static void
tn_limits_dialog_class_init (TnLimitsDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tn_limits_dialog_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/com/tokennexus/Canvas/tn-limits-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, TnLimitsDialog, heading);
  gtk_widget_class_bind_template_child (widget_class, TnLimitsDialog, icon);
  gtk_widget_class_bind_template_child (widget_class, TnLimitsDialog, name);
  gtk_widget_class_bind_template_child (widget_class, TnLimitsDialog, id);
  gtk_widget_class_bind_template_child (widget_class, TnLimitsDialog, app_list);
  gtk_widget_class_bind_template_child (widget_class, TnLimitsDialog, all_list);
  gtk_widget_class_bind_template_child (widget_class, TnLimitsDialog, all);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
tn_limits_dialog_init (TnLimitsDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self, "close-request", G_CALLBACK (close_cb), NULL);
}

static void
show_app (TnLimitsDialog *self)
{
  gboolean there = self->app != NULL;

  gtk_widget_set_visible (self->heading, there);
  gtk_widget_set_visible (GTK_WIDGET (self->app_list), there);
  if (!there)
    return;
  tn_app_icon_show (self->icon, self->app);
  gtk_label_set_text (self->name, tn_app_get_name (self->app));
  gtk_label_set_text (self->id, tn_app_get_id (self->app));
}

void
tn_limits_dialog_show (GtkWindow *parent, TnRuntime *runtime, TnApp *app, GSettings *settings)
{
  TnLimitsDialog *self;

  g_return_if_fail (GTK_IS_WINDOW (parent) && TN_IS_RUNTIME (runtime));
  g_return_if_fail (app == NULL || tn_app_get_manifest (app) != NULL);

  self = g_object_new (TN_TYPE_LIMITS_DIALOG, "transient-for", parent, NULL);
  self->runtime = g_object_ref (runtime);
  g_set_object (&self->app, app);
  g_set_object (&self->settings, settings);
  show_app (self);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i].setting != NULL ? settings != NULL : app != NULL)
      add_row (self, i);
  gtk_widget_set_visible (self->all, settings != NULL);
  g_signal_connect_object (tn_runtime_get_limits (runtime), "changed", G_CALLBACK (show_all), self, G_CONNECT_SWAPPED);
  gtk_window_set_default_size (GTK_WINDOW (self), MIN (WIDTH, gtk_widget_get_width (GTK_WIDGET (parent))),
                               app != NULL ? MIN (HEIGHT, gtk_widget_get_height (GTK_WIDGET (parent))) : -1);
  gtk_window_present (GTK_WINDOW (self));
}
