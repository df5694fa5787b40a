/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-shortcuts.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/* Keys of a tile that has the focus; the canvas hears them itself. */
static const struct
{
  const char *keys;
  const char *name;
} tile_keys[] = {
  { N_("Enter"), N_("Lift, and Drop") },
  { N_("Arrow Keys"), N_("Move What Is Lifted") },
  { N_("Shift+Arrow Keys"), N_("Resize What Is Lifted") },
  { N_("Escape"), N_("Put Back") },
  { N_("Menu, Shift+F10"), N_("Open Its Menu") },
  { N_("Ctrl+Space"), N_("Select, or Not Any More") },
  { N_("Ctrl+Click on Its Title"), N_("The Same; Anywhere on It While Arranging") },
  { N_("Delete"), N_("Remove") },
};

static char *
describe_keys (const char *keys)
{
  g_auto (GStrv) all = g_strsplit (keys, " ", -1);
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; all[i] != NULL; i++)
    {
      g_autofree char *label = NULL;
      GdkModifierType modifiers;
      guint key;

      if (!gtk_accelerator_parse (all[i], &key, &modifiers))
        continue;
      label = gtk_accelerator_get_label (key, modifiers);
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", label);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
add_row (AdwPreferencesGroup *group, const char *name, const char *keys)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *label = gtk_label_new (keys);

  gtk_widget_add_css_class (label, "dim-label");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  adw_preferences_group_add (group, row);
}

static AdwPreferencesGroup *
add_group (AdwPreferencesPage *page, const char *title)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  adw_preferences_page_add (page, ADW_PREFERENCES_GROUP (group));
  return ADW_PREFERENCES_GROUP (group);
}

static GtkWidget *
build_page (TnActionRegistry *actions)
{
  AdwPreferencesPage *page = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());
  g_autoptr (GPtrArray) entries = tn_action_registry_list (actions);
  AdwPreferencesGroup *group = add_group (page, _("A Focused Widget"));
  const char *category = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (tile_keys); i++)
    add_row (group, _ (tile_keys[i].name), _ (tile_keys[i].keys));
  for (guint i = 0; i < entries->len; i++)
    {
      const TnActionEntry *entry = g_ptr_array_index (entries, i);
      g_autofree char *keys = NULL;

      if (entry->accelerators == NULL)
        continue;
      keys = describe_keys (entry->accelerators);
      if (g_strcmp0 (category, entry->category) != 0)
        group = add_group (page, _ (entry->category));
      category = entry->category;
      add_row (group, _ (entry->name), keys);
    }
  return GTK_WIDGET (page);
}

void
tn_shortcuts_show (GtkWindow *parent, TnActionRegistry *actions)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                                                          gtk_named_action_new ("window.close")));
  gtk_widget_add_controller (window, keys);
  gtk_window_set_title (GTK_WINDOW (window), _("Keyboard Shortcuts"));
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (window), 480, 600);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), build_page (actions));
  adw_window_set_content (ADW_WINDOW (window), box);
  gtk_window_present (GTK_WINDOW (window));
}
