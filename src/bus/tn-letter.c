/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-letter.h"

#include "tn-json.h"

TnLetter *
tn_letter_new (TnEvent *event, TnBusCounts *counts, gboolean urgent)
{
  TnLetter *self = g_new (TnLetter, 1);

  *self = (TnLetter){ 1, urgent, tn_event_get_size (event), tn_event_ref (event), counts, NULL };
  return self;
}

void
tn_letter_free (TnLetter *self)
{
  tn_event_unref (self->event);
  g_free (self->key);
  g_free (self);
}

char *
tn_letter_make_key (TnEvent *event, const char *member)
{
  JsonNode *data = tn_event_get_data (event);
  JsonNode *value;
  g_autofree char *text = NULL;

  if (member == NULL)
    return g_strdup (tn_event_get_event_type (event));
  if (data == NULL || !JSON_NODE_HOLDS_OBJECT (data))
    return NULL;
  value = json_object_get_member (json_node_get_object (data), member);
  if (value == NULL || !JSON_NODE_HOLDS_VALUE (value))
    return NULL;
  text = tn_json_to_string (value);
  return g_strconcat (tn_event_get_event_type (event), " ", text, NULL);
}
