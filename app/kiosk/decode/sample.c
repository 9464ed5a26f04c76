/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/decode/sample.h"

#include <string.h>

enum {
  WIDTH = 1654,
  HEIGHT = 2339,
  DPI = 200,
  MARGIN = 180,
  GLYPH_WIDTH = 5,
  GLYPH_HEIGHT = 7,
  PAPER = 250,
  INK = 45,
  PALE_INK = 150,
};

/* Rows from the top, the left pixel in the highest bit of five. */
static const struct {
  char letter;
  guint8 rows[GLYPH_HEIGHT];
} glyphs[] = {
  { 'E', { 0x1F, 0x10, 0x10, 0x1E, 0x10, 0x10, 0x1F } }, { 'L', { 0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x1F } },
  { 'M', { 0x11, 0x1B, 0x15, 0x15, 0x11, 0x11, 0x11 } }, { 'P', { 0x1E, 0x11, 0x11, 0x1E, 0x10, 0x10, 0x10 } },
  { 'X', { 0x11, 0x11, 0x0A, 0x04, 0x0A, 0x11, 0x11 } },
};

static void
fill (PvPage *page, guint x, guint y, guint width, guint height, guint8 level)
{
  for (guint i = 0; i < height; i++)
    memset (page->data + (gsize) (y + i) * page->width + x, level, width);
}

static void
draw_word (PvPage *page, const char *word, guint x, guint y, guint size)
{
  for (; *word != '\0'; word++, x += (GLYPH_WIDTH + 1) * size)
    for (guint i = 0; i < G_N_ELEMENTS (glyphs); i++)
      for (guint row = 0; glyphs[i].letter == *word && row < GLYPH_HEIGHT; row++)
        for (guint column = 0; column < GLYPH_WIDTH; column++)
          if ((glyphs[i].rows[row] >> (GLYPH_WIDTH - 1 - column) & 1) != 0)
            fill (page, x + column * size, y + row * size, size, size, INK);
}

/* Words of different lengths; the last line of a paragraph is short. */
static void
draw_paragraph (PvPage *page, guint y, guint lines)
{
  guint length = 7;

  for (guint line = 0; line < lines; line++, y += 44) {
    const guint end = line + 1 < lines ? WIDTH - MARGIN : WIDTH / 2;

    for (guint x = MARGIN; x + 40 < end; x += length + 18) {
      length = 30 + (length * 37 + line * 11) % 130;
      length = MIN (length, end - x);
      fill (page, x, y, length, 16, PALE_INK);
    }
  }
}

void
pv_sample_draw (PvPage *ret_page)
{
  *ret_page = (PvPage){ WIDTH, HEIGHT, 1, DPI, g_malloc ((gsize) WIDTH * HEIGHT) };
  memset (ret_page->data, PAPER, (gsize) WIDTH * HEIGHT);
  fill (ret_page, MARGIN, 200, 420, 24, INK);
  fill (ret_page, MARGIN, 250, 300, 16, PALE_INK);
  draw_word (ret_page, "EXEMPLE", MARGIN, 420, 26);
  for (guint i = 0; i < 3; i++)
    draw_paragraph (ret_page, 760 + i * 440, 8);
  fill (ret_page, WIDTH - MARGIN - 400, 2100, 400, 6, INK);
}
