/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* template.h: texts of a form with {{ variables }}: prefills, labels, messages.
 *
 * Variables and filters are those of expression.h; {% tags %} and {# comments #} are refused when the form is read.
 * Errors are of PV_EXPRESSION_ERROR.
 */
#pragma once

#include "core/expression.h"

enum {
  PV_TEMPLATE_MAX_BYTES = 8192,
  PV_TEMPLATE_MAX_NODES = 256,            /* variables and filters */
  PV_TEMPLATE_MAX_RENDERED_BYTES = 65536, /* what is longer is not rendered */
};

typedef enum {
  PV_TEMPLATE_TO_READ, /* as people read: 24/11/2026, 1,5 */
  PV_TEMPLATE_TO_SEND, /* as it is sent: 2026-11-24, 1.5 */
} PvTemplateUse;

typedef struct PvTemplate PvTemplate;

/**
 * pv_template_parse:
 * @text: with or without variables
 *
 * Returns: (transfer full): NULL with PV_EXPRESSION_ERROR set.
 */
PvTemplate *pv_template_parse (const char *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void pv_template_free (PvTemplate *template);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvTemplate, pv_template_free)

/* TRUE if pv_template_parse() takes @text. */
gboolean pv_template_is_supported (const char *text);

/**
 * pv_template_list_variables:
 *
 * Returns: (transfer container): what rendering may ask the resolver for, borrowed from the template; empty if the text
 *   is the same for everybody
 */
GPtrArray *pv_template_list_variables (const PvTemplate *template) G_GNUC_WARN_UNUSED_RESULT;

/**
 * pv_template_render:
 * @today: the date in the commune
 *
 * What is unset or unknown renders as nothing.  The text is plain: whoever shows it as HTML escapes it.
 *
 * Returns: (transfer full) (nullable): wipe with pv_wipe_str(); NULL when a filter cannot work on its value, when a
 *   value has no text, or over the limit: then leave blank
 */
char *pv_template_render (const PvTemplate *template, PvExprResolver resolver, gpointer user_data, const GDate *today,
                          PvTemplateUse use) G_GNUC_WARN_UNUSED_RESULT;
