/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What each language does with a date, a number, a plural, and with letters and digits that are read from the other side. The
 * catalogues are those that the build compiled. */

#include "tst.h"

#include <glib/gi18n-lib.h>
#include <libintl.h>
#include <locale.h>
#include <string.h>

#include "core/date.h"

#define NBSP "\u00a0"

static void
speak (const char *code)
{
  g_setenv ("LANGUAGE", code, TRUE);
  setlocale (LC_ALL, "C_FR.UTF-8"); /* see platform/language.c */
  bindtextdomain (GETTEXT_PACKAGE, g_getenv ("PV_LOCALE_DIR"));
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE); /* drops what was translated before */
}

static void
assert_shown (const char *code, char *shown, const char *expected)
{
  if (g_strcmp0 (shown, expected) != 0)
    fail_msg ("%s: %s, not %s", code, shown, expected);
  g_free (shown);
}

static void
dates_are_written_as_people_write_them (void **state)
{
  static const struct {
    const char *code, *day, *weekday, *first, *near, *button, *no_day, *no_month, *time, *hour;
  } rows[] = {
    { "fr", "23 août 2026", "dimanche 23 août 2026", "1er août 2026", "dimanche 23 août", "23" NBSP "août",
      "août 1950, jour inconnu", "1950, jour et mois inconnus", "9" NBSP "h" NBSP "05", "14" NBSP "h" },
    { "fr@facile", "23 août 2026", "dimanche 23 août 2026", "1er août 2026", "dimanche 23 août", "23" NBSP "août", NULL,
      NULL, "9" NBSP "h" NBSP "05", "14" NBSP "h" },
    { "uk", "23 серпня 2026", "неділя, 23 серпня 2026", "1 серпня 2026", "неділя, 23 серпня", "23" NBSP "серп.",
      "невідомий день серпня 1950 року", "1950 рік, день і місяць невідомі", "9:05", "14:00" },
    { "ar", "23 أوت 2026", "الأحد 23 أوت 2026", "1 أوت 2026", "الأحد 23 أوت", "23" NBSP "أوت",
      "أوت 1950، اليوم غير معروف", "1950، اليوم والشهر غير معروفين", "9:05", "14:00" },
    { "pt", "23 de agosto de 2026", "domingo, 23 de agosto de 2026", "1 de agosto de 2026", "domingo, 23 de agosto",
      "23" NBSP "ago.", NULL, NULL, "9h05", "14h" },
    { "tr", "23 Ağustos 2026", "23 Ağustos 2026 Pazar", "1 Ağustos 2026", "23 Ağustos Pazar", "23" NBSP "Ağu", NULL,
      NULL, "9:05", "14:00" },
    { "br", "23 a viz Eost 2026", "disul 23 a viz Eost 2026", "1añ a viz Eost 2026", "disul 23 a viz Eost",
      "23" NBSP "Eost", "Eost 1950, deiz dianav", "1950, deiz ha miz dianav", "9" NBSP "eur" NBSP "05",
      "14" NBSP "eur" },
  };

  (void) state;
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    const char *code = rows[i].code;
    GDate date, first;

    speak (code);
    g_date_clear (&date, 1);
    g_date_clear (&first, 1);
    g_date_set_dmy (&date, 23, G_DATE_AUGUST, 2026);
    g_date_set_dmy (&first, 1, G_DATE_AUGUST, 2026);
    assert_shown (code, pv_date_display (&date), rows[i].day);
    assert_shown (code, pv_date_display_weekday (&date), rows[i].weekday);
    assert_shown (code, pv_date_display (&first), rows[i].first);
    assert_shown (code, pv_date_display_near (&date), rows[i].near);
    assert_shown (code, pv_date_display_button (&date), rows[i].button);
    if (rows[i].no_day != NULL) {
      assert_shown (code, pv_date_display_text ("1950-08-00"), rows[i].no_day);
      assert_shown (code, pv_date_display_text ("1950-00-00"), rows[i].no_month);
    }
    assert_shown (code, pv_time_display (9, 5), rows[i].time);
    assert_shown (code, pv_time_display (14, 0), rows[i].hour);
    assert_shown (code, pv_date_display_short (&date), "23/08/2026");
  }
}

/* Twelve of each, none of them twice or in another language. */
static void
every_month_has_a_name_of_its_own (void **state)
{
  static const char *const codes[] = { "fr", "fr@facile", "uk", "ar", "pt", "tr", "br" };

  (void) state;
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++) {
    g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

    speak (codes[i]);
    for (guint month = 1; month <= 12; month++) {
      GDate date;

      g_date_clear (&date, 1);
      g_date_set_dmy (&date, 15, month, 2026);
      assert_true (g_hash_table_add (seen, pv_date_display (&date)));
      assert_true (g_hash_table_add (seen, pv_date_display_button (&date)));
    }
    for (guint day = 2; day <= 8; day++) {
      GDate date;

      g_date_clear (&date, 1);
      g_date_set_dmy (&date, day, G_DATE_JUNE, 2026);
      assert_true (g_hash_table_add (seen, g_strdup (pv_weekday_name (g_date_get_weekday (&date)))));
    }
  }
}

static void
counts_take_the_form_that_the_number_wants (void **state)
{
  static const struct {
    const char *code;
    gulong n;
    const char *minutes, *places;
  } rows[] = {
    { "fr", 0, "Environ 0 minute", NULL },
    { "fr", 1, "Environ 1 minute", NULL },
    { "fr", 2, "Environ 2 minutes", NULL },
    { "uk", 0, "Близько 0 хвилин", "0 вільних місць" },
    { "uk", 1, "Близько 1 хвилини", "1 вільне місце" },
    { "uk", 2, "Близько 2 хвилин", "2 вільні місця" },
    { "uk", 3, "Близько 3 хвилин", "3 вільні місця" },
    { "uk", 5, "Близько 5 хвилин", "5 вільних місць" },
    { "uk", 11, "Близько 11 хвилин", "11 вільних місць" },
    { "uk", 21, "Близько 21 хвилини", "21 вільне місце" },
    { "uk", 112, "Близько 112 хвилин", "112 вільних місць" },
    { "ar", 0, "0 دقيقة تقريبًا", "0 مكان متاح" },
    { "ar", 1, "دقيقة واحدة تقريبًا", "مكان واحد متاح" },
    { "ar", 2, "دقيقتان تقريبًا", "مكانان متاحان" },
    { "ar", 3, "3 دقائق تقريبًا", "3 أماكن متاحة" },
    { "ar", 5, "5 دقائق تقريبًا", "5 أماكن متاحة" },
    { "ar", 11, "11 دقيقة تقريبًا", "11 مكانًا متاحًا" },
    { "ar", 21, "21 دقيقة تقريبًا", "21 مكانًا متاحًا" },
    { "ar", 100, "100 دقيقة تقريبًا", "100 مكان متاح" },
    { "ar", 103, "103 دقائق تقريبًا", "103 أماكن متاحة" },
    { "br", 1, "War-dro 1 munutenn", "1 plas dieub" },
    { "br", 5, "War-dro 5 munutenn", "5 plas dieub" },
  };

  (void) state;
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    speak (rows[i].code);
    assert_shown (rows[i].code,
                  g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "About %u minute", "About %u minutes", rows[i].n),
                                   (guint) rows[i].n),
                  rows[i].minutes);
    if (rows[i].places != NULL)
      assert_shown (rows[i].code,
                    g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u place left", "%u places left", rows[i].n),
                                     (guint) rows[i].n),
                    rows[i].places);
  }
}

static void
decimals_have_a_comma (void **state)
{
  static const struct {
    const char *code, *amount, *mark;
  } rows[] = {
    { "en", "€12.50", "." },         { "fr", "12,50" NBSP "€", "," },    { "fr@facile", "12,50" NBSP "€", "," },
    { "uk", "12,50" NBSP "€", "," }, { "pt", "12,50" NBSP "€", "," },    { "tr", "12,50" NBSP "€", "," },
    { "br", "12,50" NBSP "€", "," }, { "ar", "12,50" NBSP "يورو", "," },
  };

  (void) state;
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    speak (rows[i].code);
    assert_shown (rows[i].code, g_strdup_printf (_ ("€%s.%s"), "12", "50"), rows[i].amount);
    assert_string_equal (C_ ("decimal mark", "."), rows[i].mark);
  }
}

/* Between U+2068 and U+2069: "18-2047" and "+380 67" would be read from the wrong end, and the point of "Claire M." would be another's. */
static void
in_arabic_what_is_read_from_the_left_stands_apart (void **state)
{
  static const char *const sentences[] = {
    /* telephone, code, reference, address */
    N_ ("You can also call %s."),
    N_ ("This time is not certain yet. Without news from the town hall, call %s before you come."),
    N_ ("Tracking code: %s"), N_ ("To keep there: the receipt %s"), N_ ("Phone: %s"), N_ ("E-mail: %s"),
    N_ ("Version of the form: %s"), N_ ("Filed at a kiosk. Reference of the kiosk: %s"),
    N_ ("Your data serve this request only. Questions about your data: %s"),
    /* numbers with a sign, names of people */
    N_ ("The smallest number possible is %s."), N_ ("The largest number possible is %s."),
    N_ ("May %s see this screen?"), N_ ("%s never sees this."), N_ ("You let %s see your screen."),
    N_ ("%s no longer helps you.")
  };

  (void) state;
  speak ("ar");
  for (guint i = 0; i < G_N_ELEMENTS (sentences); i++) {
    const char *text = g_dgettext (GETTEXT_PACKAGE, sentences[i]);

    if (g_str_equal (text, sentences[i]))
      fail_msg ("not translated: %s", text);
    if (strstr (text, "\u2068%s\u2069") == NULL)
      fail_msg ("not isolated: %s", text);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (dates_are_written_as_people_write_them),
    cmocka_unit_test (every_month_has_a_name_of_its_own),
    cmocka_unit_test (counts_take_the_form_that_the_number_wants),
    cmocka_unit_test (decimals_have_a_comma),
    cmocka_unit_test (in_arabic_what_is_read_from_the_left_stands_apart),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
