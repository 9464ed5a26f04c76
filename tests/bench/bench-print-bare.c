/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* bench-print-bare: the least program that prints: libcups and nothing else.
 *
 * bench-print-bare queue NAME MEDIA FILE: cupsPrintFile(), as lp does
 * bench-print-bare URI RESOURCE MEDIA-COL FILE: what libcups offers instead where there is no CUPS */

#include <cups/cups.h>
#include <stdio.h>
#include <string.h>

static int
print_to_queue (char **words)
{
  cups_option_t *options = NULL;
  int n_options = cupsAddOption ("media", words[2], 0, &options);

  return cupsPrintFile (words[1], words[3], "bench", n_options, options) != 0 ? 0 : 1;
}

static int
write_file (http_t *http, const char *path)
{
  char buffer[64 * 1024];
  FILE *file = fopen (path, "rbe");
  size_t size;

  if (file == NULL)
    return 0;
  while ((size = fread (buffer, 1, sizeof buffer, file)) > 0)
    if (cupsWriteRequestData (http, buffer, size) != HTTP_STATUS_CONTINUE)
      break;
  fclose (file);
  return size == 0;
}

static int
print_to_printer (char **words)
{
  cups_dest_t *dest = cupsGetDestWithURI ("roll", words[0]);
  http_t *http = cupsConnectDest (dest, CUPS_DEST_FLAGS_DEVICE, 5000, NULL, NULL, 0, NULL, NULL);
  cups_dinfo_t *info = cupsCopyDestInfo (http, dest);
  cups_option_t *options = NULL;
  int n_options = cupsAddOption ("media-col", words[2], 0, &options), job;

  return http != NULL && info != NULL
             && cupsCreateDestJob (http, dest, info, &job, "bench", n_options, options) == IPP_STATUS_OK
             && cupsStartDestDocument (http, dest, info, job, "bench", CUPS_FORMAT_PDF, 0, NULL, 1)
                  == HTTP_STATUS_CONTINUE
             && write_file (http, words[3]) && cupsFinishDestDocument (http, dest, info) == IPP_STATUS_OK
           ? 0
           : 1;
}

int
main (int argc, char **argv)
{
  if (argc != 5)
    return 2;
  return strcmp (argv[1], "queue") == 0 ? print_to_queue (argv + 1) : print_to_printer (argv + 1);
}
