/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* secret.h: a key in memory that is locked against swapping, guarded on both sides, read-only, and wiped when freed.
 *
 * Keys come from files, usually credentials that systemd laid down for one service. They never go through the settings,
 * the environment or a command line. */
#pragma once

#include <glib.h>

#define PV_SECRET_ERROR (pv_secret_error_quark ())
GQuark pv_secret_error_quark (void);

typedef enum {
  PV_SECRET_ERROR_UNREADABLE, /* no such file, or not for us */
  PV_SECRET_ERROR_EXPOSED,    /* everybody may read or change the file: repair its mode, and replace the key */
  PV_SECRET_ERROR_BAD,        /* not of the size or kind that was asked for */
} PvSecretError;

enum { PV_SECRET_MAX_BYTES = 4096 };

typedef struct PvSecret PvSecret;

/* @size bytes of any kind. The errors name the file, never its contents. */
PvSecret *pv_secret_read_bytes (const char *path, gsize size, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* One line of printable ASCII, up to PV_SECRET_MAX_BYTES; a final line end is not part of it. */
PvSecret *pv_secret_read_text (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* A copy of @size bytes; the caller wipes its own. */
PvSecret *pv_secret_new (const void *bytes, gsize size) G_GNUC_WARN_UNUSED_RESULT;

void pv_secret_free (PvSecret *secret);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvSecret, pv_secret_free)

/* (transfer none); a 0 follows the last byte. */
const guint8 *pv_secret_get_bytes (const PvSecret *secret, gsize *ret_size);
const char *pv_secret_get_text (const PvSecret *secret);
