/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* store.h: what was filed at the demo portal, in SQLite.
 *
 * One file, "portal.sqlite", in the state folder; a second process may read it while the server runs.  Main thread only.
 */
#pragma once

#include <glib.h>

#define PV_DEMO_STORE_ERROR (pv_demo_store_error_quark ())
GQuark pv_demo_store_error_quark (void);

typedef enum {
  PV_DEMO_STORE_ERROR_FAILED, /* the disk or the file: nothing was stored */
} PvDemoStoreError;

enum { PV_DEMO_CODE_LENGTH = 8 }; /* letters of a tracking code (w.c.s. tracking_code.py) */

typedef struct PvDemoFiling {
  char *slug;
  char *form_id; /* the portal's number of the form */
  gint64 id;     /* counts for each form, from 1 */
  char *uuid;
  char *tracking_code; /* (nullable): the form may have none */
  gboolean is_draft;
  gint64 received_us, updated_us; /* UTC */
  char *status;                   /* id of a status of the form's workflow */
  char *expected;                 /* (nullable): what the citizen is asked for */
  char *channel;                  /* (nullable): context.channel */
  char *fields;                   /* JSON object of the values as w.c.s. keeps them */
  char *context;                  /* JSON object as it was sent */
} PvDemoFiling;

typedef enum {
  PV_DEMO_CALLED_SUBMIT,
  PV_DEMO_CALLED_FIND,
} PvDemoCalled;

/* What a caller was told; that it was read is another matter. */
typedef enum {
  PV_DEMO_TOLD_NOTHING, /* yet; or the connection ended before a whole answer */
  PV_DEMO_TOLD_RUBBISH, /* a whole answer of HTTP that does not say what was done */
  PV_DEMO_TOLD_REFUSED, /* surely not done */
  PV_DEMO_TOLD_TAKEN,   /* SUBMIT */
  PV_DEMO_TOLD_FOUND,   /* FIND */
  PV_DEMO_TOLD_NONE,    /* FIND: it is not there */
} PvDemoTold;

/* One row of the journal (journal.h). */
typedef struct PvDemoCall {
  PvDemoCalled called;
  PvDemoTold told;
  char *slug;
  char *mark; /* what tells the filing from others */
} PvDemoCall;

typedef struct PvDemoStore PvDemoStore;

PvDemoFiling *pv_demo_filing_new (const char *slug, const char *form_id) G_GNUC_WARN_UNUSED_RESULT;
void pv_demo_filing_free (PvDemoFiling *filing);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvDemoFiling, pv_demo_filing_free)
/* "18-2047": as agents say it.  (transfer full) */
char *pv_demo_filing_dup_number (const PvDemoFiling *filing) G_GNUC_WARN_UNUSED_RESULT;

/* For tables of others in the same file. (transfer none) */
struct sqlite3 *pv_demo_store_get_database (PvDemoStore *self);
/* Opens or creates; @folder must exist. */
PvDemoStore *pv_demo_store_open (const char *folder, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void pv_demo_store_close (PvDemoStore *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvDemoStore, pv_demo_store_close)

/**
 * pv_demo_store_add:
 * @filing: what to store; gets its id, uuid and, if @wants_code, its tracking code
 *
 * Returns once the disk has it.
 */
gboolean pv_demo_store_add (PvDemoStore *self, PvDemoFiling *filing, gboolean wants_code, GError **error);

/* Each: (transfer full) (nullable): NULL if there is none. */
PvDemoFiling *pv_demo_store_get (PvDemoStore *self, const char *slug, gint64 id) G_GNUC_WARN_UNUSED_RESULT;
PvDemoFiling *pv_demo_store_find_code (PvDemoStore *self, const char *code) G_GNUC_WARN_UNUSED_RESULT;
PvDemoFiling *pv_demo_store_get_newest (PvDemoStore *self) G_GNUC_WARN_UNUSED_RESULT;

/**
 * pv_demo_store_list:
 * @slug: (nullable): of all forms
 * @field: (nullable): a varname; then only files with exactly @value there
 * @value: (nullable): only with @field
 * @with_drafts: w.c.s. never lists drafts; the page of the demo does
 *
 * Newest first.  Returns: (transfer full) (element-type PvDemoFiling)
 */
GPtrArray *pv_demo_store_list (PvDemoStore *self, const char *slug, const char *field, const char *value,
                               gboolean with_drafts, guint limit, guint offset) G_GNUC_WARN_UNUSED_RESULT;

/* The database, for bookings.c. (transfer none) */
struct sqlite3 *pv_demo_store_get_db (PvDemoStore *self);

/* What an agent does in the back office.  @expected: (nullable).  FALSE: no such file. */
gboolean pv_demo_store_set_status (PvDemoStore *self, const char *slug, gint64 id, const char *status,
                                   const char *expected, gint64 now_us);

/* The number of the call; 0: it could not be noted. Returns once the disk has it. */
gint64 pv_demo_store_begin_call (PvDemoStore *self, PvDemoCalled called, const char *slug, const char *mark);
void pv_demo_store_end_call (PvDemoStore *self, gint64 number, PvDemoTold told);
/* All, in the order in which they came.  (transfer full) (element-type PvDemoCall) */
GPtrArray *pv_demo_store_list_calls (PvDemoStore *self) G_GNUC_WARN_UNUSED_RESULT;
