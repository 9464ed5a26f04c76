/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "scan-rig.h"

#include <errno.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "link/memfd.h"

const PvScanLimits rig_limits = { PV_SCAN_PAGE_MS, PV_SCAN_SILENT_MS, PV_SCAN_LOOK_MS, PV_SCAN_JOIN_MS };

const char *
rig_program (void)
{
  const char *path = g_getenv ("PV_DECODE_PROGRAM");

  g_assert_nonnull (path);
  return path;
}

static guint
count_descriptors (void)
{
  g_autoptr (GDir) folder = g_dir_open ("/proc/self/fd", 0, NULL);
  guint count = 0;

  while (g_dir_read_name (folder) != NULL)
    count++;
  return count;
}

void
rig_write (Rig *rig, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (rig->folder, name, NULL);

  g_assert_true (g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0700, NULL));
}

void
rig_settings (Rig *rig, const char *settings)
{
  g_autofree char *text =
    g_strconcat ("number_of_devices 1\ngeometry_max 300.0\ntest-picture \"Grid\"\n", settings, "\n", NULL);

  rig_write (rig, "dll.conf", "test\n");
  rig_write (rig, "test.conf", text);
}

/* GLib opens some of its own, once: with the first child. */
static guint
warm_up (void)
{
  const char *const arguments[] = { "/bin/true", NULL };
  g_autoptr (GSubprocess) process = g_subprocess_newv (arguments, G_SUBPROCESS_FLAGS_NONE, NULL);
  guint count;

  g_subprocess_wait (process, NULL, NULL);
  g_clear_object (&process);
  /* Its thread closes the last of the child. */
  for (guint calm = 0, before = 0; calm < 20; before = count, g_usleep (1000)) {
    count = count_descriptors ();
    calm = count == before ? calm + 1 : 0;
  }
  return count_descriptors ();
}

int
rig_set_up (void **state)
{
  Rig *rig = g_new0 (Rig, 1);

  rig->folder = g_dir_make_tmp ("parvis-scan-XXXXXX", NULL);
  g_assert_nonnull (rig->folder);
  g_setenv ("SANE_CONFIG_DIR", rig->folder, TRUE);
  rig_settings (rig, "geometry_max 100.0"); /* a quarter of a page is quicker */
  rig->rules = pv_capture_rules_new ("piece");
  rig->reports = g_array_new (FALSE, FALSE, sizeof (PvCaptureReport));
  rig->n_descriptors = warm_up ();
  *state = rig;
  return 0;
}

/* The threads of GLib reap what was killed. */
static gboolean
is_all_gone (Rig *rig)
{
  return waitpid (-1, NULL, WNOHANG) == -1 && errno == ECHILD && count_descriptors () == rig->n_descriptors;
}

/* But what we wrote. */
static gboolean
is_file_left (Rig *rig)
{
  static const char *const ours[] = { "dll.conf", "test.conf", "parvisfake.conf", "program", "document", NULL };
  g_autoptr (GDir) folder = g_dir_open (rig->folder, 0, NULL);

  for (const char *name; (name = g_dir_read_name (folder)) != NULL;)
    if (!g_strv_contains (ours, name))
      return TRUE;
  return FALSE;
}

int
rig_tear_down (void **state)
{
  Rig *rig = *state;
  gint64 end = g_get_monotonic_time () + 10 * G_TIME_SPAN_SECOND;
  gboolean is_clean;

  rig_close (rig);
  g_clear_pointer (&rig->document, pv_document_unref);
  while (!(is_clean = is_all_gone (rig)) && g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
  if (!is_clean)
    g_printerr ("# something is left: %u descriptors, %u before\n", count_descriptors (), rig->n_descriptors);
  is_clean = is_clean && !is_file_left (rig);
  g_array_unref (rig->reports);
  pv_capture_rules_free (rig->rules);
  tst_remove_folder (rig->folder);
  g_free (rig->folder);
  g_free (rig);
  return is_clean ? 0 : -1;
}

static void
report_cb (const PvCaptureReport *report, gpointer user_data)
{
  Rig *rig = user_data;

  g_array_append_val (rig->reports, *report);
  if (report->state == PV_CAPTURE_READY || report->state == PV_CAPTURE_PAGE || report->state == PV_CAPTURE_FAILED)
    rig->is_settled = TRUE;
}

static void
picture_cb (PvDecoded *picture, gpointer user_data)
{
  Rig *rig = user_data;

  pv_decoded_free (rig->picture);
  rig->picture = picture;
  rig->n_pictures++;
  if (!rig->is_settled)
    rig->n_growing++;
  else
    rig->is_page_seen = TRUE;
}

static void
document_cb (PvDocument *document, gpointer user_data)
{
  Rig *rig = user_data;

  g_assert_null (rig->document);
  rig->document = pv_document_ref (document);
  rig->is_settled = TRUE;
}

static const PvScanEvents events = { report_cb, picture_cb, document_cb };

void
rig_close (Rig *rig)
{
  g_clear_pointer (&rig->scan, pv_scan_free);
  g_clear_pointer (&rig->picture, pv_decoded_free);
}

void
rig_open_within (Rig *rig, const char *program, const char *device, const PvScanLimits *limits)
{
  rig_close (rig);
  rig->is_settled = FALSE;
  g_array_set_size (rig->reports, 0);
  rig->scan = pv_scan_open_within (program, device, rig->rules, limits, &events, rig);
  g_assert_cmpuint (rig->reports->len, ==, 0);
}

void
rig_open (Rig *rig, const char *device)
{
  rig_open_within (rig, rig_program (), device, &rig_limits);
  rig_wait (rig);
}

char *
rig_write_program (Rig *rig)
{
  const char *library = g_getenv ("PV_FAKE_SANE");
  g_autofree char *folder = NULL;
  g_autofree char *script = NULL;

  g_assert_nonnull (library);
  folder = g_path_get_dirname (library);
  script = g_strdup_printf ("#!/bin/sh\nexport LD_LIBRARY_PATH='%s'\nexec '%s' \"$@\"\n", folder, rig_program ());
  rig_write (rig, "program", script);
  return g_build_filename (rig->folder, "program", NULL);
}

void
rig_go (Rig *rig, const char *way)
{
  rig_write (rig, "dll.conf", "parvisfake\n");
  rig_write (rig, "parvisfake.conf", way);
}

void
rig_open_fake (Rig *rig, const char *way, const PvScanLimits *used)
{
  g_autofree char *program = rig_write_program (rig);

  rig_go (rig, way);
  rig_open_within (rig, program, "auto", used);
  rig_wait (rig);
}

void
rig_import (Rig *rig, GBytes *upload)
{
  rig_close (rig);
  g_clear_pointer (&rig->document, pv_document_unref);
  rig->is_settled = FALSE;
  g_array_set_size (rig->reports, 0);
  rig->scan = pv_scan_import (rig_program (), upload, rig->rules, &events, rig);
  g_assert_cmpuint (rig->reports->len, ==, 0);
  rig_wait (rig);
}

void
rig_wait (Rig *rig)
{
  g_assert_true (tst_pump_until (NULL, &rig->is_settled, RIG_PATIENCE_MS));
  if (rig->reports->len > 0 && rig_last (rig)->state == PV_CAPTURE_PAGE && !rig->is_page_seen)
    rig_wait_picture (rig);
}

void
rig_wait_picture (Rig *rig)
{
  const guint before = rig->n_pictures;
  gint64 end = g_get_monotonic_time () + RIG_PATIENCE_MS * G_TIME_SPAN_MILLISECOND;

  while (rig->n_pictures == before && g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (500);
  g_assert_cmpuint (rig->n_pictures, >, before);
}

static void
begin (Rig *rig)
{
  rig->is_settled = rig->is_page_seen = FALSE;
  rig->n_growing = 0;
}

void
rig_take (Rig *rig)
{
  begin (rig);
  pv_scan_take_page (rig->scan);
  rig_wait (rig);
}

void
rig_finish (Rig *rig)
{
  g_clear_pointer (&rig->document, pv_document_unref);
  begin (rig);
  pv_scan_finish (rig->scan);
  rig_wait (rig);
}

void
rig_page (Rig *rig, void (*act) (PvScan *scan, guint page), guint page)
{
  begin (rig);
  act (rig->scan, page);
  rig_wait (rig);
}

const PvCaptureReport *
rig_last (Rig *rig)
{
  g_assert_cmpuint (rig->reports->len, >, 0);
  return &g_array_index (rig->reports, PvCaptureReport, rig->reports->len - 1);
}

void
rig_expect_state (Rig *rig, PvCaptureState state)
{
  g_assert_cmpint (rig_last (rig)->state, ==, state);
}

void
rig_expect_trouble (Rig *rig, PvCaptureTrouble trouble)
{
  rig_expect_state (rig, PV_CAPTURE_FAILED);
  g_assert_cmpint (rig_last (rig)->trouble, ==, trouble);
}

guint32
rig_pixel (Rig *rig, guint x, guint y)
{
  g_autoptr (GBytes) bytes = NULL;

  g_assert_nonnull (rig->picture);
  g_assert_true (x < rig->picture->width && y < rig->picture->height);
  bytes = pv_memfd_map (rig->picture->fd, (gsize) rig->picture->stride * rig->picture->height, NULL);
  g_assert_nonnull (bytes);
  return ((const guint32 *) g_bytes_get_data (bytes, NULL))[(gsize) y * rig->picture->width + x];
}

char *
rig_ask (Rig *rig, const char *const *arguments)
{
  g_autofree char *path = g_build_filename (rig->folder, "document", NULL);
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  char *told = NULL;
  gsize size;
  const char *content = g_bytes_get_data (rig->document->content, &size);

  g_assert_true (g_file_set_contents (path, content, (gssize) size, NULL));
  for (; *arguments != NULL; arguments++)
    g_ptr_array_add (words, strcmp (*arguments, "{}") == 0 ? path : (gpointer) *arguments);
  g_ptr_array_add (words, NULL);
  g_assert_true (
    g_spawn_sync (NULL, (char **) words->pdata, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &told, NULL, NULL, NULL));
  return told;
}
