/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "link/outbox-store.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/stored-format.h"
#include "core/outcome.h"
#include "link/release.h"

#define FILING   ".filing"
#define STATE    ".state"
#define EXPORTED ".exported"
#define DONE     ".done"
#define GROUP    "filing"

enum {
  DIGEST_BYTES = 16,
  ID_LENGTH = 8,
  LOCK_WAIT_MS = 2000,
  LOCK_AGAIN_MS = 20,
};

struct PvOutboxStore {
  /* owned */
  int folder;
  GPtrArray *items;
  guint n_unreadable;
  guint64 reserve;
  /* borrowed */
  PvDisk *disk; /* NULL: opened to read */
};

G_DEFINE_QUARK (pv_outbox_store_error, pv_outbox_store_error)

static void
item_free (gpointer data)
{
  PvOutboxItem *item = data;

  pv_outbox_header_free (item->header);
  g_free (item->reason);
  g_clear_pointer (&item->outcome, g_bytes_unref);
  g_free (item->id);
  g_free (item);
}

static char *
file_name (const PvOutboxItem *item, const char *suffix)
{
  return g_strconcat (item->header->ref, suffix, NULL);
}

static char *
digest_of (GBytes *container)
{
  guint8 digest[DIGEST_BYTES];
  char *text = g_malloc (2 * DIGEST_BYTES + 1);
  gsize size;
  const guint8 *data = g_bytes_get_data (container, &size);

  crypto_generichash (digest, sizeof digest, data, size, NULL, 0);
  return sodium_bin2hex (text, 2 * DIGEST_BYTES + 1, digest, sizeof digest);
}

static GBytes *
read_filing (const PvOutboxStore *store, const PvOutboxItem *item)
{
  g_autofree char *name = file_name (item, FILING);

  return pv_disk_read (store->folder, name, PV_OUTBOX_MAX_BYTES);
}

static gboolean
has_file (const PvOutboxStore *store, const char *name)
{
  return faccessat (store->folder, name, F_OK, 0) == 0;
}

/* A state of a later release may say something that this one would get wrong: sent or not. */
static gboolean
is_state_later (const PvOutboxStore *store, const char *ref)
{
  g_autofree char *name = g_strconcat (ref, STATE, NULL);
  g_autoptr (GBytes) bytes = pv_disk_read (store->folder, name, PV_OUTBOX_STORE_MAX_STATE_BYTES);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  int version;

  if (bytes == NULL || g_bytes_get_size (bytes) == 0
      || !g_key_file_load_from_bytes (file, bytes, G_KEY_FILE_NONE, NULL))
    return FALSE;
  version = g_key_file_get_integer (file, GROUP, "version", NULL);
  return version > 0 && !pv_stored_is_readable (PV_STORED_OUTBOX_STATE, (guint) version);
}

/* Takes what the disk knows of the delivery. A state that cannot be read says one thing: something was under way. */
static void
read_state (const PvOutboxStore *store, PvOutboxItem *item, gint64 now_ms)
{
  g_autofree char *name = file_name (item, STATE);
  g_autofree char *state_name = NULL, *outcome = NULL;
  g_autoptr (GBytes) bytes = pv_disk_read (store->folder, name, PV_OUTBOX_STORE_MAX_STATE_BYTES);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  PvDeliveryState state = PV_DELIVERY_SENDING;
  gboolean has_doubt;
  guint attempts;

  if (bytes == NULL && !has_file (store, name))
    return;
  if (bytes != NULL && g_bytes_get_size (bytes) > 0)
    g_key_file_load_from_bytes (file, bytes, G_KEY_FILE_NONE, NULL);
  state_name = g_key_file_get_string (file, GROUP, "state", NULL);
  if (!pv_delivery_state_from_name (state_name, &state))
    g_debug ("a state that cannot be read: taken as perhaps sent");
  has_doubt = g_key_file_get_boolean (file, GROUP, "doubt", NULL);
  attempts = (guint) CLAMP (g_key_file_get_integer (file, GROUP, "attempts", NULL), 0, 1000);
  item->reason = g_key_file_get_string (file, GROUP, "reason", NULL);
  item->changed_us = g_key_file_get_int64 (file, GROUP, "changed-us", NULL);
  outcome = g_key_file_get_string (file, GROUP, "outcome", NULL);
  if (outcome != NULL && *outcome != '\0') {
    gsize size;
    guint8 *data = g_base64_decode (outcome, &size);

    item->outcome = g_bytes_new_take (data, size);
  }
  if (store->disk != NULL)
    pv_delivery_resume (&item->delivery, state, has_doubt, attempts, now_ms);
  else {
    item->delivery.state = state;
    item->delivery.has_doubt = has_doubt;
    item->delivery.attempts = attempts;
  }
}

static gboolean
write_state (PvOutboxStore *store, const PvOutboxItem *item, const PvDelivery *delivery, const char *reason,
             GBytes *outcome, gint64 now_us, GError **error)
{
  g_autofree char *name = file_name (item, STATE);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GBytes) bytes = NULL;
  char *text;
  gsize size;

  g_key_file_set_integer (file, GROUP, "version",
                          (gint) pv_stored_version_to_write (PV_STORED_OUTBOX_STATE, pv_release_is_confirmed ()));
  g_key_file_set_string (file, GROUP, "state", pv_delivery_state_name (delivery->state));
  g_key_file_set_boolean (file, GROUP, "doubt", delivery->has_doubt);
  g_key_file_set_integer (file, GROUP, "attempts", (gint) delivery->attempts);
  g_key_file_set_int64 (file, GROUP, "changed-us", now_us);
  if (reason != NULL)
    g_key_file_set_string (file, GROUP, "reason", reason);
  if (outcome != NULL) {
    g_autofree char *base64 = g_base64_encode (g_bytes_get_data (outcome, NULL), g_bytes_get_size (outcome));

    g_key_file_set_string (file, GROUP, "outcome", base64);
  }
  text = g_key_file_to_data (file, &size, NULL);
  bytes = g_bytes_new_take (text, size);
  return pv_disk_replace (store->disk, store->folder, name, bytes, error);
}

static PvOutboxItem *
item_new (PvOutboxHeader *header, gsize size, gint64 now_ms)
{
  PvOutboxItem *item = g_new0 (PvOutboxItem, 1);
  /* A search does not find drafts. */
  gboolean can_search = header->has_ref_field && header->purpose == PV_OUTBOX_FILE;

  item->header = header;
  item->size = size;
  pv_delivery_init (&item->delivery, can_search, header->created_us, now_ms);
  return item;
}

static void
load_filing (PvOutboxStore *store, const char *name, gint64 now_us, gint64 now_ms)
{
  g_autoptr (GBytes) bytes = pv_disk_read (store->folder, name, PV_OUTBOX_MAX_BYTES);
  g_autoptr (GError) error = NULL;
  PvOutboxHeader *header = bytes != NULL ? pv_outbox_parse (bytes, &error) : NULL;
  g_autofree char *exported = NULL;
  PvOutboxItem *item;
  PvDelivery before;

  if (header == NULL || !g_str_has_prefix (name, header->ref) || strlen (name) != PV_REF_LENGTH + strlen (FILING)) {
    g_debug ("a file that cannot be read: %s", error != NULL ? error->message : "wrong name or size");
    g_clear_pointer (&header, pv_outbox_header_free);
    store->n_unreadable++;
    return;
  }
  if (is_state_later (store, header->ref)) {
    g_debug ("a state of a later release");
    pv_outbox_header_free (header);
    store->n_unreadable++;
    return;
  }
  item = item_new (header, g_bytes_get_size (bytes), now_ms);
  before = item->delivery;
  read_state (store, item, now_ms);
  exported = file_name (item, EXPORTED);
  item->is_exported = has_file (store, exported);
  if (store->disk != NULL && (item->delivery.state != before.state || item->delivery.has_doubt)
      && !write_state (store, item, &item->delivery, item->reason, item->outcome,
                       item->changed_us > 0 ? item->changed_us : now_us, &error))
    g_debug ("a state that cannot be written: %s", error->message);
  g_ptr_array_add (store->items, item);
}

static int
compare_age (gconstpointer a, gconstpointer b)
{
  const PvOutboxItem *first = *(PvOutboxItem *const *) a, *second = *(PvOutboxItem *const *) b;

  return first->header->created_us < second->header->created_us    ? -1
         : first->header->created_us == second->header->created_us ? 0
                                                                   : 1;
}

/* What a crash left: half-written files, states without their filing. */
static gboolean
is_left_over (const PvOutboxStore *store, const char *name)
{
  const char *const of_filing[] = { STATE, EXPORTED };

  if (g_str_has_prefix (name, PV_DISK_TEMP_PREFIX))
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (of_filing); i++)
    if (g_str_has_suffix (name, of_filing[i])) {
      g_autofree char *ref = g_strndup (name, strlen (name) - strlen (of_filing[i]));
      g_autofree char *filing = g_strconcat (ref, FILING, NULL);

      return !has_file (store, filing);
    }
  return FALSE;
}

/* A child of a process that was killed may hold its lock for a moment: from its fork to its exec. Nobody is served yet,
 * so that waiting here delays nobody else. */
static gboolean
lock (int folder)
{
  for (guint waited_ms = 0; flock (folder, LOCK_EX | LOCK_NB) < 0; waited_ms += LOCK_AGAIN_MS) {
    if (errno != EWOULDBLOCK || waited_ms >= LOCK_WAIT_MS)
      return FALSE;
    g_poll (NULL, 0, LOCK_AGAIN_MS);
  }
  return TRUE;
}

static PvOutboxStore *
open_store (const char *path, PvDisk *disk, gint64 now_us, gint64 now_ms, GError **error)
{
  g_autoptr (PvOutboxStore) store = g_new0 (PvOutboxStore, 1);
  g_autoptr (GError) local = NULL;
  g_auto (GStrv) names = NULL;

  store->disk = disk;
  store->reserve = PV_OUTBOX_STORE_RESERVE_BYTES;
  store->items = g_ptr_array_new_with_free_func (item_free);
  store->folder = disk != NULL ? pv_disk_open_folder (path, &local) : open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (store->folder < 0) {
    g_set_error (error, PV_OUTBOX_STORE_ERROR, PV_OUTBOX_STORE_ERROR_DISK, "the outbox %s cannot be opened: %s", path,
                 local != NULL ? local->message : g_strerror (errno));
    return NULL;
  }
  if (disk != NULL && !lock (store->folder)) {
    g_set_error_literal (error, PV_OUTBOX_STORE_ERROR, PV_OUTBOX_STORE_ERROR_BUSY, "another process has the outbox");
    return NULL;
  }
  names = pv_disk_list (store->folder);
  for (guint i = 0; names[i] != NULL; i++) {
    if (g_str_has_suffix (names[i], FILING) && !g_str_has_prefix (names[i], PV_DISK_TEMP_PREFIX))
      load_filing (store, names[i], now_us, now_ms);
    else if (disk != NULL && is_left_over (store, names[i]))
      disk->remove (disk, store->folder, names[i], NULL);
  }
  g_ptr_array_sort (store->items, compare_age);
  return g_steal_pointer (&store);
}

PvOutboxStore *
pv_outbox_store_open (const char *folder, PvDisk *disk, gint64 now_us, gint64 now_ms, GError **error)
{
  return open_store (folder, disk, now_us, now_ms, error);
}

PvOutboxStore *
pv_outbox_store_open_to_read (const char *folder, GError **error)
{
  return open_store (folder, NULL, 0, 0, error);
}

void
pv_outbox_store_free (PvOutboxStore *store)
{
  if (store == NULL)
    return;
  if (store->folder >= 0)
    close (store->folder);
  g_ptr_array_unref (store->items);
  g_free (store);
}

const GPtrArray *
pv_outbox_store_get_items (const PvOutboxStore *store)
{
  return store->items;
}

PvOutboxItem *
pv_outbox_store_find (const PvOutboxStore *store, const char *ref)
{
  for (guint i = 0; i < store->items->len; i++) {
    PvOutboxItem *item = store->items->pdata[i];

    if (strcmp (item->header->ref, ref) == 0)
      return item;
  }
  return NULL;
}

guint
pv_outbox_store_get_n_unreadable (const PvOutboxStore *store)
{
  return store->n_unreadable;
}

void
pv_outbox_store_set_reserve (PvOutboxStore *store, guint64 bytes)
{
  store->reserve = bytes;
}

static gboolean
has_room_for (PvOutboxStore *store, guint64 bytes)
{
  return store->items->len < PV_OUTBOX_STORE_MAX_ITEMS
         && store->disk->get_free_bytes (store->disk, store->folder) >= store->reserve + bytes;
}

gboolean
pv_outbox_store_can_store (PvOutboxStore *store)
{
  return has_room_for (store, PV_OUTBOX_MAX_BYTES);
}

/* TRUE if this container is here or was: *ret_item tells which. */
static gboolean
knows (PvOutboxStore *store, const char *ref, const char *digest, PvOutboxItem **ret_item, GError **error)
{
  g_autofree char *done = g_strconcat (digest, DONE, NULL);
  PvOutboxItem *item = pv_outbox_store_find (store, ref);
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *own = NULL;

  if (item == NULL) {
    if (!has_file (store, done))
      return FALSE;
    *ret_item = NULL;
    return TRUE;
  }
  bytes = read_filing (store, item);
  own = bytes != NULL ? digest_of (bytes) : NULL;
  if (g_strcmp0 (own, digest) == 0)
    *ret_item = item;
  else
    g_set_error_literal (error, PV_OUTBOX_STORE_ERROR, PV_OUTBOX_STORE_ERROR_CONFLICT,
                         "another filing has this reference");
  return TRUE;
}

/* What was not loaded must not be written over either. */
static gboolean
is_of_later_release (const PvOutboxStore *store, const char *name, const char *ref)
{
  g_autoptr (GBytes) bytes = pv_disk_read (store->folder, name, PV_OUTBOX_MAX_BYTES);
  g_autoptr (GError) error = NULL;
  g_autoptr (PvOutboxHeader) header = bytes != NULL ? pv_outbox_parse (bytes, &error) : NULL;

  return g_error_matches (error, PV_LINK_ERROR, PV_LINK_ERROR_VERSION)
         || (header != NULL && is_state_later (store, ref));
}

gboolean
pv_outbox_store_add (PvOutboxStore *store, const char *ref, GBytes *container, gint64 now_us, gint64 now_ms,
                     PvOutboxItem **ret_item, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (PvOutboxHeader) header = pv_outbox_parse (container, &local);
  g_autofree char *digest = NULL, *name = NULL;

  if (header == NULL || strcmp (header->ref, ref) != 0) {
    g_set_error (error, PV_OUTBOX_STORE_ERROR, PV_OUTBOX_STORE_ERROR_BAD_DATA, "%s",
                 local != NULL ? local->message : "the container is of another reference");
    return FALSE;
  }
  digest = digest_of (container);
  if (knows (store, ref, digest, ret_item, &local)) {
    gboolean is_conflict = local != NULL;

    if (is_conflict)
      g_propagate_error (error, g_steal_pointer (&local));
    return !is_conflict;
  }
  if (!has_room_for (store, g_bytes_get_size (container))) {
    g_set_error_literal (error, PV_OUTBOX_STORE_ERROR, PV_OUTBOX_STORE_ERROR_FULL, "no room in the outbox");
    return FALSE;
  }
  name = g_strconcat (ref, FILING, NULL);
  if (is_of_later_release (store, name, ref)) {
    g_set_error_literal (error, PV_OUTBOX_STORE_ERROR, PV_OUTBOX_STORE_ERROR_CONFLICT,
                         "a filing of a later release has this reference");
    return FALSE;
  }
  if (!pv_disk_replace (store->disk, store->folder, name, container, &local)) {
    /* Not promised, so it must not be sent after a restart either. */
    store->disk->remove (store->disk, store->folder, name, NULL);
    g_set_error (error, PV_OUTBOX_STORE_ERROR,
                 g_error_matches (local, G_IO_ERROR, G_IO_ERROR_NO_SPACE) ? PV_OUTBOX_STORE_ERROR_FULL
                                                                          : PV_OUTBOX_STORE_ERROR_DISK,
                 "%s", local->message);
    return FALSE;
  }
  *ret_item = item_new (g_steal_pointer (&header), g_bytes_get_size (container), now_ms);
  (*ret_item)->changed_us = now_us;
  (*ret_item)->id = g_strndup (digest, ID_LENGTH);
  g_ptr_array_add (store->items, *ret_item);
  return TRUE;
}

gboolean
pv_outbox_store_update (PvOutboxStore *store, PvOutboxItem *item, const PvDelivery *delivery, const char *reason,
                        GBytes *outcome, gint64 now_us, GError **error)
{
  GBytes *newest = outcome != NULL ? outcome : item->outcome;
  g_autoptr (GError) local = NULL;

  if (!write_state (store, item, delivery, reason, newest, now_us, &local)) {
    g_set_error (error, PV_OUTBOX_STORE_ERROR, PV_OUTBOX_STORE_ERROR_DISK, "%s", local->message);
    return FALSE;
  }
  item->delivery = *delivery;
  item->changed_us = now_us;
  if (reason != item->reason) {
    g_free (item->reason);
    item->reason = g_strdup (reason);
  }
  if (newest != item->outcome) {
    g_clear_pointer (&item->outcome, g_bytes_unref);
    item->outcome = g_bytes_ref (newest);
  }
  return TRUE;
}

static gboolean
disk_error (GError **error, const GError *cause)
{
  g_set_error (error, PV_OUTBOX_STORE_ERROR, PV_OUTBOX_STORE_ERROR_DISK, "%s", cause->message);
  return FALSE;
}

gboolean
pv_outbox_store_forget (PvOutboxStore *store, PvOutboxItem *item, GError **error)
{
  /* The filing first: without it the others mean nothing, and the next start removes them. */
  const char *const suffixes[] = { FILING, STATE, EXPORTED };
  g_autoptr (GError) local = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++) {
    g_autofree char *name = file_name (item, suffixes[i]);

    if (!store->disk->remove (store->disk, store->folder, name, &local))
      return disk_error (error, local);
  }
  if (!store->disk->sync_folder (store->disk, store->folder, &local))
    return disk_error (error, local);
  g_ptr_array_remove (store->items, item);
  return TRUE;
}

gboolean
pv_outbox_store_finish (PvOutboxStore *store, PvOutboxItem *item, GError **error)
{
  g_autoptr (GBytes) container = read_filing (store, item), empty = g_bytes_new_static ("", 0);
  g_autoptr (GError) local = NULL;

  if (container != NULL) {
    g_autofree char *digest = digest_of (container);
    g_autofree char *done = g_strconcat (digest, DONE, NULL);

    if (!pv_disk_replace (store->disk, store->folder, done, empty, &local))
      return disk_error (error, local);
  }
  return pv_outbox_store_forget (store, item, error);
}

void
pv_outbox_store_tidy (PvOutboxStore *store, gint64 now_us)
{
  g_auto (GStrv) names = pv_disk_list (store->folder);

  for (guint i = 0; names[i] != NULL; i++) {
    struct stat info;

    if (g_str_has_suffix (names[i], DONE) && fstatat (store->folder, names[i], &info, AT_SYMLINK_NOFOLLOW) == 0
        && now_us / G_USEC_PER_SEC - (gint64) info.st_mtime > (gint64) PV_OUTBOX_STORE_DONE_DAYS * 24 * 3600)
      store->disk->remove (store->disk, store->folder, names[i], NULL);
  }
}

int
pv_outbox_store_open_filing (const PvOutboxStore *store, const PvOutboxItem *item)
{
  g_autofree char *name = file_name (item, FILING);

  return openat (store->folder, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
}

const char *
pv_outbox_store_get_id (const PvOutboxStore *store, PvOutboxItem *item)
{
  if (item->id == NULL) {
    g_autoptr (GBytes) container = read_filing (store, item);
    g_autofree char *digest = container != NULL ? digest_of (container) : g_strdup ("00000000");

    item->id = g_strndup (digest, ID_LENGTH);
  }
  return item->id;
}

gboolean
pv_outbox_store_check_exported (const PvOutboxStore *store, PvOutboxItem *item)
{
  g_autofree char *name = file_name (item, EXPORTED);

  item->is_exported = has_file (store, name);
  return item->is_exported;
}

void
pv_outbox_store_unclaim (PvOutboxStore *store, PvOutboxItem *item)
{
  g_autofree char *name = file_name (item, EXPORTED);
  PvDisk *disk = pv_disk_get_default ();

  disk->remove (disk, store->folder, name, NULL);
  item->is_exported = FALSE;
}

gboolean
pv_outbox_store_claim (PvOutboxStore *store, PvOutboxItem *item, GError **error)
{
  g_autofree char *name = file_name (item, EXPORTED);
  g_autoptr (GBytes) empty = g_bytes_new_static ("", 0);
  g_autoptr (GError) local = NULL;

  if (!pv_disk_replace (pv_disk_get_default (), store->folder, name, empty, &local))
    return disk_error (error, local);
  item->is_exported = TRUE;
  g_clear_pointer (&item->reason, g_free);
  g_clear_pointer (&item->outcome, g_bytes_unref);
  read_state (store, item, 0);
  if (item->delivery.state != PV_DELIVERY_SENDING)
    return TRUE;
  pv_outbox_store_unclaim (store, item);
  g_set_error_literal (error, PV_OUTBOX_STORE_ERROR, PV_OUTBOX_STORE_ERROR_BUSY, "it is being sent right now");
  return FALSE;
}
