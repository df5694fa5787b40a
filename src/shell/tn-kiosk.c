/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-kiosk.h"

#include "tn-settings.h"

#define DEFAULT_SECONDS 30

static GdkModifierType
only_modifiers (GdkModifierType state)
{
  return state & gtk_accelerator_get_default_mod_mask ();
}

TnKiosk
tn_kiosk_load (GSettings *settings)
{
  TnKiosk self = { DEFAULT_SECONDS, GDK_KEY_Escape, 0 };
  g_autofree char *key = NULL;
  GdkModifierType modifiers;
  guint keyval;

  if (settings == NULL)
    return self;
  self.seconds = MIN (g_settings_get_uint (settings, TN_SETTINGS_KIOSK_SECONDS), TN_KIOSK_MAX_SECONDS);
  key = g_settings_get_string (settings, TN_SETTINGS_KIOSK_KEY);
  if (gtk_accelerator_parse (key, &keyval, &modifiers))
    tn_kiosk_set_key (&self, keyval, modifiers);
  return self;
}

void
tn_kiosk_save (const TnKiosk *self, GSettings *settings)
{
  g_autofree char *key = NULL;

  g_return_if_fail (self != NULL);

  if (settings == NULL)
    return;
  key = gtk_accelerator_name (self->key, self->modifiers);
  g_settings_set_uint (settings, TN_SETTINGS_KIOSK_SECONDS, self->seconds);
  g_settings_set_string (settings, TN_SETTINGS_KIOSK_KEY, key);
}

static gboolean
is_modifier (guint keyval)
{
  return (keyval >= GDK_KEY_Shift_L && keyval <= GDK_KEY_Hyper_R)
         || (keyval >= GDK_KEY_ISO_Lock && keyval <= GDK_KEY_ISO_Last_Group_Lock) || keyval == GDK_KEY_Mode_switch
         || keyval == GDK_KEY_Num_Lock || keyval == GDK_KEY_Scroll_Lock;
}

/* Not what somebody types into a widget: that must not leave the kiosk by chance. */
static gboolean
is_never_typed (guint keyval, GdkModifierType modifiers)
{
  return (modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0 || keyval == GDK_KEY_Escape
         || (keyval >= GDK_KEY_F1 && keyval <= GDK_KEY_F35);
}

gboolean
tn_kiosk_set_key (TnKiosk *self, guint keyval, GdkModifierType state)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (keyval == 0 || keyval == GDK_KEY_VoidSymbol || is_modifier (keyval) || !is_never_typed (keyval, state))
    return FALSE;
  self->key = gdk_keyval_to_lower (keyval);
  self->modifiers = only_modifiers (state);
  return TRUE;
}

gboolean
tn_kiosk_unlocks (const TnKiosk *self, guint keyval, GdkModifierType state)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return gdk_keyval_to_lower (keyval) == self->key && only_modifiers (state) == self->modifiers;
}

char *
tn_kiosk_get_key_label (const TnKiosk *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return gtk_accelerator_get_label (self->key, self->modifiers);
}
