/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>
#include <sys/stat.h>

#include "ctl/ctl.h"
#include "link/outbox-store.h"
#include "platform/clock.h"

static gboolean
read_public_key (const char *name, const char *path, guint8 *ret_key)
{
  g_autofree char *text = NULL;

  if (path != NULL && g_file_get_contents (path, &text, NULL, NULL) && pv_outbox_key_from_text (text, ret_key))
    return TRUE;
  pv_ctl_fail ("[outbox] %s: no key in %s", name, path != NULL ? path : "any file: it is not set");
  return FALSE;
}

static guint
check_keys (const PvSettings *settings)
{
  const char *secret_file = pv_settings_get_text (settings, PV_SETTING_OUTBOX_PRIVATE_KEY_FILE);
  const char *commune_file = pv_settings_get_text (settings, PV_SETTING_OUTBOX_COMMUNE_KEY_FILE);
  guint8 public_key[PV_OUTBOX_KEY_BYTES], commune_key[PV_OUTBOX_KEY_BYTES];
  struct stat info;
  guint n_wrong = 0;

  if (!read_public_key ("public-key-file", pv_settings_get_text (settings, PV_SETTING_OUTBOX_PUBLIC_KEY_FILE),
                        public_key))
    n_wrong++;
  /* A credential of the courier is not there for us: only what can be seen is judged. */
  else if (secret_file != NULL && stat (secret_file, &info) == 0) {
    g_autoptr (PvOutboxKeys) keys = pv_ctl_read_keys (secret_file);

    if (keys == NULL)
      n_wrong++;
    else if (memcmp (keys->public_key, public_key, sizeof public_key) != 0) {
      pv_ctl_fail ("[outbox] private-key-file and public-key-file do not belong together");
      n_wrong++;
    }
  }
  if (secret_file == NULL) {
    pv_ctl_fail ("[outbox] private-key-file is not set: nothing can be sent");
    n_wrong++;
  }
  if (commune_file == NULL)
    g_print ("note: [outbox] commune-key-file is not set: filings could not be exported to an agent\n");
  else if (!read_public_key ("commune-key-file", commune_file, commune_key))
    n_wrong++;
  return n_wrong;
}

static guint
check_outbox (const PvSettings *settings)
{
  g_autofree char *folder = pv_ctl_outbox_folder (settings);
  g_autoptr (PvOutboxStore) store = NULL;
  gint64 now_us = pv_clock_get_wall_us (pv_clock_get_system ());
  const GPtrArray *items;
  guint n_raised = 0;

  /* Not there before the courier was started for the first time. */
  if (!g_file_test (folder, G_FILE_TEST_EXISTS))
    return 0;
  store = pv_outbox_store_open_to_read (folder, NULL);
  if (store == NULL) {
    pv_ctl_fail ("%s cannot be read", folder);
    return 1;
  }
  items = pv_outbox_store_get_items (store);
  for (guint i = 0; i < items->len; i++) {
    const PvOutboxItem *item = items->pdata[i];

    n_raised += pv_delivery_is_raised (&item->delivery, now_us) && !item->is_exported ? 1 : 0;
  }
  if (n_raised > 0)
    pv_ctl_fail ("%u filings need an agent: parvisctl outbox list", n_raised);
  if (pv_outbox_store_get_n_unreadable (store) > 0)
    pv_ctl_fail ("%u files of the outbox cannot be read", pv_outbox_store_get_n_unreadable (store));
  return n_raised + pv_outbox_store_get_n_unreadable (store);
}

int
pv_ctl_check (const PvCtl *ctl, char **arguments)
{
  g_autoptr (PvSettings) settings = NULL;

  if (arguments[0] != NULL)
    return PV_CTL_USAGE;
  settings = pv_ctl_load_settings (ctl);
  if (settings == NULL || check_keys (settings) + check_outbox (settings) > 0)
    return PV_CTL_FAILED;
  g_print ("everything is in order\n");
  return PV_CTL_OK;
}

int
pv_ctl_settings (const PvCtl *ctl, char **arguments)
{
  g_autoptr (PvSettings) settings = NULL;
  g_autofree char *text = NULL;

  if (arguments[0] != NULL)
    return PV_CTL_USAGE;
  settings = pv_ctl_load_settings (ctl);
  if (settings == NULL)
    return PV_CTL_FAILED;
  text = pv_settings_describe (settings);
  g_print ("%s", text);
  return PV_CTL_OK;
}
