/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* invoice.h: invoices of Lingo, through the relay's composite call. Only for the driver.
 *
 * The kiosk knows no account: the invoice's uuid, which is printed on it as a square, and its amount are all that is asked
 * with. Each regie of the settings is asked in turn; "no" is the same for an unknown uuid and for a wrong amount. */
#pragma once

#include "platform/json.h"
#include "portal/publik/transport.h"

enum {
  PV_PUBLIK_MAX_REGIES = 5, /* each is a call */
  PV_PUBLIK_MAX_LABEL_BYTES = 300,
};

/* Where invoices are asked for; lives as long as the portal that is the source of the tasks. */
typedef struct PvPublikInvoices {
  const PvPublikSite *site; /* the relay */
  PvHttpClient *client;
  gint64 (*now_us) (void);
  char **regies;        /* (nullable): slugs */
  const char *portal;   /* the portal's address for people */
  char **payment_hosts; /* (nullable): besides the portal's own */
} PvPublikInvoices;

/* TRUE: invoices can be looked up. */
gboolean pv_publik_has_invoices (const PvPublikInvoices *invoices);

/**
 * pv_publik_ask_invoice:
 * @wants_pdf: the task ends with a GBytes of its PDF; else with a PvInvoice
 * @task: taken
 */
void pv_publik_ask_invoice (const PvPublikInvoices *invoices, const char *uuid, guint64 cents, gboolean wants_pdf,
                            GTask *task);

/* An answer of the relay (app/portal/README.md). @invoices: for where it may be paid. NULL with BAD_ANSWER. Pure. */
PvInvoice *pv_publik_read_invoice (const PvJson *json, const PvPublikInvoices *invoices, const char *uuid,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* https, at the portal's own host or one of the settings'; plain http only where the portal is on this machine. Whatever
 * else an answer says is no place to send somebody with a bank card to. */
gboolean pv_publik_is_payment_url (const char *url, const PvPublikInvoices *invoices);
