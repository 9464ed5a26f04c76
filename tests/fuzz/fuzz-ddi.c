/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* fuzz-ddi.c: what a hawkBit answers: to a poll, as a deployment, as what it takes back. Whatever is accepted leads to its own host, names
 * files of an image only, and has the sizes that an image may have. */

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "ctl/update-ddi.h"

#define ORIGIN "https://updates.example.org"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check (gboolean is_true)
{
  if (!is_true)
    abort ();
}

static void
check_url (const char *url)
{
  check (g_str_has_prefix (url, ORIGIN "/") && strpbrk (url, " \r\n\"") == NULL);
}

static void
check_id (const char *id)
{
  check (*id != '\0' && strlen (id) <= PV_DDI_MAX_ID_BYTES && id[strspn (id, "0123456789")] == '\0');
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const char *text = (const char *) data;
  g_autofree char *deployment_url = NULL, *cancel_url = NULL, *id = NULL, *stopped = NULL;
  g_autoptr (PvDdiDeployment) deployment = pv_ddi_parse_deployment (ORIGIN "/hawkbit", text, size, NULL);

  if (pv_ddi_parse_poll (ORIGIN "/hawkbit", text, size, &deployment_url, &cancel_url, NULL)) {
    if (deployment_url != NULL)
      check_url (deployment_url);
    if (cancel_url != NULL)
      check_url (cancel_url);
  }
  if (pv_ddi_parse_cancel (text, size, &id, &stopped, NULL)) {
    check_id (id);
    check_id (stopped);
  }
  if (deployment == NULL)
    return 0;
  check_id (deployment->id);
  check (deployment->artifacts->len > 0 && deployment->artifacts->len <= PV_DDI_MAX_ARTIFACTS);
  for (guint i = 0; i < deployment->artifacts->len; i++) {
    const PvDdiArtifact *artifact = deployment->artifacts->pdata[i];

    check_url (artifact->url);
    check (strchr (artifact->name, '/') == NULL && artifact->name[0] != '.');
    check (artifact->size > 0 && artifact->size <= PV_DDI_MAX_FILE_BYTES);
    check (strlen (artifact->sha256) == PV_DDI_SHA256_CHARS);
  }
  return 0;
}
