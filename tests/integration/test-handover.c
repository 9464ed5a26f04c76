/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A form of another site, from the outbox through a worker to that site: the demo plays it. */

#include "tst.h"

#include <gio/gunixfdlist.h>
#include <string.h>
#include <unistd.h>

#include "core/catalogue.h"
#include "core/submission.h"
#include "link/memfd.h"
#include "rig.h"

enum { TIME_SCALE = 60, MAX_DOCUMENT_BYTES = 8 * 1024 * 1024 };

static int
set_up (void **state)
{
  Rig *rig = rig_new (TIME_SCALE);
  g_autofree char *text = NULL;

  *state = rig;
  if (rig == NULL)
    return 1;
  text = g_strdup_printf ("[handover bourse-jeunes]\ntitle=Bourse pour les jeunes\ndemarche=104242\n"
                          "path=bourse-jeunes-montclair\nurl=http://127.0.0.1:%u\n"
                          "fields=Votre nom:identite_nom:text;Votre e-mail:champ_Q2hhbXAtMTA0:email?;\n",
                          rig->portal_port);
  rig_add_settings (rig, "30.conf", text);
  return rig_start_courier (rig) ? 0 : 1;
}

static int
tear_down (void **state)
{
  return rig_free (*state) ? 0 : 1;
}

/* (nullable) */
static GVariant *
read_document (GUnixFDList *fds, GVariant *handle, const GVariantType *type)
{
  int fd = g_unix_fd_list_get (fds, g_variant_get_handle (handle), NULL);
  GVariant *document = pv_memfd_read_variant (fd, type, MAX_DOCUMENT_BYTES, NULL);

  close (fd);
  return document;
}

static PvCatalogue *
get_catalogue (Rig *rig)
{
  g_autoptr (GUnixFDList) fds = NULL;
  g_autoptr (GVariant) handle = NULL, document = NULL;

  if (!pv_link_courier1_call_get_catalogue_sync (rig->proxy, G_DBUS_CALL_FLAGS_NONE, 20000, NULL, &handle, &fds, NULL,
                                                 NULL))
    return NULL;
  document = read_document (fds, handle, G_VARIANT_TYPE (PV_CATALOGUE_DOCUMENT));
  return document != NULL ? pv_catalogue_from_variant (document, NULL) : NULL;
}

static void
it_stands_among_the_procedures_of_the_portal (void **state)
{
  Rig *rig = *state;
  gint64 end = g_get_monotonic_time () + RIG_DEADLINE_MS * G_TIME_SPAN_MILLISECOND;
  g_autoptr (PvCatalogue) catalogue = NULL;
  g_autoptr (PvProcedure) procedure = NULL;
  g_autoptr (GUnixFDList) fds = NULL;
  g_autoptr (GVariant) handle = NULL, document = NULL;

  assert_true (rig_connect (rig));
  while ((catalogue == NULL || catalogue->entries->len == 0) && g_get_monotonic_time () < end) {
    g_clear_pointer (&catalogue, pv_catalogue_unref);
    rig_pump (rig, 20);
    catalogue = get_catalogue (rig);
  }
  assert_non_null (pv_catalogue_find (catalogue, "encombrants"));
  assert_non_null (pv_catalogue_find (catalogue, "bourse-jeunes"));
  assert_true (pv_link_courier1_call_get_procedure_sync (rig->proxy, "bourse-jeunes", G_DBUS_CALL_FLAGS_NONE, 20000,
                                                         NULL, &handle, &fds, NULL, NULL));
  document = read_document (fds, handle, G_VARIANT_TYPE_VARDICT);
  procedure = pv_procedure_from_variant (document, NULL);
  assert_true (procedure->is_handover);
  assert_int_equal (procedure->draft_days, 5);
}

static void
the_answers_wait_on_the_other_site (void **state)
{
  Rig *rig = *state;
  RigFiling *filing = rig_new_filing (rig, "bourse-jeunes", NULL, PV_OUTBOX_DRAFT);
  const char *path;

  assert_true (rig_store (rig, filing));
  assert_true (rig_wait_outcome (rig, filing, PV_OUTCOME_DRAFT, RIG_DEADLINE_MS));
  assert_non_null (filing->outcome->number);
  assert_null (filing->outcome->tracking_code);
  path = strstr (filing->outcome->resume_url, "/commencer/bourse-jeunes-montclair?prefill_token=");
  assert_non_null (path);
  assert_int_equal (rig_count_requests (rig, "prefill"), 1);
  /* Nothing of it went to the commune's portal. */
  assert_int_equal (rig_count_requests (rig, "submit"), 0);
}

static void
each_trouble_of_the_other_site_ends_as_it_must (void **state)
{
  static const struct {
    const char *faults;
    PvOutcomeKind kind;
  } rows[] = {
    { "{\"kind\":\"error-500\",\"on\":\"prefill\",\"times\":2}", PV_OUTCOME_DRAFT },
    { "{\"kind\":\"drop-before-store\",\"on\":\"prefill\",\"times\":1}", PV_OUTCOME_DRAFT },
    { "{\"kind\":\"drop-after-store\",\"on\":\"prefill\",\"times\":1}", PV_OUTCOME_DRAFT },
    { "{\"kind\":\"rubbish\",\"on\":\"prefill\",\"times\":1}", PV_OUTCOME_DRAFT },
    { "{\"kind\":\"refuse\",\"on\":\"prefill\",\"status\":429,\"times\":1}", PV_OUTCOME_DRAFT },
    { "{\"kind\":\"refuse\",\"on\":\"prefill\",\"status\":404,\"times\":1}", PV_OUTCOME_REFUSED },
  };
  Rig *rig = *state;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *json = g_strdup_printf ("{\"faults\":[%s]}", rows[i].faults);
    RigFiling *filing = rig_new_filing (rig, "bourse-jeunes", NULL, PV_OUTBOX_DRAFT);

    assert_true (rig_set_faults (rig, json));
    assert_true (rig_store (rig, filing));
    if (!rig_wait_outcome (rig, filing, rows[i].kind, RIG_DEADLINE_MS))
      fail_msg ("row %zu: told %d", i, filing->outcome != NULL ? (int) filing->outcome->kind : -1);
  }
}

#define T(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    T (it_stands_among_the_procedures_of_the_portal),
    T (the_answers_wait_on_the_other_site),
    T (each_trouble_of_the_other_site_ends_as_it_must),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
