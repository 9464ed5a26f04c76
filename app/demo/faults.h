/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* faults.h: what the demo portal does wrong on purpose.
 *
 * A list of faults, each for one kind of call or for any, each for a number of times.  Pure.
 */
#pragma once

#include "platform/json.h"

#define PV_DEMO_FAULT_ERROR (pv_demo_fault_error_quark ())
GQuark pv_demo_fault_error_quark (void);

typedef enum {
  PV_DEMO_FAULT_ERROR_BAD_DATA, /* not a fault; nothing was changed */
} PvDemoFaultError;

typedef enum {
  PV_DEMO_FAULT_DELAY,             /* everything is done, the answer waits `seconds` */
  PV_DEMO_FAULT_DROP_BEFORE_STORE, /* the connection ends, nothing was done */
  PV_DEMO_FAULT_DROP_AFTER_STORE,  /* everything is done, the connection ends without an answer */
  PV_DEMO_FAULT_CUT,               /* everything is done, the connection ends in the middle of the answer */
  PV_DEMO_FAULT_TRUNCATED,         /* everything is done, the answer is a whole one with half of the JSON */
  PV_DEMO_FAULT_RUBBISH,           /* everything is done, the answer is a page of HTML with status 200 */
  PV_DEMO_FAULT_ERROR_500,         /* nothing is done, status 500 in HTML */
  PV_DEMO_FAULT_ERROR_500_AFTER,   /* everything is done, status 500 in HTML */
  PV_DEMO_FAULT_REFUSE,            /* nothing is done, `err` 1 with `desc`, `code` and `status` */
  PV_DEMO_FAULT_FORM_DELETED,      /* the form `slug` does not exist */
  PV_DEMO_FAULT_FORM_DISABLED,     /* the form `slug` is in the list, and refuses */
  PV_DEMO_FAULT_SOLD_OUT,          /* book, submit: somebody else is faster, whatever the list said */
  PV_DEMO_FAULT_CLOCK,             /* the portal's clock is `seconds` ahead (or behind, negative) */
  PV_DEMO_N_FAULTS
} PvDemoFaultKind;

enum {
  PV_DEMO_MAX_FAULTS = 50,
  PV_DEMO_FAULT_MAX_SECONDS = 1000 * 1000, /* each way */
};

typedef struct PvDemoFaults PvDemoFaults;

/* What applies to one call. */
typedef struct PvDemoTrouble {
  gboolean has[PV_DEMO_N_FAULTS];
  gint64 delay_s;
  guint status; /* REFUSE */
  char *desc;   /* REFUSE: err_desc */
  char *code;   /* REFUSE: err_code */
  char *slug;   /* FORM_DELETED, FORM_DISABLED */
} PvDemoTrouble;

PvDemoFaults *pv_demo_faults_new (void) G_GNUC_WARN_UNUSED_RESULT;
void pv_demo_faults_free (PvDemoFaults *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvDemoFaults, pv_demo_faults_free)

/**
 * pv_demo_faults_set:
 * @json: {"faults": [{"kind": "delay", "on": "submit", "times": 1, "seconds": 5}, ...]}; replaces what was set
 *
 * `on`: list, schema, options, submit, find, follow, read, drop, invoice, prefill, book, bookings, or any (default);
 * `times`: absent = always.
 */
gboolean pv_demo_faults_set (PvDemoFaults *self, const PvJson *json, GError **error);
/* The same as one word of a command line: KIND[:ON[:TIMES[:SECONDS or SLUG]]], added to what is set; TIMES 0 = always */
gboolean pv_demo_faults_add_word (PvDemoFaults *self, const char *word, GError **error);
/* {"faults": [...]} with what is left of them.  (transfer full) */
char *pv_demo_faults_to_json (const PvDemoFaults *self) G_GNUC_WARN_UNUSED_RESULT;

/* The offset of the portal's clock, which is no single call's. */
gint64 pv_demo_faults_get_clock_s (const PvDemoFaults *self);
/* Counts the faults that apply to a call as used.  (transfer full) */
PvDemoTrouble *pv_demo_faults_take (PvDemoFaults *self, const char *call) G_GNUC_WARN_UNUSED_RESULT;
void pv_demo_trouble_free (PvDemoTrouble *trouble);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvDemoTrouble, pv_demo_trouble_free)
