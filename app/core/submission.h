/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* submission.h: a complete filing on its way to the portal.
 *
 * What the session seals, the outbox keeps and a worker child opens.  Holds personal data in clear: lives only in a
 * session and in a worker.
 */
#pragma once

#include "core/appointment.h"
#include "core/followed.h"
#include "core/procedure.h"

enum { PV_SUBMISSION_MAX_BYTES = 48 * 1024 * 1024 }; /* documents included */

typedef enum {
  PV_SUBMISSION_FILE,   /* file it */
  PV_SUBMISSION_DRAFT,  /* store a draft on the portal: hand-over to a phone, "keep for later" */
  PV_SUBMISSION_BOOK,   /* book a time with the agenda itself, no form; it may replace another one */
  PV_SUBMISSION_CANCEL, /* give a booking up */
} PvSubmissionPurpose;

/* How far an answer is proven. */
typedef enum {
  PV_PROOF_NONE,
  PV_PROOF_TYPED,   /* from the lines of a document, typed */
  PV_PROOF_READ,    /* from its chip, but something for the proof was missing */
  PV_PROOF_GENUINE, /* from its chip, and genuine */
  PV_N_PROOFS
} PvProof;

typedef struct PvSubmissionEntry {
  char *id;   /* field id */
  char *name; /* (nullable): varname */
  PvQuestionKind kind;
  gboolean is_integer; /* NUMBER */
  gboolean is_table;   /* BLOCK: rows of cells; inner has the columns in their order */
  gboolean is_in_row;  /* DECLINED within a row of a block: only for the note */
  PvValue *value;      /* DECLINED: nothing is sent, the note tells it */
  char *label;         /* (nullable): the question, for the note */
  char *told;          /* (nullable): DECLINED: what is known in spite of it, a date YYYY-MM-00 */
  GPtrArray *inner;    /* (nullable) (element-type PvSubmissionEntry): BLOCK: id, name, kind of the inner questions */
} PvSubmissionEntry;

typedef struct PvSubmission {
  PvSubmissionPurpose purpose;
  char *slug;
  char *form_id;      /* (nullable) */
  char *version;      /* of the procedure */
  char *ref;          /* kiosk reference */
  char *ref_field;    /* (nullable): varname or id of the field that carries it; NULL = absence cannot be proven */
  char *note;         /* (nullable): for the agents: kiosk reference, what was declined */
  gint64 created_us;  /* UTC */
  GPtrArray *entries; /* (element-type PvSubmissionEntry) */
  PvProof proof;      /* of the answers named in proven */
  GPtrArray *proven;  /* (element-type utf8): questions answered from an identity document, unchanged: for the note */
  PvAppointment *appointment; /* (nullable): a time of an agenda is among the answers */
} PvSubmission;

PvSubmission *pv_submission_new (void);
void pv_submission_free (PvSubmission *submission);
PvSubmissionEntry *pv_submission_entry_new (const char *id, const char *name, PvQuestionKind kind);
void pv_submission_entry_free (PvSubmissionEntry *entry);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvSubmission, pv_submission_free)

/**
 * pv_submission_build_note:
 *
 * Called in the commune's language, not the citizen's: the agents read it.
 *
 * Returns: (transfer full): kiosk reference and what was declined, wipe
 */
char *pv_submission_build_note (const PvSubmission *submission) G_GNUC_WARN_UNUSED_RESULT;

/* The appointment as it is kept for whoever has the reference; @id: the agenda's number of it. (transfer full) */
PvBooking *pv_submission_make_booking (const PvSubmission *submission, const char *id) G_GNUC_WARN_UNUSED_RESULT;

/* The variant's memory holds personal data: serialise it into wiped memory only. */
GVariant *pv_submission_to_variant (const PvSubmission *submission);
PvSubmission *pv_submission_from_variant (GVariant *variant, GError **error) G_GNUC_WARN_UNUSED_RESULT;
