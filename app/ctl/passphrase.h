/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* passphrase.h: what a mediator's key is sealed with. Private to enrol*.c. */
#pragma once

#include "platform/secret.h"

/**
 * pv_ctl_read_passphrase:
 * @file: (nullable): its first line; "-" is standard input; NULL asks twice at the terminal, where it is not shown
 *
 * Returns: (transfer full): one that is long enough, or NULL after having said why not
 */
PvSecret *pv_ctl_read_passphrase (const char *file) G_GNUC_WARN_UNUSED_RESULT;
