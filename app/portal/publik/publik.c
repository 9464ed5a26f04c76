/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "portal/publik/publik.h"

#include <string.h>

#include "core/drop.h"
#include "core/wipe.h"
#include "portal/publik/answer.h"
#include "portal/publik/body.h"
#include "portal/publik/booking.h"
#include "portal/publik/drop.h"
#include "portal/publik/invoice.h"
#include "portal/publik/judge.h"
#include "portal/publik/list.h"
#include "portal/publik/options.h"
#include "portal/publik/schema.h"
#include "portal/publik/transport.h"

struct _PvPublik {
  GObject parent;
  PvPublikMode mode;
  PvPublikSite wcs, chrono;
  char *portal_url;
  GHashTable *sources;    /* (nullable) */
  GHashTable *categories; /* (nullable) */
  PvCatalogue *catalogue; /* (nullable): the last one, for the addresses of the forms */
  PvHttpClient *client;
  gint64 (*now_us) (void);
  PvPublikInvoices invoices;
};

typedef enum {
  OP_LIST,
  OP_DESCRIBE,
  OP_OPTIONS,
  OP_SUBMIT,
  OP_FIND,
  OP_FOLLOW,
  OP_BOOK,
  OP_CANCEL,
  OP_FIND_BOOKING,
  OP_SURVEY
} Op;

/* What is kept of an operation until its answer comes. */
typedef struct {
  Op op;
  char *slug;               /* (nullable) */
  char *words;              /* (nullable): OPTIONS: the query */
  char *ref, *ref_field;    /* (nullable): FIND */
  PvSubmission *submission; /* (nullable): SUBMIT: what its outcome repeats, no answers */
} Call;

static void pv_publik_iface_init (PvPortalInterface *iface);
static void answer_cb (GObject *source, GAsyncResult *result, gpointer user_data);

G_DEFINE_FINAL_TYPE_WITH_CODE (PvPublik, pv_publik, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (PV_TYPE_PORTAL, pv_publik_iface_init))

static void
call_free (gpointer data)
{
  Call *call = data;

  g_free (call->slug);
  pv_wipe_str (call->words);
  pv_wipe_str (call->ref);
  g_free (call->ref_field);
  g_clear_pointer (&call->submission, pv_submission_free);
  g_free (call);
}

static Call *
start_call (GTask *task, Op op, const char *slug)
{
  Call *call = g_new0 (Call, 1);

  call->op = op;
  call->slug = g_strdup (slug);
  g_task_set_task_data (task, call, call_free);
  return call;
}

/* Ends @task, which it takes. */
static void
fail (GTask *task, PvPortalError code, const char *words)
{
  g_task_return_new_error (task, PV_PORTAL_ERROR, (int) code, "%s", words);
  g_object_unref (task);
}

/* Takes @query, and @task, which ends in answer_cb(). */
static void
send_call (PvPublik *self, GTask *task, const PvPublikSite *site, const char *path, GString *query, GBytes *body)
{
  static const char *const headers[] = { "Accept: application/json", NULL };
  static const char *const body_headers[] = { "Accept: application/json", "Content-Type: application/json", NULL };
  g_autofree char *url = pv_publik_make_url (site, path, query, self->now_us ());
  PvHttpRequest request = {
    .method = body != NULL ? "POST" : "GET",
    .url = url,
    .headers = body != NULL ? body_headers : headers,
    .body = body,
    .total_timeout_ms = body != NULL ? PV_PUBLIK_SUBMIT_TIMEOUT_MS : PV_PUBLIK_READ_TIMEOUT_MS,
  };

  pv_http_send_async (self->client, &request, g_task_get_cancellable (task), answer_cb, task);
  g_string_free (query, TRUE);
}

static PvCatalogue *
read_catalogue (PvPublik *self, const PvJson *json, GError **error)
{
  PvCatalogue *catalogue = pv_publik_read_list (json, self->categories, self->now_us (), error);

  if (catalogue != NULL) {
    g_clear_pointer (&self->catalogue, pv_catalogue_unref);
    self->catalogue = pv_catalogue_ref (catalogue);
  }
  return catalogue;
}

static void
complete_procedure (PvPublik *self, const char *slug, PvProcedure *procedure)
{
  const PvCatalogueEntry *entry = self->catalogue != NULL ? pv_catalogue_find (self->catalogue, slug) : NULL;

  procedure->url =
    entry != NULL && entry->url != NULL ? g_strdup (entry->url) : g_strdup_printf ("%s/%s/", self->portal_url, slug);
  if (entry != NULL) {
    g_free (procedure->category);
    procedure->category = g_strdup (entry->category);
  }
  if (entry != NULL && entry->fillable == PV_FILLABLE_ON_PHONE && procedure->fillable == PV_FILLABLE) {
    procedure->fillable = PV_FILLABLE_ON_PHONE;
    procedure->beyond = entry->beyond;
    procedure->unfillable_reason =
      g_strdup (entry->beyond == PV_BEYOND_ELSEWHERE ? "a link elsewhere" : "the form demands a login");
    g_ptr_array_set_size (procedure->pages, 0);
  }
}

static PvProcedure *
read_procedure (PvPublik *self, const char *slug, const PvJson *json, GError **error)
{
  PvProcedure *procedure = pv_publik_read_schema (json, slug, self->sources, error);

  if (procedure == NULL)
    return NULL;
  complete_procedure (self, slug, procedure);
  if (procedure->fillable == PV_FILLABLE_ON_PHONE)
    g_ptr_array_set_size (procedure->pages, 0);
  return procedure;
}

static PvPortalSurvey *
read_survey (PvPublik *self, const char *slug, const PvJson *json, GError **error)
{
  PvPortalSurvey *survey = pv_publik_survey_schema (json, slug, self->sources, error);
  gboolean was_fillable = survey != NULL && survey->procedure->fillable == PV_FILLABLE;

  if (survey == NULL)
    return NULL;
  complete_procedure (self, slug, survey->procedure);
  if (was_fillable && survey->procedure->fillable != PV_FILLABLE)
    g_ptr_array_add (survey->faults, pv_portal_fault_new (survey->procedure->unfillable_reason));
  return survey;
}

static GPtrArray *
read_options (const char *words, const PvJson *json, GError **error)
{
  GPtrArray *options = pv_publik_read_options (json, error);

  for (guint i = options != NULL && words != NULL && *words != '\0' ? options->len : 0; i > 0; i--) {
    const PvOption *option = g_ptr_array_index (options, i - 1);

    if (!g_str_match_string (words, option->label, TRUE))
      g_ptr_array_remove_index (options, i - 1);
  }
  return options;
}

static PvOutcome *
read_cancelled (const PvSubmission *submission, const PvPublikAnswer *answer)
{
  PvOutcome *outcome = pv_outcome_new (PV_OUTCOME_RECEIVED, submission->ref);

  outcome->received_us = answer->date_us != 0 ? answer->date_us : answer->now_us;
  return outcome;
}

static void
return_result (PvPublik *self, GTask *task, const PvJson *json, const PvPublikAnswer *answer)
{
  const Call *call = g_task_get_task_data (task);
  GDestroyNotify free_func = NULL;
  gpointer result = NULL;
  GError *error = NULL;

  switch (call->op) {
  case OP_LIST:
    result = read_catalogue (self, json, &error);
    free_func = (GDestroyNotify) pv_catalogue_unref;
    break;
  case OP_DESCRIBE:
    result = read_procedure (self, call->slug, json, &error);
    free_func = (GDestroyNotify) pv_procedure_unref;
    break;
  case OP_OPTIONS:
    result = read_options (call->words, json, &error);
    free_func = (GDestroyNotify) g_ptr_array_unref;
    break;
  case OP_SUBMIT:
    /* Without a Date, which RFC 9110 (6.6.1) demands of a server that has a clock, ours stands in. */
    result = pv_publik_read_outcome (json, call->submission, self->portal_url,
                                     answer->date_us != 0 ? answer->date_us : answer->now_us, &error);
    free_func = (GDestroyNotify) pv_outcome_free;
    break;
  case OP_FIND:
    result = self->mode == PV_PUBLIK_RELAY ? pv_publik_read_found (json, &error)
                                           : pv_publik_read_found_rows (json, call->ref_field, call->ref, &error);
    free_func = (GDestroyNotify) pv_found_free;
    break;
  case OP_BOOK:
    result =
      pv_publik_read_booked (json, call->submission, answer->date_us != 0 ? answer->date_us : answer->now_us, &error);
    free_func = (GDestroyNotify) pv_outcome_free;
    break;
  case OP_CANCEL:
    result = read_cancelled (call->submission, answer);
    free_func = (GDestroyNotify) pv_outcome_free;
    break;
  case OP_FIND_BOOKING:
    result = self->mode == PV_PUBLIK_RELAY ? pv_publik_read_found (json, &error)
                                           : pv_publik_read_bookings (json, call->ref, &error);
    free_func = (GDestroyNotify) pv_found_free;
    break;
  case OP_FOLLOW:
    result = pv_publik_read_followed (json, &error);
    free_func = (GDestroyNotify) pv_followed_free;
    break;
  case OP_SURVEY:
    result = read_survey (self, call->slug, json, &error);
    free_func = (GDestroyNotify) pv_portal_survey_free;
    break;
  }
  if (result != NULL)
    g_task_return_pointer (task, result, free_func);
  else
    g_task_return_error (task, error);
}

static void
answer_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  PvPublik *self = g_task_get_source_object (task);
  const Call *call = g_task_get_task_data (task);
  PvPublikCall kind = call->op == OP_SUBMIT                          ? PV_PUBLIK_CALL_SUBMIT
                      : call->op == OP_BOOK || call->op == OP_CANCEL ? PV_PUBLIK_CALL_BOOK
                                                                     : PV_PUBLIK_CALL_READ;
  g_autoptr (GError) http_error = NULL;
  g_autoptr (PvHttpResponse) response = pv_http_send_finish (self->client, result, &http_error);
  g_autoptr (PvJson) json = NULL;
  PvPublikAnswer answer;
  GError *error = NULL;

  (void) source;
  if (response == NULL) {
    g_task_return_error (task, pv_publik_translate_http_error (kind, http_error));
    return;
  }
  answer = pv_publik_read_response (response, self->now_us ());
  json = pv_publik_judge (kind, &answer, &error);
  if (json == NULL)
    g_task_return_error (task, error);
  else
    return_result (self, task, json, &answer);
}

/* As anonymous: without NameID a trusted service would be asking, and see forms that are not for everybody. */
static GString *
new_anonymous_query (PvPublik *self)
{
  GString *query = g_string_new (NULL);

  if (self->mode == PV_PUBLIK_DIRECT)
    pv_publik_append_parameter (query, "NameID", "");
  return query;
}

static PvPortalFeatures
publik_get_features (PvPortal *portal)
{
  PvPublik *self = PV_PUBLIK (portal);

  return PV_PORTAL_CAN_FIND | PV_PORTAL_CAN_DRAFT | PV_PORTAL_CAN_BOOK
         | (self->mode == PV_PUBLIK_RELAY ? PV_PORTAL_CAN_FOLLOW | PV_PORTAL_CAN_DROP : 0)
         | (pv_publik_has_invoices (&self->invoices) ? PV_PORTAL_CAN_INVOICE : 0);
}

static void
publik_list (PvPortal *portal, GTask *task)
{
  PvPublik *self = PV_PUBLIK (portal);
  GString *query = new_anonymous_query (self);

  start_call (task, OP_LIST, NULL);
  pv_publik_append_parameter (query, "include-count", "on");
  send_call (self, task, &self->wcs, "/api/formdefs/", query, NULL);
}

static void
ask_for_schema (PvPublik *self, const char *slug, Op op, GTask *task)
{
  GString *query;
  g_autofree char *path = NULL;

  start_call (task, op, slug);
  if (!pv_publik_is_slug (slug)) {
    fail (task, PV_PORTAL_ERROR_GONE, "no form has such a name");
    return;
  }
  path = g_strdup_printf ("/api/formdefs/%s/schema", slug);
  query = g_string_new (NULL);
  pv_publik_append_parameter (query, "include-id", "true");
  send_call (self, task, &self->wcs, path, query, NULL);
}

static void
publik_describe (PvPortal *portal, const char *slug, GTask *task)
{
  ask_for_schema (PV_PUBLIK (portal), slug, OP_DESCRIBE, task);
}

static void
publik_survey (PvPortal *portal, const char *slug, GTask *task)
{
  ask_for_schema (PV_PUBLIK (portal), slug, OP_SURVEY, task);
}

static void
publik_options (PvPortal *portal, const char *slug, const char *source, const char *query, GTask *task)
{
  PvPublik *self = PV_PUBLIK (portal);
  g_autofree char *path = pv_publik_make_option_path (source);
  const PvPublikSite *site = g_str_has_prefix (source, "cards:") ? &self->wcs : &self->chrono;

  start_call (task, OP_OPTIONS, slug)->words = g_strdup (query);
  if (path == NULL)
    fail (task, PV_PORTAL_ERROR_CONFIGURATION, "not a source of options");
  else
    send_call (self, task, site, path, g_string_new (NULL), NULL);
}

/* What the outcome repeats of it: no answers. */
static PvSubmission *
copy_head (const PvSubmission *submission)
{
  PvSubmission *head = pv_submission_new ();

  head->purpose = submission->purpose;
  head->slug = g_strdup (submission->slug);
  head->ref = g_strdup (submission->ref);
  head->form_id = g_strdup (submission->form_id);
  if (submission->appointment != NULL)
    head->appointment = pv_appointment_copy (submission->appointment);
  return head;
}

static GBytes *
take_body (PvJsonWriter *writer)
{
  gsize size;
  const char *text = pv_json_writer_get_text (writer, &size);

  return g_bytes_new_with_free_func (text, size, (GDestroyNotify) pv_json_writer_free, writer);
}

/* A relay makes sure that what is replaced was booked under that reference: numbers of bookings can be guessed. */
static void
book (PvPublik *self, const PvSubmission *submission, GTask *task)
{
  const PvAppointment *appointment = submission->appointment;
  g_autofree char *path =
    appointment != NULL ? pv_publik_make_fillslot_path (appointment->source, appointment->slot) : NULL;
  g_autoptr (GBytes) body = NULL;
  GString *query;

  start_call (task, OP_BOOK, submission->slug)->submission = copy_head (submission);
  if (path == NULL) {
    fail (task, PV_PORTAL_ERROR_CONFIGURATION, "not a time of an agenda");
    return;
  }
  query = g_string_new (NULL);
  if (self->mode == PV_PUBLIK_RELAY && appointment->cancels_ref != NULL)
    pv_publik_append_parameter (query, "owner", appointment->cancels_ref);
  body = take_body (pv_publik_build_booking (submission));
  send_call (self, task, &self->chrono, path, query, body);
}

static void
give_up (PvPublik *self, const PvSubmission *submission, GTask *task)
{
  const PvAppointment *appointment = submission->appointment;
  g_autofree char *path =
    appointment != NULL && appointment->cancels != NULL ? pv_publik_make_cancel_path (appointment->cancels) : NULL;
  g_autoptr (GBytes) body = g_bytes_new_static ("{}", 2);
  GString *query;

  start_call (task, OP_CANCEL, submission->slug)->submission = copy_head (submission);
  if (path == NULL || appointment->cancels_ref == NULL) {
    fail (task, PV_PORTAL_ERROR_CONFIGURATION, "not the number of a booking");
    return;
  }
  query = g_string_new (NULL);
  if (self->mode == PV_PUBLIK_RELAY) {
    pv_publik_append_parameter (query, "booking", appointment->cancels);
    pv_publik_append_parameter (query, "ref", appointment->cancels_ref);
    send_call (self, task, &self->chrono, "/relay/booking/cancel", query, body);
  } else {
    send_call (self, task, &self->chrono, path, query, body);
  }
}

static void
publik_find_booking (PvPortal *portal, const char *ref, GTask *task)
{
  PvPublik *self = PV_PUBLIK (portal);
  GString *query = g_string_new (NULL);

  start_call (task, OP_FIND_BOOKING, NULL)->ref = g_strdup (ref);
  if (self->mode == PV_PUBLIK_RELAY) {
    pv_publik_append_parameter (query, "ref", ref);
    send_call (self, task, &self->chrono, "/relay/booking/find", query, NULL);
  } else {
    pv_publik_append_parameter (query, PV_BOOKING_REF_FIELD, ref);
    send_call (self, task, &self->chrono, "/api/bookings/", query, NULL);
  }
}

/* A form. */
static void
file (PvPublik *self, const PvSubmission *submission, GTask *task)
{
  Call *call = start_call (task, OP_SUBMIT, submission->slug);
  GError *error = NULL;
  PvJsonWriter *writer;
  g_autoptr (GBytes) body = NULL;
  g_autofree char *path = NULL;

  if (!pv_publik_is_slug (submission->slug)) {
    fail (task, PV_PORTAL_ERROR_GONE, "no form has such a name");
    return;
  }
  writer = pv_publik_build_body (submission, &error);
  if (writer == NULL) {
    g_task_return_error (task, error);
    g_object_unref (task);
    return;
  }
  body = take_body (writer);
  call->submission = copy_head (submission);
  path = g_strdup_printf ("/api/formdefs/%s/submit", submission->slug);
  send_call (self, task, &self->wcs, path, new_anonymous_query (self), body);
}

static void
publik_submit (PvPortal *portal, const PvSubmission *submission, GTask *task)
{
  PvPublik *self = PV_PUBLIK (portal);

  switch (submission->purpose) {
  case PV_SUBMISSION_FILE:
  case PV_SUBMISSION_DRAFT:
    file (self, submission, task);
    break;
  case PV_SUBMISSION_BOOK:
    book (self, submission, task);
    break;
  case PV_SUBMISSION_CANCEL:
    give_up (self, submission, task);
    break;
  }
}

static void
publik_find (PvPortal *portal, const char *slug, const char *ref_field, const char *ref, GTask *task)
{
  PvPublik *self = PV_PUBLIK (portal);
  Call *call = start_call (task, OP_FIND, slug);
  GString *query = g_string_new (NULL);
  g_autofree char *path = NULL;

  if (!pv_publik_is_slug (slug) || !pv_publik_is_slug (pv_publik_field_id (ref_field))) {
    g_string_free (query, TRUE);
    fail (task, PV_PORTAL_ERROR_GONE, "no form or field has such a name");
    return;
  }
  call->ref = g_strdup (ref);
  call->ref_field = g_strdup (pv_publik_field_id (ref_field));
  if (self->mode == PV_PUBLIK_RELAY) {
    pv_publik_append_parameter (query, "form", slug);
    if (!g_str_equal (call->ref_field, PV_PUBLIK_REF_NAME))
      pv_publik_append_parameter (query, "field", call->ref_field);
    pv_publik_append_parameter (query, "ref", ref);
    path = g_strdup ("/relay/find");
  } else {
    g_autofree char *filter = g_strconcat ("filter-", call->ref_field, NULL);

    pv_publik_append_parameter (query, filter, ref);
    pv_publik_append_parameter (query, "include-fields", "on");
    pv_publik_append_parameter (query, "limit", G_STRINGIFY (5));
    path = g_strdup_printf ("/api/forms/%s/list", slug);
  }
  send_call (self, task, &self->wcs, path, query, NULL);
}

static void
publik_follow (PvPortal *portal, const char *code, GTask *task)
{
  PvPublik *self = PV_PUBLIK (portal);
  GString *query;

  start_call (task, OP_FOLLOW, NULL);
  if (self->mode != PV_PUBLIK_RELAY) {
    fail (task, PV_PORTAL_ERROR_UNSUPPORTED, "following a filing needs a relay");
    return;
  }
  if (!pv_publik_is_slug (code)) {
    fail (task, PV_PORTAL_ERROR_GONE, "no filing has such a code");
    return;
  }
  query = g_string_new (NULL);
  pv_publik_append_parameter (query, "code", code);
  send_call (self, task, &self->wcs, "/relay/follow", query, NULL);
}

static PvHttpResponse *
finish_drop_call (GTask *task, GAsyncResult *result, PvPublikAnswer *ret_answer)
{
  PvPublik *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  PvHttpResponse *response = pv_http_send_finish (self->client, result, &error);

  if (response != NULL)
    *ret_answer = pv_publik_read_response (response, self->now_us ());
  else
    g_task_return_error (task, pv_publik_translate_http_error (PV_PUBLIK_CALL_READ, error));
  return response;
}

static void
return_boolean (GTask *task, gboolean is_right, GError *error)
{
  if (is_right)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
opened_drop_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  PvPublikAnswer answer;
  g_autoptr (PvHttpResponse) response = finish_drop_call (task, result, &answer);
  GError *error = NULL;

  (void) source;
  if (response != NULL) {
    gboolean is_open = pv_publik_read_opened_drop (&answer, &error);
    return_boolean (task, is_open, error);
  }
}

static void
closed_drop_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  PvPublikAnswer answer;
  g_autoptr (PvHttpResponse) response = finish_drop_call (task, result, &answer);
  GError *error = NULL;

  (void) source;
  if (response != NULL) {
    gboolean is_closed = pv_publik_read_closed_drop (&answer, &error);
    return_boolean (task, is_closed, error);
  }
}

static void
taken_drop_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  PvPublikAnswer answer;
  g_autoptr (PvHttpResponse) response = finish_drop_call (task, result, &answer);
  GError *error = NULL;
  gboolean is_there;

  (void) source;
  if (response == NULL)
    return;
  if (!pv_publik_read_taken_drop (&answer, &is_there, &error))
    g_task_return_error (task, error);
  else if (is_there)
    g_task_return_pointer (task, g_bytes_ref (pv_http_response_get_body (response)), (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_pointer (task, NULL, NULL);
}

/* Takes @task, which ends in @callback. */
static void
send_drop_call (PvPublik *self, GTask *task, const char *method, const char *id, GAsyncReadyCallback callback)
{
  g_autofree char *path = pv_publik_make_drop_path (id);
  g_autofree char *url = path != NULL ? g_strconcat (self->wcs.url, path, NULL) : NULL;
  const PvHttpRequest request = {
    .method = method,
    .url = url,
    .total_timeout_ms = PV_PUBLIK_DROP_TIMEOUT_MS,
    .max_response_bytes = PV_DROP_MAX_SEALED_BYTES,
  };

  if (self->mode != PV_PUBLIK_RELAY)
    fail (task, PV_PORTAL_ERROR_UNSUPPORTED, "a document from a phone needs a relay");
  else if (url == NULL)
    fail (task, PV_PORTAL_ERROR_GONE, "no place has such a name");
  else
    pv_http_send_async (self->client, &request, g_task_get_cancellable (task), callback, task);
}

static void
publik_open_drop (PvPortal *portal, const char *id, GTask *task)
{
  send_drop_call (PV_PUBLIK (portal), task, "POST", id, opened_drop_cb);
}

static void
publik_take_drop (PvPortal *portal, const char *id, GTask *task)
{
  send_drop_call (PV_PUBLIK (portal), task, "GET", id, taken_drop_cb);
}

static void
publik_invoice (PvPortal *portal, const char *uuid, guint64 cents, GTask *task)
{
  pv_publik_ask_invoice (&PV_PUBLIK (portal)->invoices, uuid, cents, FALSE, task);
}

static void
publik_invoice_pdf (PvPortal *portal, const char *uuid, guint64 cents, GTask *task)
{
  pv_publik_ask_invoice (&PV_PUBLIK (portal)->invoices, uuid, cents, TRUE, task);
}

static void
publik_close_drop (PvPortal *portal, const char *id, GTask *task)
{
  send_drop_call (PV_PUBLIK (portal), task, "DELETE", id, closed_drop_cb);
}

static void
pv_publik_iface_init (PvPortalInterface *iface)
{
  iface->get_features = publik_get_features;
  iface->list = publik_list;
  iface->describe = publik_describe;
  iface->options = publik_options;
  iface->submit = publik_submit;
  iface->find = publik_find;
  iface->follow = publik_follow;
  iface->open_drop = publik_open_drop;
  iface->take_drop = publik_take_drop;
  iface->invoice = publik_invoice;
  iface->invoice_pdf = publik_invoice_pdf;
  iface->close_drop = publik_close_drop;
  iface->find_booking = publik_find_booking;
  iface->survey = publik_survey;
}

static void
pv_publik_finalize (GObject *object)
{
  PvPublik *self = PV_PUBLIK (object);

  pv_publik_site_clear (&self->wcs);
  pv_publik_site_clear (&self->chrono);
  g_free (self->portal_url);
  g_strfreev (self->invoices.regies);
  g_strfreev (self->invoices.payment_hosts);
  g_clear_pointer (&self->sources, g_hash_table_unref);
  g_clear_pointer (&self->categories, g_hash_table_unref);
  g_clear_pointer (&self->catalogue, pv_catalogue_unref);
  g_clear_pointer (&self->client, pv_http_client_unref);
  G_OBJECT_CLASS (pv_publik_parent_class)->finalize (object);
}

static void
pv_publik_class_init (PvPublikClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = pv_publik_finalize;
}

static void
pv_publik_init (PvPublik *self)
{
  (void) self;
}

static gboolean
is_url (const char *url)
{
  return url != NULL && (g_str_has_prefix (url, "https://") || g_str_has_prefix (url, "http://"));
}

static const char *
find_fault (const PvPublikConfig *config)
{
  gboolean is_direct = config->mode == PV_PUBLIK_DIRECT;

  if (!is_url (config->base_url))
    return "the portal's or relay's address is missing or not https";
  if (is_direct && (config->orig == NULL || *config->orig == '\0' || config->key == NULL || *config->key == '\0'))
    return "the name or the key of the portal's API access is missing";
  if (config->portal_url != NULL ? !is_url (config->portal_url) : !is_direct)
    return "the portal's address for people is missing or not https";
  if (config->agenda_url != NULL && (!is_url (config->agenda_url) || !is_direct))
    return "the agendas' address is not https, or the relay already has it";
  return NULL;
}

/* A key that could read invoices could read everybody's: only a relay may. */
static void
set_invoices (PvPublik *self, const PvPublikConfig *config)
{
  self->invoices.site = &self->wcs;
  self->invoices.client = self->client;
  self->invoices.now_us = self->now_us;
  self->invoices.portal = self->portal_url;
  if (self->mode == PV_PUBLIK_RELAY)
    self->invoices.regies = g_strdupv ((char **) config->regies);
  self->invoices.payment_hosts = g_strdupv ((char **) config->payment_hosts);
}

PvPublik *
pv_publik_new (const PvPublikConfig *config, PvHttpClient *client, GError **error)
{
  const char *fault = find_fault (config);
  const char *key = config->mode == PV_PUBLIK_DIRECT ? config->key : NULL; /* a relay signs itself */
  PvPublik *self;

  if (fault != NULL) {
    g_set_error_literal (error, PV_PORTAL_ERROR, PV_PORTAL_ERROR_CONFIGURATION, fault);
    return NULL;
  }
  self = g_object_new (PV_TYPE_PUBLIK, NULL);
  self->mode = config->mode;
  self->client = pv_http_client_ref (client);
  self->now_us = config->now_us != NULL ? config->now_us : g_get_real_time;
  pv_publik_site_set (&self->wcs, config->base_url, config->orig, key);
  pv_publik_site_set (&self->chrono, config->agenda_url != NULL ? config->agenda_url : config->base_url,
                      config->agenda_orig != NULL ? config->agenda_orig : config->orig,
                      key != NULL && config->agenda_key != NULL ? config->agenda_key : key);
  self->portal_url = g_strdup (config->portal_url != NULL ? config->portal_url : self->wcs.url);
  if (g_str_has_suffix (self->portal_url, "/"))
    self->portal_url[strlen (self->portal_url) - 1] = '\0';
  self->sources = config->sources != NULL ? g_hash_table_ref (config->sources) : NULL;
  self->categories = config->categories != NULL ? g_hash_table_ref (config->categories) : NULL;
  set_invoices (self, config);
  return self;
}
