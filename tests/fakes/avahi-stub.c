/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* avahi-stub.c: preloaded into ippeveprinter, which will not start without Avahi although nothing is registered there.
 *
 * It also lets the printer say of itself what ippeveprinter has no words for, from files in the folder PV_ENGINE: "reasons"
 * (printer-state-reasons, separated by commas) and "printer-state" (a number). And it tells the engine of a cancelled job,
 * by the file "stop-NUMBER": by itself ippeveprinter lets the engine work on to its end.
 */
#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CANCEL_JOB = 0x0008, TAG_INTEGER = 0x21, MAX_REASONS = 16 };

typedef void *(*AddString) (void *ipp, int group, int type, const char *name, const char *language, const char *value);
typedef void *(*AddStrings) (void *ipp, int group, int type, const char *name, int n, const char *language,
                             const char *const *values);
typedef void *(*AddInteger) (void *ipp, int group, int type, const char *name, int value);
typedef void *(*FindAttribute) (void *ipp, const char *name, int type);
typedef int (*GetInteger) (void *attribute, int element);
typedef int (*GetOperation) (void *ipp);

void *avahi_client_new (const void *poll_api, int flags, void *callback, void *user_data, int *ret_error);
void avahi_client_free (void *client);
void *ippAddString (void *ipp, int group, int type, const char *name, const char *language, const char *value);
void *ippAddInteger (void *ipp, int group, int type, const char *name, int value);
int ippGetOperation (void *ipp);

void *
avahi_client_new (const void *poll_api, int flags, void *callback, void *user_data, int *ret_error)
{
  static char client[64];

  (void) poll_api;
  (void) flags;
  (void) callback;
  (void) user_data;
  if (ret_error != NULL)
    *ret_error = 0;
  return client;
}

void
avahi_client_free (void *client)
{
  (void) client;
}

static int
open_file (const char *name, int flags)
{
  char path[4096];
  const char *folder = getenv ("PV_ENGINE");

  if (folder == NULL || snprintf (path, sizeof path, "%s/%s", folder, name) >= (int) sizeof path)
    return -1;
  return open (path, flags | O_CLOEXEC, 0600);
}

static int
read_file (const char *name, char *text, size_t size)
{
  int fd = open_file (name, O_RDONLY);
  ssize_t got = fd >= 0 ? read (fd, text, size - 1) : -1;

  if (fd >= 0)
    close (fd);
  if (got < 0)
    return 0;
  text[got] = '\0';
  return 1;
}

void *
ippAddString (void *ipp, int group, int type, const char *name, const char *language, const char *value)
{
  AddString real = (AddString) dlsym (RTLD_NEXT, "ippAddString");
  AddStrings real_list = (AddStrings) dlsym (RTLD_NEXT, "ippAddStrings");
  const char *reasons[MAX_REASONS];
  char text[1024];
  char *rest = text;
  int n = 0;

  if (name == NULL || strcmp (name, "printer-state-reasons") != 0 || !read_file ("reasons", text, sizeof text))
    return real (ipp, group, type, name, language, value);
  /* With its bit of "constant" the type would keep a pointer to our words. */
  while (n < MAX_REASONS && (reasons[n] = strsep (&rest, ",")) != NULL)
    n++;
  return real_list (ipp, group, type & 0x7fffffff, name, n, language, reasons);
}

void *
ippAddInteger (void *ipp, int group, int type, const char *name, int value)
{
  AddInteger real = (AddInteger) dlsym (RTLD_NEXT, "ippAddInteger");
  char text[32];

  if (name != NULL && strcmp (name, "printer-state") == 0 && read_file ("printer-state", text, sizeof text))
    value = atoi (text);
  return real (ipp, group, type, name, value);
}

int
ippGetOperation (void *ipp)
{
  GetOperation real = (GetOperation) dlsym (RTLD_NEXT, "ippGetOperation");
  FindAttribute find = (FindAttribute) dlsym (RTLD_NEXT, "ippFindAttribute");
  GetInteger get = (GetInteger) dlsym (RTLD_NEXT, "ippGetInteger");
  int operation = real (ipp), fd;
  char name[32];

  if (operation == CANCEL_JOB) {
    snprintf (name, sizeof name, "stop-%d", get (find (ipp, "job-id", TAG_INTEGER), 0));
    fd = open_file (name, O_WRONLY | O_CREAT);
    if (fd >= 0)
      close (fd);
  }
  return operation;
}
