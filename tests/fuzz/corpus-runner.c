/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* corpus-runner.c: runs a fuzz target on every file of the folders named as arguments, without a fuzzer.
 *
 * Each file is also given cut short at every length up to CUT_MAX_BYTES, and at some lengths beyond: most faults of a
 * reader are at the place where the bytes end. The copy is exactly as long as the input, so that the address
 * sanitizer sees a read past the end. A folder without a file is an error: it would be a test that cannot fail. */

#include <glib.h>
#include <stdint.h>
#include <stdlib.h>

enum {
  CUT_MAX_BYTES = 256,
  CUT_STEPS = 64,
};

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
run_copy (const char *bytes, gsize size)
{
  uint8_t *copy = malloc (size > 0 ? size : 1);

  if (copy == NULL)
    abort ();
  for (gsize i = 0; i < size; i++)
    copy[i] = (uint8_t) bytes[i];
  LLVMFuzzerTestOneInput (copy, size);
  free (copy);
}

static void
run_file (const char *bytes, gsize size)
{
  gsize step = MAX (size / CUT_STEPS, 1);

  for (gsize cut = 0; cut < MIN (size, CUT_MAX_BYTES); cut++)
    run_copy (bytes, cut);
  for (gsize cut = CUT_MAX_BYTES; cut < size; cut += step)
    run_copy (bytes, cut);
  run_copy (bytes, size);
}

static guint
run_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint files = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_autofree char *bytes = NULL;
    gsize size;

    if (!g_file_get_contents (path, &bytes, &size, NULL)) {
      g_printerr ("%s: cannot be read\n", path);
      return 0;
    }
    run_file (bytes, size);
    files++;
  }
  g_printerr ("%s: %u files\n", folder, files);
  return files;
}

int
main (int argc, char **argv)
{
  for (int i = 1; i < argc; i++)
    if (run_folder (argv[i]) == 0)
      return EXIT_FAILURE;
  return argc > 1 ? EXIT_SUCCESS : EXIT_FAILURE;
}
