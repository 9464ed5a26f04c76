/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* capture-link.h: one document at a time, from the scanner, the phone, or made up, as the journey orders it.
 *
 * Nothing from outside is looked at here: scanner and uploads are the children's of link/scan.h. What is shown is the last
 * picture, in locked memory, wiped when another comes and when the document is done with. Never blocks. Main thread only;
 * callbacks are never called from within a call, nor after pv_capture_link_free(). */
#pragma once

#include <gdk/gdk.h>

#include "core/journey.h"
#include "kiosk/session/courier-link.h"

typedef struct PvCaptureLink PvCaptureLink;

/* Copied. */
typedef struct PvCaptureLinkConfig {
  const char *program;    /* (nullable): parvis-decode; none is installed: everything is broken */
  const char *device;     /* SANE's name of the scanner, or "auto" */
  const char *drop_url;   /* (nullable): where phones put their documents */
  PvCourierLink *courier; /* (nullable): borrowed; without, phones are offline */
} PvCaptureLinkConfig;

typedef struct PvCaptureLinkEvents {
  void (*report) (const PvCaptureReport *report, gpointer user_data);
  /* @texture: (nullable): none (any more); this one also from within pv_capture_link_perform() */
  void (*picture) (GdkTexture *texture, gpointer user_data);
  void (*document) (PvDocument *document, gpointer user_data);
} PvCaptureLinkEvents;

PvCaptureLink *pv_capture_link_new (const PvCaptureLinkConfig *config, const PvCaptureLinkEvents *events,
                                    gpointer user_data) G_GNUC_WARN_UNUSED_RESULT;
void pv_capture_link_free (PvCaptureLink *link);
/* PV_EFFECT_SCAN_*, _DROP_OPEN and _CAPTURE_CLOSE; others are nothing. */
void pv_capture_link_perform (PvCaptureLink *link, const PvEffect *effect);
