/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* bench-relay: how long a kiosk waits longer because a relay is between it and the portal. The same call to the same portal,
 * directly and through the shipped relay in nginx, one after the other, each on a TLS connection that stays open; the relay
 * makes one of its own to the portal for each call. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"
#include "portal/publik/sign.h"
#include "relay-rig.h"

enum {
  CALLS = 150, /* of each kind, each way */
  WARM_UP = 5,
  CALL_MS = 105, /* one relay lets a kiosk have ten a second, once the first hundred are gone */
  SKIPPED = 77,
  DOCUMENT_BYTES = 200 * 1024, /* a page, scanned */
};

#define KEY  "cle-de-demonstration-du-relais"
#define FORM "inscription-scolaire"
#define REF  "BCDFGHJKLM"

typedef struct Way {
  GIOStream *stream;
  GDataInputStream *input;
} Way;

/* One call, as a kiosk makes it, and as a relay or a kiosk with a key does. */
typedef struct Kind {
  const char *name;
  const char *through;      /* path and query at the relay */
  const char *path, *query; /* at the portal, to be signed */
  gsize document_bytes;     /* 0: GET */
} Kind;

static const Kind kinds[] = {
  { "schema", "/api/formdefs/" FORM "/schema?include-id=true", "/api/formdefs/" FORM "/schema",
    "include-id=true&orig=relais", 0 },
  { "find", "/relay/find?form=" FORM "&ref=" REF, "/api/forms/" FORM "/list",
    "filter-parvis_ref=" REF "&include-fields=on&limit=5&orig=relais", 0 },
  { "submit, 200 kB", "/api/formdefs/" FORM "/submit", "/api/formdefs/" FORM "/submit", "NameID=&orig=relais",
    DOCUMENT_BYTES },
};

static void
fail (const char *what)
{
  fprintf (stderr, "bench-relay: %s\n", what);
  exit (EXIT_FAILURE);
}

static Way
open_way (RelayRig *rig, const char *url, const char *identity)
{
  guint port = (guint) g_ascii_strtoull (strrchr (url, ':') + 1, NULL, 10);
  Way way = { .stream = relay_rig_connect (rig, port, identity) };

  if (way.stream == NULL)
    fail ("no connection");
  way.input = g_data_input_stream_new (g_io_stream_get_input_stream (way.stream));
  g_data_input_stream_set_newline_type (way.input, G_DATA_STREAM_NEWLINE_TYPE_CR_LF);
  return way;
}

static void
close_way (Way *way)
{
  g_clear_object (&way->input);
  g_clear_object (&way->stream);
}

/* Reads an answer to its end, so that the connection can be used again. */
static void
read_answer (Way *way)
{
  g_autofree char *status = g_data_input_stream_read_line (way->input, NULL, NULL, NULL);
  gsize left = 0;

  if (status == NULL || !g_str_has_prefix (status, "HTTP/1.1 200"))
    fail (status != NULL ? status : "no answer");
  for (gboolean is_head = TRUE; is_head;) {
    g_autofree char *line = g_data_input_stream_read_line (way->input, NULL, NULL, NULL);

    is_head = line != NULL && *line != '\0';
    if (is_head && g_ascii_strncasecmp (line, "content-length:", strlen ("content-length:")) == 0)
      left = (gsize) g_ascii_strtoull (line + strlen ("content-length:"), NULL, 10);
  }
  while (left > 0) {
    char bytes[16384];
    gssize size = g_input_stream_read (G_INPUT_STREAM (way->input), bytes, MIN (sizeof bytes, left), NULL, NULL);

    if (size <= 0)
      fail ("an answer was cut");
    left -= (gsize) size;
  }
}

static double
call_ms (Way *way, const char *target, const char *body)
{
  g_autofree char *head =
    body != NULL
      ? g_strdup_printf ("POST %s HTTP/1.1\r\nHost: portal.example\r\nContent-Type: application/json\r\n"
                         "Content-Length: %zu\r\n\r\n",
                         target, strlen (body))
      : g_strdup_printf ("GET %s HTTP/1.1\r\nHost: portal.example\r\nAccept: application/json\r\n\r\n", target);
  GOutputStream *output = g_io_stream_get_output_stream (way->stream);
  gint64 start_us = g_get_monotonic_time ();

  if (!g_output_stream_write_all (output, head, strlen (head), NULL, NULL, NULL)
      || (body != NULL && !g_output_stream_write_all (output, body, strlen (body), NULL, NULL, NULL)))
    fail ("a call was not taken");
  read_answer (way);
  return (double) (g_get_monotonic_time () - start_us) / 1000;
}

static void
tell (const char *name, GArray *direct, GArray *through)
{
  static const struct {
    const char *name;
    double percent;
  } points[] = { { "p50", 50 }, { "p99", 99 } };

  for (gsize i = 0; i < G_N_ELEMENTS (points); i++) {
    g_autofree char *first = g_strdup_printf ("%s, directly, %s", name, points[i].name);
    g_autofree char *second = g_strdup_printf ("%s, through the relay, %s", name, points[i].name);
    g_autofree char *added = g_strdup_printf ("%s, added by the relay, %s", name, points[i].name);
    double without = bench_percentile (direct, points[i].percent), with = bench_percentile (through, points[i].percent);

    bench_figure (first, without, "ms", NULL, BENCH_NO_GOAL);
    bench_figure (second, with, "ms", first, BENCH_NO_GOAL);
    bench_figure (added, with - without, "ms", NULL, BENCH_NO_GOAL);
  }
}

/* What one took is given to the other to take its turn in, so that a busy machine hurts both alike. */
static void
measure (RelayRig *rig, const Kind *kind)
{
  g_autofree char *document = g_strnfill (kind->document_bytes, 'A');
  g_autofree char *body =
    kind->document_bytes > 0 ? g_strdup_printf (
      "{\"data\":{\"f\":{\"filename\":\"a.pdf\",\"content\":\"%s\"}},\"meta\":{\"draft\":true}}", document)
                             : NULL;
  g_autoptr (GArray) direct = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) through = g_array_new (FALSE, FALSE, sizeof (double));
  Way to_portal = open_way (rig, rig->portal, NULL), to_relay = open_way (rig, rig->kiosks, "kiosk");

  for (guint i = 0; i < CALLS + WARM_UP; i++) {
    g_autofree char *nonce = pv_publik_new_nonce ();
    g_autofree char *query = pv_publik_sign_query (kind->query, KEY, g_get_real_time (), nonce);
    g_autofree char *target = g_strconcat (kind->path, "?", query, NULL);
    double without_ms, with_ms;

    if (i % 2 == 0) {
      without_ms = call_ms (&to_portal, target, body);
      with_ms = call_ms (&to_relay, kind->through, body);
    } else {
      with_ms = call_ms (&to_relay, kind->through, body);
      without_ms = call_ms (&to_portal, target, body);
    }
    bench_pump (CALL_MS);
    if (i < WARM_UP)
      continue;
    g_array_append_val (direct, without_ms);
    g_array_append_val (through, with_ms);
  }
  close_way (&to_portal);
  close_way (&to_relay);
  tell (kind->name, direct, through);
}

int
main (void)
{
  RelayRig *rig;

  g_log_writer_default_set_use_stderr (TRUE);
  if (!relay_rig_is_possible ())
    return SKIPPED;
  rig = relay_rig_new_with_portal ();
  if (rig == NULL)
    fail ("relay or portal does not start");
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    measure (rig, &kinds[i]);
  relay_rig_free (rig);
  return EXIT_SUCCESS;
}
