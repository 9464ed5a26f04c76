/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* finding.h: what "parvisctl doctor" found, how it is handed on, told, and written for a program. Pure. */
#pragma once

#include <glib.h>

/* Each is worse than the one before, of several findings the worst counts. */
typedef enum {
  PV_HEALTH_WELL,
  PV_HEALTH_NOTICE,  /* works, and is worth knowing */
  PV_HEALTH_UNKNOWN, /* could not be looked at */
  PV_HEALTH_WRONG,   /* there is something to do */
  PV_N_HEALTHS
} PvHealth;

typedef struct PvFinding {
  PvHealth health;
  char *sentence;
  char *to_do; /* "" if nothing */
} PvFinding;

/* One part of the machine and what was found of it. */
typedef struct PvCheckup {
  const char *id;      /* stable, for programs */
  const char *title;   /* as it is told; static */
  GPtrArray *findings; /* (element-type PvFinding), never empty when it is told */
} PvCheckup;

enum {
  PV_FINDINGS_MAX_BYTES = 64 * 1024, /* of one check, packed */
  PV_DOCTOR_JSON_VERSION = 1,
};

GPtrArray *pv_findings_new (void) G_GNUC_WARN_UNUSED_RESULT;
/* @to_do: "" if nothing. */
void pv_findings_add (GPtrArray *findings, PvHealth health, const char *to_do, const char *format, ...)
  G_GNUC_PRINTF (4, 5);
/* WELL if there are none. */
PvHealth pv_findings_get_worst (const GPtrArray *findings);

/* From one process to another. parse: FALSE, and nothing is added, if the bytes are not what pack made. */
GBytes *pv_findings_pack (const GPtrArray *findings) G_GNUC_WARN_UNUSED_RESULT;
gboolean pv_findings_parse (GPtrArray *findings, GBytes *bytes);

/* "ok", "notice", "unknown", "wrong": for programs. */
const char *pv_health_get_word (PvHealth health);
/* 0 all well, 1 something is to be done, 2 something could not be looked at. */
int pv_doctor_get_status (const PvCheckup *checkups, gsize n_checkups);
/* For people: lines of at most 100 letters where sentences allow it. (transfer full) */
char *pv_doctor_to_text (const PvCheckup *checkups, gsize n_checkups) G_GNUC_WARN_UNUSED_RESULT;
/* README.md, "What doctor writes for a program". @when: of ISO 8601. (transfer full) */
char *pv_doctor_to_json (const PvCheckup *checkups, gsize n_checkups, const char *when) G_GNUC_WARN_UNUSED_RESULT;
