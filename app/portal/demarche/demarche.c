/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "portal/demarche/demarche.h"

#include <string.h>

#include "core/handover-field.h"
#include "portal/demarche/prefill.h"

enum { VERSION_CHARS = 16, MAX_PATH_BYTES = 200 };

/* A copy of what the settings say. */
typedef struct {
  char *slug, *title, *description, *category, *bring, *cost, *base_url, *path;
  char **keywords, **fields;
  guint number, duration_minutes;
} Form;

struct _PvDemarche {
  GObject parent;
  GPtrArray *forms; /* (element-type Form) */
  PvHttpClient *client;
  gint64 (*now_us) (void);
};

/* What is kept of a call until its answer comes. */
typedef struct {
  char *base_url, *ref;
} Call;

static void pv_demarche_iface_init (PvPortalInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PvDemarche, pv_demarche, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (PV_TYPE_PORTAL, pv_demarche_iface_init))

static void
form_free (gpointer data)
{
  Form *form = data;

  g_free (form->slug);
  g_free (form->title);
  g_free (form->description);
  g_free (form->category);
  g_free (form->bring);
  g_free (form->cost);
  g_free (form->base_url);
  g_free (form->path);
  g_strfreev (form->keywords);
  g_strfreev (form->fields);
  g_free (form);
}

static void
call_free (gpointer data)
{
  Call *call = data;

  g_free (call->base_url);
  g_free (call->ref);
  g_free (call);
}

static Form *
find_form (PvDemarche *self, const char *slug)
{
  for (guint i = 0; i < self->forms->len; i++) {
    Form *form = self->forms->pdata[i];

    if (g_str_equal (form->slug, slug))
      return form;
  }
  return NULL;
}

/* Ends @task, which it takes. */
static void
fail (GTask *task, PvPortalError code, const char *words)
{
  g_task_return_new_error (task, PV_PORTAL_ERROR, (int) code, "%s", words);
  g_object_unref (task);
}

/* The form's page on the site. */
static char *
make_page_url (const Form *form)
{
  return g_strdup_printf ("%s/commencer/%s", form->base_url, form->path);
}

static PvCatalogueEntry *
make_entry (const Form *form)
{
  PvCatalogueEntry *entry = pv_catalogue_entry_new (form->slug, form->title);

  entry->description = g_strdup (form->description);
  entry->category = g_strdup (form->category != NULL ? form->category : "");
  entry->keywords = g_strdupv (form->keywords);
  entry->url = make_page_url (form);
  return entry;
}

/* So that a filing says by which questions it was made. */
static char *
make_version (const Form *form)
{
  g_autofree char *fields = g_strjoinv (";", form->fields);
  g_autofree char *text = g_strdup_printf ("%u\n%s", form->number, fields);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);

  return g_strndup (digest, VERSION_CHARS);
}

static PvPage *
make_page (const Form *form)
{
  PvPage *page = pv_page_new ("page-1", form->title);

  for (guint i = 0; form->fields[i] != NULL; i++)
    g_ptr_array_add (page->questions, pv_handover_field_parse (form->fields[i]));
  return page;
}

static PvProcedure *
make_procedure (const Form *form)
{
  PvProcedure *procedure = pv_procedure_new (form->slug, form->title);

  procedure->form_id = g_strdup_printf ("%u", form->number);
  procedure->version = make_version (form);
  procedure->description = g_strdup (form->description);
  procedure->category = g_strdup (form->category != NULL ? form->category : "");
  procedure->keywords = g_strdupv (form->keywords);
  procedure->url = make_page_url (form);
  procedure->fillable = PV_FILLABLE;
  procedure->is_handover = TRUE;
  procedure->draft_days = PV_DEMARCHE_DRAFT_DAYS;
  procedure->duration_minutes = form->duration_minutes;
  procedure->bring = g_strdup (form->bring);
  procedure->cost = g_strdup (form->cost);
  g_ptr_array_add (procedure->pages, make_page (form));
  return procedure;
}

static PvPortalFeatures
demarche_get_features (PvPortal *portal)
{
  (void) portal;
  return PV_PORTAL_CAN_DRAFT;
}

static void
demarche_list (PvPortal *portal, GTask *task)
{
  PvDemarche *self = PV_DEMARCHE (portal);
  PvCatalogue *catalogue = pv_catalogue_new ();

  catalogue->fetched_us = self->now_us ();
  for (guint i = 0; i < self->forms->len; i++)
    g_ptr_array_add (catalogue->entries, make_entry (self->forms->pdata[i]));
  g_task_return_pointer (task, catalogue, (GDestroyNotify) pv_catalogue_unref);
  g_object_unref (task);
}

static void
demarche_describe (PvPortal *portal, const char *slug, GTask *task)
{
  const Form *form = find_form (PV_DEMARCHE (portal), slug);

  if (form == NULL) {
    fail (task, PV_PORTAL_ERROR_GONE, "no form has such a name");
    return;
  }
  g_task_return_pointer (task, make_procedure (form), (GDestroyNotify) pv_procedure_unref);
  g_object_unref (task);
}

static void
demarche_options (PvPortal *portal, const char *slug, const char *source, const char *query, GTask *task)
{
  (void) portal;
  (void) slug;
  (void) source;
  (void) query;
  fail (task, PV_PORTAL_ERROR_UNSUPPORTED, "its options are in the settings");
}

static void
demarche_find (PvPortal *portal, const char *slug, const char *ref_field, const char *ref, GTask *task)
{
  (void) portal;
  (void) slug;
  (void) ref_field;
  (void) ref;
  fail (task, PV_PORTAL_ERROR_UNSUPPORTED, "nothing is filed there");
}

static void
demarche_follow (PvPortal *portal, const char *code, GTask *task)
{
  (void) portal;
  (void) code;
  fail (task, PV_PORTAL_ERROR_UNSUPPORTED, "it is followed on the site itself");
}

/* Never AMBIGUOUS: a form that was begun twice hurts nobody, and the site deletes it. */
static GError *
translate (const GError *error)
{
  switch ((PvHttpError) error->code) {
  case PV_HTTP_ERROR_CANCELLED:
  case PV_HTTP_ERROR_CANCELLED_UNKNOWN:
    return g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled");
  case PV_HTTP_ERROR_TLS:
  case PV_HTTP_ERROR_NOT_ALLOWED:
    return g_error_new_literal (PV_PORTAL_ERROR, PV_PORTAL_ERROR_CONFIGURATION, error->message);
  case PV_HTTP_ERROR_TOO_LARGE:
  case PV_HTTP_ERROR_OFFLINE:
  case PV_HTTP_ERROR_UNKNOWN:
    break;
  }
  return g_error_new_literal (PV_PORTAL_ERROR, PV_PORTAL_ERROR_OFFLINE, error->message);
}

static void
answer_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  PvDemarche *self = g_task_get_source_object (task);
  const Call *call = g_task_get_task_data (task);
  g_autoptr (GError) http_error = NULL;
  g_autoptr (PvHttpResponse) response = pv_http_send_finish (self->client, result, &http_error);
  PvDemarcheAnswer answer = { 0 };
  GError *error = NULL;
  PvOutcome *outcome;

  (void) source;
  if (response == NULL) {
    g_task_return_error (task, translate (http_error));
    return;
  }
  answer.status = pv_http_response_get_status (response);
  answer.body = g_bytes_get_data (pv_http_response_get_body (response), &answer.size);
  answer.body = answer.body != NULL ? answer.body : "";
  answer.reset = pv_http_response_get_header (response, "RateLimit-Reset");
  answer.now_us = self->now_us ();
  outcome = pv_demarche_judge (&answer, call->base_url, call->ref, &error);
  if (outcome != NULL)
    g_task_return_pointer (task, outcome, (GDestroyNotify) pv_outcome_free);
  else
    g_task_return_error (task, error);
}

static void
demarche_submit (PvPortal *portal, const PvSubmission *submission, GTask *task)
{
  static const char *const headers[] = { "Accept: application/json", "Content-Type: application/json", NULL };
  PvDemarche *self = PV_DEMARCHE (portal);
  const Form *form = find_form (self, submission->slug);
  g_autofree char *url = NULL;
  g_autoptr (GBytes) body = NULL;
  PvHttpRequest request = { .method = "POST", .headers = headers, .total_timeout_ms = PV_DEMARCHE_TIMEOUT_MS };
  PvJsonWriter *writer;
  const char *text;
  gsize size;
  Call *call;

  if (form == NULL || submission->purpose != PV_SUBMISSION_DRAFT) {
    fail (task, form == NULL ? PV_PORTAL_ERROR_GONE : PV_PORTAL_ERROR_UNSUPPORTED, "not a form to go on with there");
    return;
  }
  call = g_new0 (Call, 1);
  call->base_url = g_strdup (form->base_url);
  call->ref = g_strdup (submission->ref);
  g_task_set_task_data (task, call, call_free);
  writer = pv_demarche_build_body (submission);
  text = pv_json_writer_get_text (writer, &size);
  body = g_bytes_new_with_free_func (text, size, (GDestroyNotify) pv_json_writer_free, writer);
  url = g_strdup_printf ("%s/api/public/v1/demarches/%u/dossiers", form->base_url, form->number);
  request.url = url;
  request.body = body;
  request.max_response_bytes = PV_DEMARCHE_MAX_ANSWER_BYTES;
  pv_http_send_async (self->client, &request, g_task_get_cancellable (task), answer_cb, task);
}

static void
pv_demarche_iface_init (PvPortalInterface *iface)
{
  iface->get_features = demarche_get_features;
  iface->list = demarche_list;
  iface->describe = demarche_describe;
  iface->options = demarche_options;
  iface->submit = demarche_submit;
  iface->find = demarche_find;
  iface->follow = demarche_follow;
}

static void
pv_demarche_finalize (GObject *object)
{
  PvDemarche *self = PV_DEMARCHE (object);

  g_ptr_array_unref (self->forms);
  g_clear_pointer (&self->client, pv_http_client_unref);
  G_OBJECT_CLASS (pv_demarche_parent_class)->finalize (object);
}

static void
pv_demarche_class_init (PvDemarcheClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = pv_demarche_finalize;
}

static void
pv_demarche_init (PvDemarche *self)
{
  self->forms = g_ptr_array_new_with_free_func (form_free);
}

PvDemarche *
pv_demarche_new (PvHttpClient *client, gint64 (*now_us) (void))
{
  PvDemarche *self = g_object_new (PV_TYPE_DEMARCHE, NULL);

  self->client = pv_http_client_ref (client);
  self->now_us = now_us != NULL ? now_us : g_get_real_time;
  return self;
}

/* NULL, or what is wrong. */
static const char *
find_fault_of_fields (const char *const *fields)
{
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n_fields = fields != NULL ? g_strv_length ((char **) fields) : 0;

  if (n_fields == 0 || n_fields > PV_HANDOVER_MAX_FIELDS)
    return "no questions, or too many";
  for (guint i = 0; i < n_fields; i++) {
    g_autoptr (PvQuestion) question = pv_handover_field_parse (fields[i]);

    if (question == NULL)
      return "a question that is none";
    if (!g_hash_table_add (ids, g_strdup (question->id)))
      return "two questions for one field";
  }
  return NULL;
}

static const char *
find_fault (PvDemarche *self, const PvDemarcheForm *form)
{
  if (form->base_url == NULL
      || (!g_str_has_prefix (form->base_url, "https://") && !g_str_has_prefix (form->base_url, "http://")))
    return "the site's address is missing or not https"; /* http goes no further than this machine: platform/http.h */
  if (form->path == NULL || *form->path == '\0' || strlen (form->path) > MAX_PATH_BYTES
      || strspn (form->path, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "-_") != strlen (form->path))
    return "the path is none";
  if (form->number == 0 || form->slug == NULL || form->title == NULL)
    return "the number, the name or the title is missing";
  if (find_form (self, form->slug) != NULL)
    return "two forms have this name";
  return find_fault_of_fields (form->fields);
}

gboolean
pv_demarche_add (PvDemarche *self, const PvDemarcheForm *form, GError **error)
{
  const char *fault = find_fault (self, form);
  Form *copy;

  if (fault != NULL) {
    g_set_error (error, PV_PORTAL_ERROR, PV_PORTAL_ERROR_CONFIGURATION, "handover %s: %s",
                 form->slug != NULL ? form->slug : "without name", fault);
    return FALSE;
  }
  copy = g_new0 (Form, 1);
  copy->slug = g_strdup (form->slug);
  copy->title = g_strdup (form->title);
  copy->description = g_strdup (form->description);
  copy->category = g_strdup (form->category);
  copy->bring = g_strdup (form->bring);
  copy->cost = g_strdup (form->cost);
  copy->keywords = g_strdupv ((char **) form->keywords);
  copy->fields = g_strdupv ((char **) form->fields);
  copy->path = g_strdup (form->path);
  copy->base_url = g_strdup (form->base_url);
  while (g_str_has_suffix (copy->base_url, "/"))
    copy->base_url[strlen (copy->base_url) - 1] = '\0';
  copy->number = form->number;
  copy->duration_minutes = form->duration_minutes;
  g_ptr_array_add (self->forms, copy);
  return TRUE;
}

char **
pv_demarche_list_slugs (PvDemarche *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < self->forms->len; i++)
    g_strv_builder_add (builder, ((Form *) self->forms->pdata[i])->slug);
  return g_strv_builder_end (builder);
}
