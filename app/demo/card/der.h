/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* der.h: writes DER, right or wrong on purpose. Pure. */
#pragma once

#include <glib.h>

void pv_der_add (GByteArray *out, guint8 tag, const guint8 *value, gsize length);
void pv_der_add_raw (GByteArray *out, const guint8 *data, gsize length);
/* What stands behind @from becomes the value of an object with @tag. */
void pv_der_wrap (GByteArray *out, guint8 tag, guint from);
/* @oid: "2.23.136.1.1.1". */
void pv_der_add_oid (GByteArray *out, const char *oid);
void pv_der_add_number (GByteArray *out, guint8 number);
/* UTCTime, or GeneralizedTime from 2050 on. @time: seconds, UTC. */
void pv_der_add_time (GByteArray *out, gint64 time);
