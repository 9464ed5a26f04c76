/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "assist/mirror.h"

#include <sodium.h>
#include <string.h>

#include "assist/mirror-private.h"

enum { MIRROR_VERSION = 3 };

/* What a difference is made of. */
enum { CHANGE_RUN, CHANGE_ITEM, CHANGE_SPLICE, N_CHANGES };

enum { SPLICE_BYTES = 9, ITEM_BYTES = 3 }; /* of a change, beside what it brings */

struct PvMirror {
  GPtrArray *items; /* (element-type GBytes) */
  gboolean is_private;
};

static PvMirror *
take_items (GPtrArray *items, gboolean is_private)
{
  PvMirror *mirror = g_new0 (PvMirror, 1);

  mirror->items = items;
  mirror->is_private = is_private;
  return mirror;
}

PvMirror *
pv_mirror_new (const PvScreenState *state, GHashTable *lifted)
{
  GPtrArray *items = pv_mirror_write_items (state, lifted);

  return take_items (items, items->len == 1);
}

PvMirror *
pv_mirror_copy (const PvMirror *mirror)
{
  return take_items (g_ptr_array_ref (mirror->items), mirror->is_private);
}

void
pv_mirror_free (PvMirror *mirror)
{
  if (mirror == NULL)
    return;
  g_ptr_array_unref (mirror->items);
  g_free (mirror);
}

gboolean
pv_mirror_is_private (const PvMirror *mirror)
{
  return mirror->is_private;
}

static void
write_item (PvWireWriter *to, GBytes *item)
{
  gsize size;
  const guint8 *bytes = g_bytes_get_data (item, &size);

  pv_wire_write_block (to, bytes, size);
}

static PvWireWriter *
write_all (const PvMirror *mirror)
{
  PvWireWriter *to = pv_wire_writer_new ();

  pv_wire_write_u16 (to, mirror->items->len);
  for (guint i = 0; i < mirror->items->len; i++)
    write_item (to, mirror->items->pdata[i]);
  return to;
}

GBytes *
pv_mirror_snapshot (const PvMirror *mirror)
{
  g_autoptr (PvWireWriter) to = write_all (mirror);

  return pv_wire_writer_finish (to);
}

guint64
pv_mirror_hash (const PvMirror *mirror)
{
  g_autoptr (PvWireWriter) to = write_all (mirror);
  guint8 hash[16];
  PvWireReader reader = pv_wire_reader (hash, sizeof hash);

  crypto_generichash (hash, sizeof hash, (const guint8 *) to->str, to->len, NULL, 0);
  return pv_wire_read_u64 (&reader);
}

gboolean
pv_mirror_equal (const PvMirror *one, const PvMirror *other)
{
  if (one->items->len != other->items->len)
    return FALSE;
  for (guint i = 0; i < one->items->len; i++)
    if (!g_bytes_equal (one->items->pdata[i], other->items->pdata[i]))
      return FALSE;
  return TRUE;
}

/* Where @item stands in @mirror, from @from on first: an item that did not move is found at once. */
static gint
find_item (const PvMirror *mirror, GBytes *item, guint from)
{
  guint n = mirror->items->len;

  for (guint i = 0; i < n; i++)
    if (g_bytes_equal (mirror->items->pdata[(from + i) % n], item))
      return (gint) ((from + i) % n);
  return -1;
}

/* How many items from @at in @mirror on are those from @from in @old on. */
static guint
count_run (const PvMirror *old, guint from, const PvMirror *mirror, guint at)
{
  guint n = 0;

  while (from + n < old->items->len && at + n < mirror->items->len
         && g_bytes_equal (old->items->pdata[from + n], mirror->items->pdata[at + n]))
    n++;
  return n;
}

/* A letter more in an answer: what changed within an item that stands where it stood. FALSE: the item is shorter. */
static gboolean
write_splice (PvWireWriter *to, const PvMirror *old, guint at, GBytes *item)
{
  gsize size, old_size, prefix = 0, suffix = 0;
  const guint8 *bytes = g_bytes_get_data (item, &size), *old_bytes;

  if (at >= old->items->len)
    return FALSE;
  old_bytes = g_bytes_get_data (old->items->pdata[at], &old_size);
  while (prefix < MIN (size, old_size) && bytes[prefix] == old_bytes[prefix])
    prefix++;
  while (suffix < MIN (size, old_size) - prefix && bytes[size - 1 - suffix] == old_bytes[old_size - 1 - suffix])
    suffix++;
  if (SPLICE_BYTES + size - prefix - suffix >= ITEM_BYTES + size)
    return FALSE;
  pv_wire_write_u8 (to, CHANGE_SPLICE);
  pv_wire_write_u16 (to, at);
  pv_wire_write_u16 (to, prefix);
  pv_wire_write_u16 (to, old_size - prefix - suffix);
  pv_wire_write_block (to, bytes + prefix, size - prefix - suffix);
  return TRUE;
}

/* Runs of items that the other side has, and items that it has not: between two screens most actions stay. */
GBytes *
pv_mirror_difference (const PvMirror *old, const PvMirror *mirror)
{
  g_autoptr (PvWireWriter) to = pv_wire_writer_new ();

  pv_wire_write_u16 (to, mirror->items->len);
  for (guint at = 0; at < mirror->items->len;) {
    gint from = find_item (old, mirror->items->pdata[at], at);
    guint n = from >= 0 ? count_run (old, (guint) from, mirror, at) : 0;

    if (n == 0) {
      if (!write_splice (to, old, at, mirror->items->pdata[at])) {
        pv_wire_write_u8 (to, CHANGE_ITEM);
        write_item (to, mirror->items->pdata[at]);
      }
      at++;
    } else {
      pv_wire_write_u8 (to, CHANGE_RUN);
      pv_wire_write_u16 (to, (gsize) from);
      pv_wire_write_u16 (to, n);
      at += n;
    }
  }
  return pv_wire_writer_finish (to);
}

static gboolean
bad_data (GError **error, const char *what)
{
  g_set_error_literal (error, PV_ASSIST_ERROR, PV_ASSIST_ERROR_BAD_DATA, what);
  return FALSE;
}

/* Reads all items through; NULL if one is wrong or in the wrong place. */
static PvScreenState *
build (const GPtrArray *items, gboolean *ret_is_private)
{
  g_autoptr (PvScreenState) state = NULL;
  guint last = 0;

  for (guint i = 0; i < items->len; i++) {
    gsize size;
    const guint8 *bytes = g_bytes_get_data (items->pdata[i], &size);
    guint type = size > 0 ? bytes[0] : 0;

    if ((type == PV_ITEM_VALUE) != (last == PV_ITEM_FIELD) || !pv_mirror_read_item (bytes, size, &state, ret_is_private)
        || (*ret_is_private && items->len != 1))
      return NULL;
    last = type;
  }
  return last == PV_ITEM_FIELD ? NULL : g_steal_pointer (&state);
}

static PvMirror *
check_items (GPtrArray *items, GError **error)
{
  gboolean is_private = FALSE;
  g_autoptr (PvScreenState) state = build (items, &is_private);

  if (state != NULL)
    return take_items (items, is_private);
  g_ptr_array_unref (items);
  bad_data (error, "a mirror with a broken item");
  return NULL;
}

static GBytes *
read_item (PvWireReader *reader)
{
  gsize size;
  const guint8 *bytes = pv_wire_read_block (reader, PV_MIRROR_MAX_BYTES, &size);
  g_autoptr (PvWireWriter) copy = pv_wire_writer_new ();

  pv_wire_write_bytes (copy, bytes, size);
  return pv_wire_writer_finish (copy);
}

PvMirror *
pv_mirror_read (const guint8 *bytes, gsize size, GError **error)
{
  PvWireReader reader = pv_wire_reader (bytes, size);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  guint n = pv_wire_read_u16 (&reader);

  if (size > PV_MIRROR_MAX_BYTES || n > PV_MIRROR_MAX_ITEMS)
    return bad_data (error, "a mirror over its limits"), NULL;
  for (guint i = 0; i < n && !reader.has_failed; i++)
    g_ptr_array_add (items, read_item (&reader));
  if (!pv_wire_is_done (&reader))
    return bad_data (error, "a mirror cut short"), NULL;
  return check_items (g_steal_pointer (&items), error);
}

static void
read_run (PvWireReader *reader, const PvMirror *old, GPtrArray *items)
{
  guint from = pv_wire_read_u16 (reader), n = pv_wire_read_u16 (reader);

  if (n == 0 || from + n > old->items->len)
    reader->has_failed = TRUE;
  for (guint i = 0; i < n && !reader->has_failed; i++)
    g_ptr_array_add (items, g_bytes_ref (old->items->pdata[from + i]));
}

static void
read_splice (PvWireReader *reader, const PvMirror *old, GPtrArray *items)
{
  guint from = pv_wire_read_u16 (reader), at = pv_wire_read_u16 (reader), removed = pv_wire_read_u16 (reader);
  gsize inserted_size, size = 0;
  const guint8 *inserted = pv_wire_read_block (reader, PV_MIRROR_MAX_BYTES, &inserted_size), *bytes = NULL;
  g_autoptr (PvWireWriter) item = pv_wire_writer_new ();

  if (!reader->has_failed && from < old->items->len)
    bytes = g_bytes_get_data (old->items->pdata[from], &size);
  if (bytes == NULL || at + removed > size) {
    reader->has_failed = TRUE;
    return;
  }
  pv_wire_write_bytes (item, bytes, at);
  pv_wire_write_bytes (item, inserted, inserted_size);
  pv_wire_write_bytes (item, bytes + at + removed, size - at - removed);
  g_ptr_array_add (items, pv_wire_writer_finish (item));
}

static gboolean
is_within_limits (const GPtrArray *items)
{
  gsize size = 2;

  for (guint i = 0; i < items->len; i++)
    size += 2 + g_bytes_get_size (items->pdata[i]);
  return size <= PV_MIRROR_MAX_BYTES;
}

PvMirror *
pv_mirror_apply (const PvMirror *old, const guint8 *bytes, gsize size, GError **error)
{
  PvWireReader reader = pv_wire_reader (bytes, size);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  guint n = pv_wire_read_u16 (&reader);

  if (n > PV_MIRROR_MAX_ITEMS)
    return bad_data (error, "a mirror over its limits"), NULL;
  while (items->len < n && !reader.has_failed) {
    guint change = pv_wire_read_enum (&reader, N_CHANGES);

    if (change == CHANGE_RUN)
      read_run (&reader, old, items);
    else if (change == CHANGE_SPLICE)
      read_splice (&reader, old, items);
    else
      g_ptr_array_add (items, read_item (&reader));
  }
  if (!pv_wire_is_done (&reader) || items->len != n || !is_within_limits (items))
    return bad_data (error, "no difference to this mirror"), NULL;
  return check_items (g_steal_pointer (&items), error);
}

PvScreenState *
pv_mirror_to_screen (const PvMirror *mirror)
{
  gboolean is_private = FALSE;

  return build (mirror->items, &is_private);
}

void
pv_mirror_catalogue_hash (guint8 ret_hash[32])
{
  static const guint counts[] = { MIRROR_VERSION, PV_MIRROR_N_FIELD_KINDS, PV_TONE_DANGER,
                                  PV_ROLE_HELP,   PV_INPUT_DATE,           PV_ASSIST_HIDDEN };
  g_autoptr (PvWireWriter) to = pv_wire_writer_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++)
    pv_wire_write_u8 (to, counts[i]);
  for (PvScreenId id = 0; id < PV_N_SCREENS; id++)
    pv_wire_write_text (to, pv_screen_id_name (id), PV_MIRROR_MAX_ID_BYTES);
  for (PvIntentionKind kind = 0; kind < PV_N_INTENTIONS; kind++)
    pv_wire_write_text (to, pv_intention_kind_name (kind), PV_MIRROR_MAX_ID_BYTES);
  crypto_generichash (ret_hash, 32, (const guint8 *) to->str, to->len, NULL, 0);
}
