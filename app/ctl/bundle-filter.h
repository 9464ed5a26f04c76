/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* bundle-filter.h: what may leave the kiosk in a support bundle. Pure.
 *
 * Two belts. What goes in is on a list of what may; then whatever looks like something of a person is blotted out. */
#pragma once

#include <glib.h>

#define PV_BUNDLE_WITHHELD "(withheld)"

/* Lines "[group] key = value  # where": of settings on the list the value stays, of all others only that they are set. */
char *pv_bundle_filter_settings (const char *description) G_GNUC_WARN_UNUSED_RESULT;
/* Lines of the journal: an event of Parvis (platform/log.h: words and numbers) or a sentence of systemd about our units stays,
 * of any other line only when it was. */
char *pv_bundle_filter_log (const char *journal) G_GNUC_WARN_UNUSED_RESULT;
/* E-mail addresses, telephone numbers, numbers of persons and accounts, codes and long digits, replaced. */
char *pv_bundle_blot (const char *text) G_GNUC_WARN_UNUSED_RESULT;
