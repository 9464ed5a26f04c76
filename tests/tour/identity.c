/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "identity.h"

#include <gio/gio.h>
#include <string.h>

enum { LOOK_AGAIN_MS = 100, SETTLE_LOOKS = 30, ANSWER_BYTES = 64, SAME_TOUCH_MS = 380 };

/* Lays it: POST URL?name=CARD, whatever comes back but an error. */
static void
lay_card (TourWalk *walk, const char *url, const char *card)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  g_autoptr (GSocketConnection) connection = NULL;
  g_autofree char *request = NULL;
  char answer[ANSWER_BYTES] = { 0 };
  gsize done;

  if (uri != NULL)
    connection =
      g_socket_client_connect_to_host (client, g_uri_get_host (uri), (guint16) g_uri_get_port (uri), NULL, NULL);
  if (connection == NULL)
    tour_fail (walk, "nobody answers at %s.", url);
  request = g_strdup_printf ("POST %s?name=%s HTTP/1.0\r\nHost: %s\r\nContent-Length: 0\r\n\r\n", g_uri_get_path (uri),
                             card, g_uri_get_host (uri));
  if (!g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), request, strlen (request),
                                  &done, NULL, NULL)
      || g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)), answer, sizeof answer - 1, NULL,
                              NULL)
           <= 0
      || strstr (answer, " 20") == NULL)
    tour_fail (walk, "the card %s could not be laid.", card);
  tour_say ("Lay the card \"%s\"", card);
}

/* A reader says within a moment whether it is there: the screen about the card stays, or goes. */
static gboolean
has_reader (TourWalk *walk)
{
  for (guint i = 0; i < SETTLE_LOOKS; i++) {
    g_autoptr (GPtrArray) things = tour_look ();

    if (tour_find (things, TOUR_TITLE, tour_word (walk, TOUR_WORD_WHICH_DOCUMENT)) != NULL)
      return FALSE;
    g_usleep (LOOK_AGAIN_MS * 1000);
  }
  return TRUE;
}

static void
type_digits (TourWalk *walk, const char *digits)
{
  for (const char *digit = digits; *digit != '\0'; digit++) {
    const char name[] = { *digit, '\0' };

    tour_touch (walk, TOUR_BUTTON, name);
    g_usleep (SAME_TOUCH_MS * 1000);
  }
}

gboolean
tour_say_who (TourWalk *walk, const char *card_url, const char *card, const char *digits)
{
  const TourThing *thing;

  g_ptr_array_unref (tour_wait (walk, TOUR_BUTTON, tour_word (walk, TOUR_WORD_WITHOUT_CARD), &thing));
  if (card_url == NULL || !has_reader (walk)) {
    tour_picture (walk, "identity");
    tour_touch (walk, TOUR_BUTTON, tour_word (walk, TOUR_WORD_WITHOUT_CARD));
    return FALSE;
  }
  tour_picture (walk, "identity");
  lay_card (walk, card_url, card);
  type_digits (walk, digits);
  g_ptr_array_unref (tour_wait (walk, TOUR_TITLE, tour_word (walk, TOUR_WORD_IS_THIS_YOU), &thing));
  tour_say ("The card is read");
  tour_picture (walk, "identity-read");
  tour_touch (walk, TOUR_BUTTON, tour_word (walk, TOUR_WORD_YES_CONTINUE));
  return TRUE;
}
