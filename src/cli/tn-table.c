/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-table.h"
#include "tn-text.h"

struct _TnTable
{
  guint n_columns;
  GPtrArray *cells; /* row by row */
};

#define DASH "–"
#define GAP 2

/* Columns of a terminal: 2 for East Asian wide characters, 0 for marks that combine. */
static guint
measure (const char *text)
{
  guint width = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      width += g_unichar_iswide (c) ? 2 : g_unichar_iszerowidth (c) ? 0 : 1;
    }
  return width;
}

TnTable *
tn_table_new (guint n_columns, const char *const *headings)
{
  TnTable *self = g_new0 (TnTable, 1);

  g_return_val_if_fail (n_columns > 0, NULL);

  self->n_columns = n_columns;
  self->cells = g_ptr_array_new_with_free_func (g_free);
  if (headings != NULL)
    tn_table_add (self, headings);
  return self;
}

void
tn_table_free (TnTable *self)
{
  g_ptr_array_unref (self->cells);
  g_free (self);
}

void
tn_table_add (TnTable *self, const char *const *cells)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; i < self->n_columns; i++)
    {
      const char *text = cells[i] != NULL && *cells[i] != '\0' ? cells[i] : DASH;

      g_ptr_array_add (self->cells, tn_text_make_safe (text));
    }
}

static guint
measure_column (TnTable *self, guint column)
{
  guint widest = 0;

  for (guint i = column; i < self->cells->len; i += self->n_columns)
    widest = MAX (widest, measure (self->cells->pdata[i]));
  return widest;
}

char *
tn_table_to_string (TnTable *self)
{
  g_autofree guint *widths = g_new (guint, self->n_columns);
  GString *text = g_string_new (NULL);

  for (guint column = 0; column < self->n_columns; column++)
    widths[column] = measure_column (self, column);
  for (guint i = 0; i < self->cells->len; i++)
    {
      const char *cell = self->cells->pdata[i];
      guint column = i % self->n_columns;

      g_string_append (text, cell);
      if (column + 1 == self->n_columns)
        g_string_append_c (text, '\n');
      else
        g_string_append_printf (text, "%*s", (int) (widths[column] - measure (cell)) + GAP, "");
    }
  return g_string_free (text, FALSE);
}
