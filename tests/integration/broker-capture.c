/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* broker-capture FOLDER WORDS: judges what tls-tap wrote down at a broker.
 *
 * Every connection must be whole MQTT packets. Each payload must be of a type that PROTOCOL.md names; sealed records must
 * be of its sizes, and look like noise: what they are put together cannot be compressed, and each byte is as frequent as
 * any other. WORDS, one a line, and the names of all screens must be nowhere, whatever their case. Prints figures. */

#include <gio/gio.h>
#include <stdlib.h>
#include <string.h>

#include "core/intention.h"
#include "core/screen-state.h"

enum {
  PUBLISH = 3, /* MQTT 5, 2.1.2 */
  MAX_TYPE = 0x20,
  RECORD = 0x10,
  MIN_RECORDS = 40,
  RECORD_BYTES = 13 + 16, /* beside the plaintext: PROTOCOL.md, 5 */
  MAX_PLAIN_BYTES = 32768,
  MIN_WORD_BYTES = 6, /* shorter ones may be in noise */
};

typedef struct Capture {
  GByteArray *all;     /* whatever was said, both ways */
  GByteArray *records; /* the sealed parts of those that came in, each once */
  GHashTable *seen;    /* (element-type GBytes): whole records */
  guint n_connections, n_types[MAX_TYPE];
  GHashTable *sizes; /* of plaintexts -> how many */
  guint n_failed;
} Capture;

/* As the judge's letters: lower case, where there is one. */
static void
lower (guint8 *bytes, gsize size)
{
  for (gsize i = 0; i < size; i++)
    bytes[i] = (guint8) g_ascii_tolower ((char) bytes[i]);
}

static void
complain (Capture *capture, const char *what, const char *where)
{
  capture->n_failed++;
  g_print ("FAILED: %s: %s\n", where, what);
}

/* ---- MQTT ---- */

/* A length of seven bits a byte; FALSE: cut off. */
static gboolean
take_length (const guint8 **at, const guint8 *end, gsize *ret_length)
{
  gsize length = 0;

  for (guint shift = 0; shift < 28 && *at < end; shift += 7) {
    guint8 byte = *(*at)++;

    length |= (gsize) (byte & 0x7f) << shift;
    if ((byte & 0x80) == 0) {
      *ret_length = length;
      return TRUE;
    }
  }
  return FALSE;
}

static gboolean
is_size (gsize plain)
{
  return plain == 64 || plain == 128 || plain == 192
         || (plain >= 256 && plain <= MAX_PLAIN_BYTES && (plain & (plain - 1)) == 0);
}

static void
take_payload (Capture *capture, const guint8 *bytes, gsize size, gboolean is_in, const char *where)
{
  gsize plain = size - RECORD_BYTES;

  if (size == 0 || bytes[0] >= MAX_TYPE || bytes[0] == 0 || (bytes[0] > 7 && bytes[0] < RECORD) || bytes[0] > 0x13) {
    complain (capture, "a payload of a type that is not in the protocol", where);
    return;
  }
  if (!is_in)
    return;
  capture->n_types[bytes[0]]++;
  if (bytes[0] != RECORD)
    return;
  if (size <= RECORD_BYTES || !is_size (plain))
    complain (capture, "a record of a size that says how much is in it", where);
  g_hash_table_insert (
    capture->sizes, GSIZE_TO_POINTER (plain),
    GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (capture->sizes, GSIZE_TO_POINTER (plain))) + 1));
  /* The last word of a session is said again, byte by byte, until it is heard: it is one record. */
  if (g_hash_table_add (capture->seen, g_bytes_new (bytes, size)))
    g_byte_array_append (capture->records, bytes + 13, (guint) (size - 13));
}

/* @at: after the length of the packet */
static gboolean
take_publish (Capture *capture, guint8 flags, const guint8 *at, const guint8 *end, gboolean is_in, const char *where)
{
  gsize properties, topic;

  if (end - at < 2)
    return FALSE;
  topic = (gsize) at[0] << 8 | at[1];
  at += 2;
  if ((gsize) (end - at) < topic + 2)
    return FALSE;
  at += topic + ((flags & 6) != 0 ? 2 : 0);
  if (!take_length (&at, end, &properties) || (gsize) (end - at) < properties)
    return FALSE;
  at += properties;
  take_payload (capture, at, (gsize) (end - at), is_in, where);
  return TRUE;
}

static gboolean
take_packets (Capture *capture, const guint8 *bytes, gsize size, gboolean is_in, const char *where)
{
  const guint8 *at = bytes, *end = bytes + size;

  while (at < end) {
    guint8 first = *at++;
    gsize length;

    /* The last one may have been cut off when its program was killed. */
    if (!take_length (&at, end, &length) || (gsize) (end - at) < length)
      return TRUE;
    if (first >> 4 == 0
        || (first >> 4 == PUBLISH && !take_publish (capture, first & 0x0f, at, at + length, is_in, where)))
      return FALSE;
    at += length;
  }
  return TRUE;
}

static void
read_folder (Capture *capture, const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL), *text = NULL;
    gsize size;

    if (!g_file_get_contents (path, &text, &size, NULL)) {
      complain (capture, "cannot be read", name);
      continue;
    }
    capture->n_connections += g_str_has_suffix (name, ".in") ? 1 : 0;
    if (!take_packets (capture, (const guint8 *) text, size, g_str_has_suffix (name, ".in"), name))
      complain (capture, "is not MQTT", name);
    g_byte_array_append (capture->all, (const guint8 *) text, (guint) size);
  }
  lower (capture->all->data, capture->all->len);
}

/* ---- words ---- */

static gboolean
has_word (const Capture *capture, const char *word)
{
  g_autofree char *small = g_ascii_strdown (word, -1);

  return memmem (capture->all->data, capture->all->len, small, strlen (small)) != NULL;
}

static guint
search_words (Capture *capture, const char *path)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  guint n_words = 0;

  if (!g_file_get_contents (path, &text, NULL, NULL)) {
    complain (capture, "cannot be read", path);
    return 0;
  }
  lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; *line != NULL; line++) {
    if (strlen (*line) < MIN_WORD_BYTES)
      continue;
    n_words++;
    if (has_word (capture, *line))
      complain (capture, "the broker saw it", *line);
  }
  for (guint i = 0; i < PV_N_SCREENS; i++)
    if (strlen (pv_screen_id_name (i)) >= MIN_WORD_BYTES && has_word (capture, pv_screen_id_name (i)))
      complain (capture, "the broker saw the screen", pv_screen_id_name (i));
  return n_words;
}

/* ---- noise ---- */

static gsize
compressed_size (const GByteArray *bytes)
{
  g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_RAW, 9);
  gsize room = bytes->len * 2 + 1024, n_read = 0, n_written = 0;
  g_autofree guint8 *out = g_malloc (room);

  if (g_converter_convert (G_CONVERTER (compressor), bytes->data, bytes->len, out, room, G_CONVERTER_INPUT_AT_END,
                           &n_read, &n_written, NULL)
      != G_CONVERTER_FINISHED)
    return 0;
  return n_written;
}

/* Chi-squared of 256 bins; 255 in the middle, and for noise above 400 only once in 10^8. */
static double
unevenness (const GByteArray *bytes)
{
  guint counts[256] = { 0 };
  double expected = bytes->len / 256.0, sum = 0;

  for (guint i = 0; i < bytes->len; i++)
    counts[bytes->data[i]]++;
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    sum += (counts[i] - expected) * (counts[i] - expected) / expected;
  return sum;
}

static void
judge_noise (Capture *capture)
{
  gsize compressed = compressed_size (capture->records);
  double chi = unevenness (capture->records);

  g_print ("# records: %u of %u bytes in all; compressed: %" G_GSIZE_FORMAT " bytes; chi-squared %.0f\n",
           capture->n_types[RECORD], capture->records->len, compressed, chi);
  if (capture->n_types[RECORD] < MIN_RECORDS)
    complain (capture, "so few records prove nothing", "records");
  if (compressed < capture->records->len)
    complain (capture, "they can be compressed", "records");
  if (chi > 400)
    complain (capture, "some bytes are more frequent than others", "records");
}

static int
by_size (gconstpointer one, gconstpointer other)
{
  return GPOINTER_TO_SIZE (one) < GPOINTER_TO_SIZE (other) ? -1 : 1;
}

static void
print_sizes (const Capture *capture)
{
  GList *sizes = g_list_sort (g_hash_table_get_keys (capture->sizes), by_size);

  for (GList *at = sizes; at != NULL; at = at->next)
    g_print ("# records of %" G_GSIZE_FORMAT " bytes: %u\n", GPOINTER_TO_SIZE (at->data),
             GPOINTER_TO_UINT (g_hash_table_lookup (capture->sizes, at->data)));
  g_list_free (sizes);
}

int
main (int argc, char **argv)
{
  Capture capture = { .all = g_byte_array_new (),
                      .records = g_byte_array_new (),
                      .seen = g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify) g_bytes_unref, NULL),
                      .sizes = g_hash_table_new (NULL, NULL) };
  guint n_words;

  if (argc != 3)
    return 2;
  read_folder (&capture, argv[1]);
  n_words = search_words (&capture, argv[2]);
  g_print ("# %u connections, %u bytes both ways; searched for %u words and the names of the screens\n",
           capture.n_connections, capture.all->len, n_words);
  /* Both lines were tapped, and the search finds what is there. */
  if (!has_word (&capture, "/in/") || !has_word (&capture, "K/") || capture.n_connections < 2)
    complain (&capture, "there is no topic", "the capture");
  if (n_words == 0)
    complain (&capture, "there are no words to look for", argv[2]);
  judge_noise (&capture);
  print_sizes (&capture);
  g_byte_array_unref (capture.all);
  g_byte_array_unref (capture.records);
  g_hash_table_unref (capture.seen);
  g_hash_table_unref (capture.sizes);
  return capture.n_failed > 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
