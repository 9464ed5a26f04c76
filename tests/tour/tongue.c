/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tongue.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>

#include "eye.h"
#include "platform/language.h"
#include "platform/texts-file.h"

struct TourTongue {
  char *language;
  GHashTable *portal; /* French, squeezed -> translation, with plain spaces */
};

/* The form that is filled in, and what is in any form. */
static gboolean
is_of_tour (const PvTextEntry *entry)
{
  return g_str_equal (entry->form, PV_TEXTS_ANY) || g_str_equal (entry->form, "inscription-scolaire");
}

TourTongue *
tour_tongue_new (const char *language, const char *folder)
{
  const char *const folders[] = { folder, NULL };
  g_autoptr (PvTexts) texts = pv_texts_file_read_all (folders, language, NULL);
  g_autoptr (GPtrArray) entries = texts != NULL ? pv_texts_list (texts) : NULL;
  TourTongue *tongue;

  if (entries == NULL) {
    g_printerr ("There are no texts of the portal in \"%s\" in %s.\n", language, folder);
    exit (EXIT_FAILURE);
  }
  tongue = g_new0 (TourTongue, 1);
  tongue->language = g_strdup (language);
  tongue->portal = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < entries->len; i++) {
    const PvTextEntry *entry = entries->pdata[i];

    if (is_of_tour (entry))
      g_hash_table_insert (tongue->portal, tour_with_plain_spaces (pv_texts_squeeze (entry->french)),
                           tour_with_plain_spaces (g_strdup (entry->translation)));
  }
  pv_language_start ();
  pv_language_set (language);
  return tongue;
}

const char *
tour_tongue_get_language (const TourTongue *tongue)
{
  return tongue->language;
}

/* There are some dozens of them. */
static const char *
keep (const char *text)
{
  g_autofree char *plain = tour_with_plain_spaces (g_strdup (text));

  return g_intern_string (plain);
}

static const char *
keep_and_free (char *text)
{
  g_autofree char *owned = text;

  return keep (owned);
}

const char *
tour_tongue_say (const TourTongue *tongue, const char *context, const char *english)
{
  (void) tongue;
  return keep (context != NULL ? g_dpgettext2 (GETTEXT_PACKAGE, context, english)
                               : g_dgettext (GETTEXT_PACKAGE, english));
}

const char *
tour_tongue_say_one (const TourTongue *tongue, const char *english, const char *plural)
{
  GString *text = g_string_new (g_dngettext (GETTEXT_PACKAGE, english, plural, 1));

  (void) tongue;
  g_string_replace (text, "%u", "1", 0);
  return keep_and_free (g_string_free (text, FALSE));
}

const char *
tour_tongue_translate (const TourTongue *tongue, const char *french)
{
  g_autofree char *key = tour_with_plain_spaces (pv_texts_squeeze (french));
  const char *translation = g_hash_table_lookup (tongue->portal, key);

  return translation != NULL ? translation : french;
}
