/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/escpos/device.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

enum { MAX_PATH_BYTES = 255 };

static const struct {
  guint baud;
  speed_t speed;
} speeds[] = {
  { 9600, B9600 }, { 19200, B19200 }, { 38400, B38400 }, { 57600, B57600 }, { 115200, B115200 },
};

static gboolean
refuse (GError **error, const char *key, const char *value)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "%s=%s: not understood", key, value);
  return FALSE;
}

static gboolean
read_number (const char *key, const char *text, guint min, guint max, guint *ret_value, GError **error)
{
  guint64 value;

  if (!g_ascii_string_to_unsigned (text, 10, min, max, &value, NULL))
    return refuse (error, key, text);
  *ret_value = (guint) value;
  return TRUE;
}

static gboolean
read_choice (const char *key, const char *text, const char *yes, const char *no, gboolean *ret_is, GError **error)
{
  if (!g_str_equal (text, yes) && !g_str_equal (text, no))
    return refuse (error, key, text);
  *ret_is = g_str_equal (text, yes);
  return TRUE;
}

static gboolean
read_option (PvEscposAddress *address, const char *key, const char *value, GError **error)
{
  if (g_str_equal (key, "baud")) {
    if (!read_number (key, value, 9600, 115200, &address->baud, error))
      return FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS (speeds); i++)
      if (address->baud == speeds[i].baud)
        return TRUE;
    return refuse (error, key, value);
  }
  if (g_str_equal (key, "flow"))
    return read_choice (key, value, "rts", "none", &address->flow_rts, error);
  if (g_str_equal (key, "status"))
    return read_choice (key, value, "no", "yes", &address->is_silent, error);
  if (g_str_equal (key, "wait"))
    return read_number (key, value, 1, 60, &address->wait_s, error);
  if (g_str_equal (key, "patience"))
    return read_number (key, value, 1, 600, &address->patience_s, error);
  return refuse (error, key, value);
}

gboolean
pv_escpos_address_parse (const char *uri, PvEscposAddress *ret_address, GError **error)
{
  PvEscposAddress address = { .baud = 9600, .flow_rts = TRUE, .wait_s = 3, .patience_s = 90 };
  const char *rest = g_str_has_prefix (uri, PV_ESCPOS_SCHEME ":/") ? uri + strlen (PV_ESCPOS_SCHEME ":") : NULL;
  g_auto (GStrv) options = NULL;
  gsize length;

  if (rest == NULL || (length = strcspn (rest, "?")) > MAX_PATH_BYTES) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "no address of a thermal printer");
    return FALSE;
  }
  options = g_strsplit (rest[length] == '?' ? rest + length + 1 : "", "&", 16);
  for (guint i = 0; options[i] != NULL; i++) {
    char *value = strchr (options[i], '=');

    if (value != NULL)
      *value++ = '\0';
    if (!read_option (&address, options[i], value != NULL ? value : "", error))
      return FALSE;
  }
  address.path = g_strndup (rest, length);
  *ret_address = address;
  return TRUE;
}

void
pv_escpos_address_clear (PvEscposAddress *address)
{
  g_clear_pointer (&address->path, g_free);
}

static gboolean
set_line (int fd, const PvEscposAddress *address)
{
  struct termios line;

  if (tcgetattr (fd, &line) < 0)
    return FALSE;
  cfmakeraw (&line);
  line.c_cflag |= CLOCAL | CREAD;
  if (address->flow_rts)
    line.c_cflag |= CRTSCTS;
  else
    line.c_cflag &= ~(tcflag_t) CRTSCTS;
  for (gsize i = 0; i < G_N_ELEMENTS (speeds); i++)
    if (speeds[i].baud == address->baud)
      cfsetspeed (&line, speeds[i].speed);
  /* What an earlier job left unread is no answer to this one. */
  return tcsetattr (fd, TCSANOW, &line) == 0 && tcflush (fd, TCIFLUSH) == 0;
}

int
pv_escpos_device_open (const PvEscposAddress *address, GError **error)
{
  int fd = open (address->path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
  struct stat facts;

  /* A file would take everything, and print nothing. */
  if (fd >= 0 && (fstat (fd, &facts) < 0 || !S_ISCHR (facts.st_mode))) {
    close (fd);
    fd = -1;
    errno = ENODEV;
  }
  if (fd < 0 || (isatty (fd) && !set_line (fd, address))) {
    int saved = errno;

    g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved), "%s: %s", address->path, g_strerror (saved));
    if (fd >= 0)
      close (fd);
    return -1;
  }
  return fd;
}
