/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* When the courier leaves the stamp that makes the supervisor replace the sessions. */

#include "tst.h"

#include <glib/gstdio.h>

#include "kiosk/courier/cache.h"
#include "link/stamp.h"

enum { WAIT_MS = 20000 };

/* A portal whose two procedures the test writes. */
#define FAKE_TYPE_PORTAL (fake_portal_get_type ())
G_DECLARE_FINAL_TYPE (FakePortal, fake_portal, FAKE, PORTAL, GObject)

struct _FakePortal {
  GObject parent;
  gint64 now_us;
  const char *titles[2]; /* of the catalogue; NULL: not offered */
  const char *intro;     /* of the description of the first */
  gboolean is_offline;
  guint n_asked_for_own; /* what only the settings know */
};

static const char *const slugs[] = { "carte", "salle" };

static void fake_portal_iface_init (PvPortalInterface *iface);

G_DEFINE_TYPE_WITH_CODE (FakePortal, fake_portal, G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (PV_TYPE_PORTAL, fake_portal_iface_init))

static void
list (PvPortal *portal, GTask *task)
{
  FakePortal *fake = FAKE_PORTAL (portal);
  PvCatalogue *catalogue = pv_catalogue_new ();

  catalogue->fetched_us = ++fake->now_us;
  for (gsize i = 0; i < G_N_ELEMENTS (slugs); i++)
    if (fake->titles[i] != NULL)
      g_ptr_array_add (catalogue->entries, pv_catalogue_entry_new (slugs[i], fake->titles[i]));
  if (fake->is_offline) {
    pv_catalogue_unref (catalogue);
    g_task_return_error (task, pv_portal_error_new (PV_PORTAL_ERROR_OFFLINE, 0, 0, "away"));
  } else
    g_task_return_pointer (task, catalogue, (GDestroyNotify) pv_catalogue_unref);
  g_object_unref (task);
}

static void
describe (PvPortal *portal, const char *slug, GTask *task)
{
  PvProcedure *procedure = pv_procedure_new (slug, "A title");

  FAKE_PORTAL (portal)->n_asked_for_own += g_str_equal (slug, "aide");
  if (g_strcmp0 (slug, slugs[0]) == 0)
    procedure->description = g_strdup (FAKE_PORTAL (portal)->intro);
  g_task_return_pointer (task, procedure, (GDestroyNotify) pv_procedure_unref);
  g_object_unref (task);
}

static void
fake_portal_iface_init (PvPortalInterface *iface)
{
  iface->list = list;
  iface->describe = describe;
}

static void
fake_portal_class_init (FakePortalClass *klass)
{
  (void) klass;
}

static void
fake_portal_init (FakePortal *fake)
{
  fake->titles[0] = "Library card";
  fake->titles[1] = "A room";
  fake->intro = "Bring your card.";
}

typedef struct Fixture {
  char *folder, *config, *cache_folder, *stamp;
  PvSettings *settings;
  FakePortal *portal;
  PvCacheHooks hooks;
  PvCache *cache;
  gboolean has_refreshed;
} Fixture;

static void
reachable_cb (gboolean is_reachable, gpointer data)
{
  (void) is_reachable;
  (void) data;
}

static void
open_cache (Fixture *fixture)
{
  fixture->cache = pv_cache_new (fixture->cache_folder, pv_disk_get_default (), PV_PORTAL (fixture->portal),
                                 fixture->settings, &fixture->hooks, NULL);
  assert_non_null (fixture->cache);
}

static int
set_up (void **state)
{
  Fixture *fixture = g_new0 (Fixture, 1);
  g_autofree char *file = NULL;

  fixture->folder = g_dir_make_tmp ("pv-cache-XXXXXX", NULL);
  fixture->config = g_build_filename (fixture->folder, "conf.d", NULL);
  fixture->cache_folder = g_build_filename (fixture->folder, "cache", NULL);
  fixture->stamp = g_build_filename (fixture->cache_folder, PV_STAMP_FILE, NULL);
  file = g_build_filename (fixture->config, "10.conf", NULL);
  g_mkdir (fixture->config, 0700);
  g_file_set_contents (file,
                       "[commune]\nname=Montclair\n[portal]\nmode=relay\nurl=http://127.0.0.1:1\n"
                       "[appointment aide]\ntitle=Help\nsource=agenda:a/b\nfields=name;\n",
                       -1, NULL);
  fixture->settings = pv_settings_load (fixture->config, NULL);
  g_unlink (file);
  g_rmdir (fixture->config);
  fixture->portal = g_object_new (FAKE_TYPE_PORTAL, NULL);
  fixture->hooks = (PvCacheHooks){ .reachable = reachable_cb };
  open_cache (fixture);
  *state = fixture;
  return 0;
}

static int
tear_down (void **state)
{
  Fixture *fixture = *state;

  pv_cache_free (fixture->cache);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_object_unref (fixture->portal);
  pv_settings_free (fixture->settings);
  tst_remove_folder (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->config);
  g_free (fixture->cache_folder);
  g_free (fixture->stamp);
  g_free (fixture);
  return 0;
}

static void
refreshed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *fixture = user_data;

  (void) source;
  pv_cache_refresh_finish (fixture->cache, result, NULL);
  fixture->has_refreshed = TRUE;
}

/* Whether a refresh leaves a stamp; it is taken away again. */
static gboolean
refresh (Fixture *fixture)
{
  fixture->has_refreshed = FALSE;
  pv_cache_refresh_async (fixture->cache, refreshed_cb, fixture);
  assert_true (tst_pump_until (NULL, &fixture->has_refreshed, WAIT_MS));
  return g_unlink (fixture->stamp) == 0;
}

static void
only_a_change_leaves_a_stamp (void **state)
{
  Fixture *fixture = *state;

  assert_true (refresh (fixture));
  assert_false (refresh (fixture));
  fixture->portal->titles[1] = "A large room";
  assert_true (refresh (fixture));
  assert_false (refresh (fixture));
  fixture->portal->intro = "Bring nothing.";
  assert_true (refresh (fixture));
  assert_false (refresh (fixture));
  fixture->portal->titles[1] = NULL;
  assert_true (refresh (fixture));
  assert_false (refresh (fixture));
}

static void
a_portal_that_is_away_leaves_no_stamp (void **state)
{
  Fixture *fixture = *state;

  assert_true (refresh (fixture));
  fixture->portal->is_offline = TRUE;
  assert_false (refresh (fixture));
}

static void
what_the_disk_already_had_leaves_no_stamp (void **state)
{
  Fixture *fixture = *state;

  assert_true (refresh (fixture));
  pv_cache_free (fixture->cache);
  open_cache (fixture);
  assert_false (refresh (fixture));
}

static void
got_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PvProcedure **got = user_data;

  (void) source;
  *got = pv_cache_get_procedure_finish (NULL, result, NULL);
}

/* From the first start on, and whether the portal answers or not. */
static void
an_appointment_of_the_settings_needs_no_portal (void **state)
{
  Fixture *fixture = *state;

  for (guint i = 0; i < 3; i++) {
    g_autoptr (PvProcedure) got = NULL;

    assert_non_null (pv_catalogue_find (pv_cache_get_catalogue (fixture->cache), "aide"));
    pv_cache_get_procedure_async (fixture->cache, "aide", got_cb, &got);
    for (guint k = 0; k < 100 && got == NULL; k++)
      g_main_context_iteration (NULL, FALSE);
    assert_non_null (got);
    assert_true (got->is_booking);
    fixture->portal->is_offline = i == 1;
    refresh (fixture);
  }
  assert_int_equal (fixture->portal->n_asked_for_own, 0);
}

#define WITH_CACHE(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WITH_CACHE (only_a_change_leaves_a_stamp),
    WITH_CACHE (a_portal_that_is_away_leaves_no_stamp),
    WITH_CACHE (what_the_disk_already_had_leaves_no_stamp),
    WITH_CACHE (an_appointment_of_the_settings_needs_no_portal),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
