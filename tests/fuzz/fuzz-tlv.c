/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* fuzz-tlv.c: every object lies within what it was read from, and reads back from how it is written. */

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "eid/tlv.h"

enum {
  MAX_DEPTH = 16,
  MAX_COPIED_BYTES = 2048, /* of a value: copies go to locked memory, which is slow */
};

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check (gboolean is_true)
{
  if (!is_true)
    abort ();
}

static void
check_round_trip (const PvTlv *tlv)
{
  g_auto (PvCardBytes) written = { 0 };
  PvTlvReader reader;
  PvTlv again;

  if (tlv->length > MAX_COPIED_BYTES)
    return;
  pv_tlv_add (&written, tlv->tag, tlv->value, tlv->length);
  check (written.length <= tlv->whole_length); /* the shortest length */
  reader = (PvTlvReader){ written.data, written.length };
  check (pv_tlv_expect (&reader, tlv->tag, &again) && pv_tlv_is_done (&reader));
  check (again.length == tlv->length && (again.length == 0 || memcmp (again.value, tlv->value, again.length) == 0));
}

static void
walk (PvTlvReader reader, guint depth)
{
  const guint8 *begin = reader.data, *end = reader.data + reader.length;
  PvTlvReader before = reader;
  PvTlv tlv, found;

  while (pv_tlv_next (&reader, &tlv)) {
    guint32 tag;
    gsize header, whole;

    check (tlv.whole == before.data && tlv.value >= tlv.whole
           && tlv.value + tlv.length == tlv.whole + tlv.whole_length);
    check (tlv.whole + tlv.whole_length <= end && reader.data == tlv.whole + tlv.whole_length);
    check (reader.data + reader.length == end && tlv.whole_length >= 2);
    check (pv_tlv_peek (before.data, before.length, &tag, &header, &whole));
    check (tag == tlv.tag && whole == tlv.whole_length && header == whole - tlv.length);
    check (pv_tlv_find (begin, (gsize) (end - begin), tlv.tag, &found) && found.whole <= tlv.whole);
    check_round_trip (&tlv);
    if (depth < MAX_DEPTH)
      walk (pv_tlv_enter (&tlv), depth + 1);
    before = reader;
  }
  /* Where it stops, nothing is taken. */
  check (reader.data == before.data && reader.length == before.length);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  /* Each object is looked for again from the beginning: quadratic. */
  if (size <= 4096)
    walk ((PvTlvReader){ data, size }, 0);
  return 0;
}
