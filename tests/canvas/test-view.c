/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Canvases in and out of sight, with real pages in their tiles, and what is seen of them from afar. Where TN_PICTURES
 * names a folder, pictures are left there. */
#include "tn-canvas-private.h"

#include "tn-miniature.h"
#include "tn-paths.h"
#include "stage.h"

#define CANVAS "home"
#define RED_APP "com.example.red"

typedef struct
{
  char *apps;
  Stage *stage;
  GtkWidget *stack, *overview;
  TnCanvas *canvas;
} Fixture;

static gboolean
has_result (gpointer data)
{
  return *(GAsyncResult **) data != NULL;
}

static void
take_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
apply (Fixture *f, TnOperation *operation)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  tn_store_apply_async (f->stage->store, operation, NULL, take_result_cb, &result);
  g_assert_true (stage_wait (has_result, &result, 10));
  tn_store_apply_finish (f->stage->store, result, &error);
  g_assert_no_error (error);
}

static TnTileRecord *
new_tile (const char *id, const char *key, const char *app_id, int x, int y)
{
  TnTileRecord *tile = tn_tile_record_new (id, CANVAS, key, app_id);

  tile->x = x;
  tile->y = y;
  tile->w = 4;
  tile->h = 3;
  return tile;
}

/* An app that is red all over, and what another program left. */
static void
fill (Fixture *f)
{
  TnApp *app = tn_catalogue_find_id (f->stage->catalogue, RED_APP);
  g_autoptr (TnOperation) operation = tn_operation_new ("canvas.create", CANVAS, "Home");
  g_autoptr (TnCanvasRecord) canvas = tn_canvas_record_new (CANVAS, "Home");
  g_autoptr (TnTileRecord) red = new_tile ("red", tn_app_get_key (app), RED_APP, 0, 0);
  g_autoptr (TnTileRecord) panel = new_tile ("panel", "", "grafana:timeseries", 4, 0);

  panel->title = g_strdup ("CPU usage");
  tn_operation_put_canvas (operation, canvas);
  tn_operation_put_tile (operation, red);
  tn_operation_put_tile (operation, panel);
  apply (f, operation);
}

static void
load_style (void)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();
  g_autofree char *path = g_build_filename (tn_paths_data_dir (), "style.css", NULL);

  gtk_css_provider_load_from_path (provider, path);
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *canvas = tn_canvas_new ();

  f->apps = g_dir_make_tmp ("tn-apps-XXXXXX", NULL);
  stage_write_app (f->apps, RED_APP, "",
                   "document.documentElement.style.background = '#ff0000';"
                   "nexus.register({async onMount() { const n = (await nexus.storage.get('starts')) ?? 0;"
                   " await nexus.storage.set('starts', n + 1); }, getState: () => ({typed: 7}),"
                   " setState: ({typed}) => nexus.storage.set('given', typed)});");
  f->stage = stage_new (f->apps);
  fill (f);
  f->canvas = TN_CANVAS (canvas);
  f->stack = gtk_stack_new ();
  f->overview = tn_miniature_new ();
  gtk_widget_set_valign (f->overview, GTK_ALIGN_START);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), canvas);
  gtk_stack_add_named (GTK_STACK (f->stack), scroller, "canvas");
  gtk_stack_add_named (GTK_STACK (f->stack), f->overview, "overview");
  gtk_widget_set_hexpand (f->stack, TRUE);
  gtk_window_set_default_size (GTK_WINDOW (f->stage->window), 1100, 700);
  gtk_box_append (GTK_BOX (f->stage->box), f->stack);
  tn_canvas_set_catalogue (f->canvas, f->stage->catalogue);
  tn_canvas_set_store (f->canvas, f->stage->store);
  tn_canvas_set_runtime (f->canvas, f->stage->runtime);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_autofree char *command = g_strdup_printf ("rm -rf '%s'", f->apps);
  g_autoptr (GAsyncResult) stopped = NULL;

  tn_canvas_stop_async (f->canvas, take_result_cb, &stopped);
  g_assert_true (stage_wait (has_result, &stopped, 5));
  tn_canvas_stop_finish (f->canvas, stopped);
  gtk_box_remove (GTK_BOX (f->stage->box), f->stack);
  stage_free (f->stage);
  g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL);
  g_free (f->apps);
}

static gboolean
is_settled (gpointer canvas)
{
  return tn_canvas_is_settled (canvas);
}

static gboolean
never (gpointer data)
{
  return FALSE;
}

static void
show (Fixture *f, const char *page)
{
  gtk_stack_set_visible_child_name (GTK_STACK (f->stack), page);
  stage_wait (never, NULL, 0.5);
}

static void
open_canvas (Fixture *f)
{
  tn_canvas_show (f->canvas, CANVAS);
  g_assert_true (stage_wait (is_settled, f->canvas, 20));
  stage_wait (never, NULL, 1);
}

static TnTile *
find (Fixture *f, const char *id)
{
  g_autoptr (GPtrArray) tiles = tn_canvas_list_tiles (f->canvas, FALSE);

  for (guint i = 0; i < tiles->len; i++)
    if (g_str_equal (tn_tile_get_id (g_ptr_array_index (tiles, i)), id))
      return g_ptr_array_index (tiles, i);
  g_assert_not_reached ();
}

static GdkTexture *
draw (Fixture *f, GdkPaintable *paintable, double width, double height)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  GskRenderNode *node;
  GdkTexture *texture;

  gdk_paintable_snapshot (paintable, snapshot, width, height);
  gtk_snapshot_append_color (snapshot, &(GdkRGBA){ 0 }, &GRAPHENE_RECT_INIT (0, 0, width, height));
  node = gtk_snapshot_free_to_node (snapshot);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (f->stage->window)), node,
                                         &GRAPHENE_RECT_INIT (0, 0, width, height));
  gsk_render_node_unref (node);
  return texture;
}

/* How much of the picture is pure red, 0 to 1. */
static double
redness (GdkTexture *texture)
{
  int width = gdk_texture_get_width (texture), height = gdk_texture_get_height (texture);
  g_autofree guchar *pixels = g_malloc ((gsize) width * height * 4);
  guint n = 0;

  gdk_texture_download (texture, pixels, (gsize) width * 4);
  for (int i = 0; i < width * height; i++)
    n += ((guint32 *) pixels)[i] == 0xffff0000;
  return (double) n / (width * height);
}

static void
leave_texture (GdkTexture *texture, const char *name)
{
  const char *folder = g_getenv ("TN_PICTURES");
  g_autofree char *path = folder != NULL ? g_build_filename (folder, name, NULL) : NULL;

  if (path != NULL)
    gdk_texture_save_to_png (texture, path);
}

static void
leave_picture (Fixture *f, const char *name)
{
  g_autoptr (GdkPaintable) window = gtk_widget_paintable_new (f->stage->window);
  g_autoptr (GdkTexture) texture
    = draw (f, window, gtk_widget_get_width (f->stage->window), gtk_widget_get_height (f->stage->window));

  leave_texture (texture, name);
}

/* What another program left runs nothing, is there at once, and can be handled like any tile. */
static void
test_placeholder (Fixture *f, gconstpointer data)
{
  TnTile *tile;

  open_canvas (f);
  tile = find (f, "panel");
  leave_picture (f, "canvas.png");
  g_assert_null (tn_tile_get_instance (tile));
  g_assert_cmpstr (tn_tile_get_title (tile), ==, "CPU usage");
  g_assert_true (tn_tile_get_movable (tile));
  g_assert_null (tn_canvas_get_picture (f->canvas, "panel"));
  tn_canvas_remove_tile (f->canvas, tile);
  stage_wait (never, NULL, 0.5);
  g_assert_cmpuint (f->canvas->entries->len, ==, 1);
}

static void
assert_red (Fixture *f, gboolean live)
{
  g_autoptr (GdkPaintable) picture = tn_canvas_get_picture (f->canvas, "red");
  g_autoptr (GdkPaintable) image = NULL;
  g_autoptr (GdkTexture) texture = NULL;

  g_assert_nonnull (picture);
  image = gdk_paintable_get_current_image (picture);
  g_assert_true (live != GDK_IS_TEXTURE (image));
  texture = draw (f, picture, 200, 150);
  leave_texture (texture, live ? "live.png" : "kept.png");
  g_assert_cmpfloat (redness (texture), >, 0.5);
}

/* Live while it is seen; out of sight the last look of it, made small; nothing of what was never there. */
static void
test_pictures (Fixture *f, gconstpointer data)
{
  g_autoptr (GdkPaintable) kept = NULL, shown = NULL;

  g_assert_null (tn_canvas_get_picture (f->canvas, "red"));
  open_canvas (f);
  assert_red (f, TRUE);
  shown = tn_canvas_get_picture (f->canvas, "red");
  show (f, "overview");
  assert_red (f, FALSE);
  kept = tn_canvas_get_picture (f->canvas, "red");
  g_assert_true (kept == shown);
  g_assert_cmpint (gdk_paintable_get_intrinsic_width (kept), <=, 512);
  show (f, "canvas");
  assert_red (f, TRUE);
  g_assert_null (tn_canvas_get_picture (f->canvas, "nobody"));
}

static void
test_picture_of_a_removed_tile (Fixture *f, gconstpointer data)
{
  open_canvas (f);
  tn_canvas_remove_tile (f->canvas, find (f, "red"));
  stage_wait (never, NULL, 1);
  g_assert_cmpuint (f->canvas->entries->len, ==, 1);
  assert_red (f, FALSE);
}

/* Switched away and back, the page is the one that it was. */
static void
test_away_and_back (Fixture *f, gconstpointer data)
{
  TnTile *tile;
  TnInstance *instance;
  gpointer view;
  int pid;
  g_autofree char *starts = NULL;

  open_canvas (f);
  tile = find (f, "red");
  instance = tn_tile_get_instance (tile);
  view = tn_instance_get_view (instance);
  pid = tn_instance_get_pid (instance);
  for (int i = 0; i < 3; i++)
    {
      show (f, "overview");
      g_assert_false (gtk_widget_get_mapped (view));
      show (f, "canvas");
      g_assert_true (gtk_widget_get_mapped (view));
    }
  g_assert_true (find (f, "red") == tile && tn_tile_get_instance (tile) == instance);
  g_assert_true (tn_instance_get_view (instance) == view);
  g_assert_cmpint (tn_instance_get_pid (instance), ==, pid);
  starts = stage_wait_value (f->stage, "red", "starts", 5);
  g_assert_cmpstr (starts, ==, "1");
}

/* What a page had in hand when its tile was sent to another canvas, it is given there. */
static void
test_sent (Fixture *f, gconstpointer data)
{
  g_autoptr (TnOperation) operation = tn_operation_new ("canvas.create", "other", "Other");
  g_autoptr (TnCanvasRecord) other = tn_canvas_record_new ("other", "Other");
  g_autofree char *given = NULL, *starts = NULL;

  tn_operation_put_canvas (operation, other);
  apply (f, operation);
  open_canvas (f);
  tn_canvas_toggle_selected (f->canvas, find (f, "red"));
  tn_canvas_send_selected (f->canvas, "other", FALSE);
  stage_wait (never, NULL, 1);
  g_assert_cmpuint (f->canvas->entries->len, ==, 1);
  tn_canvas_show (f->canvas, "other");
  given = stage_wait_value (f->stage, "red", "given", 20);
  g_assert_cmpstr (given, ==, "7");
  starts = stage_wait_value (f->stage, "red", "starts", 5);
  g_assert_cmpstr (starts, ==, "2");
}

/* In the middle of a motion and with a tile in hand: out of sight nothing ticks, and nothing is in hand. */
static void
test_away_in_the_middle (Fixture *f, gconstpointer data)
{
  open_canvas (f);
  g_assert_true (tn_canvas_hand_take (f->canvas, find (f, "red"), TN_GRID_EDGE_NONE, TRUE));
  tn_canvas_hand_move_to (f->canvas, 0, 5);
  tn_canvas_start_ticking (f->canvas);
  show (f, "overview");
  g_assert_false (f->canvas->hand.active);
  g_assert_cmpuint (f->canvas->tick_id, ==, 0);
  show (f, "canvas");
  g_assert_cmpint (tn_tile_get_place (find (f, "red"))->y, ==, 0);
  g_assert_cmpuint (f->canvas->tick_id, ==, 0);
}

/* A canvas that nobody ever looked at runs nothing, and stops at once. */
static void
test_never_seen (Fixture *f, gconstpointer data)
{
  g_autoptr (GAsyncResult) stopped = NULL;

  show (f, "overview");
  tn_canvas_show (f->canvas, CANVAS);
  stage_wait (never, NULL, 1);
  g_assert_cmpuint (f->canvas->entries->len, ==, 2);
  g_assert_null (tn_tile_get_instance (find (f, "red")));
  tn_canvas_stop_async (f->canvas, take_result_cb, &stopped);
  g_assert_true (stage_wait (has_result, &stopped, 0.5));
  tn_canvas_stop_finish (f->canvas, stopped);
}

static gboolean
is_on_monitor (gpointer data)
{
  TnCanvas *canvas = data;

  return !canvas->syncing && canvas->n_applying == 0 && canvas->pending == NULL && canvas->tick_id == 0;
}

static void
go_to_monitor (Fixture *f, const char *monitor)
{
  tn_canvas_set_monitor (f->canvas, monitor);
  g_assert_true (stage_wait (is_on_monitor, f->canvas, 10));
  stage_wait (never, NULL, 0.3);
}

/* What is moved on one monitor stays where it is on the other; the page does not notice. */
static void
test_monitors (Fixture *f, gconstpointer data)
{
  TnTile *tile;

  open_canvas (f);
  tile = find (f, "red");
  go_to_monitor (f, "DELL 24/\"ü\" ");
  g_assert_cmpstr (f->canvas->monitor, ==, "DELL-24------");
  g_signal_emit_by_name (tile, "place", 2, 8, 4, 3);
  g_assert_true (stage_wait (is_on_monitor, f->canvas, 10));
  stage_wait (never, NULL, 0.3);
  g_assert_cmpint (tn_tile_get_place (tile)->y, ==, 8);
  go_to_monitor (f, NULL);
  g_assert_true (find (f, "red") == tile);
  g_assert_cmpint (tn_tile_get_place (tile)->y, ==, 0);
  go_to_monitor (f, "DELL-24------");
  g_assert_cmpint (tn_tile_get_place (tile)->y, ==, 8);
  g_assert_cmpint (tn_tile_get_place (tile)->x, ==, 2);
}

/* Fitted, three rows take the whole height, and nothing scrolls. */
static void
test_fitted (Fixture *f, gconstpointer data)
{
  graphene_rect_t bounds;
  int height;

  open_canvas (f);
  tn_canvas_set_fitted (f->canvas, TRUE);
  stage_wait (never, NULL, 0.5);
  leave_picture (f, "fitted.png");
  height = gtk_widget_get_height (GTK_WIDGET (f->canvas));
  g_assert_true (gtk_widget_compute_bounds (GTK_WIDGET (find (f, "red")), GTK_WIDGET (f->canvas), &bounds));
  g_assert_cmpfloat (bounds.size.height, ==, height - 2 * TN_GEOMETRY_MARGIN);
  g_assert_cmpfloat (gtk_adjustment_get_upper (f->canvas->vadjustment), ==, height);
  tn_canvas_set_fitted (f->canvas, FALSE);
  stage_wait (never, NULL, 0.5);
  g_assert_true (gtk_widget_compute_bounds (GTK_WIDGET (find (f, "red")), GTK_WIDGET (f->canvas), &bounds));
  g_assert_cmpfloat (bounds.size.height, ==, 3 * TN_GEOMETRY_ROW + 2 * TN_GEOMETRY_GAP);
}

static double
window_redness (Fixture *f)
{
  g_autoptr (GdkPaintable) window = gtk_widget_paintable_new (f->stage->window);
  g_autoptr (GdkTexture) texture
    = draw (f, window, gtk_widget_get_width (f->stage->window), gtk_widget_get_height (f->stage->window));

  return redness (texture);
}

/* In software, tiles that are still are drawn as images, which look the same; those go with the tiles' being seen. */
static void
test_images (Fixture *f, gconstpointer data)
{
  TnEntry *entry;
  double before;

  open_canvas (f);
  before = window_redness (f);
  g_assert_cmpfloat (before, >, 0.05);
  entry = tn_canvas_find_entry (f->canvas, find (f, "red"), NULL);
  g_assert_nonnull (entry->drawing.pixels);
  gtk_widget_queue_draw (GTK_WIDGET (f->canvas));
  stage_wait (never, NULL, 0.3);
  g_assert_cmpfloat (window_redness (f), ==, before);
  show (f, "overview");
  g_assert_null (entry->drawing.pixels);
  g_assert_cmpuint (f->canvas->pixels_id, ==, 0);
}

static GdkPaintable *
picture_cb (const char *tile_id, gpointer user_data)
{
  Fixture *f = user_data;

  return tn_canvas_get_picture (f->canvas, tile_id);
}

static TnCanvasRecord *
load (Fixture *f)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TnCanvasRecord *record;

  tn_store_load_canvas_async (f->stage->store, CANVAS, TN_LAYOUT_WIDE, NULL, take_result_cb, &result);
  g_assert_true (stage_wait (has_result, &result, 10));
  record = tn_store_load_canvas_finish (f->stage->store, result, &error);
  g_assert_no_error (error);
  return record;
}

static double
overview_redness (Fixture *f)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (f->overview);
  g_autoptr (GdkTexture) texture
    = draw (f, paintable, gtk_widget_get_width (f->overview), gtk_widget_get_height (f->overview));

  return redness (texture);
}

/* Pictures where there are some, words where not; mirrored where the reading is. */
static void
test_miniature (Fixture *f, gconstpointer data)
{
  TnMiniature *miniature = TN_MINIATURE (f->overview);
  g_autoptr (TnCanvasRecord) record = NULL;

  open_canvas (f);
  record = load (f);
  tn_miniature_set_picture_func (miniature, picture_cb, f);
  tn_miniature_set_record (miniature, record, NULL, f->stage->catalogue);
  gtk_widget_set_size_request (f->overview, 420, -1);
  gtk_widget_set_halign (f->overview, GTK_ALIGN_START);
  show (f, "overview");
  leave_picture (f, "overview.png");
  g_assert_cmpfloat (overview_redness (f), >, 0.05);
  gtk_test_accessible_assert_role (f->overview, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (f->overview, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Home, 2 widgets: com.example.red, CPU usage");
  gtk_widget_set_direction (f->overview, GTK_TEXT_DIR_RTL);
  stage_wait (never, NULL, 0.3);
  leave_picture (f, "overview-rtl.png");
  tn_miniature_set_record (miniature, NULL, NULL, f->stage->catalogue);
  stage_wait (never, NULL, 0.3);
  g_assert_cmpfloat (overview_redness (f), ==, 0);
}

static int
height_for (GtkWidget *widget, int width)
{
  int height;

  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, width, NULL, &height, NULL, NULL);
  return height;
}

static gboolean
is_narrow (gpointer canvas)
{
  return ((TnCanvas *) canvas)->width_class == TN_WIDTH_NARROW;
}

/* Drawn in the layout of the canvas in view, whose places it finds in the same way, with cells of the same shape. */
static void
test_miniature_like (Fixture *f, gconstpointer data)
{
  TnMiniature *miniature = TN_MINIATURE (f->overview);
  GtkAdjustment *content;
  g_autoptr (TnCanvasRecord) record = NULL;
  int width;

  open_canvas (f);
  /* A size that is asked for while the window still comes up may be lost. */
  gtk_window_set_default_size (GTK_WINDOW (f->stage->window), 260, 200);
  g_assert_true (stage_wait (is_narrow, f->canvas, 10));
  stage_wait (never, NULL, 0.5);
  record = load (f);
  width = gtk_widget_get_width (GTK_WIDGET (f->canvas));
  content = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (f->canvas));
  g_assert_cmpfloat (gtk_adjustment_get_upper (content), >, width);
  tn_miniature_set_record (miniature, record, f->canvas, f->stage->catalogue);
  g_assert_cmpint (height_for (f->overview, width), ==, width * 5 / 8);
  tn_miniature_set_whole (miniature, TRUE);
  g_assert_cmpint (height_for (f->overview, width), ==, (int) gtk_adjustment_get_upper (content));
}

typedef struct
{
  Fixture *f;
  int height; /* of the miniature that is as wide as the canvas */
} Shape;

static gboolean
has_shape (gpointer data)
{
  Shape *shape = data;

  return height_for (shape->f->overview, gtk_widget_get_width (GTK_WIDGET (shape->f->canvas))) == shape->height;
}

static void
put_place (Fixture *f, const char *layout, int y)
{
  g_autoptr (TnOperation) operation = tn_operation_new ("tile.move", CANVAS, "red");

  tn_operation_put_place (operation, "red", layout, 0, y, 4, 4);
  apply (f, operation);
}

/* What is shown already becomes another with the canvas: in another width, and on another monitor. */
static void
test_miniature_follows (Fixture *f, gconstpointer data)
{
  TnMiniature *miniature = TN_MINIATURE (f->overview);
  g_autoptr (TnCanvasRecord) record = NULL;
  TnGeometry geometry;
  Shape shape = { f };

  open_canvas (f);
  put_place (f, "narrow", 20);
  put_place (f, "narrow@tv", 40);
  record = load (f);
  tn_miniature_set_whole (miniature, TRUE);
  tn_miniature_set_record (miniature, record, f->canvas, f->stage->catalogue);
  gtk_window_set_default_size (GTK_WINDOW (f->stage->window), 260, 200);
  g_assert_true (stage_wait (is_narrow, f->canvas, 10));
  stage_wait (never, NULL, 0.5);
  geometry = f->canvas->geometry;
  shape.height = tn_geometry_height (&geometry, 24);
  g_assert_true (stage_wait (has_shape, &shape, 10));
  tn_canvas_set_monitor (f->canvas, "tv");
  shape.height = tn_geometry_height (&geometry, 44);
  g_assert_true (stage_wait (has_shape, &shape, 10));
  tn_canvas_set_monitor (f->canvas, NULL);
  shape.height = tn_geometry_height (&geometry, 24);
  g_assert_true (stage_wait (has_shape, &shape, 10));
}

/* What another monitor shows starts from what is arranged at home in that width, not from the wide layout. */
static void
test_miniature_elsewhere (Fixture *f, gconstpointer data)
{
  TnMiniature *miniature = TN_MINIATURE (f->overview);
  g_autoptr (TnCanvasRecord) record = NULL;
  Shape shape = { f };

  open_canvas (f);
  put_place (f, "narrow", 20);
  gtk_window_set_default_size (GTK_WINDOW (f->stage->window), 260, 200);
  g_assert_true (stage_wait (is_narrow, f->canvas, 10));
  stage_wait (never, NULL, 0.5);
  tn_canvas_set_monitor (f->canvas, "tv");
  record = load (f);
  tn_miniature_set_whole (miniature, TRUE);
  tn_miniature_set_record (miniature, record, f->canvas, f->stage->catalogue);
  shape.height = tn_geometry_height (&f->canvas->geometry, 24);
  g_assert_true (has_shape (&shape));
}

/* A thousand tiles are drawn within the second that a person waits for. */
static void
test_miniature_of_many (Fixture *f, gconstpointer data)
{
  g_autoptr (TnCanvasRecord) record = tn_canvas_record_new (CANVAS, "Many");
  gint64 before;
  int least, natural;

  for (int i = 0; i < 1000; i++)
    {
      g_autofree char *id = g_strdup_printf ("t%d", i);
      TnTileRecord *tile = new_tile (id, "", "text", i % 3 * 4, i / 3 * 3);

      g_ptr_array_add (record->tiles, tile);
    }
  tn_miniature_set_record (TN_MINIATURE (f->overview), record, NULL, f->stage->catalogue);
  before = g_get_monotonic_time ();
  show (f, "overview");
  g_test_message ("shown after %.1f ms", (double) (g_get_monotonic_time () - before) / 1000);
  gtk_widget_measure (f->overview, GTK_ORIENTATION_VERTICAL, 400, &least, &natural, NULL, NULL);
  g_assert_cmpint (natural, ==, 250);
  gtk_test_accessible_assert_property (f->overview, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Many, 1000 widgets: text, text, text, text, text, …");
}

static void
add (const char *path, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_setenv ("GSK_RENDERER", "cairo", TRUE);
  gtk_init ();
  load_style ();
  add ("/view/placeholder", test_placeholder);
  add ("/view/pictures", test_pictures);
  add ("/view/picture-of-a-removed-tile", test_picture_of_a_removed_tile);
  add ("/view/away-and-back", test_away_and_back);
  add ("/view/sent", test_sent);
  add ("/view/away-in-the-middle", test_away_in_the_middle);
  add ("/view/never-seen", test_never_seen);
  add ("/view/monitors", test_monitors);
  add ("/view/fitted", test_fitted);
  add ("/view/images", test_images);
  add ("/view/miniature", test_miniature);
  add ("/view/miniature-like", test_miniature_like);
  add ("/view/miniature-follows", test_miniature_follows);
  add ("/view/miniature-elsewhere", test_miniature_elsewhere);
  add ("/view/miniature-of-many", test_miniature_of_many);
  return g_test_run ();
}
