/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the kiosk's driver makes of the demo's forms. */

#include "tst.h"

#include "demo/site.h"
#include "portal/publik/schema.h"

static PvDemoSite *site;
static GHashTable *sources;

static PvProcedure *
read_form (const char *slug)
{
  g_autoptr (GError) error = NULL;
  PvProcedure *procedure = pv_publik_read_schema (pv_demo_site_find_form (site, slug), slug, sources, &error);

  if (procedure == NULL)
    fail_msg ("%s: %s", slug, error->message);
  return procedure;
}

/* Two forms ask for more than a kiosk can. */
static void
fills_all_but_two_at_the_kiosk (void **state)
{
  static const char *const on_phone[] = { "reservation-salle", "subvention-association", NULL };

  (void) state;
  for (const char *const *slug = pv_demo_site_get_slugs (site); *slug != NULL; slug++) {
    g_autoptr (PvProcedure) procedure = read_form (*slug);
    PvFillable wanted = g_strv_contains (on_phone, *slug) ? PV_FILLABLE_ON_PHONE : PV_FILLABLE;

    if (procedure->fillable != wanted)
      fail_msg ("%s: %s", *slug, procedure->unfillable_reason);
  }
}

static void
finds_the_field_of_the_reference (void **state)
{
  static const struct {
    const char *slug;
    gboolean has_ref;
  } rows[] = { { "inscription-scolaire", TRUE }, { "encombrants", TRUE }, { "question-facture", FALSE } };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PvProcedure) procedure = read_form (rows[i].slug);

    assert_int_equal (pv_procedure_find_ref (procedure) != NULL, rows[i].has_ref);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (fills_all_but_two_at_the_kiosk),
    cmocka_unit_test (finds_the_field_of_the_reference),
  };
  int failed;

  tst_init ();
  site = pv_demo_site_load (g_getenv ("PV_DEMO_DATA"), NULL);
  if (site == NULL)
    return 1;
  sources = g_hash_table_new (g_str_hash, g_str_equal);
  g_hash_table_insert (sources, (gpointer) "chrono_ds_agenda_meetings_mairie_mt_titres",
                       (gpointer) "agenda:mairie/titres");
  failed = cmocka_run_group_tests (tests, NULL, NULL);
  g_hash_table_unref (sources);
  pv_demo_site_free (site);
  return failed;
}
