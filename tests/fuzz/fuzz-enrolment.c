/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An enrolment from any web server: as it comes, and as if a stranger knew the code. */

#include <stdint.h>
#include <string.h>

#include "core/setup-request.h"
#include "platform/enrolment.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const PvEnrolmentLock lock = { .name = "" };
  const gint64 now_s = 1796097600;
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (PvEnrolment) sealed = pv_enrolment_open (bytes, &lock, now_s, NULL);
  g_autoptr (PvEnrolment) clear = pv_enrolment_parse ((const char *) data, size, now_s, NULL);
  g_autofree char *line = g_strndup ((const char *) data, size);
  g_auto (PvSetupRequest) request = { 0 };
  g_auto (GStrv) texts = NULL;

  if (clear != NULL) {
    g_assert (clear->end_s > now_s && clear->files->len >= 1 && clear->files->len <= PV_ENROLMENT_MAX_FILES);
    g_assert (pv_enrolment_find (clear, PV_ENROLMENT_SETTINGS) != NULL);
  }
  /* The other lines that strangers could say to the first start. */
  if (pv_setup_request_parse (line, &request))
    for (guint i = 0; i < PV_N_SETUP_ANSWERS; i++)
      g_assert (request.answers.texts[i] == NULL || pv_setup_answer_check (i, request.answers.texts[i]));
  (void) pv_setup_reply_parse (line, &texts);
  return 0;
}
