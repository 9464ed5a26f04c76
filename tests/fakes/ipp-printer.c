/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ipp-printer.h"

#include <cups/cups.h>
#include <cups/ipp.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MAX_JOBS = 16, MAX_CONNECTIONS = 32 };

typedef struct {
  int id, state;
  char *name, *reasons, *owner;
} Job;

struct FakeIpp {
  GMutex lock;
  int listener;
  char *uri;
  GThread *accepter;
  GPtrArray *threads;
  int connections[MAX_CONNECTIONS];
  guint n_connections;
  gboolean is_closing;

  FakeIppMood mood;
  int state;
  char *reasons;
  gboolean is_accepting;
  Job jobs[MAX_JOBS];
  guint n_jobs;
  gsize document_size;
  GHashTable *asked;
  char *device; /* (nullable) */
  int up_s;
};

typedef struct {
  FakeIpp *fake;
  int fd;
} Connection;

static void
add_keywords (ipp_t *response, ipp_tag_t group, const char *name, const char *keywords)
{
  g_auto (GStrv) list = g_strsplit (keywords, ",", -1);

  ippAddStrings (response, group, IPP_TAG_KEYWORD, name, (int) g_strv_length (list), NULL, (const char *const *) list);
}

static void
add_printer (FakeIpp *fake, ipp_t *response)
{
  ipp_t *sizes[2] = { ippNew (), ippNew () };

  ippAddInteger (response, IPP_TAG_PRINTER, IPP_TAG_ENUM, "printer-state", fake->state);
  add_keywords (response, IPP_TAG_PRINTER, "printer-state-reasons", fake->reasons);
  ippAddBoolean (response, IPP_TAG_PRINTER, "printer-is-accepting-jobs", (char) fake->is_accepting);
  if (fake->device != NULL)
    ippAddString (response, IPP_TAG_PRINTER, IPP_TAG_URI, "device-uri", NULL, fake->device);
  if (fake->up_s >= 0)
    ippAddInteger (response, IPP_TAG_PRINTER, IPP_TAG_INTEGER, "printer-up-time", fake->up_s);
  ippAddInteger (sizes[0], IPP_TAG_ZERO, IPP_TAG_INTEGER, "x-dimension", 21000);
  ippAddInteger (sizes[0], IPP_TAG_ZERO, IPP_TAG_INTEGER, "y-dimension", 29700);
  ippAddRange (sizes[1], IPP_TAG_ZERO, "x-dimension", 7900, 8100);
  ippAddRange (sizes[1], IPP_TAG_ZERO, "y-dimension", 5000, 60000);
  ippAddCollections (response, IPP_TAG_PRINTER, "media-size-supported", 2, (const ipp_t **) sizes);
  ippDelete (sizes[0]);
  ippDelete (sizes[1]);
}

static void
add_job (ipp_t *response, const Job *job)
{
  ippAddInteger (response, IPP_TAG_JOB, IPP_TAG_INTEGER, "job-id", job->id);
  ippAddString (response, IPP_TAG_JOB, IPP_TAG_NAME, "job-name", NULL, job->name);
  if (job->owner != NULL)
    ippAddString (response, IPP_TAG_JOB, IPP_TAG_NAME, "job-originating-user-name", NULL, job->owner);
  ippAddInteger (response, IPP_TAG_JOB, IPP_TAG_ENUM, "job-state", job->state);
  add_keywords (response, IPP_TAG_JOB, "job-state-reasons", job->reasons);
}

static Job *
new_job (FakeIpp *fake, const char *name)
{
  Job *job = &fake->jobs[fake->n_jobs];

  g_assert (fake->n_jobs < MAX_JOBS);
  job->id = 100 + (int) fake->n_jobs++;
  job->state = IPP_JSTATE_PROCESSING;
  job->name = g_strdup (name);
  job->reasons = g_strdup ("none");
  return job;
}

static void
remember (FakeIpp *fake, ipp_attribute_t *attribute)
{
  char value[512];

  if (attribute == NULL || ippGetName (attribute) == NULL)
    return;
  ippAttributeString (attribute, value, sizeof value);
  g_hash_table_replace (fake->asked, g_strdup (ippGetName (attribute)), g_strdup (value));
}

static Job *
find_job (FakeIpp *fake, ipp_t *request)
{
  ipp_attribute_t *attribute = ippFindAttribute (request, "job-id", IPP_TAG_INTEGER);
  int id = attribute != NULL ? ippGetInteger (attribute, 0) : 0;

  for (guint i = 0; i < fake->n_jobs; i++)
    if (fake->jobs[i].id == id)
      return &fake->jobs[i];
  return NULL;
}

static const char *
get_user (ipp_t *request)
{
  return ippGetString (ippFindAttribute (request, "requesting-user-name", IPP_TAG_NAME), 0, NULL);
}

static gboolean
may_touch (FakeIpp *fake, const Job *job, ipp_t *request)
{
  return fake->mood != FAKE_IPP_KEEPS_SECRETS || g_strcmp0 (job->owner, get_user (request)) == 0;
}

static ipp_t *
answer_print (FakeIpp *fake, ipp_t *request)
{
  const char *name = ippGetString (ippFindAttribute (request, "job-name", IPP_TAG_NAME), 0, NULL);

  g_hash_table_remove_all (fake->asked);
  for (ipp_attribute_t *at = ippFirstAttribute (request); at != NULL; at = ippNextAttribute (request))
    remember (fake, at);
  if (fake->mood == FAKE_IPP_REFUSES_JOBS) {
    ipp_t *refusal = ippNewResponse (request);
    ippSetStatusCode (refusal, IPP_STATUS_ERROR_NOT_ACCEPTING_JOBS);
    return refusal;
  }
  if (fake->mood == FAKE_IPP_HAS_NO_ROOM)
    return NULL;
  Job *job = new_job (fake, name != NULL ? name : "");
  job->owner = g_strdup (get_user (request));
  if (fake->mood == FAKE_IPP_HANGS_UP_ON_PRINT)
    return NULL;
  ipp_t *response = ippNewResponse (request);
  add_job (response, job);
  return response;
}

static gboolean
is_listed (FakeIpp *fake, const Job *job, ipp_t *request)
{
  const char *which = ippGetString (ippFindAttribute (request, "which-jobs", IPP_TAG_KEYWORD), 0, NULL);

  return may_touch (fake, job, request)
         && (g_strcmp0 (which, "all") == 0
             || (job->state >= IPP_JSTATE_CANCELED) == (g_strcmp0 (which, "completed") == 0));
}

static ipp_t *
answer (FakeIpp *fake, ipp_t *request)
{
  Job *job = find_job (fake, request);
  ipp_t *response;
  gboolean is_first = TRUE;

  if (ippGetOperation (request) == IPP_OP_PRINT_JOB)
    return answer_print (fake, request);
  response = ippNewResponse (request);
  switch ((int) ippGetOperation (request)) {
  case IPP_OP_GET_PRINTER_ATTRIBUTES:
    add_printer (fake, response);
    break;
  case IPP_OP_GET_JOB_ATTRIBUTES:
    if (job == NULL || fake->mood == FAKE_IPP_FORGETS_JOBS)
      ippSetStatusCode (response, IPP_STATUS_ERROR_NOT_FOUND);
    else
      add_job (response, job);
    break;
  case IPP_OP_CANCEL_JOB:
    if (job == NULL)
      ippSetStatusCode (response, IPP_STATUS_ERROR_NOT_FOUND);
    else if (!may_touch (fake, job, request))
      ippSetStatusCode (response, IPP_STATUS_ERROR_NOT_AUTHORIZED);
    else if (job->state >= IPP_JSTATE_CANCELED)
      ippSetStatusCode (response, IPP_STATUS_ERROR_NOT_POSSIBLE);
    else if (fake->mood != FAKE_IPP_CANNOT_STOP)
      job->state = IPP_JSTATE_CANCELED;
    break;
  case IPP_OP_GET_JOBS:
    for (guint i = 0; i < fake->n_jobs; i++) {
      if (!is_listed (fake, &fake->jobs[i], request))
        continue;
      if (!is_first)
        ippAddSeparator (response);
      is_first = FALSE;
      add_job (response, &fake->jobs[i]);
    }
    break;
  default:
    ippSetStatusCode (response, IPP_STATUS_ERROR_OPERATION_NOT_SUPPORTED);
    break;
  }
  return response;
}

static gboolean
serve_one (FakeIpp *fake, http_t *http)
{
  char path[1024], buffer[4096];
  http_status_t status;
  ipp_t *request, *response;
  ipp_state_t state;
  gsize size = 0;
  ssize_t got;
  gboolean is_mute;

  if (httpReadRequest (http, path, sizeof path) != HTTP_STATE_POST)
    return FALSE;
  while ((status = httpUpdate (http)) == HTTP_STATUS_CONTINUE)
    ;
  if (status != HTTP_STATUS_OK)
    return FALSE;
  if (httpGetExpect (http) == HTTP_STATUS_CONTINUE)
    httpWriteResponse (http, HTTP_STATUS_CONTINUE);
  request = ippNew ();
  while ((state = ippRead (http, request)) != IPP_STATE_DATA && state != IPP_STATE_ERROR)
    ;
  while (state == IPP_STATE_DATA && httpGetState (http) == HTTP_STATE_POST_RECV
         && (got = httpRead2 (http, buffer, sizeof buffer)) > 0)
    size += (gsize) got;
  g_mutex_lock (&fake->lock);
  is_mute = fake->mood == FAKE_IPP_IS_MUTE;
  if (ippGetOperation (request) == IPP_OP_PRINT_JOB) {
    fake->document_size = size;
    is_mute = is_mute || fake->mood == FAKE_IPP_IS_MUTE_ON_PRINT;
  }
  response = is_mute ? NULL : answer (fake, request);
  g_mutex_unlock (&fake->lock);
  ippDelete (request);
  /* Until the other end has had enough. */
  while (is_mute && recv (httpGetFd (http), buffer, sizeof buffer, 0) > 0)
    ;
  if (is_mute)
    return FALSE;
  if (response == NULL)
    return FALSE;
  httpClearFields (http);
  httpSetField (http, HTTP_FIELD_CONTENT_TYPE, "application/ipp");
  httpSetLength (http, ippLength (response));
  httpWriteResponse (http, HTTP_STATUS_OK);
  ippSetState (response, IPP_STATE_IDLE);
  while ((state = ippWrite (http, response)) != IPP_STATE_DATA && state != IPP_STATE_ERROR)
    ;
  httpFlushWrite (http);
  ippDelete (response);
  return state != IPP_STATE_ERROR;
}

static gpointer
connection_thread (gpointer data)
{
  Connection *connection = data;
  http_t *http = httpAcceptConnection (connection->fd, 1);

  if (http != NULL) {
    g_mutex_lock (&connection->fake->lock);
    if (connection->fake->n_connections < MAX_CONNECTIONS)
      connection->fake->connections[connection->fake->n_connections++] = dup (httpGetFd (http));
    g_mutex_unlock (&connection->fake->lock);
    while (serve_one (connection->fake, http))
      ;
    shutdown (httpGetFd (http), SHUT_RDWR);
    httpClose (http);
  }
  g_free (connection);
  return NULL;
}

/* httpAcceptConnection() takes the connection from the listener itself, so this thread only waits for one. */
static gpointer
accepter_thread (gpointer data)
{
  FakeIpp *fake = data;

  for (;;) {
    GPollFD poll = { fake->listener, G_IO_IN, 0 };
    Connection *connection;
    gboolean is_closing;

    g_poll (&poll, 1, 50);
    g_mutex_lock (&fake->lock);
    is_closing = fake->is_closing;
    g_mutex_unlock (&fake->lock);
    if (is_closing)
      return NULL;
    if (poll.revents == 0)
      continue;
    connection = g_new (Connection, 1);
    connection->fake = fake;
    connection->fd = fake->listener;
    GThread *thread = g_thread_new ("connection", connection_thread, connection);
    g_ptr_array_add (fake->threads, thread);
    /* Until that thread has taken it, the listener stays readable. */
    for (guint i = 0; i < 200; i++) {
      poll.revents = 0;
      if (g_poll (&poll, 1, 0) == 0)
        break;
      g_usleep (1000);
    }
  }
}

/* @port: 0: any that is free */
static FakeIpp *
make_at (guint16 port)
{
  FakeIpp *fake = g_new0 (FakeIpp, 1);
  struct sockaddr_in address = { .sin_family = AF_INET,
                                 .sin_addr.s_addr = htonl (INADDR_LOOPBACK),
                                 .sin_port = htons (port) };
  socklen_t size = sizeof address;
  int yes = 1;

  g_mutex_init (&fake->lock);
  fake->listener = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_assert (setsockopt (fake->listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) == 0);
  g_assert (bind (fake->listener, (struct sockaddr *) &address, sizeof address) == 0);
  g_assert (listen (fake->listener, 16) == 0);
  g_assert (getsockname (fake->listener, (struct sockaddr *) &address, &size) == 0);
  fake->uri = g_strdup_printf ("ipp://127.0.0.1:%u/ipp/print", ntohs (address.sin_port));
  fake->state = IPP_PSTATE_IDLE;
  fake->reasons = g_strdup ("none");
  fake->is_accepting = TRUE;
  fake->up_s = -1;
  fake->threads = g_ptr_array_new ();
  fake->asked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  fake->accepter = g_thread_new ("accepter", accepter_thread, fake);
  return fake;
}

FakeIpp *
fake_ipp_new (void)
{
  return make_at (0);
}

FakeIpp *
fake_ipp_swap (FakeIpp *fake)
{
  const char *port = strrchr (fake->uri, ':') + 1;
  guint16 number = (guint16) g_ascii_strtoull (port, NULL, 10);

  fake_ipp_free (fake);
  return make_at (number);
}

void
fake_ipp_free (FakeIpp *fake)
{
  g_mutex_lock (&fake->lock);
  fake->is_closing = TRUE;
  g_mutex_unlock (&fake->lock);
  g_thread_join (fake->accepter);
  shutdown (fake->listener, SHUT_RDWR);
  close (fake->listener);
  g_mutex_lock (&fake->lock);
  for (guint i = 0; i < fake->n_connections; i++) {
    shutdown (fake->connections[i], SHUT_RDWR);
    close (fake->connections[i]);
  }
  g_mutex_unlock (&fake->lock);
  for (guint i = 0; i < fake->threads->len; i++)
    g_thread_join (g_ptr_array_index (fake->threads, i));
  g_ptr_array_unref (fake->threads);
  for (guint i = 0; i < fake->n_jobs; i++) {
    g_free (fake->jobs[i].name);
    g_free (fake->jobs[i].owner);
    g_free (fake->jobs[i].reasons);
  }
  g_hash_table_unref (fake->asked);
  g_mutex_clear (&fake->lock);
  g_free (fake->reasons);
  g_free (fake->device);
  g_free (fake->uri);
  g_free (fake);
}

const char *
fake_ipp_get_uri (FakeIpp *fake)
{
  return fake->uri;
}

void
fake_ipp_set_mood (FakeIpp *fake, FakeIppMood mood)
{
  g_mutex_lock (&fake->lock);
  fake->mood = mood;
  g_mutex_unlock (&fake->lock);
}

void
fake_ipp_set_printer (FakeIpp *fake, int state, const char *reasons, gboolean is_accepting)
{
  g_mutex_lock (&fake->lock);
  fake->state = state;
  g_free (fake->reasons);
  fake->reasons = g_strdup (reasons);
  fake->is_accepting = is_accepting;
  g_mutex_unlock (&fake->lock);
}

void
fake_ipp_set_device (FakeIpp *fake, const char *uri)
{
  g_mutex_lock (&fake->lock);
  g_free (fake->device);
  fake->device = g_strdup (uri);
  g_mutex_unlock (&fake->lock);
}

void
fake_ipp_set_up_time (FakeIpp *fake, int seconds)
{
  g_mutex_lock (&fake->lock);
  fake->up_s = seconds;
  g_mutex_unlock (&fake->lock);
}

void
fake_ipp_set_job (FakeIpp *fake, int state, const char *reasons)
{
  g_mutex_lock (&fake->lock);
  g_assert (fake->n_jobs > 0);
  fake->jobs[fake->n_jobs - 1].state = state;
  g_free (fake->jobs[fake->n_jobs - 1].reasons);
  fake->jobs[fake->n_jobs - 1].reasons = g_strdup (reasons);
  g_mutex_unlock (&fake->lock);
}

int
fake_ipp_add_job (FakeIpp *fake, const char *name)
{
  int id;

  g_mutex_lock (&fake->lock);
  id = new_job (fake, name)->id;
  g_mutex_unlock (&fake->lock);
  return id;
}

guint
fake_ipp_count_unfinished (FakeIpp *fake)
{
  guint n = 0;

  g_mutex_lock (&fake->lock);
  for (guint i = 0; i < fake->n_jobs; i++)
    n += fake->jobs[i].state < IPP_JSTATE_CANCELED;
  g_mutex_unlock (&fake->lock);
  return n;
}

gsize
fake_ipp_get_document_size (FakeIpp *fake)
{
  gsize size;

  g_mutex_lock (&fake->lock);
  size = fake->document_size;
  g_mutex_unlock (&fake->lock);
  return size;
}

char *
fake_ipp_get_asked (FakeIpp *fake, const char *attribute)
{
  char *value;

  g_mutex_lock (&fake->lock);
  value = g_strdup (g_hash_table_lookup (fake->asked, attribute));
  g_mutex_unlock (&fake->lock);
  return value;
}
