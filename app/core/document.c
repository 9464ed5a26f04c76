/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/document.h"

#include <glib/gi18n-lib.h>

enum { DIGEST_GROUPS = 4, GROUP_CHARS = 4, KILO = 1000, MEGA = 1000 * 1000 };

const char *const pv_document_types[] = { "application/pdf", "image/jpeg", "image/png", NULL };

char *
pv_document_size (guint64 n_bytes)
{
  guint64 tenths = (n_bytes + MEGA / 10 - 1) / (MEGA / 10);

  if (n_bytes <= MEGA - KILO)
    /* Translators: a size in thousands of bytes. */
    return g_strdup_printf (_ ("%u kB"), MAX ((guint) ((n_bytes + KILO - 1) / KILO), 1));
  /* Translators: a size in millions of bytes: whole number, decimal mark, tenths. */
  return g_strdup_printf (_ ("%u%s%u MB"), (guint) (tenths / 10), C_ ("decimal mark", "."), (guint) (tenths % 10));
}

char *
pv_document_display (guint n_pages, guint64 n_bytes)
{
  g_autofree char *size = pv_document_size (n_bytes), *pages = NULL;

  if (n_pages == 0)
    return g_steal_pointer (&size);
  pages = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u page", "%u pages", n_pages), n_pages);
  return g_strdup_printf ("%s, %s", pages, size);
}

char *
pv_document_digest (GBytes *content)
{
  g_autofree char *whole = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, content);
  GString *groups = g_string_new (NULL);

  for (guint i = 0; i < DIGEST_GROUPS; i++)
    g_string_append_printf (groups, "%s%.*s", i > 0 ? " " : "", GROUP_CHARS, whole + i * GROUP_CHARS);
  return g_string_free (groups, FALSE);
}
