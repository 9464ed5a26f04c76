/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* First byte: the format; the rest: what was typed. The form to send must pass again, unchanged. */

#include <glib.h>

#include <stdint.h>
#include <string.h>

#include "core/date.h"
#include "core/format.h"
#include "core/mrz.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
try_format (PvFormat format, const char *text)
{
  g_autofree char *normalised = NULL, *again = NULL, *sentence = NULL;
  guint count = 0;
  PvFormatVerdict verdict = pv_format_check (format, text, &normalised, &count);

  g_assert ((verdict == PV_FORMAT_OK) == (normalised != NULL));
  sentence = pv_format_error_sentence (format, verdict, count);
  g_assert ((verdict == PV_FORMAT_OK) == (sentence == NULL));
  if (normalised != NULL) {
    g_autofree char *shown = pv_format_display (format, normalised);
    g_autofree char *masked = pv_format_display_masked (format, normalised);

    g_assert (g_utf8_validate (normalised, -1, NULL) && g_utf8_validate (masked, -1, NULL));
    g_assert (shown != NULL && strlen (shown) >= strlen (normalised) - (format == PV_FORMAT_TIME ? 1 : 0));
    g_assert (pv_format_check (format, normalised, &again, NULL) == PV_FORMAT_OK);
    g_assert_cmpstr (again, ==, normalised);
  }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = NULL, *date_text = NULL, *shown = NULL;
  PvMrzKind kind;

  if (size == 0)
    return 0;
  text = g_strndup ((const char *) data + 1, size - 1);
  try_format (data[0] % PV_N_FORMATS, text);

  pv_mrz_check (text, &kind);
  if (pv_date_check_boxes (text, text, text, data[0] % 2 == 0, &date_text) == PV_DATE_OK) {
    shown = pv_date_display_text (date_text);
    g_assert (shown != NULL);
  }
  return 0;
}
