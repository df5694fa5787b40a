/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-db-lock.h"
#include "tn-db.h"
#include "tn-seal.h"

#include <sqlite3.h>

G_BEGIN_DECLS

#define TN_DB_FILE "canvas.db"

/* Adding up what the audit holds takes milliseconds, so it is done after so many more bytes only. */
#define TN_DB_AUDIT_ROOM (1024 * 1024)

struct _TnDb
{
  sqlite3 *sql;
  GThread *thread;
  GHashTable *statements; /* by their own SQL text */
  char *directory;        /* NULL where nothing but the connection is open */
  TnDbLock *lock;         /* NULL where nothing is to be written */
  TnStoreOutcome outcome;
  char *notice;
  GPtrArray *events;  /* appended, not yet written; and the bytes of them */
  gsize event_bytes;
  gint64 event_room;  /* bytes of them that may be written before the ring is weighed again */
  GPtrArray *touched; /* canvas ids: what tn_db_take_touched() gives */
  gint64 backup_day;  /* days since 1970, UTC; the last on which a backup was looked for */
  gint64 audit_rows, audit_bytes; /* of the audit that are kept */
  gint64 audit_room;              /* bytes that may be appended before it is weighed again */
  GHashTable *seals;        /* app key → TnSeal: those that are at hand */
  GHashTable *sealed_tiles; /* tile id → app key, of tiles that may be gone already while they write their last */
  GPtrArray *tampered;      /* what tn_db_take_tampered() gives */
  gboolean damaged;   /* SQLite said so: the next opening has to look closely */
};

/* tn-db.c: the connection. */

/* A connection to @path and nothing more, not even a look at the file; then what every connection wants. */
TnDb *tn_db_attach (const char *path, int flags, GError **error);
gboolean tn_db_configure (TnDb *self, GError **error);

void tn_db_set_error (TnDb *self, GError **error);

typedef gboolean (*TnDbRow) (sqlite3_stmt *row, gpointer user_data);
typedef gboolean (*TnDbWork) (TnDb *self, gpointer user_data, GError **error);

/**
 * tn_db_each:
 * @on_row: (nullable): called for each row; %FALSE ends
 * @sql: a statement; kept prepared under its text
 * @types: of the bound values: s for text (nullable, UTF-8), i for int, l for gint64
 */
gboolean tn_db_each (TnDb *self, TnDbRow on_row, gpointer user_data, GError **error, const char *sql, const char *types,
                     ...);

/* A statement that returns nothing. */
#define tn_db_run(self, error, ...) tn_db_each (self, NULL, NULL, error, __VA_ARGS__)

/* For tn_db_each(): the first column of the only row. */
gboolean tn_db_take_int (sqlite3_stmt *row, gpointer gint64_out);
gboolean tn_db_take_text (sqlite3_stmt *row, gpointer text_out);

/* The first column of every row, as text, into a GPtrArray. */
gboolean tn_db_collect_text (sqlite3_stmt *row, gpointer array);

const char *tn_db_text (sqlite3_stmt *row, int column);

/* All of @work or nothing. @begin: "BEGIN IMMEDIATE" to write, "BEGIN" to read. */
gboolean tn_db_transact (TnDb *self, const char *begin, TnDbWork work, gpointer user_data, GError **error);

/* tn_db_transact() for what the person did: with the day's backup first where it is due. */
gboolean tn_db_write (TnDb *self, TnDbWork work, gpointer user_data, GError **error);

/* tn-db-canvas.c: rows as records. */

#define TN_DB_CANVAS_COLUMNS "id, name, position, locked, policy, foreign_data"
#define TN_DB_TILE_COLUMNS                                                                                             \
  "id, canvas_id, app_key, app_id, title, locked, config, foreign_data, min_w, min_h, max_w, max_h, layout, x, y, w, h"

/* (transfer full): a row of just those columns. */
TnCanvasRecord *tn_db_read_canvas (sqlite3_stmt *row);
TnTileRecord *tn_db_read_tile (sqlite3_stmt *row);

/* tn-db-open.c */

/* A database as it is, ready to be worked with. @may_migrate: an older version will do; @check: all of it is read. */
TnDb *tn_db_open_file (const char *path, int flags, gboolean may_migrate, gboolean check, GError **error);

/* tn-db-migrate.c: the schema. */

/* Whether this program can work with the file: NEWER or OPEN with a sentence where not. */
gboolean tn_db_check_version (TnDb *self, gboolean may_migrate, GError **error);

/* Brings the file to the newest version, the whole way or not at all, after a backup. */
gboolean tn_db_migrate (TnDb *self, GError **error);
gboolean tn_db_migrate_along (TnDb *self, const char *const *steps, guint n_steps, GError **error);

/* tn-db-backup.c: copies, and what is done with a damaged file. */

void tn_db_backup_if_due (TnDb *self);

/* There was nothing worth it when this day's work began. */
void tn_db_backup_skip_today (TnDb *self);

/* Returns: (transfer full): the new file's path. */
char *tn_db_backup_make (TnDb *self, GError **error);
gboolean tn_db_backup_any (const char *directory);

/* Puts the newest good backup in the database's place. Returns: (transfer full) (nullable): its day; %NULL without
 * @error where no backup is good. */
char *tn_db_backup_restore (const char *directory, GError **error);

/* Makes a backup of what is there now and drops all that was kept before it: other backups, and what was set aside. */
gboolean tn_db_backup_renew (TnDb *self, GError **error);

/* Whether a backup, or a file that was set aside as damaged, may hold anything of an app. */
gboolean tn_db_backup_may_name (TnDb *self, const char *app_key);

/* Renames the database and what belongs to it, or only its log. Returns: (transfer full) (nullable): the new name; ""
 * where there was nothing. */
char *tn_db_set_aside (const char *directory, gboolean only_wal, GError **error);

/* tn-db-canvas.c: tn_db_load_canvas() inside of a transaction. */
TnCanvasRecord *tn_db_load_canvas_here (TnDb *self, const char *canvas_id, const char *layout, GError **error);

/* tn-db-operation.c: tn_db_apply() inside of tn_db_write_history(). */
gboolean tn_db_apply_here (TnDb *self, TnOperation *operation, GError **error);

/* tn-db-history.c */

/* tn_db_write() for what makes operations or passes over them, which has to call tn_db_note_touched(). */
gboolean tn_db_write_history (TnDb *self, TnDbWork work, gpointer user_data, GError **error);

/* The canvases that the operations @low < seq ≤ @high touched. */
gboolean tn_db_note_touched (TnDb *self, gint64 low, gint64 high, GError **error);

/* tn-db-audit.c: a row of just those columns; (transfer full). */
#define TN_DB_AUDIT_COLUMNS                                                                                            \
  "seq, time_us, kind, app_key, tile_id, subject, outcome, detail, count, salt, content, hash"
TnAuditRecord *tn_db_read_audit (sqlite3_stmt *row);

/* tn-db-kv.c: what a tile keeps, its state included, another one keeps too. Inside of a transaction. */
gboolean tn_db_copy_values_here (TnDb *self, const char *from_tile_id, const char *to_tile_id, GError **error);

/* tn-db-seal.c: what is kept of apps whose data are encrypted. */

/**
 * tn_db_find_seal:
 * @scope: of kv
 * @seal: (out) (transfer none) (nullable): %NULL where the texts of @owner are not sealed
 *
 * Returns: %FALSE with %TN_STORE_ERROR_SEALED where they are and the key is not at hand
 */
gboolean tn_db_find_seal (TnDb *self, const char *scope, const char *owner, TnSeal **seal, GError **error);

/* tn_seal_open(), and what fails is told as tampered with. */
char *tn_db_open_sealed (TnDb *self, TnSeal *seal, const TnSealPlace *place, const char *sealed, char **name,
                         GError **error);

/* @row: of a tile, as operations have it. Returns: (transfer full): the same with its settings sealed where they have to be */
char *tn_db_seal_row (TnDb *self, const char *row, GError **error);

/* Makes the settings of one tile those of another that is a copy of it. @config: (inout) (nullable) */
gboolean tn_db_move_settings (TnDb *self, const char *from_tile_id, const char *to_tile_id, char **config,
                              GError **error);

/* Whether an app's data are encrypted, whether its key is at hand or not. */
gboolean tn_db_is_sealed (TnDb *self, const char *app_key, gboolean *sealed, GError **error);

/* tn-db-erase.c: what was taken out still stands in free pages, between rows, and in the log: the file is written anew. */
gboolean tn_db_leave_no_trace (TnDb *self, GError **error);

/* tn-db-event.c */
gboolean tn_db_flush_events (TnDb *self, GError **error);

/* tn-db-audit.c: what tn_db_erase_audit() does, inside of a transaction. */
gboolean tn_db_erase_audit_here (TnDb *self, const char *app_key, GError **error);

/* tn_db_append_audit() inside of a transaction. */
gboolean tn_db_append_audit_here (TnDb *self, GPtrArray *records, GError **error);

/* tn-db-removal.c: tn_db_collect() inside of a transaction. */
gboolean tn_db_collect_here (TnDb *self, GError **error);

G_END_DECLS
