/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* facts.h: what would be different if somebody had got out: windows, programs on the accessibility bus, clients of the compositor,
 * processes below it, and the picture. Tests only; one thread. */
#pragma once

#include "../tour/eye.h"
#include "grip.h"

typedef struct Facts {
  guint n_windows; /* that are shown, of whatever program */
  guint n_clients; /* of the compositor */
  char *programs;  /* names on the accessibility bus, each once, sorted */
  char *processes; /* below the compositor, sorted: "name/number" */
  char *digest;    /* of the picture; (nullable): there is no window */
} Facts;

/* @compositor: its process. The picture is waited for until it stands still. */
Facts *facts_take (Grip *grip, GPid compositor);
void facts_free (Facts *facts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Facts, facts_free)

/* What differs, for people; NULL: nothing. (transfer full) */
char *facts_compare (const Facts *before, const Facts *after);
/* The same, but the picture may differ, and sessions may have gone and come: what keys that are no shortcuts do. */
char *facts_compare_loosely (const Facts *before, const Facts *after);

/* The processes of that name below the compositor. (element-type GPid) (transfer container) */
GArray *facts_find_processes (GPid compositor, const char *name);
