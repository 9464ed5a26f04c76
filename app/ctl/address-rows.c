/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/address-rows.h"

#include <gio/gio.h>
#include <math.h>
#include <string.h>

#include "core/street-words.h"

G_DEFINE_QUARK (pv_address_rows_error, pv_address_rows_error)

enum {
  CHUNK_BYTES = 64 * 1024,
  WITHOUT_NUMBER = 99999, /* the mark of a place that has none */
  MAX_TOWN_BYTES = 100,
};

typedef enum { NUMBER, REPETITION, STREET, POSTCODE, INSEE, COMMUNE, LONGITUDE, LATITUDE, N_COLUMNS } Column;

static const char *const column_names[N_COLUMNS] = {
  [NUMBER] = "numero",    [REPETITION] = "rep",      [STREET] = "nom_voie", [POSTCODE] = "code_postal",
  [INSEE] = "code_insee", [COMMUNE] = "nom_commune", [LONGITUDE] = "lon",   [LATITUDE] = "lat",
};

typedef struct {
  const char *const *communes;
  void (*take) (const PvAddressRow *row, gpointer user_data);
  gpointer user_data;
  PvAddressRowsReport *report;
  int columns[N_COLUMNS]; /* where each stands */
  gboolean has_header;
} Reader;

void
pv_address_rows_report_clear (PvAddressRowsReport *report)
{
  g_clear_pointer (&report->told, g_ptr_array_unref);
}

static void
tell (PvAddressRowsReport *report, const char *what)
{
  report->n_wrong++;
  if (report->told->len < PV_ADDRESS_ROWS_MAX_TOLD)
    g_ptr_array_add (report->told, g_strdup_printf ("line %u: %s", report->n_lines, what));
}

/* In place. Quotes hold semicolons; a doubled one is one. FALSE: a quote without its end, or too many columns. */
static gboolean
split (char *line, char **ret_fields, guint *ret_n)
{
  char *to = line;
  gboolean is_quoted = FALSE;
  guint n = 0;

  ret_fields[n++] = to;
  for (const char *at = line; *at != '\0'; at++) {
    if (*at == '"' && is_quoted && at[1] == '"') {
      *to++ = *at++;
    } else if (*at == '"') {
      is_quoted = !is_quoted;
    } else if (*at == ';' && !is_quoted) {
      *to++ = '\0';
      if (n == PV_ADDRESS_ROWS_MAX_COLUMNS)
        return FALSE;
      ret_fields[n++] = to;
    } else {
      *to++ = *at;
    }
  }
  *to = '\0';
  *ret_n = n;
  return !is_quoted;
}

static gboolean
read_header (Reader *reader, char **fields, guint n, GError **error)
{
  for (guint column = 0; column < N_COLUMNS; column++) {
    reader->columns[column] = -1;
    for (guint i = 0; i < n; i++)
      if (g_str_equal (fields[i], column_names[column]))
        reader->columns[column] = (int) i;
    if (reader->columns[column] < 0) {
      g_set_error (error, PV_ADDRESS_ROWS_ERROR, PV_ADDRESS_ROWS_ERROR_OTHER,
                   "the first line has no column \"%s\": this is no address file of the Base Adresse Nationale",
                   column_names[column]);
      return FALSE;
    }
  }
  reader->has_header = TRUE;
  return TRUE;
}

/* Degrees; an empty text is none. */
static gboolean
read_degrees (const char *text, double limit, double *ret_value)
{
  char *end = NULL;

  *ret_value = g_ascii_strtod (text, &end);
  return end != text && *end == '\0' && isfinite (*ret_value) && fabs (*ret_value) <= limit;
}

static gboolean
is_insee (const char *text)
{
  return strlen (text) == 5 && g_ascii_isdigit (text[0])
         && (g_ascii_isdigit (text[1]) || strchr ("AB", text[1]) != NULL) && strspn (text + 2, G_CSET_DIGITS) == 3;
}

static gboolean
is_postcode (const char *text)
{
  return strlen (text) == 5 && strspn (text, G_CSET_DIGITS) == 5;
}

/* What is wrong with a row, or NULL. */
static const char *
read_row (char **fields, PvAddressRow *row)
{
  char *repetition = g_strstrip (fields[REPETITION]);
  guint64 number;

  row->street = g_strstrip (fields[STREET]);
  row->postcode = g_strstrip (fields[POSTCODE]);
  row->commune = g_strstrip (fields[COMMUNE]);
  row->insee = g_strstrip (fields[INSEE]);
  if (row->street[0] == '\0' || strlen (row->street) > PV_STREET_MAX_NAME_BYTES)
    return "nom_voie is missing, or too long";
  if (row->commune[0] == '\0' || strlen (row->commune) > MAX_TOWN_BYTES)
    return "nom_commune is missing, or too long";
  if (!is_postcode (row->postcode))
    return "code_postal is not five digits";
  if (!is_insee (row->insee))
    return "code_insee is none";
  if (!g_ascii_string_to_unsigned (g_strstrip (fields[NUMBER]), 10, 0, WITHOUT_NUMBER, &number, NULL)
      || (number > PV_STREET_MAX_NUMBER && number != WITHOUT_NUMBER))
    return "numero is no number of a house";
  if (strlen (repetition) > PV_STREET_MAX_REPETITION_BYTES || strcspn (repetition, "\"*") != strlen (repetition))
    return "rep is too long";
  if (!read_degrees (fields[LATITUDE], 90, &row->latitude) || !read_degrees (fields[LONGITUDE], 180, &row->longitude))
    return "lon and lat are no degrees";
  for (char *at = repetition; *at != '\0'; at++)
    *at = g_ascii_tolower (*at);
  row->number = number == WITHOUT_NUMBER ? 0 : (guint) number;
  row->repetition = row->number == 0 ? "" : repetition;
  return NULL;
}

static void
take_row (Reader *reader, char **all, guint n)
{
  char *fields[N_COLUMNS];
  PvAddressRow row;
  const char *wrong;

  for (guint column = 0; column < N_COLUMNS; column++) {
    if (reader->columns[column] >= (int) n) {
      tell (reader->report, "too few columns");
      return;
    }
    fields[column] = all[reader->columns[column]];
  }
  if (reader->communes != NULL && !g_strv_contains (reader->communes, fields[INSEE]))
    return;
  wrong = read_row (fields, &row);
  if (wrong != NULL)
    tell (reader->report, wrong);
  else
    reader->take (&row, reader->user_data);
}

static gboolean
fail_other (GError **error, const char *what, guint limit)
{
  g_set_error (error, PV_ADDRESS_ROWS_ERROR, PV_ADDRESS_ROWS_ERROR_OTHER, "%s, limit %u", what, limit);
  return FALSE;
}

static gboolean
take_line (Reader *reader, char *line, gsize length, GError **error)
{
  char *fields[PV_ADDRESS_ROWS_MAX_COLUMNS];
  guint n = 0;

  reader->report->n_lines++;
  if (length > 0 && line[length - 1] == '\r')
    line[--length] = '\0';
  if (reader->report->n_lines == 1 && g_str_has_prefix (line, "\xEF\xBB\xBF"))
    memmove (line, line + 3, length - 2);
  if (reader->report->n_lines > PV_ADDRESS_ROWS_MAX_LINES)
    return fail_other (error, "too many lines", PV_ADDRESS_ROWS_MAX_LINES);
  if (line[0] == '\0')
    return TRUE;
  if (!g_utf8_validate (line, -1, NULL) || strlen (line) + 3 < length || !split (line, fields, &n)) {
    tell (reader->report, "not UTF-8, a quote without its end, or too many columns");
  } else if (!reader->has_header) {
    return read_header (reader, fields, n, error);
  } else {
    take_row (reader, fields, n);
  }
  if (reader->report->n_wrong > PV_ADDRESS_ROWS_MAX_WRONG)
    return fail_other (error, "too many wrong lines", PV_ADDRESS_ROWS_MAX_WRONG);
  return TRUE;
}

/* Whole lines of @buffer are taken out; FALSE: one without an end, or refused. */
static gboolean
take_lines (Reader *reader, GString *buffer, gboolean is_end, GError **error)
{
  char *start = buffer->str, *end;

  while ((end = memchr (start, '\n', buffer->len - (gsize) (start - buffer->str))) != NULL) {
    *end = '\0';
    if ((gsize) (end - start) > PV_ADDRESS_ROWS_MAX_LINE_BYTES)
      return fail_other (error, "a line of too many bytes", PV_ADDRESS_ROWS_MAX_LINE_BYTES);
    if (!take_line (reader, start, (gsize) (end - start), error))
      return FALSE;
    start = end + 1;
  }
  g_string_erase (buffer, 0, start - buffer->str);
  if (buffer->len > PV_ADDRESS_ROWS_MAX_LINE_BYTES)
    return fail_other (error, "a line of too many bytes", PV_ADDRESS_ROWS_MAX_LINE_BYTES);
  return !is_end || buffer->len == 0 || take_line (reader, buffer->str, buffer->len, error);
}

static GInputStream *
open_stream (const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) plain = g_file_read (file, NULL, error);
  g_autoptr (GZlibDecompressor) zlib = NULL;

  if (plain == NULL)
    return NULL;
  if (!g_str_has_suffix (path, ".gz"))
    return G_INPUT_STREAM (g_steal_pointer (&plain));
  zlib = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP);
  return g_converter_input_stream_new (G_INPUT_STREAM (plain), G_CONVERTER (zlib));
}

static gboolean
read_all (Reader *reader, GInputStream *stream, GError **error)
{
  g_autofree char *chunk = g_malloc (CHUNK_BYTES);
  g_autoptr (GString) buffer = g_string_sized_new (2 * CHUNK_BYTES);
  gssize n;

  while ((n = g_input_stream_read (stream, chunk, CHUNK_BYTES, NULL, error)) > 0) {
    g_string_append_len (buffer, chunk, n);
    if (!take_lines (reader, buffer, FALSE, error))
      return FALSE;
  }
  return n == 0 && take_lines (reader, buffer, TRUE, error);
}

gboolean
pv_address_rows_read (const char *path, const char *const *communes,
                      void (*take) (const PvAddressRow *row, gpointer user_data), gpointer user_data,
                      PvAddressRowsReport *ret_report, GError **error)
{
  Reader reader = { .communes = communes, .take = take, .user_data = user_data, .report = ret_report };
  g_autoptr (GError) reason = NULL;
  g_autoptr (GInputStream) stream = NULL;

  *ret_report = (PvAddressRowsReport){ .told = g_ptr_array_new_with_free_func (g_free) };
  stream = open_stream (path, &reason);
  if (stream != NULL && read_all (&reader, stream, &reason) && reader.has_header)
    return TRUE;
  if (reason == NULL)
    g_set_error (error, PV_ADDRESS_ROWS_ERROR, PV_ADDRESS_ROWS_ERROR_OTHER, "%s: there is nothing in it", path);
  else if (reason->domain == PV_ADDRESS_ROWS_ERROR)
    g_set_error (error, PV_ADDRESS_ROWS_ERROR, reason->code, "%s: line %u: %s", path, ret_report->n_lines,
                 reason->message);
  else
    g_set_error (error, PV_ADDRESS_ROWS_ERROR, PV_ADDRESS_ROWS_ERROR_UNREADABLE, "%s: %s", path, reason->message);
  return FALSE;
}
