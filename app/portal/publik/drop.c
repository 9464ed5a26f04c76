/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "portal/publik/drop.h"

#include "core/drop.h"

enum {
  HTTP_OK = 200,
  HTTP_CREATED = 201,
  HTTP_NO_CONTENT = 204,
  HTTP_NOT_FOUND = 404,
  HTTP_CONFLICT = 409,
};

char *
pv_publik_make_drop_path (const char *id)
{
  return pv_drop_id_is_valid (id) ? g_strconcat ("/drop/", id, NULL) : NULL;
}

/* Whatever else was answered, by the relay or by something in front of it. */
static gboolean
refuse (const PvPublikAnswer *answer, GError **error)
{
  g_autoptr (PvJson) json = pv_publik_judge (PV_PUBLIK_CALL_READ, answer, error);

  if (json != NULL)
    g_set_error (error, PV_PORTAL_ERROR, PV_PORTAL_ERROR_BAD_ANSWER, "not an answer of the relay (status %u)",
                 answer->status);
  return FALSE;
}

gboolean
pv_publik_read_opened_drop (const PvPublikAnswer *answer, GError **error)
{
  switch (answer->status) {
  case HTTP_CREATED:
    return TRUE;
  case HTTP_CONFLICT:
    g_set_error_literal (error, PV_PORTAL_ERROR, PV_PORTAL_ERROR_GONE, "the relay has such a place already");
    return FALSE;
  case HTTP_NOT_FOUND:
    g_set_error_literal (error, PV_PORTAL_ERROR, PV_PORTAL_ERROR_UNSUPPORTED, "the relay has no places for phones");
    return FALSE;
  default:
    return refuse (answer, error);
  }
}

gboolean
pv_publik_read_taken_drop (const PvPublikAnswer *answer, gboolean *ret_is_there, GError **error)
{
  switch (answer->status) {
  case HTTP_OK:
    *ret_is_there = TRUE;
    return TRUE;
  case HTTP_NO_CONTENT:
    *ret_is_there = FALSE;
    return TRUE;
  case HTTP_NOT_FOUND:
    g_set_error_literal (error, PV_PORTAL_ERROR, PV_PORTAL_ERROR_GONE, "the relay has no such place any more");
    return FALSE;
  default:
    return refuse (answer, error);
  }
}
