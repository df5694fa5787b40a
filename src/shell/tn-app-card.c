/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-app-card.h"

#include <glib/gi18n-lib.h>

#include "tn-app-icon.h"
#include "tn-compat.h"
#include "tn-fault.h"
#include "tn-permission.h"

struct _TnAppCard
{
  GtkWidget parent;

  /* template */
  GtkImage *icon;
  GtkLabel *name, *publisher, *description, *permission_list, *fault;
  GtkExpander *permissions;
  GtkWidget *rights, *add;

  /* owned */
  TnApp *app;
};

enum
{
  ADD,
  DRAG,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TnAppCard, tn_app_card, GTK_TYPE_WIDGET)

static GdkContentProvider *
prepare_cb (TnAppCard *self)
{
  if (self->app == NULL || tn_app_get_manifest (self->app) == NULL)
    return NULL;
  return gdk_content_provider_new_typed (TN_TYPE_APP, self->app);
}

static void
drag_begin_cb (TnAppCard *self, GdkDrag *drag, GtkDragSource *source)
{
  g_autoptr (GdkPaintable) picture = gtk_widget_paintable_new (GTK_WIDGET (self->icon));

  gtk_drag_source_set_icon (source, picture, gdk_paintable_get_intrinsic_width (picture) / 2,
                            gdk_paintable_get_intrinsic_height (picture) / 2);
  tn_compat_hold_keys (GTK_WIDGET (self), TRUE);
  g_signal_emit (self, signals[DRAG], 0, TRUE);
}

static void
drag_end_cb (TnAppCard *self)
{
  tn_compat_hold_keys (GTK_WIDGET (self), FALSE);
  g_signal_emit (self, signals[DRAG], 0, FALSE);
}

static void
clicked_cb (TnAppCard *self)
{
  g_signal_emit (self, signals[ADD], 0);
}

static void
tn_app_card_dispose (GObject *object)
{
  TnAppCard *self = TN_APP_CARD (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->app);

  G_OBJECT_CLASS (tn_app_card_parent_class)->dispose (object);
}

static void
tn_app_card_class_init (TnAppCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = tn_app_card_dispose;

  signals[ADD] = g_signal_new ("add", TN_TYPE_APP_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[DRAG]
    = g_signal_new ("drag", TN_TYPE_APP_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);

  gtk_widget_class_set_css_name (widget_class, "app-card");
  gtk_widget_class_set_template_from_resource (widget_class, "/com/tokennexus/Canvas/tn-app-card.ui");
  gtk_widget_class_bind_template_child (widget_class, TnAppCard, icon);
  gtk_widget_class_bind_template_child (widget_class, TnAppCard, name);
  gtk_widget_class_bind_template_child (widget_class, TnAppCard, publisher);
  gtk_widget_class_bind_template_child (widget_class, TnAppCard, description);
  gtk_widget_class_bind_template_child (widget_class, TnAppCard, permissions);
  gtk_widget_class_bind_template_child (widget_class, TnAppCard, permission_list);
  gtk_widget_class_bind_template_child (widget_class, TnAppCard, fault);
  gtk_widget_class_bind_template_child (widget_class, TnAppCard, rights);
  gtk_widget_class_bind_template_child (widget_class, TnAppCard, add);
}

static void
tn_app_card_init (TnAppCard *self)
{
  GtkDragSource *source = gtk_drag_source_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->add, "clicked", G_CALLBACK (clicked_cb), self, G_CONNECT_SWAPPED);

  gtk_drag_source_set_actions (source, GDK_ACTION_COPY);
  g_signal_connect_object (source, "prepare", G_CALLBACK (prepare_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (source, "drag-begin", G_CALLBACK (drag_begin_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (source, "drag-end", G_CALLBACK (drag_end_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (source));
}

static void
show_permissions (TnAppCard *self, TnManifest *manifest)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *title = NULL;
  gsize n;
  const TnPermission *permissions = tn_manifest_get_permissions (manifest, &n);

  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *line = tn_permission_describe (&permissions[i]);

      g_string_append_printf (text, "%s• %s", i > 0 ? "\n" : "", line);
      if (permissions[i].reason != NULL)
        g_string_append_printf (text, "\n   %s", permissions[i].reason);
    }
  title = g_strdup_printf (ngettext ("Asks for %zu permission", "Asks for %zu permissions", n), n);
  gtk_expander_set_label (self->permissions, title);
  gtk_label_set_text (self->permission_list, text->str);
  gtk_widget_set_visible (GTK_WIDGET (self->permissions), n > 0);
}

static void
show_manifest (TnAppCard *self, TnManifest *manifest)
{
  const char *author = tn_manifest_get_author (manifest);
  g_autofree char *publisher = *author != '\0' ? g_strdup_printf ("%s · %s", author, tn_manifest_get_version (manifest))
                                               : g_strdup (tn_manifest_get_version (manifest));

  gtk_label_set_text (self->publisher, publisher);
  gtk_label_set_text (self->description, tn_manifest_get_description (manifest));
  gtk_widget_set_visible (GTK_WIDGET (self->description), *tn_manifest_get_description (manifest) != '\0');
  show_permissions (self, manifest);
}

static void
show_fault (TnAppCard *self)
{
  GPtrArray *faults = tn_app_get_faults (self->app);
  const TnFault *fault = faults->len > 0 ? g_ptr_array_index (faults, 0) : NULL;
  g_autofree char *text = NULL;

  if (fault == NULL)
    text = g_strdup (_("Can’t be added: its manifest can’t be read."));
  else if (*fault->pointer == '\0')
    text = g_strdup_printf (_("Can’t be added: %s"), fault->message);
  else
    text = g_strdup_printf (_("Can’t be added: %s: %s"), fault->pointer, fault->message);
  gtk_label_set_text (self->publisher, tn_app_get_id (self->app));
  gtk_label_set_text (self->fault, text);
  gtk_widget_set_visible (GTK_WIDGET (self->description), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->permissions), FALSE);
}

GtkWidget *
tn_app_card_new (void)
{
  return g_object_new (TN_TYPE_APP_CARD, NULL);
}

static void
name_button (GtkWidget *button, const char *format, TnApp *app)
{
  g_autoptr (GString) name = g_string_new (format);

  g_string_replace (name, "%s", tn_app_get_name (app), 1);
  gtk_widget_set_tooltip_text (button, name->str);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name->str, -1);
}

void
tn_app_card_set_app (TnAppCard *self, TnApp *app)
{
  TnManifest *manifest = tn_app_get_manifest (app);

  g_return_if_fail (TN_IS_APP_CARD (self));

  g_set_object (&self->app, app);
  tn_app_icon_show (self->icon, app);
  gtk_label_set_text (self->name, tn_app_get_name (app));
  gtk_expander_set_expanded (self->permissions, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->fault), manifest == NULL);
  gtk_widget_set_visible (self->add, manifest != NULL);
  gtk_widget_set_visible (self->rights, manifest != NULL);
  if (manifest != NULL)
    show_manifest (self, manifest);
  else
    show_fault (self);
  name_button (self->add, _("Add %s"), app);
  /* An app without a widget keeps what it kept: its page is where that is erased. */
  name_button (self->rights, _("Permissions and Data of %s"), app);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->rights), "s", tn_app_get_key (app));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->rights), "win.widget.permissions");
}

TnApp *
tn_app_card_get_app (TnAppCard *self)
{
  g_return_val_if_fail (TN_IS_APP_CARD (self), NULL);

  return self->app;
}
