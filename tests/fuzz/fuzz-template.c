/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The first line is what every variable holds, the rest is the template. */

#include <glib.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/template.h"
#include "core/wipe.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static PvExprValue *
resolve_cb (const char *name, gpointer user_data)
{
  const char *text = user_data;
  PvExprValue *list;

  switch (g_str_hash (name) % 5) {
  case 0:
    return NULL;
  case 1:
    return pv_expr_value_new_number (text);
  case 2:
    return pv_expr_value_new_option ("1", text);
  case 3:
    list = pv_expr_value_new_list ();
    pv_expr_value_append (list, pv_expr_value_new_option ("1", text));
    pv_expr_value_append (list, pv_expr_value_new_text (text));
    return list;
  default:
    return pv_expr_value_new_text (text);
  }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *value = g_strndup ((const char *) data, size);
  char *text = strchr (value, '\n');
  g_autoptr (GError) error = NULL;
  g_autoptr (PvTemplate) template = NULL;
  g_autoptr (PvSecretStr) rendered = NULL;
  GDate today;

  if (text == NULL)
    return 0;
  *text++ = '\0';
  template = pv_template_parse (text, &error);
  if ((template == NULL) != (error != NULL))
    abort ();
  if (template == NULL)
    return 0;
  g_ptr_array_unref (pv_template_list_variables (template));
  g_date_clear (&today, 1);
  g_date_set_dmy (&today, 24, 11, 2026);
  rendered =
    pv_template_render (template, resolve_cb, value, &today, size % 2 ? PV_TEMPLATE_TO_READ : PV_TEMPLATE_TO_SEND);
  if (rendered != NULL && (strlen (rendered) > PV_TEMPLATE_MAX_RENDERED_BYTES || !g_utf8_validate (rendered, -1, NULL)))
    abort ();
  return 0;
}
