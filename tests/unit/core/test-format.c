/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include "core/format.h"

#include <string.h>

#include "core/wipe.h"

typedef struct Case {
  PvFormat format;
  const char *typed;
  PvFormatVerdict verdict;
  const char *normalised; /* NULL = as typed */
  guint count;
} Case;

/* Names the row in the failure. */
static void
check_cases (const Case *cases, gsize n_cases)
{
  for (gsize i = 0; i < n_cases; i++) {
    char *normalised = NULL;
    guint count = G_MAXUINT;
    PvFormatVerdict verdict = pv_format_check (cases[i].format, cases[i].typed, &normalised, &count);
    const char *expected = cases[i].normalised != NULL ? cases[i].normalised : cases[i].typed;

    if (verdict != cases[i].verdict || count != cases[i].count
        || (verdict == PV_FORMAT_OK ? g_strcmp0 (normalised, expected) != 0 : normalised != NULL))
      fail_msg ("format %d, \"%s\": verdict %d, count %u, \"%s\"; expected %d, %u, \"%s\"", (int) cases[i].format,
                cases[i].typed, (int) verdict, count, normalised, (int) cases[i].verdict, cases[i].count, expected);
    pv_wipe_str (normalised);
  }
}

static void
judges_social_security_numbers (void **state)
{
  static const Case cases[] = {
    { PV_FORMAT_NIR, "185017800604863", PV_FORMAT_OK, NULL, 0 },
    { PV_FORMAT_NIR, "294037512000591", PV_FORMAT_OK, NULL, 0 },
    { PV_FORMAT_NIR, "294037512000522", PV_FORMAT_BAD_KEY, NULL, 0 },
    { PV_FORMAT_NIR, "199092A00400141", PV_FORMAT_OK, NULL, 0 },
    { PV_FORMAT_NIR, "255082B03301216", PV_FORMAT_OK, NULL, 0 },
    { PV_FORMAT_NIR, "199092B00400141", PV_FORMAT_BAD_KEY, NULL, 0 },
    { PV_FORMAT_NIR, "085017800604863", PV_FORMAT_BAD_SHAPE, NULL, 0 },
    { PV_FORMAT_NIR, "185137800604863", PV_FORMAT_BAD_SHAPE, NULL, 0 },
    { PV_FORMAT_NIR, "1 85 01 78 006 048 63", PV_FORMAT_OK, "185017800604863", 0 },
    { PV_FORMAT_NIR, "1 99 09 2a 004 001 41", PV_FORMAT_OK, "199092A00400141", 0 },
    { PV_FORMAT_NIR, "1850178006048", PV_FORMAT_TOO_SHORT, NULL, 2 },
    { PV_FORMAT_NIR, "1850178006048633", PV_FORMAT_TOO_LONG, NULL, 1 },
    { PV_FORMAT_NIR, "185207800604876", PV_FORMAT_OK, NULL, 0 }, /* month 20: not known */
    { PV_FORMAT_NIR, "199092C00400141", PV_FORMAT_BAD_CHARACTER, NULL, 0 },
    { PV_FORMAT_NIR, "199091A00400141", PV_FORMAT_BAD_CHARACTER, NULL, 0 },
    { PV_FORMAT_NIR, "18501780060486A", PV_FORMAT_BAD_CHARACTER, NULL, 0 },
    { PV_FORMAT_NIR, "185007800604863", PV_FORMAT_BAD_SHAPE, NULL, 0 },
    { PV_FORMAT_NIR, "185017800004863", PV_FORMAT_BAD_SHAPE, NULL, 0 }, /* commune 000 */
    { PV_FORMAT_NIR, "185017800600063", PV_FORMAT_BAD_SHAPE, NULL, 0 }, /* order 000 */
  };

  (void) state;
  check_cases (cases, G_N_ELEMENTS (cases));
}

/* Whatever the key: a wrong month is a wrong shape, a right one at most a wrong key. */
static void
knows_the_months_of_social_security_numbers (void **state)
{
  (void) state;
  for (guint month = 0; month <= 99; month++) {
    g_autofree char *text = g_strdup_printf ("185%02u7800604899", month);
    gboolean is_month = (month >= 1 && month <= 12) || month == 20 || (month >= 30 && month <= 42) || month >= 50;

    assert_int_equal (pv_format_check (PV_FORMAT_NIR, text, NULL, NULL),
                      is_month ? PV_FORMAT_BAD_KEY : PV_FORMAT_BAD_SHAPE);
  }
}

static void
judges_company_and_association_numbers (void **state)
{
  static const Case cases[] = {
    { PV_FORMAT_SIREN, "443170139", PV_FORMAT_OK, NULL, 0 },
    { PV_FORMAT_SIREN, "356000000", PV_FORMAT_OK, NULL, 0 },
    { PV_FORMAT_SIREN, "443 170 139", PV_FORMAT_OK, "443170139", 0 },
    { PV_FORMAT_SIREN, "443170138", PV_FORMAT_BAD_KEY, NULL, 0 },
    { PV_FORMAT_SIREN, "44317013", PV_FORMAT_TOO_SHORT, NULL, 1 },
    { PV_FORMAT_SIREN, "44317013900036", PV_FORMAT_TOO_LONG, NULL, 5 },
    { PV_FORMAT_SIRET, "44317013900036", PV_FORMAT_OK, NULL, 0 },
    { PV_FORMAT_SIRET, "73282932000074", PV_FORMAT_OK, NULL, 0 },
    { PV_FORMAT_SIRET, "732 829 320 00074", PV_FORMAT_OK, "73282932000074", 0 },
    { PV_FORMAT_SIRET, "35600000000048", PV_FORMAT_OK, NULL, 0 }, /* by Luhn */
    { PV_FORMAT_SIRET, "35600000049837", PV_FORMAT_OK, NULL, 0 }, /* by the rule of La Poste */
    { PV_FORMAT_SIRET, "35600000049838", PV_FORMAT_BAD_KEY, NULL, 0 },
    { PV_FORMAT_SIRET, "44317013900037", PV_FORMAT_BAD_KEY, NULL, 0 },
    { PV_FORMAT_SIRET, "44317013900035", PV_FORMAT_BAD_KEY, NULL, 0 }, /* sum 40, but not La Poste */
    { PV_FORMAT_SIRET, "35600000100005", PV_FORMAT_BAD_KEY, NULL, 0 }, /* sum 20, but not quite La Poste */
    { PV_FORMAT_SIRET, "443170139", PV_FORMAT_TOO_SHORT, NULL, 5 },
    { PV_FORMAT_SIRET, "4431701390003A", PV_FORMAT_BAD_CHARACTER, NULL, 0 },
    { PV_FORMAT_RNA, "W743525491", PV_FORMAT_OK, NULL, 0 },
    { PV_FORMAT_RNA, "w 743 525 491", PV_FORMAT_OK, "W743525491", 0 },
    { PV_FORMAT_RNA, "W2A1000123", PV_FORMAT_OK, NULL, 0 },
    { PV_FORMAT_RNA, "W2B1000123", PV_FORMAT_OK, NULL, 0 },
    { PV_FORMAT_RNA, "W9T1000123", PV_FORMAT_OK, NULL, 0 },
    { PV_FORMAT_RNA, "W2C1000123", PV_FORMAT_BAD_SHAPE, NULL, 0 },
    { PV_FORMAT_RNA, "X743525491", PV_FORMAT_BAD_SHAPE, NULL, 0 },
    { PV_FORMAT_RNA, "W74352549", PV_FORMAT_TOO_SHORT, NULL, 1 },
  };

  (void) state;
  check_cases (cases, G_N_ELEMENTS (cases));
}

static void
judges_other_numbers (void **state)
{
  static const Case cases[] = {
    { PV_FORMAT_ANTS_PREAPPLICATION, "K3M9P2X7QA", PV_FORMAT_OK, NULL, 0 },
    { PV_FORMAT_ANTS_PREAPPLICATION, "k3m9p 2x7qa", PV_FORMAT_OK, "K3M9P2X7QA", 0 },
    { PV_FORMAT_ANTS_PREAPPLICATION, "K3M9P2X7Q", PV_FORMAT_TOO_SHORT, NULL, 1 },
    { PV_FORMAT_ANTS_PREAPPLICATION, "K3M9P2X7Qé", PV_FORMAT_BAD_CHARACTER, NULL, 0 },
    { PV_FORMAT_CAF, "1234567", PV_FORMAT_OK, NULL, 0 },
    { PV_FORMAT_CAF, "1234567A", PV_FORMAT_BAD_CHARACTER, NULL, 0 },
    { PV_FORMAT_CAF, "123456", PV_FORMAT_TOO_SHORT, NULL, 1 },
    { PV_FORMAT_TAX_NUMBER, "30 23 217 600 053", PV_FORMAT_OK, "3023217600053", 0 },
    { PV_FORMAT_TAX_NUMBER, "302321760005", PV_FORMAT_TOO_SHORT, NULL, 1 },
    { PV_FORMAT_FEE_STAMP, "1234 5678 9012 3456", PV_FORMAT_OK, "1234567890123456", 0 },
    { PV_FORMAT_FEE_STAMP, "12345678901234567", PV_FORMAT_TOO_LONG, NULL, 1 },
    { PV_FORMAT_PLATE, "AB-123-CD", PV_FORMAT_OK, NULL, 0 },
    { PV_FORMAT_PLATE, "ab 123 cd", PV_FORMAT_OK, "AB-123-CD", 0 },
    { PV_FORMAT_PLATE, "ab123cd", PV_FORMAT_OK, "AB-123-CD", 0 },
    { PV_FORMAT_PLATE, "AO-123-CD", PV_FORMAT_BAD_CHARACTER, NULL, 0 },
    { PV_FORMAT_PLATE, "IB-123-CD", PV_FORMAT_BAD_CHARACTER, NULL, 0 },
    { PV_FORMAT_PLATE, "AB-123-UD", PV_FORMAT_BAD_CHARACTER, NULL, 0 },
    { PV_FORMAT_PLATE, "1234AB3", PV_FORMAT_BAD_SHAPE, NULL, 0 },
    { PV_FORMAT_PLATE, "123-AB-45", PV_FORMAT_BAD_SHAPE, NULL, 0 },
    { PV_FORMAT_NRN_BE, "85073003328", PV_FORMAT_OK, NULL, 0 },
    { PV_FORMAT_NRN_BE, "85.07.30-033.28", PV_FORMAT_OK, "85073003328", 0 },
    { PV_FORMAT_NRN_BE, "85073003327", PV_FORMAT_BAD_KEY, NULL, 0 },
    { PV_FORMAT_NRN_BE, "00012556777", PV_FORMAT_OK, NULL, 0 }, /* 97 - (2000125567 mod 97) = 77 */
    { PV_FORMAT_NRN_BE, "8507300332", PV_FORMAT_TOO_SHORT, NULL, 1 },
    { PV_FORMAT_DIGITS, "0042", PV_FORMAT_OK, NULL, 0 },
    { PV_FORMAT_DIGITS, "12 345", PV_FORMAT_OK, "12345", 0 },
    { PV_FORMAT_DIGITS, "1.5", PV_FORMAT_BAD_CHARACTER, NULL, 0 },
    { PV_FORMAT_DIGITS, "٣٥", PV_FORMAT_OK, "35", 0 },
  };

  (void) state;
  check_cases (cases, G_N_ELEMENTS (cases));
}

static void
judges_bank_numbers (void **state)
{
  static const Case cases[] = {
    { PV_FORMAT_IBAN, "FR76 3000 6000 0112 3456 7890 189", PV_FORMAT_OK, "FR7630006000011234567890189", 0 },
    { PV_FORMAT_IBAN, "FR14 2004 1010 0505 0001 3M02 606", PV_FORMAT_OK, "FR1420041010050500013M02606", 0 },
    { PV_FORMAT_IBAN, "FR95 1234 5678 90AB CDEF GHIJ K68", PV_FORMAT_OK, "FR951234567890ABCDEFGHIJK68", 0 },
    { PV_FORMAT_IBAN, "fr14 2004 1010 0505 0001 3m02 606", PV_FORMAT_OK, "FR1420041010050500013M02606", 0 },
    { PV_FORMAT_IBAN, "FR76 0000 1000 0100 0000 0000 101", PV_FORMAT_BAD_KEY, NULL, 0 },
    { PV_FORMAT_IBAN, "FR76 3000 6000 0112 3456 7890 198", PV_FORMAT_BAD_KEY, NULL, 0 },
    { PV_FORMAT_IBAN, "FR76 3000 6000 0112 3456 7890 18", PV_FORMAT_TOO_SHORT, NULL, 1 },
    { PV_FORMAT_IBAN, "FR76 3000 6000 0112 3456 7890 1899", PV_FORMAT_TOO_LONG, NULL, 1 },
    { PV_FORMAT_IBAN, "FR76 3000 6000 0112 3456 7890 1?9", PV_FORMAT_BAD_CHARACTER, NULL, 0 },
    { PV_FORMAT_IBAN, "F", PV_FORMAT_TOO_SHORT, NULL, 0 },
    { PV_FORMAT_IBAN, "7630006000011234567890189", PV_FORMAT_BAD_SHAPE, NULL, 0 },
    { PV_FORMAT_IBAN, "BE68 5390 0754 7034", PV_FORMAT_OK, "BE68539007547034", 0 },
    { PV_FORMAT_IBAN, "DE89 3704 0044 0532 0130 00", PV_FORMAT_OK, "DE89370400440532013000", 0 },
    { PV_FORMAT_IBAN, "ES91 2100 0418 4502 0005 1332", PV_FORMAT_OK, "ES9121000418450200051332", 0 },
    { PV_FORMAT_IBAN, "IT60 X054 2811 1010 0000 0123 456", PV_FORMAT_OK, "IT60X0542811101000000123456", 0 },
    { PV_FORMAT_IBAN, "LU28 0019 4006 4475 0000", PV_FORMAT_OK, "LU280019400644750000", 0 },
    { PV_FORMAT_IBAN, "PT50 0002 0123 1234 5678 9015 4", PV_FORMAT_OK, "PT50000201231234567890154", 0 },
    { PV_FORMAT_IBAN, "CH93 0076 2011 6238 5295 7", PV_FORMAT_OK, "CH9300762011623852957", 0 },
    { PV_FORMAT_IBAN, "GB29 NWBK 6016 1331 9268 19", PV_FORMAT_OK, "GB29NWBK60161331926819", 0 },
    { PV_FORMAT_IBAN, "BE68 5390 0754 703", PV_FORMAT_TOO_SHORT, NULL, 1 },
    { PV_FORMAT_IBAN, "BE68 5390 0754 7043", PV_FORMAT_BAD_KEY, NULL, 0 },
    /* Not in the list of countries: bounds and key only. */
    { PV_FORMAT_IBAN, "SA03 8000 0000 6080 1016 7519", PV_FORMAT_OK, "SA0380000000608010167519", 0 },
    { PV_FORMAT_IBAN, "SA03 8000 00", PV_FORMAT_TOO_SHORT, NULL, 0 },
  };

  (void) state;
  check_cases (cases, G_N_ELEMENTS (cases));
}

/* The key of a new IBAN, from the national part; an all-zero one would have a right key and is refused all the same. */
static char *
make_iban (const char *country, const char *national)
{
  GString *digits = g_string_new (NULL);
  g_autofree char *text = g_strconcat (national, country, "00", NULL);
  guint rest = 0;

  for (const char *p = text; *p != '\0'; p++)
    g_string_append_printf (digits, "%d", g_ascii_isdigit (*p) ? *p - '0' : *p - 'A' + 10);
  for (const char *p = digits->str; *p != '\0'; p++)
    rest = (rest * 10 + (guint) (*p - '0')) % 97;
  g_string_free (digits, TRUE);
  return g_strdup_printf ("%s%02u%s", country, 98 - rest, national);
}

static void
wants_a_right_national_part_as_well (void **state)
{
  static const struct {
    const char *country, *national;
    PvFormatVerdict verdict;
  } cases[] = {
    { "FR", "30006000011234567890189", PV_FORMAT_OK },        { "FR", "30006000011234567890188", PV_FORMAT_BAD_KEY },
    { "FR", "20041010050500013M02606", PV_FORMAT_OK },        { "FR", "20041010050500013N02606", PV_FORMAT_BAD_KEY },
    { "FR", "1234567890ABCDEFGHIJK68", PV_FORMAT_OK },        { "FR", "1234567890LMNOPQR000164", PV_FORMAT_OK },
    { "FR", "12345678900STUVWXYZ1221", PV_FORMAT_OK },        { "FR", "30006000A11234567890189", PV_FORMAT_BAD_SHAPE },
    { "FR", "300060000112345678901A9", PV_FORMAT_BAD_SHAPE }, { "FR", "00000000000000000000000", PV_FORMAT_BAD_SHAPE },
    { "DE", "000000000000000000", PV_FORMAT_BAD_SHAPE },      { "MC", "30006000011234567890189", PV_FORMAT_OK },
    { "MC", "30006000011234567890188", PV_FORMAT_BAD_KEY },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *iban = make_iban (cases[i].country, cases[i].national);
    PvFormatVerdict verdict = pv_format_check (PV_FORMAT_IBAN, iban, NULL, NULL);

    if (verdict != cases[i].verdict)
      fail_msg ("%s: verdict %d", iban, (int) verdict);
  }
}

static void
judges_phone_numbers (void **state)
{
  static const Case cases[] = {
    { PV_FORMAT_PHONE_FR, "0123456789", PV_FORMAT_OK, NULL, 0 },
    { PV_FORMAT_PHONE_FR, "+33123456789", PV_FORMAT_OK, "0123456789", 0 },
    { PV_FORMAT_PHONE_FR, "0033 1 23 45 67 89", PV_FORMAT_OK, "0123456789", 0 },
    { PV_FORMAT_PHONE_FR, "+590690000102", PV_FORMAT_OK, NULL, 0 },
    { PV_FORMAT_PHONE_FR, "00590690000102", PV_FORMAT_OK, "+590690000102", 0 },
    { PV_FORMAT_PHONE_FR, "06 92 32 00 00", PV_FORMAT_OK, "0692320000", 0 },
    { PV_FORMAT_PHONE_FR, "01.23.45.67.89", PV_FORMAT_OK, "0123456789", 0 },
    { PV_FORMAT_PHONE_FR, "06 39 98 01 23", PV_FORMAT_OK, "0639980123", 0 },
    { PV_FORMAT_PHONE_FR, "+508 41 12 34", PV_FORMAT_OK, "+508411234", 0 },
    { PV_FORMAT_PHONE_FR, "1234559", PV_FORMAT_BAD_SHAPE, NULL, 0 },
    { PV_FORMAT_PHONE_FR, "+32123456789", PV_FORMAT_BAD_SHAPE, NULL, 0 },
    { PV_FORMAT_PHONE_FR, "+380 44 123 45 67", PV_FORMAT_BAD_SHAPE, NULL, 0 }, /* as the portal refuses it */
    { PV_FORMAT_PHONE_FR, "01+23+45+67+89", PV_FORMAT_BAD_CHARACTER, NULL, 0 },
    { PV_FORMAT_PHONE_FR, "tel 0143350133", PV_FORMAT_BAD_CHARACTER, NULL, 0 },
    { PV_FORMAT_PHONE_FR, "+33 01 23 45 67 89", PV_FORMAT_BAD_SHAPE, NULL, 0 },
    { PV_FORMAT_PHONE_FR, "+33 (0)1 23 45 67 89", PV_FORMAT_BAD_SHAPE, NULL, 0 },
    { PV_FORMAT_PHONE_FR, "01-23-45-67-89", PV_FORMAT_BAD_CHARACTER, NULL, 0 },
    { PV_FORMAT_PHONE_FR, "012345678", PV_FORMAT_TOO_SHORT, NULL, 1 },
    { PV_FORMAT_PHONE_FR, "01234567890", PV_FORMAT_TOO_LONG, NULL, 1 },
    { PV_FORMAT_PHONE_FR, "+3312345678", PV_FORMAT_TOO_SHORT, NULL, 1 },
    { PV_FORMAT_PHONE_FR, "+59069000010", PV_FORMAT_TOO_SHORT, NULL, 1 },
    { PV_FORMAT_PHONE_FR, "+687 12 34 56", PV_FORMAT_BAD_SHAPE, NULL, 0 },
    { PV_FORMAT_PHONE_FR, "()", PV_FORMAT_BAD_SHAPE, NULL, 0 },
    { PV_FORMAT_MOBILE_FR, "06 39 98 01 23", PV_FORMAT_OK, "0639980123", 0 },
    { PV_FORMAT_MOBILE_FR, "0700000000", PV_FORMAT_OK, NULL, 0 },
    { PV_FORMAT_MOBILE_FR, "+33 6 39 98 01 23", PV_FORMAT_OK, "0639980123", 0 },
    { PV_FORMAT_MOBILE_FR, "+262 692 32 00 00", PV_FORMAT_OK, "+262692320000", 0 },
    { PV_FORMAT_MOBILE_FR, "+262 639 32 00 00", PV_FORMAT_OK, "+262639320000", 0 },
    { PV_FORMAT_MOBILE_FR, "+262 262 32 00 00", PV_FORMAT_BAD_SHAPE, NULL, 0 },
    { PV_FORMAT_MOBILE_FR, "0123456789", PV_FORMAT_BAD_SHAPE, NULL, 0 },
    { PV_FORMAT_PHONE, "+32 2 123 45 67", PV_FORMAT_OK, "+3221234567", 0 },
    { PV_FORMAT_PHONE, "(01) 23-45/67.89", PV_FORMAT_OK, "0123456789", 0 },
    { PV_FORMAT_PHONE, "+33 (0)1 23 45 67 89", PV_FORMAT_OK, "+33123456789", 0 },
    { PV_FORMAT_PHONE, "3939", PV_FORMAT_OK, NULL, 0 },
    { PV_FORMAT_PHONE, "+380 44 123 45 67", PV_FORMAT_OK, "+380441234567", 0 },
    { PV_FORMAT_PHONE, "+380 67 123 45 67", PV_FORMAT_OK, "+380671234567", 0 },
    { PV_FORMAT_PHONE, "+380 (67) 123-45-67", PV_FORMAT_OK, "+380671234567", 0 },
    { PV_FORMAT_PHONE, "\u2066+380 67 123 45 67", PV_FORMAT_BAD_CHARACTER, NULL, 0 },
    { PV_FORMAT_PHONE, "067 123 45 67", PV_FORMAT_OK, "0671234567", 0 },
    { PV_FORMAT_PHONE, "00 380 (0)44 123-45-67", PV_FORMAT_OK, "00380441234567", 0 },
    { PV_FORMAT_PHONE, "39", PV_FORMAT_TOO_SHORT, NULL, 1 },
    { PV_FORMAT_PHONE, "+123456789012345678", PV_FORMAT_TOO_LONG, NULL, 3 },
    { PV_FORMAT_PHONE, "01 23 45 67 89 ou 06", PV_FORMAT_BAD_CHARACTER, NULL, 0 },
  };

  (void) state;
  check_cases (cases, G_N_ELEMENTS (cases));
}

#define TEN   "aaaaaaaaaa"
#define SIXTY TEN TEN TEN TEN TEN TEN

static void
judges_addresses (void **state)
{
  static const Case cases[] = {
    { PV_FORMAT_EMAIL, "maelys.martin@exemple.fr", PV_FORMAT_OK, NULL, 0 },
    { PV_FORMAT_EMAIL, " Maelys+mairie@Exemple.FR ", PV_FORMAT_OK, "Maelys+mairie@exemple.fr", 0 },
    { PV_FORMAT_EMAIL, "m@exemple", PV_FORMAT_BAD_SHAPE, NULL, 0 },
    { PV_FORMAT_EMAIL, "exemple.fr", PV_FORMAT_BAD_SHAPE, NULL, 0 },
    { PV_FORMAT_EMAIL, "m@m@exemple.fr", PV_FORMAT_BAD_SHAPE, NULL, 0 },
    { PV_FORMAT_EMAIL, "@exemple.fr", PV_FORMAT_BAD_SHAPE, NULL, 0 },
    { PV_FORMAT_EMAIL, "m@exemple..fr", PV_FORMAT_BAD_SHAPE, NULL, 0 },
    { PV_FORMAT_EMAIL, "m@exemple.fr.", PV_FORMAT_BAD_SHAPE, NULL, 0 },
    { PV_FORMAT_EMAIL, "m@-exemple.fr", PV_FORMAT_BAD_SHAPE, NULL, 0 },
    { PV_FORMAT_EMAIL, "m.@exemple.fr", PV_FORMAT_BAD_SHAPE, NULL, 0 },
    { PV_FORMAT_EMAIL, "maelys martin@exemple.fr", PV_FORMAT_BAD_CHARACTER, NULL, 0 },
    { PV_FORMAT_EMAIL, "maëlys@exemple.fr", PV_FORMAT_BAD_CHARACTER, NULL, 0 },
    { PV_FORMAT_EMAIL, SIXTY "aaaa@exemple.fr", PV_FORMAT_OK, NULL, 0 },
    { PV_FORMAT_EMAIL, SIXTY "aaaaa@exemple.fr", PV_FORMAT_TOO_LONG, NULL, 1 },
    { PV_FORMAT_EMAIL, "m@" SIXTY "." SIXTY "." SIXTY "." SIXTY ".aaaaaa.fr", PV_FORMAT_TOO_LONG, NULL, 1 },
    { PV_FORMAT_URL, "https://www.exemple.fr/page?x=1", PV_FORMAT_OK, NULL, 0 },
    { PV_FORMAT_URL, "www.exemple.fr", PV_FORMAT_OK, "https://www.exemple.fr", 0 },
    { PV_FORMAT_URL, "HTTP://exemple.fr:8080", PV_FORMAT_OK, "http://exemple.fr:8080", 0 },
    { PV_FORMAT_URL, "ftp://exemple.fr", PV_FORMAT_BAD_SHAPE, NULL, 0 },
    { PV_FORMAT_URL, "https://exemple", PV_FORMAT_BAD_SHAPE, NULL, 0 },
    { PV_FORMAT_URL, "https://exemple.fr:", PV_FORMAT_BAD_SHAPE, NULL, 0 },
    { PV_FORMAT_URL, "https://nom@exemple.fr", PV_FORMAT_BAD_SHAPE, NULL, 0 },
    { PV_FORMAT_URL, "https://exemple.fr/une page", PV_FORMAT_BAD_CHARACTER, NULL, 0 },
    { PV_FORMAT_POSTCODE_FR, "35000", PV_FORMAT_OK, NULL, 0 },
    { PV_FORMAT_POSTCODE_FR, "35 000", PV_FORMAT_OK, "35000", 0 },
    { PV_FORMAT_POSTCODE_FR, "3500", PV_FORMAT_TOO_SHORT, NULL, 1 },
    { PV_FORMAT_POSTCODE_FR, "350000", PV_FORMAT_TOO_LONG, NULL, 1 },
    { PV_FORMAT_POSTCODE_FR, "2A004", PV_FORMAT_BAD_CHARACTER, NULL, 0 },
    { PV_FORMAT_INSEE_COMMUNE, "35238", PV_FORMAT_OK, NULL, 0 },
    { PV_FORMAT_INSEE_COMMUNE, "2a004", PV_FORMAT_OK, "2A004", 0 },
    { PV_FORMAT_INSEE_COMMUNE, "2B033", PV_FORMAT_OK, NULL, 0 },
    { PV_FORMAT_INSEE_COMMUNE, "97411", PV_FORMAT_OK, NULL, 0 },
    { PV_FORMAT_INSEE_COMMUNE, "99100", PV_FORMAT_OK, NULL, 0 },
    { PV_FORMAT_INSEE_COMMUNE, "2C033", PV_FORMAT_BAD_SHAPE, NULL, 0 },
    { PV_FORMAT_INSEE_COMMUNE, "3523A", PV_FORMAT_BAD_SHAPE, NULL, 0 },
  };

  (void) state;
  check_cases (cases, G_N_ELEMENTS (cases));
}

static void
judges_names_and_times (void **state)
{
  static const Case cases[] = {
    { PV_FORMAT_NAME, "Maëlys-Gaëlle", PV_FORMAT_OK, NULL, 0 },
    { PV_FORMAT_NAME, "  D’Artagnan   de l'Isle ", PV_FORMAT_OK, "D’Artagnan de l'Isle", 0 },
    { PV_FORMAT_NAME, "MARTIN", PV_FORMAT_OK, NULL, 0 },
    { PV_FORMAT_NAME, "o’brien", PV_FORMAT_OK, NULL, 0 },
    { PV_FORMAT_NAME, "Łukasz Đorđe", PV_FORMAT_OK, NULL, 0 },
    { PV_FORMAT_NAME, "مريم", PV_FORMAT_OK, NULL, 0 },
    { PV_FORMAT_NAME, "Mae\xcc\x88lys", PV_FORMAT_OK, NULL, 0 }, /* an accent by itself */
    { PV_FORMAT_NAME, "Martin 2", PV_FORMAT_BAD_CHARACTER, NULL, 0 },
    { PV_FORMAT_NAME, "Martin@", PV_FORMAT_BAD_CHARACTER, NULL, 0 },
    { PV_FORMAT_NAME, "-", PV_FORMAT_BAD_SHAPE, NULL, 0 },
    { PV_FORMAT_NAME, TEN TEN TEN TEN SIXTY, PV_FORMAT_OK, NULL, 0 },
    { PV_FORMAT_NAME, TEN TEN TEN TEN SIXTY "éé", PV_FORMAT_TOO_LONG, NULL, 2 },
    { PV_FORMAT_TIME, "14:32", PV_FORMAT_OK, NULL, 0 },
    { PV_FORMAT_TIME, "9:05", PV_FORMAT_OK, "09:05", 0 },
    { PV_FORMAT_TIME, "14 h 32", PV_FORMAT_OK, "14:32", 0 },
    { PV_FORMAT_TIME, "14H32", PV_FORMAT_OK, "14:32", 0 },
    { PV_FORMAT_TIME, "14h", PV_FORMAT_OK, "14:00", 0 },
    { PV_FORMAT_TIME, "14.32", PV_FORMAT_OK, "14:32", 0 },
    { PV_FORMAT_TIME, "1432", PV_FORMAT_OK, "14:32", 0 },
    { PV_FORMAT_TIME, "932", PV_FORMAT_OK, "09:32", 0 },
    { PV_FORMAT_TIME, "00:00", PV_FORMAT_OK, NULL, 0 },
    { PV_FORMAT_TIME, "24:00", PV_FORMAT_BAD_SHAPE, NULL, 0 },
    { PV_FORMAT_TIME, "12:60", PV_FORMAT_BAD_SHAPE, NULL, 0 },
    { PV_FORMAT_TIME, "12:5", PV_FORMAT_BAD_SHAPE, NULL, 0 },
    { PV_FORMAT_TIME, "14", PV_FORMAT_BAD_SHAPE, NULL, 0 },
    { PV_FORMAT_TIME, "14:", PV_FORMAT_BAD_SHAPE, NULL, 0 },
    { PV_FORMAT_TIME, "1 4:32", PV_FORMAT_BAD_SHAPE, NULL, 0 },
    { PV_FORMAT_TIME, "14:3:2", PV_FORMAT_BAD_SHAPE, NULL, 0 },
    { PV_FORMAT_TIME, "midi", PV_FORMAT_BAD_CHARACTER, NULL, 0 },
    { PV_FORMAT_FREE, "  Deux mots\net une ligne. ", PV_FORMAT_OK, "Deux mots\net une ligne.", 0 },
    { PV_FORMAT_FREE, "a\x1b[2J", PV_FORMAT_BAD_CHARACTER, NULL, 0 },
  };

  (void) state;
  check_cases (cases, G_N_ELEMENTS (cases));
}

static void
tells_nothing_from_too_much_in_every_format (void **state)
{
  g_autofree char *longest = g_strnfill (PV_FORMAT_MAX_BYTES + 1, '1');

  (void) state;
  for (guint format = 0; format < PV_N_FORMATS; format++) {
    guint count = 5;

    assert_int_equal (pv_format_check (format, NULL, NULL, &count), PV_FORMAT_EMPTY);
    assert_int_equal (count, 0);
    assert_int_equal (pv_format_check (format, "", NULL, NULL), PV_FORMAT_EMPTY);
    assert_int_equal (pv_format_check (format, " \t\xc2\xa0 ", NULL, NULL), PV_FORMAT_EMPTY);
    assert_int_equal (pv_format_check (format, longest, NULL, NULL), PV_FORMAT_TOO_LONG);
    assert_int_equal (pv_format_check (format, "12\xff", NULL, NULL), PV_FORMAT_BAD_CHARACTER);
  }
}

static void
groups_for_reading_and_masks_for_paper (void **state)
{
  static const struct {
    PvFormat format;
    const char *text, *shown, *masked; /* masked NULL = as shown */
  } cases[] = {
    { PV_FORMAT_NIR, "185017800604863", "1 85 01 78 006 048 63", "• •• •• •• ••• •48 63" },
    { PV_FORMAT_SIREN, "443170139", "443 170 139", NULL },
    { PV_FORMAT_SIRET, "44317013900036", "443 170 139 00036", NULL },
    { PV_FORMAT_IBAN, "FR7630006000011234567890189", "FR76 3000 6000 0112 3456 7890 189",
      "•••• •••• •••• •••• •••• •••0 189" },
    { PV_FORMAT_PHONE_FR, "0123456789", "01 23 45 67 89", NULL },
    { PV_FORMAT_PHONE_FR, "+590690000102", "+590 690 00 01 02", NULL },
    { PV_FORMAT_PHONE_FR, "+508411234", "+508 41 12 34", NULL },
    { PV_FORMAT_PHONE, "+33123456789", "+33 1 23 45 67 89", NULL },
    { PV_FORMAT_PHONE, "+3221234567", "+3221234567", NULL },
    { PV_FORMAT_PHONE, "3939", "3939", NULL },
    { PV_FORMAT_FEE_STAMP, "1234567890123456", "1234 5678 9012 3456", NULL },
    { PV_FORMAT_TAX_NUMBER, "3023217600053", "30 23 217 600 053", NULL },
    { PV_FORMAT_NRN_BE, "85073003328", "85.07.30-033.28", NULL },
    { PV_FORMAT_TIME, "14:32", "14:32", NULL },
    { PV_FORMAT_PLATE, "AB-123-CD", "AB-123-CD", NULL },
    { PV_FORMAT_POSTCODE_FR, "35000", "35000", NULL },
    { PV_FORMAT_NAME, "Maëlys", "Maëlys", NULL },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *shown = pv_format_display (cases[i].format, cases[i].text);
    g_autofree char *masked = pv_format_display_masked (cases[i].format, cases[i].text);
    char *again = NULL;

    assert_string_equal (shown, cases[i].shown);
    assert_string_equal (masked, cases[i].masked != NULL ? cases[i].masked : cases[i].shown);
    /* What is shown can be typed again, and fits what the keyboard lets through. */
    assert_int_equal (pv_format_check (cases[i].format, shown, &again, NULL), PV_FORMAT_OK);
    assert_string_equal (again, cases[i].text);
    if (pv_format_max_chars (cases[i].format) > 0)
      assert_true (g_utf8_strlen (shown, -1) <= pv_format_max_chars (cases[i].format));
    g_free (again);
  }
}

static void
knows_the_validation_types_of_the_portal (void **state)
{
  static const struct {
    const char *name;
    PvFormat format;
    PvInput input;
  } cases[] = {
    { "digits", PV_FORMAT_DIGITS, PV_INPUT_DIGITS },
    { "time", PV_FORMAT_TIME, PV_INPUT_DIGITS },
    { "url", PV_FORMAT_URL, PV_INPUT_EMAIL },
    { "phone", PV_FORMAT_PHONE, PV_INPUT_PHONE },
    { "phone-fr", PV_FORMAT_PHONE_FR, PV_INPUT_PHONE },
    { "mobile-local", PV_FORMAT_MOBILE_FR, PV_INPUT_PHONE },
    { "zipcode-fr", PV_FORMAT_POSTCODE_FR, PV_INPUT_DIGITS },
    { "siren-fr", PV_FORMAT_SIREN, PV_INPUT_DIGITS },
    { "siret-fr", PV_FORMAT_SIRET, PV_INPUT_DIGITS },
    { "nir-fr", PV_FORMAT_NIR, PV_INPUT_MIXED },
    { "ants-predemand-fr", PV_FORMAT_ANTS_PREAPPLICATION, PV_INPUT_MIXED },
    { "caf-beneficiary-number-fr", PV_FORMAT_CAF, PV_INPUT_DIGITS },
    { "tax-assessment-fiscal-number-fr", PV_FORMAT_TAX_NUMBER, PV_INPUT_DIGITS },
    { "tax-assessment-reference-fr", PV_FORMAT_TAX_NUMBER, PV_INPUT_DIGITS },
    { "rna-number-fr", PV_FORMAT_RNA, PV_INPUT_MIXED },
    { "nrn-be", PV_FORMAT_NRN_BE, PV_INPUT_DIGITS },
    { "iban", PV_FORMAT_IBAN, PV_INPUT_MIXED },
  };
  static const char *const unknown[] = { "regex", "django", "", "siret" };
  PvFormat format = PV_FORMAT_NAME;

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    assert_true (pv_format_from_publik (cases[i].name, &format));
    assert_int_equal (format, cases[i].format);
    assert_int_equal (pv_format_input (format), cases[i].input);
  }
  format = PV_FORMAT_NAME;
  for (gsize i = 0; i < G_N_ELEMENTS (unknown); i++)
    assert_false (pv_format_from_publik (unknown[i], &format));
  assert_false (pv_format_from_publik (NULL, &format));
  assert_int_equal (format, PV_FORMAT_NAME);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (judges_social_security_numbers),
    cmocka_unit_test (knows_the_months_of_social_security_numbers),
    cmocka_unit_test (judges_company_and_association_numbers),
    cmocka_unit_test (judges_other_numbers),
    cmocka_unit_test (judges_bank_numbers),
    cmocka_unit_test (wants_a_right_national_part_as_well),
    cmocka_unit_test (judges_phone_numbers),
    cmocka_unit_test (judges_addresses),
    cmocka_unit_test (judges_names_and_times),
    cmocka_unit_test (tells_nothing_from_too_much_in_every_format),
    cmocka_unit_test (groups_for_reading_and_masks_for_paper),
    cmocka_unit_test (knows_the_validation_types_of_the_portal),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
