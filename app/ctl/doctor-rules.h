/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* doctor-rules.h: what is well and what is wrong with a kiosk, from facts that others gathered. Pure: no file, no clock. Each
 * adds at least one finding to @findings. */
#pragma once

#include <sys/types.h>

#include "core/kiosk-health.h"
#include "ctl/finding.h"

enum {
  /* The courier takes no filing below 128 MB (link/outbox-store.h): half of the way there somebody has to look. */
  PV_DOCTOR_DISK_WRONG_MB = 256,
  PV_DOCTOR_DISK_NOTICE_MB = PV_KIOSK_DISK_LOW_MB,
  PV_DOCTOR_INODES_WRONG = 1000,
  /* Whoever renews needs a month's notice, as authorities give it; in the last week it is urgent. */
  PV_DOCTOR_EXPIRY_NOTICE_DAYS = PV_KIOSK_CERTIFICATE_DAYS,
  PV_DOCTOR_EXPIRY_WRONG_DAYS = 7,
  /* Signed calls to the portal allow 30 s (publik, signature); certificates and receipts are in minutes. */
  PV_DOCTOR_SKEW_NOTICE_S = 5,
  PV_DOCTOR_SKEW_WRONG_S = 25,
  /* The courier asks for the list every few minutes, and shows kept options for 24 h. */
  PV_DOCTOR_LIST_NOTICE_H = 24,
  PV_DOCTOR_LIST_WRONG_H = 72,
  /* Of two ways to say how large a screen is. */
  PV_DOCTOR_SCREEN_TOLERANCE_PERCENT = 8,
};

void pv_judge_disk (GPtrArray *findings, const char *folder, guint64 free_bytes, guint64 free_inodes);
/* @name: what it is for. Seconds since 1970. */
void pv_judge_certificate (GPtrArray *findings, const char *name, gint64 not_before_s, gint64 not_after_s,
                           gint64 now_s);
/* Signed settings that are in force, also once they have expired. @name: who signed them. @end_s: of their last day. */
void pv_judge_signed_settings (GPtrArray *findings, const char *name, gint64 serial, gint64 end_s, gint64 now_s);
/* @skew_s: ours minus theirs. */
void pv_judge_skew (GPtrArray *findings, gint64 skew_s);
/* @is_trusted: [clock] trusted; then nobody has to set it. */
void pv_judge_clock (GPtrArray *findings, gboolean is_synchronised, gboolean is_trusted);
/* @age_s: of the list of what the portal offers. */
void pv_judge_list_age (GPtrArray *findings, gint64 age_s);

/* @owner_is_session: the login that serves citizens. */
void pv_judge_secret (GPtrArray *findings, const char *setting, const char *path, mode_t mode,
                      gboolean owner_is_session);

typedef struct PvScreenFacts {
  const char *connector;     /* "HDMI-A-1" */
  const char *mode;          /* (nullable): "1920x1080" */
  guint width_mm, height_mm; /* 0: it does not say */
} PvScreenFacts;

/* @screens: those that are plugged in. @diagonal_mm: of the settings, 0: not told. */
void pv_judge_screens (GPtrArray *findings, const PvScreenFacts *screens, gsize n_screens, guint diagonal_mm);
/* @names: of touch screens. (element-type utf8) */
void pv_judge_touch (GPtrArray *findings, const GPtrArray *names);

/* What an administrator reads of a machine that is to be locked down; NULL, -1: not seen. */
typedef struct PvLockdownFacts {
  const char *sysrq;               /* /proc/sys/kernel/sysrq */
  const char *core_pattern;        /* /proc/sys/kernel/core_pattern */
  const char *swaps;               /* /proc/swaps */
  const char *command_line;        /* /proc/cmdline */
  const char *const *needed_words; /* of the command line: without one there is a way out */
  const char *const *wanted_words; /* of it: what makes it neat, and harder */
  const GPtrArray *unmasked;       /* (element-type utf8): units that could start, and must not */
  int has_inspector_override;      /* the override is there, and compiled */
  int has_usb_rules;
  int has_firewall;
  int is_journal_volatile;
} PvLockdownFacts;

void pv_judge_lockdown (GPtrArray *findings, const PvLockdownFacts *facts);
