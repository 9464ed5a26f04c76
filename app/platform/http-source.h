/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* http-source.h: a multi handle of libcurl as one source of a GLib main loop. */
#pragma once

#include <curl/curl.h>
#include <glib.h>

/* Called outside of libcurl, and after @easy was removed from the multi handle. Must not run a main loop or leave the
 * source's owner; what follows from a completion belongs into PvHttpDrainedFunc. */
typedef void (*PvHttpFinishedFunc) (CURL *easy, CURLcode code, gpointer user_data);
/* Called when all of them were handed over; may do anything. */
typedef void (*PvHttpDrainedFunc) (gpointer user_data);

/* The source drives @multi (borrowed) while it is attached. Destroy it after curl_multi_cleanup(), which still calls
 * back. (transfer full) */
GSource *pv_http_source_new (CURLM *multi, PvHttpFinishedFunc finished, PvHttpDrainedFunc drained,
                             gpointer user_data) G_GNUC_WARN_UNUSED_RESULT;
