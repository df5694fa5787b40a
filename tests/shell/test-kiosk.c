/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tn-kiosk.h"
#include "tn-settings.h"

static void
test_kept (void)
{
  g_autoptr (GSettings) settings = tn_settings_new ();
  TnKiosk kiosk = tn_kiosk_load (settings), again;

  g_assert_nonnull (settings);
  g_assert_cmpuint (kiosk.seconds, ==, 30);
  g_assert_true (tn_kiosk_unlocks (&kiosk, GDK_KEY_Escape, 0));

  kiosk.seconds = 0;
  g_assert_true (tn_kiosk_set_key (&kiosk, GDK_KEY_K, GDK_CONTROL_MASK | GDK_SHIFT_MASK | GDK_LOCK_MASK));
  tn_kiosk_save (&kiosk, settings);
  again = tn_kiosk_load (settings);
  g_assert_cmpuint (again.seconds, ==, 0);
  g_assert_true (tn_kiosk_unlocks (&again, GDK_KEY_K, GDK_CONTROL_MASK | GDK_SHIFT_MASK));
  g_assert_true (tn_kiosk_unlocks (&again, GDK_KEY_k, GDK_CONTROL_MASK | GDK_SHIFT_MASK | GDK_LOCK_MASK));
  g_assert_false (tn_kiosk_unlocks (&again, GDK_KEY_k, GDK_CONTROL_MASK));
  g_assert_false (tn_kiosk_unlocks (&again, GDK_KEY_Escape, 0));
}

/* Whatever stands in the settings, there is a way out. */
static void
test_nobody_is_locked_out (void)
{
  static const char *const keys[] = { "", "nonsense", "<Control>", "Shift_L", "<Shift>Num_Lock", "Caps_Lock" };
  g_autoptr (GSettings) settings = tn_settings_new ();
  TnKiosk none = tn_kiosk_load (NULL);

  g_assert_true (tn_kiosk_unlocks (&none, GDK_KEY_Escape, 0));
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      TnKiosk kiosk;

      g_settings_set_string (settings, TN_SETTINGS_KIOSK_KEY, keys[i]);
      kiosk = tn_kiosk_load (settings);
      g_assert_true (tn_kiosk_unlocks (&kiosk, GDK_KEY_Escape, 0));
    }
}

static void
test_modifiers_alone_unlock_nothing (void)
{
  static const guint keys[] = { GDK_KEY_Shift_L,   GDK_KEY_Control_R, GDK_KEY_Alt_L, GDK_KEY_Super_L,
                                GDK_KEY_Caps_Lock, GDK_KEY_ISO_Level3_Shift, 0 };
  TnKiosk kiosk = tn_kiosk_load (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    g_assert_false (tn_kiosk_set_key (&kiosk, keys[i], 0));
  g_assert_true (tn_kiosk_unlocks (&kiosk, GDK_KEY_Escape, 0));
}

/* A key that somebody types into a widget leaves no kiosk, whatever stands in the settings. */
static void
test_what_is_typed_unlocks_nothing (void)
{
  static const guint keys[] = { GDK_KEY_a, GDK_KEY_space, GDK_KEY_Return, GDK_KEY_Tab, GDK_KEY_KP_Enter, GDK_KEY_Delete,
                                GDK_KEY_Up, GDK_KEY_adiaeresis, GDK_KEY_ISO_Left_Tab };
  g_autoptr (GSettings) settings = tn_settings_new ();
  TnKiosk kiosk;

  g_settings_set_string (settings, TN_SETTINGS_KIOSK_KEY, "space");
  kiosk = tn_kiosk_load (settings);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_assert_false (tn_kiosk_set_key (&kiosk, keys[i], 0));
      g_assert_false (tn_kiosk_set_key (&kiosk, keys[i], GDK_SHIFT_MASK | GDK_LOCK_MASK));
    }
  g_assert_true (tn_kiosk_unlocks (&kiosk, GDK_KEY_Escape, 0));
}

static void
test_what_is_never_typed_unlocks (void)
{
  static const struct
  {
    guint key;
    GdkModifierType modifiers;
  } keys[] = { { GDK_KEY_F12, 0 }, { GDK_KEY_F1, GDK_SHIFT_MASK }, { GDK_KEY_Escape, 0 },
               { GDK_KEY_q, GDK_CONTROL_MASK }, { GDK_KEY_space, GDK_ALT_MASK }, { GDK_KEY_Return, GDK_SUPER_MASK } };
  TnKiosk kiosk = tn_kiosk_load (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_assert_true (tn_kiosk_set_key (&kiosk, keys[i].key, keys[i].modifiers));
      g_assert_true (tn_kiosk_unlocks (&kiosk, keys[i].key, keys[i].modifiers));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/shell/kiosk/kept", test_kept);
  g_test_add_func ("/shell/kiosk/nobody-is-locked-out", test_nobody_is_locked_out);
  g_test_add_func ("/shell/kiosk/modifiers-alone-unlock-nothing", test_modifiers_alone_unlock_nothing);
  g_test_add_func ("/shell/kiosk/what-is-typed-unlocks-nothing", test_what_is_typed_unlocks_nothing);
  g_test_add_func ("/shell/kiosk/what-is-never-typed-unlocks", test_what_is_never_typed_unlocks);
  return g_test_run ();
}
