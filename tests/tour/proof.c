/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "proof.h"

#include <gio/gio.h>
#include <string.h>

#include "platform/json.h"
#include "roll.h"

enum { TEXT_BYTES = 4096 };

/* What a program prints; it must end well. */
static char *
read_output (TourWalk *walk, const char *const *command)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) program = g_subprocess_newv (command, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_autofree char *text = NULL;

  if (program == NULL || !g_subprocess_communicate_utf8 (program, NULL, NULL, &text, NULL, &error)
      || !g_subprocess_get_successful (program))
    tour_fail (walk, "%s does not work: %s", command[0], error != NULL ? error->message : "it fails");
  return g_steal_pointer (&text);
}

/* Texts as they are, lists joined, "yes" and "no" as the person said them. */
static char *
as_said (const PvJson *value)
{
  if (pv_json_get_type (value) == PV_JSON_BOOL)
    return g_strdup (pv_json_get_bool (value) ? "Oui" : "Non");
  if (pv_json_get_type (value) == PV_JSON_ARRAY) {
    GString *joined = g_string_new (NULL);

    for (gsize i = 0; i < pv_json_get_length (value); i++) {
      g_autoptr (PvJson) item = pv_json_get_item (value, i);
      g_autofree char *text = pv_json_as_text (item);

      g_string_append_printf (joined, "%s%s", i > 0 ? ", " : "", text != NULL ? text : "");
    }
    return g_string_free (joined, FALSE);
  }
  return pv_json_get_type (value) == PV_JSON_OBJECT ? pv_json_to_text (value) : pv_json_as_text (value);
}

/* "block/0/name", or the name alone. (transfer full) (nullable) */
static PvJson *
find_value (const PvJson *values, const char *path)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", 3);
  g_autoptr (PvJson) member = pv_json_get_member (values, parts[0]);
  g_autoptr (PvJson) row = NULL;

  if (g_strv_length (parts) < 3 || member == NULL)
    return g_steal_pointer (&member);
  row = pv_json_get_item (member, (gsize) g_ascii_strtoull (parts[1], NULL, 10));
  return row != NULL ? pv_json_get_member (row, parts[2]) : NULL;
}

static void
compare_answers (TourWalk *walk, const PvJson *values)
{
  GHashTableIter iter;
  gpointer variable, typed;

  g_hash_table_iter_init (&iter, walk->filed);
  while (g_hash_table_iter_next (&iter, &variable, &typed)) {
    g_autoptr (PvJson) value = find_value (values, variable);
    g_autofree char *held = value != NULL ? tour_with_plain_spaces (as_said (value)) : NULL;

    if (g_str_equal (typed, TOUR_SOMETHING) ? held == NULL || held[0] == '\0' : g_strcmp0 (held, typed) != 0)
      tour_fail (walk, "the portal holds \"%s\" for %s, and \"%s\" was answered.", held != NULL ? held : "nothing",
                 (const char *) variable, (const char *) typed);
  }
  tour_say ("The portal holds all %u answers", g_hash_table_size (walk->filed));
}

void
tour_prove_filing (TourWalk *walk, const char *demo_program, const char *demo_state, const char *number)
{
  const char *const command[] = { demo_program, "--state", demo_state, "--dump-newest", NULL };
  g_autofree char *text = read_output (walk, command);
  g_autoptr (PvJson) filing = pv_json_parse (text, strlen (text), NULL);
  g_autoptr (PvJson) values = filing != NULL ? pv_json_get_member (filing, "values") : NULL;
  g_autofree char *held = NULL;

  if (values == NULL || !pv_json_read_text (filing, "number", TEXT_BYTES, &held, NULL))
    tour_fail (walk, "what the portal holds cannot be read.");
  if (!g_str_equal (held, number))
    tour_fail (walk, "the portal's number is \"%s\", the screen said \"%s\".", held, number);
  tour_say ("The portal's number is \"%s\", too", held);
  compare_answers (walk, values);
}

void
tour_prove_note (TourWalk *walk, const char *demo_program, const char *demo_state)
{
  static const char *const sentences[] = { "La personne n’a pas d’adresse e-mail.", "La personne n’a pas de téléphone.",
                                           " : il n’y en a pas." };
  const char *const command[] = { demo_program, "--state", demo_state, "--dump-newest", NULL };
  g_autofree char *text = read_output (walk, command);
  g_autoptr (PvJson) filing = pv_json_parse (text, strlen (text), NULL);
  g_autoptr (PvJson) context = filing != NULL ? pv_json_get_member (filing, "context") : NULL;
  g_autofree char *note = NULL;
  guint n_told = 0;

  if (context == NULL || !pv_json_read_text (context, "comments", TEXT_BYTES, &note, NULL))
    tour_fail (walk, "the filing has no note for the agents.");
  note = tour_with_plain_spaces (g_steal_pointer (&note));
  for (guint i = 0; i < G_N_ELEMENTS (sentences); i++)
    n_told += strstr (note, sentences[i]) != NULL ? 1 : 0;
  if (n_told == 0)
    tour_fail (walk, "the note for the agents does not say what there is none of: %s", note);
  tour_say ("The agents are told what there is none of");
}

/* Nothing that a person would read as an answer. */
static gboolean
is_nothing (const PvJson *value)
{
  switch (pv_json_get_type (value)) {
  case PV_JSON_NULL:
    return TRUE;
  case PV_JSON_ARRAY:
  case PV_JSON_OBJECT:
    return pv_json_get_length (value) == 0;
  case PV_JSON_BOOL:
  case PV_JSON_INTEGER:
  case PV_JSON_REAL:
  case PV_JSON_TEXT:
    break;
  }
  return g_strcmp0 (pv_json_get_text (value), "") == 0;
}

/* "block" of "block/0/name", too. */
static gboolean
was_answered (const TourWalk *walk, const char *name)
{
  g_autofree char *start = g_strconcat (name, "/", NULL);
  GHashTableIter iter;
  gpointer variable;

  g_hash_table_iter_init (&iter, walk->filed);
  while (g_hash_table_iter_next (&iter, &variable, NULL))
    if (g_str_equal (variable, name) || g_str_has_prefix (variable, start))
      return TRUE;
  return FALSE;
}

void
tour_prove_nothing_else (TourWalk *walk, const char *demo_program, const char *demo_state)
{
  const char *const command[] = { demo_program, "--state", demo_state, "--dump-newest", NULL };
  g_autofree char *text = read_output (walk, command);
  g_autoptr (PvJson) filing = pv_json_parse (text, strlen (text), NULL);
  g_autoptr (PvJson) values = filing != NULL ? pv_json_get_member (filing, "values") : NULL;
  g_auto (GStrv) names = values != NULL ? pv_json_list_keys (values) : NULL;

  for (guint i = 0; names != NULL && names[i] != NULL; i++) {
    g_autoptr (PvJson) value = pv_json_get_member (values, names[i]);
    gboolean is_technical = g_str_has_suffix (names[i], "_raw") || g_str_has_suffix (names[i], "_structured")
                            || g_str_equal (names[i], "parvis_ref");

    if (!is_technical && !is_nothing (value) && !was_answered (walk, names[i]))
      tour_fail (walk, "the portal holds something for %s, which was not answered.", names[i]);
  }
  tour_say ("The portal holds nothing else");
}

/* The newest document of a folder; NULL if there is none. What the engine itself puts out stands there, too, and is empty.
 * (transfer full) */
static GFile *
find_newest (const char *folder)
{
  g_autoptr (GFile) parent = g_file_new_for_path (folder);
  g_autoptr (GFileEnumerator) all = g_file_enumerate_children (
    parent, "standard::name,standard::type,time::modified,time::modified-usec", G_FILE_QUERY_INFO_NONE, NULL, NULL);
  g_autoptr (GDateTime) newest_time = NULL;
  GFile *newest = NULL, *file;
  GFileInfo *info;

  while (all != NULL && g_file_enumerator_iterate (all, &info, &file, NULL, NULL) && info != NULL) {
    g_autoptr (GDateTime) modified = g_file_info_get_modification_date_time (info);

    if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR
        || !g_str_has_suffix (g_file_info_get_name (info), ".pdf")
        || (newest_time != NULL && g_date_time_compare (modified, newest_time) <= 0))
      continue;
    g_set_object (&newest, file);
    g_clear_pointer (&newest_time, g_date_time_unref);
    newest_time = g_steal_pointer (&modified);
  }
  return newest;
}

void
tour_prove_paper (TourWalk *walk, const char *printer_folder, const char *name, const char *words)
{
  g_autoptr (GFile) newest = find_newest (printer_folder);
  g_autofree char *path = g_build_filename (walk->folder, name, NULL);
  g_autoptr (GFile) kept = g_file_new_for_path (path);
  const char *const command[] = { "pdftotext", path, "-", NULL };
  g_autofree char *text = NULL;

  if (walk->roll != NULL) {
    /* Of all papers it is the receipt that bears its number in a square. */
    tour_prove_roll (walk, name, g_str_equal (name, "receipt.pdf") ? words : NULL);
    return;
  }
  if (newest == NULL || !g_file_copy (newest, kept, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, NULL))
    tour_fail (walk, "the printer received nothing.");
  text = read_output (walk, command);
  if (strstr (text, words) == NULL)
    tour_fail (walk, "the paper does not say \"%s\":\n%s", words, text);
  tour_say ("The paper says \"%s\"", words);
}

/* What is read from a paper may be in the letters of one place in a word, and broken into lines; the words are the same. */
static void
expect_words (TourWalk *walk, const char *paper, const char *sentence)
{
  g_auto (GStrv) words = g_strsplit (sentence, " ", -1);

  for (guint i = 0; words[i] != NULL; i++) {
    g_autofree char *word = g_utf8_normalize (words[i], -1, G_NORMALIZE_ALL_COMPOSE);

    g_strdelimit (word, ".", ' ');
    g_strchomp (word);
    if (strstr (paper, word) == NULL)
      tour_fail (walk, "the paper does not say \"%s\": no \"%s\" is in it:\n%s", sentence, word, paper);
  }
  tour_say ("The paper says \"%s\"", sentence);
}

void
tour_prove_languages (TourWalk *walk, const char *name)
{
  g_autofree char *path = g_build_filename (walk->folder, name, NULL);
  const char *const command[] = { "pdftotext", path, "-", NULL };
  g_autofree char *text = read_output (walk, command);
  g_autofree char *paper = g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE);

  expect_words (walk, paper, tour_word (walk, TOUR_WORD_NOTHING_MORE));
  expect_words (walk, paper, tour_french (TOUR_WORD_NOTHING_MORE));
}
