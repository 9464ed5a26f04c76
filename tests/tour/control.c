/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "control.h"

#include <gio/gio.h>
#include <string.h>

enum { ANSWER_BYTES = 512 * 1024 };

static GBytes *
ask (TourWalk *walk, const char *control, const char *method, const char *path)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GUri) uri = g_uri_parse (control, G_URI_FLAGS_NONE, NULL);
  g_autoptr (GSocketConnection) connection = NULL;
  g_autofree char *request = NULL;
  g_autofree char *answer = g_malloc0 (ANSWER_BYTES);
  const char *body;
  gsize done;

  if (uri != NULL)
    connection =
      g_socket_client_connect_to_host (client, g_uri_get_host (uri), (guint16) g_uri_get_port (uri), NULL, NULL);
  if (connection == NULL)
    tour_fail (walk, "nobody answers at %s.", control);
  request = g_strdup_printf ("%s %s HTTP/1.0\r\nHost: %s:%d\r\nContent-Length: 0\r\n\r\n", method, path,
                             g_uri_get_host (uri), g_uri_get_port (uri));
  if (!g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), request, strlen (request),
                                  &done, NULL, NULL)
      || !g_input_stream_read_all (g_io_stream_get_input_stream (G_IO_STREAM (connection)), answer, ANSWER_BYTES - 1,
                                   &done, NULL, NULL))
    tour_fail (walk, "the talk with %s ended.", control);
  body = strstr (answer, "\r\n\r\n");
  if (body == NULL || strstr (answer, " 200 ") == NULL || strstr (answer, " 200 ") > body)
    tour_fail (walk, "the demo does not take %s.", path);
  return g_bytes_new (body + 4, done - (gsize) (body + 4 - answer));
}

char *
tour_control (TourWalk *walk, const char *control, const char *method, const char *path)
{
  g_autoptr (GBytes) body = ask (walk, control, method, path);

  return g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
}

GBytes *
tour_control_get_file (TourWalk *walk, const char *control, const char *path)
{
  return ask (walk, control, "GET", path);
}
