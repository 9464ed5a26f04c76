/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* privacy-table.h: every datum that Parvis handles, in one table: what, by whom, where, how long, who can read it, how it is erased.
 *
 * The papers of the commune (register, impact assessment, notices, clauses) are made from it (privacy.h), and tests hold it
 * against what programs really write: a file that no row names, or a field of a log that is not listed, fails them. In French:
 * it is read by the commune, its data protection officer and citizens.
 *
 * Texts hold placeholders of privacy-template.h, such as {{jours-envoi}}. Files are patterns of glob(7), parted by blanks; STATE,
 * CACHE and RUN stand for [paths] state, cache, runtime, DESK for the folder of a mediator's console. Pure data. */
#pragma once

#include <glib.h>

/* What must be switched on for a row to concern this commune. */
typedef enum {
  PV_PRIVACY_ALWAYS,
  PV_PRIVACY_ASSIST,    /* [assist] enabled */
  PV_PRIVACY_CARD,      /* [card] enabled */
  PV_PRIVACY_PHOTO,     /* [card] photo */
  PV_PRIVACY_DOCUMENTS, /* a scanner or phones */
  PV_PRIVACY_PHONE,     /* [documents] drop-url */
  PV_PRIVACY_PRINTER,   /* [printer] enabled */
  PV_PRIVACY_QUEUE,     /* [printer] queue */
  PV_PRIVACY_HANDOVER,  /* a [handover] */
  PV_PRIVACY_FLEET,     /* [fleet] enabled, or its file of metrics */
  PV_PRIVACY_SPEECH,    /* [speech] engine */
  PV_PRIVACY_RELAY,     /* [portal] mode=relay */
  PV_PRIVACY_DIRECT,    /* the other */
  PV_N_PRIVACY_USES
} PvPrivacyUse;

typedef enum {
  PV_PRIVACY_CITIZEN,   /* personal data of who stands at the kiosk, or of those they speak of */
  PV_PRIVACY_MEDIATOR,  /* of who helps */
  PV_PRIVACY_TECHNICAL, /* of nobody */
} PvPrivacyWhose;

typedef struct PvPrivacyRow {
  const char *id; /* small letters and hyphens */
  PvPrivacyUse use;
  PvPrivacyWhose whose;
  const char *datum;   /* la donnée */
  const char *purpose; /* à quoi elle sert */
  const char *process; /* quel programme */
  const char *where;   /* où elle est */
  const char *kept;    /* combien de temps */
  const char *readers; /* qui peut la lire */
  const char *erased;  /* comment elle disparaît */
  const char *files;   /* (nullable): patterns; NULL: in no file */
} PvPrivacyRow;

/* Ended by a row without id. */
extern const PvPrivacyRow pv_privacy_rows[];

typedef struct PvPrivacyLogField {
  const char *name;    /* of PV_LOG_INT(), PV_LOG_WORD(), PV_LOG_CAUSE() */
  const char *meaning; /* ce qu'il dit */
} PvPrivacyLogField;

/* Fields of lines of the log (platform/log.h), by name. Ended by one without name. */
extern const PvPrivacyLogField pv_privacy_log_fields[];
