/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The file of translated texts: whatever is kept of it is found by its French, and is read again as it is. */

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/texts.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check (gboolean is_true)
{
  if (!is_true)
    abort ();
}

/* As the entry would stand in a file. */
static void
write_entry (GString *text, const PvTextEntry *entry)
{
  g_auto (GStrv) lines = g_strsplit (entry->translation, "\n", -1);
  g_autofree char *translation = g_strjoinv ("\\n", lines);

  g_string_append_printf (text, "[%s%s%s]\nfr: %s\nen: %s\n", entry->form, entry->field != NULL ? "/" : "",
                          entry->field != NULL ? entry->field : "", entry->french, translation);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GPtrArray) errors = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (PvTexts) texts = pv_texts_new ("en"), again = pv_texts_new ("en");
  g_autoptr (GString) kept = g_string_new (NULL);
  g_autoptr (GPtrArray) entries = NULL;

  pv_texts_parse (texts, (const char *) data, size, NULL, errors);
  check (errors->len <= PV_TEXTS_MAX_ERRORS);
  entries = pv_texts_list (texts);
  check (entries->len <= PV_TEXTS_MAX_ENTRIES);
  for (guint i = 0; i < entries->len; i++) {
    const PvTextEntry *entry = entries->pdata[i];

    check (g_utf8_validate (entry->translation, -1, NULL) && strlen (entry->french) <= PV_TEXTS_MAX_TEXT_BYTES);
    check (pv_texts_find_entry (texts, entry->form, entry->field, entry->french) == entry);
    write_entry (kept, entry);
  }
  g_ptr_array_set_size (errors, 0);
  pv_texts_parse (again, kept->str, kept->len, NULL, errors);
  check (errors->len == 0 || kept->len > PV_TEXTS_MAX_BYTES);
  for (guint i = 0; errors->len == 0 && i < entries->len; i++) {
    const PvTextEntry *entry = entries->pdata[i];

    check (g_strcmp0 (pv_texts_find (again, entry->form, entry->field, entry->french), entry->translation) == 0);
  }
  return 0;
}
