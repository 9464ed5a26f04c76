/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What w.c.s. makes of what it is sent: it turns, drops and forgets, and never says so. */

#include "tst.h"

#include "demo/values.h"

static PvDemoSite *site;

static const char form_text[] =
  "{\"fields\": ["
  "{\"id\": \"1\", \"type\": \"page\", \"label\": \"P\"},"
  "{\"id\": \"2\", \"type\": \"string\", \"varname\": \"s\"},"
  "{\"id\": \"3\", \"type\": \"bool\", \"varname\": \"b\"},"
  "{\"id\": \"4\", \"type\": \"numeric\", \"varname\": \"n\"},"
  "{\"id\": \"5\", \"type\": \"date\", \"varname\": \"d\"},"
  "{\"id\": \"6\", \"type\": \"file\", \"varname\": \"f\"},"
  "{\"id\": \"7\", \"type\": \"item\", \"varname\": \"i\", \"items\": [\"A\", \"B\"], \"data_source\": {}},"
  "{\"id\": \"8\", \"type\": \"item\", \"varname\": \"c\", \"data_source\": {\"type\": \"carddef:ecoles\"}},"
  "{\"id\": \"9\", \"type\": \"items\", \"varname\": \"m\", \"items\": [\"A\", \"B\"], \"data_source\": {}},"
  "{\"id\": \"10\", \"type\": \"block\", \"varname\": \"k\", \"schema\": {\"fields\": ["
  "  {\"id\": \"a\", \"type\": \"bool\", \"varname\": \"x\"}, {\"id\": \"b\", \"type\": \"string\"}]}},"
  "{\"id\": \"11\", \"type\": \"string\"},"
  "{\"id\": \"12\", \"type\": \"computed\", \"varname\": \"z\"},"
  "{\"id\": \"13\", \"type\": \"map\", \"varname\": \"p\"},"
  "{\"id\": \"14\", \"type\": \"string\", \"varname\": \"s\"}"
  "]}";

static char *
keep (const char *data)
{
  g_autoptr (PvJson) form = pv_json_parse (form_text, strlen (form_text), NULL);
  g_autoptr (PvJson) json = pv_json_parse (data, strlen (data), NULL);
  g_autofree char *kept = NULL;
  g_autoptr (PvJson) parsed = NULL;

  assert_non_null (form);
  assert_non_null (json);
  kept = pv_demo_values_keep (site, form, json, 0);
  parsed = pv_json_parse (kept, strlen (kept), NULL);
  assert_non_null (parsed);
  return pv_json_to_text (parsed);
}

static void
turns_values_into_the_type_of_their_field (void **state)
{
  static const struct {
    const char *sent, *kept; /* without "_unnamed", which is empty */
  } rows[] = {
    { "{}", "" },
    { "{\"unknown\": 1}", "" },
    { "{\"z\": \"never\"}", "" },
    { "{\"s\": \"é\"}", "\"s\":\"é\"" },
    { "{\"s\": 12}", "\"s\":\"12\"" },
    { "{\"s\": true}", "\"s\":\"True\"" },
    { "{\"s\": null}", "\"s\":null" },
    { "{\"2\": \"by id\"}", "\"s\":\"by id\"" },
    { "{\"b\": true}", "\"b\":true" },
    { "{\"b\": \"false\"}", "\"b\":true" },
    { "{\"b\": \"\"}", "\"b\":false" },
    { "{\"b\": 0}", "\"b\":false" },
    { "{\"n\": 3}", "\"n\":\"3\"" },
    { "{\"n\": \"1.5\"}", "\"n\":\"1.5\"" },
    { "{\"n\": \"three\"}", "\"n\":null" },
    { "{\"d\": \"2020-02-29\"}", "\"d\":\"2020-02-29\"" },
    { "{\"d\": \"2021-02-29\"}", "\"d\":null" },
    { "{\"d\": \"29/02/2020\"}", "\"d\":null" },
    { "{\"f\": {\"filename\": \"a.pdf\", \"content\": \"QUJD\"}}",
      "\"f\":{\"content\":\"QUJD\",\"content_type\":\"application/octet-stream\",\"filename\":\"a.pdf\"}" },
    { "{\"f\": {\"filename\": \"a.pdf\", \"content\": \"not base64\"}}", "\"f\":null" },
    { "{\"f\": \"a.pdf\"}", "\"f\":null" },
    { "{\"i\": \"A\"}", "\"i\":\"A\"" },
    { "{\"i\": \"Z\"}", "\"i\":\"Z\"" },
    { "{\"c\": \"2\"}", "\"c\":\"École des Tilleuls\",\"c_raw\":\"2\",\"c_structured\":{\"adresse\":"
                        "\"3 allée des Tilleuls\",\"id\":\"2\",\"text\":\"École des Tilleuls\"}" },
    { "{\"c\": \"77\"}", "\"c\":\"77\",\"c_raw\":\"77\"" },
    { "{\"m\": [\"A\", \"B\"]}", "\"m\":[\"A\",\"B\"]" },
    { "{\"m\": \"A\"}", "\"m\":[]" },
    { "{\"k\": [{\"x\": \"yes\", \"b\": \"by id\", \"y\": 1}]}", "\"k\":[{\"b\":\"by id\",\"x\":true}]" },
    { "{\"k\": [1]}", "\"k\":[{}]" },
    { "{\"p\": {\"lat\": \"48.2\", \"lon\": \"3.2\"}}", "\"p\":{\"lat\":\"48.2\",\"lon\":\"3.2\"}" },
    { "{\"p\": [[[[[[[[[[[1]]]]]]]]]]]}", "\"p\":null" },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *kept = keep (rows[i].sent);
    g_autofree char *wanted = g_strdup_printf ("{\"_unnamed\":{}%s%s}", *rows[i].kept != '\0' ? "," : "", rows[i].kept);

    assert_string_equal (kept, wanted);
  }
}

static void
keeps_fields_without_a_name_by_their_id (void **state)
{
  g_autofree char *direct = keep ("{\"11\": \"x\"}");
  g_autofree char *apart = keep ("{\"_unnamed\": {\"11\": \"x\", \"99\": \"y\"}}");

  (void) state;
  assert_string_equal (direct, "{\"_unnamed\":{\"11\":\"x\"}}");
  assert_string_equal (apart, "{\"_unnamed\":{\"11\":\"x\"}}");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (turns_values_into_the_type_of_their_field),
    cmocka_unit_test (keeps_fields_without_a_name_by_their_id),
  };
  int failed;

  tst_init ();
  site = pv_demo_site_load (g_getenv ("PV_DEMO_DATA"), NULL);
  if (site == NULL)
    return 1;
  failed = cmocka_run_group_tests (tests, NULL, NULL);
  pv_demo_site_free (site);
  return failed;
}
