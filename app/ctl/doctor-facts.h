/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* doctor-facts.h: facts out of what the kernel and the settings of a system say. Pure: texts go in. */
#pragma once

#include <glib.h>

enum {
  PV_EDID_BYTES = 128,
  PV_FACTS_MAX_FILE_BYTES = 256 * 1024, /* of anything that is read for this */
};

/* Names of the touch screens in /proc/bus/input/devices: what is touched where it points (INPUT_PROP_DIRECT), with absolute
 * places. A tablet with a pen counts too, a touch pad does not. (transfer full) (element-type utf8) */
GPtrArray *pv_facts_find_touch_screens (const char *devices) G_GNUC_WARN_UNUSED_RESULT;

/* Of an EDID (VESA E-EDID 1.4, 3.6.2 and 3.10.2): the size of the preferred timing, else that of the panel in centimetres.
 * FALSE: it is none, or does not say. */
gboolean pv_facts_read_edid (const guint8 *edid, gsize size, guint *ret_width_mm, guint *ret_height_mm);

/* The value of KEY=VALUE within [GROUP] of a file of systemd, the last one that is there; NULL: none. (transfer full) */
char *pv_facts_find_value (const char *text, const char *group, const char *key) G_GNUC_WARN_UNUSED_RESULT;

/* Words of a list, one a line, without comments and empty lines. (transfer full) */
GStrv pv_facts_read_lines (const char *text) G_GNUC_WARN_UNUSED_RESULT;
