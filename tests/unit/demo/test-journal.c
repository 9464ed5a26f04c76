/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include <glib/gstdio.h>
#include <string.h>

#include "demo/journal.h"

typedef struct Fixture {
  char *folder;
  PvDemoPortal portal;
} Fixture;

static int
set_up (void **state)
{
  Fixture *fixture = g_new0 (Fixture, 1);

  fixture->folder = g_dir_make_tmp ("pv-demo-XXXXXX", NULL);
  fixture->portal.store = pv_demo_store_open (fixture->folder, NULL);
  *state = fixture;
  return fixture->portal.store == NULL;
}

static int
tear_down (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *path = g_build_filename (fixture->folder, "portal.sqlite", NULL);

  pv_demo_store_close (fixture->portal.store);
  g_remove (path);
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture);
  return 0;
}

/* The row that a call leaves: "SLUG MARK", or "" if it leaves none. */
static char *
note (PvDemoPortal *portal, const char *method, const char *path, const char *query, const char *body)
{
  PvDemoRequest request = {
    .method = method, .path = path, .query = query, .body = body, .body_size = body != NULL ? strlen (body) : 0
  };
  gint64 number = pv_demo_journal_begin (portal, pv_demo_call_name (method, path), &request);
  g_autoptr (GPtrArray) calls = pv_demo_store_list_calls (portal->store);
  const PvDemoCall *last = number != 0 && calls->len > 0 ? calls->pdata[calls->len - 1] : NULL;

  return last != NULL ? g_strdup_printf ("%s %s", last->slug, last->mark) : g_strdup ("");
}

static void
knows_a_filing_by_its_reference_or_its_comment (void **state)
{
  static const struct {
    const char *method, *path, *query, *body, *row;
  } rows[] = {
    { "POST", "/api/formdefs/a/submit", NULL, "{\"data\":{\"parvis_ref\":\"R1\"},\"context\":{\"comments\":\"R2\"}}",
      "a R1" },
    { "POST", "/api/formdefs/a/submit", NULL, "{\"data\":{\"nom\":\"N\"},\"context\":{\"comments\":\"R2\"}}", "a R2" },
    { "POST", "/api/formdefs/a/submit", NULL, "{\"data\":[],\"context\":3}", "a " },
    { "POST", "/api/formdefs/a/submit", NULL, "rubbish", "a " },
    { "POST", "/api/formdefs/a/submit", NULL, NULL, "a " },
    { "GET", "/relay/find", "form=a&ref=R1", NULL, "a R1" },
    { "GET", "/api/forms/a/list", "filter-parvis_ref=R1&limit=5", NULL, "a R1" },
    { "GET", "/api/forms/a/list", NULL, NULL, "a " },
    { "GET", "/api/formdefs/", NULL, NULL, "" },
    { "GET", "/relay/follow", "code=C", NULL, "" },
  };
  Fixture *fixture = *state;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *row = note (&fixture->portal, rows[i].method, rows[i].path, rows[i].query, rows[i].body);

    if (strcmp (row, rows[i].row) != 0)
      fail_msg ("row %zu: \"%s\"", i, row);
  }
}

static PvDemoTold
tell (PvDemoPortal *portal, const char *call, guint status, const char *body, PvDemoFaultKind fault)
{
  PvDemoRequest request = { .method = "GET", .path = "/relay/find", .query = "form=a&ref=R1" };
  g_autoptr (PvDemoReply) reply = pv_demo_reply_new (status, g_strdup (body));
  PvDemoTrouble trouble = { .delay_s = 0 };
  gint64 number = pv_demo_journal_begin (portal, call, &request);
  g_autoptr (GPtrArray) calls = NULL;

  if (fault < PV_DEMO_N_FAULTS)
    trouble.has[fault] = TRUE;
  pv_demo_journal_end (portal, number, call, reply, &trouble);
  calls = pv_demo_store_list_calls (portal->store);
  return ((PvDemoCall *) calls->pdata[calls->len - 1])->told;
}

static void
tells_what_the_caller_was_told (void **state)
{
  static const struct {
    const char *call;
    guint status;
    const char *body;
    PvDemoFaultKind fault;
    PvDemoTold told;
  } rows[] = {
    { "submit", 200, "{\"err\":0}", PV_DEMO_N_FAULTS, PV_DEMO_TOLD_TAKEN },
    { "submit", 200, "{\"err\":0}", PV_DEMO_FAULT_DELAY, PV_DEMO_TOLD_TAKEN },
    { "submit", 403, "{\"err\":1}", PV_DEMO_N_FAULTS, PV_DEMO_TOLD_REFUSED },
    { "submit", 503, "{\"err\":1}", PV_DEMO_FAULT_REFUSE, PV_DEMO_TOLD_REFUSED },
    { "submit", 500, "{\"err\":1}", PV_DEMO_N_FAULTS, PV_DEMO_TOLD_RUBBISH },
    { "submit", 500, "<html>", PV_DEMO_FAULT_ERROR_500, PV_DEMO_TOLD_RUBBISH },
    { "submit", 200, "{\"err\":0}", PV_DEMO_FAULT_ERROR_500_AFTER, PV_DEMO_TOLD_RUBBISH },
    { "submit", 200, "{\"err\":0}", PV_DEMO_FAULT_TRUNCATED, PV_DEMO_TOLD_RUBBISH },
    { "submit", 200, "{\"err\":0}", PV_DEMO_FAULT_RUBBISH, PV_DEMO_TOLD_RUBBISH },
    { "submit", 200, "{\"err\":0}", PV_DEMO_FAULT_CUT, PV_DEMO_TOLD_NOTHING },
    { "submit", 200, "{\"err\":0}", PV_DEMO_FAULT_DROP_AFTER_STORE, PV_DEMO_TOLD_NOTHING },
    { "find", 200, "{\"err\":0,\"data\":{\"found\":true}}", PV_DEMO_N_FAULTS, PV_DEMO_TOLD_FOUND },
    { "find", 200, "{\"err\":0,\"data\":{\"found\":false}}", PV_DEMO_N_FAULTS, PV_DEMO_TOLD_NONE },
    { "find", 200, "{\"err\":0,\"data\":[{\"id\":1}]}", PV_DEMO_N_FAULTS, PV_DEMO_TOLD_FOUND },
    { "find", 200, "{\"err\":0,\"data\":[]}", PV_DEMO_N_FAULTS, PV_DEMO_TOLD_NONE },
    { "find", 200, "{\"err\":0,\"data\":[]}", PV_DEMO_FAULT_CUT, PV_DEMO_TOLD_NOTHING },
    { "find", 404, "{\"err\":1}", PV_DEMO_N_FAULTS, PV_DEMO_TOLD_REFUSED },
  };
  Fixture *fixture = *state;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    PvDemoTold told = tell (&fixture->portal, rows[i].call, rows[i].status, rows[i].body, rows[i].fault);

    if (told != rows[i].told)
      fail_msg ("row %zu: %d", i, (int) told);
  }
}

static void
an_attempt_is_there_before_it_is_answered_and_after_a_restart (void **state)
{
  Fixture *fixture = *state;
  PvDemoRequest request = { .method = "GET", .path = "/relay/find", .query = "form=a&ref=R1" };
  g_autoptr (GPtrArray) calls = NULL;
  const PvDemoCall *call;

  assert_true (pv_demo_journal_begin (&fixture->portal, "find", &request) != 0);
  pv_demo_store_close (fixture->portal.store);
  fixture->portal.store = pv_demo_store_open (fixture->folder, NULL);
  calls = pv_demo_store_list_calls (fixture->portal.store);
  assert_int_equal (calls->len, 1);
  call = calls->pdata[0];
  assert_int_equal (call->called, PV_DEMO_CALLED_FIND);
  assert_int_equal (call->told, PV_DEMO_TOLD_NOTHING);
}

#define WITH_STORE(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WITH_STORE (knows_a_filing_by_its_reference_or_its_comment),
    WITH_STORE (tells_what_the_caller_was_told),
    WITH_STORE (an_attempt_is_there_before_it_is_answered_and_after_a_restart),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
