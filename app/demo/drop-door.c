/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "demo/drop-door.h"

#include <string.h>

#define PLACES "/drop/"
/* The same in kiosk-config/relay/nginx.conf. */
#define POLICY                                                                                                         \
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src blob:; base-uri 'none'; "      \
  "form-action 'none'; frame-ancestors 'none'"

struct PvDemoDropDoor {
  char *page_dir;
  PvDemoDrops *drops;
};

static const struct {
  const char *path, *file, *type;
} page_files[] = {
  { PV_DEMO_DROP_PAGE, "index.html", "text/html; charset=utf-8" },
  { PV_DEMO_DROP_PAGE "/page.js", "page.js", "text/javascript; charset=utf-8" },
  { PV_DEMO_DROP_PAGE "/words.js", "words.js", "text/javascript; charset=utf-8" },
  { PV_DEMO_DROP_PAGE "/seal.js", "seal.js", "text/javascript; charset=utf-8" },
  { PV_DEMO_DROP_PAGE "/style.css", "style.css", "text/css; charset=utf-8" },
};

PvDemoDropDoor *
pv_demo_drop_door_new (const char *page_dir)
{
  PvDemoDropDoor *door = g_new0 (PvDemoDropDoor, 1);

  door->page_dir = g_strdup (page_dir);
  door->drops = pv_demo_drops_new ();
  return door;
}

void
pv_demo_drop_door_free (PvDemoDropDoor *door)
{
  if (door == NULL)
    return;
  pv_demo_drops_free (door->drops);
  g_free (door->page_dir);
  g_free (door);
}

gboolean
pv_demo_drop_door_is_place (const char *path)
{
  return g_str_has_prefix (path, PLACES);
}

gboolean
pv_demo_drop_door_is_page (const char *path)
{
  return g_str_equal (path, PV_DEMO_DROP_PAGE) || g_str_has_prefix (path, PV_DEMO_DROP_PAGE "/");
}

static void
set_headers (SoupServerMessage *message, const char *caching)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  soup_message_headers_replace (headers, "Cache-Control", caching);
  soup_message_headers_replace (headers, "Referrer-Policy", "no-referrer");
  soup_message_headers_replace (headers, "X-Content-Type-Options", "nosniff");
  soup_message_headers_replace (headers, "Content-Security-Policy", POLICY);
}

void
pv_demo_drop_door_show_page (PvDemoDropDoor *door, SoupServerMessage *message, const char *path)
{
  soup_server_message_set_status (message, 404, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (page_files); i++) {
    g_autofree char *file = g_build_filename (door->page_dir, page_files[i].file, NULL);
    char *text;
    gsize size;

    if (!g_str_equal (path, page_files[i].path) || !g_file_get_contents (file, &text, &size, NULL))
      continue;
    set_headers (message, "no-cache");
    soup_server_message_set_status (message, 200, NULL);
    soup_server_message_set_response (message, page_files[i].type, SOUP_MEMORY_TAKE, text, size);
  }
}

static void
hang_up_cb (SoupServerMessage *message, gpointer user_data)
{
  GSocket *socket = soup_server_message_get_socket (message);

  (void) user_data;
  if (socket != NULL)
    g_socket_shutdown (socket, TRUE, TRUE, NULL);
}

/* Announces the whole and sends half of it, if that is the trouble. */
static void
send_sealed (SoupServerMessage *message, GBytes *sealed, gboolean is_cut)
{
  SoupMessageBody *body = soup_server_message_get_response_body (message);
  gsize half = is_cut ? g_bytes_get_size (sealed) / 2 : g_bytes_get_size (sealed);
  g_autoptr (GBytes) first = g_bytes_new_from_bytes (sealed, 0, half);
  g_autoptr (GBytes) rest = g_bytes_new_from_bytes (sealed, half, g_bytes_get_size (sealed) - half);

  soup_message_headers_set_content_type (soup_server_message_get_response_headers (message), "application/octet-stream",
                                         NULL);
  soup_message_body_append_bytes (body, first);
  if (!is_cut)
    return;
  soup_message_body_append_bytes (body, rest);
  g_signal_connect (message, "wrote-chunk", G_CALLBACK (hang_up_cb), NULL);
}

void
pv_demo_drop_door_answer (PvDemoDropDoor *door, SoupServerMessage *message, const char *path, gint64 now_us,
                          const PvDemoTrouble *trouble)
{
  const char *method = soup_server_message_get_method (message);
  const char *id = path + strlen (PLACES);
  g_autoptr (GBytes) body = soup_message_body_flatten (soup_server_message_get_request_body (message));
  g_autoptr (GBytes) sealed = NULL;
  guint status = 405;

  if (trouble->has[PV_DEMO_FAULT_REFUSE])
    status = trouble->status;
  else if (trouble->has[PV_DEMO_FAULT_ERROR_500])
    status = 500;
  else if (g_str_equal (method, "POST"))
    status = pv_demo_drops_open (door->drops, id, now_us);
  else if (g_str_equal (method, "HEAD"))
    status = pv_demo_drops_look (door->drops, id, now_us);
  else if (g_str_equal (method, "PUT"))
    status = pv_demo_drops_put (door->drops, id, body, now_us);
  else if (g_str_equal (method, "GET"))
    status = pv_demo_drops_take (door->drops, id, now_us, &sealed);
  set_headers (message, "no-store");
  soup_server_message_set_status (message, status, NULL);
  if (sealed != NULL)
    send_sealed (message, sealed, trouble->has[PV_DEMO_FAULT_CUT]);
}
