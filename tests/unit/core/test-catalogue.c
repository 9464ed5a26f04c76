/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include "core/catalogue.h"

static PvCatalogue *
sample (void)
{
  static const struct {
    const char *slug, *title, *description, *category, *keywords;
    guint popularity;
  } entries[] = {
    { "ecole", "Inscription à l'école", "Maternelle et élémentaire", "famille-ecole", "rentrée scolaire", 5 },
    { "cantine", "Inscription à la cantine", "Pour les enfants de l'école", "famille-ecole", "repas", 9 },
    { "carte", "Rendez-vous carte d'identité", NULL, "rendez-vous", "cni passeport", 7 },
  };
  PvCatalogue *catalogue = pv_catalogue_new ();

  for (guint i = 0; i < G_N_ELEMENTS (entries); i++) {
    PvCatalogueEntry *entry = pv_catalogue_entry_new (entries[i].slug, entries[i].title);

    entry->description = g_strdup (entries[i].description);
    entry->category = g_strdup (entries[i].category);
    entry->keywords = g_strsplit (entries[i].keywords, " ", -1);
    entry->popularity = entries[i].popularity;
    g_ptr_array_add (catalogue->entries, entry);
  }
  return catalogue;
}

static void
search_forgives_accents_case_and_unfinished_words (void **state)
{
  static const struct {
    const char *words, *slugs;
  } cases[] = {
    { "ecole", "ecole cantine" }, /* in the title before in the description */
    { "ÉCOLE", "ecole cantine" },
    { "inscr", "cantine ecole" },
    { "inscription rentree", "ecole" },
    { "repas", "cantine" },
    { "identite", "carte" },
    { "CNI", "carte" },
    { "piscine", "" },
    { "ecole piscine", "ecole cantine" }, /* one of two words */
    { "", "" },
    { "  ' ", "" },
  };
  g_autoptr (PvCatalogue) catalogue = sample ();

  (void) state;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GPtrArray) found = pv_catalogue_search (catalogue, cases[i].words);
    g_autoptr (GString) slugs = g_string_new (NULL);

    for (guint j = 0; j < found->len; j++) {
      const PvCatalogueEntry *entry = found->pdata[j];

      g_string_append_printf (slugs, "%s%s", j > 0 ? " " : "", entry->slug);
    }
    assert_string_equal (slugs->str, cases[i].slugs);
  }
}

static void
a_life_event_lists_the_most_asked_first (void **state)
{
  g_autoptr (PvCatalogue) catalogue = sample ();
  g_autoptr (GPtrArray) list = pv_catalogue_list (catalogue, "famille-ecole");

  (void) state;
  assert_int_equal (list->len, 2);
  assert_string_equal (((PvCatalogueEntry *) list->pdata[0])->slug, "cantine");
}

static void
an_entry_is_found_by_its_slug_only (void **state)
{
  g_autoptr (PvCatalogue) catalogue = sample ();

  (void) state;
  assert_string_equal (pv_catalogue_find (catalogue, "carte")->slug, "carte");
  assert_null (pv_catalogue_find (catalogue, "cart"));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (search_forgives_accents_case_and_unfinished_words),
    cmocka_unit_test (a_life_event_lists_the_most_asked_first),
    cmocka_unit_test (an_entry_is_found_by_its_slug_only),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
