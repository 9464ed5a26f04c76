/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "mediator/explanations.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct Prepared {
  PvExplainGroup group;
  const char *text, *reason;
} Prepared;

static const Prepared table[] = {
  { PV_EXPLAIN_FIELD, N_ ("Read this question with me. I am explaining it."), NULL },
  { PV_EXPLAIN_FIELD, N_ ("Write here what is on your document."), NULL },
  { PV_EXPLAIN_FIELD, N_ ("Touch the answer that is right for you."), NULL },
  { PV_EXPLAIN_FIELD, N_ ("You may leave this empty. It is not required."), NULL },
  { PV_EXPLAIN_FIND, N_ ("Look on the front of your identity card."), NULL },
  { PV_EXPLAIN_FIND, N_ ("It is at the top of the letter that you received."), NULL },
  { PV_EXPLAIN_FIND, N_ ("You do not have it with you? You can keep this for later."), NULL },
  { PV_EXPLAIN_REASSURE, N_ ("Nothing is sent yet. You can change everything."), NULL },
  { PV_EXPLAIN_REASSURE, N_ ("Take your time. I am with you."), NULL },
  { PV_EXPLAIN_REASSURE, N_ ("You did it right. You can continue."), NULL },
  { PV_EXPLAIN_REASSURE, N_ ("You decide. I cannot send anything in your place."), NULL },
  { PV_EXPLAIN_WAIT, N_ ("One moment, please. I am looking for the answer."), NULL },
  { PV_EXPLAIN_WAIT, N_ ("Please wait a little. The kiosk is working."), NULL },
  { PV_EXPLAIN_STOP, N_ ("You are under 18. Please come back with a parent, or see the counter."), "minor" },
  { PV_EXPLAIN_STOP,
    N_ ("Someone looks after your affairs. We must do this with that person. The counter will help you."),
    "protected-adult" },
  { PV_EXPLAIN_STOP, N_ ("For debts, someone will help you face to face. Please go to the counter. It is free."),
    "over-indebtedness" },
};

static void
explanation_free (gpointer data)
{
  PvExplanation *explanation = data;

  g_free (explanation->text);
  g_free (explanation);
}

static void
add (GPtrArray *all, PvExplainGroup group, const char *text, const char *reason)
{
  PvExplanation *explanation = g_new0 (PvExplanation, 1);

  *explanation = (PvExplanation){ group, g_strdup (text), reason };
  g_ptr_array_add (all, explanation);
}

/* Controls would be refused on the way. */
static gboolean
is_sentence (const char *line)
{
  if (strlen (line) > PV_EXPLANATIONS_MAX_BYTES || !g_utf8_validate (line, -1, NULL))
    return FALSE;
  for (const char *at = line; *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_iscntrl (g_utf8_get_char (at)))
      return FALSE;
  return TRUE;
}

static guint
add_own (GPtrArray *all, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint n_own = 0, n_left_out = 0;

  for (guint i = 0; lines[i] != NULL; i++) {
    const char *line = g_strstrip (lines[i]);

    if (*line == '\0' || *line == '#')
      continue;
    if (n_own >= PV_EXPLANATIONS_MAX_OWN || !is_sentence (line)) {
      n_left_out++;
      continue;
    }
    add (all, PV_EXPLAIN_OWN, line, NULL);
    n_own++;
  }
  return n_left_out;
}

GPtrArray *
pv_explanations_new (const char *own_path, guint *ret_n_left_out)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (explanation_free);
  g_autofree char *text = NULL;
  gsize size = 0;
  guint n_left_out = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    add (all, table[i].group, _ (table[i].text), table[i].reason);
  if (own_path != NULL && g_file_get_contents (own_path, &text, &size, NULL)) {
    const char *begin = g_str_has_prefix (text, "\357\273\277") ? text + 3 : text;

    n_left_out = size <= PV_EXPLANATIONS_MAX_FILE_BYTES ? add_own (all, begin) : 1;
  }
  if (ret_n_left_out != NULL)
    *ret_n_left_out = n_left_out;
  return all;
}

const char *
pv_explain_group_label (PvExplainGroup group)
{
  switch (group) {
  case PV_EXPLAIN_FIELD:
    return _ ("This question");
  case PV_EXPLAIN_FIND:
    return _ ("Where to find it");
  case PV_EXPLAIN_REASSURE:
    return _ ("Reassure");
  case PV_EXPLAIN_WAIT:
    return _ ("Ask to wait");
  case PV_EXPLAIN_STOP:
    return _ ("See the counter");
  case PV_EXPLAIN_OWN:
    return _ ("My sentences");
  case PV_N_EXPLAIN_GROUPS:
    break;
  }
  return "";
}
