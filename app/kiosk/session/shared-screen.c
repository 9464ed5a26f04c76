/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/session/shared-screen.h"

#include "platform/language.h"
#include "platform/log.h"

struct PvSharedScreen {
  /* borrowed */
  PvJourney *journey;
  PvReadTexts read_texts;
  gpointer user_data;
  const char *language; /* (nullable): of the mediator: one of the journey's own */
  /* owned */
  PvTexts *texts;            /* (nullable): what the portal writes, in it */
  const PvScreenState *read; /* (nullable): a reference: the citizen's, of which the other was made */
  PvScreenState *told;       /* (nullable) */
  /* values */
  gboolean is_as_read, has_texts;
};

PvSharedScreen *
pv_shared_screen_new (PvJourney *journey, PvReadTexts read_texts, gpointer user_data)
{
  PvSharedScreen *shared = g_new0 (PvSharedScreen, 1);

  shared->journey = journey;
  shared->read_texts = read_texts;
  shared->user_data = user_data;
  return shared;
}

static void
forget_screens (PvSharedScreen *shared)
{
  pv_screen_state_free ((PvScreenState *) g_steal_pointer (&shared->read));
  g_clear_pointer (&shared->told, pv_screen_state_free);
}

static void
forget_texts (PvSharedScreen *shared)
{
  g_clear_pointer (&shared->texts, pv_texts_unref);
  shared->has_texts = FALSE;
}

void
pv_shared_screen_forget (PvSharedScreen *shared)
{
  forget_screens (shared);
  forget_texts (shared);
  shared->language = NULL;
  shared->is_as_read = FALSE;
}

void
pv_shared_screen_free (PvSharedScreen *shared)
{
  if (shared == NULL)
    return;
  pv_shared_screen_forget (shared);
  g_free (shared);
}

void
pv_shared_screen_set_language (PvSharedScreen *shared, const char *language)
{
  const char *found = language != NULL ? pv_journey_find_language (shared->journey, language) : shared->language;

  forget_screens (shared);
  shared->is_as_read = language == NULL;
  if (found != shared->language)
    forget_texts (shared);
  shared->language = found;
}

/* NULL: it would not be the same screen: the citizen's own is. */
static PvScreenState *
make_told (PvSharedScreen *shared)
{
  g_autofree char *before = g_strdup (pv_language_get ());
  PvScreenState *told;

  if (!shared->has_texts)
    shared->texts = shared->read_texts (shared->language, shared->user_data);
  shared->has_texts = TRUE;
  if (!pv_language_set (shared->language))
    return NULL;
  told = pv_journey_make_shared_in (shared->journey, shared->language, shared->texts);
  pv_language_set (before);
  if (told == NULL)
    pv_log_event (PV_LOG_WARNING, "mirror-not-translated", PV_LOG_WORD ("screen", shared->read->key));
  return told;
}

const PvScreenState *
pv_shared_screen_get (PvSharedScreen *shared)
{
  const PvScreenState *read = pv_journey_get_shared (shared->journey);

  if (shared->language == NULL)
    shared->language = pv_journey_find_language (shared->journey, NULL);
  if (shared->is_as_read || g_str_equal (shared->language, pv_journey_get_look (shared->journey).language))
    return read;
  if (read != shared->read) { /* kept, so that no other can be where it was */
    forget_screens (shared);
    shared->read = pv_screen_state_ref (read);
    shared->told = make_told (shared);
  }
  return shared->told != NULL ? shared->told : read;
}
