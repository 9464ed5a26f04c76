/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "portal/publik/judge.h"

#include <string.h>

#include "portal/publik/sign.h"

enum {
  MAX_CODE_BYTES = 64,
  MAX_DESC_CHARS = 120,
  HTTP_BAD_REQUEST = 400,
  HTTP_UNAUTHORIZED = 401,
  HTTP_FORBIDDEN = 403,
  HTTP_NOT_FOUND = 404,
  HTTP_METHOD_NOT_ALLOWED = 405,
  HTTP_GONE = 410,
  HTTP_TOO_LARGE = 413,
  HTTP_TOO_MANY = 429,
  HTTP_SERVER_ERROR = 500,
  HTTP_UNAVAILABLE = 503,
};

/* What a refusal says of itself. */
typedef struct {
  char *code; /* (nullable): err_code, letters and hyphens only */
  char *desc; /* (nullable): err_desc */
  char *kind; /* (nullable): err_class, which Chrono says instead of a code */
} Refusal;

static void
refusal_clear (Refusal *refusal)
{
  g_free (refusal->code);
  g_free (refusal->desc);
  g_free (refusal->kind);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Refusal, refusal_clear)

/* It may have been done even if the answer says nothing. */
static gboolean
changes (PvPublikCall call)
{
  return call != PV_PUBLIK_CALL_READ;
}

static gboolean
is_success (guint status)
{
  return status >= 200 && status < 300;
}

static gint64
measure_offset_s (const PvPublikAnswer *answer)
{
  return answer->date_us != 0 ? (answer->date_us - answer->now_us) / G_USEC_PER_SEC : 0;
}

static guint
wait_s (const PvPublikAnswer *answer)
{
  return answer->retry_after_s > 0 ? (guint) MIN (answer->retry_after_s, G_MAXINT) : 0;
}

static GError *
busy (const PvPublikAnswer *answer)
{
  return pv_portal_error_new (PV_PORTAL_ERROR_BUSY, 0, wait_s (answer), "the portal is busy (status %u)",
                              answer->status);
}

static GError *
new_error (PvPortalError code, const PvPublikAnswer *answer, const Refusal *refusal, const char *words)
{
  return pv_portal_error_new (code, 0, 0, "%s (status %u%s%s)", words, answer->status,
                              refusal->code != NULL ? ", " : "", refusal->code != NULL ? refusal->code : "");
}

static gboolean
says (const Refusal *refusal, const char *words)
{
  return refusal->desc != NULL && strstr (refusal->desc, words) != NULL;
}

/* 403. The words are in the language of the site, except those about a timestamp out of its window; a word that is
 * the same in French and English is looked for. Unknown words count as configuration: kept, and shown to somebody. */
static GError *
judge_forbidden (PvPublikCall call, const PvPublikAnswer *answer, const Refusal *refusal)
{
  gint64 offset_s = measure_offset_s (answer);
  g_autofree char *words = NULL;

  if (says (refusal, "timestamp is more than")
      || (says (refusal, "imestamp") && ABS (offset_s) > PV_PUBLIK_CLOCK_WINDOW_S))
    return pv_portal_error_new (PV_PORTAL_ERROR_CLOCK, offset_s, 0,
                                "the portal's clock is %" G_GINT64_FORMAT " s ahead of this one", offset_s);
  /* Ours are random: somebody between us and the portal sent the same request twice, and the first may have arrived. */
  if (says (refusal, "Nonce"))
    return new_error (changes (call) ? PV_PORTAL_ERROR_AMBIGUOUS : PV_PORTAL_ERROR_BUSY, answer, refusal,
                      "the call was seen twice");
  if (says (refusal, "Disabled form"))
    return new_error (changes (call) ? PV_PORTAL_ERROR_DENIED : PV_PORTAL_ERROR_GONE, answer, refusal,
                      "the form is closed");
  if (says (refusal, "Only one formdata"))
    return new_error (PV_PORTAL_ERROR_DENIED, answer, refusal, "only one filing for each person");
  words = refusal->desc != NULL
            ? g_utf8_substring (refusal->desc, 0, MIN (g_utf8_strlen (refusal->desc, -1), MAX_DESC_CHARS))
            : NULL;
  return pv_portal_error_new (PV_PORTAL_ERROR_CONFIGURATION, 0, 0, "access denied (%s): %s",
                              refusal->code != NULL ? refusal->code : "no code", words != NULL ? words : "no reason");
}

/* The relay's own refusals: never an answer of the portal passed on. */
static GError *
judge_relay (PvPublikCall call, const PvPublikAnswer *answer, const Refusal *refusal)
{
  static const struct {
    const char *code;
    PvPortalError read, submit;
    const char *words;
  } table[] = {
    { "relay-certificate", PV_PORTAL_ERROR_CONFIGURATION, PV_PORTAL_ERROR_CONFIGURATION, "certificate refused" },
    { "relay-denied", PV_PORTAL_ERROR_CONFIGURATION, PV_PORTAL_ERROR_CONFIGURATION, "not a call for a kiosk" },
    { "relay-key", PV_PORTAL_ERROR_CONFIGURATION, PV_PORTAL_ERROR_CONFIGURATION, "the relay's own key is refused" },
    { "relay-unreachable", PV_PORTAL_ERROR_OFFLINE, PV_PORTAL_ERROR_OFFLINE, "the relay did not reach the portal" },
    { "relay-answer", PV_PORTAL_ERROR_BAD_ANSWER, PV_PORTAL_ERROR_AMBIGUOUS,
      "the portal did not answer what was asked" },
    { "relay-lost", PV_PORTAL_ERROR_OFFLINE, PV_PORTAL_ERROR_AMBIGUOUS, "the relay lost the portal's answer" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_strcmp0 (refusal->code, table[i].code) == 0)
      return new_error (changes (call) ? table[i].submit : table[i].read, answer, refusal, table[i].words);
  return g_strcmp0 (refusal->code, "relay-rate") == 0 ? busy (answer) : NULL;
}

/* Words of Chrono (publik-api, 5) for a time that others were faster to take, or that was taken off the list. */
static gboolean
is_taken (const Refusal *refusal)
{
  static const char *const kinds[] = { "sold out", "no more desk available", "unknown slot", "event not bookable",
                                       "unable to find a desk" };

  for (gsize i = 0; refusal->kind != NULL && i < G_N_ELEMENTS (kinds); i++)
    if (g_ascii_strcasecmp (refusal->kind, kinds[i]) == 0)
      return TRUE;
  return FALSE;
}

/* A complete JSON answer that says no. */
static GError *
judge_refusal (PvPublikCall call, const PvPublikAnswer *answer, const Refusal *refusal)
{
  gboolean is_submit = changes (call);
  GError *error = judge_relay (call, answer, refusal);

  if (error != NULL)
    return error;
  if (call == PV_PUBLIK_CALL_BOOK && is_taken (refusal))
    return new_error (PV_PORTAL_ERROR_TAKEN, answer, refusal, "the time is taken");
  if (answer->status == HTTP_FORBIDDEN)
    return judge_forbidden (call, answer, refusal);
  if (answer->status == HTTP_NOT_FOUND || answer->status == HTTP_GONE || g_strcmp0 (refusal->code, "not-found") == 0)
    return new_error (PV_PORTAL_ERROR_GONE, answer, refusal, "not found");
  if (answer->status == HTTP_UNAUTHORIZED || answer->status == HTTP_METHOD_NOT_ALLOWED)
    return new_error (PV_PORTAL_ERROR_CONFIGURATION, answer, refusal, "not authorized");
  if (answer->status == HTTP_TOO_MANY || (answer->status == HTTP_UNAVAILABLE && answer->retry_after_s >= 0))
    return busy (answer);
  /* A workflow that crashed inside the call has an `err` as well; the filing may be stored all the same. */
  if (answer->status >= HTTP_SERVER_ERROR)
    return is_submit ? new_error (PV_PORTAL_ERROR_AMBIGUOUS, answer, refusal, "the portal failed while filing")
                     : busy (answer);
  return new_error (PV_PORTAL_ERROR_DENIED, answer, refusal, "the portal refuses");
}

/* A complete HTTP answer that is not the portal's JSON: somebody in front of it spoke, or it broke. */
static GError *
judge_noise (PvPublikCall call, const PvPublikAnswer *answer)
{
  const Refusal nothing = { NULL, NULL, NULL };

  if (answer->status == HTTP_TOO_LARGE)
    return new_error (PV_PORTAL_ERROR_DENIED, answer, &nothing, "the filing is too large for the portal's front");
  if (answer->status == HTTP_UNAUTHORIZED)
    return new_error (PV_PORTAL_ERROR_CONFIGURATION, answer, &nothing, "not authorized");
  if (answer->status == HTTP_TOO_MANY || (answer->status == HTTP_UNAVAILABLE && answer->retry_after_s >= 0))
    return busy (answer);
  if (changes (call))
    return new_error (PV_PORTAL_ERROR_AMBIGUOUS, answer, &nothing, "no answer of the portal");
  if (answer->status >= HTTP_SERVER_ERROR)
    return busy (answer);
  if (is_success (answer->status))
    return new_error (PV_PORTAL_ERROR_BAD_ANSWER, answer, &nothing, "not an answer of the portal");
  return new_error (PV_PORTAL_ERROR_CONFIGURATION, answer, &nothing, "not the address of a portal");
}

static gboolean
is_code (const char *text)
{
  return text != NULL && *text != '\0' && strspn (text, "abcdefghijklmnopqrstuvwxyz-_0123456789") == strlen (text);
}

static gboolean
says_no (const PvJson *json)
{
  g_autoptr (PvJson) err = pv_json_get_type (json) == PV_JSON_OBJECT ? pv_json_get_member (json, "err") : NULL;
  g_autofree char *text = err != NULL ? pv_json_as_text (err) : NULL;

  return text != NULL && !g_str_equal (text, "0") && !g_str_equal (text, "false");
}

PvJson *
pv_publik_judge (PvPublikCall call, const PvPublikAnswer *answer, GError **error)
{
  g_autoptr (PvJson) json = pv_json_parse (answer->body, answer->size, NULL);
  gboolean is_json = json != NULL
                     && (pv_json_get_type (json) == PV_JSON_OBJECT
                         || (call == PV_PUBLIK_CALL_READ && pv_json_get_type (json) == PV_JSON_ARRAY));
  g_auto (Refusal) refusal = { NULL, NULL, NULL };
  GError *verdict;

  if (is_json && is_success (answer->status) && !says_no (json))
    return g_steal_pointer (&json);
  if (!is_json || !says_no (json)) {
    verdict = judge_noise (call, answer);
  } else {
    pv_json_find_text (json, "err_code", MAX_CODE_BYTES, &refusal.code, NULL);
    pv_json_find_text (json, "err_class", MAX_CODE_BYTES, &refusal.kind, NULL);
    pv_json_find_text (json, "err_desc", PV_PROCEDURE_MAX_TEXT_BYTES, &refusal.desc, NULL);
    if (!is_code (refusal.code))
      g_clear_pointer (&refusal.code, g_free);
    verdict = judge_refusal (call, answer, &refusal);
  }
  g_propagate_error (error, verdict);
  return NULL;
}
