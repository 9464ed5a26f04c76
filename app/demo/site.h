/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* site.h: the fictional commune: its forms, categories, cards and agendas, read from a folder of JSON files.
 *
 * procedures/SLUG.json is what w.c.s. answers for /api/formdefs/SLUG/schema?include-id=true; site.json holds what a
 * schema does not tell.  All addresses begin with PV_DEMO_BASE and get the server's own when they are sent.
 */
#pragma once

#include "demo/store.h"
#include "platform/json.h"

#define PV_DEMO_BASE "https://demarches.montclair.example/"

#define PV_DEMO_SITE_ERROR (pv_demo_site_error_quark ())
GQuark pv_demo_site_error_quark (void);

typedef enum {
  PV_DEMO_SITE_ERROR_BAD_DATA, /* a file is missing or not what it should be; the message names it */
} PvDemoSiteError;

enum {
  PV_DEMO_SITE_MAX_FORMS = 200,
  PV_DEMO_MAX_NAME_BYTES = 200,   /* a slug, an id, a name in a path or in a data file */
  PV_DEMO_MAX_TEXT_BYTES = 20000, /* any other text of a data file */
};

typedef struct PvDemoSite PvDemoSite;

PvDemoSite *pv_demo_site_load (const char *folder, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void pv_demo_site_free (PvDemoSite *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvDemoSite, pv_demo_site_free)

/* site.json.  (transfer none) */
const PvJson *pv_demo_site_get_settings (const PvDemoSite *self);
/* Slugs in alphabetical order, NULL-terminated.  (transfer none) */
const char *const *pv_demo_site_get_slugs (const PvDemoSite *self);
/* The schema.  (transfer none) (nullable) */
const PvJson *pv_demo_site_find_form (const PvDemoSite *self, const char *slug);

/* A text member of an object of the data files, "" if absent.  (transfer full) */
char *pv_demo_text (const PvJson *object, const char *key) G_GNUC_WARN_UNUSED_RESULT;
/* The item of the array @key of @object whose member @member is the text @value.  (transfer full) (nullable) */
PvJson *pv_demo_find_item (const PvJson *object, const char *key, const char *member,
                           const char *value) G_GNUC_WARN_UNUSED_RESULT;
/* The label of a status of a form's workflow.  (transfer full) */
char *pv_demo_site_dup_status_name (const PvJson *form, const char *status,
                                    gboolean *ret_is_end) G_GNUC_WARN_UNUSED_RESULT;

/* "mardi 1er décembre 2026 à 9 h 40", in the commune's time.  (transfer full) */
char *pv_demo_site_format_time (const PvDemoSite *self, gint64 time_us) G_GNUC_WARN_UNUSED_RESULT;

/* "mardi 1er décembre".  (transfer full) */
char *pv_demo_site_format_day (const PvDemoSite *self, GDateTime *day) G_GNUC_WARN_UNUSED_RESULT;
/* Midnight of the commune's today.  (transfer full) */
GDateTime *pv_demo_commune_today (gint64 now_us) G_GNUC_WARN_UNUSED_RESULT;

/* Each writes one value, an array, into @writer.  @skipped: (nullable): a slug that is left out. */
void pv_demo_site_write_forms (const PvDemoSite *self, PvJsonWriter *writer, const char *key, const char *category_slug,
                               const char *skipped);
void pv_demo_site_write_categories (const PvDemoSite *self, PvJsonWriter *writer, const char *key);
/* The schema, without its ids unless @with_ids. */
void pv_demo_site_write_schema (PvJsonWriter *writer, const PvJson *form, gboolean with_ids);

/* Rows {id, text, ...} of a kind of card, or NULL if there is none of that name.  (transfer full) */
PvJson *pv_demo_site_get_cards (const PvDemoSite *self, const char *slug, gint64 now_us) G_GNUC_WARN_UNUSED_RESULT;
/* The options of a field with a data source, as rows {id, text, ...}; NULL if they are not known.  (transfer full) */
PvJson *pv_demo_site_get_options (const PvDemoSite *self, const PvJson *field, gint64 now_us) G_GNUC_WARN_UNUSED_RESULT;
