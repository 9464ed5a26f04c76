/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "view/emblem.h"

#include <errno.h>
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MAX_SECONDS = 5, BYTES_PER_PIXEL = 4 };

/* Before the pixels in the memory file. */
typedef struct {
  gint32 width, height;
} Head;

static struct {
  char *file; /* NULL: nothing was prefetched */
  pid_t child;
  int fd; /* memory file that the child writes */
} prefetched;

static void
size_prepared_cb (GdkPixbufLoader *loader, int width, int height, gpointer pixels)
{
  double scale = (double) GPOINTER_TO_INT (pixels) / MAX (1, MAX (width, height));

  gdk_pixbuf_loader_set_size (loader, MAX (1, (int) (width * scale + 0.5)), MAX (1, (int) (height * scale + 0.5)));
}

/* By its first bytes: gdk-pixbuf would ask the database of file types, and there is none on a kiosk. */
static GdkPixbuf *
read_picture (const char *file, int pixels, GError **error)
{
  static const char png[] = "\x89PNG";
  g_autoptr (GdkPixbufLoader) loader = NULL;
  g_autofree char *bytes = NULL;
  gsize size;
  gboolean is_read;

  if (!g_file_get_contents (file, &bytes, &size, error))
    return NULL;
  if (size == 0) { /* librsvg's loader never frees itself then */
    g_set_error (error, GDK_PIXBUF_ERROR, GDK_PIXBUF_ERROR_CORRUPT_IMAGE, "the file is empty");
    return NULL;
  }
  loader = gdk_pixbuf_loader_new_with_type (size >= 4 && memcmp (bytes, png, 4) == 0 ? "png" : "svg", error);
  if (loader == NULL)
    return NULL;
  g_signal_connect (loader, "size-prepared", G_CALLBACK (size_prepared_cb), GINT_TO_POINTER (pixels));
  is_read = gdk_pixbuf_loader_write (loader, (const guchar *) bytes, size, error);
  if (!gdk_pixbuf_loader_close (loader, is_read ? error : NULL) || !is_read)
    return NULL;
  return g_object_ref (gdk_pixbuf_loader_get_pixbuf (loader));
}

/* (transfer full) (nullable): pixels as GDK_MEMORY_DEFAULT has them */
static cairo_surface_t *
decode (const char *file, int pixels)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkPixbuf) pixbuf = read_picture (file, pixels, &error);
  cairo_surface_t *surface;
  cairo_t *cr;

  if (pixbuf == NULL) {
    g_warning ("emblem: %s", error->message);
    return NULL;
  }
  surface =
    cairo_image_surface_create (CAIRO_FORMAT_ARGB32, gdk_pixbuf_get_width (pixbuf), gdk_pixbuf_get_height (pixbuf));
  cr = cairo_create (surface);
  gdk_cairo_set_source_pixbuf (cr, pixbuf, 0.0, 0.0);
  cairo_paint (cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

static GdkTexture *
make_texture (int width, int height, gconstpointer pixels)
{
  gsize stride = (gsize) width * BYTES_PER_PIXEL;
  g_autoptr (GBytes) bytes = g_bytes_new (pixels, stride * (gsize) height);

  return gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, bytes, stride);
}

static gboolean
write_all (int fd, const guint8 *bytes, gsize size)
{
  while (size > 0) {
    ssize_t n = write (fd, bytes, size);
    if (n <= 0)
      return FALSE;
    bytes += n;
    size -= (gsize) n;
  }
  return TRUE;
}

/* The child. A surface of 32 bits has no gaps between its lines. */
static gboolean
decode_into (const char *file, int fd)
{
  cairo_surface_t *surface = decode (file, PV_EMBLEM_PIXELS);
  Head head;

  if (surface == NULL)
    return FALSE;
  head = (Head){ cairo_image_surface_get_width (surface), cairo_image_surface_get_height (surface) };
  return write_all (fd, (const guint8 *) &head, sizeof head)
         && write_all (fd, cairo_image_surface_get_data (surface),
                       (gsize) head.width * (gsize) head.height * BYTES_PER_PIXEL);
}

void
pv_emblem_prefetch (const char *file)
{
  if (file == NULL || file[0] == '\0' || prefetched.file != NULL)
    return;
  prefetched.fd = memfd_create ("emblem", MFD_CLOEXEC);
  prefetched.child = prefetched.fd >= 0 ? fork () : -1;
  if (prefetched.child == 0) {
    alarm (MAX_SECONDS);
    _exit (decode_into (file, prefetched.fd) ? 0 : 1);
  }
  if (prefetched.child > 0)
    prefetched.file = g_strdup (file);
  else if (prefetched.fd >= 0)
    close (prefetched.fd);
}

/* The picture that the child has written, if it ended well. */
static GdkTexture *
take_prefetched (void)
{
  static const gsize max_bytes = sizeof (Head) + (gsize) PV_EMBLEM_PIXELS * PV_EMBLEM_PIXELS * BYTES_PER_PIXEL;
  g_autofree guint8 *bytes = NULL;
  GdkTexture *texture = NULL;
  pid_t ended;
  int status = 0;
  ssize_t size;
  Head head;

  do
    ended = waitpid (prefetched.child, &status, 0);
  while (ended < 0 && errno == EINTR);
  if (ended == prefetched.child && WIFEXITED (status) && WEXITSTATUS (status) == 0) {
    bytes = g_malloc (max_bytes);
    size = pread (prefetched.fd, bytes, max_bytes, 0);
    if (size >= (ssize_t) sizeof head) {
      memcpy (&head, bytes, sizeof head);
      if (head.width > 0 && head.height > 0 && head.width <= PV_EMBLEM_PIXELS && head.height <= PV_EMBLEM_PIXELS
          && size == (ssize_t) sizeof head + (ssize_t) head.width * head.height * BYTES_PER_PIXEL)
        texture = make_texture (head.width, head.height, bytes + sizeof head);
    }
  }
  close (prefetched.fd);
  g_clear_pointer (&prefetched.file, g_free);
  return texture;
}

GdkTexture *
pv_emblem_load (const char *file, int pixels)
{
  cairo_surface_t *surface;
  GdkTexture *texture;

  if (pixels == PV_EMBLEM_PIXELS && g_strcmp0 (file, prefetched.file) == 0)
    return take_prefetched ();
  surface = decode (file, pixels);
  if (surface == NULL)
    return NULL;
  texture = make_texture (cairo_image_surface_get_width (surface), cairo_image_surface_get_height (surface),
                          cairo_image_surface_get_data (surface));
  cairo_surface_destroy (surface);
  return texture;
}
