/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* mirror.h: what a mediator sees of the citizen's screen: its meaning, never its pixels.
 *
 * A mirror is a list of items made from a screen-state: head, notices, fields, their values, actions.  What the mediator
 * may not see is left out while an item is written, so no later step can let it through: of a masked answer remains how
 * long it is, roughly; of a hidden one, whether there is any.  Screens that show codes or documents, or that this code
 * does not know, are private as a whole.
 *
 * Both sides compare the hash of the same items.  PROTOCOL.md, section 7.
 */
#pragma once

#include "assist/error.h"
#include "core/screen-state.h"

enum {
  PV_MIRROR_MAX_BYTES = 30000, /* of a snapshot */
  PV_MIRROR_MAX_ITEMS = 400,
  PV_MIRROR_MAX_CHOICES = 200, /* of a field; as many rows */
  PV_MIRROR_MAX_TEXT_BYTES = 4096,
  PV_MIRROR_MAX_ID_BYTES = 256,
};

/* How long a masked answer is. */
typedef enum { PV_LENGTH_EMPTY, PV_LENGTH_SHORT, PV_LENGTH_MEDIUM, PV_LENGTH_LONG, PV_N_LENGTHS } PvLengthClass;

typedef struct PvMirror PvMirror;

/**
 * pv_mirror_new:
 * @state: (nullable): NULL is a private screen
 * @lifted: (nullable) (element-type utf8): set of ids of fields that the citizen shows; a hidden one stays hidden
 */
PvMirror *pv_mirror_new (const PvScreenState *state, GHashTable *lifted) G_GNUC_WARN_UNUSED_RESULT;
/* They never change: a copy shares the items. */
PvMirror *pv_mirror_copy (const PvMirror *mirror) G_GNUC_WARN_UNUSED_RESULT;
void pv_mirror_free (PvMirror *mirror);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvMirror, pv_mirror_free)

gboolean pv_mirror_is_private (const PvMirror *mirror);
guint64 pv_mirror_hash (const PvMirror *mirror);
gboolean pv_mirror_equal (const PvMirror *one, const PvMirror *other);

GBytes *pv_mirror_snapshot (const PvMirror *mirror) G_GNUC_WARN_UNUSED_RESULT;
/* What changed from @old to @mirror; never much larger than a snapshot. */
GBytes *pv_mirror_difference (const PvMirror *old, const PvMirror *mirror) G_GNUC_WARN_UNUSED_RESULT;
/* Every item is read through: what this gives can be drawn. */
PvMirror *pv_mirror_read (const guint8 *bytes, gsize size, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* (transfer full): a new mirror; @old is untouched. */
PvMirror *pv_mirror_apply (const PvMirror *old, const guint8 *bytes, gsize size,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* For app/view: masked answers are dots, hidden choices are not there. (transfer full) */
PvScreenState *pv_mirror_to_screen (const PvMirror *mirror) G_GNUC_WARN_UNUSED_RESULT;

/* What a mediator sees of this field: its class, made stricter by its kind. */
PvAssistClass pv_mirror_class_of (const PvField *field, GHashTable *lifted);
gboolean pv_mirror_is_shared_screen (PvScreenId id);
PvLengthClass pv_mirror_length_class (const char *text);

/* What both sides must agree on to draw the same screen: names of screens and intentions, order of the enumerations. */
void pv_mirror_catalogue_hash (guint8 ret_hash[32]);
