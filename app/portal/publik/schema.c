/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "portal/publik/schema.h"

#include <string.h>

#include "core/html-text.h"
#include "portal/portal.h"
#include "portal/publik/schema-reader.h"

enum { VERSION_CHARS = 16, PV_PUBLIK_MAX_DRAFT_DAYS = 3650 };

/* The title or subtitle that stands above the following fields. */
typedef struct {
  char *text;
  char *condition; /* (nullable) */
} Heading;

static void
heading_clear (Heading *heading)
{
  g_clear_pointer (&heading->text, g_free);
  g_clear_pointer (&heading->condition, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Heading, heading_clear)

static void
add_fault (PvPublikReader *reader, const PvJson *field, const char *reason)
{
  GPtrArray *pages = reader->procedure->pages;
  PvPortalFault *fault;

  if (reader->faults->len >= PV_PORTAL_MAX_FAULTS)
    return;
  fault = pv_portal_fault_new (reason);
  g_ptr_array_add (reader->faults, fault);
  if (field == NULL)
    return;
  if (pages->len > 0)
    fault->page = g_strdup (((const PvPage *) g_ptr_array_index (pages, pages->len - 1))->label);
  fault->field = pv_publik_read_text (field, "id", PV_PUBLIK_MAX_ID_BYTES);
  fault->type = pv_publik_read_text (field, "type", PV_PUBLIK_MAX_ID_BYTES);
  fault->name = pv_publik_read_text (field, "varname", PV_PUBLIK_MAX_NAME_BYTES);
  fault->label = pv_publik_read_plain (field, "label");
}

void
pv_publik_refuse (PvPublikReader *reader, const PvJson *field, const char *reason)
{
  pv_publik_refuse_for (reader, PV_BEYOND_QUESTION, field, reason);
}

void
pv_publik_refuse_for (PvPublikReader *reader, PvBeyond beyond, const PvJson *field, const char *reason)
{
  g_autofree char *id = field != NULL ? pv_publik_read_text (field, "id", PV_PUBLIK_MAX_ID_BYTES) : NULL;
  g_autofree char *type = field != NULL ? pv_publik_read_text (field, "type", PV_PUBLIK_MAX_ID_BYTES) : NULL;

  add_fault (reader, field, reason);
  reader->procedure->fillable = PV_FILLABLE_ON_PHONE;
  if (reader->procedure->beyond == PV_BEYOND_NOTHING)
    reader->procedure->beyond = beyond;
  if (reader->procedure->unfillable_reason == NULL)
    reader->procedure->unfillable_reason = field != NULL
                                             ? g_strdup_printf ("field %s (%s): %s", id != NULL ? id : "without id",
                                                                type != NULL ? type : "without type", reason)
                                             : g_strdup (reason);
}

void
pv_publik_refuse_source (PvPublikReader *reader, const PvJson *field, const char *type)
{
  guint n_before = reader->faults->len;

  pv_publik_refuse_for (reader, PV_BEYOND_OPTIONS, field, "a data source that is not configured here");
  if (reader->faults->len > n_before)
    ((PvPortalFault *) reader->faults->pdata[n_before])->source = g_strdup (type);
}

char *
pv_publik_read_text (const PvJson *object, const char *key, gsize max_bytes)
{
  g_autoptr (PvJson) member = pv_json_get_member (object, key);
  g_autofree char *text = member != NULL ? pv_json_as_text (member) : NULL;

  return text != NULL && *text != '\0' && strlen (text) <= max_bytes ? g_steal_pointer (&text) : NULL;
}

char *
pv_publik_read_plain (const PvJson *object, const char *key)
{
  g_autofree char *html = pv_publik_read_text (object, key, PV_JSON_MAX_BYTES);
  g_autofree char *plain = html != NULL ? pv_html_to_plain (html, PV_PROCEDURE_MAX_TEXT_BYTES) : NULL;

  return plain != NULL && *plain != '\0' ? g_steal_pointer (&plain) : NULL;
}

gboolean
pv_publik_read_flag (const PvJson *object, const char *key, gboolean when_absent)
{
  g_autofree char *text = pv_publik_read_text (object, key, PV_PUBLIK_MAX_ID_BYTES);

  if (text == NULL)
    return when_absent;
  return g_ascii_strcasecmp (text, "true") == 0 || g_str_equal (text, "on") || g_str_equal (text, "1");
}

gboolean
pv_publik_read_count (const PvJson *object, const char *key, guint max, guint *ret_count)
{
  g_autofree char *text = pv_publik_read_text (object, key, PV_PUBLIK_MAX_ID_BYTES);
  guint64 count;

  if (text == NULL || !g_ascii_string_to_unsigned (g_strstrip (text), 10, 0, G_MAXUINT, &count, NULL))
    return FALSE;
  *ret_count = MIN ((guint) count, max);
  return TRUE;
}

gboolean
pv_publik_is_template (const char *text)
{
  return text != NULL && (strstr (text, "{{") != NULL || strstr (text, "{%") != NULL);
}

gboolean
pv_publik_is_slug (const char *text)
{
  gsize length = strlen (text);

  return length > 0 && length <= PV_PUBLIK_MAX_SLUG_BYTES
         && strspn (text, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "-_") == length;
}

/* Type of the field that a variable "var_..." is about: its name, or its name before "_raw", "_structured_x", "_0_x". */
static const char *
find_type_of_variable (const PvPublikReader *reader, const char *variable)
{
  g_autofree char *name = g_strdup (variable + strlen ("var_"));
  const char *type = g_hash_table_lookup (reader->types, name);
  char *end;

  while (type == NULL && (end = strrchr (name, '_')) != NULL) {
    *end = '\0';
    type = g_hash_table_lookup (reader->types, name);
  }
  return type;
}

/* NULL if the session can answer for the variable as the portal would. Variables about an account are empty for both:
 * a filing of a kiosk has no owner. */
static const char *
find_fault_of_variable (const PvPublikReader *reader, const char *variable)
{
  static const char *const prefixes[] = { "block_var_", "form_user", "session_user" };
  static const char *const names[] = {
    "value", "is_in_backoffice", "form_submission_channel", "form_submission_backoffice", "block_counter_index", NULL,
  };

  if (g_str_has_prefix (variable, "var_")) {
    const char *type = find_type_of_variable (reader, variable);

    return g_strcmp0 (type, "computed") == 0 ? "a condition needs a computed field"
           : g_strcmp0 (type, "map") == 0    ? "a condition needs a place on a map"
           : pv_publik_is_table (type)       ? "a condition needs a table"
                                             : NULL;
  }
  for (gsize i = 0; i < G_N_ELEMENTS (prefixes); i++)
    if (g_str_has_prefix (variable, prefixes[i]))
      return NULL;
  return g_strv_contains (names, variable) ? NULL : "a condition needs what only the portal knows";
}

PvExpression *
pv_publik_parse_expression (PvPublikReader *reader, const PvJson *field, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PvExpression) expression = pv_expression_parse (text, &error);
  g_autoptr (GPtrArray) variables = NULL;

  if (expression == NULL) {
    pv_publik_refuse (reader, field,
                      error->code == PV_EXPRESSION_ERROR_TOO_LARGE ? "a condition is too long"
                                                                   : "a condition beyond the kiosk's subset");
    return NULL;
  }
  variables = pv_expression_list_variables (expression);
  for (guint i = 0; i < variables->len; i++) {
    const char *fault = find_fault_of_variable (reader, g_ptr_array_index (variables, i));

    if (fault != NULL) {
      pv_publik_refuse (reader, field, fault);
      return NULL;
    }
  }
  return g_steal_pointer (&expression);
}

PvExpression *
pv_publik_read_condition (PvPublikReader *reader, const PvJson *object, const char *key)
{
  g_autoptr (PvJson) condition = pv_json_get_member (object, key);
  g_autofree char *type = NULL;
  g_autofree char *value = NULL;

  if (condition == NULL || pv_json_get_type (condition) != PV_JSON_OBJECT)
    return NULL;
  type = pv_publik_read_text (condition, "type", PV_PUBLIK_MAX_ID_BYTES);
  value = pv_publik_read_text (condition, "value", PV_JSON_MAX_BYTES);
  if (type == NULL || value == NULL)
    return NULL;
  if (!g_str_equal (type, "django")) {
    pv_publik_refuse (reader, object, "a condition that is not Django's");
    return NULL;
  }
  return pv_publik_parse_expression (reader, object, value);
}

static void
read_post_conditions (PvPublikReader *reader, const PvJson *field, PvPage *page)
{
  g_autoptr (PvJson) list = NULL;
  gsize n_items;

  if (!pv_json_find_array (field, "post_conditions", PV_PUBLIK_MAX_POST_CONDITIONS, &list, NULL)) {
    pv_publik_refuse (reader, field, "post-conditions that are not a list, or too many");
    return;
  }
  n_items = list != NULL ? pv_json_get_length (list) : 0;
  for (gsize i = 0; i < n_items; i++) {
    g_autoptr (PvJson) item = pv_json_get_item (list, i);
    g_autofree char *message = NULL;
    g_autoptr (PvExpression) condition = NULL;
    PvPostCondition *post_condition;

    if (pv_json_get_type (item) != PV_JSON_OBJECT) {
      pv_publik_refuse (reader, field, "a post-condition that is not one");
      return;
    }
    condition = pv_publik_read_condition (reader, item, "condition");
    message = pv_publik_read_plain (item, "error_message");
    if (condition == NULL)
      continue; /* always true, or refused */
    if (message == NULL || pv_publik_is_template (message)) {
      pv_publik_refuse (reader, field, "the message of a post-condition is empty or a template");
      continue;
    }
    post_condition = g_new0 (PvPostCondition, 1);
    post_condition->condition = g_steal_pointer (&condition);
    post_condition->message = g_steal_pointer (&message);
    g_ptr_array_add (page->post_conditions, post_condition);
  }
}

static PvPage *
add_page (PvPublikReader *reader, const PvJson *field)
{
  PvProcedure *procedure = reader->procedure;
  g_autofree char *id = field != NULL ? pv_publik_read_text (field, "id", PV_PUBLIK_MAX_ID_BYTES) : NULL;
  g_autofree char *label = field != NULL ? pv_publik_read_plain (field, "label") : NULL;
  g_autofree char *own_id = id == NULL ? g_strdup_printf ("page-%u", procedure->pages->len + 1) : NULL;
  PvPage *page;

  if (procedure->pages->len >= PV_PROCEDURE_MAX_PAGES) {
    pv_publik_refuse (reader, field, "too many pages");
    return g_ptr_array_index (procedure->pages, procedure->pages->len - 1);
  }
  if (pv_publik_is_template (label)) {
    pv_publik_refuse (reader, field, "its title is a template");
    g_clear_pointer (&label, g_free);
  }
  page = pv_page_new (id != NULL ? id : own_id, label != NULL ? label : procedure->title);
  g_ptr_array_add (procedure->pages, page);
  if (field != NULL) {
    page->condition = pv_publik_read_condition (reader, field, "condition");
    read_post_conditions (reader, field, page);
  }
  return page;
}

static void
read_heading (PvPublikReader *reader, const PvJson *field, Heading *heading)
{
  g_autoptr (PvExpression) condition = pv_publik_read_condition (reader, field, "condition");

  heading_clear (heading);
  heading->text = pv_publik_read_plain (field, "label");
  heading->condition = condition != NULL ? g_strdup (pv_expression_get_text (condition)) : NULL;
  if (pv_publik_is_template (heading->text)) {
    pv_publik_refuse (reader, field, "its text is a template");
    heading_clear (heading);
  }
}

/* A heading holds for what is shown whenever it is. */
static gboolean
heading_holds (const Heading *heading, const PvQuestion *question)
{
  if (heading->text == NULL || question->kind == PV_QUESTION_STATEMENT || (question->flags & PV_QUESTION_HIDDEN) != 0)
    return FALSE;
  return heading->condition == NULL
         || (question->condition != NULL
             && g_str_equal (heading->condition, pv_expression_get_text (question->condition)));
}

static void
read_fields (PvPublikReader *reader, const PvJson *fields)
{
  g_auto (Heading) heading = { NULL, NULL };
  PvPage *page = NULL;
  gsize n_fields = pv_json_get_length (fields);

  for (gsize i = 0; i < n_fields; i++) {
    g_autoptr (PvJson) field = pv_json_get_item (fields, i);
    g_autofree char *type = NULL;
    PvQuestion *question;

    if (pv_json_get_type (field) != PV_JSON_OBJECT) {
      pv_publik_refuse (reader, NULL, "a field that is not an object");
      continue;
    }
    type = pv_publik_read_text (field, "type", PV_PUBLIK_MAX_ID_BYTES);
    if (g_strcmp0 (type, "page") == 0) {
      heading_clear (&heading);
      page = add_page (reader, field);
      continue;
    }
    if (g_strcmp0 (type, "title") == 0 || g_strcmp0 (type, "subtitle") == 0) {
      read_heading (reader, field, &heading);
      continue;
    }
    question = pv_publik_read_field (reader, field, NULL);
    if (question == NULL)
      continue;
    if (page == NULL)
      page = add_page (reader, NULL);
    if (heading_holds (&heading, question))
      question->group_title = g_strdup (heading.text);
    g_ptr_array_add (page->questions, question);
  }
  for (guint i = 0; i < reader->procedure->pages->len; i++)
    pv_publik_group_questions (((PvPage *) g_ptr_array_index (reader->procedure->pages, i))->questions);
}

/* Conditions may name fields that come later: so the names are read first. */
static void
collect_names (PvPublikReader *reader, const PvJson *fields)
{
  gsize n_fields = pv_json_get_length (fields);

  for (gsize i = 0; i < n_fields; i++) {
    g_autoptr (PvJson) field = pv_json_get_item (fields, i);
    g_autofree char *name = NULL;
    g_autofree char *type = NULL;

    if (pv_json_get_type (field) != PV_JSON_OBJECT)
      continue;
    name = pv_publik_read_text (field, "varname", PV_PUBLIK_MAX_NAME_BYTES);
    type = pv_publik_read_text (field, "type", PV_PUBLIK_MAX_ID_BYTES);
    if (name == NULL || type == NULL || g_str_equal (type, "page"))
      continue;
    if (g_hash_table_contains (reader->types, name))
      g_hash_table_add (reader->shared, g_steal_pointer (&name));
    else
      g_hash_table_insert (reader->types, g_steal_pointer (&name), g_steal_pointer (&type));
  }
}

static char **
split_keywords (const PvJson *schema)
{
  g_autofree char *text = pv_publik_read_text (schema, "keywords", PV_PROCEDURE_MAX_TEXT_BYTES);
  g_auto (GStrv) parts = text != NULL ? g_strsplit (text, ",", -1) : NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; parts != NULL && parts[i] != NULL; i++)
    if (*g_strstrip (parts[i]) != '\0')
      g_strv_builder_add (builder, parts[i]);
  return g_strv_builder_end (builder);
}

static void
read_envelope (PvPublikReader *reader, const PvJson *schema)
{
  PvProcedure *procedure = reader->procedure;
  g_autofree char *canonical = pv_json_to_text (schema);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, canonical, -1);
  g_autoptr (PvJson) contexts = pv_json_get_member (schema, "required_authentication_contexts");

  procedure->version = g_strndup (digest, VERSION_CHARS);
  procedure->form_id = pv_publik_read_text (schema, "id", PV_PUBLIK_MAX_ID_BYTES);
  procedure->description = pv_publik_read_plain (schema, "description");
  procedure->category = g_strdup ("");
  procedure->keywords = split_keywords (schema);
  procedure->has_tracking_code = pv_publik_read_flag (schema, "enable_tracking_codes", FALSE);
  pv_publik_read_count (schema, "drafts_lifespan", PV_PUBLIK_MAX_DRAFT_DAYS, &procedure->draft_days);
  if (contexts != NULL && pv_json_get_length (contexts) > 0)
    pv_publik_refuse_for (reader, PV_BEYOND_LOGIN, NULL, "the form demands a strong login");
  if (pv_publik_read_flag (schema, "has_captcha", FALSE))
    pv_publik_refuse_for (reader, PV_BEYOND_CAPTCHA, NULL, "the form has a captcha");
}

static gboolean
fail (PvPortalError code, const char *words, GError **error)
{
  g_set_error (error, PV_PORTAL_ERROR, (int) code, "%s", words);
  return FALSE;
}

static gboolean
check_envelope (const PvJson *schema, const char *slug, PvJson **ret_fields, char **ret_title, GError **error)
{
  if (pv_json_get_type (schema) != PV_JSON_OBJECT || !pv_publik_is_slug (slug))
    return fail (PV_PORTAL_ERROR_BAD_ANSWER, "the schema is not an object", error);
  if (pv_publik_read_flag (schema, "disabled", FALSE))
    return fail (PV_PORTAL_ERROR_GONE, "the form is closed", error);
  *ret_title = pv_publik_read_plain (schema, "name");
  if (*ret_title == NULL)
    return fail (PV_PORTAL_ERROR_BAD_ANSWER, "the schema has no name", error);
  if (!pv_json_read_array (schema, "fields", PV_PUBLIK_MAX_FIELDS, ret_fields, NULL))
    return fail (PV_PORTAL_ERROR_BAD_ANSWER, "the schema has no list of fields, or too many", error);
  return TRUE;
}

PvPortalSurvey *
pv_publik_survey_schema (const PvJson *schema, const char *slug, GHashTable *sources, GError **error)
{
  g_autoptr (PvPortalSurvey) survey = NULL;
  g_autoptr (PvJson) fields = NULL;
  g_autofree char *title = NULL;
  g_autoptr (GHashTable) types = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GHashTable) shared = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  PvPublikReader reader = { .slug = slug, .sources = sources, .types = types, .shared = shared, .ids = ids };

  if (!check_envelope (schema, slug, &fields, &title, error))
    return NULL;
  survey = g_new0 (PvPortalSurvey, 1);
  survey->faults = g_ptr_array_new_with_free_func ((GDestroyNotify) pv_portal_fault_free);
  survey->procedure = pv_procedure_new (slug, title);
  reader.procedure = survey->procedure;
  reader.faults = survey->faults;
  read_envelope (&reader, schema);
  collect_names (&reader, fields);
  read_fields (&reader, fields);
  if (reader.n_questions == 0 && survey->faults->len == 0)
    pv_publik_refuse (&reader, NULL, "the form asks nothing");
  return g_steal_pointer (&survey);
}

PvProcedure *
pv_publik_read_schema (const PvJson *schema, const char *slug, GHashTable *sources, GError **error)
{
  g_autoptr (PvPortalSurvey) survey = pv_publik_survey_schema (schema, slug, sources, error);

  if (survey == NULL)
    return NULL;
  /* Half a form is shown to nobody. */
  if (survey->procedure->fillable == PV_FILLABLE_ON_PHONE)
    g_ptr_array_set_size (survey->procedure->pages, 0);
  return g_steal_pointer (&survey->procedure);
}
