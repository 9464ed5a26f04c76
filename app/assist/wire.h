/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* wire.h: reading and writing the bytes of the protocol.
 *
 * Numbers are big-endian.  A reader never reads past its end: after the first fault it gives zeros and stays failed,
 * so that a parser checks once, at the end.  A writer wipes what it held.
 */
#pragma once

#include <glib.h>

typedef struct PvWireReader {
  const guint8 *at;
  gsize left;
  gboolean has_failed;
} PvWireReader;

PvWireReader pv_wire_reader (const guint8 *bytes, gsize size);
guint8 pv_wire_read_u8 (PvWireReader *reader);
guint16 pv_wire_read_u16 (PvWireReader *reader);
guint32 pv_wire_read_u32 (PvWireReader *reader);
guint64 pv_wire_read_u64 (PvWireReader *reader);
/* 0 or 1; anything else fails. */
gboolean pv_wire_read_flag (PvWireReader *reader);
/* A value of an enumeration: less than @n. */
guint pv_wire_read_enum (PvWireReader *reader, guint n);
/* The next @size bytes, in place; NULL after a fault. */
const guint8 *pv_wire_read_bytes (PvWireReader *reader, gsize size);
void pv_wire_copy_bytes (PvWireReader *reader, guint8 *to, gsize size);
/* Bytes after a 16-bit length of at most @max; in place. */
const guint8 *pv_wire_read_block (PvWireReader *reader, gsize max, gsize *ret_size);
/* UTF-8 after a 16-bit length of at most @max, without NUL and control characters other than line feed.
 * NULL after a fault. (transfer full) */
char *pv_wire_read_text (PvWireReader *reader, gsize max);
/* As above; an empty text is NULL. */
char *pv_wire_read_optional (PvWireReader *reader, gsize max);
/* TRUE if nothing failed and nothing is left. */
gboolean pv_wire_is_done (const PvWireReader *reader);

typedef GString PvWireWriter; /* binary */

PvWireWriter *pv_wire_writer_new (void);
void pv_wire_writer_free (PvWireWriter *writer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvWireWriter, pv_wire_writer_free)
void pv_wire_write_u8 (PvWireWriter *writer, guint value);
void pv_wire_write_u16 (PvWireWriter *writer, gsize value);
void pv_wire_write_u32 (PvWireWriter *writer, guint32 value);
void pv_wire_write_u64 (PvWireWriter *writer, guint64 value);
void pv_wire_write_bytes (PvWireWriter *writer, const guint8 *bytes, gsize size);
void pv_wire_write_block (PvWireWriter *writer, const guint8 *bytes, gsize size);
/* Cut to at most @max bytes, at a character; NULL is empty. */
void pv_wire_write_text (PvWireWriter *writer, const char *text, gsize max);
/* What was written, in memory that is wiped when the last reference goes. */
GBytes *pv_wire_writer_finish (PvWireWriter *writer) G_GNUC_WARN_UNUSED_RESULT;
