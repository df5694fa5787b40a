/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-pages.h"

#include "tn-pictures.h"

#define FADE_MS 200
#define MAX_PICTURES 64 /* those of all canvases that were let go together */

typedef struct
{
  char *id;            /* NULL while it is the empty one of the start */
  GtkWidget *scroller; /* borrowed: a child of the stack */
  TnCanvas *canvas;    /* borrowed: in @scroller */
  GtkWidget *add;      /* borrowed: what asks for widgets where there is none */
  guint64 shown;       /* the larger, the later it was in view */
} Page;

struct _TnPages
{
  GtkWidget parent;

  GtkStack *stack;
  GPtrArray *pages;   /* of Page */
  GPtrArray *leaving; /* of Page: being stopped */
  Page *current;
  TnPictures *pictures; /* by tile id: of canvases that were let go */
  char *wanted;         /* nullable: to be shown when it has stopped */
  guint64 n_shown;
  gboolean stopped;

  TnCatalogue *catalogue;
  TnStore *store;
  TnRuntime *runtime;
  int reserved_width;
  char *monitor;
  gboolean kiosk;
};

enum
{
  PROP_0,
  PROP_CURRENT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];
static guint added_signal;

G_DEFINE_FINAL_TYPE (TnPages, tn_pages, GTK_TYPE_WIDGET)

static void
page_free (Page *page)
{
  g_free (page->id);
  g_free (page);
}

static Page *
find_page (GPtrArray *pages, const char *id)
{
  for (guint i = 0; i < pages->len; i++)
    {
      Page *page = g_ptr_array_index (pages, i);

      if (g_strcmp0 (page->id, id) == 0)
        return page;
    }
  return NULL;
}

static void
equip (TnPages *self, Page *page)
{
  TnCanvas *canvas = page->canvas;
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource ("/com/tokennexus/Canvas/tn-empty-page.ui");

  page->add = GTK_WIDGET (gtk_builder_get_object (builder, "add"));
  gtk_widget_set_visible (page->add, !self->kiosk);
  tn_canvas_set_placeholder (canvas, GTK_WIDGET (gtk_builder_get_object (builder, "page")));
  tn_canvas_set_reserved_width (canvas, self->reserved_width);
  tn_canvas_set_monitor (canvas, self->monitor);
  tn_canvas_set_fitted (canvas, self->kiosk);
  tn_canvas_set_frozen (canvas, self->kiosk);
  if (self->catalogue != NULL)
    tn_canvas_set_catalogue (canvas, self->catalogue);
  if (self->store != NULL)
    tn_canvas_set_store (canvas, self->store);
  if (self->runtime != NULL)
    tn_canvas_set_runtime (canvas, self->runtime);
}

static Page *
add_page (TnPages *self)
{
  Page *page = g_new0 (Page, 1);

  page->canvas = TN_CANVAS (tn_canvas_new ());
  page->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (page->scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (page->scroller), GTK_WIDGET (page->canvas));
  gtk_stack_add_child (self->stack, page->scroller);
  g_ptr_array_add (self->pages, page);
  equip (self, page);
  return page;
}

static void
gone_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TnPages) self = user_data;
  g_autofree char *wanted = NULL;

  tn_canvas_stop_finish (TN_CANVAS (source), result);
  for (guint i = 0; i < self->leaving->len; i++)
    {
      Page *page = g_ptr_array_index (self->leaving, i);

      if (G_OBJECT (page->canvas) != source)
        continue;
      if (self->stack != NULL)
        gtk_stack_remove (self->stack, page->scroller);
      if (g_strcmp0 (page->id, self->wanted) == 0)
        wanted = g_steal_pointer (&self->wanted);
      g_ptr_array_remove_index (self->leaving, i);
      break;
    }
  if (wanted != NULL && !self->stopped)
    tn_pages_show (self, wanted);
}

static void
keep_pictures (TnPages *self, TnCanvas *canvas)
{
  g_autoptr (GPtrArray) tiles = tn_canvas_list_tiles (canvas, FALSE);

  for (guint i = 0; i < tiles->len; i++)
    {
      const char *id = tn_tile_get_id (g_ptr_array_index (tiles, i));
      g_autoptr (GdkPaintable) picture = tn_canvas_get_picture (canvas, id);

      if (picture != NULL)
        tn_pictures_keep (self->pictures, id, picture);
    }
}

static void
let_go (TnPages *self, guint index)
{
  Page *page = g_ptr_array_steal_index (self->pages, index);

  keep_pictures (self, page->canvas);
  g_ptr_array_add (self->leaving, page);
  tn_canvas_stop_async (page->canvas, gone_cb, g_object_ref (self));
}

static void
let_oldest_go (TnPages *self)
{
  guint oldest = 0;

  if (self->pages->len <= TN_PAGES_MAX)
    return;
  for (guint i = 1; i < self->pages->len; i++)
    if (((Page *) g_ptr_array_index (self->pages, i))->shown
        < ((Page *) g_ptr_array_index (self->pages, oldest))->shown)
      oldest = i;
  let_go (self, oldest);
}

/* What is out of sight must not hear the keys. */
static void
take_focus_from (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus != NULL && gtk_widget_is_ancestor (focus, widget))
    gtk_root_set_focus (root, NULL);
}

static void
bring_into_view (TnPages *self, Page *page)
{
  TnCanvas *left = self->current->canvas;
  gboolean editing = tn_canvas_get_editing (left);

  page->shown = ++self->n_shown;
  if (page == self->current)
    return;
  /* Arranging goes along: what was left is no longer in anybody's hands. */
  tn_canvas_set_editing (left, FALSE);
  tn_canvas_set_editing (page->canvas, editing);
  take_focus_from (self->current->scroller);
  self->current = page;
  gtk_stack_set_visible_child (self->stack, page->scroller);
  let_oldest_go (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CURRENT]);
}

static void
tn_pages_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_CURRENT)
    g_value_set_object (value, tn_pages_get_current (TN_PAGES (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
tn_pages_dispose (GObject *object)
{
  TnPages *self = TN_PAGES (object);

  if (self->stack != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->stack));
  self->stack = NULL;
  g_clear_object (&self->catalogue);
  g_clear_object (&self->store);
  g_clear_object (&self->runtime);

  G_OBJECT_CLASS (tn_pages_parent_class)->dispose (object);
}

static void
tn_pages_finalize (GObject *object)
{
  TnPages *self = TN_PAGES (object);

  g_ptr_array_unref (self->pages);
  g_ptr_array_unref (self->leaving);
  tn_pictures_free (self->pictures);
  g_free (self->monitor);
  g_free (self->wanted);

  G_OBJECT_CLASS (tn_pages_parent_class)->finalize (object);
}

static void
tn_pages_class_init (TnPagesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = tn_pages_get_property;
  object_class->dispose = tn_pages_dispose;
  object_class->finalize = tn_pages_finalize;

  properties[PROP_CURRENT]
    = g_param_spec_object ("current", NULL, NULL, TN_TYPE_CANVAS, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  added_signal
    = g_signal_new ("added", TN_TYPE_PAGES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, TN_TYPE_CANVAS);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
tn_pages_init (TnPages *self)
{
  self->pages = g_ptr_array_new_with_free_func ((GDestroyNotify) page_free);
  self->leaving = g_ptr_array_new_with_free_func ((GDestroyNotify) page_free);
  self->pictures = tn_pictures_new (MAX_PICTURES);
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_set_transition_type (self->stack, GTK_STACK_TRANSITION_TYPE_CROSSFADE);
  gtk_stack_set_transition_duration (self->stack, FADE_MS);
  gtk_widget_set_parent (GTK_WIDGET (self->stack), GTK_WIDGET (self));
  self->current = add_page (self);
}

void
tn_pages_set_catalogue (TnPages *self, TnCatalogue *catalogue)
{
  g_return_if_fail (TN_IS_PAGES (self));

  g_set_object (&self->catalogue, catalogue);
  for (guint i = 0; i < self->pages->len; i++)
    tn_canvas_set_catalogue (((Page *) g_ptr_array_index (self->pages, i))->canvas, catalogue);
}

void
tn_pages_set_store (TnPages *self, TnStore *store)
{
  g_return_if_fail (TN_IS_PAGES (self));
  g_return_if_fail (self->store == NULL);

  self->store = g_object_ref (store);
  for (guint i = 0; i < self->pages->len; i++)
    tn_canvas_set_store (((Page *) g_ptr_array_index (self->pages, i))->canvas, store);
}

void
tn_pages_set_runtime (TnPages *self, TnRuntime *runtime)
{
  g_return_if_fail (TN_IS_PAGES (self));

  g_set_object (&self->runtime, runtime);
  for (guint i = 0; i < self->pages->len; i++)
    tn_canvas_set_runtime (((Page *) g_ptr_array_index (self->pages, i))->canvas, runtime);
}

void
tn_pages_set_reserved_width (TnPages *self, int width)
{
  g_return_if_fail (TN_IS_PAGES (self));

  self->reserved_width = width;
  for (guint i = 0; i < self->pages->len; i++)
    tn_canvas_set_reserved_width (((Page *) g_ptr_array_index (self->pages, i))->canvas, width);
}

void
tn_pages_set_monitor (TnPages *self, const char *monitor)
{
  g_return_if_fail (TN_IS_PAGES (self));

  g_free (self->monitor);
  self->monitor = g_strdup (monitor);
  for (guint i = 0; i < self->pages->len; i++)
    tn_canvas_set_monitor (((Page *) g_ptr_array_index (self->pages, i))->canvas, monitor);
}

void
tn_pages_set_kiosk (TnPages *self, gboolean kiosk)
{
  g_return_if_fail (TN_IS_PAGES (self));

  self->kiosk = kiosk;
  for (guint i = 0; i < self->pages->len; i++)
    {
      Page *page = g_ptr_array_index (self->pages, i);

      tn_canvas_set_fitted (page->canvas, kiosk);
      tn_canvas_set_frozen (page->canvas, kiosk);
      gtk_widget_set_visible (page->add, !kiosk);
    }
}

TnCatalogue *
tn_pages_get_catalogue (TnPages *self)
{
  g_return_val_if_fail (TN_IS_PAGES (self), NULL);

  return self->catalogue;
}

TnStore *
tn_pages_get_store (TnPages *self)
{
  g_return_val_if_fail (TN_IS_PAGES (self), NULL);

  return self->store;
}

void
tn_pages_show (TnPages *self, const char *id)
{
  Page *page;

  g_return_if_fail (TN_IS_PAGES (self));
  g_return_if_fail (id != NULL);

  page = find_page (self->pages, id);
  if (page == NULL && find_page (self->leaving, id) != NULL)
    {
      /* Its tiles are still being stopped: none may run twice. */
      g_free (self->wanted);
      self->wanted = g_strdup (id);
      return;
    }
  g_clear_pointer (&self->wanted, g_free);
  if (page == NULL)
    {
      gboolean first = self->current->id == NULL;

      page = first ? self->current : add_page (self);
      page->id = g_strdup (id);
      tn_canvas_show (page->canvas, id);
      if (first)
        g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CURRENT]);
      else
        g_signal_emit (self, added_signal, 0, page->canvas);
    }
  bring_into_view (self, page);
}

TnCanvas *
tn_pages_get_current (TnPages *self)
{
  g_return_val_if_fail (TN_IS_PAGES (self), NULL);

  return self->current->canvas;
}

const char *
tn_pages_get_current_id (TnPages *self)
{
  g_return_val_if_fail (TN_IS_PAGES (self), NULL);

  return self->current->id;
}

TnCanvas *
tn_pages_find (TnPages *self, const char *id)
{
  Page *page;

  g_return_val_if_fail (TN_IS_PAGES (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  page = find_page (self->pages, id);
  return page != NULL ? page->canvas : NULL;
}

GPtrArray *
tn_pages_list (TnPages *self)
{
  GPtrArray *canvases = g_ptr_array_new ();

  g_return_val_if_fail (TN_IS_PAGES (self), canvases);

  for (guint i = 0; i < self->pages->len; i++)
    g_ptr_array_add (canvases, ((Page *) g_ptr_array_index (self->pages, i))->canvas);
  return canvases;
}

GdkPaintable *
tn_pages_get_picture (TnPages *self, const char *tile_id)
{
  GdkPaintable *picture = NULL;

  g_return_val_if_fail (TN_IS_PAGES (self), NULL);

  for (guint i = 0; i < self->pages->len && picture == NULL; i++)
    picture = tn_canvas_get_picture (((Page *) g_ptr_array_index (self->pages, i))->canvas, tile_id);
  if (picture != NULL)
    return picture;
  picture = tn_pictures_get (self->pictures, tile_id);
  return picture != NULL ? g_object_ref (picture) : NULL;
}

void
tn_pages_keep (TnPages *self, TnPagesExists exists, gpointer user_data)
{
  g_return_if_fail (TN_IS_PAGES (self));

  for (guint i = self->pages->len; i > 0; i--)
    {
      Page *page = g_ptr_array_index (self->pages, i - 1);

      if (page != self->current && !exists (page->id, user_data))
        let_go (self, i - 1);
    }
}

static void
one_stopped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  guint left = GPOINTER_TO_UINT (g_task_get_task_data (task)) - 1;

  tn_canvas_stop_finish (TN_CANVAS (source), result);
  g_task_set_task_data (task, GUINT_TO_POINTER (left), NULL);
  if (left == 0)
    g_task_return_boolean (task, TRUE);
}

void
tn_pages_stop_async (TnPages *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (TN_IS_PAGES (self));

  self->stopped = TRUE;
  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_task_data (task, GUINT_TO_POINTER (self->pages->len), NULL);
  for (guint i = 0; i < self->pages->len; i++)
    tn_canvas_stop_async (((Page *) g_ptr_array_index (self->pages, i))->canvas, one_stopped_cb, g_object_ref (task));
}

void
tn_pages_stop_finish (TnPages *self, GAsyncResult *result)
{
  g_return_if_fail (g_task_is_valid (result, self));

  g_task_propagate_boolean (G_TASK (result), NULL);
}
