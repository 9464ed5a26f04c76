/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* "parvisctl texts" and "parvisctl texts template". */

#include <string.h>

#include "ctl/ctl.h"
#include "ctl/texts-gather.h"
#include "ctl/texts.h"
#include "platform/texts-file.h"

typedef struct {
  const char *language, *schemas, *output; /* (nullable) */
  gboolean is_json;
} Wish;

/* FALSE: it is not understood. */
static gboolean
read_wish (char **arguments, Wish *ret_wish)
{
  for (guint i = 0; arguments[i] != NULL; i++) {
    const char *word = arguments[i];
    const char **place = strcmp (word, "--language") == 0  ? &ret_wish->language
                         : strcmp (word, "--schemas") == 0 ? &ret_wish->schemas
                         : strcmp (word, "--output") == 0  ? &ret_wish->output
                                                           : NULL;

    if (strcmp (word, "--json") == 0)
      ret_wish->is_json = TRUE;
    else if (place == NULL || arguments[i + 1] == NULL)
      return FALSE;
    else
      *place = arguments[++i];
  }
  return ret_wish->language == NULL || pv_texts_is_code (ret_wish->language);
}

static PvTextsReport *
judge (const PvSettings *settings, const char *language, const GPtrArray *portal)
{
  const char *const *folders = pv_settings_get_list (settings, PV_SETTING_TEXTS_FOLDER);
  g_autoptr (GPtrArray) slips = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (PvTexts) texts = pv_texts_file_read_all (folders, language, slips);

  return pv_texts_judge (texts, language, portal, slips);
}

/* All languages of the commune but French, or the one that is asked for. */
static GPtrArray *
list_languages (const PvSettings *settings, const char *language)
{
  const char *const *languages = pv_settings_get_list (settings, PV_SETTING_COMMUNE_LANGUAGES);
  GPtrArray *list = g_ptr_array_new ();

  if (language != NULL)
    g_ptr_array_add (list, (gpointer) language);
  for (guint i = 0; language == NULL && languages[i] != NULL; i++)
    if (!g_str_equal (languages[i], PV_TEXTS_OFFICIAL))
      g_ptr_array_add (list, (gpointer) languages[i]);
  return list;
}

int
pv_ctl_texts (const PvCtl *ctl, char **arguments)
{
  g_autoptr (GPtrArray) reports = g_ptr_array_new_with_free_func ((GDestroyNotify) pv_texts_report_free);
  g_autoptr (PvSettings) settings = NULL;
  g_autoptr (GPtrArray) portal = NULL, languages = NULL;
  g_autofree char *text = NULL;
  gboolean has_to_do = FALSE;
  Wish wish = { 0 };

  if (!read_wish (arguments, &wish) || wish.output != NULL) {
    pv_ctl_fail ("use: parvisctl texts [--language LANGUAGE] [--schemas FOLDER] [--json]");
    return PV_CTL_USAGE;
  }
  settings = pv_ctl_load_settings (ctl);
  portal = settings != NULL ? pv_texts_gather (settings, wish.schemas) : NULL;
  if (portal == NULL)
    return PV_CTL_FAILED;
  languages = list_languages (settings, wish.language);
  for (guint i = 0; i < languages->len; i++) {
    PvTextsReport *report = judge (settings, languages->pdata[i], portal);

    g_ptr_array_add (reports, report);
    has_to_do |= pv_texts_report_has_to_do (report);
  }
  text = wish.is_json ? pv_texts_reports_to_json (reports) : pv_texts_reports_to_text (reports);
  g_print ("%s", text);
  return has_to_do ? PV_CTL_FAILED : PV_CTL_OK;
}

int
pv_ctl_texts_template (const PvCtl *ctl, char **arguments)
{
  const char *language = arguments[0];
  g_autoptr (PvSettings) settings = NULL;
  g_autoptr (GPtrArray) portal = NULL;
  g_autoptr (PvTexts) texts = NULL;
  g_autofree char *text = NULL;
  Wish wish = { 0 };

  if (language == NULL || !pv_texts_is_code (language) || g_str_equal (language, PV_TEXTS_OFFICIAL)
      || !read_wish (arguments + 1, &wish) || wish.is_json || wish.language != NULL) {
    pv_ctl_fail ("use: parvisctl texts template LANGUAGE [--schemas FOLDER] [--output FILE]");
    return PV_CTL_USAGE;
  }
  settings = pv_ctl_load_settings (ctl);
  portal = settings != NULL ? pv_texts_gather (settings, wish.schemas) : NULL;
  if (portal == NULL)
    return PV_CTL_FAILED;
  texts = pv_texts_file_read_all (pv_settings_get_list (settings, PV_SETTING_TEXTS_FOLDER), language, NULL);
  text = pv_texts_template (texts, language, portal);
  if (wish.output != NULL) /* never over one that somebody may have filled in */
    return pv_ctl_write_new (wish.output, text, strlen (text), 0644) ? PV_CTL_OK : PV_CTL_FAILED;
  g_print ("%s", text);
  return PV_CTL_OK;
}
