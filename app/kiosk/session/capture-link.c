/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/session/capture-link.h"

#include "kiosk/session/drop-link.h"
#include "kiosk/session/picture.h"
#include "kiosk/session/sample-scan.h"
#include "link/scan.h"

static const char NO_PROGRAM[] = "/dev/null"; /* cannot be started, and says so */

struct PvCaptureLink {
  char *program, *device, *drop_url; /* @drop_url: (nullable) */
  PvCourierLink *courier;            /* (nullable) */
  PvCaptureLinkEvents events;
  gpointer user_data;
  PvCaptureRules *rules; /* (nullable): of what is open */
  PvScan *scan;          /* (nullable): the scanner, or what a phone sent */
  PvDropLink *drop;      /* (nullable) */
  PvSampleScan *sample;  /* (nullable) */
  PvPicture *picture;    /* (nullable): what is shown */
  guint failure;         /* tells from the main loop that phones are offline */
};

static void
report_cb (const PvCaptureReport *report, gpointer user_data)
{
  PvCaptureLink *link = user_data;

  link->events.report (report, link->user_data);
}

/* The window has the next one before the last is wiped. */
static void
picture_cb (PvDecoded *decoded, gpointer user_data)
{
  PvCaptureLink *link = user_data;
  g_autoptr (PvDecoded) owned = decoded;
  PvPicture *last = link->picture;

  link->picture = pv_picture_new (owned);
  link->events.picture (link->picture != NULL ? pv_picture_get_texture (link->picture) : NULL, link->user_data);
  pv_picture_free (last);
}

static void
document_cb (PvDocument *document, gpointer user_data)
{
  PvCaptureLink *link = user_data;

  link->events.document (document, link->user_data);
}

static const PvScanEvents scan_events = { report_cb, picture_cb, document_cb };

/* What a phone sent is decoded by a child before anybody looks at it. */
static void
arrived_cb (GBytes *upload, gpointer user_data)
{
  PvCaptureLink *link = user_data;

  g_clear_pointer (&link->scan, pv_scan_free);
  link->scan = pv_scan_import (link->program, upload, link->rules, &scan_events, link);
}

static const PvDropEvents drop_events = { report_cb, arrived_cb };

static void
close_all (PvCaptureLink *link)
{
  g_clear_handle_id (&link->failure, g_source_remove);
  g_clear_pointer (&link->scan, pv_scan_free);
  g_clear_pointer (&link->drop, pv_drop_link_free);
  g_clear_pointer (&link->sample, pv_sample_scan_free);
  g_clear_pointer (&link->rules, pv_capture_rules_free);
  if (link->picture == NULL)
    return;
  link->events.picture (NULL, link->user_data);
  g_clear_pointer (&link->picture, pv_picture_free);
}

static gboolean
offline_cb (gpointer user_data)
{
  PvCaptureLink *link = user_data;
  const PvCaptureReport report = { .state = PV_CAPTURE_FAILED, .trouble = PV_CAPTURE_TROUBLE_OFFLINE };

  link->failure = 0;
  link->events.report (&report, link->user_data);
  return G_SOURCE_REMOVE;
}

static void
open_scanner (PvCaptureLink *link)
{
  if (link->rules->is_sample)
    link->sample = pv_sample_scan_open (link->rules, &scan_events, link);
  else
    link->scan = pv_scan_open (link->program, link->device, link->rules, &scan_events, link);
}

static void
open_phone (PvCaptureLink *link)
{
  if (link->rules->is_sample)
    link->sample = pv_sample_scan_receive (link->rules, &scan_events, link);
  else if (link->courier != NULL && link->drop_url != NULL)
    link->drop = pv_drop_link_new (link->courier, link->drop_url, link->rules, &drop_events, link);
  else
    link->failure = g_idle_add (offline_cb, link);
}

static void
open_one (PvCaptureLink *link, const PvEffect *effect)
{
  close_all (link);
  if (effect->capture == NULL)
    return;
  link->rules = pv_capture_rules_copy (effect->capture);
  if (effect->kind == PV_EFFECT_SCAN_OPEN)
    open_scanner (link);
  else
    open_phone (link);
}

static void
order_sample (PvSampleScan *sample, const PvEffect *effect)
{
  guint page = (guint) effect->number;

  switch ((gint) effect->kind) {
  case PV_EFFECT_SCAN_PAGE:
    pv_sample_scan_take_page (sample);
    break;
  case PV_EFFECT_SCAN_TURN:
    pv_sample_scan_turn_page (sample, page);
    break;
  case PV_EFFECT_SCAN_DROP:
    pv_sample_scan_drop_page (sample, page);
    break;
  case PV_EFFECT_SCAN_SHOW:
    pv_sample_scan_show_page (sample, page);
    break;
  case PV_EFFECT_SCAN_FINISH:
    pv_sample_scan_finish (sample);
    break;
  default:
    break;
  }
}

static void
order_scan (PvScan *scan, const PvEffect *effect)
{
  guint page = (guint) effect->number;

  switch ((gint) effect->kind) {
  case PV_EFFECT_SCAN_PAGE:
    pv_scan_take_page (scan);
    break;
  case PV_EFFECT_SCAN_TURN:
    pv_scan_turn_page (scan, page);
    break;
  case PV_EFFECT_SCAN_DROP:
    pv_scan_drop_page (scan, page);
    break;
  case PV_EFFECT_SCAN_SHOW:
    pv_scan_show_page (scan, page);
    break;
  case PV_EFFECT_SCAN_FINISH:
    pv_scan_finish (scan);
    break;
  default:
    break;
  }
}

PvCaptureLink *
pv_capture_link_new (const PvCaptureLinkConfig *config, const PvCaptureLinkEvents *events, gpointer user_data)
{
  PvCaptureLink *link = g_new0 (PvCaptureLink, 1);

  link->program = g_strdup (config->program != NULL ? config->program : NO_PROGRAM);
  link->device = g_strdup (config->device);
  link->drop_url = g_strdup (config->drop_url);
  link->courier = config->courier;
  link->events = *events;
  link->user_data = user_data;
  return link;
}

void
pv_capture_link_free (PvCaptureLink *link)
{
  if (link == NULL)
    return;
  close_all (link);
  g_free (link->program);
  g_free (link->device);
  g_free (link->drop_url);
  g_free (link);
}

void
pv_capture_link_perform (PvCaptureLink *link, const PvEffect *effect)
{
  switch ((gint) effect->kind) {
  case PV_EFFECT_SCAN_OPEN:
  case PV_EFFECT_DROP_OPEN:
    open_one (link, effect);
    break;
  case PV_EFFECT_CAPTURE_CLOSE:
    close_all (link);
    break;
  default:
    if (link->sample != NULL)
      order_sample (link->sample, effect);
    else if (link->scan != NULL)
      order_scan (link->scan, effect);
    break;
  }
}
