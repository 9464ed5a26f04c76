/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* schema-fields.c: every field type of w.c.s., mapped to a question or refused with a reason (publik-api, 2.4). */

#include <string.h>

#include "core/assist-class.h"
#include "core/identity-rule.h"
#include "core/template.h"
#include "portal/publik/schema-reader.h"

typedef struct {
  const char *type;
  PvQuestionKind kind;
  void (*read) (PvPublikReader *reader, const PvJson *field, PvQuestion *question); /* (nullable) */
} Mapped;

static void read_long_text (PvPublikReader *reader, const PvJson *field, PvQuestion *question);
static void read_bool (PvPublikReader *reader, const PvJson *field, PvQuestion *question);
static void read_block (PvPublikReader *reader, const PvJson *field, PvQuestion *question);
static void read_table (PvPublikReader *reader, const PvJson *field, PvQuestion *question);

static const Mapped mapped[] = {
  { "string", PV_QUESTION_TEXT, pv_publik_read_string },
  { "text", PV_QUESTION_LONG_TEXT, read_long_text },
  { "email", PV_QUESTION_EMAIL, NULL },
  { "bool", PV_QUESTION_YES_NO, read_bool },
  { "numeric", PV_QUESTION_NUMBER, pv_publik_read_number },
  { "date", PV_QUESTION_DATE, pv_publik_read_date },
  { "file", PV_QUESTION_FILE, pv_publik_read_file },
  { "item", PV_QUESTION_CHOICE, pv_publik_read_choice },
  { "items", PV_QUESTION_CHOICES, pv_publik_read_choice },
  { "block", PV_QUESTION_BLOCK, read_block },
  { "table", PV_QUESTION_BLOCK, read_table },
  { "tablerows", PV_QUESTION_BLOCK, read_table },
  { "table-select", PV_QUESTION_BLOCK, read_table },
  { "comment", PV_QUESTION_INFO, NULL },
  { "map", PV_QUESTION_PLACE, NULL },
};

/* Left out when optional, since a person may leave them empty too. */
static const struct {
  const char *type;
  const char *reason;
} refused[] = {
  { "ranked-items", "options to be ranked" },
  { "time-range", "a range of hours" },
  { "password", "a password, which is not typed at a kiosk" },
};

static gboolean
is_required (const PvJson *field)
{
  g_autofree char *text = pv_publik_read_text (field, "required", PV_PUBLIK_MAX_ID_BYTES);
  g_autofree char *type = pv_publik_read_text (field, "type", PV_PUBLIK_MAX_ID_BYTES);

  if (text == NULL) /* w.c.s.: required is the default, except for a box to tick */
    return g_strcmp0 (type, "bool") != 0 && g_strcmp0 (type, "computed") != 0;
  return g_str_equal (text, "true") || g_str_equal (text, "required") || g_str_equal (text, "frontoffice");
}

static void
read_long_text (PvPublikReader *reader, const PvJson *field, PvQuestion *question)
{
  g_autofree char *mode = pv_publik_read_text (field, "display_mode", PV_PUBLIK_MAX_ID_BYTES);

  if (mode != NULL && strstr (mode, "rich") != NULL)
    pv_publik_refuse (reader, field, "a text with formatting");
  pv_publik_read_count (field, "maxlength", G_MAXINT, &question->max_chars);
}

/* A box that must be ticked is a statement; inside a block it is a question whose answer must be yes. */
static void
read_bool (PvPublikReader *reader, const PvJson *field, PvQuestion *question)
{
  if ((question->flags & PV_QUESTION_REQUIRED) == 0)
    return;
  if (strchr (question->id, ':') == NULL)
    question->kind = PV_QUESTION_STATEMENT;
  else
    question->check = pv_publik_parse_expression (reader, field, "value");
}

static void
read_block (PvPublikReader *reader, const PvJson *field, PvQuestion *question)
{
  g_autoptr (PvJson) schema = NULL;
  g_autoptr (PvJson) fields = NULL;
  g_autofree char *max_items = pv_publik_read_text (field, "max_items", PV_PUBLIK_MAX_ID_BYTES);
  gsize n_fields;

  if (!pv_json_read_object (field, "schema", &schema, NULL)
      || !pv_json_read_array (schema, "fields", PV_PUBLIK_MAX_BLOCK_FIELDS, &fields, NULL)) {
    pv_publik_refuse (reader, field, "a block without its fields, or with too many");
    return;
  }
  question->max_rows = 1;
  if (max_items != NULL && !pv_publik_read_count (field, "max_items", PV_PROCEDURE_MAX_ROWS, &question->max_rows))
    pv_publik_refuse (reader, field, "a number of rows that is a template");
  question->max_rows = MAX (question->max_rows, 1);
  question->min_rows = (question->flags & PV_QUESTION_REQUIRED) != 0 ? 1 : 0;
  /* What the web form shows at once may be left blank there; here it would have to be filled in, so only where one must. */
  if (question->min_rows > 0)
    pv_publik_read_count (field, "default_items_count", question->max_rows, &question->first_rows);
  question->add_label = pv_publik_read_plain (field, "add_element_label");
  question->row_label = pv_publik_read_plain (schema, "name");
  n_fields = pv_json_get_length (fields);
  for (gsize i = 0; i < n_fields; i++) {
    g_autoptr (PvJson) inner = pv_json_get_item (fields, i);
    g_autofree char *type = NULL;
    PvQuestion *inner_question;

    if (pv_json_get_type (inner) != PV_JSON_OBJECT) {
      pv_publik_refuse (reader, field, "a field that is not an object");
      return;
    }
    type = pv_publik_read_text (inner, "type", PV_PUBLIK_MAX_ID_BYTES);
    if (g_strcmp0 (type, "title") == 0 || g_strcmp0 (type, "subtitle") == 0)
      continue; /* the block's own label is the title of its screens */
    if (g_strcmp0 (type, "block") == 0 || g_strcmp0 (type, "page") == 0) {
      pv_publik_refuse (reader, inner, "a block or page inside a block");
      return;
    }
    inner_question = pv_publik_read_field (reader, inner, question->id);
    if (inner_question != NULL)
      g_ptr_array_add (question->questions, inner_question);
  }
  if (question->questions->len == 0)
    pv_publik_refuse (reader, field, "a block that asks nothing");
  pv_publik_group_questions (question->questions);
}

/* One that cannot be asked is left out where a person may leave it empty. */
static void
read_table (PvPublikReader *reader, const PvJson *field, PvQuestion *question)
{
  g_autofree char *type = pv_publik_read_text (field, "type", PV_PUBLIK_MAX_ID_BYTES);
  gboolean is_inner = strchr (question->id, ':') != NULL;
  const char *fault = is_inner ? "a table inside a block" : pv_publik_read_table (field, type, question);

  if (fault != NULL && (question->flags & PV_QUESTION_REQUIRED) != 0)
    pv_publik_refuse (reader, field, fault);
  reader->n_questions += question->questions->len;
}

static gboolean
is_field_id (const char *id)
{
  return strspn (id, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "-_.") == strlen (id);
}

/* See body.h for the form of the identifiers. */
static char *
make_id (PvPublikReader *reader, const PvJson *field, const char *name, const char *block)
{
  g_autofree char *id = pv_publik_read_text (field, "id", PV_PUBLIK_MAX_ID_BYTES);
  gboolean is_shared = block == NULL && name != NULL && g_hash_table_contains (reader->shared, name);

  if (id == NULL && is_shared)
    return NULL;
  if (id == NULL)
    id = name != NULL && strlen (name) <= PV_PUBLIK_MAX_ID_BYTES ? g_strdup (name) : NULL;
  if (id == NULL || !is_field_id (id))
    return NULL;
  return g_strconcat (block != NULL ? block : "", block != NULL ? ":" : "", is_shared ? "#" : "", id, NULL);
}

/* Fields of an account's profile, as Authentic and w.c.s. call them by default and as communes have named their own. */
static const struct {
  const char *name;
  PvIdentityField field;
} profile[] = {
  { "last_name", PV_IDENTITY_SURNAME },
  { "nom", PV_IDENTITY_SURNAME },
  { "nom_de_naissance", PV_IDENTITY_SURNAME },
  { "nom_naissance", PV_IDENTITY_SURNAME },
  { "preferred_username", PV_IDENTITY_USED_SURNAME }, /* FranceConnect */
  { "nom_usage", PV_IDENTITY_USED_SURNAME },
  { "first_name", PV_IDENTITY_GIVEN_NAMES },
  { "prenom", PV_IDENTITY_GIVEN_NAMES },
  { "prenoms", PV_IDENTITY_GIVEN_NAMES },
  { "birthdate", PV_IDENTITY_BIRTH_DATE },
  { "date_naissance", PV_IDENTITY_BIRTH_DATE },
  { "date_de_naissance", PV_IDENTITY_BIRTH_DATE },
  { "birthplace", PV_IDENTITY_BIRTH_PLACE },
  { "lieu_naissance", PV_IDENTITY_BIRTH_PLACE },
  { "gender", PV_IDENTITY_SEX },
  { "title", PV_IDENTITY_SEX }, /* "Monsieur", "Madame" */
  { "civilite", PV_IDENTITY_SEX },
};

/* What an account would answer, the document of the person who stands here answers, too: it is the same person. */
static void
take_profile (PvQuestion *question, const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (profile); i++)
    if (g_strcmp0 (profile[i].name, name) == 0)
      question->identity = 1 + profile[i].field;
}

static void
read_prefill (PvPublikReader *reader, const PvJson *field, PvQuestion *question)
{
  g_autoptr (PvJson) prefill = pv_json_get_member (field, "prefill");
  g_autofree char *type = NULL;
  g_autofree char *value = NULL;
  gboolean is_locked, is_known;

  if (prefill == NULL || pv_json_get_type (prefill) != PV_JSON_OBJECT)
    return;
  type = pv_publik_read_text (prefill, "type", PV_PUBLIK_MAX_ID_BYTES);
  value = pv_publik_read_text (prefill, "value", PV_PROCEDURE_MAX_TEXT_BYTES);
  if (g_strcmp0 (type, "user") == 0)
    take_profile (question, value);
  /* An account fills in nothing for a filing without an owner, and then locks nothing; nor does a place. */
  if (type == NULL || g_str_equal (type, "none") || g_str_equal (type, "user") || g_str_equal (type, "geolocation"))
    return;
  is_locked = pv_publik_read_flag (prefill, "locked", FALSE);
  is_known = g_str_equal (type, "string") && value != NULL
             && (!pv_publik_is_template (value) || pv_template_is_supported (value));
  if (is_known) {
    question->prefill = g_steal_pointer (&value);
    if (is_locked)
      question->flags |= PV_QUESTION_LOCKED;
  } else if (is_locked && !pv_publik_read_flag (prefill, "locked-unless-empty", FALSE)) {
    pv_publik_refuse (reader, field, "a locked value that only the portal can compute");
  }
}

/* A hint in the place of the first option says "choose"; the kiosk says that itself. */
static void
read_words (PvPublikReader *reader, const PvJson *field, PvQuestion *question)
{
  if (!pv_publik_read_flag (field, "use_hint_as_first_option", FALSE))
    question->help = pv_publik_read_plain (field, "hint");
  if (pv_publik_is_template (question->label) || pv_publik_is_template (question->help))
    pv_publik_refuse (reader, field, "its text is a template");
}

/* The field of the kiosk reference: never shown, always sent, whatever its condition. */
static PvQuestion *
make_ref (const char *id, const char *name)
{
  PvQuestion *question = pv_question_new (PV_QUESTION_TEXT, id, name);

  question->name = g_strdup (name);
  question->flags = PV_QUESTION_HIDDEN | PV_QUESTION_REF;
  question->assist = PV_ASSIST_HIDDEN;
  return question;
}

static PvQuestion *
refuse_field (PvPublikReader *reader, const PvJson *field, const char *type)
{
  if (g_strcmp0 (type, "computed") == 0)
    return NULL; /* the portal computes it; a condition that needs it is refused there */
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    if (g_strcmp0 (type, refused[i].type) == 0) {
      if (is_required (field))
        pv_publik_refuse (reader, field, refused[i].reason);
      return NULL;
    }
  pv_publik_refuse (reader, field, "an unknown type of field");
  return NULL;
}

static const Mapped *
find_mapped (const char *type)
{
  for (gsize i = 0; i < G_N_ELEMENTS (mapped); i++)
    if (g_strcmp0 (type, mapped[i].type) == 0)
      return &mapped[i];
  return NULL;
}

PvQuestion *
pv_publik_read_field (PvPublikReader *reader, const PvJson *field, const char *block)
{
  g_autofree char *type = pv_publik_read_text (field, "type", PV_PUBLIK_MAX_ID_BYTES);
  g_autofree char *name = pv_publik_read_text (field, "varname", PV_PUBLIK_MAX_NAME_BYTES);
  g_autofree char *label = NULL;
  g_autofree char *id = NULL;
  const Mapped *map = find_mapped (type);
  PvQuestion *question;

  if (map == NULL)
    return refuse_field (reader, field, type);
  id = make_id (reader, field, name, block);
  if (id == NULL || !g_hash_table_add (reader->ids, g_strdup (id))) {
    pv_publik_refuse (reader, field, id == NULL ? "no usable id" : "an id of two fields");
    return NULL;
  }
  if (++reader->n_questions > PV_PROCEDURE_MAX_QUESTIONS) {
    pv_publik_refuse (reader, field, "too many questions");
    return NULL;
  }
  if (block == NULL && g_strcmp0 (name, PV_PUBLIK_REF_NAME) == 0 && map->kind == PV_QUESTION_TEXT)
    return make_ref (id, name);
  label = pv_publik_read_plain (field, "label");
  if (label == NULL && map->kind == PV_QUESTION_INFO) {
    reader->n_questions--;
    return NULL;
  }
  question = pv_question_new (map->kind, id, label != NULL ? label : "");
  question->name = g_steal_pointer (&name);
  if (map->kind != PV_QUESTION_INFO && is_required (field))
    question->flags |= PV_QUESTION_REQUIRED;
  question->condition = pv_publik_read_condition (reader, field, "condition");
  read_words (reader, field, question);
  read_prefill (reader, field, question);
  if (map->read != NULL)
    map->read (reader, field, question);
  if (question->kind == PV_QUESTION_BLOCK && question->questions->len == 0) {
    reader->n_questions--;
    pv_question_free (question);
    return NULL;
  }
  if (question->identity != 0 && !pv_question_may_take (question, question->identity - 1))
    question->identity = 0;
  question->assist = pv_assist_class_of (question, NULL);
  return question;
}
