/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* sane-backend.c: libsane-parvisfake.so.1, a driver that goes wrong in the way that parvisfake.conf names, in
 * SANE_CONFIG_DIR. Without a way: a light sheet of 100 x 150 mm, with two bars on it, on a dark lid. */

#include <sane/sane.h>
#include <sane/saneopts.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
  DPI = 200,
  WIDTH = 1654,
  HEIGHT = 2339,
  GOES_WRONG_AT = 600, /* the line */
  SHEET_X = 300,
  SHEET_Y = 400,
  SHEET_WIDTH = 787,
  SHEET_HEIGHT = 1181,
  LID = 40,
  PAPER = 235,
  INK = 20,
};

SANE_Status sane_parvisfake_init (SANE_Int *version, SANE_Auth_Callback authorize);
void sane_parvisfake_exit (void);
SANE_Status sane_parvisfake_get_devices (const SANE_Device ***devices, SANE_Bool local_only);
SANE_Status sane_parvisfake_open (SANE_String_Const name, SANE_Handle *handle);
void sane_parvisfake_close (SANE_Handle handle);
const SANE_Option_Descriptor *sane_parvisfake_get_option_descriptor (SANE_Handle handle, SANE_Int option);
SANE_Status sane_parvisfake_control_option (SANE_Handle handle, SANE_Int option, SANE_Action action, void *value,
                                            SANE_Int *info);
SANE_Status sane_parvisfake_get_parameters (SANE_Handle handle, SANE_Parameters *parameters);
SANE_Status sane_parvisfake_start (SANE_Handle handle);
SANE_Status sane_parvisfake_read (SANE_Handle handle, SANE_Byte *data, SANE_Int max_length, SANE_Int *length);
void sane_parvisfake_cancel (SANE_Handle handle);
SANE_Status sane_parvisfake_set_io_mode (SANE_Handle handle, SANE_Bool non_blocking);
SANE_Status sane_parvisfake_get_select_fd (SANE_Handle handle, SANE_Int *fd);

static char way[64];
static int line;

static int
goes (const char *name)
{
  return strcmp (way, name) == 0;
}

static void
hang (void)
{
  for (;;)
    pause ();
}

SANE_Status
sane_parvisfake_init (SANE_Int *version, SANE_Auth_Callback authorize)
{
  char path[4096];
  const char *folder = getenv ("SANE_CONFIG_DIR");
  FILE *file;

  (void) authorize;
  *version = SANE_VERSION_CODE (1, 0, 0);
  snprintf (path, sizeof path, "%s/parvisfake.conf", folder != NULL ? folder : "");
  file = fopen (path, "re");
  if (file != NULL) {
    if (fgets (way, sizeof way, file) != NULL)
      way[strcspn (way, "\n")] = '\0';
    fclose (file);
  }
  if (goes ("crashes at once"))
    abort ();
  return SANE_STATUS_GOOD;
}

void
sane_parvisfake_exit (void)
{
}

SANE_Status
sane_parvisfake_get_devices (const SANE_Device ***devices, SANE_Bool local_only)
{
  static const SANE_Device device = { "one", "Parvis", "fake", "flatbed scanner" };
  static const SANE_Device *list[2];

  (void) local_only;
  list[0] = goes ("is not there") ? NULL : &device;
  *devices = list;
  return SANE_STATUS_GOOD;
}

SANE_Status
sane_parvisfake_open (SANE_String_Const name, SANE_Handle *handle)
{
  (void) name;
  if (goes ("hangs when opened"))
    hang ();
  if (goes ("is busy"))
    return SANE_STATUS_DEVICE_BUSY;
  *handle = &line;
  return SANE_STATUS_GOOD;
}

void
sane_parvisfake_close (SANE_Handle handle)
{
  (void) handle;
  if (goes ("crashes when closed") && line > 0)
    abort ();
  if (goes ("hangs when closed") && line > 0)
    hang ();
}

const SANE_Option_Descriptor *
sane_parvisfake_get_option_descriptor (SANE_Handle handle, SANE_Int option)
{
  static const SANE_String_Const modes[] = { "Lineart", "True Gray", NULL };
  static const SANE_Word resolutions[] = { 3, 75, 150, 600 };
  static const SANE_Option_Descriptor odd[] = {
    { .name = NULL, .type = SANE_TYPE_GROUP },
    { .name = SANE_NAME_SCAN_MODE,
      .type = SANE_TYPE_STRING,
      .size = -5,
      .cap = SANE_CAP_SOFT_SELECT,
      .constraint_type = SANE_CONSTRAINT_STRING_LIST,
      .constraint.string_list = modes },
    { .name = SANE_NAME_SCAN_RESOLUTION,
      .type = SANE_TYPE_INT,
      .size = 4096,
      .cap = SANE_CAP_SOFT_SELECT,
      .constraint_type = SANE_CONSTRAINT_WORD_LIST,
      .constraint.word_list = resolutions },
    { .name = SANE_NAME_SCAN_TL_X, .type = SANE_TYPE_STRING, .size = 4, .cap = SANE_CAP_SOFT_SELECT },
  };

  (void) handle;
  if (!goes ("has odd options") || option < 0)
    return NULL;
  /* And it never ends. */
  return &odd[option % 4];
}

SANE_Status
sane_parvisfake_control_option (SANE_Handle handle, SANE_Int option, SANE_Action action, void *value, SANE_Int *info)
{
  (void) handle;
  (void) option;
  (void) action;
  (void) value;
  (void) info;
  return SANE_STATUS_INVAL;
}

SANE_Status
sane_parvisfake_get_parameters (SANE_Handle handle, SANE_Parameters *parameters)
{
  (void) handle;
  *parameters = (SANE_Parameters){ SANE_FRAME_GRAY, SANE_TRUE, WIDTH, WIDTH, HEIGHT, 8 };
  if (goes ("has a line of no bytes"))
    parameters->bytes_per_line = 0;
  else if (goes ("has short lines"))
    parameters->bytes_per_line = WIDTH - 1;
  else if (goes ("has huge lines"))
    parameters->pixels_per_line = parameters->bytes_per_line = 0x7FFFFFFF;
  else if (goes ("has negative lines"))
    parameters->lines = -7;
  else if (goes ("has endless lines"))
    parameters->lines = 0x7FFFFFFF;
  else if (goes ("has an odd depth"))
    parameters->depth = 13;
  else if (goes ("has an odd format"))
    parameters->format = (SANE_Frame) 77;
  else if (goes ("does not know its length") || goes ("never ends"))
    parameters->lines = -1;
  return SANE_STATUS_GOOD;
}

SANE_Status
sane_parvisfake_start (SANE_Handle handle)
{
  (void) handle;
  line = 0;
  return SANE_STATUS_GOOD;
}

static void
write_nonsense (int fd)
{
  static const unsigned char nonsense[4096] = { 0xFF, 0xFF, 0xFF, 0xFF, 1 };

  for (int i = 0; i < 2000; i++)
    if (write (fd, nonsense, sizeof nonsense) < 0)
      return;
}

static SANE_Status
go_wrong (void)
{
  if (goes ("crashes"))
    abort ();
  if (goes ("hangs"))
    hang ();
  if (goes ("exits as if all was well"))
    _exit (0);
  if (goes ("tells nonsense"))
    write_nonsense (5);
  if (goes ("writes too much"))
    write_nonsense (4);
  if (goes ("is unplugged"))
    return SANE_STATUS_IO_ERROR;
  return goes ("stops early") ? SANE_STATUS_EOF : SANE_STATUS_GOOD;
}

static void
draw (SANE_Byte *data)
{
  memset (data, LID, WIDTH);
  if (line < SHEET_Y || line >= SHEET_Y + SHEET_HEIGHT)
    return;
  memset (data + SHEET_X, PAPER, SHEET_WIDTH);
  if ((line > SHEET_Y + 200 && line < SHEET_Y + 230) || (line > SHEET_Y + 300 && line < SHEET_Y + 330))
    memset (data + SHEET_X + 100, INK, 500);
}

SANE_Status
sane_parvisfake_read (SANE_Handle handle, SANE_Byte *data, SANE_Int max_length, SANE_Int *length)
{
  SANE_Status status = line == GOES_WRONG_AT ? go_wrong () : SANE_STATUS_GOOD;

  (void) handle;
  *length = 0;
  if (status != SANE_STATUS_GOOD)
    return status;
  if (goes ("reads more than it may")) {
    *length = max_length + 100000;
    return SANE_STATUS_GOOD;
  }
  if (line == HEIGHT && !goes ("goes on for ever") && !goes ("never ends"))
    return SANE_STATUS_EOF;
  draw (data);
  line++;
  *length = WIDTH;
  return SANE_STATUS_GOOD;
}

void
sane_parvisfake_cancel (SANE_Handle handle)
{
  (void) handle;
}

SANE_Status
sane_parvisfake_set_io_mode (SANE_Handle handle, SANE_Bool non_blocking)
{
  (void) handle;
  return non_blocking ? SANE_STATUS_UNSUPPORTED : SANE_STATUS_GOOD;
}

SANE_Status
sane_parvisfake_get_select_fd (SANE_Handle handle, SANE_Int *fd)
{
  (void) handle;
  (void) fd;
  return SANE_STATUS_UNSUPPORTED;
}
