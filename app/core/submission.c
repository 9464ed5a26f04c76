/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/submission.h"

#include "core/outcome.h"
#include "core/wipe.h"

#define ENTRY_TYPE      "(smsybbmvmsmsav)"
#define SUBMISSION_TYPE "(ysmsssmsmsxa" ENTRY_TYPE ")"
/* With what is proven: the one above, the proof, and the questions. Without, a filing is written as before. */
#define PROVEN_TYPE "(" SUBMISSION_TYPE "yas)"
/* Likewise with an appointment: one of the two above, and the appointment. */
#define TIMED_TYPE "(v" PV_APPOINTMENT_TYPE ")"

PvSubmission *
pv_submission_new (void)
{
  PvSubmission *submission = g_new0 (PvSubmission, 1);

  submission->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) pv_submission_entry_free);
  submission->proven = g_ptr_array_new_with_free_func (g_free);
  return submission;
}

void
pv_submission_free (PvSubmission *submission)
{
  if (submission == NULL)
    return;
  g_free (submission->slug);
  g_free (submission->form_id);
  g_free (submission->version);
  g_free (submission->ref);
  g_free (submission->ref_field);
  pv_wipe_str (submission->note);
  g_ptr_array_unref (submission->entries);
  g_ptr_array_unref (submission->proven);
  pv_appointment_free (submission->appointment);
  g_free (submission);
}

PvSubmissionEntry *
pv_submission_entry_new (const char *id, const char *name, PvQuestionKind kind)
{
  PvSubmissionEntry *entry = g_new0 (PvSubmissionEntry, 1);

  entry->id = g_strdup (id);
  entry->name = g_strdup (name);
  entry->kind = kind;
  return entry;
}

void
pv_submission_entry_free (PvSubmissionEntry *entry)
{
  if (entry == NULL)
    return;
  g_free (entry->id);
  g_free (entry->name);
  pv_value_unref (entry->value);
  g_free (entry->label);
  pv_wipe_str (entry->told);
  g_clear_pointer (&entry->inner, g_ptr_array_unref);
  g_free (entry);
}

PvBooking *
pv_submission_make_booking (const PvSubmission *submission, const char *id)
{
  const PvAppointment *appointment = submission->appointment;
  PvBooking *booking = pv_booking_new (id, appointment->source, appointment->starts_us);

  booking->minutes = appointment->minutes;
  booking->label = g_strdup (appointment->label);
  booking->place = g_strdup (appointment->place);
  booking->bring = g_strdup (appointment->bring);
  booking->slug = g_strdup (submission->slug);
  booking->ref = g_strdup (submission->ref);
  /* What a form's workflow booked is that form's: given up here, the form would go on believing in it. */
  booking->may_cancel = submission->purpose == PV_SUBMISSION_BOOK;
  return booking;
}

static GVariant *
entry_to_variant (const PvSubmissionEntry *entry)
{
  GVariantBuilder inner;
  GVariant *value = entry->value != NULL ? g_variant_new_variant (pv_value_to_variant (entry->value)) : NULL;

  g_variant_builder_init (&inner, G_VARIANT_TYPE ("av"));
  for (guint i = 0; entry->inner != NULL && i < entry->inner->len; i++)
    g_variant_builder_add (&inner, "v", entry_to_variant (entry->inner->pdata[i]));
  return g_variant_new ("(smsybb@mvmsms@av)", entry->id, entry->name, (guchar) entry->kind,
                        entry->is_integer || entry->is_table, /* never both: the kind tells which */
                        entry->is_in_row, g_variant_new_maybe (G_VARIANT_TYPE_VARIANT, value), entry->label,
                        entry->told, g_variant_builder_end (&inner));
}

static GVariant *
filing_to_variant (const PvSubmission *submission)
{
  GVariantBuilder entries;

  g_variant_builder_init (&entries, G_VARIANT_TYPE ("a" ENTRY_TYPE));
  for (guint i = 0; i < submission->entries->len; i++)
    g_variant_builder_add_value (&entries, entry_to_variant (submission->entries->pdata[i]));
  return g_variant_new ("(ysmsssmsmsx@a" ENTRY_TYPE ")", (guchar) submission->purpose, submission->slug,
                        submission->form_id, submission->version != NULL ? submission->version : "", submission->ref,
                        submission->ref_field, submission->note, submission->created_us,
                        g_variant_builder_end (&entries));
}

static GVariant *
proven_to_variant (const PvSubmission *submission)
{
  GVariant *filing = filing_to_variant (submission);
  GVariantBuilder proven;

  if (submission->proof == PV_PROOF_NONE || submission->proven->len == 0)
    return filing;
  g_variant_builder_init (&proven, G_VARIANT_TYPE ("as"));
  for (guint i = 0; i < submission->proven->len; i++)
    g_variant_builder_add (&proven, "s", submission->proven->pdata[i]);
  return g_variant_new ("(@" SUBMISSION_TYPE "y@as)", filing, (guchar) submission->proof,
                        g_variant_builder_end (&proven));
}

GVariant *
pv_submission_to_variant (const PvSubmission *submission)
{
  GVariant *proven = proven_to_variant (submission);

  if (submission->appointment == NULL)
    return proven;
  return g_variant_new ("(v@" PV_APPOINTMENT_TYPE ")", proven, pv_appointment_to_variant (submission->appointment));
}

static PvSubmissionEntry *
entry_from_variant (GVariant *variant, gboolean is_inner)
{
  g_autofree char *id = NULL, *name = NULL, *label = NULL, *told = NULL;
  g_autoptr (GVariant) maybe = NULL, list = NULL, boxed = NULL;
  PvSubmissionEntry *entry;
  guchar kind;
  gboolean is_integer, is_in_row;

  g_variant_get (variant, "(smsybb@mvmsms@av)", &id, &name, &kind, &is_integer, &is_in_row, &maybe, &label, &told,
                 &list);
  if (kind >= PV_N_QUESTION_KINDS || (is_inner && g_variant_n_children (list) > 0)
      || g_variant_n_children (list) > PV_PROCEDURE_MAX_QUESTIONS)
    return NULL;
  entry = pv_submission_entry_new (id, name, kind);
  entry->is_integer = is_integer && kind != PV_QUESTION_BLOCK;
  entry->is_table = is_integer && kind == PV_QUESTION_BLOCK;
  entry->is_in_row = is_in_row;
  entry->label = g_steal_pointer (&label);
  entry->told = g_steal_pointer (&told);
  boxed = g_variant_get_maybe (maybe);
  if (boxed != NULL) {
    g_autoptr (GVariant) value = g_variant_get_variant (boxed);

    entry->value = pv_value_from_variant (value);
  }
  if (g_variant_n_children (list) > 0)
    entry->inner = g_ptr_array_new_with_free_func ((GDestroyNotify) pv_submission_entry_free);
  for (gsize i = 0; i < g_variant_n_children (list); i++) {
    g_autoptr (GVariant) box = g_variant_get_child_value (list, i);
    g_autoptr (GVariant) child = g_variant_get_variant (box);
    PvSubmissionEntry *inner = NULL;

    if (g_variant_is_of_type (child, G_VARIANT_TYPE (ENTRY_TYPE)))
      inner = entry_from_variant (child, TRUE);
    if (inner == NULL) {
      pv_submission_entry_free (entry);
      return NULL;
    }
    g_ptr_array_add (entry->inner, inner);
  }
  if (boxed != NULL && entry->value == NULL)
    g_clear_pointer (&entry, pv_submission_entry_free);
  return entry;
}

static gboolean
fail (GError **error, const char *what)
{
  g_set_error (error, PV_PROCEDURE_ERROR, PV_PROCEDURE_ERROR_BAD_DATA, "not a submission: %s", what);
  return FALSE;
}

static PvSubmission *
filing_from_variant (GVariant *variant, GError **error)
{
  g_autoptr (PvSubmission) submission = pv_submission_new ();
  g_autoptr (GVariant) entries = NULL;
  guchar purpose;

  if (!g_variant_is_of_type (variant, G_VARIANT_TYPE (SUBMISSION_TYPE))) {
    fail (error, "type");
    return NULL;
  }
  g_variant_get (variant, "(ysmsssmsmsx@a" ENTRY_TYPE ")", &purpose, &submission->slug, &submission->form_id,
                 &submission->version, &submission->ref, &submission->ref_field, &submission->note,
                 &submission->created_us, &entries);
  if (purpose > PV_SUBMISSION_CANCEL || !pv_ref_is_valid (submission->ref)
      || g_variant_n_children (entries) > PV_PROCEDURE_MAX_QUESTIONS) {
    fail (error, "header");
    return NULL;
  }
  submission->purpose = purpose;
  for (gsize i = 0; i < g_variant_n_children (entries); i++) {
    g_autoptr (GVariant) child = g_variant_get_child_value (entries, i);
    PvSubmissionEntry *entry = entry_from_variant (child, FALSE);

    if (entry == NULL) {
      fail (error, "entry");
      return NULL;
    }
    g_ptr_array_add (submission->entries, entry);
  }
  return g_steal_pointer (&submission);
}

static gboolean
take_proven (PvSubmission *submission, guchar proof, GVariant *names)
{
  if (proof == PV_PROOF_NONE || proof >= PV_N_PROOFS || g_variant_n_children (names) > PV_PROCEDURE_MAX_QUESTIONS)
    return FALSE;
  submission->proof = proof;
  for (gsize i = 0; i < g_variant_n_children (names); i++) {
    char *name;

    g_variant_get_child (names, i, "s", &name);
    g_ptr_array_add (submission->proven, name);
  }
  return TRUE;
}

static PvSubmission *
proven_from_variant (GVariant *variant, GError **error)
{
  g_autoptr (PvSubmission) submission = NULL;
  g_autoptr (GVariant) filing = NULL, names = NULL;
  guchar proof;

  if (!g_variant_is_of_type (variant, G_VARIANT_TYPE (PROVEN_TYPE)))
    return filing_from_variant (variant, error);
  g_variant_get (variant, "(@" SUBMISSION_TYPE "y@as)", &filing, &proof, &names);
  submission = filing_from_variant (filing, error);
  if (submission != NULL && !take_proven (submission, proof, names)) {
    fail (error, "proofs");
    return NULL;
  }
  return g_steal_pointer (&submission);
}

static PvSubmission *
timed_from_variant (GVariant *variant, GError **error)
{
  g_autoptr (PvSubmission) submission = NULL;
  g_autoptr (GVariant) proven = NULL, appointment = NULL;

  g_variant_get (variant, "(v@" PV_APPOINTMENT_TYPE ")", &proven, &appointment);
  submission = proven_from_variant (proven, error);
  if (submission != NULL)
    submission->appointment = pv_appointment_from_variant (appointment);
  return g_steal_pointer (&submission);
}

PvSubmission *
pv_submission_from_variant (GVariant *variant, GError **error)
{
  PvSubmission *submission = g_variant_is_of_type (variant, G_VARIANT_TYPE (TIMED_TYPE))
                               ? timed_from_variant (variant, error)
                               : proven_from_variant (variant, error);

  /* Neither can be booked nor given up without knowing which. */
  if (submission != NULL && submission->purpose >= PV_SUBMISSION_BOOK && submission->appointment == NULL) {
    g_clear_pointer (&submission, pv_submission_free);
    fail (error, "no appointment");
  }
  return submission;
}
