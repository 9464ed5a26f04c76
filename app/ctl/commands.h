/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* commands.h: the one table of what parvisctl can do. Usage, completion and manual pages are made from it. */
#pragma once

#include "ctl/ctl.h"

typedef struct PvCtlCommand {
  const char *words[2]; /* the second may be NULL; of one first word, a row without a second comes last */
  int (*run) (const PvCtl *ctl, char **arguments);
  const char *usage; /* words and arguments, a line break, and what it does, indented by six blanks */
} PvCtlCommand;

/* All rows, in the order in which they are told. */
const PvCtlCommand *pv_ctl_commands_get (gsize *ret_n_commands);
/* The row that WORDS (NULL-terminated) begin with, and what follows its words; NULL: there is none. */
const PvCtlCommand *pv_ctl_commands_find (char **words, char ***ret_arguments);
