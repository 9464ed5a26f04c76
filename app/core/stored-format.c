/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/stored-format.h"

#include <string.h>

/* So long that it is no name of a release. */
enum { MAX_RELEASE_BYTES = 64 };

static const PvStoredFacts formats[PV_N_STORED_FORMATS] = {
  [PV_STORED_OUTBOX] = { "outbox", "STATE/outbox/REF.filing", "bytes 4 and 5: written by, read by",
                         "kept, counted, told by the courier and parvisctl check", 1, 1, 1 },
  [PV_STORED_OUTBOX_STATE] = { "outbox-state", "STATE/outbox/REF.state", "version=", "its filing is kept and not sent",
                               1, 1, 1 },
  [PV_STORED_FOLLOW] = { "follow", "STATE/follow/NAME", "none in 1; later ones begin with PVFR and a byte",
                         "kept until it is 30 days old; the citizen is told that nothing was found", 1, 1, 1 },
  [PV_STORED_CACHE] = { "cache", "CACHE/portal/*", "the type of what is in it", "asked of the portal anew", 1, 1, 1 },
  [PV_STORED_AUDIT] = { "audit", "STATE/assist/audit-YYYY-MM.log, audit.head",
                        "the file's name: later ones end in .log and a number", "kept; a chain of its own begins", 1, 1,
                        1 },
  [PV_STORED_PAGES] = { "pages", "STATE/printer/pages", "none in 1; later ones begin with # and a number",
                        "kept, nothing is counted", 1, 1, 1 },
  [PV_STORED_ADDRESSES] = { "addresses", "[addresses] file", "user_version of SQLite",
                            "no addresses are offered; to be made anew", 1, 1, 1 },
  [PV_STORED_RECEIPT_CODE] = { "receipt-code", "on paper", "PARVIS1", "said to be none of ours", 1, 1, 1 },
  [PV_STORED_CERTIFICATE] = { "certificate", "[assist] certificate-file, NAME.cert", "byte 4",
                              "no assistance; told by the courier", 1, 1, 1 },
  [PV_STORED_SEALED_KEY] = { "sealed-key", "mediator.key of a console", "byte 4", "kept, told with its version", 1, 1,
                             1 },
  [PV_STORED_BUNDLE] = { "bundle", "STORE/SCOPE-SERIAL-DIGEST/bundle.pvb", "its first line",
                         "refused by its number; what counted before counts on", 1, 1, 1 },
  [PV_STORED_ACTIVITY] = { "activity", "activity.csv of a console", "names of the columns; unknown ones are kept",
                           "kept, never written over", 1, 1, 1 },
  [PV_STORED_FLEET_REPORT] = { "fleet-report", "STATE/fleet/report", "its member version",
                               "what is wrong is wrong since now", 1, 1, 1 },
  [PV_STORED_USAGE] = { "usage", "STATE/fleet/usage", "none in 1; later ones begin with # and a number",
                        "kept, nothing is counted", 1, 1, 1 },
};

const PvStoredFacts *
pv_stored_get_facts (PvStoredFormat format)
{
  g_return_val_if_fail (format < PV_N_STORED_FORMATS, &formats[0]);

  return &formats[format];
}

guint
pv_stored_choose_version (const PvStoredFacts *facts, gboolean is_confirmed)
{
  return is_confirmed ? facts->written : facts->written_before;
}

guint
pv_stored_version_to_write (PvStoredFormat format, gboolean is_confirmed)
{
  return pv_stored_choose_version (pv_stored_get_facts (format), is_confirmed);
}

gboolean
pv_stored_is_readable (PvStoredFormat format, guint version)
{
  const PvStoredFacts *facts = pv_stored_get_facts (format);

  return version >= facts->oldest && version <= facts->written;
}

gboolean
pv_stored_is_confirmed (const char *marker, const char *release)
{
  gsize length;

  if (marker == NULL)
    return TRUE;
  length = strcspn (marker, "\n");
  return length > 0 && length <= MAX_RELEASE_BYTES && strlen (release) == length
         && strncmp (marker, release, length) == 0 && (marker[length] == '\0' || marker[length + 1] == '\0');
}
