/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "assist/output.h"

#include "core/wipe.h"

void
pv_output_free (PvOutput *output)
{
  if (output == NULL)
    return;
  g_clear_pointer (&output->bytes, g_bytes_unref);
  g_free (output->target);
  pv_wipe_str (output->text);
  pv_intention_free (output->intention);
  g_free (output);
}

PvOutput *
pv_output_queue_add (GQueue *queue, PvOutputKind kind)
{
  PvOutput *output = g_new0 (PvOutput, 1);

  output->kind = kind;
  g_queue_push_tail (queue, output);
  return output;
}

void
pv_output_queue_clear (GQueue *queue)
{
  g_queue_clear_full (queue, (GDestroyNotify) pv_output_free);
}
