/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Scanning a document, looking at it, waiting for the phone; and what a question shows of its documents. */

#include <glib/gi18n-lib.h>

#include "core/document.h"
#include "core/journey-private.h"

/* ---- the question ---- */

static void
add_row (PvField *field, const PvValue *files, guint index)
{
  g_autofree char *label = g_strdup_printf ("%s %u", field->spoken_label, index + 1);
  g_autofree char *what =
    pv_document_display (pv_value_get_n_pages (files, index), g_bytes_get_size (pv_value_get_content (files, index)));
  PvSummaryRow *row = pv_field_add_row (field, label, what);

  row->edit_target = g_strdup_printf ("%u", index);
  row->edit_spoken = g_strdup_printf (_ ("Remove: %s"), label);
}

void
pv_screen_add_documents (PvJourney *journey, PvScreenState *state, PvField *field, const char *path)
{
  const PvValue *value = pv_filing_get (journey->filing, path);
  guint n = pv_filing_count_documents (journey->filing, path);

  for (guint i = 0; i < n; i++)
    add_row (field, value, i);
  if (n == 0)
    field->value = g_strdup (value != NULL ? _ ("To be brought later")
                             : pv_journey_may_scan (journey) || journey->has_drop
                               ? _ ("No document yet")
                               : _ ("This kiosk takes no documents. Bring it to the town hall."));
  if (pv_filing_get_document_room (journey->filing, path) == PV_DOCUMENT_ROOM_FULL)
    pv_screen_state_add_notice (state, PV_TONE_WARNING, "warning-triangle",
                                _ ("All documents together are as large as can be sent. Remove one to add another."));
}

static void
add_way (PvScreenState *state, PvIntentionKind kind, const char *label, const char *icon, const char *path,
         const char *about)
{
  PvAction *action = pv_screen_add_action_with_icon (state, PV_ROLE_OPTION, kind, label, icon);

  action->target = g_strdup (path);
  if (about != NULL)
    action->spoken = g_strdup_printf ("%s: %s", label, about);
}

void
pv_screen_add_ways (PvJourney *journey, PvScreenState *state, const PvQuestion *question, const char *path,
                    gboolean is_alone)
{
  gboolean has_room = pv_filing_get_document_room (journey->filing, path) == PV_DOCUMENT_ROOM;
  guint n = pv_filing_count_documents (journey->filing, path);
  const char *about = is_alone ? NULL : pv_journey_say (journey, question, question->label);

  if (pv_journey_may_scan (journey) && has_room)
    add_way (state, PV_DO_SCAN, n == 0 ? _ ("Scan it here") : _ ("Scan another document"), "scanner", path, about);
  if (journey->has_drop && has_room)
    add_way (state, PV_DO_SEND_FROM_PHONE, n == 0 ? _ ("Send it from my phone") : _ ("Send another one from my phone"),
             "phone", path, about);
  if (n == 0 && pv_question_may_come_later (question))
    add_way (state, PV_DO_LATER, _ ("I will bring it later"), "clock", path, about);
}

/* ---- the making ---- */

static PvScreenState *
new_screen (PvJourney *journey, const char *key, const char *title)
{
  PvScreenState *state = pv_journey_new_screen (journey, PV_SCREEN_DOCUMENT, key, title);

  pv_screen_set_progress (journey, state, FALSE);
  pv_screen_add_back (state);
  return state;
}

static PvScreenState *
wait_screen (PvJourney *journey, const char *title)
{
  PvScreenState *state = new_screen (journey, "document-wait", title);

  pv_screen_state_add_field (state, PV_FIELD_PROGRESS, "waiting", _ ("One moment, please."));
  return state;
}

/* Its pixels are the window's: here is what it is. @portrait: (nullable) */
static PvField *
add_picture (PvScreenState *state, const char *label, const char *portrait)
{
  PvField *field = pv_screen_state_add_field (state, PV_FIELD_SCAN, "page", label);

  field->portrait = g_strdup (portrait);
  field->assist = PV_ASSIST_HIDDEN;
  field->is_personal = portrait != NULL;
  return field;
}

static PvScreenState *
lay_screen (PvJourney *journey)
{
  guint n_pages = journey->making.n_pages;
  g_autofree char *title = n_pages == 0 ? g_strdup (_ ("Lay the page on the glass"))
                                        : g_strdup_printf (_ ("Lay page %u on the glass"), n_pages + 1);
  PvScreenState *state = new_screen (journey, "document-lay", title);

  add_picture (state, _ ("Printed side down, in the corner that is marked. Then close the lid."), NULL);
  pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_SCAN_PAGE, _ ("Scan"));
  return state;
}

static PvScreenState *
scanning_screen (PvJourney *journey)
{
  PvScreenState *state = new_screen (journey, "document-scanning", _ ("Your page is being scanned"));
  PvField *field;

  field = pv_screen_state_add_field (state, PV_FIELD_PROGRESS, "scanning", _ ("Leave the lid closed."));
  field->has_percent = TRUE;
  field->percent = journey->making.percent;
  add_picture (state, NULL, _ ("The page, as it is being scanned"));
  return state;
}

static const struct {
  const char *title, *advice;
} hints[] = {
  [PV_CAPTURE_CLEAR] = { N_ ("Can everything be read?"), NULL },
  [PV_CAPTURE_BLURRED] = { N_ ("This page looks blurred"), N_ ("Lay it flat on the glass, then scan it again.") },
  [PV_CAPTURE_DARK] = { N_ ("This page looks too dark"), N_ ("Close the lid well, then scan it again.") },
  [PV_CAPTURE_EMPTY] = { N_ ("There is nothing on this page"), N_ ("Turn the page over, then scan it again.") },
};

/* Short words: they stand beside the page, or under it, and leave room for it. */
static PvChoice *
add_deed (PvField *field, PvIntentionKind kind, const char *label, const char *icon)
{
  PvChoice *choice = pv_field_add_choice (field, pv_intention_kind_name (kind), label);

  choice->icon = g_strdup (icon);
  choice->intention = kind;
  return choice;
}

static void
add_page_deeds (PvJourney *journey, PvScreenState *state, PvField *field)
{
  const PvMaking *making = &journey->making;

  if (making->n_pages > 1) {
    add_deed (field, PV_DO_PREVIOUS_PAGE, C_ ("page", "Previous"), "arrow-left");
    add_deed (field, PV_DO_NEXT_PAGE, C_ ("page", "Next"), "arrow-right");
  }
  add_deed (field, PV_DO_TURN_PAGE, C_ ("page", "Turn"), "turn");
  add_deed (field, PV_DO_DROP_PAGE, C_ ("page", "Remove"), "close");
  if (making->n_pages < making->max_pages)
    add_deed (field, PV_DO_SCAN, _ ("Another page"), "plus");
  pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_USE_DOCUMENT, _ ("It is complete"));
}

/* To scan it again comes first; who sees that it is fine keeps it. */
static void
add_second_try (PvJourney *journey, PvScreenState *state, PvField *field)
{
  const PvMaking *making = &journey->making;
  PvAction *again;

  pv_screen_state_add_notice (state, PV_TONE_WARNING, "warning-triangle", _ (hints[making->hint].advice));
  if (making->n_pages > 1)
    add_deed (field, PV_DO_DROP_PAGE, C_ ("page", "Remove"), "close");
  pv_screen_state_add_action (state, PV_ROLE_SECONDARY, PV_DO_KEEP, _ ("Keep it as it is"));
  again = pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_SCAN, _ ("Scan again"));
  again->target = g_strdup (making->path);
  again->value = g_strdup (PV_SCAN_AGAIN);
}

static PvScreenState *
page_screen (PvJourney *journey)
{
  const PvMaking *making = &journey->making;
  /* What is scanned again comes last: only the last page keeps its place so. */
  gboolean is_bad = making->hint != PV_CAPTURE_CLEAR && !making->is_kept && making->page + 1 == making->n_pages;
  PvScreenState *state =
    new_screen (journey, is_bad ? "document-hint" : "document-page", _ (hints[is_bad ? making->hint : 0].title));
  g_autofree char *number = g_strdup_printf (_ ("Page %u of %u"), making->page + 1, making->n_pages);
  g_autofree char *portrait = g_strdup_printf (_ ("Picture of page %u of %u"), making->page + 1, making->n_pages);
  PvField *field;

  field = add_picture (state, number, portrait);
  if (is_bad)
    add_second_try (journey, state, field);
  else
    add_page_deeds (journey, state, field);
  return state;
}

/* ---- what went wrong ---- */

static const struct {
  const char *title, *advice;
} troubles[PV_N_CAPTURE_TROUBLES] = {
  [PV_CAPTURE_TROUBLE_NONE] = { N_ ("The scanner stopped"), N_ ("Try again. If it stops again, use another way.") },
  [PV_CAPTURE_TROUBLE_NO_SCANNER] = { N_ ("The scanner does not answer"),
                                      N_ ("Look whether it is on and plugged in. Or call an agent.") },
  [PV_CAPTURE_TROUBLE_BUSY] = { N_ ("The scanner is in use"), N_ ("Wait a moment, then try again.") },
  [PV_CAPTURE_TROUBLE_JAM] = { N_ ("A page is stuck in the scanner"), N_ ("Pull it out gently, then try again.") },
  [PV_CAPTURE_TROUBLE_OPEN] = { N_ ("The scanner is open"), N_ ("Close its lid, then try again.") },
  [PV_CAPTURE_TROUBLE_NO_PAPER] = { N_ ("There is no page in the scanner"), N_ ("Put your page in, then try again.") },
  [PV_CAPTURE_TROUBLE_BROKEN] = { N_ ("The scanner stopped"), N_ ("Try again. If it stops again, use another way.") },
  [PV_CAPTURE_TROUBLE_OFFLINE] = { N_ ("Your phone cannot send now"),
                                   N_ ("The network is down. Try again, or use another way.") },
  [PV_CAPTURE_TROUBLE_EXPIRED] = { N_ ("The code is over"), N_ ("It works for ten minutes. Ask for a new one.") },
  [PV_CAPTURE_TROUBLE_CUT] = { N_ ("The document did not arrive whole"),
                               N_ ("Ask for a new code, and send it once more.") },
  [PV_CAPTURE_TROUBLE_TYPE] = { N_ ("This kind of document is not accepted"), NULL },
  [PV_CAPTURE_TROUBLE_TOO_LARGE] = { N_ ("The document is too large"), NULL },
  [PV_CAPTURE_TROUBLE_TOO_MANY_PAGES] = { N_ ("The document has too many pages"), NULL },
  [PV_CAPTURE_TROUBLE_UNREADABLE] = { N_ ("The document cannot be opened"),
                                      N_ ("It may be damaged, or locked with a password. Use another one.") },
};

/* A decoder that stopped is no scanner. */
static const char *
trouble_title (const PvMaking *making)
{
  if (making->is_by_phone && making->trouble == PV_CAPTURE_TROUBLE_BROKEN)
    return _ (troubles[PV_CAPTURE_TROUBLE_UNREADABLE].title);
  return _ (troubles[making->trouble < PV_N_CAPTURE_TROUBLES ? making->trouble : 0].title);
}

static const char *
accepted_sentence (const PvQuestion *question)
{
  gboolean takes_pdf = pv_question_accepts_type (question, "application/pdf");
  gboolean takes_photo =
    pv_question_accepts_type (question, "image/jpeg") || pv_question_accepts_type (question, "image/png");

  if (takes_pdf && takes_photo)
    return _ ("A PDF or a photo is accepted.");
  return takes_pdf ? _ ("Only a PDF is accepted.") : _ ("Only a photo is accepted.");
}

/* (transfer full): what to do about it */
static char *
trouble_advice (PvJourney *journey)
{
  const PvMaking *making = &journey->making;
  g_autofree char *size = NULL;

  switch (making->trouble) {
  case PV_CAPTURE_TROUBLE_TYPE:
    return g_strdup (accepted_sentence (pv_journey_making_question (journey)));
  case PV_CAPTURE_TROUBLE_TOO_LARGE:
    size = pv_document_size (making->max_bytes);
    return g_strdup_printf (making->n_pages > 1 && !making->is_by_phone
                              ? _ ("At most %s is accepted. Remove a page.")
                              : _ ("At most %s is accepted. Use a smaller one."),
                            size);
  case PV_CAPTURE_TROUBLE_TOO_MANY_PAGES:
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "At most %u page is accepted.",
                                         "At most %u pages are accepted.", making->max_pages),
                            making->max_pages);
  case PV_CAPTURE_TROUBLE_BROKEN:
    return g_strdup (_ (troubles[making->is_by_phone ? PV_CAPTURE_TROUBLE_UNREADABLE : making->trouble].advice));
  case PV_CAPTURE_TROUBLE_NONE:
  case PV_CAPTURE_TROUBLE_NO_SCANNER:
  case PV_CAPTURE_TROUBLE_BUSY:
  case PV_CAPTURE_TROUBLE_JAM:
  case PV_CAPTURE_TROUBLE_OPEN:
  case PV_CAPTURE_TROUBLE_NO_PAPER:
  case PV_CAPTURE_TROUBLE_OFFLINE:
  case PV_CAPTURE_TROUBLE_EXPIRED:
  case PV_CAPTURE_TROUBLE_CUT:
  case PV_CAPTURE_TROUBLE_UNREADABLE:
    return g_strdup (_ (troubles[making->trouble].advice));
  case PV_N_CAPTURE_TROUBLES:
    break;
  }
  return g_strdup (_ (troubles[PV_CAPTURE_TROUBLE_NONE].advice));
}

static void
add_other_ways (PvJourney *journey, PvScreenState *state)
{
  const PvMaking *making = &journey->making;
  const PvQuestion *question = pv_journey_making_question (journey);

  if (making->n_pages > 0 && !making->is_by_phone)
    pv_screen_add_action_with_icon (state, PV_ROLE_OPTION, PV_DO_USE_DOCUMENT, _ ("Use the pages so far"), "check");
  if (making->is_by_phone && pv_journey_may_scan (journey))
    add_way (state, PV_DO_SCAN, _ ("Scan it here instead"), "scanner", making->path, NULL);
  if (!making->is_by_phone && journey->has_drop)
    add_way (state, PV_DO_SEND_FROM_PHONE, _ ("Send it from my phone instead"), "phone", making->path, NULL);
  if (question != NULL && pv_question_may_come_later (question)
      && pv_filing_count_documents (journey->filing, making->path) == 0)
    add_way (state, PV_DO_LATER, _ ("I will bring it later"), "clock", making->path, NULL);
}

static PvScreenState *
trouble_screen (PvJourney *journey)
{
  const PvMaking *making = &journey->making;
  PvScreenState *state = new_screen (journey, "document-trouble", trouble_title (making));
  g_autofree char *advice = trouble_advice (journey);
  gboolean has_pages = !making->is_by_phone && making->n_pages > 0;
  gboolean is_about_pages =
    has_pages
    && (making->trouble == PV_CAPTURE_TROUBLE_TOO_LARGE || making->trouble == PV_CAPTURE_TROUBLE_TOO_MANY_PAGES);
  PvNotice *notice = pv_screen_state_add_notice (state, PV_TONE_WARNING, "warning-triangle", advice);
  PvAction *again;

  state->help = g_strdup (_ ("Your other answers are kept."));
  if (has_pages)
    notice->strong = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "Your page is kept.", "Your %u pages are kept.", making->n_pages), making->n_pages);
  add_other_ways (journey, state);
  again = pv_screen_state_add_action (state, PV_ROLE_PRIMARY, making->is_by_phone ? PV_DO_SEND_FROM_PHONE : PV_DO_SCAN,
                                      making->is_by_phone ? _ ("New code")
                                      : is_about_pages    ? _ ("See my pages")
                                                          : _ ("Try again"));
  again->target = g_strdup (making->path);
  return state;
}

/* ---- the phone ---- */

static PvScreenState *
code_screen (PvJourney *journey)
{
  PvScreenState *state = new_screen (journey, "document-code", _ ("Send the document from your phone"));
  PvField *field;

  state->help = g_strdup (_ ("The code works once, for ten minutes."));
  if (journey->making.url == NULL) { /* practice: there is no code to read */
    pv_screen_state_add_field (state, PV_FIELD_PROGRESS, "waiting", _ ("A made-up document arrives by itself…"));
    return state;
  }
  field = pv_screen_state_add_field (state, PV_FIELD_QR, "code", _ ("Waiting for your phone…"));
  field->value = g_strdup (journey->making.url);
  field->is_personal = TRUE;
  field->assist = PV_ASSIST_HIDDEN;
  field = pv_screen_state_add_field (state, PV_FIELD_TEXT, "steps", NULL);
  field->value =
    g_strdup (_ ("1. Hold your phone’s camera in front of the square.\n2. Touch the address that appears.\n"
                 "3. Choose the document, or photograph it."));
  return state;
}

static PvScreenState *
arrived_screen (PvJourney *journey)
{
  const PvMaking *making = &journey->making;
  PvScreenState *state = new_screen (journey, "document-arrived", _ ("Is this your document?"));
  g_autofree char *what = pv_document_display (making->arrived->n_pages, g_bytes_get_size (making->arrived->content));
  PvAction *other;

  add_picture (state, what, _ ("Picture of the first page"));
  other = pv_screen_state_add_action (state, PV_ROLE_SECONDARY, PV_DO_SEND_FROM_PHONE, _ ("No, another one"));
  other->target = g_strdup (making->path);
  pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_USE_DOCUMENT, _ ("Yes, use it"));
  return state;
}

static PvScreenState *
phone_screen (PvJourney *journey)
{
  const PvMaking *making = &journey->making;

  if (making->arrived != NULL)
    return arrived_screen (journey);
  if (making->state == PV_CAPTURE_READY)
    return code_screen (journey);
  return wait_screen (journey, making->state == PV_CAPTURE_STARTING ? _ ("A code is made for your phone")
                                                                    : _ ("Your document is arriving"));
}

static PvScreenState *
make_screen (PvJourney *journey)
{
  const PvMaking *making = &journey->making;

  if (making->state == PV_CAPTURE_FAILED && !making->is_laying)
    return trouble_screen (journey);
  if (making->is_by_phone)
    return phone_screen (journey);
  if (pv_making_is_laying (making))
    return lay_screen (journey);
  if (making->state == PV_CAPTURE_SCANNING)
    return scanning_screen (journey);
  if (making->state == PV_CAPTURE_PAGE)
    return page_screen (journey);
  return wait_screen (journey, making->state == PV_CAPTURE_STARTING ? _ ("The scanner is getting ready")
                                                                    : _ ("Your document is being made"));
}

PvScreenState *
pv_screen_document (PvJourney *journey)
{
  PvScreenState *state = make_screen (journey);

  pv_screen_add_help_band (journey, state, TRUE);
  return state;
}
