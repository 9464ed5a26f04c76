/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* reply.h: what a call is answered with. */
#pragma once

#include "platform/json.h"

typedef struct PvDemoReply {
  guint status;
  gboolean is_html;
  gint64 rate_limit_reset_s; /* since 1970: header RateLimit-Reset; 0: none */
  gboolean is_calendar;      /* text/calendar; else, without either, JSON */
  char *body;
  GBytes *file;     /* (nullable): sent instead of @body, as: */
  const char *type; /* static */
} PvDemoReply;

void pv_demo_reply_free (PvDemoReply *reply);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvDemoReply, pv_demo_reply_free)

/* Takes @body. */
PvDemoReply *pv_demo_reply_new (guint status, char *body) G_GNUC_WARN_UNUSED_RESULT;
/* Status 200 with a file. @type: static; @file: referenced */
PvDemoReply *pv_demo_reply_new_file (GBytes *file, const char *type) G_GNUC_WARN_UNUSED_RESULT;
/* Status 200 with the finished document of @writer, which is copied. */
PvDemoReply *pv_demo_reply_new_json (PvJsonWriter *writer) G_GNUC_WARN_UNUSED_RESULT;
/* {"err": 1, "err_class", "err_code", "err_desc"}; the class goes with the status. */
PvDemoReply *pv_demo_reply_new_error (guint status, const char *code, const char *desc) G_GNUC_WARN_UNUSED_RESULT;
/* 404; 403 and 400 with the code that w.c.s. gives them. */
PvDemoReply *pv_demo_reply_new_not_found (void) G_GNUC_WARN_UNUSED_RESULT;
PvDemoReply *pv_demo_reply_new_denied (const char *desc) G_GNUC_WARN_UNUSED_RESULT;
PvDemoReply *pv_demo_reply_new_invalid (const char *desc) G_GNUC_WARN_UNUSED_RESULT;
