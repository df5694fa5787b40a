/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-ghost.h"

struct _TnGhost
{
  GtkWidget parent;
};

G_DEFINE_FINAL_TYPE (TnGhost, tn_ghost, GTK_TYPE_WIDGET)

static void
tn_ghost_class_init (TnGhostClass *klass)
{
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "ghost");
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
tn_ghost_init (TnGhost *self)
{
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

GtkWidget *
tn_ghost_new (void)
{
  return g_object_new (TN_TYPE_GHOST, NULL);
}
