/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "eid/transport-nfc.h"

#include <string.h>
#include <unistd.h>

#include "eid/isodep.h"
#include "eid/transport-nfc-internal.h"
#include "platform/harden.h"

enum {
  SETTING_LIMIT_MS = 900, /* for one call that talks to the reader only; libnfc's own limit is 350 ms a command */
  SELECT_LIMIT_MS = 900,  /* libnfc's own: 300 ms for the command, and for the speed none */
  FIELD_OFF_MS = 6,       /* ISO/IEC 14443-3 and -2: 5 ms without a field reset a card, 5 ms with it wake it */
  FIELD_ON_MS = 6,
  POLL_MS = 80,
  ATTEMPTS = 2, /* to set up a reader whose last answer was damaged or is still under way */
  MAX_LISTED = 8,
  SAK_ISO_DEP = 0x20,
};

/* --- the reader ------------------------------------------------------------------------------------------------- */

static nfc_device *
open_device (nfc_context *context, const char *name, GError **error)
{
  nfc_connstring found[MAX_LISTED];
  nfc_device *device;

  if (name == NULL || strcmp (name, "auto") == 0) {
    if (nfc_list_devices (context, found, MAX_LISTED) == 0) {
      g_set_error_literal (error, PV_CARD_ERROR, PV_CARD_ERROR_READER, "card reader: none was found");
      return NULL;
    }
    name = found[0];
    if (!pv_nfc_check_name (name, error))
      return NULL;
  }
  device = nfc_open (context, name);
  if (device == NULL)
    g_set_error (error, PV_CARD_ERROR, PV_CARD_ERROR_READER, "card reader: %s does not answer", name);
  return device;
}

PvNfcReader *
pv_nfc_reader_open (const char *name, const char *lock_folder, GError **error)
{
  g_autoptr (PvNfcReader) reader = g_new0 (PvNfcReader, 1);

  reader->lock_fd = -1;
  if (name != NULL && !pv_nfc_check_name (name, error))
    return NULL;
  if (lock_folder != NULL && (reader->lock_fd = pv_nfc_take_lock (lock_folder, error)) < 0)
    return NULL;
  pv_forbid_reader_log ();
  nfc_init (&reader->context);
  if (reader->context == NULL) {
    g_set_error_literal (error, PV_CARD_ERROR, PV_CARD_ERROR_READER, "card reader: libnfc does not start");
    return NULL;
  }
  reader->device = open_device (reader->context, name, error);
  if (reader->device == NULL)
    return NULL;
  reader->limits = pv_nfc_find_limits (nfc_device_get_connstring (reader->device));
  reader->guard = pv_nfc_guard_new (reader->device);
  return pv_nfc_reader_prepare (reader, PV_NFC_MODE_FRAMES, error) ? g_steal_pointer (&reader) : NULL;
}

void
pv_nfc_reader_close (PvNfcReader *reader)
{
  if (reader == NULL)
    return;
  pv_nfc_guard_free (reader->guard);
  if (reader->device != NULL)
    nfc_close (reader->device);
  if (reader->context != NULL)
    nfc_exit (reader->context);
  if (reader->lock_fd >= 0)
    close (reader->lock_fd);
  g_free (reader);
}

const char *
pv_nfc_reader_get_name (const PvNfcReader *reader)
{
  return nfc_device_get_name (reader->device);
}

void
pv_nfc_reader_abort (PvNfcReader *reader)
{
  pv_nfc_guard_cancel (reader->guard);
}

void
pv_nfc_reader_rearm (PvNfcReader *reader)
{
  pv_nfc_guard_rearm (reader->guard);
}

static void
tell_cancelled (GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "card reader: cancelled");
}

void
pv_nfc_reader_tell (PvNfcReader *reader, int code, PvNfcEnd end, GError **error)
{
  reader->mode = PV_NFC_MODE_NONE; /* whatever comes late belongs to before the next switching of the field */
  if (end == PV_NFC_END_CANCELLED) {
    tell_cancelled (error);
  } else if (end == PV_NFC_END_TIMED_OUT || code == NFC_ETIMEOUT) {
    g_set_error_literal (error, PV_CARD_ERROR, PV_CARD_ERROR_LOST, "no answer in time");
  } else if (code == NFC_ERFTRANS || code == NFC_ETGRELEASED || code == NFC_EOPABORTED) {
    g_set_error (error, PV_CARD_ERROR, PV_CARD_ERROR_LOST, "the card went (libnfc %d)", code);
  } else if (code == NFC_ECHIP || code == NFC_EOVFLOW) {
    g_set_error (error, PV_CARD_ERROR, PV_CARD_ERROR_BAD_DATA, "an answer that does not fit (libnfc %d)", code);
  } else if (pv_nfc_reader_prepare (reader, PV_NFC_MODE_FRAMES,
                                    error)) { /* still there: only that answer was damaged */
    g_set_error (error, PV_CARD_ERROR, PV_CARD_ERROR_LOST, "the reader's answer was damaged (libnfc %d)", code);
  }
}

static gboolean
set_property (PvNfcReader *reader, nfc_property property, gboolean value, int *ret_code)
{
  if (!pv_nfc_guard_enter (reader->guard, SETTING_LIMIT_MS))
    return FALSE;
  *ret_code = nfc_device_set_property_bool (reader->device, property, value);
  return pv_nfc_guard_leave (reader->guard) == PV_NFC_END_BY_ITSELF && *ret_code >= 0;
}

static gboolean
set_up (PvNfcReader *reader, PvNfcMode mode, int *ret_code)
{
  if (!set_property (reader, NP_ACTIVATE_FIELD, FALSE, ret_code) || !pv_nfc_guard_wait (reader->guard, FIELD_OFF_MS)
      || !pv_nfc_guard_enter (reader->guard, 2 * SETTING_LIMIT_MS))
    return FALSE;
  *ret_code = nfc_initiator_init (reader->device);
  if (pv_nfc_guard_leave (reader->guard) != PV_NFC_END_BY_ITSELF || *ret_code < 0)
    return FALSE;
  return set_property (reader, NP_INFINITE_SELECT, FALSE, ret_code)
         && set_property (reader, NP_AUTO_ISO14443_4, mode != PV_NFC_MODE_RAW, ret_code)
         && pv_nfc_guard_wait (reader->guard, FIELD_ON_MS);
}

gboolean
pv_nfc_reader_prepare (PvNfcReader *reader, PvNfcMode mode, GError **error)
{
  int code = 0;

  reader->mode = PV_NFC_MODE_NONE;
  reader->has_found = FALSE;
  reader->serial++;
  for (guint i = 0; i < ATTEMPTS; i++) {
    if (set_up (reader, mode, &code)) {
      reader->mode = mode;
      return TRUE;
    }
    if (pv_nfc_guard_is_cancelled (reader->guard)) {
      tell_cancelled (error);
      return FALSE;
    }
  }
  g_set_error (error, PV_CARD_ERROR, PV_CARD_ERROR_READER, "card reader: it does not answer any more (libnfc %d)",
               code);
  return FALSE;
}

/* --- cards in the field ----------------------------------------------------------------------------------------- */

/* 1: found; 0: none; -1: error, which is only told if the reader is gone or it was cancelled. */
static int
select_target (PvNfcReader *reader, nfc_modulation_type type, nfc_baud_rate rate, nfc_target *ret_target,
               GError **error)
{
  const nfc_modulation modulation = { type, rate };
  PvNfcEnd end;
  int code;

  *ret_target = (nfc_target){ 0 };
  if (!pv_nfc_guard_enter (reader->guard, SELECT_LIMIT_MS)) {
    tell_cancelled (error);
    return -1;
  }
  code = nfc_initiator_select_passive_target (reader->device, modulation, NULL, 0, ret_target);
  end = pv_nfc_guard_leave (reader->guard);
  if (end == PV_NFC_END_CANCELLED) {
    tell_cancelled (error);
    return -1;
  }
  if (code >= 0)
    return code > 0;
  if (code == NFC_ERFTRANS || code == NFC_ETGRELEASED || code == NFC_ECHIP)
    return 0; /* half in the field, or two at once */
  return pv_nfc_reader_prepare (reader, reader->mode, error) ? 0 : -1;
}

static gboolean
supports_rate (PvNfcReader *reader, nfc_baud_rate rate)
{
  const nfc_baud_rate *rates = NULL;

  if (nfc_device_get_supported_baud_rate (reader->device, NMT_ISO14443A, &rates) < 0 || rates == NULL)
    return FALSE;
  for (; *rates != 0; rates++)
    if (*rates == rate)
      return TRUE;
  return FALSE;
}

/* The fastest that card (TA(1): both directions) and reader share. */
static nfc_baud_rate
choose_rate (PvNfcReader *reader, const PvNfcTarget *target)
{
  static const struct {
    guint8 mask;
    nfc_baud_rate rate;
  } choices[] = { { 0x22, NBR_424 }, { 0x11, NBR_212 } };
  PvIsoDepAts ats;

  if (pv_isodep_parse_ats (target->ats, target->ats_length, &ats) && (ats.speeds & 0x08) == 0)
    for (gsize i = 0; i < G_N_ELEMENTS (choices); i++)
      if ((ats.speeds & choices[i].mask) == choices[i].mask && supports_rate (reader, choices[i].rate))
        return choices[i].rate;
  return NBR_106;
}

static void
note_ats (const nfc_iso14443a_info *info, PvNfcTarget *ret_target)
{
  gsize n = MIN (info->szAtsLen, PV_NFC_MAX_ATS_BYTES - 1);

  if (info->szAtsLen > n) /* cut short, it would not be parsed; its historical bytes are what matters least */
    n = MIN (n, 20);
  ret_target->ats[0] = (guint8) (n + 1);
  memcpy (ret_target->ats + 1, info->abtAts, n);
  ret_target->ats_length = n + 1;
}

/* Once more at a higher speed; at the first one again if that fails. */
static int
speed_up (PvNfcReader *reader, const PvNfcTarget *found, nfc_target *target, GError **error)
{
  nfc_baud_rate rate = choose_rate (reader, found);
  int n;

  if (rate == NBR_106)
    return 1;
  if (!pv_nfc_guard_enter (reader->guard, SETTING_LIMIT_MS)) {
    tell_cancelled (error);
    return -1;
  }
  (void) nfc_initiator_deselect_target (reader->device);
  (void) pv_nfc_guard_leave (reader->guard);
  n = select_target (reader, NMT_ISO14443A, rate, target, error);
  return n != 0 ? n : select_target (reader, NMT_ISO14443A, NBR_106, target, error);
}

static int
find_type_a (PvNfcReader *reader, PvNfcTarget *ret_target, GError **error)
{
  nfc_target target;
  int n = select_target (reader, NMT_ISO14443A, NBR_106, &target, error);

  if (n <= 0)
    return n;
  if ((target.nti.nai.btSak & SAK_ISO_DEP) == 0) {
    g_set_error_literal (error, PV_CARD_ERROR, PV_CARD_ERROR_UNSUPPORTED, "a card without ISO/IEC 14443-4");
    return -1;
  }
  *ret_target = (PvNfcTarget){ .is_type_b = FALSE };
  if (reader->mode == PV_NFC_MODE_RAW)
    return 1;
  note_ats (&target.nti.nai, ret_target);
  return speed_up (reader, ret_target, &target, error);
}

/* Protocol info of the ATQB (ISO/IEC 14443-3, section 7.9.4), in the words of an ATS. */
static int
find_type_b (PvNfcReader *reader, PvNfcTarget *ret_target, GError **error)
{
  nfc_target target;
  int n = select_target (reader, NMT_ISO14443B, NBR_106, &target, error);
  const guint8 *info = target.nti.nbi.abtProtocolInfo;

  if (n <= 0)
    return n;
  if ((info[1] & 0x01) == 0) {
    g_set_error_literal (error, PV_CARD_ERROR, PV_CARD_ERROR_UNSUPPORTED, "a card without ISO/IEC 14443-4");
    return -1;
  }
  *ret_target = (PvNfcTarget){
    .is_type_b = TRUE,
    .ats = { 3, (guint8) (0x20 | info[1] >> 4), (guint8) (info[2] & 0xf0) },
    .ats_length = 3,
  };
  return 1;
}

int
pv_nfc_reader_find (PvNfcReader *reader, PvNfcTarget *ret_target, GError **error)
{
  int n = find_type_a (reader, ret_target, error);

  if (n == 0)
    n = find_type_b (reader, ret_target, error);
  if (n != 0)
    reader->has_found = TRUE;
  return n;
}

static guint
left_ms (gint64 end)
{
  gint64 left = end - g_get_monotonic_time ();

  return left > 0 ? (guint) (left / G_TIME_SPAN_MILLISECOND) : 0;
}

PvCardTransport *
pv_nfc_reader_wait_card (PvNfcReader *reader, guint timeout_ms, GError **error)
{
  gint64 end = g_get_monotonic_time () + (gint64) timeout_ms * G_TIME_SPAN_MILLISECOND;
  PvNfcTarget target;

  if ((reader->mode != PV_NFC_MODE_FRAMES || reader->has_found)
      && !pv_nfc_reader_prepare (reader, PV_NFC_MODE_FRAMES, error))
    return NULL;
  for (;;) {
    int n = pv_nfc_reader_find (reader, &target, error);

    if (n != 0)
      return n > 0 ? pv_nfc_card_new (reader, &target) : NULL;
    if (left_ms (end) == 0)
      return NULL;
    if (!pv_nfc_guard_wait (reader->guard, MIN (POLL_MS, left_ms (end)))) {
      tell_cancelled (error);
      return NULL;
    }
  }
}

gboolean
pv_nfc_reader_wait_removal (PvNfcReader *reader, guint timeout_ms)
{
  gint64 end = g_get_monotonic_time () + (gint64) timeout_ms * G_TIME_SPAN_MILLISECOND;
  guint n_missing = 0;

  for (;;) {
    PvNfcTarget target;
    int n;

    if (!pv_nfc_reader_prepare (reader, PV_NFC_MODE_FRAMES, NULL))
      return FALSE;
    n = pv_nfc_reader_find (reader, &target, NULL);
    n_missing = n == 0 ? n_missing + 1 : 0;
    if (n_missing == 2) /* once may be a shaky hand */
      return TRUE;
    if (left_ms (end) == 0 || !pv_nfc_guard_wait (reader->guard, MIN (POLL_MS, left_ms (end))))
      return FALSE;
  }
}
