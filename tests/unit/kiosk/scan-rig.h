/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* scan-rig.h: a scan and what it told, on SANE's test backend in a folder of its own. */
#pragma once

#include "tst.h"

#include "link/scan-private.h"

enum { RIG_PATIENCE_MS = 60 * 1000 };

typedef struct Rig {
  char *folder; /* of the settings of SANE */
  PvCaptureRules *rules;
  PvScan *scan;
  /* told */
  GArray *reports; /* (element-type PvCaptureReport) */
  PvDecoded *picture;
  guint n_pictures, n_growing; /* the latter before something was settled */
  PvDocument *document;
  /* state */
  gboolean is_settled;   /* something came that is an end: READY, PAGE, FAILED, a document */
  gboolean is_page_seen; /* its picture came after that */
  guint n_descriptors;
} Rig;

int rig_set_up (void **state);
/* Nothing is left: no process, no descriptor, no file. */
int rig_tear_down (void **state);

/* The usual ones. */
extern const PvScanLimits rig_limits;

const char *rig_program (void);
void rig_write (Rig *rig, const char *name, const char *text);
/* @settings: lines of test.conf, "" for the usual: a grid on A4. */
void rig_settings (Rig *rig, const char *settings);
/* With the rules as they are now. */
void rig_open (Rig *rig, const char *device);
void rig_open_within (Rig *rig, const char *program, const char *device, const PvScanLimits *limits);
/* The program, for which libsane finds our driver. The child itself gets no such variable. (transfer full) */
char *rig_write_program (Rig *rig);
/* With our driver of tests/fakes, which goes wrong in that way. */
void rig_open_fake (Rig *rig, const char *way, const PvScanLimits *used);
/* From now on in another way. */
void rig_go (Rig *rig, const char *way);
void rig_import (Rig *rig, GBytes *upload);
void rig_close (Rig *rig);
/* Until something is settled, and the picture of a page is there. */
void rig_wait (Rig *rig);
void rig_take (Rig *rig);
void rig_finish (Rig *rig);
/* Until another picture is there. */
void rig_wait_picture (Rig *rig);
/* Turn, drop, show; until it is told and its picture is there. */
void rig_page (Rig *rig, void (*act) (PvScan *scan, guint page), guint page);
const PvCaptureReport *rig_last (Rig *rig);
void rig_expect_state (Rig *rig, PvCaptureState state);
void rig_expect_trouble (Rig *rig, PvCaptureTrouble trouble);
/* Of the picture that is shown. */
guint32 rig_pixel (Rig *rig, guint x, guint y);
/* What a program says about the document; "{}" in an argument is its file. (transfer full) */
char *rig_ask (Rig *rig, const char *const *arguments);
