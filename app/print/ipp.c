/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "print/ipp.h"

#include "print/ipp-about.h"
#include "print/ipp-certificate.h"
#include "print/ipp-media.h"
#include "print/pdf-file.h"

#include <cups/cups.h>
#include <string.h>

#define PDF_TYPE "application/pdf"
/* To a printer that is spoken to directly; CUPS wants the name of the account instead. */
#define NEUTRAL_USER "parvis"

enum {
  MAX_REASONS = 32,
  MAX_KEYWORD_BYTES = 255, /* RFC 8011, 5.1.4 */
  URI_BYTES = 1024,
};

struct PvIpp {
  /* owned */
  http_t *http; /* (nullable): NULL = not connected */
  char *host, *resource, *printer_uri, *job_name, *user;
  char *fingerprint; /* (nullable) */
  int port;
  int request_ms; /* without an answer */
  http_encryption_t encryption;
  gboolean is_queue;
  gboolean has_timed_out; /* since the last document began: what was asked may yet be read and done */
  PvIpp *device;          /* owned, (nullable): behind the queue, asked while it prints */
  int device_up_s;        /* of it, before the job; 0 or less: not told */
};

/* Nobody is there to type a password; libcups would ask the terminal. */
static const char *
refuse_password_cb (const char *prompt, http_t *http, const char *method, const char *resource, void *user_data)
{
  (void) prompt;
  (void) http;
  (void) method;
  (void) resource;
  (void) user_data;
  return NULL;
}

/* 0 = give up; libcups would go on for a minute. */
static int
timeout_cb (http_t *http, void *user_data)
{
  PvIpp *ipp = user_data;

  (void) http;
  ipp->has_timed_out = TRUE;
  return 0;
}

static gboolean
parse_uri (PvIpp *ipp, const char *uri, GError **error)
{
  char scheme[32], user[256], host[256], resource[URI_BYTES];

  if (httpSeparateURI (HTTP_URI_CODING_ALL, uri, scheme, sizeof scheme, user, sizeof user, host, sizeof host,
                       &ipp->port, resource, sizeof resource)
        < HTTP_URI_STATUS_OK
      || (strcmp (scheme, "ipp") != 0 && strcmp (scheme, "ipps") != 0)) {
    g_set_error (error, PV_PRINT_ERROR, PV_PRINT_ERROR_REFUSED, "not an address of a printer: ipp:// or ipps://");
    return FALSE;
  }
  ipp->encryption = strcmp (scheme, "ipps") == 0 ? HTTP_ENCRYPTION_ALWAYS : HTTP_ENCRYPTION_IF_REQUESTED;
  ipp->host = g_strdup (host);
  ipp->resource = g_strdup (resource);
  ipp->printer_uri = g_strdup (uri);
  ipp->user = g_strdup (NEUTRAL_USER);
  return TRUE;
}

static gboolean
is_queue_name (const char *queue)
{
  for (const char *at = queue; *at != '\0'; at++)
    if (!g_ascii_isgraph (*at) || strchr ("/?#", *at) != NULL)
      return FALSE;
  return *queue != '\0' && strlen (queue) <= 127;
}

static gboolean
take_queue (PvIpp *ipp, const char *queue, GError **error)
{
  if (!is_queue_name (queue)) {
    g_set_error (error, PV_PRINT_ERROR, PV_PRINT_ERROR_REFUSED, "not a name of a print queue");
    return FALSE;
  }
  ipp->is_queue = TRUE;
  ipp->host = g_strdup (cupsServer ());
  ipp->port = ippPort ();
  ipp->encryption = cupsEncryption ();
  ipp->resource = g_strconcat ("/printers/", queue, NULL);
  ipp->printer_uri = g_strconcat ("ipp://localhost/printers/", queue, NULL);
  /* CUPS lets an account cancel its own jobs without a password only under its real name. */
  ipp->user = g_strdup (g_get_user_name ());
  return TRUE;
}

PvIpp *
pv_ipp_new (const PvIppTarget *target, GError **error)
{
  PvIpp *ipp = g_new0 (PvIpp, 1);

  ipp->job_name = g_strdup (target->job_name);
  ipp->request_ms = PV_IPP_REQUEST_MS;
  ipp->fingerprint = g_strdup (target->fingerprint);
  if (target->uri != NULL ? !parse_uri (ipp, target->uri, error)
                          : !take_queue (ipp, target->queue != NULL ? target->queue : "", error)) {
    pv_ipp_free (ipp);
    return NULL;
  }
  if (ipp->fingerprint != NULL && !ipp->is_queue && ipp->encryption != HTTP_ENCRYPTION_ALWAYS) {
    g_set_error (error, PV_PRINT_ERROR, PV_PRINT_ERROR_REFUSED, "a certificate, but not an address with ipps://");
    pv_ipp_free (ipp);
    return NULL;
  }
  cupsSetPasswordCB2 (refuse_password_cb, NULL);
  cupsSetUser (ipp->user);
  return ipp;
}

void
pv_ipp_set_user (PvIpp *ipp, const char *user)
{
  if (ipp->is_queue)
    return;
  g_free (ipp->user);
  ipp->user = g_strdup (user != NULL ? user : NEUTRAL_USER);
  cupsSetUser (ipp->user);
}

gboolean
pv_ipp_is_queue (const PvIpp *ipp)
{
  return ipp->is_queue;
}

static void
disconnect (PvIpp *ipp)
{
  g_clear_pointer (&ipp->http, httpClose);
}

void
pv_ipp_free (PvIpp *ipp)
{
  if (ipp == NULL)
    return;
  disconnect (ipp);
  pv_ipp_free (ipp->device);
  g_free (ipp->host);
  g_free (ipp->resource);
  g_free (ipp->printer_uri);
  g_free (ipp->job_name);
  g_free (ipp->user);
  g_free (ipp->fingerprint);
  g_free (ipp);
}

/* libcups connects again by itself, so the printer is known only for what has been sent so far: this is asked before the
 * document goes, and before an answer is believed. Of a queue it is the device that has a certificate. */
static gboolean
check_peer (PvIpp *ipp, GError **error)
{
  g_autofree char *fingerprint = NULL;

  if (ipp->fingerprint == NULL || ipp->is_queue)
    return TRUE;
  fingerprint = pv_ipp_get_fingerprint (ipp->http);
  if (g_strcmp0 (fingerprint, ipp->fingerprint) == 0)
    return TRUE;
  disconnect (ipp);
  g_set_error (error, PV_PRINT_ERROR, PV_PRINT_ERROR_STRANGER, "not the printer of the settings: another certificate");
  return FALSE;
}

static gboolean
connect_to_printer (PvIpp *ipp, GError **error)
{
  if (ipp->http != NULL)
    return TRUE;
  ipp->http = httpConnect2 (ipp->host, ipp->port, NULL, AF_UNSPEC, ipp->encryption, 1, ipp->request_ms, NULL);
  /* CUPS 2.4 may answer with a connection that is none: only the descriptor tells. */
  if (ipp->http == NULL || httpGetFd (ipp->http) < 0) {
    disconnect (ipp);
    g_set_error (error, PV_PRINT_ERROR, PV_PRINT_ERROR_OFFLINE, "no connection to the printer");
    return FALSE;
  }
  httpSetTimeout (ipp->http, ipp->request_ms / 1000.0, timeout_cb, ipp);
  return check_peer (ipp, error);
}

static ipp_t *
create_request_of (const PvIpp *ipp, ipp_op_t operation, const char *user)
{
  ipp_t *request = ippNewRequest (operation);

  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri", NULL, ipp->printer_uri);
  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", NULL, user);
  return request;
}

static ipp_t *
create_request (const PvIpp *ipp, ipp_op_t operation)
{
  return create_request_of (ipp, operation, ipp->user);
}

/* An error of HTTP that blames the request is an answer, which libcups translates: it was not taken. CUPS says so in the middle
 * of a document for which its disk has no room. */
static gboolean
is_blamed (ipp_status_t status)
{
  return status >= IPP_STATUS_ERROR_BAD_REQUEST && status < IPP_STATUS_ERROR_INTERNAL;
}

/* Judges @response, takes it. Returns: (transfer full): itself if it is a success */
static ipp_t *
check_response (PvIpp *ipp, ipp_t *response, GError **error)
{
  ipp_status_t status = response != NULL ? ippGetStatusCode (response) : IPP_STATUS_ERROR_INTERNAL;
  PvPrintError code = PV_PRINT_ERROR_REFUSED;

  if (response != NULL && !check_peer (ipp, error)) {
    ippDelete (response);
    return NULL;
  }
  if (response != NULL && status < IPP_STATUS_REDIRECTION_OTHER_SITE)
    return response;
  if (response == NULL) {
    if (!is_blamed (cupsLastError ()))
      code = PV_PRINT_ERROR_OFFLINE;
    /* The connection may be out of step after a time limit. */
    disconnect (ipp);
    g_set_error (error, PV_PRINT_ERROR, code, "no answer from the printer (0x%04x)", (unsigned) cupsLastError ());
    return NULL;
  }
  if (status == IPP_STATUS_ERROR_NOT_FOUND || status == IPP_STATUS_ERROR_GONE)
    code = PV_PRINT_ERROR_BAD_DATA;
  else if (status == IPP_STATUS_ERROR_BUSY)
    code = PV_PRINT_ERROR_BUSY;
  else if (status == IPP_STATUS_ERROR_SERVICE_UNAVAILABLE)
    code = PV_PRINT_ERROR_OFFLINE;
  g_set_error (error, PV_PRINT_ERROR, code, "the printer refuses (0x%04x)", (unsigned) status);
  ippDelete (response);
  return NULL;
}

/* Takes @request. */
static ipp_t *
ask (PvIpp *ipp, ipp_t *request, GError **error)
{
  if (!connect_to_printer (ipp, error)) {
    ippDelete (request);
    return NULL;
  }
  return check_response (ipp, cupsDoRequest (ipp->http, request, ipp->resource), error);
}

/* Keywords of an attribute, without "none". */
static GStrv
read_keywords (ipp_t *response, const char *name)
{
  g_autoptr (GStrvBuilder) keywords = g_strv_builder_new ();
  ipp_attribute_t *attribute = ippFindAttribute (response, name, IPP_TAG_ZERO);

  for (int i = 0; attribute != NULL && i < MIN (ippGetCount (attribute), MAX_REASONS); i++) {
    const char *keyword = ippGetString (attribute, i, NULL);
    if (keyword != NULL && strcmp (keyword, "none") != 0 && strlen (keyword) <= MAX_KEYWORD_BYTES)
      g_strv_builder_add (keywords, keyword);
  }
  return g_strv_builder_end (keywords);
}

static int
read_integer (ipp_t *response, const char *name, int otherwise)
{
  ipp_attribute_t *attribute = ippFindAttribute (response, name, IPP_TAG_ZERO);

  return attribute != NULL && ippGetCount (attribute) > 0 ? ippGetInteger (attribute, 0) : otherwise;
}

static void
take_printer (ipp_t *response, PvIppPrinter *ret_printer)
{
  ipp_attribute_t *accepting = ippFindAttribute (response, "printer-is-accepting-jobs", IPP_TAG_BOOLEAN);

  ret_printer->state = read_integer (response, "printer-state", PV_IPP_PRINTER_STOPPED);
  ret_printer->is_accepting = accepting == NULL || ippGetBoolean (accepting, 0);
  ret_printer->reasons = read_keywords (response, "printer-state-reasons");
  ret_printer->up_s = read_integer (response, "printer-up-time", -1);
}

/* @ret_device_uri: (out) (nullable): of a queue, NULL if it does not tell one */
static gboolean
read_printer (PvIpp *ipp, PvIppPrinter *ret_printer, char **ret_device_uri, GError **error)
{
  static const char *const wanted[] = { "printer-state", "printer-state-reasons", "printer-is-accepting-jobs",
                                        "printer-up-time", "device-uri" };
  ipp_t *request = create_request (ipp, IPP_OP_GET_PRINTER_ATTRIBUTES);
  ipp_attribute_t *device_uri;
  ipp_t *response;

  ippAddStrings (request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes",
                 (int) G_N_ELEMENTS (wanted) - !ipp->is_queue, NULL, wanted);
  response = ask (ipp, request, error);
  if (response == NULL)
    return FALSE;
  take_printer (response, ret_printer);
  device_uri = ippFindAttribute (response, "device-uri", IPP_TAG_URI);
  if (ret_device_uri != NULL)
    *ret_device_uri = ipp->is_queue && device_uri != NULL ? g_strdup (ippGetString (device_uri, 0, NULL)) : NULL;
  ippDelete (response);
  return TRUE;
}

gboolean
pv_ipp_read_printer (PvIpp *ipp, PvIppPrinter *ret_printer, GError **error)
{
  return read_printer (ipp, ret_printer, NULL, error);
}

/* The printer behind a queue. NULL without an error: a backend that is no IPP, a serial line for example, or none: there
 * is nobody to ask. */
static PvIpp *
open_device (const PvIpp *ipp, const char *device_uri, GError **error)
{
  /* What follows is for CUPS: how long it tries. */
  g_autofree char *uri = device_uri != NULL ? g_strndup (device_uri, strcspn (device_uri, "?")) : g_strdup ("");
  PvIppTarget target = { .uri = uri, .job_name = ipp->job_name };
  PvIpp *device;

  if (!g_str_has_prefix (uri, "ipp://") && !g_str_has_prefix (uri, "ipps://"))
    return NULL;
  target.fingerprint = ipp->fingerprint;
  device = pv_ipp_new (&target, error);
  cupsSetUser (ipp->user);
  if (device != NULL) {
    /* CUPS sends its jobs under the account's name, and a printer may let nobody else cancel them. */
    g_free (device->user);
    device->user = g_strdup (ipp->user);
  }
  return device;
}

gboolean
pv_ipp_check_ready (PvIpp *ipp, PvPrintReason *ret_reason, GStrv *ret_before, GError **error)
{
  g_auto (PvIppPrinter) printer = { 0 };
  g_auto (PvIppPrinter) device = { 0 };
  g_autofree char *device_uri = NULL;
  g_autoptr (PvIpp) behind = NULL;
  g_autoptr (GError) local = NULL;
  gboolean is_ready = FALSE;
  PvPrintReason reason;

  if (read_printer (ipp, &printer, &device_uri, &local)) {
    *ret_reason = pv_ipp_judge_printer (&printer, &is_ready);
    behind = is_ready ? open_device (ipp, device_uri, &local) : NULL;
    if (behind != NULL && read_printer (behind, &device, NULL, &local)) {
      ipp->device_up_s = device.up_s;
      reason = pv_ipp_judge_printer (&device, &is_ready);
      if (!is_ready || *ret_reason == PV_PRINT_REASON_NONE)
        *ret_reason = reason;
    }
  }
  if (local != NULL) {
    *ret_reason = pv_ipp_judge_error (local);
    g_propagate_error (error, g_steal_pointer (&local));
    return FALSE;
  }
  if (ret_before != NULL)
    *ret_before = g_steal_pointer (&printer.reasons);
  return is_ready;
}

/* (transfer full) (nullable) */
static ipp_t *
ask_about_media (PvIpp *ipp, GError **error)
{
  ipp_t *request = create_request (ipp, IPP_OP_GET_PRINTER_ATTRIBUTES);

  ippAddStrings (request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes", PV_IPP_MEDIA_N_WANTED, NULL,
                 pv_ipp_media_wanted);
  return ask (ipp, request, error);
}

gboolean
pv_ipp_read_longest (PvIpp *ipp, PvPrintMedia media, guint *ret_longest_mm, GError **error)
{
  ipp_t *response = ask_about_media (ipp, error);
  gboolean has_media;

  if (response == NULL)
    return FALSE;
  has_media = pv_ipp_media_read_longest (response, media, ret_longest_mm, error);
  ippDelete (response);
  return has_media;
}

/* The paper, and that nothing is to be scaled, as far as the printer knows the word. */
static gboolean
add_media (PvIpp *ipp, ipp_t *job, const PvPdfSize *size, PvPrintMedia media, GError **error)
{
  ipp_t *response = ask_about_media (ipp, error);
  gboolean is_there;

  if (response == NULL)
    return FALSE;
  is_there = pv_ipp_media_add (job, response, size, media, ipp->is_queue, error);
  ippDelete (response);
  return is_there;
}

static ipp_t *
create_print_request (PvIpp *ipp, GBytes *pdf, PvPrintMedia media, GError **error)
{
  PvPdfSize size;
  ipp_t *job;

  if (!pv_pdf_file_measure (pdf, &size, error))
    return NULL;
  job = create_request (ipp, IPP_OP_PRINT_JOB);
  ippAddString (job, IPP_TAG_OPERATION, IPP_TAG_NAME, "job-name", NULL, ipp->job_name);
  ippAddString (job, IPP_TAG_OPERATION, IPP_TAG_MIMETYPE, "document-format", NULL, PDF_TYPE);
  if (!add_media (ipp, job, &size, media, error)) {
    ippDelete (job);
    return NULL;
  }
  ippAddString (job, IPP_TAG_JOB, IPP_TAG_KEYWORD, "sides", NULL, "one-sided");
  if (ipp->is_queue)
    ippAddInteger (job, IPP_TAG_JOB, IPP_TAG_INTEGER, "job-cancel-after", PV_IPP_QUEUE_CANCEL_S);
  return job;
}

typedef struct OwnJob {
  int number, state;
  char owner[MAX_KEYWORD_BYTES + 1]; /* empty: the printer does not say */
} OwnJob;

/* The jobs of our name, @which as "which-jobs" is: one group of attributes for each job. A job that CUPS was told to purge while its backend was busy
 * keeps its place in the list, and loses its name: of our account, such a one is ours as well. */
static GArray *
list_own_jobs (PvIpp *ipp, const char *which, GError **error)
{
  static const char *const wanted[] = { "job-id", "job-name", "job-state", "job-originating-user-name" };
  ipp_t *request = create_request (ipp, IPP_OP_GET_JOBS);
  GArray *jobs;
  ipp_t *response;
  gboolean is_ours = FALSE, has_name = FALSE;
  OwnJob job = { 0 };

  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "which-jobs", NULL, which);
  ippAddInteger (request, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "limit", PV_IPP_MAX_JOBS);
  if (ipp->is_queue)
    ippAddBoolean (request, IPP_TAG_OPERATION, "my-jobs", 1);
  ippAddStrings (request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes", G_N_ELEMENTS (wanted), NULL,
                 wanted);
  response = ask (ipp, request, error);
  if (response == NULL)
    return NULL;
  jobs = g_array_new (FALSE, FALSE, sizeof (OwnJob));
  for (ipp_attribute_t *at = ippFirstAttribute (response);; at = ippNextAttribute (response)) {
    const char *name = at != NULL ? ippGetName (at) : NULL;
    if (name == NULL || ippGetGroupTag (at) != IPP_TAG_JOB) {
      if ((is_ours || (ipp->is_queue && !has_name)) && job.number > 0)
        g_array_append_val (jobs, job);
      is_ours = FALSE;
      has_name = FALSE;
      job = (OwnJob){ 0 };
    } else if (strcmp (name, "job-id") == 0) {
      job.number = ippGetInteger (at, 0);
    } else if (strcmp (name, "job-state") == 0) {
      job.state = ippGetInteger (at, 0);
    } else if (strcmp (name, "job-name") == 0) {
      has_name = TRUE;
      is_ours = g_strcmp0 (ippGetString (at, 0, NULL), ipp->job_name) == 0;
    } else if (strcmp (name, "job-originating-user-name") == 0 && ippGetString (at, 0, NULL) != NULL) {
      g_strlcpy (job.owner, ippGetString (at, 0, NULL), sizeof job.owner);
    }
    if (at == NULL)
      break;
  }
  ippDelete (response);
  return jobs;
}

/* Whether a document whose answer is lost was not taken for sure. CUPS makes a job when it has all of its document, and closes
 * the connection under one that its disk has no room for: then there is no job, or it was given up. */
static gboolean
is_surely_refused (PvIpp *ipp)
{
  g_autoptr (GArray) jobs = NULL;

  /* What stands in a line that nobody has closed may be read later. */
  if (!ipp->is_queue || ipp->has_timed_out)
    return FALSE;
  jobs = list_own_jobs (ipp, "all", NULL);
  for (guint i = 0; jobs != NULL && i < jobs->len; i++) {
    int state = g_array_index (jobs, OwnJob, i).state;
    if (state != PV_IPP_JOB_CANCELED && state != PV_IPP_JOB_ABORTED)
      return FALSE;
  }
  return jobs != NULL;
}

/* Takes @error, of the answer to a document that was under way. */
static void
propagate_lost (PvIpp *ipp, GError *error, GError **ret_error)
{
  if (g_error_matches (error, PV_PRINT_ERROR, PV_PRINT_ERROR_OFFLINE))
    error->code = is_surely_refused (ipp) ? PV_PRINT_ERROR_REFUSED : PV_PRINT_ERROR_LOST;
  g_propagate_error (ret_error, error);
}

/* In one request with its document: a job that was made and never filled would block the printer. */
gboolean
pv_ipp_submit (PvIpp *ipp, GBytes *pdf, PvPrintMedia media, int *ret_job, GError **error)
{
  ipp_t *request = create_print_request (ipp, pdf, media, error);
  gsize size;
  const char *data = g_bytes_get_data (pdf, &size);
  GError *local = NULL;
  gboolean is_under_way;
  http_status_t status;
  ipp_t *response;
  int job;

  if (request == NULL)
    return FALSE;
  if (!connect_to_printer (ipp, error)) {
    ippDelete (request);
    return FALSE;
  }
  ipp->has_timed_out = FALSE;
  status = cupsSendRequest (ipp->http, request, ipp->resource, CUPS_LENGTH_VARIABLE);
  ippDelete (request);
  is_under_way = status == HTTP_STATUS_CONTINUE;
  /* Only the request has gone so far. */
  if (is_under_way && !check_peer (ipp, error))
    return FALSE;
  if (is_under_way)
    status = cupsWriteRequestData (ipp->http, data, size);
  response =
    status == HTTP_STATUS_CONTINUE || status == HTTP_STATUS_OK ? cupsGetResponse (ipp->http, ipp->resource) : NULL;
  response = check_response (ipp, response, &local);
  if (response == NULL) {
    if (is_under_way)
      propagate_lost (ipp, local, error);
    else
      g_propagate_error (error, local);
    return FALSE;
  }
  job = read_integer (response, "job-id", 0);
  ippDelete (response);
  if (job <= 0) {
    g_set_error (error, PV_PRINT_ERROR, PV_PRINT_ERROR_REFUSED, "the printer gave the job no number");
    return FALSE;
  }
  *ret_job = job;
  return TRUE;
}

gboolean
pv_ipp_read_job (PvIpp *ipp, int job, PvIppJob *ret_job, GError **error)
{
  static const char *const wanted[] = { "job-state", "job-state-reasons", "job-printer-state-reasons",
                                        "job-impressions-completed" };
  ipp_t *request = create_request (ipp, IPP_OP_GET_JOB_ATTRIBUTES);
  ipp_t *response;

  ippAddInteger (request, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", job);
  ippAddStrings (request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes", G_N_ELEMENTS (wanted), NULL,
                 wanted);
  response = ask (ipp, request, error);
  if (response == NULL)
    return FALSE;
  ret_job->state = read_integer (response, "job-state", PV_IPP_JOB_PENDING);
  ret_job->reasons = read_keywords (response, "job-state-reasons");
  ret_job->printer_reasons = read_keywords (response, "job-printer-state-reasons");
  ret_job->impressions = read_integer (response, "job-impressions-completed", 0);
  ippDelete (response);
  return TRUE;
}

static gboolean
cancel (PvIpp *ipp, int job, const char *user, GError **error)
{
  ipp_t *request = create_request_of (ipp, IPP_OP_CANCEL_JOB, user);
  g_autoptr (GError) local = NULL;
  ipp_t *response;

  ippAddInteger (request, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", job);
  if (ipp->is_queue)
    ippAddBoolean (request, IPP_TAG_OPERATION, "purge-job", 1);
  response = ask (ipp, request, &local);
  ippDelete (response);
  /* A refusal or an unknown number: it is over. */
  if (response == NULL && g_error_matches (local, PV_PRINT_ERROR, PV_PRINT_ERROR_OFFLINE)) {
    g_propagate_error (error, g_steal_pointer (&local));
    return FALSE;
  }
  return TRUE;
}

gboolean
pv_ipp_cancel (PvIpp *ipp, int job, GError **error)
{
  return cancel (ipp, job, ipp->user, error);
}

static gboolean
sweep_own (PvIpp *ipp, guint *ret_n_left, GError **error)
{
  /* CUPS keeps of a job that is over what it was asked. */
  const char *which = ipp->is_queue ? "all" : "not-completed";
  g_autoptr (GArray) jobs = list_own_jobs (ipp, which, error);
  g_autoptr (GArray) left = NULL;

  if (jobs == NULL)
    return FALSE;
  for (guint i = 0; i < jobs->len; i++) {
    const OwnJob *job = &g_array_index (jobs, OwnJob, i);

    /* A session before may have sent it, and some printers let only its owner cancel it. */
    if (!cancel (ipp, job->number, job->owner[0] != '\0' && !ipp->is_queue ? job->owner : ipp->user, error))
      return FALSE;
  }
  left = jobs->len > 0 ? list_own_jobs (ipp, which, error) : g_array_ref (jobs);
  if (left == NULL)
    return FALSE;
  *ret_n_left = left->len;
  return TRUE;
}

PvIppAbout *
pv_ipp_read_about (PvIpp *ipp, GError **error)
{
  static const char *const wanted[] = { "printer-make-and-model",
                                        "printer-state",
                                        "printer-state-reasons",
                                        "printer-state-message",
                                        "printer-is-accepting-jobs",
                                        "printer-resolution-default",
                                        "document-format-supported",
                                        "media-supported",
                                        "media-ready",
                                        "media-size-supported" };
  ipp_t *request = create_request (ipp, IPP_OP_GET_PRINTER_ATTRIBUTES);
  PvIppAbout *about;
  ipp_t *response;

  ippAddStrings (request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes", G_N_ELEMENTS (wanted), NULL,
                 wanted);
  response = ask (ipp, request, error);
  if (response == NULL)
    return NULL;
  about = pv_ipp_about_new (response);
  ippDelete (response);
  return about;
}

void
pv_ipp_prepare (PvIpp *ipp)
{
  g_autofree char *port = g_strdup_printf ("%d", ipp->port);

  httpAddrFreeList (httpAddrGetList (ipp->host, AF_UNSPEC, port));
  /* Makes it read client.conf, and who this account is. */
  cupsEncryption ();
}

/* A job that CUPS has forgotten, for it was killed or restarted, may still be at the printer behind it, under our name. */
gboolean
pv_ipp_sweep (PvIpp *ipp, guint *ret_n_left, GError **error)
{
  g_auto (PvIppPrinter) queue = { 0 };
  g_autofree char *device_uri = NULL;
  g_autoptr (PvIpp) device = NULL;
  g_autoptr (GError) local = NULL;
  guint n_left = 0;

  /* One connection at a time is enough for it. */
  g_clear_pointer (&ipp->device, pv_ipp_free);
  if (ipp->is_queue && !read_printer (ipp, &queue, &device_uri, error))
    return FALSE;
  if (!sweep_own (ipp, ret_n_left, error))
    return FALSE;
  device = ipp->is_queue ? open_device (ipp, device_uri, NULL) : NULL;
  if (device == NULL)
    return TRUE;
  if (sweep_own (device, &n_left, &local))
    *ret_n_left += n_left;
  /* One that is off prints nothing, and gets nothing any more from a CUPS that has nothing. */
  else if (!g_error_matches (local, PV_PRINT_ERROR, PV_PRINT_ERROR_OFFLINE)) {
    g_propagate_error (error, g_steal_pointer (&local));
    return FALSE;
  }
  return TRUE;
}

gboolean
pv_ipp_ask_device (PvIpp *ipp, gboolean *ret_is_at_work)
{
  g_auto (PvIppPrinter) queue = { 0 };
  g_auto (PvIppPrinter) printer = { 0 };
  g_autofree char *device_uri = NULL;

  if (ipp->device == NULL && ipp->is_queue && read_printer (ipp, &queue, &device_uri, NULL))
    ipp->device = open_device (ipp, device_uri, NULL);
  if (ipp->device == NULL)
    return FALSE;
  ipp->device->request_ms = PV_IPP_DEVICE_MS;
  if (!read_printer (ipp->device, &printer, NULL, NULL))
    return FALSE;
  *ret_is_at_work = printer.state == PV_IPP_PRINTER_PROCESSING;
  return TRUE;
}

/* State of the newest job of our name that is over; 0 if the printer lists none. */
static int
read_newest_end (PvIpp *ipp)
{
  g_autoptr (GArray) jobs = list_own_jobs (ipp, "completed", NULL);
  OwnJob newest = { 0 };

  for (guint i = 0; jobs != NULL && i < jobs->len; i++)
    if (g_array_index (jobs, OwnJob, i).number > newest.number)
      newest = g_array_index (jobs, OwnJob, i);
  return newest.state;
}

PvIppEnd
pv_ipp_confirm_end (PvIpp *ipp)
{
  g_auto (PvIppPrinter) queue = { 0 };
  g_auto (PvIppPrinter) printer = { 0 };
  g_autofree char *device_uri = NULL;
  g_autoptr (PvIpp) device = NULL;
  g_autoptr (GArray) unfinished = NULL;
  g_autoptr (GError) error = NULL;
  int end;

  if (!ipp->is_queue)
    return PV_IPP_END_BELIEVED;
  g_clear_pointer (&ipp->device, pv_ipp_free);
  if (!read_printer (ipp, &queue, &device_uri, NULL))
    return PV_IPP_END_SILENT;
  device = open_device (ipp, device_uri, &error);
  if (device == NULL)
    return error == NULL ? PV_IPP_END_BELIEVED : PV_IPP_END_SILENT;
  if (!read_printer (device, &printer, NULL, NULL))
    return PV_IPP_END_SILENT;
  if (printer.up_s >= 0 && printer.up_s < ipp->device_up_s)
    return PV_IPP_END_RESTARTED;
  unfinished = list_own_jobs (device, "not-completed", NULL);
  if (unfinished != NULL && unfinished->len > 0)
    return PV_IPP_END_AT_WORK;
  end = read_newest_end (device);
  return end == PV_IPP_JOB_CANCELED || end == PV_IPP_JOB_ABORTED ? PV_IPP_END_GAVE_UP : PV_IPP_END_BELIEVED;
}
