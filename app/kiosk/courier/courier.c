/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/courier/courier.h"

#include <string.h>
#include <unistd.h>

#include "kiosk/courier/assist-audit.h"
#include "kiosk/courier/broker.h"
#include "kiosk/courier/connection.h"
#include "kiosk/courier/fleet.h"
#include "kiosk/courier/service.h"
#include "link/outbox-count.h"
#include "link/release.h"
#include "platform/clock.h"
#include "platform/log.h"
#include "platform/secret.h"

enum {
  REFRESH_S = 15 * 60,
  REFRESH_AGAIN_S = 30,
  ROOM_S = 10, /* how often the disk is looked at */
  TIDY_S = 60 * 60,
  LONGEST_MS = 3600 * 1000,
  STOP_S = 60,
};

typedef struct ScaledClock {
  PvClock clock; /* must stay first */
  guint scale;
} ScaledClock;

struct PvCourier {
  /* owned */
  PvPortal *portal;
  PvOutboxStore *store;
  PvRecords *records;
  PvCache *cache;
  PvRunner *runner;
  PvDispatch *dispatch;
  PvLookUpDesk *look_ups;
  PvBroker *broker;        /* (nullable) */
  PvAssistAudit *audit;    /* (nullable) */
  PvReceiptSigner *signer; /* (nullable) */
  PvFleet *fleet;          /* (nullable) */
  PvService *service;
  ScaledClock clock;
  PvDispatchHooks dispatch_hooks;
  PvCacheHooks cache_hooks;
  GSourceOnceFunc done; /* (nullable): while stopping */
  gpointer done_data;
  gboolean is_reachable, wants_assist;
  char *state; /* owned: [paths] state */
  /* handles */
  guint run_id, refresh_id, room_id, tidy_id, stop_id;
};

static void schedule (PvCourier *courier, gint64 wait_ms);

/* The machine's clock, in tests with waits that go by faster. */
static gint64
get_wall_us (PvClock *clock)
{
  (void) clock;
  return pv_clock_get_wall_us (pv_clock_get_system ());
}

static gint64
get_monotonic_ms (PvClock *clock)
{
  return pv_clock_get_monotonic_ms (pv_clock_get_system ()) * (gint64) ((ScaledClock *) clock)->scale;
}

static gboolean
is_synchronised (PvClock *clock)
{
  (void) clock;
  return pv_clock_is_synchronised (pv_clock_get_system ());
}

static gboolean
run_cb (gpointer user_data)
{
  PvCourier *courier = user_data;
  gint64 next;

  courier->run_id = 0;
  next = pv_dispatch_run (courier->dispatch);
  if (courier->done != NULL && pv_dispatch_get_n_running (courier->dispatch) == 0) {
    g_idle_add_once (courier->done, courier->done_data);
    courier->done = NULL;
  }
  schedule (courier, next == G_MAXINT64 ? LONGEST_MS : next - get_monotonic_ms (&courier->clock.clock));
  return G_SOURCE_REMOVE;
}

static void
schedule (PvCourier *courier, gint64 wait_ms)
{
  g_clear_handle_id (&courier->run_id, g_source_remove);
  courier->run_id =
    g_timeout_add ((guint) (CLAMP (wait_ms, 0, LONGEST_MS) / (gint64) courier->clock.scale), run_cb, courier);
}

static void
outcome_cb (const char *ref, GBytes *sealed, GBytes *digest, gpointer data)
{
  pv_service_tell_outcome (((PvCourier *) data)->service, ref, sealed, digest);
}

static void
changed_cb (gpointer data)
{
  schedule (data, 0);
}

static void
reachable_cb (gboolean is_reachable, gpointer data)
{
  PvCourier *courier = data;

  if (courier->is_reachable != is_reachable)
    pv_log_event (is_reachable ? PV_LOG_INFO : PV_LOG_WARNING, "portal", PV_LOG_INT ("reachable", is_reachable));
  courier->is_reachable = is_reachable;
  if (courier->service != NULL)
    pv_service_set_reachable (courier->service, is_reachable);
}

static void
received_cb (const char *slug, gpointer data)
{
  PvCourier *courier = data;

  if (courier->fleet != NULL)
    pv_fleet_note_filed (courier->fleet, slug);
}

/* What the fleet is told of the courier itself. */
static void
fill_cb (PvKioskFacts *facts, gpointer data)
{
  PvCourier *courier = data;
  PvOutboxCounts counts = pv_outbox_count (courier->store, get_wall_us (&courier->clock.clock), PV_KIOSK_OVERDUE_S);

  facts->portal = courier->is_reachable ? PV_KIOSK_LINK_UP : PV_KIOSK_LINK_AWAY;
  facts->assistance = PV_KIOSK_LINK_OFF;
  if (courier->wants_assist)
    facts->assistance =
      courier->broker != NULL && pv_broker_is_up (courier->broker) ? PV_KIOSK_LINK_UP : PV_KIOSK_LINK_AWAY;
  facts->n_overdue = counts.n_overdue;
  facts->n_for_agent = counts.n_for_agent;
  facts->n_unreadable = counts.n_unreadable;
  facts->can_store = pv_outbox_store_can_store (courier->store);
}

static GPtrArray *
list_slugs_cb (gpointer data)
{
  const PvCatalogue *catalogue = pv_cache_get_catalogue (((PvCourier *) data)->cache);
  GPtrArray *slugs = g_ptr_array_new ();

  for (guint i = 0; i < catalogue->entries->len; i++)
    g_ptr_array_add (slugs, ((PvCatalogueEntry *) catalogue->entries->pdata[i])->slug);
  return slugs;
}

/* A kiosk that nobody hears of serves citizens all the same. */
static void
open_fleet (PvCourier *courier, const PvSettings *settings, const char *config)
{
  const PvFleetOptions options = { .config = config,
                                   .clock = &courier->clock.clock,
                                   .time_scale = courier->clock.scale };
  const PvFleetHooks hooks = { .fill = fill_cb, .list_slugs = list_slugs_cb, .data = courier };
  g_autoptr (GError) error = NULL;

  courier->wants_assist = pv_settings_get_bool (settings, PV_SETTING_ASSIST_ENABLED);
  courier->fleet = pv_fleet_new (settings, &options, &hooks, &error);
  if (error != NULL)
    pv_log_event (PV_LOG_ERROR, "fleet-not-usable", PV_LOG_CAUSE (error));
  pv_service_set_fleet (courier->service, courier->fleet);
}

static gboolean
room_cb (gpointer user_data)
{
  PvCourier *courier = user_data;

  pv_service_set_can_store (courier->service, pv_outbox_store_can_store (courier->store));
  /* An update is confirmed while we run. */
  pv_release_read_confirmed (courier->state);
  return G_SOURCE_CONTINUE;
}

static gboolean refresh_cb (gpointer user_data);

static void
refreshed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  gboolean is_fresh = pv_cache_refresh_finish (NULL, result, &error);
  PvCourier *courier = user_data;

  (void) source;
  if (!is_fresh)
    pv_log_event (PV_LOG_WARNING, "catalogue-not-had", PV_LOG_CAUSE (error));
  courier->refresh_id = g_timeout_add_seconds (is_fresh ? REFRESH_S : REFRESH_AGAIN_S, refresh_cb, courier);
}

static gboolean
refresh_cb (gpointer user_data)
{
  PvCourier *courier = user_data;

  courier->refresh_id = 0;
  pv_cache_refresh_async (courier->cache, refreshed_cb, courier);
  return G_SOURCE_REMOVE;
}

static gboolean
read_outbox_key (const PvSettings *settings, guint8 *ret_key, GError **error)
{
  const char *path = pv_settings_get_text (settings, PV_SETTING_OUTBOX_PUBLIC_KEY_FILE);
  g_autofree char *text = NULL;

  if (path != NULL && g_file_get_contents (path, &text, NULL, NULL) && pv_outbox_key_from_text (text, ret_key))
    return TRUE;
  g_set_error (error, PV_LINK_ERROR, PV_LINK_ERROR_FAILED, "[outbox] public-key-file=%s: no key there",
               path != NULL ? path : "");
  return FALSE;
}

static gboolean
open_disk (PvCourier *courier, const PvSettings *settings, GError **error)
{
  const char *state = pv_settings_get_text (settings, PV_SETTING_PATHS_STATE);
  g_autofree char *outbox = g_build_filename (state, "outbox", NULL),
                  *follow = g_build_filename (state, "follow", NULL);
  g_autofree char *cache = g_build_filename (pv_settings_get_text (settings, PV_SETTING_PATHS_CACHE), "portal", NULL);

  courier->store = pv_outbox_store_open (outbox, pv_disk_get_default (), get_wall_us (&courier->clock.clock),
                                         get_monotonic_ms (&courier->clock.clock), error);
  if (courier->store == NULL)
    return FALSE;
  if (pv_outbox_store_get_n_unreadable (courier->store) > 0)
    pv_log_event (PV_LOG_ERROR, "outbox-unreadable",
                  PV_LOG_INT ("files", pv_outbox_store_get_n_unreadable (courier->store)));
  courier->records = pv_records_open (follow, pv_disk_get_default (), error);
  if (courier->records == NULL)
    return FALSE;
  courier->cache =
    pv_cache_new (cache, pv_disk_get_default (), courier->portal, settings, &courier->cache_hooks, error);
  return courier->cache != NULL;
}

static gboolean
tidy_cb (gpointer user_data)
{
  pv_assist_audit_tidy (((PvCourier *) user_data)->audit);
  return G_SOURCE_CONTINUE;
}

/* Filings go on without assistance; assistance does not without its log. */
static void
open_assist (PvCourier *courier, const PvSettings *settings)
{
  g_autofree char *folder = g_build_filename (pv_settings_get_text (settings, PV_SETTING_PATHS_STATE), "assist", NULL);
  guint days = (guint) pv_settings_get_int (settings, PV_SETTING_ASSIST_AUDIT_DAYS);
  g_autoptr (GError) error = NULL;

  courier->broker = pv_broker_new (settings, &error);
  if (error != NULL)
    pv_log_event (PV_LOG_ERROR, "assist-not-usable", PV_LOG_CAUSE (error));
  g_clear_error (&error);
  /* What was kept is removed in time, also once assistance is off. */
  if (courier->broker == NULL && !g_file_test (folder, G_FILE_TEST_IS_DIR))
    return;
  courier->audit = pv_assist_audit_open (folder, pv_disk_get_default (), &courier->clock.clock, days, &error);
  if (courier->audit != NULL) {
    courier->tidy_id = g_timeout_add_seconds (TIDY_S, tidy_cb, courier);
  } else {
    pv_log_event (PV_LOG_ERROR, "assist-audit-not-usable", PV_LOG_CAUSE (error));
    g_clear_pointer (&courier->broker, pv_broker_free);
  }
}

/* Receipts are given without it, too: they only prove less. */
static PvReceiptSigner *
read_signer (const PvSettings *settings)
{
  const char *path = pv_settings_get_text (settings, PV_SETTING_RECEIPT_PRIVATE_KEY_FILE);
  g_autoptr (GError) error = NULL;
  g_autoptr (PvSecret) text = path != NULL ? pv_secret_read_text (path, &error) : NULL;
  PvReceiptSigner *signer = text != NULL ? pv_receipt_signer_from_text (pv_secret_get_text (text)) : NULL;

  if (error != NULL)
    pv_log_event (PV_LOG_ERROR, "receipt-key-not-usable", PV_LOG_CAUSE (error));
  else if (path != NULL && signer == NULL)
    pv_log_event (PV_LOG_ERROR, "receipt-key-not-usable");
  return signer;
}

static void
start_dispatch (PvCourier *courier, const PvSettings *settings, const char *config)
{
  g_autofree char *parent = g_strdup_printf ("--parent=%d", (int) getpid ());
  const char *arguments[] = { parent, "--config", config, NULL };

  courier->look_ups = pv_look_up_desk_new (arguments, &courier->clock.clock);
  pv_service_set_look_ups (courier->service, courier->look_ups);
  courier->runner = pv_runner_new (arguments);
  courier->dispatch =
    pv_dispatch_new (courier->store, courier->records, courier->runner, &courier->clock.clock, &courier->dispatch_hooks,
                     (guint) pv_settings_get_int (settings, PV_SETTING_OUTBOX_RETENTION_DAYS));
  pv_service_set_dispatch (courier->service, courier->dispatch);
}

PvCourier *
pv_courier_new (const PvSettings *settings, const char *config, guint time_scale, GError **error)
{
  g_autoptr (PvCourier) courier = g_new0 (PvCourier, 1);
  const char *runtime = pv_settings_get_text (settings, PV_SETTING_PATHS_RUNTIME);
  g_autofree char *socket = g_build_filename (runtime, "courier.sock", NULL);
  guint8 key[PV_OUTBOX_KEY_BYTES];

  courier->state = g_strdup (pv_settings_get_text (settings, PV_SETTING_PATHS_STATE));
  courier->clock = (ScaledClock){ { get_wall_us, get_monotonic_ms, is_synchronised }, MAX (time_scale, 1) };
  courier->dispatch_hooks = (PvDispatchHooks){
    .outcome = outcome_cb,
    .changed = changed_cb,
    .reachable = reachable_cb,
    .received = received_cb,
    .data = courier,
  };
  courier->cache_hooks = (PvCacheHooks){ reachable_cb, courier };
  courier->is_reachable = TRUE;
  courier->portal = pv_connection_open (settings, error);
  if (courier->portal == NULL || !read_outbox_key (settings, key, error) || !open_disk (courier, settings, error))
    return NULL;
  open_assist (courier, settings);
  courier->signer = read_signer (settings);
  courier->service = pv_service_new (socket, key, pv_settings_get_text (settings, PV_SETTING_SESSION_USER),
                                     courier->cache, courier->records, error);
  if (courier->service == NULL)
    return NULL;
  pv_service_set_portal (courier->service, courier->portal);
  pv_service_set_assist (courier->service, courier->broker, courier->audit);
  pv_service_set_signer (courier->service, courier->signer);
  start_dispatch (courier, settings, config);
  open_fleet (courier, settings, config);
  room_cb (courier);
  courier->room_id = g_timeout_add_seconds (ROOM_S, room_cb, courier);
  courier->refresh_id = g_idle_add (refresh_cb, courier);
  schedule (courier, 0);
  return g_steal_pointer (&courier);
}

void
pv_courier_free (PvCourier *courier)
{
  if (courier == NULL)
    return;
  g_clear_handle_id (&courier->run_id, g_source_remove);
  g_clear_handle_id (&courier->refresh_id, g_source_remove);
  g_clear_handle_id (&courier->room_id, g_source_remove);
  g_clear_handle_id (&courier->tidy_id, g_source_remove);
  g_clear_handle_id (&courier->stop_id, g_source_remove);
  pv_service_free (courier->service);
  pv_fleet_free (courier->fleet);
  pv_look_up_desk_free (courier->look_ups);
  pv_broker_free (courier->broker);
  pv_assist_audit_free (courier->audit);
  pv_receipt_signer_free (courier->signer);
  pv_dispatch_free (courier->dispatch);
  pv_cache_free (courier->cache);
  pv_runner_free (courier->runner);
  pv_records_free (courier->records);
  pv_outbox_store_free (courier->store);
  g_clear_object (&courier->portal);
  g_free (courier->state);
  g_free (courier);
}

static gboolean
stop_late_cb (gpointer user_data)
{
  PvCourier *courier = user_data;

  courier->stop_id = 0;
  if (courier->done != NULL)
    g_idle_add_once (courier->done, courier->done_data);
  courier->done = NULL;
  return G_SOURCE_REMOVE;
}

gboolean
pv_courier_is_idle (const PvCourier *courier)
{
  return pv_dispatch_get_n_running (courier->dispatch) == 0;
}

void
pv_courier_stop (PvCourier *courier, GSourceOnceFunc done, gpointer data)
{
  if (courier->stop_id != 0)
    return;
  courier->done = done;
  courier->done_data = data;
  courier->stop_id = g_timeout_add_seconds (STOP_S, stop_late_cb, courier);
  pv_service_set_dispatch (courier->service, NULL);
  pv_dispatch_stop (courier->dispatch);
  schedule (courier, 0);
}
