/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* doctor.h: the checks of "parvisctl doctor". Each runs in a process of its own, which is killed after its time: it may block,
 * and libraries may crash. It looks, and adds what it found to @findings. */
#pragma once

#include "ctl/ctl.h"
#include "ctl/finding.h"

typedef struct PvDoctor {
  const PvCtl *ctl;
  const PvSettings *settings; /* what is right of them */
  const char *root;           /* before /proc, /sys, /etc, /usr, /run/systemd: "" is this machine */
  gint64 now_s;               /* UTC, since 1970 */
  gboolean is_slot_only;      /* only what may be the image's fault (doctor-slot.h) */
} PvDoctor;

typedef struct PvDoctorOptions {
  const char *root;       /* "" */
  const char *const *ids; /* (nullable): only these checks; NULL or empty: all */
  gboolean is_slot_only;  /* of them, what may be the image's fault */
} PvDoctorOptions;

enum {
  PV_DOCTOR_CHECK_S = 14, /* of one check; all run at the same time, so a whole run ends within 20 s */
};

/* All that were asked for, each with at least one finding. (transfer full): free with pv_doctor_free_checkups().
 * NULL after having said which id is none. */
PvCheckup *pv_doctor_run (const PvCtl *ctl, const PvDoctorOptions *options,
                          gsize *ret_n_checkups) G_GNUC_WARN_UNUSED_RESULT;
void pv_doctor_free_checkups (PvCheckup *checkups, gsize n_checkups);

void pv_doctor_check_settings (const PvDoctor *doctor, GPtrArray *findings);
void pv_doctor_check_screen (const PvDoctor *doctor, GPtrArray *findings);
void pv_doctor_check_touch (const PvDoctor *doctor, GPtrArray *findings);
void pv_doctor_check_reader (const PvDoctor *doctor, GPtrArray *findings);
void pv_doctor_check_printer (const PvDoctor *doctor, GPtrArray *findings);
void pv_doctor_check_cups (const PvDoctor *doctor, GPtrArray *findings);
void pv_doctor_check_scanner (const PvDoctor *doctor, GPtrArray *findings);
void pv_doctor_check_portal (const PvDoctor *doctor, GPtrArray *findings);
void pv_doctor_check_clock (const PvDoctor *doctor, GPtrArray *findings);
void pv_doctor_check_broker (const PvDoctor *doctor, GPtrArray *findings);
void pv_doctor_check_certificates (const PvDoctor *doctor, GPtrArray *findings);
void pv_doctor_check_disk (const PvDoctor *doctor, GPtrArray *findings);
void pv_doctor_check_secrets (const PvDoctor *doctor, GPtrArray *findings);
void pv_doctor_check_services (const PvDoctor *doctor, GPtrArray *findings);
void pv_doctor_check_lockdown (const PvDoctor *doctor, GPtrArray *findings);
void pv_doctor_check_update (const PvDoctor *doctor, GPtrArray *findings);

/* PATH under the root. (transfer full) */
char *pv_doctor_path (const PvDoctor *doctor, const char *path) G_GNUC_WARN_UNUSED_RESULT;
/* Text of a file under the root, cut at PV_FACTS_MAX_FILE_BYTES; NULL: it is not there or may not be read. (transfer full) */
char *pv_doctor_read (const PvDoctor *doctor, const char *path, gsize *ret_size) G_GNUC_WARN_UNUSED_RESULT;
/* "nothing of that sort is set up here", as something that is well. */
void pv_doctor_not_used (GPtrArray *findings, const char *sentence);
