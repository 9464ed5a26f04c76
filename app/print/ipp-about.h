/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* ipp-about.h: what a printer says of itself, for an administrator. Its texts are the printer's: shown as text, cut to
 * PV_IPP_ABOUT_MAX_BYTES, without control characters. */
#pragma once

#include "print/ipp-media.h"
#include "print/ipp.h"

enum { PV_IPP_ABOUT_MAX_BYTES = 255, PV_IPP_ABOUT_MAX_TEXTS = 64 };

typedef struct PvIppAbout {
  char *model;   /* (nullable): printer-make-and-model */
  char *message; /* (nullable): printer-state-message */
  int state;     /* PvIppPrinterState */
  gboolean is_accepting;
  GStrv reasons;     /* printer-state-reasons, without "none" */
  GStrv formats;     /* document-format-supported */
  GStrv media;       /* media-supported */
  GStrv ready;       /* media-ready: what lies in it */
  GArray *sizes;     /* (element-type PvIppSize) */
  int dots_per_inch; /* printer-resolution-default, across; 0: not said */
} PvIppAbout;

/* (transfer full) */
PvIppAbout *pv_ipp_about_new (ipp_t *attributes) G_GNUC_WARN_UNUSED_RESULT;
void pv_ipp_about_free (PvIppAbout *about);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvIppAbout, pv_ipp_about_free)

/* Asks it. (transfer full): NULL with PV_PRINT_ERROR */
PvIppAbout *pv_ipp_read_about (PvIpp *ipp, GError **error) G_GNUC_WARN_UNUSED_RESULT;
