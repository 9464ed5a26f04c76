/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "schema-fixture.h"

#include <string.h>

#include "portal/publik/schema.h"
#include "tst.h"

PvProcedure *
schema_read_text (const char *text, GHashTable *sources)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PvJson) json = pv_json_parse (text, strlen (text), &error);
  PvProcedure *procedure;

  if (error != NULL)
    print_error ("%s: %s\n", text, error->message);
  assert_non_null (json);
  procedure = pv_publik_read_schema (json, "acte", sources, &error);
  assert_null (error);
  return procedure;
}

PvProcedure *
schema_read_fields (const char *fields, GHashTable *sources)
{
  g_autofree char *text =
    g_strdup_printf ("{\"name\":\"Acte\",\"id\":\"18\",\"enable_tracking_codes\":true,\"fields\":["
                     "{\"type\":\"page\",\"id\":\"p\",\"label\":\"Une page\"},"
                     "{\"type\":\"string\",\"id\":\"z\",\"label\":\"Z\",\"varname\":\"z\","
                     "\"required\":\"optional\"}%s%s]}",
                     *fields != '\0' ? "," : "", fields);

  return schema_read_text (text, sources);
}

const PvQuestion *
schema_get_question (const PvProcedure *procedure, const char *id)
{
  const PvQuestion *question = pv_procedure_find_question (procedure, id);

  if (question == NULL)
    print_error ("no question %s: %s\n", id, procedure->unfillable_reason);
  assert_non_null (question);
  return question;
}

void
schema_assert_fillable (const PvProcedure *procedure, gboolean is_fillable, const char *about)
{
  if ((procedure->fillable == PV_FILLABLE) != is_fillable)
    print_error ("%s: %s\n", about, procedure->unfillable_reason);
  assert_int_equal (procedure->fillable == PV_FILLABLE, is_fillable);
}
