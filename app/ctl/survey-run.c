/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* survey-run.c: "parvisctl portal survey": asks the portal for its list and each schema, one after the other. */

#include <gio/gio.h>
#include <string.h>

#include "ctl/ctl.h"
#include "ctl/survey.h"
#include "portal/configured.h"

static const char usage[] =
  "use: parvisctl portal survey [--format text|html|json] [--output FILE] [--template FILE] [SLUG...]";

typedef struct {
  char *(*write) (const PvSurvey *survey);
  const char *output, *template; /* (nullable) */
  char **slugs;                  /* those that are asked for; none: all */
} Wish;

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  (void) source;
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/* The driver ends every call in time. */
static void
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

/* FALSE after having said what is wrong. */
static gboolean
read_wish (char **arguments, Wish *ret_wish)
{
  static const struct {
    const char *word;
    char *(*write) (const PvSurvey *survey);
  } formats[] = { { "text", pv_survey_to_text }, { "html", pv_survey_to_html }, { "json", pv_survey_to_json } };
  guint i = 0;

  *ret_wish = (Wish){ .write = pv_survey_to_text };
  for (; arguments[i] != NULL && g_str_has_prefix (arguments[i], "--"); i += 2) {
    const char *value = arguments[i + 1];

    if (value == NULL)
      return FALSE;
    if (strcmp (arguments[i], "--output") == 0) {
      ret_wish->output = value;
    } else if (strcmp (arguments[i], "--template") == 0) {
      ret_wish->template = value;
    } else if (strcmp (arguments[i], "--format") == 0) {
      ret_wish->write = NULL;
      for (gsize k = 0; k < G_N_ELEMENTS (formats); k++)
        if (strcmp (formats[k].word, value) == 0)
          ret_wish->write = formats[k].write;
    } else {
      return FALSE;
    }
  }
  ret_wish->slugs = arguments + i;
  return ret_wish->write != NULL;
}

static PvCatalogue *
read_list (PvPortal *portal)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  PvCatalogue *catalogue;

  pv_portal_list_async (portal, NULL, done_cb, &result);
  wait_for (&result);
  catalogue = pv_portal_list_finish (portal, result, &error);
  if (catalogue == NULL)
    pv_ctl_fail ("the portal's list of forms: %s", error->message);
  return catalogue;
}

/* FALSE: the portal does not answer at all any more. */
static gboolean
read_form (PvPortal *portal, const PvSettings *settings, const PvCatalogueEntry *entry, PvSurvey *survey)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (PvPortalSurvey) read = NULL;
  g_autoptr (GError) error = NULL;

  pv_portal_survey_async (portal, entry->slug, NULL, done_cb, &result);
  wait_for (&result);
  read = pv_portal_survey_finish (portal, result, &error);
  if (g_error_matches (error, PV_PORTAL_ERROR, PV_PORTAL_ERROR_OFFLINE)) {
    pv_ctl_fail ("%s: %s", entry->slug, error->message);
    return FALSE;
  }
  pv_survey_add (survey, settings, entry, read, error != NULL ? error->message : NULL);
  return TRUE;
}

static gboolean
are_known (const PvCatalogue *catalogue, char **slugs)
{
  for (guint i = 0; slugs[i] != NULL; i++)
    if (pv_catalogue_find (catalogue, slugs[i]) == NULL) {
      pv_ctl_fail ("the portal has no form \"%s\"", slugs[i]);
      return FALSE;
    }
  return TRUE;
}

/* NULL after having said what is wrong. */
static PvSurvey *
ask_portal (const PvSettings *settings, char **slugs)
{
  const char *url = pv_settings_get_text (settings, PV_SETTING_PORTAL_PUBLIC_URL);
  g_autoptr (GError) error = NULL;
  g_autoptr (PvPortal) portal = pv_portal_open_configured (settings, NULL, &error);
  g_autoptr (PvCatalogue) catalogue = NULL;
  g_autoptr (PvSurvey) survey = NULL;

  if (portal == NULL) {
    pv_ctl_fail ("%s (a credential of systemd is only there for the courier)", error->message);
    return NULL;
  }
  catalogue = read_list (portal);
  if (catalogue == NULL || !are_known (catalogue, slugs))
    return NULL;
  survey = pv_survey_new (url != NULL ? url : pv_settings_get_text (settings, PV_SETTING_PORTAL_URL));
  for (guint i = 0; i < catalogue->entries->len; i++) {
    const PvCatalogueEntry *entry = catalogue->entries->pdata[i];

    if (slugs[0] != NULL && !g_strv_contains ((const char *const *) slugs, entry->slug))
      continue;
    if (!read_form (portal, settings, entry, survey))
      return NULL;
  }
  return g_steal_pointer (&survey);
}

static gboolean
write_report (const Wish *wish, const PvSurvey *survey)
{
  g_autofree char *text = wish->write (survey);
  g_autoptr (GError) error = NULL;

  if (wish->output == NULL) {
    g_print ("%s", text);
    return TRUE;
  }
  if (g_file_set_contents (wish->output, text, -1, &error))
    return TRUE;
  pv_ctl_fail ("%s", error->message);
  return FALSE;
}

/* Never over one that somebody may have filled in. */
static gboolean
write_template (const Wish *wish, const PvSurvey *survey, const PvSettings *settings)
{
  g_autofree char *text = NULL;

  if (wish->template == NULL)
    return TRUE;
  text = pv_survey_to_template (survey, settings);
  return pv_ctl_write_new (wish->template, text, strlen (text), 0644);
}

int
pv_ctl_portal_survey (const PvCtl *ctl, char **arguments)
{
  g_autoptr (PvSettings) settings = NULL;
  g_autoptr (PvSurvey) survey = NULL;
  Wish wish;

  /* 2 says that something is to be done at the portal or in the settings. */
  if (!read_wish (arguments, &wish))
    return pv_ctl_fail ("%s", usage);
  settings = pv_ctl_load_settings (ctl);
  survey = settings != NULL ? ask_portal (settings, wish.slugs) : NULL;
  if (survey == NULL || !write_template (&wish, survey, settings) || !write_report (&wish, survey))
    return PV_CTL_FAILED;
  return pv_survey_has_to_do (survey) ? PV_CTL_TO_DO : PV_CTL_OK;
}
