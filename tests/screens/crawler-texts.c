/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "crawler-texts.h"

#include "platform/texts-file.h"
#include "tongue.h"

static GHashTable *kept; /* (element-type utf8 PvTexts) */

static PvTexts *
read_shipped (const char *language)
{
  g_autofree char *folder = g_build_filename (g_getenv ("PV_SOURCE_DIR"), "kiosk-config", "texts", NULL);
  const char *folders[] = { folder, NULL };

  return pv_texts_file_read_all (folders, language, NULL);
}

/* From English. */
static PvTexts *
make_pseudo (Tongue tongue)
{
  g_autoptr (PvTexts) english = read_shipped ("en");
  g_autoptr (GPtrArray) entries = english != NULL ? pv_texts_list (english) : NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  PvTexts *texts = english != NULL ? pv_texts_new ("en") : NULL;

  tongue_set (tongue);
  for (guint i = 0; entries != NULL && i < entries->len; i++) {
    const PvTextEntry *entry = entries->pdata[i];
    g_auto (GStrv) lines = g_strsplit (t (entry->translation, entry->french), "\n", -1);
    g_autofree char *translation = g_strjoinv ("\\n", lines);

    g_string_append_printf (text, "[%s%s%s]\nfr: %s\nen: %s\n", entry->form, entry->field != NULL ? "/" : "",
                            entry->field != NULL ? entry->field : "", entry->french, translation);
  }
  if (texts != NULL)
    pv_texts_parse (texts, text->str, text->len, NULL, NULL);
  return texts;
}

PvTexts *
crawler_get_texts (const char *language)
{
  PvTexts *texts;

  if (g_str_equal (language, "fr"))
    return NULL;
  if (kept == NULL)
    kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) pv_texts_unref);
  texts = g_hash_table_lookup (kept, language);
  if (texts != NULL)
    return texts;
  if (g_str_equal (language, "qps") || g_str_equal (language, "qpa"))
    texts = make_pseudo (g_str_equal (language, "qps") ? TONGUE_QPS : TONGUE_QPA);
  else
    texts = read_shipped (language);
  if (texts != NULL)
    g_hash_table_insert (kept, g_strdup (language), texts);
  return texts;
}

void
crawler_free_texts (void)
{
  g_clear_pointer (&kept, g_hash_table_unref);
}
