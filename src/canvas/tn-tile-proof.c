/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-tile-proof.h"

#include <glib/gi18n-lib.h>

struct _TnTileProof
{
  GtkPopover parent;

  /* template */
  GtkLabel *summary;
  GtkBox *facts;
};

G_DEFINE_FINAL_TYPE (TnTileProof, tn_tile_proof, GTK_TYPE_POPOVER)

static void
tn_tile_proof_class_init (TnTileProofClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_DIALOG);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/tokennexus/Canvas/canvas/tn-tile-proof.ui");
  gtk_widget_class_bind_template_child (widget_class, TnTileProof, summary);
  gtk_widget_class_bind_template_child (widget_class, TnTileProof, facts);
}

static void
tn_tile_proof_init (TnTileProof *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
add_fact (TnTileProof *self, gboolean holds, const char *text)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *icon = gtk_image_new_from_icon_name (holds ? "object-select-symbolic" : "dialog-warning-symbolic");
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (icon, holds ? "success" : "error");
  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  holds ? _("Holds") : _("Does not hold"), -1);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 34);
  gtk_box_append (GTK_BOX (row), icon);
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (self->facts, row);
}

static void
add_facts (TnTileProof *self, const TnProof *proof)
{
  g_autofree char *process = g_strdup_printf (_("A process of its own: number %d"), proof->pid);
  g_autofree char *filter = g_strdup_printf (_("System calls are filtered (mode %d)"), proof->seccomp);

  add_fact (self, proof->process, process);
  add_fact (self, proof->pid_ns, _("Sees no other process"));
  add_fact (self, proof->net_ns, _("Has no network of its own"));
  add_fact (self, proof->mnt_ns, _("Has its own view of the disk"));
  add_fact (self, proof->seccomp == 2, filter);
  add_fact (self, proof->no_new_privs, _("Can’t gain privileges"));
}

GtkPopover *
tn_tile_proof_new (TnInstance *instance)
{
  TnTileProof *self = g_object_new (TN_TYPE_TILE_PROOF, NULL);
  const TnProof *proof = tn_instance_get_proof (instance);
  g_autofree char *fault = proof != NULL ? tn_proof_describe_fault (proof) : NULL;

  if (proof == NULL)
    gtk_label_set_text (self->summary, _("It is not running, so there is nothing to prove yet."));
  else if (fault != NULL)
    gtk_label_set_text (self->summary, fault);
  else
    gtk_label_set_text (self->summary, _("This was measured from outside before the app was loaded:"));
  if (proof != NULL)
    add_facts (self, proof);
  return GTK_POPOVER (self);
}
