/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* fuzz-schema.c: whatever a portal answers is read as a form, a list, options, a filing, or an error; a form that was
 * read keeps the limits of core, so that it gets over the wire. */

#include <glib.h>
#include <stdint.h>
#include <stdlib.h>

#include "portal/publik/answer.h"
#include "portal/publik/judge.h"
#include "portal/publik/list.h"
#include "portal/publik/options.h"
#include "portal/publik/schema.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check (gboolean is_true)
{
  if (!is_true)
    abort ();
}

static void
read_form (const PvJson *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PvProcedure) procedure = pv_publik_read_schema (json, "acte", NULL, &error);
  g_autoptr (GVariant) variant = NULL;
  g_autoptr (PvProcedure) copy = NULL;

  check ((procedure == NULL) == (error != NULL));
  if (procedure == NULL)
    return;
  check ((procedure->fillable == PV_FILLABLE_ON_PHONE) == (procedure->unfillable_reason != NULL));
  variant = g_variant_ref_sink (pv_procedure_to_variant (procedure));
  copy = pv_procedure_from_variant (variant, NULL);
  check (copy != NULL);
}

static void
read_others (const PvJson *json)
{
  g_autoptr (PvCatalogue) catalogue = pv_publik_read_list (json, NULL, 0, NULL);
  g_autoptr (GPtrArray) options = pv_publik_read_options (json, NULL);
  g_autoptr (PvFound) rows = pv_publik_read_found_rows (json, "parvis_ref", "BCDFGHJKLM", NULL);
  g_autoptr (PvFound) found = pv_publik_read_found (json, NULL);
  g_autoptr (PvFollowed) followed = pv_publik_read_followed (json, NULL);

  check (followed == NULL || followed->status != NULL);
  check (rows == NULL || rows->found || rows->number == NULL);
  check (found == NULL || found->found || found->number == NULL);
  if (catalogue != NULL) {
    g_autoptr (GVariant) variant = g_variant_ref_sink (pv_catalogue_to_variant (catalogue));
    g_autoptr (PvCatalogue) copy = pv_catalogue_from_variant (variant, NULL);

    check (copy != NULL);
  }
  if (options != NULL) {
    g_autoptr (GVariant) variant = g_variant_ref_sink (pv_options_to_variant (options));
    g_autoptr (GPtrArray) copy = pv_options_from_variant (variant, NULL);

    check (copy != NULL);
  }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const guint statuses[] = { 200, 400, 403, 404, 500, 503 };

  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++) {
    PvPublikAnswer answer = { .status = statuses[i], .body = (const char *) data, .size = size, .retry_after_s = -1 };
    g_autoptr (GError) error = NULL;
    g_autoptr (PvJson) json = pv_publik_judge (PV_PUBLIK_CALL_READ, &answer, &error);

    check ((json == NULL) == (error != NULL));
    if (json == NULL)
      continue;
    if (pv_json_get_type (json) == PV_JSON_OBJECT)
      read_form (json);
    read_others (json);
  }
  return 0;
}
