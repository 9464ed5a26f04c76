/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>
#include <unistd.h>

#include "ctl/ctl.h"
#include "link/outbox-store.h"
#include "platform/clock.h"

static char *
format_time (gint64 us)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (us / G_USEC_PER_SEC);

  return time != NULL ? g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ") : g_strdup ("-");
}

int
pv_ctl_outbox_list (const PvCtl *ctl, char **arguments)
{
  g_autoptr (PvSettings) settings = NULL;
  g_autoptr (PvOutboxStore) store = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = NULL;
  gint64 now_us = pv_clock_get_wall_us (pv_clock_get_system ());
  const GPtrArray *items;

  if (arguments[0] != NULL) {
    pv_ctl_fail ("use: parvisctl outbox list");
    return PV_CTL_USAGE;
  }
  settings = pv_ctl_load_settings (ctl);
  if (settings == NULL)
    return PV_CTL_FAILED;
  folder = pv_ctl_outbox_folder (settings);
  if (!pv_ctl_has_outbox (folder)) {
    g_print ("nothing waits: the courier has not made %s yet\n", folder);
    return PV_CTL_OK;
  }
  store = pv_outbox_store_open_to_read (folder, &error);
  if (store == NULL)
    return pv_ctl_fail ("%s", error->message);
  items = pv_outbox_store_get_items (store);
  if (items->len == 0)
    g_print ("nothing waits in %s\n", folder);
  for (guint i = 0; i < items->len; i++) {
    PvOutboxItem *item = items->pdata[i];
    g_autofree char *created = format_time (item->header->created_us);

    g_print ("%s  %s  %-8s  %-13s  %8" G_GSIZE_FORMAT "  %s  %s%s\n", item->header->ref,
             pv_outbox_store_get_id (store, item), pv_delivery_state_name (item->delivery.state),
             item->reason != NULL ? item->reason : "-", item->size, created, item->header->slug,
             item->is_exported                                 ? "  exported"
             : pv_delivery_is_raised (&item->delivery, now_us) ? "  NEEDS AN AGENT"
                                                               : "");
  }
  if (pv_outbox_store_get_n_unreadable (store) > 0)
    return pv_ctl_fail ("%u files cannot be read", pv_outbox_store_get_n_unreadable (store));
  return PV_CTL_OK;
}

enum { EXPORT_MAX_BYTES = 1024 * 1024 * 1024 };

typedef struct ExportOptions {
  const char *ref, *to, *key;
  gboolean is_all;
} ExportOptions;

static gboolean
parse_export (char **arguments, ExportOptions *options)
{
  for (guint i = 0; arguments[i] != NULL; i++) {
    const char *word = arguments[i];

    if (strcmp (word, "--all") == 0)
      options->is_all = TRUE;
    else if (strcmp (word, "--to") == 0 && arguments[i + 1] != NULL)
      options->to = arguments[++i];
    else if (strcmp (word, "--key") == 0 && arguments[i + 1] != NULL)
      options->key = arguments[++i];
    else if (*word != '-' && options->ref == NULL)
      options->ref = word;
    else
      return FALSE;
  }
  return options->to != NULL && options->is_all == (options->ref == NULL);
}

/* The same filing, sealed to the commune; in clear only in our memory. (transfer full) (nullable) */
static GBytes *
seal_again (const PvOutboxStore *store, const PvOutboxItem *item, const PvOutboxKeys *keys, const guint8 *commune_key)
{
  int fd = pv_outbox_store_open_filing (store, item);
  g_autoptr (GMappedFile) file = fd >= 0 ? g_mapped_file_new_from_fd (fd, FALSE, NULL) : NULL;
  g_autoptr (GBytes) container = file != NULL ? g_mapped_file_get_bytes (file) : NULL;
  g_autoptr (GVariant) submission = NULL;
  g_autoptr (GError) error = NULL;
  guint8 reply_key[PV_OUTBOX_KEY_BYTES];
  GBytes *sealed = NULL;

  if (fd >= 0)
    close (fd);
  submission = container != NULL ? pv_outbox_open (container, keys, reply_key, &error) : NULL;
  if (submission != NULL)
    sealed = pv_outbox_seal (item->header, submission, commune_key, reply_key, &error);
  if (sealed == NULL)
    pv_ctl_fail ("%s: %s", item->header->ref, error != NULL ? error->message : "gone");
  return sealed;
}

static gboolean
write_export (const char *path, GByteArray *content)
{
  g_autofree char *folder = g_path_get_dirname (path), *name = g_path_get_basename (path);
  g_autoptr (GBytes) bytes = g_bytes_new (content->data, content->len);
  g_autoptr (GError) error = NULL;
  int fd = pv_disk_open_folder (folder, &error);
  gboolean is_written = fd >= 0 && pv_disk_replace (pv_disk_get_default (), fd, name, bytes, &error);

  if (fd >= 0)
    close (fd);
  if (!is_written)
    pv_ctl_fail ("%s: %s", path, error->message);
  return is_written;
}

/* Those that an agent has to look at, or the one that was asked for. */
static gboolean
is_wanted (const PvOutboxItem *item, const ExportOptions *options)
{
  if (!options->is_all)
    return strcmp (item->header->ref, options->ref) == 0 && item->delivery.state != PV_DELIVERY_RECEIVED
           && item->delivery.state != PV_DELIVERY_DRAFTED && item->delivery.state != PV_DELIVERY_RETURNED;
  return pv_delivery_is_raised (&item->delivery, pv_clock_get_wall_us (pv_clock_get_system ()));
}

/* Marked as an agent's first, so that the courier does not send it meanwhile. */
static GBytes *
take (PvOutboxStore *store, PvOutboxItem *item, const PvOutboxKeys *keys, const guint8 *commune_key)
{
  g_autoptr (GError) error = NULL;
  GBytes *sealed;

  if (!pv_outbox_store_claim (store, item, &error)) {
    pv_ctl_fail ("%s: %s", item->header->ref, error->message);
    return NULL;
  }
  sealed = seal_again (store, item, keys, commune_key);
  if (sealed == NULL)
    pv_outbox_store_unclaim (store, item);
  return sealed;
}

static int
export_items (PvOutboxStore *store, const ExportOptions *options, const PvOutboxKeys *keys, const guint8 *commune_key)
{
  const GPtrArray *items = pv_outbox_store_get_items (store);
  g_autoptr (GByteArray) content = g_byte_array_new ();
  g_autoptr (GPtrArray) taken = g_ptr_array_new ();

  for (guint i = 0; i < items->len; i++) {
    PvOutboxItem *item = items->pdata[i];
    g_autoptr (GBytes) sealed = NULL;

    if (!is_wanted (item, options) || content->len + item->size > EXPORT_MAX_BYTES)
      continue;
    sealed = take (store, item, keys, commune_key);
    if (sealed == NULL)
      continue;
    g_byte_array_append (content, g_bytes_get_data (sealed, NULL), (guint) g_bytes_get_size (sealed));
    g_ptr_array_add (taken, item);
  }
  if (taken->len == 0 && options->is_all)
    return pv_ctl_fail ("nothing needs an agent, so nothing is exported");
  if (taken->len == 0)
    return pv_ctl_fail ("%s is not exported: it is not in the outbox, or the portal has it", options->ref);
  if (!write_export (options->to, content)) {
    for (guint i = 0; i < taken->len; i++)
      pv_outbox_store_unclaim (store, taken->pdata[i]);
    return PV_CTL_FAILED;
  }
  g_print ("%u exported to %s; the kiosk does not send them any more\n", taken->len, options->to);
  return PV_CTL_OK;
}

int
pv_ctl_outbox_export (const PvCtl *ctl, char **arguments)
{
  ExportOptions options = { 0 };
  g_autoptr (PvSettings) settings = NULL;
  g_autoptr (PvOutboxStore) store = NULL;
  g_autoptr (PvOutboxKeys) keys = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = NULL, *commune_text = NULL;
  const char *commune_file;
  guint8 commune_key[PV_OUTBOX_KEY_BYTES];

  if (!parse_export (arguments, &options)) {
    pv_ctl_fail ("use: parvisctl outbox export REF|--all --to FILE [--key FILE]");
    return PV_CTL_USAGE;
  }
  settings = pv_ctl_load_settings (ctl);
  if (settings == NULL)
    return PV_CTL_FAILED;
  commune_file = pv_settings_get_text (settings, PV_SETTING_OUTBOX_COMMUNE_KEY_FILE);
  if (commune_file == NULL || !g_file_get_contents (commune_file, &commune_text, NULL, NULL)
      || !pv_outbox_key_from_text (commune_text, commune_key))
    return pv_ctl_fail ("[outbox] commune-key-file: no key there; see parvisctl keygen commune");
  keys = pv_ctl_read_keys (options.key != NULL ? options.key
                                               : pv_settings_get_text (settings, PV_SETTING_OUTBOX_PRIVATE_KEY_FILE));
  if (keys == NULL)
    return PV_CTL_FAILED;
  folder = pv_ctl_outbox_folder (settings);
  if (!pv_ctl_has_outbox (folder))
    return pv_ctl_fail ("nothing to export: the courier has not made %s yet", folder);
  store = pv_outbox_store_open_to_read (folder, &error);
  if (store == NULL)
    return pv_ctl_fail ("%s", error->message);
  return export_items (store, &options, keys, commune_key);
}
