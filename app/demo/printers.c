/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "demo/printers.h"

#include <cairo.h>
#include <errno.h>
#include <glib/gstdio.h>
#include <libsoup/soup.h>
#include <string.h>

#include "demo/escpos/roll-device.h"
#include "platform/json.h"

#define PAPER "paper"
#define ROLL  "roll"

enum {
  ROLL_DOTS = 576, /* 72 mm */
  ROLL_DPI = 203,
  TELL_LIMIT_S = 5,
  FULL_SHEETS = 250,
  FEW_SHEETS = 5, /* below 25 it says that it has little */
};

typedef struct {
  const char *name;
  const char *file, *text; /* (nullable): in the control folder of the IPP printer */
  PvDemoRollFaults roll;
  PvDemoRollHabits habits;
  guint sheets; /* that the IPP printer has */
} Fault;

static const Fault faults[] = {
  { "none", "", NULL, 0, 0, FULL_SHEETS },
  { "media-low", "warn", "media-low", PV_DEMO_ROLL_LOW, 0, FEW_SHEETS },
  { "media-empty", "state", "media-empty", PV_DEMO_ROLL_OUT, 0, 0 },
  { "media-jam", "state", "media-jam", 0, 0, FULL_SHEETS },
  { "cover-open", "state", "cover-open", PV_DEMO_ROLL_COVER, 0, FULL_SHEETS },
  { "toner-empty", "state", "toner-empty", 0, 0, FULL_SHEETS },
  { "cutter", NULL, NULL, PV_DEMO_ROLL_CUTTER, 0, FULL_SHEETS },
  { "hot", NULL, NULL, PV_DEMO_ROLL_HOT, 0, FULL_SHEETS },
  { "broken", "fail", "the engine is broken", PV_DEMO_ROLL_BROKEN, 0, FULL_SHEETS },
  { "slow", "delay", "15", 0, PV_DEMO_ROLL_SLOW, FULL_SHEETS },
  { "mute", NULL, NULL, 0, PV_DEMO_ROLL_MUTE, FULL_SHEETS },
  { "off", "off", "", 0, PV_DEMO_ROLL_OFF, FULL_SHEETS },
};

/* What is in its trays, in their order: one that is left out becomes empty. As in virtual-printer.attributes, media-ready. */
static const char *const papers[] = {
  "custom_receipt_80x297mm", "custom_receipt_58x297mm", "custom_receipt_112x297mm",
  "iso_a4_210x297mm",        "iso_a5_148x210mm",
};

struct PvDemoPrinters {
  char *folder; /* (nullable) */
  SoupSession *session;
  const Fault *paper_fault; /* in faults */
  PvDemoRollDevice *roll;   /* (nullable) */
  const Fault *roll_fault;
};

static gboolean
can_have (const char *printer, const Fault *fault)
{
  if (g_str_equal (printer, PAPER))
    return fault->file != NULL;
  return fault == &faults[0] || fault->roll != 0 || fault->habits != 0;
}

static gboolean
has_printer (const PvDemoPrinters *self, const char *printer)
{
  return (self->folder != NULL && g_str_equal (printer, PAPER)) || (self->roll != NULL && g_str_equal (printer, ROLL));
}

/* --- faults --------------------------------------------------------------------------------------------------------- */

/* The printer looks at the files whenever it works; each comes whole, and the new one before the old one goes. */
static gboolean
write_control (const PvDemoPrinters *self, const Fault *fault, GError **error)
{
  g_autofree char *control = g_build_filename (self->folder, "control", NULL);

  if (g_mkdir_with_parents (control, 0700) != 0) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s: %s", control, g_strerror (errno));
    return FALSE;
  }
  if (fault->text != NULL) {
    g_autofree char *path = g_build_filename (control, fault->file, NULL);

    if (!g_file_set_contents (path, fault->text, -1, error))
      return FALSE;
  }
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++) {
    g_autofree char *path = faults[i].text != NULL ? g_build_filename (control, faults[i].file, NULL) : NULL;

    if (path != NULL && (fault->text == NULL || !g_str_equal (faults[i].file, fault->file)))
      (void) g_unlink (path);
  }
  return TRUE;
}

static void
told_cb (GObject *session, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) answer = soup_session_send_finish (SOUP_SESSION (session), result, &error);

  (void) user_data;
  /* One that is off, or has gone, hears nothing. */
  if (answer == NULL)
    g_debug ("the virtual printer was not told of its paper: %s", error->message);
}

/* What the files say counts when a job comes. How much paper there is, ippeveprinter knows before, from its own page. */
static void
tell_paper (const PvDemoPrinters *self, const Fault *fault)
{
  g_autofree char *address = pv_demo_printers_dup_address (self, PAPER);
  g_autoptr (GUri) uri = address != NULL ? g_uri_parse (address, G_URI_FLAGS_NONE, NULL) : NULL;
  g_autoptr (SoupMessage) message = NULL;
  g_autoptr (GString) page = NULL;

  if (uri == NULL)
    return;
  page = g_string_new (NULL);
  g_string_printf (page, "http://127.0.0.1:%d/media?", g_uri_get_port (uri));
  for (gsize i = 0; i < G_N_ELEMENTS (papers); i++)
    g_string_append_printf (page, "%ssize%zu=%s&type%zu=%s&level%zu=%u", i > 0 ? "&" : "", i, papers[i], i,
                            g_str_has_prefix (papers[i], "custom") ? "continuous" : "stationery", i, fault->sheets);
  message = soup_message_new ("GET", page->str);
  if (message != NULL)
    soup_session_send_async (self->session, message, G_PRIORITY_DEFAULT, NULL, told_cb, NULL);
}

gboolean
pv_demo_printers_set_fault (PvDemoPrinters *self, const char *printer, const char *name, GError **error)
{
  const Fault *fault = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    if (g_str_equal (faults[i].name, name) && has_printer (self, printer) && can_have (printer, &faults[i]))
      fault = &faults[i];
  if (fault == NULL) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "no such printer, or no such fault of it");
    return FALSE;
  }
  if (g_str_equal (printer, PAPER)) {
    if (!write_control (self, fault, error))
      return FALSE;
    tell_paper (self, fault);
    self->paper_fault = fault;
    return TRUE;
  }
  pv_demo_roll_device_set_faults (self->roll, fault->roll);
  pv_demo_roll_device_set_habits (self->roll, fault->habits);
  self->roll_fault = fault;
  return TRUE;
}

const char *
pv_demo_printers_get_fault (const PvDemoPrinters *self, const char *printer)
{
  return (g_str_equal (printer, PAPER) ? self->paper_fault : self->roll_fault)->name;
}

const char **
pv_demo_printers_list_faults (const char *printer)
{
  GPtrArray *names = g_ptr_array_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    if (can_have (printer, &faults[i]))
      g_ptr_array_add (names, (gpointer) faults[i].name);
  g_ptr_array_add (names, NULL);
  return (const char **) g_ptr_array_free (names, FALSE);
}

/* --- printers ------------------------------------------------------------------------------------------------------- */

PvDemoPrinters *
pv_demo_printers_new (const char *folder, const char *link, GError **error)
{
  g_autoptr (PvDemoPrinters) self = g_new0 (PvDemoPrinters, 1);

  self->paper_fault = self->roll_fault = &faults[0];
  self->folder = g_strdup (folder);
  self->session = soup_session_new_with_options ("timeout", TELL_LIMIT_S, NULL);
  if (folder != NULL && !pv_demo_printers_set_fault (self, PAPER, "none", error))
    return NULL;
  if (link != NULL) {
    self->roll = pv_demo_roll_device_new (link, ROLL_DOTS, ROLL_DPI, error);
    if (self->roll == NULL)
      return NULL;
  }
  return g_steal_pointer (&self);
}

void
pv_demo_printers_free (PvDemoPrinters *self)
{
  if (self == NULL)
    return;
  pv_demo_roll_device_free (self->roll);
  soup_session_abort (self->session);
  g_object_unref (self->session);
  g_free (self->folder);
  g_free (self);
}

const char **
pv_demo_printers_list (const PvDemoPrinters *self)
{
  const char **names = g_new0 (const char *, 3);
  guint n = 0;

  if (self->folder != NULL)
    names[n++] = PAPER;
  if (self->roll != NULL)
    names[n] = ROLL;
  return names;
}

char *
pv_demo_printers_dup_address (const PvDemoPrinters *self, const char *printer)
{
  g_autofree char *path = NULL;
  char *address = NULL;

  if (!has_printer (self, printer))
    return NULL;
  if (g_str_equal (printer, ROLL))
    return g_strconcat ("parvis-escpos:", pv_demo_roll_device_get_path (self->roll), NULL);
  path = g_build_filename (self->folder, "uri", NULL);
  return g_file_get_contents (path, &address, NULL, NULL) ? g_strstrip (address) : NULL;
}

/* --- pictures ------------------------------------------------------------------------------------------------------- */

/* Of the IPP printer: it keeps each document as NUMBER-NAME.pdf. */
static char *
find_newest_document (const PvDemoPrinters *self)
{
  g_autofree char *folder = g_build_filename (self->folder, "documents", NULL);
  g_autoptr (GDir) files = g_dir_open (folder, 0, NULL);
  g_autofree char *newest = NULL;
  guint64 last = 0;

  for (const char *name; files != NULL && (name = g_dir_read_name (files)) != NULL;) {
    guint64 number = g_ascii_strtoull (name, NULL, 10);

    if (g_str_has_suffix (name, ".pdf") && number > last) {
      last = number;
      g_free (newest);
      newest = g_strdup (name);
    }
  }
  return newest != NULL ? g_build_filename (folder, newest, NULL) : NULL;
}

/* By poppler's tool, which may take no longer than people wait. */
static GBytes *
draw_document (const char *path)
{
  const char *const argv[] = { "timeout", "5", "pdftoppm", "-png", "-singlefile", "-r", "100", path, NULL };
  g_autoptr (GSubprocess) process =
    g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL);
  g_autoptr (GBytes) picture = NULL;

  if (process == NULL || !g_subprocess_communicate (process, NULL, NULL, &picture, NULL, NULL)
      || !g_subprocess_get_successful (process))
    return NULL;
  return g_steal_pointer (&picture);
}

static cairo_status_t
write_png_cb (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static GBytes *
draw_sheet (const PvDemoRollSheet *sheet)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) sheet->width, (int) sheet->lines);
  guint8 *pixels = cairo_image_surface_get_data (surface);
  gsize stride = (gsize) cairo_image_surface_get_stride (surface);
  GByteArray *png = g_byte_array_new ();

  for (guint y = 0; y < sheet->lines; y++)
    for (guint x = 0; x < sheet->width; x++)
      memset (pixels + y * stride + (gsize) x * 4, pv_demo_roll_sheet_is_black (sheet, x, y) ? 0 : 0xff, 4);
  cairo_surface_mark_dirty (surface);
  cairo_surface_write_to_png_stream (surface, write_png_cb, png);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (png);
}

gboolean
pv_demo_printers_has_printed (const PvDemoPrinters *self, const char *printer)
{
  g_autofree char *document = NULL;

  if (!has_printer (self, printer))
    return FALSE;
  if (g_str_equal (printer, ROLL))
    return pv_demo_roll_device_count_cuts (self->roll) > 0;
  document = find_newest_document (self);
  return document != NULL;
}

GBytes *
pv_demo_printers_draw (const PvDemoPrinters *self, const char *printer)
{
  g_autoptr (PvDemoRollSheet) sheet = NULL;
  g_autofree char *document = NULL;

  if (!has_printer (self, printer))
    return NULL;
  if (g_str_equal (printer, PAPER)) {
    document = find_newest_document (self);
    return document != NULL ? draw_document (document) : NULL;
  }
  sheet = pv_demo_roll_device_dup_sheet (self->roll);
  return sheet != NULL ? draw_sheet (sheet) : NULL;
}

char *
pv_demo_printers_to_json (const PvDemoPrinters *self)
{
  g_autoptr (PvJsonWriter) writer = pv_json_writer_new ();
  g_autofree const char **names = pv_demo_printers_list (self);

  pv_json_writer_begin_object (writer, NULL);
  pv_json_writer_begin_array (writer, "printers");
  for (gsize i = 0; names[i] != NULL; i++) {
    g_autofree const char **can = pv_demo_printers_list_faults (names[i]);
    g_autofree char *address = pv_demo_printers_dup_address (self, names[i]);

    pv_json_writer_begin_object (writer, NULL);
    pv_json_writer_text (writer, "printer", names[i]);
    pv_json_writer_text (writer, "address", address);
    pv_json_writer_text (writer, "fault", pv_demo_printers_get_fault (self, names[i]));
    pv_json_writer_begin_array (writer, "faults");
    for (gsize k = 0; can[k] != NULL; k++)
      pv_json_writer_text (writer, NULL, can[k]);
    pv_json_writer_end_array (writer);
    pv_json_writer_end_object (writer);
  }
  pv_json_writer_end_array (writer);
  pv_json_writer_end_object (writer);
  return g_strdup (pv_json_writer_get_text (writer, NULL));
}
