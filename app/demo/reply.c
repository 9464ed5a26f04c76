/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "demo/reply.h"

void
pv_demo_reply_free (PvDemoReply *reply)
{
  if (reply == NULL)
    return;
  g_free (reply->body);
  g_clear_pointer (&reply->file, g_bytes_unref);
  g_free (reply);
}

PvDemoReply *
pv_demo_reply_new (guint status, char *body)
{
  PvDemoReply *reply = g_new0 (PvDemoReply, 1);

  reply->status = status;
  reply->body = body;
  return reply;
}

PvDemoReply *
pv_demo_reply_new_file (GBytes *file, const char *type)
{
  PvDemoReply *reply = pv_demo_reply_new (200, g_strdup (""));

  reply->file = g_bytes_ref (file);
  reply->type = type;
  return reply;
}

PvDemoReply *
pv_demo_reply_new_json (PvJsonWriter *writer)
{
  return pv_demo_reply_new (200, g_strdup (pv_json_writer_get_text (writer, NULL)));
}

static const char *
class_of (guint status)
{
  switch (status) {
  case 400:
    return "Invalid request";
  case 401:
    return "Unauthorized";
  case 404:
    return "Not found";
  case 405:
    return "Method not allowed";
  case 413:
    return "Request entity too large";
  default:
    return status >= 500 ? "Internal error" : "Access denied";
  }
}

PvDemoReply *
pv_demo_reply_new_error (guint status, const char *code, const char *desc)
{
  g_autoptr (PvJsonWriter) writer = pv_json_writer_new ();
  PvDemoReply *reply;

  pv_json_writer_begin_object (writer, NULL);
  pv_json_writer_int (writer, "err", 1);
  pv_json_writer_text (writer, "err_class", class_of (status));
  pv_json_writer_text (writer, "err_code", code);
  pv_json_writer_text (writer, "err_desc", desc);
  pv_json_writer_end_object (writer);
  reply = pv_demo_reply_new_json (writer);
  reply->status = status;
  return reply;
}

PvDemoReply *
pv_demo_reply_new_not_found (void)
{
  return pv_demo_reply_new_error (404, "not-found", "Page not found");
}

PvDemoReply *
pv_demo_reply_new_denied (const char *desc)
{
  return pv_demo_reply_new_error (403, "access-denied", desc);
}

PvDemoReply *
pv_demo_reply_new_invalid (const char *desc)
{
  return pv_demo_reply_new_error (400, "invalid-request", desc);
}
