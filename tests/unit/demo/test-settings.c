/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The settings of the demo fit its forms. */

#include "tst.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

#include "demo/site.h"
#include "platform/settings.h"

static char *folder;
static PvSettings *settings;
static PvDemoSite *site;

/* The demo's drop-ins, and the address that what starts the demo would add. */
static int
load (void **state)
{
  static const char address[] = "[portal]\nurl=http://127.0.0.1:1\n";
  g_autoptr (GDir) dir = g_dir_open (g_getenv ("PV_DEMO_CONF"), 0, NULL);
  g_autofree char *last = NULL;
  g_autoptr (GError) error = NULL;
  const char *name;

  (void) state;
  folder = g_dir_make_tmp ("pv-demo-XXXXXX", NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *from = g_build_filename (g_getenv ("PV_DEMO_CONF"), name, NULL);
    g_autofree char *to = g_build_filename (folder, name, NULL);
    g_autofree char *text = NULL;
    gsize length;

    if (g_file_get_contents (from, &text, &length, NULL))
      g_file_set_contents (to, text, (gssize) length, NULL);
  }
  last = g_build_filename (folder, "90-address.conf", NULL);
  g_file_set_contents (last, address, -1, NULL);
  settings = pv_settings_load (folder, &error);
  if (settings == NULL)
    g_warning ("%s", error->message);
  site = pv_demo_site_load (g_getenv ("PV_DEMO_DATA"), NULL);
  return settings == NULL || site == NULL;
}

static int
unload (void **state)
{
  (void) state;
  tst_remove_folder (folder);
  g_free (folder);
  pv_settings_free (settings);
  pv_demo_site_free (site);
  return 0;
}

static void
places_every_form_among_the_life_events (void **state)
{
  (void) state;
  for (const char *const *slug = pv_demo_site_get_slugs (site); *slug != NULL; slug++) {
    const PvProcedureSettings *procedure = pv_settings_find_procedure (settings, *slug);

    if (procedure == NULL || procedure->category == NULL || procedure->cost == NULL || procedure->duration_minutes == 0)
      fail_msg ("%s: no category, cost or duration", *slug);
  }
}

static void
speaks_of_no_form_that_does_not_exist (void **state)
{
  g_auto (GStrv) slugs = pv_settings_list_procedures (settings);

  (void) state;
  for (char **slug = slugs; *slug != NULL; slug++)
    if (pv_demo_site_find_form (site, *slug) == NULL)
      fail_msg ("%s: no such form", *slug);
}

/* CRPA R112-11-1: the service with its address and phone; ways of appeal where silence is a refusal. */
static void
gives_whole_legal_facts_or_none (void **state)
{
  g_auto (GStrv) slugs = pv_settings_list_procedures (settings);
  guint without = 0;

  (void) state;
  for (char **slug = slugs; *slug != NULL; slug++) {
    const PvLegalFacts *facts = &pv_settings_find_procedure (settings, *slug)->facts;

    if (facts->silence == PV_SILENCE_UNKNOWN) {
      without++;
      continue;
    }
    if (facts->service == NULL || facts->address == NULL || facts->phone == NULL
        || (facts->silence == PV_SILENCE_REFUSE && facts->appeal == NULL))
      fail_msg ("%s: legal facts with a hole", *slug);
  }
  assert_int_equal (without, 1);
}

/* The portal's schema only names such a source. */
static void
knows_where_the_slots_come_from (void **state)
{
  const char *const *sources = pv_settings_get_list (settings, PV_SETTING_PORTAL_SOURCES);

  (void) state;
  assert_non_null (sources);
  assert_true (g_strv_contains (sources, "chrono_ds_agenda_meetings_mairie_mt_titres=agenda:mairie/titres"));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (places_every_form_among_the_life_events),
    cmocka_unit_test (speaks_of_no_form_that_does_not_exist),
    cmocka_unit_test (gives_whole_legal_facts_or_none),
    cmocka_unit_test (knows_where_the_slots_come_from),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, load, unload);
}
