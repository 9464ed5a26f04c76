/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Bundles of settings, and everything that must not pass for one. In most rows of the table the signature is right: then it is the
 * form alone that refuses. */

#include "tst.h"

#include "bundle-maker.h"

#define HEAD   "parvis-settings-bundle 1 17 platform 2027-01-31 "
#define FILE_A "file a.conf 2\nx\n\n"

static char *secret, *public_text, *other_secret, *other_public;
static guint n_accepted, n_attacks;

static int
make_keys (void **state)
{
  (void) state;
  pv_bundle_keys_new (&secret, &public_text);
  pv_bundle_keys_new (&other_secret, &other_public);
  return 0;
}

static int
drop_keys (void **state)
{
  (void) state;
  g_free (secret);
  g_free (public_text);
  g_free (other_secret);
  g_free (other_public);
  g_printerr ("# attacks: %u, accepted: %u\n", n_attacks, n_accepted);
  return 0;
}

static PvBundle *
open_now (GBytes *bytes, const char *scope, GError **error)
{
  const char *keys[] = { public_text, NULL };

  return pv_bundle_open (bytes, keys, scope, MAKER_NOW_S, error);
}

/* Fails if @bytes are accepted, or are refused for another reason. */
static void
refuse (const char *what, GBytes *bytes, const char *scope, PvBundleError code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PvBundle) bundle = open_now (bytes, scope, &error);

  n_attacks++;
  if (bundle != NULL) {
    n_accepted++;
    fail_msg ("%s: accepted", what);
  }
  if (!g_error_matches (error, PV_BUNDLE_ERROR, (int) code))
    fail_msg ("%s: %s", what, error->message);
}

static void
one_that_is_right_is_read (void **state)
{
  g_autoptr (GBytes) bytes = maker_bundle ("platform", 17, "2027-01-31", "[screen]\nidle-seconds=120\n", secret);
  g_autoptr (GError) error = NULL;
  g_autoptr (PvBundle) bundle = open_now (bytes, "platform", &error);
  const PvBundleFile *file;

  (void) state;
  if (bundle == NULL)
    fail_msg ("%s", error->message);
  assert_int_equal (bundle->format, 1);
  assert_int_equal (bundle->serial, 17);
  assert_string_equal (bundle->scope, "platform");
  assert_string_equal (bundle->expires, "2027-01-31");
  assert_int_equal (bundle->end_s, G_GINT64_CONSTANT (1801440000)); /* 2027-02-01 00:00 UTC */
  assert_int_equal (bundle->files->len, 1);
  file = bundle->files->pdata[0];
  assert_string_equal (file->name, "10.conf");
  assert_int_equal (g_bytes_get_size (file->bytes), 26);
  assert_int_equal (strlen (bundle->digest), 64);
}

static void
what_is_signed_is_opened_again (void **state)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (pv_bundle_file_free);
  g_autoptr (GBytes) b = g_bytes_new_static ("[commune]\nplace=Été\n", 22), empty = g_bytes_new_static ("", 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (PvBundle) bundle = NULL;

  (void) state;
  g_ptr_array_add (files, pv_bundle_file_new ("90-b.conf", b));
  g_ptr_array_add (files, pv_bundle_file_new ("10-a.conf", empty));
  bytes = pv_bundle_sign (files, "2A004", 3, "2027-06-30", secret, MAKER_NOW_S, &error);
  if (bytes == NULL)
    fail_msg ("%s", error->message);
  bundle = open_now (bytes, "2A004", &error);
  assert_non_null (bundle);
  assert_int_equal (bundle->files->len, 2);
  assert_string_equal (((PvBundleFile *) bundle->files->pdata[0])->name, "10-a.conf");
  assert_true (g_bytes_equal (((PvBundleFile *) bundle->files->pdata[1])->bytes, b));
}

static void
nothing_is_signed_that_no_kiosk_would_take (void **state)
{
  static const struct {
    const char *name, *scope, *expires;
    gint64 serial;
  } rows[] = {
    { "X.conf", "platform", "2027-01-31", 1 }, { "a.conf", "Platform", "2027-01-31", 1 },
    { "a.conf", "8999", "2027-01-31", 1 },     { "a.conf", "platform", "2026-11-30", 1 },
    { "a.conf", "platform", "2028-06-01", 1 }, { "a.conf", "platform", "soon", 1 },
    { "a.conf", "platform", "2027-01-31", 0 },
  };
  g_autoptr (GBytes) text = g_bytes_new_static ("#\n", 2);

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (pv_bundle_file_free);
    g_autoptr (GError) error = NULL;

    g_ptr_array_add (files, pv_bundle_file_new (rows[i].name, text));
    assert_null (pv_bundle_sign (files, rows[i].scope, rows[i].serial, rows[i].expires, secret, MAKER_NOW_S, &error));
    assert_int_equal (error->domain, PV_BUNDLE_ERROR);
  }
}

/* Each signed with the right key. */
static void
whatever_is_not_of_the_form_is_refused (void **state)
{
#define BAD(what, text)                                                                                                \
  {                                                                                                                    \
    what, text, sizeof (text) - 1, PV_BUNDLE_ERROR_BAD                                                                 \
  }
  static const struct {
    const char *what, *text;
    gsize length;
    PvBundleError code;
  } rows[] = {
    BAD ("a name that leaves the folder", HEAD "1\nfile ../x.conf 2\nx\n\n"),
    BAD ("a name of another folder", HEAD "1\nfile a/x.conf 2\nx\n\n"),
    BAD ("an absolute name", HEAD "1\nfile /etc/parvis/conf.d/x.conf 2\nx\n\n"),
    BAD ("a hidden name", HEAD "1\nfile .x.conf 2\nx\n\n"),
    BAD ("two dots as a name", HEAD "1\nfile ..conf 2\nx\n\n"),
    BAD ("no name", HEAD "1\nfile  2\nx\n\n"),
    BAD ("the end of a name alone", HEAD "1\nfile .conf 2\nx\n\n"),
    BAD ("a name in capitals", HEAD "1\nfile X.conf 2\nx\n\n"),
    BAD ("a name with another end", HEAD "1\nfile x.service 2\nx\n\n"),
    BAD ("a name with more behind its end", HEAD "1\nfile x.conf.sh 2\nx\n\n"),
    BAD ("a name with a zero", HEAD "1\nfile x.conf\0.conf 2\nx\n\n"),
    BAD ("a name with a backslash", HEAD "1\nfile ..\\x.conf 2\nx\n\n"),
    BAD ("a name with an accent", HEAD "1\nfile \303\251.conf 2\nx\n\n"),
    BAD ("a name with a carriage return", HEAD "1\nfile x.conf\r 2\nx\n\n"),
    BAD ("a name that is too long",
         HEAD "1\nfile aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.conf 2\nx\n\n"),
    BAD ("the name of the bundle itself", HEAD "1\nfile bundle.pvb 2\nx\n\n"),
    BAD ("a name twice", HEAD "2\n" FILE_A FILE_A),
    BAD ("names out of order", HEAD "2\nfile b.conf 2\nx\n\n" FILE_A),
    BAD ("no files", HEAD "0\n"),
    BAD ("more files than there may be", HEAD "51\n" FILE_A),
    BAD ("a count without end", HEAD "999999999999\n" FILE_A),
    BAD ("a count beyond all numbers", HEAD "18446744073709551617\n" FILE_A),
    BAD ("a negative count", HEAD "-1\n" FILE_A),
    BAD ("fewer files than it says", HEAD "2\n" FILE_A),
    BAD ("more files than it says", HEAD "1\n" FILE_A "file b.conf 2\nx\n\n"),
    BAD ("bytes behind the last file", HEAD "1\n" FILE_A "x\n"),
    BAD ("a file that is longer than the bundle", HEAD "1\nfile a.conf 1048576\nx\n\n"),
    BAD ("a file that is longer than it says", HEAD "1\nfile a.conf 1\nx\n\n"),
    BAD ("a length beyond all numbers", HEAD "1\nfile a.conf 18446744073709551615\nx\n\n"),
    BAD ("a negative length", HEAD "1\nfile a.conf -2\nx\n\n"),
    BAD ("a length with a zero in front", HEAD "1\nfile a.conf 02\nx\n\n"),
    BAD ("a length in hexadecimal", HEAD "1\nfile a.conf 0x2\nx\n\n"),
    BAD ("a file with a zero", HEAD "1\nfile a.conf 3\nx\0\n\n"),
    BAD ("a file that is not UTF-8", HEAD "1\nfile a.conf 3\nx\377\n\n"),
    BAD ("another word than file", HEAD "1\nlink a.conf 2\nx\n\n"),
    BAD ("serial 0", "parvis-settings-bundle 1 0 platform 2027-01-31 1\n" FILE_A),
    BAD ("a negative serial", "parvis-settings-bundle 1 -1 platform 2027-01-31 1\n" FILE_A),
    BAD ("a serial with a zero in front", "parvis-settings-bundle 1 017 platform 2027-01-31 1\n" FILE_A),
    BAD ("a serial beyond all numbers", "parvis-settings-bundle 1 18446744073709551617 platform 2027-01-31 1\n" FILE_A),
    BAD ("a scope in capitals", "parvis-settings-bundle 1 17 PLATFORM 2027-01-31 1\n" FILE_A),
    BAD ("a scope that is a path", "parvis-settings-bundle 1 17 ../platform 2027-01-31 1\n" FILE_A),
    BAD ("a scope of two", "parvis-settings-bundle 1 17 platform,89999 2027-01-31 1\n" FILE_A),
    BAD ("a day that there is not", "parvis-settings-bundle 1 17 platform 2027-02-30 1\n" FILE_A),
    BAD ("a day of another form", "parvis-settings-bundle 1 17 platform 31-01-2027 1\n" FILE_A),
    BAD ("a day without zeros", "parvis-settings-bundle 1 17 platform 2027-1-31 1\n" FILE_A),
    BAD ("a word too many", HEAD "1 x\n" FILE_A),
    BAD ("two blanks", "parvis-settings-bundle 1  17 platform 2027-01-31 1\n" FILE_A),
    BAD ("lines of another system", HEAD "1\r\nfile a.conf 2\r\nx\n\r\n"),
    BAD ("a first line without end",
         "parvis-settings-bundle 1 17 platform 2027-01-31 1 "
         "                                                                              "
         "                                                                              \n"),
    BAD ("another beginning", "parvis-receipt-bundle 1 17 platform 2027-01-31 1\n" FILE_A),
    BAD ("nothing", "\n"),
    { "a format of later", "parvis-settings-bundle 2 17 platform 2027-01-31 1\n" FILE_A, 0, PV_BUNDLE_ERROR_FORMAT },
    { "format 0", "parvis-settings-bundle 0 17 platform 2027-01-31 1\n" FILE_A, 0, PV_BUNDLE_ERROR_FORMAT },
    { "a format of much later", "parvis-settings-bundle 99 anything else\n", 0, PV_BUNDLE_ERROR_FORMAT },
    { "another commune", "parvis-settings-bundle 1 17 89998 2027-01-31 1\n" FILE_A, 0, PV_BUNDLE_ERROR_SCOPE },
    { "expired yesterday", "parvis-settings-bundle 1 17 platform 2026-11-30 1\n" FILE_A, 0, PV_BUNDLE_ERROR_TIME },
    { "expired long ago", "parvis-settings-bundle 1 17 platform 1970-01-02 1\n" FILE_A, 0, PV_BUNDLE_ERROR_TIME },
    { "good for 401 days", "parvis-settings-bundle 1 17 platform 2028-01-06 1\n" FILE_A, 0, PV_BUNDLE_ERROR_TIME },
    { "good for ever", "parvis-settings-bundle 1 17 platform 9999-12-31 1\n" FILE_A, 0, PV_BUNDLE_ERROR_TIME },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    gssize length = rows[i].length > 0 ? (gssize) rows[i].length : -1;
    g_autoptr (GBytes) bytes = maker_sign (rows[i].text, length, secret);

    refuse (rows[i].what, bytes, "platform", rows[i].code);
  }
#undef BAD
}

static void
the_last_days_count (void **state)
{
  static const char *const days[] = { "2026-12-01", "2028-01-05" }; /* today; in 400 days */

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (days); i++) {
    g_autoptr (GBytes) bytes = maker_bundle ("platform", 17, days[i], "#\n", secret);
    g_autoptr (GError) error = NULL;
    g_autoptr (PvBundle) bundle = open_now (bytes, "platform", &error);

    if (bundle == NULL)
      fail_msg ("%s: %s", days[i], error->message);
  }
}

/* Neither what a commune signed for the platform, nor for another commune, nor the other way round. */
static void
nobody_speaks_for_somebody_else (void **state)
{
  static const char *const scopes[] = { "platform", "89999", "89998", "2A004", "2B004" };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (scopes); i++)
    for (gsize k = 0; k < G_N_ELEMENTS (scopes); k++) {
      g_autoptr (GBytes) bytes = maker_bundle (scopes[i], 17, "2027-01-31", "#\n", secret);
      g_autoptr (GBytes) foreign = maker_bundle (scopes[i], 17, "2027-01-31", "#\n", other_secret);

      if (i != k)
        refuse (scopes[i], bytes, scopes[k], PV_BUNDLE_ERROR_SCOPE);
      refuse ("signed by the key of another scope", foreign, scopes[k], PV_BUNDLE_ERROR_SIGNATURE);
    }
}

static void
without_the_right_signature_nothing_counts (void **state)
{
  g_autoptr (GBytes) ours = maker_bundle ("platform", 17, "2027-01-31", "#\n", secret);
  g_autoptr (GBytes) foreign = maker_bundle ("platform", 17, "2027-01-31", "#\n", other_secret);
  g_autoptr (GBytes) older = maker_bundle ("platform", 16, "2027-01-31", "#\n", secret);
  g_autofree char *text = g_strndup (g_bytes_get_data (ours, NULL), g_bytes_get_size (ours));
  char *line = g_strrstr (text, "signature ");
  g_autofree char *body = g_strndup (text, (gsize) (line - text));
  g_autofree char *old_text = g_strndup (g_bytes_get_data (older, NULL), g_bytes_get_size (older));
  const char *old_line = g_strrstr (old_text, "signature ");
  g_autofree char *zeros = g_strnfill (86, 'A');
  const char *const none[] = { NULL };
  char *const cases[] = {
    g_strconcat (body, old_line, NULL),                    /* the signature of another one */
    g_strconcat (body, "signature ", zeros, "==\n", NULL), /* of zeros */
    g_strconcat (text, "x", NULL),                         /* a byte behind it */
    g_strconcat (text, "\n", NULL),                        /* a line end behind it */
    g_strconcat (text, text, NULL),                        /* twice */
    g_strconcat (text, line, NULL),                        /* its signature twice */
    g_strconcat ("#\n", text, NULL),                       /* a line in front */
    g_strconcat (body, "Signature ", line + 10, NULL),     /* another word */
    g_strdup (body),                                       /* none */
    g_strdup (line),                                       /* nothing else */
    g_strconcat (body, "signature ", "\n", line, NULL),    /* an empty one in front */
  };
  g_autoptr (GError) error = NULL, other_error = NULL;

  (void) state;
  refuse ("a foreign key", foreign, "platform", PV_BUNDLE_ERROR_SIGNATURE);
  assert_null (pv_bundle_open (ours, none, "platform", MAKER_NOW_S, &error));
  assert_true (g_error_matches (error, PV_BUNDLE_ERROR, PV_BUNDLE_ERROR_SIGNATURE));
  assert_null (pv_bundle_open (ours, NULL, "platform", MAKER_NOW_S, &other_error));
  assert_true (g_error_matches (other_error, PV_BUNDLE_ERROR, PV_BUNDLE_ERROR_SIGNATURE));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GBytes) bytes = g_bytes_new_take (cases[i], strlen (cases[i]));
    g_autoptr (GError) wrong = NULL;
    g_autoptr (PvBundle) bundle = open_now (bytes, "platform", &wrong);

    n_attacks++;
    if (bundle != NULL) {
      n_accepted++;
      fail_msg ("case %zu: accepted", i);
    }
  }
}

/* One whose signature has a "+": libsodium 1.0.18 takes that letter with its highest bit set for the same. (transfer full) */
static GBytes *
make_with_plus (void)
{
  for (gint64 serial = 1; serial < 1000; serial++) {
    GBytes *bytes = maker_bundle ("platform", serial, "2027-01-31", "[screen]\nidle-seconds=120\n", secret);

    if (memchr (g_bytes_get_data (bytes, NULL), '+', g_bytes_get_size (bytes)) != NULL)
      return bytes;
    g_bytes_unref (bytes);
  }
  fail_msg ("no such signature");
  return NULL;
}

/* Each bit of each byte, and each length. */
static void
every_flip_and_every_cut_is_refused (void **state)
{
  g_autoptr (GBytes) bytes = make_with_plus ();
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  guint n = 0;

  (void) state;
  for (gsize i = 0; i < size * 8; i++) {
    g_autofree guint8 *copy = g_memdup2 (data, size);
    g_autoptr (GBytes) changed = NULL;
    g_autoptr (PvBundle) bundle = NULL;

    copy[i / 8] ^= (guint8) (1 << (i % 8));
    changed = g_bytes_new (copy, size);
    bundle = open_now (changed, "platform", NULL);
    n++;
    if (bundle != NULL) {
      n_accepted++;
      fail_msg ("bit %zu of byte %zu of %zu was not looked at", i % 8, i / 8, size);
    }
  }
  for (gsize i = 0; i < size; i++) {
    g_autoptr (GBytes) cut = g_bytes_new (data, i), late = g_bytes_new (data + size - i, i);
    g_autoptr (PvBundle) first = open_now (cut, "platform", NULL), last = open_now (late, "platform", NULL);

    n_accepted += first != NULL || last != NULL ? 1 : 0;
    assert_null (first);
    assert_null (last);
    n += 2;
  }
  n_attacks += n;
}

static void
one_that_is_too_large_is_refused (void **state)
{
  g_autofree char *content = g_strnfill (PV_BUNDLE_MAX_BYTES, '#');
  g_autoptr (GBytes) bytes = maker_bundle ("platform", 17, "2027-01-31", content, secret);

  (void) state;
  refuse ("larger than 1 MB", bytes, "platform", PV_BUNDLE_ERROR_BAD);
}

static void
keys_and_codes_have_one_form (void **state)
{
  static const struct {
    const char *text;
    gboolean is_commune;
  } rows[] = {
    { "89999", TRUE },  { "01001", TRUE },  { "2A004", TRUE }, { "2B033", TRUE },   { "97411", TRUE },
    { "2C004", FALSE }, { "2a004", FALSE }, { "8999", FALSE }, { "899999", FALSE }, { "", FALSE },
    { "89 99", FALSE }, { "../89", FALSE }, { "2A04", FALSE },
  };
  guint8 key[PV_BUNDLE_KEY_BYTES];
  g_autofree char *longer = g_strconcat (public_text, "=", NULL), *shorter = g_strndup (public_text, 43);

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (pv_bundle_is_commune (rows[i].text) != rows[i].is_commune)
      fail_msg ("%s", rows[i].text);
  assert_true (pv_bundle_key_parse (public_text, key));
  assert_false (pv_bundle_key_parse (longer, key));
  assert_false (pv_bundle_key_parse (shorter, key));
  assert_false (pv_bundle_key_parse (secret, key)); /* nobody gives the private one away by a slip */
}

int
main (void)
{
  static const struct CMUnitTest tests[] = {
    cmocka_unit_test (one_that_is_right_is_read),
    cmocka_unit_test (what_is_signed_is_opened_again),
    cmocka_unit_test (nothing_is_signed_that_no_kiosk_would_take),
    cmocka_unit_test (whatever_is_not_of_the_form_is_refused),
    cmocka_unit_test (the_last_days_count),
    cmocka_unit_test (nobody_speaks_for_somebody_else),
    cmocka_unit_test (without_the_right_signature_nothing_counts),
    cmocka_unit_test (every_flip_and_every_cut_is_refused),
    cmocka_unit_test (one_that_is_too_large_is_refused),
    cmocka_unit_test (keys_and_codes_have_one_form),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, make_keys, drop_keys);
}
