/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* manual.h: manual pages and completion, made from the table of commands when Parvis is built. Pure. */
#pragma once

#include <glib.h>

typedef struct PvCtlPage {
  const char *name;     /* a first word of a command, or a program's whole name */
  const char *summary;  /* half a line */
  const char *synopsis; /* (nullable): NULL: of parvisctl; the rows of commands.c have it */
  const char *text; /* paragraphs, an empty line between two; one that begins with a tab is a term and what it means */
} PvCtlPage;

/* What the table of commands does not say. */
const PvCtlPage *pv_ctl_pages_get (gsize *ret_n_pages);

/**
 * pv_ctl_manual_make:
 * @name: "parvisctl", "parvisctl-doctor", "parvis-session"
 *
 * Returns: (transfer full) (nullable): the page for man(7); NULL: there is none of that name
 */
char *pv_ctl_manual_make (const char *name) G_GNUC_WARN_UNUSED_RESULT;
/* Names of all pages, in the order of the alphabet. (transfer full) */
GStrv pv_ctl_manual_list (void) G_GNUC_WARN_UNUSED_RESULT;

/* A file for bash-completion. (transfer full) */
char *pv_ctl_completion_make (void) G_GNUC_WARN_UNUSED_RESULT;
