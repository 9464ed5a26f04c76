/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "platform/log.h"

#include <string.h>
#include <unistd.h>

#include "platform/settings.h"

#define WITHHELD "(withheld)"

static gboolean
is_word (const char *text)
{
  gsize length = strspn (text, "abcdefghijklmnopqrstuvwxyz0123456789-");

  return length > 0 && length <= PV_LOG_MAX_WORD_BYTES && text[length] == '\0';
}

static void
append_field (GString *line, const PvLogField *field)
{
  if (field->cause != NULL)
    g_string_append_printf (line, " %s=%s:%d", field->name, g_quark_to_string (field->cause->domain),
                            field->cause->code);
  else if (field->word != NULL && *field->word != '\0')
    g_string_append_printf (line, " %s=%s", field->name, is_word (field->word) ? field->word : WITHHELD);
  else if (field->word == NULL)
    g_string_append_printf (line, " %s=%" G_GINT64_FORMAT, field->name, field->number);
}

char *
pv_log_format (const char *event, const PvLogField *fields)
{
  g_autoptr (GString) line = g_string_new (event);

  for (const PvLogField *field = fields + 1; field->name != NULL; field++)
    append_field (line, field);
  return g_string_free (g_steal_pointer (&line), FALSE);
}

/* One write for one line, so that the lines of several processes do not mix. */
static void
write_line (PvLogLevel level, const char *text)
{
  /* sd-daemon(3): journald takes the level from "<4>". */
  static const int priorities[] = { [PV_LOG_ERROR] = 3, [PV_LOG_WARNING] = 4, [PV_LOG_INFO] = 6 };
  const char *program = g_get_prgname ();
  g_autoptr (GString) line = g_string_new (NULL);
  gssize written;

  if (g_getenv ("JOURNAL_STREAM") != NULL)
    g_string_append_printf (line, "<%d>", priorities[level]);
  g_string_append_printf (line, "%s: %s\n", program != NULL ? program : "parvis", text);
  written = write (STDERR_FILENO, line->str, line->len);
  /* There is nobody left to tell. */
  (void) written;
}

void
pv_log_write (PvLogLevel level, const char *event, const PvLogField *fields)
{
  g_autofree char *text = pv_log_format (event, fields);

  write_line (level, text);
}

void
pv_log_bad_settings (const GError *error)
{
  g_auto (GStrv) lines = NULL;

  g_return_if_fail (error != NULL && error->domain == PV_SETTINGS_ERROR);

  lines = g_strsplit (error->message, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++) {
    g_autofree char *text = g_strconcat ("bad-settings ", lines[i], NULL);

    write_line (PV_LOG_ERROR, text);
  }
}

/* "gtk_label_set_text: assertion 'GTK_IS_LABEL (self)' failed", as g_return_if_fail() says it. */
static gboolean
is_assertion (const char *message)
{
  gsize length = strspn (message, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");

  return length > 0 && g_str_has_prefix (message + length, ": assertion '") && g_str_has_suffix (message, "' failed")
         && strchr (message, '\n') == NULL;
}

static GLogWriterOutput
write_library_cb (GLogLevelFlags flags, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  const char *domain = "", *message = "";
  g_autoptr (GString) line = g_string_new ("library-message");
  PvLogLevel level = PV_LOG_WARNING;

  (void) user_data;
  if (flags & (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL))
    level = PV_LOG_ERROR;
  else if (!(flags & G_LOG_LEVEL_WARNING))
    return G_LOG_WRITER_HANDLED;
  for (gsize i = 0; i < n_fields; i++) {
    if (strcmp (fields[i].key, "GLIB_DOMAIN") == 0 && fields[i].length < 0)
      domain = fields[i].value;
    if (strcmp (fields[i].key, "MESSAGE") == 0 && fields[i].length < 0)
      message = fields[i].value;
  }
  g_string_append_printf (line, " domain=%s", domain);
  if (is_assertion (message))
    g_string_append_printf (line, " %s", message);
  write_line (level, line->str);
  return G_LOG_WRITER_HANDLED;
}

void
pv_log_silence_libraries (void)
{
  g_log_set_writer_func (write_library_cb, NULL, NULL);
}
