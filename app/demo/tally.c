/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "demo/tally.h"

#include <string.h>

struct PvDemoTally {
  GHashTable *counts; /* (element-type utf8 guint) */
};

PvDemoTally *
pv_demo_tally_new (void)
{
  PvDemoTally *self = g_new0 (PvDemoTally, 1);

  self->counts = g_hash_table_new (g_str_hash, g_str_equal);
  return self;
}

void
pv_demo_tally_free (PvDemoTally *self)
{
  g_hash_table_unref (self->counts);
  g_free (self);
}

void
pv_demo_tally_add (PvDemoTally *self, const char *kind)
{
  guint count = GPOINTER_TO_UINT (g_hash_table_lookup (self->counts, kind));

  g_hash_table_insert (self->counts, (gpointer) kind, GUINT_TO_POINTER (count + 1));
}

static int
compare_cb (gconstpointer a, gconstpointer b)
{
  return strcmp (a, b);
}

char *
pv_demo_tally_to_json (PvDemoTally *self)
{
  g_autoptr (GList) kinds = g_list_sort (g_hash_table_get_keys (self->counts), compare_cb);
  GString *json = g_string_new ("{");
  guint total = 0;

  for (GList *kind = kinds; kind != NULL; kind = kind->next) {
    guint count = GPOINTER_TO_UINT (g_hash_table_lookup (self->counts, kind->data));
    g_string_append_printf (json, "\"%s\": %u, ", (const char *) kind->data, count);
    total += count;
  }
  g_string_append_printf (json, "\"total\": %u}", total);
  return g_string_free (json, FALSE);
}
