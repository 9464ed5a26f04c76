/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The procedures of the demo's commune, as its portal and its settings describe them, and what people type. */

#include "tst.h"

#include "core/catalogue.h"

static const struct {
  const char *slug, *title, *description, *keywords;
} entries[] = {
  { "naissance", "Copie d’un acte d’état civil",
    "Pour recevoir une copie d’un acte de naissance, de mariage ou de décès. C’est gratuit.",
    "naissance;mariage;décès;état civil;extrait;copie" },
  { "sport", "Inscription à une activité sportive",
    "Pour inscrire un enfant ou un adulte aux cours de sport de la ville. L’inscription vaut pour l’année scolaire.",
    "sport;judo;natation;gymnastique" },
  { "bibliotheque", "Carte de bibliothèque", "Pour emprunter des livres, des films et des jeux à la médiathèque.",
    "livres;médiathèque;lire" },
  { "encombrants", "Enlèvement des encombrants", "Pour faire enlever vos meubles et gros appareils devant chez vous.",
    "meubles;déchets;matelas;déchèterie" },
  { "scolaire", "Inscription scolaire", "Pour inscrire votre enfant à l’école maternelle ou élémentaire.",
    "école;maternelle;CP;rentrée" },
  { "elections", "Inscription sur les listes électorales", "Pour voter à Montclair.", "voter;élection;vote;électeur" },
  { "facture", "Question sur une facture", "Pour poser une question sur une facture de garderie.",
    "facture;payer;erreur" },
  { "cantine", "Restauration scolaire", "Pour inscrire votre enfant aux repas de midi.", NULL },
  { "recensement", "Recensement citoyen à 16 ans", "Pour les jeunes Français de 16 ans.",
    "16 ans;défense;attestation" },
  { "identite", "Rendez-vous carte d’identité ou passeport", "Pour prendre rendez-vous à la mairie.", "CNI;perte;vol" },
  { "salle", "Réserver une salle municipale", "Pour une fête, une réunion ou l’assemblée d’une association.",
    "réunion;location" },
  { "rue", "Signaler un problème dans la rue", "Pour signaler un trou, une lampe cassée ou un tag.",
    "voirie;trou;lampadaire;tag;déchets;signalement" },
  { "stationnement", "Carte de stationnement résident", "Pour stationner près de chez vous au tarif résident.",
    "voiture;stationner" },
  { "subvention", "Subvention pour une association", "Pour demander une aide de la ville.", "aide;budget" },
};

static PvCatalogue *
sample (gboolean has_synonyms)
{
  PvCatalogue *catalogue = pv_catalogue_new ();
  g_autofree char *text = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (entries); i++) {
    PvCatalogueEntry *entry = pv_catalogue_entry_new (entries[i].slug, entries[i].title);

    entry->description = g_strdup (entries[i].description);
    entry->keywords = entries[i].keywords != NULL ? g_strsplit (entries[i].keywords, ";", -1) : NULL;
    g_ptr_array_add (catalogue->entries, entry);
  }
  if (has_synonyms && g_file_get_contents (PV_SYNONYMS_FILE, &text, NULL, NULL))
    catalogue->synonyms = pv_synonyms_parse (text, strlen (text), NULL);
  return catalogue;
}

/* "" if nothing is found. */
static const char *
find_first (PvCatalogue *catalogue, const char *words)
{
  g_autoptr (GPtrArray) found = pv_catalogue_search (catalogue, words);

  return found->len > 0 ? ((const PvCatalogueEntry *) found->pdata[0])->slug : "";
}

typedef struct {
  const char *words, *slug;
} Case;

static void
assert_first (PvCatalogue *catalogue, const Case *cases, guint n_cases)
{
  for (guint i = 0; i < n_cases; i++) {
    const char *slug = find_first (catalogue, cases[i].words);

    if (strcmp (slug, cases[i].slug) != 0)
      fail_msg ("\"%s\" finds \"%s\" first, not \"%s\"", cases[i].words, slug, cases[i].slug);
  }
}

static void
the_words_of_the_forms_are_found_however_they_are_typed (void **state)
{
  static const Case cases[] = {
    { "passeport", "identite" },
    { "PASSEPORT", "identite" },
    { "passeports", "identite" },
    { "pass", "identite" },
    { "passport", "identite" },
    { "paseport", "identite" },
    { "passepotr", "identite" },
    { "apsseport", "identite" },
    { "carte d'identité", "identite" },
    { "carte identite", "identite" },
    { "cartes identités", "identite" },
    { "cni", "identite" },
    { "recensemnt", "recensement" },
    { "resencement", "recensement" },
    { "bibliotheque", "bibliotheque" },
    { "bibliotèque", "bibliotheque" },
    { "biblioteque", "bibliotheque" },
    { "livre", "bibliotheque" },
    { "encombrant", "encombrants" },
    { "encombrent", "encombrants" },
    { "matela", "encombrants" },
    { "lampadaires", "rue" },
    { "lampadère", "rue" },
    { "trous", "rue" },
    { "electorale", "elections" },
    { "elektorale", "elections" },
    { "subvantion", "subvention" },
    { "salle municipale", "salle" },
    { "acte de naissance", "naissance" },
    { "acte de nessance", "naissance" },
    { "deces", "naissance" },
    { "inscription sportive", "sport" },
    { "judo", "sport" },
    { "inscription scol", "scolaire" },
    { "maternelle", "scolaire" },
    { "je voudrais une copie de l'acte de mariage", "naissance" },
    { "école pour mon enfant", "scolaire" },
  };
  g_autoptr (PvCatalogue) catalogue = sample (FALSE);

  (void) state;
  assert_first (catalogue, cases, G_N_ELEMENTS (cases));
}

static void
everyday_words_lead_to_what_the_forms_are_called (void **state)
{
  static const Case cases[] = {
    { "cantine", "cantine" },
    { "cantoche", "cantine" },
    { "kantine", "cantine" },
    { "cantien", "cantine" },
    { "cant", "cantine" },
    { "manger à l'école", "cantine" },
    { "poubelle", "encombrants" },
    { "poubele", "encombrants" },
    { "frigo", "encombrants" },
    { "parking", "stationnement" },
    { "macaron", "stationnement" },
    { "me garer", "stationnement" },
    { "passport", "identite" },
    { "bébé", "naissance" },
    { "extrait de naissance", "naissance" },
    { "jdc", "recensement" },
    { "carte électorale", "elections" },
    { "procuration", "elections" },
    { "bouquin livre", "bibliotheque" },
    { "foot", "sport" },
    { "nager", "sport" },
    { "graffiti", "rue" },
    { "nid de poule", "rue" },
    { "réverbère", "rue" },
    { "salle des fêtes", "salle" },
    { "payer", "facture" },
    { "rdv passeport", "identite" },
    { "asso", "subvention" },
  };
  g_autoptr (PvCatalogue) catalogue = sample (TRUE);

  (void) state;
  assert_first (catalogue, cases, G_N_ELEMENTS (cases));
}

static void
what_nobody_offers_finds_nothing (void **state)
{
  static const Case cases[] = {
    { "xylophone", "" }, { "zzzz", "" }, { "", "" }, { "?!", "" }, { "ab", "" }, { "قرش", "" },
  };
  g_autoptr (PvCatalogue) catalogue = sample (TRUE);

  (void) state;
  assert_first (catalogue, cases, G_N_ELEMENTS (cases));
}

/* "carte" is a word as it stands: "charte" and "marte" are not offered beside it. */
static void
slips_are_looked_for_only_in_words_that_nothing_bears (void **state)
{
  g_autoptr (PvCatalogue) catalogue = sample (FALSE);
  PvCatalogueEntry *entry = pv_catalogue_entry_new ("charte", "Charte du vivre ensemble");
  g_autoptr (GPtrArray) found = NULL;

  (void) state;
  g_ptr_array_add (catalogue->entries, entry);
  found = pv_catalogue_search (catalogue, "carte");
  assert_int_equal (found->len, 3);
  for (guint i = 0; i < found->len; i++)
    assert_string_not_equal (((const PvCatalogueEntry *) found->pdata[i])->slug, "charte");
  assert_string_equal (find_first (catalogue, "chartre"), "charte");
}

/* Of several words that no form has all of, most of them count. */
static void
what_has_most_of_the_words_is_found (void **state)
{
  g_autoptr (PvCatalogue) catalogue = sample (FALSE);

  (void) state;
  assert_string_equal (find_first (catalogue, "inscription scolaire zzzz"), "scolaire");
  assert_string_equal (find_first (catalogue, "bibliothèque zzzz"), "bibliotheque");
}

static void
the_same_words_find_the_same_in_the_same_order (void **state)
{
  g_autoptr (PvCatalogue) catalogue = sample (TRUE);
  g_autoptr (GPtrArray) before = pv_catalogue_search (catalogue, "inscription");
  g_autoptr (GPtrArray) after = pv_catalogue_search (catalogue, "inscription");

  (void) state;
  assert_true (before->len >= 3);
  assert_int_equal (before->len, after->len);
  for (guint i = 0; i < before->len; i++)
    assert_ptr_equal (before->pdata[i], after->pdata[i]);
}

static void
synonyms_travel_with_the_catalogue (void **state)
{
  g_autoptr (PvCatalogue) catalogue = sample (TRUE);
  g_autoptr (PvCatalogue) bare = sample (FALSE);
  g_autoptr (GVariant) variant = g_variant_ref_sink (pv_catalogue_to_variant (catalogue));
  g_autoptr (GVariant) bare_variant = g_variant_ref_sink (pv_catalogue_to_variant (bare));
  g_autoptr (PvCatalogue) copy = pv_catalogue_from_variant (variant, NULL);
  g_autoptr (PvCatalogue) bare_copy = pv_catalogue_from_variant (bare_variant, NULL);
  g_autoptr (GVariant) entries_only = g_variant_get_child_value (variant, 1);
  g_autoptr (GVariant) before = g_variant_ref_sink (g_variant_new ("(x@aa{sv})", G_GINT64_CONSTANT (1), entries_only));
  g_autoptr (PvCatalogue) old = pv_catalogue_from_variant (before, NULL);

  (void) state;
  assert_non_null (copy);
  assert_non_null (bare_copy);
  assert_string_equal (find_first (copy, "cantoche"), "cantine");
  assert_string_equal (find_first (bare_copy, "cantoche"), "");
  /* What goes from courier to session has one type, with or without; a release before wrote none. */
  assert_string_equal (g_variant_get_type_string (variant), PV_CATALOGUE_DOCUMENT);
  assert_string_equal (g_variant_get_type_string (bare_variant), PV_CATALOGUE_DOCUMENT);
  assert_non_null (old);
  assert_int_equal (old->entries->len, catalogue->entries->len);
  assert_null (old->synonyms);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (the_words_of_the_forms_are_found_however_they_are_typed),
    cmocka_unit_test (everyday_words_lead_to_what_the_forms_are_called),
    cmocka_unit_test (what_nobody_offers_finds_nothing),
    cmocka_unit_test (slips_are_looked_for_only_in_words_that_nothing_bears),
    cmocka_unit_test (what_has_most_of_the_words_is_found),
    cmocka_unit_test (the_same_words_find_the_same_in_the_same_order),
    cmocka_unit_test (synonyms_travel_with_the_catalogue),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
