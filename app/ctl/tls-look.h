/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* tls-look.h: one TLS handshake, to see who answers and until when its certificate is good; and dates of certificates in
 * files. Blocks. */
#pragma once

#include <glib.h>

enum { PV_TLS_LOOK_S = 8 }; /* for name and connection, and again for the handshake */

typedef enum {
  PV_TLS_LOOK_FINE,
  PV_TLS_LOOK_OFFLINE,  /* no name, or nobody listens */
  PV_TLS_LOOK_SILENT,   /* it listens and says nothing */
  PV_TLS_LOOK_STRANGER, /* another name, or nobody whom we believe vouches for it */
  PV_TLS_LOOK_REFUSED,  /* it does not let us in: our certificate, or none */
  PV_TLS_LOOK_FILES,    /* ours cannot be used */
} PvTlsLookEnd;

typedef struct PvTlsLookTarget {
  const char *host;
  guint port;
  const char *ca_file;              /* (nullable): the system's authorities */
  const char *cert_file, *key_file; /* (nullable) */
  gboolean waits_for_refusal;       /* of TLS 1.3, which tells it after the handshake: a second longer */
} PvTlsLookTarget;

/* Dates in seconds since 1970 of who answered, as far as one did; else 0. */
PvTlsLookEnd pv_tls_look (const PvTlsLookTarget *target, gint64 *ret_not_before_s, gint64 *ret_not_after_s);

/* Of the certificate in a file of PEM that ends first. FALSE: there is none in it. */
gboolean pv_tls_read_dates (const char *pem, gsize size, gint64 *ret_not_before_s, gint64 *ret_not_after_s);
