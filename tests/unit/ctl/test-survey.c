/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which forms work at the kiosk, why not, and what to write where; and the four ways to say it. */

#include "ctl/survey.h"

#include <string.h>

#include "platform/json.h"
#include "portal/publik/schema.h"
#include "tst.h"

#define BASE "[commune]\nname=Montclair\n[portal]\nurl=http://127.0.0.1:1\n"
#define WHOLE                                                                                                          \
  "[procedure "                                                                                                        \
  "acte]\ncategory=papiers\nkeywords=acte;\nsilence=refuse\ndelay-months=2\nappeal=Tribunal\nservice=Mairie\n"         \
  "phone=1\nemail=a@b.example\n"
#define REFERENCE                                                                                                      \
  ",{\"type\":\"string\",\"id\":\"9\",\"label\":\"R\",\"varname\":\"parvis_ref\",\"required\":\"optional\"}"

static char *folder;

static int
set_up (void **state)
{
  (void) state;
  folder = g_dir_make_tmp ("pv-survey-XXXXXX", NULL);
  return 0;
}

static int
tear_down (void **state)
{
  (void) state;
  tst_remove_folder (folder);
  g_clear_pointer (&folder, g_free);
  return 0;
}

static PvSettings *
load (const char *text)
{
  g_autofree char *path = g_build_filename (folder, "10.conf", NULL);
  g_autoptr (GError) error = NULL;
  PvSettings *settings;

  assert_true (g_file_set_contents (path, text, -1, NULL));
  settings = pv_settings_load (folder, &error);
  if (error != NULL)
    fail_msg ("%s", error->message);
  return settings;
}

/* One form, "acte", with @fields after its first page. */
static PvSurvey *
survey (const PvSettings *settings, const char *title, const char *fields)
{
  g_autofree char *text =
    g_strdup_printf ("{\"name\":\"Acte\",\"fields\":[{\"type\":\"page\",\"id\":\"p\",\"label\":\"Vous\"},%s]}", fields);
  g_autoptr (PvJson) json = pv_json_parse (text, strlen (text), NULL);
  g_autoptr (PvPortalSurvey) read = NULL;
  g_autoptr (PvCatalogueEntry) entry = pv_catalogue_entry_new ("acte", title);
  PvSurvey *self = pv_survey_new ("https://demarches.montclair.example");

  assert_non_null (json);
  read = pv_publik_survey_schema (json, "acte", NULL, NULL);
  assert_non_null (read);
  pv_survey_add (self, settings, entry, read, NULL);
  return self;
}

static const PvSurveyForm *
form_of (const PvSurvey *self)
{
  return self->forms->pdata[0];
}

static const PvFinding *
find (const PvSurvey *self, PvFindingKind kind)
{
  const PvSurveyForm *form = form_of (self);

  for (guint i = 0; i < form->findings->len; i++)
    if (((const PvFinding *) form->findings->pdata[i])->kind == kind)
      return form->findings->pdata[i];
  return NULL;
}

static void
a_form_with_everything_told_has_nothing_to_do (void **state)
{
  g_autoptr (PvSettings) settings = load (BASE WHOLE);
  g_autoptr (PvSurvey) self =
    survey (settings, "Acte", "{\"type\":\"email\",\"id\":\"1\",\"label\":\"Courriel\"}" REFERENCE);

  (void) state;
  assert_int_equal (form_of (self)->place, PV_SURVEY_HERE);
  assert_int_equal (form_of (self)->findings->len, 0);
  assert_true (form_of (self)->can_acknowledge);
  assert_true (form_of (self)->needs_email);
  assert_false (pv_survey_has_to_do (self));
  assert_int_equal (self->n_here, 1);
  assert_int_equal (self->n_to_do, 0);
}

/* One row for each thing that may be missing: what finds it, how heavy it is, and the line that mends it. */
static void
each_thing_that_is_missing_is_found_with_its_line (void **state)
{
  static const struct {
    const char *settings, *fields;
    PvFindingKind kind;
    PvFindingWeight weight;
    const char *line; /* NULL: it is to be mended at the portal */
    gboolean has_to_do;
  } rows[] = {
    { WHOLE, "{\"type\":\"string\",\"id\":\"1\",\"label\":\"x\"}", PV_FINDING_REFERENCE, PV_WEIGHT_TO_DO, NULL, TRUE },
    { "[procedure acte]\ncategory=papiers\nservice=M\nphone=1\nemail=a@b.example\n",
      "{\"type\":\"string\",\"id\":\"1\",\"label\":\"x\"}" REFERENCE, PV_FINDING_SILENCE, PV_WEIGHT_TO_DO,
      "silence=accept|refuse|not-a-request", TRUE },
    { "[procedure acte]\ncategory=papiers\nsilence=not-a-request\nservice=M\n",
      "{\"type\":\"string\",\"id\":\"1\",\"label\":\"x\"}" REFERENCE, PV_FINDING_SERVICE, PV_WEIGHT_TO_DO,
      "phone=NUMBER", TRUE },
    { "[procedure acte]\ncategory=papiers\nsilence=refuse\ndelay-months=2\nservice=M\nphone=1\naddress=x\n",
      "{\"type\":\"string\",\"id\":\"1\",\"label\":\"x\"}" REFERENCE, PV_FINDING_APPEAL, PV_WEIGHT_TO_DO, "appeal=TEXT",
      TRUE },
    { "[procedure acte]\nsilence=not-a-request\nservice=M\nphone=1\naddress=x\n",
      "{\"type\":\"string\",\"id\":\"1\",\"label\":\"x\"}" REFERENCE, PV_FINDING_CATEGORY, PV_WEIGHT_TO_DO,
      "category=papiers|famille-ecole|sports-culture|rue-logement|rendez-vous", TRUE },
    { WHOLE "identity=nom:surname;autre:surname;\n",
      "{\"type\":\"string\",\"id\":\"1\",\"label\":\"x\",\"varname\":\"nom\"}" REFERENCE, PV_FINDING_IDENTITY,
      PV_WEIGHT_TO_DO, NULL, TRUE },
    { WHOLE, "{\"type\":\"string\",\"id\":\"1\",\"label\":\"x\",\"varname\":\"demandeur_nom\"}" REFERENCE,
      PV_FINDING_IDENTITY, PV_WEIGHT_HINT, "identity=demandeur_nom:surname;", FALSE },
    { WHOLE "allow-decline=false\n", "{\"type\":\"email\",\"id\":\"1\",\"label\":\"x\"}" REFERENCE, PV_FINDING_CONTACT,
      PV_WEIGHT_HINT, "allow-decline=true", FALSE },
    { "[procedure acte]\ncategory=papiers\nsilence=not-a-request\nservice=M\nphone=1\naddress=x\n",
      "{\"type\":\"string\",\"id\":\"1\",\"label\":\"x\"}" REFERENCE, PV_FINDING_KEYWORDS, PV_WEIGHT_HINT,
      "keywords=WORD;WORD;", FALSE },
    { WHOLE, "{\"type\":\"file\",\"id\":\"1\",\"label\":\"Bail\"}" REFERENCE, PV_FINDING_DOCUMENT, PV_WEIGHT_BLOCKS,
      "documents-later=true", TRUE },
    { WHOLE,
      "{\"type\":\"item\",\"id\":\"1\",\"label\":\"x\",\"varname\":\"v\",\"data_source\":{\"type\":\"quartiers\"}"
      "}" REFERENCE,
      PV_FINDING_SOURCE, PV_WEIGHT_BLOCKS, "sources=...;quartiers=cards:SLUG;", TRUE },
    { WHOLE,
      "{\"type\":\"item\",\"id\":\"1\",\"label\":\"x\",\"data_source\":{\"type\":\"chrono_ds_agenda_meetings_mairie_mt_"
      "cni\"}}" REFERENCE,
      PV_FINDING_SOURCE, PV_WEIGHT_BLOCKS, "sources=...;chrono_ds_agenda_meetings_mairie_mt_cni=agenda:mairie/cni;",
      TRUE },
    { WHOLE,
      "{\"type\":\"item\",\"id\":\"1\",\"label\":\"x\",\"varname\":\"v\",\"data_source\":{\"type\":\"json\",\"value\":"
      "\"https://x\"}}" REFERENCE,
      PV_FINDING_SOURCE, PV_WEIGHT_BLOCKS, "sources=...;acte/v=cards:SLUG;", TRUE },
    /* Beyond the kiosk whatever one writes: in order, as it is. */
    { WHOLE, "{\"type\":\"password\",\"id\":\"1\",\"label\":\"x\"}", PV_FINDING_BEYOND, PV_WEIGHT_BLOCKS, NULL, FALSE },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *text = g_strconcat (BASE, rows[i].settings, NULL);
    g_autoptr (PvSettings) settings = load (text);
    g_autoptr (PvSurvey) self = survey (settings, "Acte", rows[i].fields);
    const PvFinding *finding = find (self, rows[i].kind);

    if (finding == NULL)
      fail_msg ("row %u: not found", (guint) i);
    assert_int_equal (finding->weight, rows[i].weight);
    if (rows[i].line != NULL)
      assert_string_equal (finding->line, rows[i].line);
    else
      assert_null (finding->line);
    if (pv_survey_has_to_do (self) != rows[i].has_to_do)
      fail_msg ("row %u: something to do is wrong", (guint) i);
    assert_int_equal (form_of (self)->place, rows[i].weight == PV_WEIGHT_BLOCKS ? PV_SURVEY_PHONE : PV_SURVEY_HERE);
    assert_int_equal (self->n_mendable, rows[i].weight == PV_WEIGHT_BLOCKS && rows[i].line != NULL ? 1 : 0);
  }
}

static void
every_reason_is_told_with_page_and_question (void **state)
{
  g_autoptr (PvSettings) settings = load (BASE WHOLE);
  g_autoptr (PvSurvey) self =
    survey (settings, "Acte",
            "{\"type\":\"password\",\"id\":\"1\",\"label\":\"Code\"},"
            "{\"type\":\"time-range\",\"id\":\"2\",\"label\":\"Quand\",\"varname\":\"quand\"}");
  g_autofree char *text = pv_survey_to_text (self);

  (void) state;
  assert_int_equal (pv_survey_count (form_of (self), PV_WEIGHT_BLOCKS), 2);
  assert_non_null (strstr (text, "Vous, “Code” (1): a password"));
  assert_non_null (strstr (text, "Vous, “Quand” (quand): a range of hours"));
}

static void
documents_may_be_scanned_or_sent_where_the_kiosk_can (void **state)
{
  static const char *const ways[] = { "[documents]\nscanner=auto\n", "[documents]\ndrop-url=https://r.example/d\n" };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++) {
    g_autofree char *text = g_strconcat (BASE WHOLE, ways[i], NULL);
    g_autoptr (PvSettings) settings = load (text);
    g_autoptr (PvSurvey) self =
      survey (settings, "Acte", "{\"type\":\"file\",\"id\":\"1\",\"label\":\"Bail\"}" REFERENCE);

    assert_int_equal (form_of (self)->place, PV_SURVEY_HERE);
    assert_int_equal (form_of (self)->documents->len, 1);
  }
}

static void
a_form_that_was_not_read_is_said_so (void **state)
{
  g_autoptr (PvSettings) settings = load (BASE);
  g_autoptr (PvSurvey) self = pv_survey_new ("https://demarches.montclair.example");
  g_autoptr (PvCatalogueEntry) entry = pv_catalogue_entry_new ("acte", "Acte");

  (void) state;
  pv_survey_add (self, settings, entry, NULL, "the form is closed");
  assert_int_equal (self->n_unread, 1);
  assert_true (pv_survey_has_to_do (self));
  assert_string_equal (find (self, PV_FINDING_UNREAD)->text, "the form is closed");
}

/* What the portal wrote is neither a terminal's command nor a page's markup. */
static void
what_the_portal_wrote_is_only_text (void **state)
{
  static const char evil[] = "<script>alert(1)</script>\x1b[2J\x1b]0;x\x07 \"&' \u202eesrever\u200b\xc2\x9b"
                             "2J fin";
  g_autoptr (PvSettings) settings = load (BASE);
  g_autoptr (PvSurvey) self =
    survey (settings, evil, "{\"type\":\"password\",\"id\":\"1\",\"label\":\"&lt;img src=x onerror=y&gt;\"}");
  g_autofree char *text = pv_survey_to_text (self), *html = pv_survey_to_html (self),
                  *template = pv_survey_to_template (self, settings);
  const char *const all[] = { text, html, template };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (all); i++) {
    assert_null (strchr (all[i], '\x1b'));
    assert_null (strchr (all[i], '\x07'));
    assert_null (strstr (all[i], "\u202e"));
    assert_null (strstr (all[i], "\xc2\x9b"));
    assert_non_null (strstr (all[i], " fin"));
  }
  assert_null (strstr (html, "<script"));
  assert_null (strstr (html, "<img"));
  assert_non_null (strstr (html, "&lt;script&gt;"));
  assert_non_null (strstr (html, "&quot;&amp;&apos;"));
}

static void
assert_lines_fit (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (g_utf8_strlen (lines[i], -1) > 80 && strchr (g_strstrip (lines[i]), ' ') != NULL)
      fail_msg ("too long: %s", lines[i]);
}

static void
the_text_fits_a_terminal (void **state)
{
  g_autoptr (PvSettings) settings = load (BASE);
  g_autoptr (PvSurvey) self = survey (
    settings, "Acte",
    "{\"type\":\"item\",\"id\":\"1\",\"label\":\"Une question dont le nom est assez long pour deux lignes à lui seul\","
    "\"data_source\":{\"type\":\"quartiers\"}},{\"type\":\"file\",\"id\":\"2\",\"label\":\"Bail\"}");
  g_autofree char *text = pv_survey_to_text (self);

  (void) state;
  assert_lines_fit (text);
  assert_non_null (strstr (text, "\n            sources=...;quartiers=cards:SLUG;\n")); /* whole, to be copied */
}

static void
the_json_has_what_its_documentation_says (void **state)
{
  g_autoptr (PvSettings) settings = load (BASE WHOLE);
  g_autoptr (PvSurvey) self = survey (
    settings, "Acte",
    "{\"type\":\"password\",\"id\":\"1\",\"label\":\"Code\"},{\"type\":\"file\",\"id\":\"2\",\"label\":\"Bail\"}");
  g_autofree char *text = pv_survey_to_json (self);
  g_autoptr (PvJson) json = pv_json_parse (text, strlen (text), NULL), summary = NULL, forms = NULL, form = NULL,
                     findings = NULL, finding = NULL;
  g_autofree char *format = NULL, *page = NULL, *silence = NULL;
  gint64 n_phone;

  (void) state;
  assert_non_null (json);
  assert_true (pv_json_read_text (json, "format", 100, &format, NULL));
  assert_string_equal (format, "parvis-portal-survey-1");
  assert_true (pv_json_read_object (json, "summary", &summary, NULL));
  assert_true (pv_json_read_int (summary, "phone", 0, 10, &n_phone, NULL));
  assert_int_equal (n_phone, 1);
  assert_true (pv_json_read_array (json, "forms", 10, &forms, NULL));
  form = pv_json_get_item (forms, 0);
  assert_true (pv_json_read_text (form, "silence", 100, &silence, NULL));
  assert_string_equal (silence, "refuse");
  assert_true (pv_json_read_array (form, "findings", 10, &findings, NULL));
  assert_int_equal (pv_json_get_length (findings), 2);
  finding = pv_json_get_item (findings, 0);
  assert_true (pv_json_read_text (finding, "page", 100, &page, NULL));
  assert_string_equal (page, "Vous");
}

/* In place before anybody decided anything, it changes nothing; with every "#" taken away, it is valid, and no form lacks
 * anything that the settings can tell. */
static void
the_template_can_be_put_in_place_and_filled_in (void **state)
{
  static const char fields[] =
    "{\"type\":\"email\",\"id\":\"1\",\"label\":\"Courriel\"},{\"type\":\"string\",\"id\":\"2\",\"label\":\"x\","
    "\"varname\":\"nom\"},"
    "{\"type\":\"item\",\"id\":\"3\",\"label\":\"x\",\"data_source\":{\"type\":\"quartiers\"}},"
    "{\"type\":\"item\",\"id\":\"4\",\"label\":\"x\",\"data_source\":{\"type\":\"quartiers\"}},"
    "{\"type\":\"item\",\"id\":\"5\",\"label\":\"x\",\"data_source\":{\"type\":\"ecoles\"}},"
    "{\"type\":\"file\",\"id\":\"6\",\"label\":\"Bail\"}" REFERENCE;
  g_autoptr (PvSettings) before = load (BASE);
  g_autoptr (PvSurvey) self = survey (before, "Acte\nde naissance", fields), filled = NULL;
  g_autofree char *template = pv_survey_to_template (self, before), *as_it_is = NULL, *uncommented = NULL;
  g_autoptr (GRegex) key = g_regex_new ("^#(?=[a-z-]+=)", G_REGEX_MULTILINE, 0, NULL);
  g_autoptr (PvSettings) untouched = NULL, after = NULL;
  g_autofree char *whole = NULL;
  const PvProcedureSettings *own;

  (void) state;
  as_it_is = g_strconcat (BASE, template, NULL);
  untouched = load (as_it_is);
  own = pv_settings_find_procedure (untouched, "acte");
  assert_int_equal (own->facts.silence, PV_SILENCE_UNKNOWN);
  uncommented = g_regex_replace_literal (key, template, -1, 0, "", 0, NULL);
  whole = g_strconcat (BASE, uncommented, NULL);
  after = load (whole);
  own = pv_settings_find_procedure (after, "acte");
  assert_int_equal (own->facts.silence, PV_SILENCE_NOT_A_REQUEST);
  assert_true (own->takes_documents_later);
  assert_string_equal (own->identity[0], "nom:surname");
  /* Each source once, in one line: of a key that is there twice the last counts. */
  assert_non_null (strstr (template, "#sources=...;quartiers=cards:SLUG;ecoles=cards:SLUG;\n"));
  filled = survey (after, "Acte", fields);
  assert_int_equal (pv_survey_count (form_of (filled), PV_WEIGHT_TO_DO), 0);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (a_form_with_everything_told_has_nothing_to_do, set_up, tear_down),
    cmocka_unit_test_setup_teardown (each_thing_that_is_missing_is_found_with_its_line, set_up, tear_down),
    cmocka_unit_test_setup_teardown (every_reason_is_told_with_page_and_question, set_up, tear_down),
    cmocka_unit_test_setup_teardown (documents_may_be_scanned_or_sent_where_the_kiosk_can, set_up, tear_down),
    cmocka_unit_test_setup_teardown (a_form_that_was_not_read_is_said_so, set_up, tear_down),
    cmocka_unit_test_setup_teardown (what_the_portal_wrote_is_only_text, set_up, tear_down),
    cmocka_unit_test_setup_teardown (the_text_fits_a_terminal, set_up, tear_down),
    cmocka_unit_test_setup_teardown (the_json_has_what_its_documentation_says, set_up, tear_down),
    cmocka_unit_test_setup_teardown (the_template_can_be_put_in_place_and_filled_in, set_up, tear_down),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
