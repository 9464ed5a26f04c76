/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A text of a screen up to the first zero, behind it a file of difficult words. */

#include <glib.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/glossary.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check (gboolean holds)
{
  if (!holds)
    abort ();
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const char *bytes = (const char *) data;
  gsize length = size > 0 ? strnlen (bytes, size) : 0;
  g_autofree char *text = g_strndup (bytes, length);
  g_autoptr (PvGlossary) glossary = pv_glossary_new ();
  g_autoptr (GPtrArray) errors = g_ptr_array_new_with_free_func (g_free), found = g_ptr_array_new ();

  if (length < size)
    pv_glossary_add (glossary, "fr", bytes + length + 1, size - length - 1, errors);
  check (errors->len <= PV_GLOSSARY_MAX_ERRORS && pv_glossary_get_n_entries (glossary) <= PV_GLOSSARY_MAX_ENTRIES);
  pv_glossary_find (glossary, "fr", text, found);
  check (found->len <= PV_GLOSSARY_MAX_FOUND && found->len <= pv_glossary_get_n_entries (glossary));
  for (guint i = 0; i < found->len; i++) {
    const PvGlossaryEntry *entry = found->pdata[i];
    g_autoptr (GPtrArray) itself = g_ptr_array_new ();

    check (g_utf8_validate (entry->word, -1, NULL) && g_utf8_strlen (entry->explanation, -1) <= PV_GLOSSARY_MAX_CHARS);
    pv_glossary_find (glossary, "fr", entry->word, itself); /* or a longer word, or one that only lacks an accent */
    check (itself->len >= 1);
  }
  return 0;
}
