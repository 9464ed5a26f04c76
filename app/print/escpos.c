/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "print/escpos.h"

#include <string.h>

#include "print/escpos-status.h"

struct PvEscpos {
  guint dots, dpi;
  gsize line_bytes;
  GByteArray *band; /* whole lines that were not sent */
  guint n_white;    /* lines behind them */
  guint8 *line;     /* as wide as the head */
};

PvEscpos *
pv_escpos_new (guint dots, guint dpi)
{
  PvEscpos *escpos = g_new0 (PvEscpos, 1);

  g_assert (dots >= 8 && dots <= PV_ESCPOS_MAX_DOTS && dpi >= 1 && dpi <= 255);
  escpos->dots = dots;
  escpos->dpi = dpi;
  escpos->line_bytes = (dots + 7) / 8;
  escpos->band = g_byte_array_new ();
  escpos->line = g_malloc (escpos->line_bytes);
  return escpos;
}

void
pv_escpos_free (PvEscpos *escpos)
{
  if (escpos == NULL)
    return;
  g_byte_array_unref (escpos->band);
  g_free (escpos->line);
  g_free (escpos);
}

void
pv_escpos_begin (PvEscpos *escpos, GByteArray *out)
{
  /* Models differ in how far a unit of ESC J is, so it is told. ESC @ forgets the rest, so it comes first. */
  const guint8 bytes[] = {
    0x1b, '@', 0x1d, 'P', (guint8) escpos->dpi, (guint8) escpos->dpi, 0x1d, 'a', PV_ESCPOS_REPORT_ALL
  };

  g_byte_array_append (out, bytes, sizeof bytes);
}

static void
feed (guint lines, GByteArray *out)
{
  while (lines > 0) {
    const guint8 bytes[] = { 0x1b, 'J', (guint8) MIN (lines, 255) };

    g_byte_array_append (out, bytes, sizeof bytes);
    lines -= bytes[2];
  }
}

static void
flush_band (PvEscpos *escpos, GByteArray *out)
{
  gsize lines = escpos->band->len / escpos->line_bytes;
  const guint8 head[] = { 0x1d,
                          'v',
                          '0',
                          0,
                          (guint8) (escpos->line_bytes & 0xff),
                          (guint8) (escpos->line_bytes >> 8),
                          (guint8) (lines & 0xff),
                          (guint8) (lines >> 8) };

  if (lines == 0)
    return;
  g_byte_array_append (out, head, sizeof head);
  g_byte_array_append (out, escpos->band->data, escpos->band->len);
  g_byte_array_set_size (escpos->band, 0);
}

static void
add_to_band (PvEscpos *escpos, const guint8 *line, GByteArray *out)
{
  g_byte_array_append (escpos->band, line, (guint) escpos->line_bytes);
  if (escpos->band->len / escpos->line_bytes == PV_ESCPOS_BAND_LINES)
    flush_band (escpos, out);
}

/* Little of it is printed with the rest: a printer that stops and starts is slower than its head. */
static void
settle_white (PvEscpos *escpos, GByteArray *out)
{
  guint n = escpos->n_white;

  escpos->n_white = 0;
  if (n >= PV_ESCPOS_MIN_SKIPPED_LINES || escpos->band->len == 0) {
    flush_band (escpos, out);
    feed (n, out);
    return;
  }
  memset (escpos->line, 0, escpos->line_bytes);
  for (; n > 0; n--)
    add_to_band (escpos, escpos->line, out);
}

/* Returns: whether it has a black dot */
static gboolean
fit_line (PvEscpos *escpos, const guint8 *line, gsize length)
{
  guint8 any = 0;

  memset (escpos->line, 0, escpos->line_bytes);
  memcpy (escpos->line, line, MIN (length, escpos->line_bytes));
  if (escpos->dots % 8 != 0)
    escpos->line[escpos->line_bytes - 1] &= (guint8) (0xff << (8 - escpos->dots % 8));
  for (gsize i = 0; i < escpos->line_bytes; i++)
    any |= escpos->line[i];
  return any != 0;
}

void
pv_escpos_add_line (PvEscpos *escpos, const guint8 *line, gsize length, GByteArray *out)
{
  if (!fit_line (escpos, line, length)) {
    escpos->n_white++;
    return;
  }
  if (escpos->n_white > 0) {
    settle_white (escpos, out);
    fit_line (escpos, line, length);
  }
  add_to_band (escpos, escpos->line, out);
}

void
pv_escpos_end_sheet (PvEscpos *escpos, const PvEscposEnd *end, GByteArray *out)
{
  static const guint8 partial[] = { 0x1d, 'V', 66, 0 }, full[] = { 0x1d, 'V', 65, 0 }, old[] = { 0x1b, 'i' };
  const guint8 present[] = { 0x1d, 'e', 3, end->present_steps };
  const guint8 present_for[] = { 0x1d, 'e', 32, end->present_steps, end->present_s };

  flush_band (escpos, out);
  feed (escpos->n_white, out);
  escpos->n_white = 0;
  switch (end->cut) {
  case PV_ESCPOS_CUT_PARTIAL:
    g_byte_array_append (out, partial, sizeof partial);
    break;
  case PV_ESCPOS_CUT_FULL:
    g_byte_array_append (out, full, sizeof full);
    break;
  case PV_ESCPOS_CUT_OLD:
    g_byte_array_append (out, old, sizeof old);
    break;
  case PV_ESCPOS_CUT_NONE:
    break;
  }
  if (end->present_steps > 0 && end->present_s > 0)
    g_byte_array_append (out, present_for, sizeof present_for);
  else if (end->present_steps > 0)
    g_byte_array_append (out, present, sizeof present);
}

/* Of the command that begins with @head; what is none is a command of one byte. */
static guint
measure_head (const guint8 *head, guint n)
{
  if (head[0] != 0x1b && head[0] != 0x1d)
    return 1;
  if (n == 1)
    return 2;
  if (head[0] == 0x1b)
    return head[1] == 'J' ? 3 : 2;
  switch (head[1]) {
  case 'v':
    return 8;
  case 'P':
    return 4;
  case 'V':
    return n >= 3 && (head[2] == 65 || head[2] == 66) ? 4 : 3;
  case 'e':
    return n >= 3 && head[2] == 32 ? 5 : n >= 3 && head[2] == 3 ? 4 : 3;
  default:
    return 3;
  }
}

void
pv_escpos_scan (PvEscposScan *scan, const guint8 *data, gsize length)
{
  for (gsize i = 0; i < length;) {
    gsize n = MIN (scan->picture_bytes, length - i);

    scan->picture_bytes -= n;
    i += n;
    if (i == length)
      return;
    scan->head[scan->n_head++] = data[i++];
    if (scan->n_head < measure_head (scan->head, scan->n_head))
      continue;
    if (scan->head[0] == 0x1d && scan->head[1] == 'v')
      scan->picture_bytes = (scan->head[4] | (gsize) scan->head[5] << 8) * (scan->head[6] | (gsize) scan->head[7] << 8);
    scan->n_head = 0;
  }
}

gsize
pv_escpos_scan_get_missing (const PvEscposScan *scan)
{
  if (scan->n_head == 0)
    return scan->picture_bytes;
  return measure_head (scan->head, scan->n_head) - scan->n_head;
}
