/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n-lib.h>

#include "core/date.h"
#include "core/outcome.h"
#include "core/submission.h"
#include "core/wipe.h"

static void
note_entry (GString *note, const PvSubmissionEntry *entry)
{
  g_autoptr (PvSecretStr) told = NULL;

  if (entry->value == NULL || pv_value_get_type (entry->value) != PV_VALUE_DECLINED)
    return;
  if (entry->told != NULL) {
    told = pv_date_display_text (entry->told);
    g_string_append_printf (note, "\n%s: %s", entry->label, told);
  } else if (entry->is_in_row) {
    g_string_append_c (note, '\n');
    /* Translators: %s names an e-mail address or a phone that a person of a list does not have. */
    g_string_append_printf (note, _ ("%s: there is none."), entry->label);
  } else if (entry->kind == PV_QUESTION_EMAIL) {
    g_string_append_printf (note, "\n%s", _ ("The person has no e-mail address."));
  } else if (entry->kind == PV_QUESTION_PHONE) {
    g_string_append_printf (note, "\n%s", _ ("The person has no phone."));
  } else {
    g_string_append_c (note, '\n');
    /* Translators: a document that the person will bring to the town hall. */
    g_string_append_printf (note, _ ("To be brought later: %s"), entry->label);
  }
}

static void
note_proofs (GString *note, const PvSubmission *submission)
{
  const char *separator = "";

  if (submission->proof == PV_PROOF_NONE || submission->proven->len == 0)
    return;
  g_string_append_c (note, '\n');
  switch (submission->proof) {
  case PV_PROOF_GENUINE:
    /* Translators: for the agents; the names of questions follow. */
    g_string_append (note, _ ("Identity read from the document's chip and verified:"));
    break;
  case PV_PROOF_READ:
    g_string_append (note, _ ("Identity read from the document's chip, but not verified:"));
    break;
  case PV_PROOF_TYPED:
  case PV_PROOF_NONE:
  case PV_N_PROOFS:
    g_string_append (note, _ ("Identity typed from the document, not verified:"));
    break;
  }
  for (guint i = 0; i < submission->proven->len; i++) {
    g_string_append_printf (note, "%s %s", separator, (const char *) submission->proven->pdata[i]);
    separator = ",";
  }
  g_string_append_c (note, '.');
}

char *
pv_submission_build_note (const PvSubmission *submission)
{
  g_autofree char *ref = pv_ref_display (submission->ref);
  GString *note = g_string_new (NULL);

  g_string_append_printf (note, _ ("Filed at a kiosk. Reference of the kiosk: %s"), ref);
  for (guint i = 0; i < submission->entries->len; i++)
    note_entry (note, submission->entries->pdata[i]);
  note_proofs (note, submission);
  return g_string_free (note, FALSE);
}
