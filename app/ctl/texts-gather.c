/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/texts-gather.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/handover-field.h"
#include "ctl/ctl.h"
#include "platform/json.h"
#include "platform/language.h"
#include "portal/configured.h"
#include "portal/publik/schema.h"

static void
replace (char **text, const char *with)
{
  if (with == NULL)
    return;
  g_free (*text);
  *text = g_strdup (with);
}

/* What the courier adds to it, too. */
static void
add_procedure (GPtrArray *texts, const PvSettings *settings, PvProcedure *procedure)
{
  const PvProcedureSettings *own = pv_settings_find_procedure (settings, procedure->slug);
  g_autoptr (GPtrArray) listed = NULL;

  if (own != NULL) {
    replace (&procedure->bring, own->bring);
    replace (&procedure->cost, own->cost);
    replace (&procedure->facts.appeal, own->facts.appeal);
  }
  listed = pv_procedure_list_texts (procedure);
  g_ptr_array_extend_and_steal (texts, g_steal_pointer (&listed));
}

/* What the courier asks for an appointment, in French as it says it (kiosk/courier/agenda-procedure.c). */
static void
add_questions (GPtrArray *texts, const char *slug)
{
  static const struct {
    const char *field, *text;
  } questions[] = {
    { NULL, N_ ("The appointment") },
    { "slot", N_ ("Which appointment suits you?") },
    { NULL, N_ ("Who comes") },
    { "surname", N_ ("Who comes to the appointment?") },
    { "surname", N_ ("Surname") },
    { "given-names", N_ ("Given names") },
    { "phone", N_ ("Phone number") },
    { "phone", N_ ("To tell you if the appointment changes.") },
    { "email", N_ ("E-mail address") },
    { "predemande", N_ ("Number of the pre-application") },
    { "predemande", N_ ("Ten letters or digits. Without one, continue.") },
  };

  pv_language_start ();
  pv_language_set (PV_TEXTS_OFFICIAL);
  for (gsize i = 0; i < G_N_ELEMENTS (questions); i++)
    g_ptr_array_add (texts, pv_portal_text_new (slug, questions[i].field, _ (questions[i].text)));
  pv_language_set ("en");
}

/* Appointments, which only the settings know. */
static void
add_appointments (GPtrArray *texts, const PvSettings *settings)
{
  g_auto (GStrv) slugs = pv_settings_list_appointments (settings);

  for (guint i = 0; slugs[i] != NULL; i++) {
    const PvProcedureSettings *own = pv_settings_find_procedure (settings, slugs[i]);
    g_autoptr (PvProcedure) procedure = pv_procedure_new (slugs[i], own->title);

    add_procedure (texts, settings, procedure);
    add_questions (texts, slugs[i]);
  }
}

static void
add_handovers (GPtrArray *texts, const PvSettings *settings)
{
  g_auto (GStrv) slugs = pv_settings_list_handovers (settings);

  for (guint i = 0; slugs[i] != NULL; i++) {
    const PvHandoverSettings *own = pv_settings_find_handover (settings, slugs[i]);
    g_autoptr (PvProcedure) procedure = pv_procedure_new (slugs[i], own->title);
    PvPage *page = pv_page_new ("1", NULL);

    replace (&procedure->description, own->description);
    replace (&procedure->bring, own->bring);
    replace (&procedure->cost, own->cost);
    for (guint k = 0; own->fields != NULL && own->fields[k] != NULL; k++) {
      PvQuestion *question = pv_handover_field_parse (own->fields[k]);

      if (question != NULL)
        g_ptr_array_add (page->questions, question);
    }
    g_ptr_array_add (procedure->pages, page);
    add_procedure (texts, settings, procedure);
  }
}

/* ---- from files ---- */

/* FALSE after having said what is wrong. */
static gboolean
read_schema (GPtrArray *texts, const PvSettings *settings, const char *path, const char *slug)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autoptr (PvJson) json = NULL;
  g_autoptr (PvPortalSurvey) read = NULL;
  gsize length;

  if (g_file_get_contents (path, &text, &length, &error))
    json = pv_json_parse (text, length, &error);
  if (json != NULL)
    read = pv_publik_survey_schema (json, slug, NULL, &error);
  if (read == NULL) {
    pv_ctl_fail ("%s: %s", path, error->message);
    return FALSE;
  }
  add_procedure (texts, settings, read->procedure);
  return TRUE;
}

static gint
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* In the order of their names, so that a template is the same each time. */
static GPtrArray *
list_schemas (const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  if (dir == NULL) {
    pv_ctl_fail ("%s", error->message);
    return NULL;
  }
  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".json") && names->len < PV_TEXTS_MAX_SCHEMAS)
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  return g_steal_pointer (&names);
}

static gboolean
read_schemas (GPtrArray *texts, const PvSettings *settings, const char *folder)
{
  g_autoptr (GPtrArray) names = list_schemas (folder);

  for (guint i = 0; names != NULL && i < names->len; i++) {
    const char *name = names->pdata[i];
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_autofree char *slug = g_strndup (name, strlen (name) - strlen (".json"));

    if (!read_schema (texts, settings, path, slug))
      return FALSE;
  }
  return names != NULL;
}

/* ---- from the portal ---- */

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

/* What is closed, or not its own, is passed over. FALSE: the portal does not answer any more. */
static gboolean
ask_form (GPtrArray *texts, const PvSettings *settings, PvPortal *portal, const char *slug)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (PvPortalSurvey) read = NULL;
  g_autoptr (GError) error = NULL;

  pv_portal_survey_async (portal, slug, NULL, done_cb, &result);
  wait_for (&result);
  read = pv_portal_survey_finish (portal, result, &error);
  if (read != NULL)
    add_procedure (texts, settings, read->procedure);
  else if (pv_settings_find_handover (settings, slug) == NULL)
    pv_ctl_fail ("%s: %s", slug, error->message);
  return !g_error_matches (error, PV_PORTAL_ERROR, PV_PORTAL_ERROR_OFFLINE);
}

static gboolean
ask_portal (GPtrArray *texts, const PvSettings *settings)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PvPortal) portal = pv_portal_open_configured (settings, NULL, &error);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (PvCatalogue) catalogue = NULL;

  if (portal == NULL) {
    pv_ctl_fail ("%s (a credential of systemd is only there for the courier)", error->message);
    return FALSE;
  }
  pv_portal_list_async (portal, NULL, done_cb, &result);
  wait_for (&result);
  catalogue = pv_portal_list_finish (portal, result, &error);
  if (catalogue == NULL) {
    pv_ctl_fail ("the portal's list of forms: %s", error->message);
    return FALSE;
  }
  for (guint i = 0; i < catalogue->entries->len; i++)
    if (!ask_form (texts, settings, portal, ((const PvCatalogueEntry *) catalogue->entries->pdata[i])->slug))
      return FALSE;
  return TRUE;
}

GPtrArray *
pv_texts_gather (const PvSettings *settings, const char *schemas)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func ((GDestroyNotify) pv_portal_text_free);

  if (schemas != NULL ? !read_schemas (texts, settings, schemas) : !ask_portal (texts, settings))
    return NULL;
  add_handovers (texts, settings);
  add_appointments (texts, settings);
  return g_steal_pointer (&texts);
}
