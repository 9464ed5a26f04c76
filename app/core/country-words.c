/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/country-words.h"

#include <string.h>

#include "core/wipe.h"

typedef struct {
  const char *code;
  const char *names[3]; /* folded; of the country, and what people are called where the rule below does not give it */
  const char *people;   /* folded, feminine, as "nationalité" is */
} Country;

/* Codes of ICAO Doc 9303-3, section 5; words of the French list of countries (arrêté du 4 novembre 1993), as forms write them. */
static const Country countries[] = {
  { "AFG", { "afghanistan" }, "afghane" },
  { "ALB", { "albanie" }, "albanaise" },
  { "DZA", { "algerie" }, "algerienne" },
  { "D", { "allemagne", "deu" }, "allemande" },
  { "AND", { "andorre" }, "andorrane" },
  { "AGO", { "angola" }, "angolaise" },
  { "ARG", { "argentine" }, "argentine" },
  { "ARM", { "armenie" }, "armenienne" },
  { "AUS", { "australie" }, "australienne" },
  { "AUT", { "autriche" }, "autrichienne" },
  { "AZE", { "azerbaidjan" }, "azerbaidjanaise" },
  { "BHR", { "bahrein" }, "bahreinienne" },
  { "BGD", { "bangladesh" }, "bangladaise" },
  { "BEL", { "belgique" }, "belge" },
  { "BEN", { "benin" }, "beninoise" },
  { "BLR", { "bielorussie", "belarus" }, "bielorusse" },
  { "BOL", { "bolivie" }, "bolivienne" },
  { "BIH", { "bosnie herzegovine", "bosnie" }, "bosnienne" },
  { "BRA", { "bresil" }, "bresilienne" },
  { "BGR", { "bulgarie" }, "bulgare" },
  { "BFA", { "burkina faso", "burkina" }, "burkinabe" },
  { "BDI", { "burundi" }, "burundaise" },
  { "KHM", { "cambodge" }, "cambodgienne" },
  { "CMR", { "cameroun" }, "camerounaise" },
  { "CAN", { "canada" }, "canadienne" },
  { "CPV", { "cap vert" }, "cap verdienne" },
  { "CAF", { "centrafrique", "republique centrafricaine" }, "centrafricaine" },
  { "CHL", { "chili" }, "chilienne" },
  { "CHN", { "chine" }, "chinoise" },
  { "CYP", { "chypre" }, "chypriote" },
  { "COL", { "colombie" }, "colombienne" },
  { "COM", { "comores" }, "comorienne" },
  { "COG", { "congo" }, "congolaise" },
  { "COD", { "republique democratique du congo", "congo kinshasa" }, "congolaise" },
  { "KOR", { "coree du sud" }, "sud coreenne" },
  { "PRK", { "coree du nord" }, "nord coreenne" },
  { "CRI", { "costa rica" }, "costaricienne" },
  { "CIV", { "cote d ivoire" }, "ivoirienne" },
  { "HRV", { "croatie" }, "croate" },
  { "CUB", { "cuba" }, "cubaine" },
  { "DNK", { "danemark" }, "danoise" },
  { "DJI", { "djibouti" }, "djiboutienne" },
  { "DOM", { "republique dominicaine" }, "dominicaine" },
  { "EGY", { "egypte" }, "egyptienne" },
  { "ARE", { "emirats arabes unis" }, "emirienne" },
  { "ECU", { "equateur" }, "equatorienne" },
  { "ERI", { "erythree" }, "erythreenne" },
  { "ESP", { "espagne" }, "espagnole" },
  { "EST", { "estonie" }, "estonienne" },
  { "USA", { "etats unis", "etats unis d amerique" }, "americaine" },
  { "ETH", { "ethiopie" }, "ethiopienne" },
  { "FIN", { "finlande" }, "finlandaise" },
  { "FRA", { "france", "fr", "french" }, "francaise" },
  { "GAB", { "gabon" }, "gabonaise" },
  { "GMB", { "gambie" }, "gambienne" },
  { "GEO", { "georgie" }, "georgienne" },
  { "GHA", { "ghana" }, "ghaneenne" },
  { "GRC", { "grece", "grec" }, "grecque" },
  { "GTM", { "guatemala" }, "guatemalteque" },
  { "GIN", { "guinee" }, "guineenne" },
  { "GNB", { "guinee bissau" }, "bissau guineenne" },
  { "GNQ", { "guinee equatoriale" }, "equatoguineenne" },
  { "HTI", { "haiti" }, "haitienne" },
  { "HND", { "honduras" }, "hondurienne" },
  { "HUN", { "hongrie" }, "hongroise" },
  { "IND", { "inde" }, "indienne" },
  { "IDN", { "indonesie" }, "indonesienne" },
  { "IRQ", { "irak", "iraq" }, "irakienne" },
  { "IRN", { "iran" }, "iranienne" },
  { "IRL", { "irlande" }, "irlandaise" },
  { "ISL", { "islande" }, "islandaise" },
  { "ISR", { "israel" }, "israelienne" },
  { "ITA", { "italie" }, "italienne" },
  { "JPN", { "japon" }, "japonaise" },
  { "JOR", { "jordanie" }, "jordanienne" },
  { "KAZ", { "kazakhstan" }, "kazakhe" },
  { "KEN", { "kenya" }, "kenyane" },
  { "KGZ", { "kirghizistan" }, "kirghize" },
  { "RKS", { "kosovo", "xkx" }, "kosovare" },
  { "KWT", { "koweit" }, "koweitienne" },
  { "LAO", { "laos" }, "laotienne" },
  { "LVA", { "lettonie", "letton" }, "lettone" },
  { "LBN", { "liban" }, "libanaise" },
  { "LBR", { "liberia" }, "liberienne" },
  { "LBY", { "libye" }, "libyenne" },
  { "LTU", { "lituanie" }, "lituanienne" },
  { "LUX", { "luxembourg" }, "luxembourgeoise" },
  { "MKD", { "macedoine du nord", "macedoine" }, "macedonienne" },
  { "MDG", { "madagascar" }, "malgache" },
  { "MYS", { "malaisie" }, "malaisienne" },
  { "MLI", { "mali" }, "malienne" },
  { "MLT", { "malte" }, "maltaise" },
  { "MAR", { "maroc" }, "marocaine" },
  { "MUS", { "maurice", "ile maurice" }, "mauricienne" },
  { "MRT", { "mauritanie" }, "mauritanienne" },
  { "MEX", { "mexique" }, "mexicaine" },
  { "MDA", { "moldavie", "moldova" }, "moldave" },
  { "MCO", { "monaco" }, "monegasque" },
  { "MNG", { "mongolie" }, "mongole" },
  { "MNE", { "montenegro" }, "montenegrine" },
  { "MOZ", { "mozambique" }, "mozambicaine" },
  { "MMR", { "birmanie", "myanmar" }, "birmane" },
  { "NPL", { "nepal" }, "nepalaise" },
  { "NER", { "niger" }, "nigerienne" },
  { "NGA", { "nigeria" }, "nigeriane" },
  { "NOR", { "norvege" }, "norvegienne" },
  { "NZL", { "nouvelle zelande" }, "neo zelandaise" },
  { "UGA", { "ouganda" }, "ougandaise" },
  { "UZB", { "ouzbekistan" }, "ouzbeke" },
  { "PAK", { "pakistan" }, "pakistanaise" },
  { "PSE", { "palestine" }, "palestinienne" },
  { "PAN", { "panama" }, "panameenne" },
  { "PRY", { "paraguay" }, "paraguayenne" },
  { "NLD", { "pays bas" }, "neerlandaise" },
  { "PER", { "perou" }, "peruvienne" },
  { "PHL", { "philippines" }, "philippine" },
  { "POL", { "pologne" }, "polonaise" },
  { "PRT", { "portugal" }, "portugaise" },
  { "ROU", { "roumanie" }, "roumaine" },
  { "GBR", { "royaume uni", "grande bretagne" }, "britannique" },
  { "RUS", { "russie", "federation de russie" }, "russe" },
  { "RWA", { "rwanda" }, "rwandaise" },
  { "SEN", { "senegal" }, "senegalaise" },
  { "SRB", { "serbie" }, "serbe" },
  { "SLE", { "sierra leone" }, "sierraleonaise" },
  { "SGP", { "singapour" }, "singapourienne" },
  { "SVK", { "slovaquie" }, "slovaque" },
  { "SVN", { "slovenie" }, "slovene" },
  { "SOM", { "somalie" }, "somalienne" },
  { "SDN", { "soudan" }, "soudanaise" },
  { "SSD", { "soudan du sud" }, "sud soudanaise" },
  { "LKA", { "sri lanka" }, "sri lankaise" },
  { "SWE", { "suede" }, "suedoise" },
  { "CHE", { "suisse" }, "suisse" },
  { "SYR", { "syrie" }, "syrienne" },
  { "TJK", { "tadjikistan" }, "tadjike" },
  { "TWN", { "taiwan" }, "taiwanaise" },
  { "TZA", { "tanzanie" }, "tanzanienne" },
  { "TCD", { "tchad" }, "tchadienne" },
  { "CZE", { "tchequie", "republique tcheque" }, "tcheque" },
  { "THA", { "thailande" }, "thailandaise" },
  { "TGO", { "togo" }, "togolaise" },
  { "TUN", { "tunisie" }, "tunisienne" },
  { "TKM", { "turkmenistan" }, "turkmene" },
  { "TUR", { "turquie", "turc" }, "turque" },
  { "UKR", { "ukraine" }, "ukrainienne" },
  { "URY", { "uruguay" }, "uruguayenne" },
  { "VEN", { "venezuela" }, "venezuelienne" },
  { "VNM", { "vietnam", "viet nam" }, "vietnamienne" },
  { "YEM", { "yemen" }, "yemenite" },
  { "ZAF", { "afrique du sud" }, "sud africaine" },
  { "ZMB", { "zambie" }, "zambienne" },
  { "ZWE", { "zimbabwe" }, "zimbabweenne" },
  { "XXA", { NULL }, "apatride" },
  { "XXB", { "refugie" }, "refugiee" },
};

char *
pv_country_fold (const char *word)
{
  static const char *const articles[] = { "l ", "la ", "le ", "les " };
  g_autoptr (PvSecretStr) ascii = g_str_to_ascii (word, "C");
  char *text = g_ascii_strdown (ascii, -1);
  gsize length = 0;

  for (const char *p = text; *p != '\0'; p++)
    if (g_ascii_isalnum (*p))
      text[length++] = *p;
    else if (length > 0 && text[length - 1] != ' ')
      text[length++] = ' ';
  if (length > 0 && text[length - 1] == ' ')
    length--;
  text[length] = '\0';
  for (guint i = 0; i < G_N_ELEMENTS (articles); i++)
    if (g_str_has_prefix (text, articles[i])) {
      memmove (text, text + strlen (articles[i]), length - strlen (articles[i]) + 1);
      break;
    }
  return text;
}

/* "ukrainienne", "ukrainien"; "marocaine", "marocain"; "belge". */
static gboolean
is_people (const Country *country, const char *folded)
{
  gsize length = strlen (country->people), given = strlen (folded);

  if (strncmp (country->people, folded, MIN (length, given)) != 0 || given > length)
    return FALSE;
  return given == length || (given + 1 == length && country->people[length - 1] == 'e')
         || (given + 2 == length && g_str_has_suffix (country->people, "nne"));
}

static gboolean
is_country (const Country *country, const char *folded)
{
  if (g_ascii_strcasecmp (country->code, folded) == 0)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (country->names) && country->names[i] != NULL; i++)
    if (g_str_equal (country->names[i], folded))
      return TRUE;
  return FALSE;
}

gboolean
pv_country_is_called (const char *code, const char *word, gboolean has_people)
{
  g_autoptr (PvSecretStr) folded = pv_country_fold (word);
  /* Five codes of British people who are not citizens of the Kingdom; forms have one word. */
  const char *of = g_str_has_prefix (code, "GB") && strlen (code) == 3 ? "GBR" : code;

  for (guint i = 0; i < G_N_ELEMENTS (countries); i++)
    if (g_str_equal (countries[i].code, of))
      return is_country (&countries[i], folded) || (has_people && is_people (&countries[i], folded));
  return FALSE;
}

const char *
pv_country_find (const char *word)
{
  g_autoptr (PvSecretStr) folded = pv_country_fold (word);

  for (guint i = 0; i < G_N_ELEMENTS (countries); i++)
    if (is_country (&countries[i], folded))
      return countries[i].code;
  return NULL;
}
