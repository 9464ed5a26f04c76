/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* parvis-decode MAX-SIDE [TURNS]: a picture. parvis-decode look|scan|import|join ...: see link/scan-private.h. One
 * piece of work, from memory files to memory files, and the end. */

#include "kiosk/decode/modes.h"
#include "platform/harden.h"

#include <stdlib.h>
#include <string.h>

int
main (int argc, char **argv)
{
  static const struct {
    const char *name;
    void (*run) (int argc, char **argv);
  } modes[] = {
    { "look", pv_mode_look },
    { "scan", pv_mode_scan },
    { "import", pv_mode_import },
    { "join", pv_mode_join },
  };

  if (!pv_harden_process (NULL) || argc < 2)
    return EXIT_FAILURE;
  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    if (strcmp (argv[1], modes[i].name) == 0) {
      modes[i].run (argc - 2, argv + 2);
      return EXIT_FAILURE;
    }
  pv_mode_picture (argc - 1, argv + 1);
  return EXIT_FAILURE;
}
