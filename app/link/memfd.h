/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* memfd.h: documents between processes, as sealed memory files.
 *
 * The sender writes a memory file, seals it and sends its descriptor; the receiver checks the seals and the size, and
 * maps it.  A sealed file can no longer change, so what was checked is what is read; nothing is copied through the
 * socket and nothing touches a disk.  Errors: PV_LINK_ERROR.  Any thread.
 */
#pragma once

#include <gio/gunixfdlist.h>

#include "link/error.h"

/**
 * pv_memfd_from_variant:
 * @variant: a floating one is consumed
 *
 * Serialises straight into the memory file, without a copy on the heap.
 *
 * Returns: a descriptor that the caller closes, or -1
 */
int pv_memfd_from_variant (GVariant *variant, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* As above, of any bytes. */
int pv_memfd_from_bytes (GBytes *bytes, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * pv_memfd_take:
 * @fds: (nullable): of a message
 * @handle: as the message names it; not to be believed: GLib reads past the list
 *
 * Returns: a descriptor that the caller closes, or -1
 */
int pv_memfd_take (GUnixFDList *fds, GVariant *handle) G_GNUC_WARN_UNUSED_RESULT;

/**
 * pv_memfd_map:
 * @fd: from outside; stays the caller's
 * @max_bytes: the named limit of what is expected
 *
 * Returns: (transfer full): the content, mapped; NULL if it is not a memory file sealed against writing, growing and
 *   shrinking (BAD_DATA), or larger than @max_bytes (TOO_LARGE)
 */
GBytes *pv_memfd_map (int fd, gsize max_bytes, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * pv_memfd_read_variant:
 *
 * pv_memfd_map(), and what it holds must be a @type in normal form.
 *
 * Returns: (transfer full): not floating
 */
GVariant *pv_memfd_read_variant (int fd, const GVariantType *type, gsize max_bytes,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
