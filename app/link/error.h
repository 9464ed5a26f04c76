/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* error.h: what can go wrong between processes, named by what the caller can do. */
#pragma once

#include <glib.h>

#define PV_LINK_ERROR (pv_link_error_quark ())
GQuark pv_link_error_quark (void);

typedef enum {
  PV_LINK_ERROR_OFFLINE,   /* the other process is not there or does not answer: try again later */
  PV_LINK_ERROR_DENIED,    /* it, or we, may not: trying again is useless */
  PV_LINK_ERROR_BAD_DATA,  /* what came is not what was agreed */
  PV_LINK_ERROR_TOO_LARGE, /* over a named limit */
  PV_LINK_ERROR_VERSION,   /* written by a release that is too new or too old for this one */
  PV_LINK_ERROR_FAILED,    /* the system refused: no memory file, no descriptor */
} PvLinkError;
