/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-action.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  const TnActionEntry *entry;
  gpointer owner;
  gboolean enabled;
} Action;

struct _TnActionRegistry
{
  GObject parent_instance;

  GHashTable *actions; /* id, of the entry → Action */
};

enum
{
  ENABLED_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TnActionRegistry, tn_action_registry, G_TYPE_OBJECT)
G_DEFINE_QUARK (tn-action-error-quark, tn_action_error)

static void
add (TnActionRegistry *self, const TnActionEntry *entry, gpointer owner)
{
  Action *action;

  g_return_if_fail (entry->id != NULL && g_action_name_is_valid (entry->id));
  g_return_if_fail (entry->name != NULL && entry->category != NULL && entry->description != NULL);
  g_return_if_fail (entry->execute != NULL);
  g_return_if_fail (entry->parameter_type == NULL || g_variant_type_string_is_valid (entry->parameter_type));
  g_return_if_fail (!g_hash_table_contains (self->actions, entry->id));

  action = g_new0 (Action, 1);
  action->entry = entry;
  action->owner = owner;
  action->enabled = TRUE;
  g_hash_table_insert (self->actions, (gpointer) entry->id, action);
}

static int
compare_by_place (gconstpointer first, gconstpointer second)
{
  const TnActionEntry *a = *(const TnActionEntry *const *) first, *b = *(const TnActionEntry *const *) second;
  int order = g_utf8_collate (_(a->category), _(b->category));

  if (order == 0)
    order = g_utf8_collate (_(a->name), _(b->name));
  return order != 0 ? order : g_strcmp0 (a->id, b->id);
}

static gboolean
check_parameter (const TnActionEntry *entry, GVariant *parameter, GError **error)
{
  const char *wanted = entry->parameter_type;

  if (parameter == NULL && wanted == NULL)
    return TRUE;
  if (parameter != NULL && wanted != NULL && g_variant_is_of_type (parameter, G_VARIANT_TYPE (wanted)))
    return TRUE;
  if (wanted == NULL)
    g_set_error (error, TN_ACTION_ERROR, TN_ACTION_ERROR_PARAMETER, _("The action “%s” takes no parameter"), entry->id);
  else if (parameter == NULL)
    g_set_error (error, TN_ACTION_ERROR, TN_ACTION_ERROR_PARAMETER,
                 _("The action “%s” needs a parameter of type “%s”"), entry->id, wanted);
  else
    g_set_error (error, TN_ACTION_ERROR, TN_ACTION_ERROR_PARAMETER,
                 _("The action “%s” needs a parameter of type “%s”, not “%s”"), entry->id, wanted,
                 g_variant_get_type_string (parameter));
  return FALSE;
}

static void
tn_action_registry_finalize (GObject *object)
{
  TnActionRegistry *self = TN_ACTION_REGISTRY (object);

  g_hash_table_unref (self->actions);

  G_OBJECT_CLASS (tn_action_registry_parent_class)->finalize (object);
}

static void
tn_action_registry_class_init (TnActionRegistryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = tn_action_registry_finalize;

  signals[ENABLED_CHANGED]
    = g_signal_new ("enabled-changed", TN_TYPE_ACTION_REGISTRY,
                    G_SIGNAL_RUN_LAST | G_SIGNAL_DETAILED, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
tn_action_registry_init (TnActionRegistry *self)
{
  self->actions = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
}

TnActionRegistry *
tn_action_registry_new (void)
{
  return g_object_new (TN_TYPE_ACTION_REGISTRY, NULL);
}

void
tn_action_registry_add_table (TnActionRegistry *self, const TnActionEntry *entries, gsize n, gpointer owner)
{
  g_return_if_fail (TN_IS_ACTION_REGISTRY (self));
  g_return_if_fail (entries != NULL || n == 0);

  for (gsize i = 0; i < n; i++)
    add (self, &entries[i], owner);
}

const TnActionEntry *
tn_action_registry_lookup (TnActionRegistry *self, const char *id)
{
  Action *action;

  g_return_val_if_fail (TN_IS_ACTION_REGISTRY (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  action = g_hash_table_lookup (self->actions, id);
  return action != NULL ? action->entry : NULL;
}

GPtrArray *
tn_action_registry_list (TnActionRegistry *self)
{
  GHashTableIter iter;
  GPtrArray *entries;
  gpointer action;

  g_return_val_if_fail (TN_IS_ACTION_REGISTRY (self), NULL);

  entries = g_ptr_array_sized_new (g_hash_table_size (self->actions));
  g_hash_table_iter_init (&iter, self->actions);
  while (g_hash_table_iter_next (&iter, NULL, &action))
    g_ptr_array_add (entries, (gpointer) ((Action *) action)->entry);
  g_ptr_array_sort (entries, compare_by_place);
  return entries;
}

gboolean
tn_action_registry_run (TnActionRegistry *self, const char *id, GVariant *parameter, GError **error)
{
  g_autoptr (GVariant) held = parameter != NULL ? g_variant_ref_sink (parameter) : NULL;
  Action *action;

  g_return_val_if_fail (TN_IS_ACTION_REGISTRY (self), FALSE);
  g_return_val_if_fail (id != NULL, FALSE);

  action = g_hash_table_lookup (self->actions, id);
  if (action == NULL)
    {
      g_set_error (error, TN_ACTION_ERROR, TN_ACTION_ERROR_UNKNOWN, _("There is no action “%s”"), id);
      return FALSE;
    }
  if (!check_parameter (action->entry, held, error))
    return FALSE;
  if (!action->enabled)
    {
      g_set_error (error, TN_ACTION_ERROR, TN_ACTION_ERROR_DISABLED, _("“%s” can't be done now"),
                   _(action->entry->name));
      return FALSE;
    }
  action->entry->execute (action->owner, held);
  return TRUE;
}

void
tn_action_registry_set_enabled (TnActionRegistry *self, const char *id, gboolean enabled)
{
  Action *action;

  g_return_if_fail (TN_IS_ACTION_REGISTRY (self));
  g_return_if_fail (id != NULL);

  action = g_hash_table_lookup (self->actions, id);
  g_return_if_fail (action != NULL);
  if (action->enabled == !!enabled)
    return;
  action->enabled = !!enabled;
  g_signal_emit (self, signals[ENABLED_CHANGED], g_quark_from_string (action->entry->id), action->entry->id);
}

gboolean
tn_action_registry_is_enabled (TnActionRegistry *self, const char *id)
{
  Action *action;

  g_return_val_if_fail (TN_IS_ACTION_REGISTRY (self), FALSE);
  g_return_val_if_fail (id != NULL, FALSE);

  action = g_hash_table_lookup (self->actions, id);
  return action != NULL && action->enabled;
}
