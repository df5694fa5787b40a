/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-audit-model.h"

/* Some rows, counted from the oldest on: so what is written later changes nothing before it. */
typedef struct
{
  TnAuditItem *items[TN_AUDIT_PAGE];
  guint n_filled;
  gint64 number;
  gboolean loading;
} Page;

struct _TnAuditModel
{
  GObject parent;

  TnStore *store;
  char *app_key, *kind, *text;
  gint64 since_us;
  GCancellable *cancellable; /* of what is asked with this filter */
  guint n;
  GQueue pages; /* of Page, the last used first */
};

static void tn_audit_model_list_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TnAuditModel, tn_audit_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, tn_audit_model_list_init))

static guint counted_signal;

static void
page_free (gpointer data)
{
  Page *page = data;

  for (guint i = 0; i < TN_AUDIT_PAGE; i++)
    g_object_unref (page->items[i]);
  g_free (page);
}

static Page *
page_new (gint64 number)
{
  Page *page = g_new0 (Page, 1);

  page->number = number;
  for (guint i = 0; i < TN_AUDIT_PAGE; i++)
    page->items[i] = tn_audit_item_new ();
  return page;
}

static TnAuditFilter
get_filter (TnAuditModel *self)
{
  return (TnAuditFilter){ self->app_key, self->kind, self->text, self->since_us };
}

static GList *
find_page (TnAuditModel *self, gint64 number)
{
  for (GList *l = self->pages.head; l != NULL; l = l->next)
    if (((Page *) l->data)->number == number)
      return l;
  return NULL;
}

typedef struct
{
  TnAuditModel *model;
  gint64 number;
} Load;

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Load *load = user_data;
  g_autoptr (TnAuditModel) self = load->model;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = tn_store_list_audit_finish (TN_STORE (source), result, &error);
  gboolean current = g_task_get_cancellable (G_TASK (result)) == self->cancellable;
  GList *link = current ? find_page (self, load->number) : NULL;
  Page *page = link != NULL ? link->data : NULL;

  if (page == NULL)
    return;
  page->loading = FALSE;
  if (rows == NULL)
    {
      g_message ("The audit can’t be read: %s", error->message);
      return;
    }
  page->n_filled = rows->len;
  for (guint i = 0; i < rows->len; i++)
    if (tn_audit_item_get_record (page->items[i]) == NULL)
      tn_audit_item_fill (page->items[i], tn_audit_record_copy (rows->pdata[i]));
}

static void
load (TnAuditModel *self, Page *page)
{
  TnAuditFilter filter = get_filter (self);
  Load *load = g_new (Load, 1);

  *load = (Load){ g_object_ref (self), page->number };
  page->loading = TRUE;
  tn_store_list_audit_async (self->store, &filter, page->number * TN_AUDIT_PAGE, TN_AUDIT_PAGE, self->cancellable,
                             loaded_cb, load);
}

/* Puts the page in front of the others; the one that nobody asked for the longest goes. */
static Page *
use_page (TnAuditModel *self, gint64 number)
{
  GList *link = find_page (self, number);

  if (link != NULL)
    {
      g_queue_unlink (&self->pages, link);
      g_queue_push_head_link (&self->pages, link);
    }
  else
    {
      g_queue_push_head (&self->pages, page_new (number));
      if (self->pages.length > TN_AUDIT_PAGES)
        page_free (g_queue_pop_tail (&self->pages));
    }
  return self->pages.head->data;
}

static GType
tn_audit_model_get_item_type (GListModel *list)
{
  return TN_TYPE_AUDIT_ITEM;
}

static guint
tn_audit_model_get_n_items (GListModel *list)
{
  return TN_AUDIT_MODEL (list)->n;
}

static gpointer
tn_audit_model_get_item (GListModel *list, guint position)
{
  TnAuditModel *self = TN_AUDIT_MODEL (list);
  guint rank;
  Page *page;

  if (position >= self->n)
    return NULL;
  rank = self->n - 1 - position;
  page = use_page (self, rank / TN_AUDIT_PAGE);
  if (rank % TN_AUDIT_PAGE >= page->n_filled && !page->loading)
    load (self, page);
  return g_object_ref (page->items[rank % TN_AUDIT_PAGE]);
}

static void
tn_audit_model_list_init (GListModelInterface *iface)
{
  iface->get_item_type = tn_audit_model_get_item_type;
  iface->get_n_items = tn_audit_model_get_n_items;
  iface->get_item = tn_audit_model_get_item;
}

static void
set_count (TnAuditModel *self, guint n)
{
  guint before = self->n;

  self->n = n;
  if (n >= before)
    {
      if (n > before)
        g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, n - before);
    }
  else
    {
      g_queue_clear_full (&self->pages, page_free);
      g_list_model_items_changed (G_LIST_MODEL (self), 0, before, n);
    }
  g_signal_emit (self, counted_signal, 0);
}

static void
counted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TnAuditModel) self = user_data;
  gint64 n = tn_store_count_audit_finish (TN_STORE (source), result, NULL);

  if (n >= 0 && g_task_get_cancellable (G_TASK (result)) == self->cancellable)
    set_count (self, (guint) MIN (n, G_MAXUINT));
}

static void
tn_audit_model_dispose (GObject *object)
{
  TnAuditModel *self = TN_AUDIT_MODEL (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (tn_audit_model_parent_class)->dispose (object);
}

static void
tn_audit_model_finalize (GObject *object)
{
  TnAuditModel *self = TN_AUDIT_MODEL (object);

  g_queue_clear_full (&self->pages, page_free);
  g_object_unref (self->cancellable);
  g_free (self->app_key);
  g_free (self->kind);
  g_free (self->text);
  G_OBJECT_CLASS (tn_audit_model_parent_class)->finalize (object);
}

static void
tn_audit_model_class_init (TnAuditModelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tn_audit_model_dispose;
  G_OBJECT_CLASS (klass)->finalize = tn_audit_model_finalize;

  counted_signal
    = g_signal_new ("counted", TN_TYPE_AUDIT_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tn_audit_model_init (TnAuditModel *self)
{
  self->cancellable = g_cancellable_new ();
  g_queue_init (&self->pages);
}

TnAuditModel *
tn_audit_model_new (TnStore *store)
{
  TnAuditModel *self = g_object_new (TN_TYPE_AUDIT_MODEL, NULL);

  self->store = g_object_ref (store);
  tn_audit_model_grow (self);
  return self;
}

void
tn_audit_model_set_filter (TnAuditModel *self, const TnAuditFilter *filter)
{
  guint before = self->n;

  g_return_if_fail (TN_IS_AUDIT_MODEL (self) && filter != NULL);

  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_free (self->app_key);
  g_free (self->kind);
  g_free (self->text);
  self->app_key = g_strdup (filter->app_key);
  self->kind = g_strdup (filter->kind);
  self->text = g_strdup (filter->text);
  self->since_us = filter->since_us;
  g_queue_clear_full (&self->pages, page_free);
  self->n = 0;
  g_list_model_items_changed (G_LIST_MODEL (self), 0, before, 0);
  tn_audit_model_grow (self);
}

void
tn_audit_model_grow (TnAuditModel *self)
{
  TnAuditFilter filter = get_filter (self);

  g_return_if_fail (TN_IS_AUDIT_MODEL (self));

  tn_store_count_audit_async (self->store, &filter, self->cancellable, counted_cb, g_object_ref (self));
}
