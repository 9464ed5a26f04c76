/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "print/escpos-status.h"

typedef struct {
  guint8 bits;
  PvEscposFlags flag;
} Bit;

/* Answers to DLE EOT 1 to 4. */
static const Bit answers[PV_ESCPOS_LAST_QUESTION][4] = {
  { { 0x08, PV_ESCPOS_OFFLINE } },
  { { 0x04, PV_ESCPOS_COVER_OPEN } },
  { { 0x04, PV_ESCPOS_BROKEN }, { 0x08, PV_ESCPOS_CUTTER }, { 0x20, PV_ESCPOS_BROKEN }, { 0x40, PV_ESCPOS_HOT } },
  { { 0x0c, PV_ESCPOS_PAPER_LOW }, { 0x60, PV_ESCPOS_PAPER_OUT } },
};
/* Report of GS a; its last byte is reserved. */
static const Bit reports[PV_ESCPOS_REPORT_BYTES][4] = {
  { { 0x08, PV_ESCPOS_OFFLINE }, { 0x20, PV_ESCPOS_COVER_OPEN } },
  { { 0x04, PV_ESCPOS_BROKEN }, { 0x08, PV_ESCPOS_CUTTER }, { 0x20, PV_ESCPOS_BROKEN }, { 0x40, PV_ESCPOS_HOT } },
  { { 0x03, PV_ESCPOS_PAPER_LOW }, { 0x0c, PV_ESCPOS_PAPER_OUT } },
  { { 0, 0 } },
};
/* GS r 1 has the bits of the report's third byte. */
enum { SENSOR = 2 };

/* Keywords of RFC 8011 and PWG 5100.9. */
static const struct {
  PvEscposFlags flag;
  const char *keyword;
} reasons[] = {
  { PV_ESCPOS_COVER_OPEN, "cover-open-error" }, { PV_ESCPOS_PAPER_LOW, "media-low-warning" },
  { PV_ESCPOS_PAPER_OUT, "media-empty-error" }, { PV_ESCPOS_CUTTER, "separation-cutter-jam-error" },
  { PV_ESCPOS_HOT, "other-warning" },           { PV_ESCPOS_BROKEN, "other-error" },
  { PV_ESCPOS_OFFLINE, "offline-report" },
};

static void
take_bits (PvEscposFlags *flags, const Bit bits[4], guint8 byte)
{
  for (gsize i = 0; i < 4; i++)
    *flags &= ~bits[i].flag;
  for (gsize i = 0; i < 4; i++)
    if ((byte & bits[i].bits) != 0)
      *flags |= bits[i].flag;
}

void
pv_escpos_reader_ask (PvEscposReader *reader, guint question, guint8 ret_bytes[PV_ESCPOS_QUESTION_BYTES])
{
  g_assert (question >= PV_ESCPOS_FIRST_QUESTION && question <= PV_ESCPOS_LAST_QUESTION);
  reader->question = question;
  ret_bytes[0] = 0x10;
  ret_bytes[1] = 0x04;
  ret_bytes[2] = (guint8) question;
}

static PvEscposEvent
take_answer (PvEscposReader *reader, guint8 byte)
{
  if (reader->question == 0)
    return PV_ESCPOS_NOTHING;
  take_bits (&reader->flags, answers[reader->question - 1], byte);
  reader->question = 0;
  return PV_ESCPOS_STATUS;
}

static PvEscposEvent
take_plain (PvEscposReader *reader, guint8 byte)
{
  if (reader->n_report == 0) {
    take_bits (&reader->flags, reports[SENSOR], byte);
    return PV_ESCPOS_SENSOR;
  }
  reader->report[reader->n_report++] = byte;
  if (reader->n_report < PV_ESCPOS_REPORT_BYTES)
    return PV_ESCPOS_NOTHING;
  for (guint i = 0; i < PV_ESCPOS_REPORT_BYTES; i++)
    take_bits (&reader->flags, reports[i], reader->report[i]);
  reader->n_report = 0;
  return PV_ESCPOS_STATUS;
}

PvEscposEvent
pv_escpos_reader_take (PvEscposReader *reader, guint8 byte)
{
  if ((byte & 0x93) == 0x12)
    return take_answer (reader, byte);
  if ((byte & 0x93) == 0x10) {
    /* One that was not finished is lost. */
    reader->report[0] = byte;
    reader->n_report = 1;
    return PV_ESCPOS_NOTHING;
  }
  /* XON and XOFF among them. */
  if ((byte & 0x90) != 0)
    return PV_ESCPOS_NOTHING;
  return take_plain (reader, byte);
}

gboolean
pv_escpos_is_blocked (PvEscposFlags flags)
{
  return (flags & ~(guint) PV_ESCPOS_PAPER_LOW) != 0;
}

static void
append_reasons (PvEscposFlags flags, char sign, GString *lines)
{
  gboolean is_first = TRUE;

  for (gsize i = 0; i < G_N_ELEMENTS (reasons); i++) {
    if ((flags & reasons[i].flag) == 0)
      continue;
    if (is_first)
      g_string_append_printf (lines, "STATE: %c%s", sign, reasons[i].keyword);
    else
      g_string_append_printf (lines, ",%s", reasons[i].keyword);
    is_first = FALSE;
  }
  if (!is_first)
    g_string_append_c (lines, '\n');
}

/* Off line because of something else: then that is the reason. */
static PvEscposFlags
drop_consequence (PvEscposFlags flags)
{
  return pv_escpos_is_blocked (flags & ~PV_ESCPOS_OFFLINE) ? flags & ~PV_ESCPOS_OFFLINE : flags;
}

void
pv_escpos_append_changes (PvEscposFlags before, PvEscposFlags after, GString *lines)
{
  after = drop_consequence (after);
  if (before != PV_ESCPOS_ALL)
    before = drop_consequence (before);
  append_reasons (before == PV_ESCPOS_ALL ? after : after & ~before, '+', lines);
  append_reasons (before & ~after, '-', lines);
}
