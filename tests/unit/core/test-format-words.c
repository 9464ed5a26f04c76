/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include "core/format.h"

#include <libintl.h>
#include <locale.h>
#include <string.h>

#include "core/wipe.h"

static void
every_mistake_has_one_or_two_short_sentences (void **state)
{
  (void) state;
  for (guint format = 0; format < PV_N_FORMATS; format++) {
    assert_null (pv_format_error_sentence (format, PV_FORMAT_OK, 0));
    for (guint verdict = PV_FORMAT_OK + 1; verdict <= PV_FORMAT_BAD_KEY; verdict++)
      for (guint count = 0; count < 3; count++) {
        g_autofree char *sentence = pv_format_error_sentence (format, verdict, count);
        guint stops = 0;

        assert_non_null (sentence);
        assert_true (g_str_has_suffix (sentence, "."));
        assert_null (strchr (sentence, '%'));
        for (const char *p = sentence; *p != '\0'; p++)
          stops += *p == '.' && (p[1] == ' ' || p[1] == '\0') ? 1 : 0;
        assert_in_range (stops, 1, 3);
      }
  }
}

/* What the citizen typed, and what is read and spoken in French: the catalogue that the build compiled. */
static void
says_in_french_what_is_wrong_and_how_to_mend_it (void **state)
{
  static const struct {
    PvFormat format;
    const char *typed, *sentence;
  } cases[] = {
    { PV_FORMAT_POSTCODE_FR, "3500", "Il manque un chiffre. Un code postal a 5 chiffres." },
    { PV_FORMAT_POSTCODE_FR, "35", "Il manque 3 chiffres. Un code postal a 5 chiffres." },
    { PV_FORMAT_POSTCODE_FR, "350000", "Il y a un chiffre de trop. Un code postal a 5 chiffres." },
    { PV_FORMAT_POSTCODE_FR, "3500O", "Il y a autre chose que des chiffres. Un code postal a 5 chiffres." },
    { PV_FORMAT_POSTCODE_FR, "", "Vous n’avez rien écrit. Un code postal a 5 chiffres." },
    { PV_FORMAT_NIR, "294037512000522", "Un chiffre semble faux. Comparez avec votre carte Vitale." },
    { PV_FORMAT_NIR, "1850178006048",
      "Il manque 2 chiffres. Un numéro de sécurité sociale a 15 chiffres, avec la clé." },
    { PV_FORMAT_IBAN, "FR7600001000010000000000101",
      "Une lettre ou un chiffre semble faux. Comparez avec votre relevé d’identité bancaire (RIB)." },
    { PV_FORMAT_IBAN, "FR76 3000 6000 0112 3456 7890 18",
      "Il manque une lettre ou un chiffre. Un IBAN français commence par FR et a 27 lettres et chiffres." },
    { PV_FORMAT_FREE, " ", "Vous n’avez rien écrit. Écrivez votre réponse avec le clavier." },
    { PV_FORMAT_SIRET, "44317013900037", "Un chiffre semble faux. Comparez avec le papier où il est écrit." },
    { PV_FORMAT_MOBILE_FR, "0123456789",
      "Cela ne semble pas correct. Un numéro de mobile a 10 chiffres et commence par 06 ou 07." },
    { PV_FORMAT_EMAIL, "nom.exemple.fr",
      "Cela ne semble pas correct. Une adresse électronique s’écrit comme nom@exemple.fr, sans accent." },
    { PV_FORMAT_PLATE, "AO-123-CD",
      "Une lettre ou un signe ne convient pas ici. Une plaque s’écrit comme AB-123-CD, sans I, O ni U." },
  };

  (void) state;
  g_setenv ("LANGUAGE", "fr", TRUE);
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, g_getenv ("PV_LOCALE_DIR"));
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    guint count = 0;
    PvFormatVerdict verdict = pv_format_check (cases[i].format, cases[i].typed, NULL, &count);
    g_autofree char *sentence = pv_format_error_sentence (cases[i].format, verdict, count);

    assert_string_equal (sentence, cases[i].sentence);
  }
  every_mistake_has_one_or_two_short_sentences (NULL);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (every_mistake_has_one_or_two_short_sentences),
    cmocka_unit_test (says_in_french_what_is_wrong_and_how_to_mend_it), /* last: it changes the language */
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
