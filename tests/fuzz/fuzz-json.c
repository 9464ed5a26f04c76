/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* fuzz-json.c: whatever is accepted can be walked, stays within the limits, and reads back as it was written. */

#include <glib.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "platform/json.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check (gboolean is_true)
{
  if (!is_true)
    abort ();
}

static void
walk (const PvJson *json, int depth)
{
  gsize length = pv_json_get_length (json);
  g_autofree char *text = pv_json_as_text (json);

  check (depth <= PV_JSON_MAX_DEPTH + 1 && length <= PV_JSON_MAX_ITEMS);
  check (text == NULL || g_utf8_validate (text, -1, NULL));
  if (pv_json_get_type (json) == PV_JSON_OBJECT) {
    g_auto (GStrv) keys = pv_json_list_keys (json);

    check (g_strv_length (keys) == length);
    for (gsize i = 0; i < length; i++) {
      g_autoptr (PvJson) member = pv_json_get_member (json, keys[i]);

      walk (member, depth + 1);
    }
  }
  for (gsize i = 0; i < length && pv_json_get_type (json) == PV_JSON_ARRAY; i++) {
    g_autoptr (PvJson) item = pv_json_get_item (json, i);

    walk (item, depth + 1);
  }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PvJson) json = pv_json_parse ((const char *) data, size, &error);
  g_autoptr (PvJson) again = NULL;
  g_autoptr (PvJsonWriter) writer = NULL;
  g_autofree char *text = NULL;

  check ((json == NULL) == (error != NULL));
  if (json == NULL)
    return 0;
  walk (json, 1);
  text = pv_json_to_text (json);
  /* Escapes may make it longer than the limit of what is read. */
  again = pv_json_parse (text, strlen (text), NULL);
  check (again != NULL || strlen (text) > PV_JSON_MAX_BYTES);
  writer = pv_json_writer_new ();
  pv_json_writer_value (writer, NULL, json);
  check (strcmp (pv_json_writer_get_text (writer, NULL), text) == 0);
  if (again != NULL) {
    g_autofree char *same = pv_json_to_text (again);

    check (strcmp (same, text) == 0);
  }
  return 0;
}
