/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* stored-format.h: which version of each stored format this release writes, and which it reads.
 *
 * An update is tried out in a second slot, and taken back when it does not prove itself. Until it is confirmed, the new release
 * therefore writes what the one before it reads; only then its own. Whoever writes a stored format asks
 * pv_stored_version_to_write(), whoever reads one asks pv_stored_is_readable(). A file of a version that is not read is left as
 * it is, and told: nothing is removed, mended or written over.
 *
 * Where an update was confirmed is one line in a file, PV_STORED_CONFIRMED_FILE in [paths] state: the release that was confirmed
 * last. The step that confirms an update writes it.
 *
 * A new version of a format: raise "written", leave "written_before" at what the release before reads, put a sample of it into
 * tests/data/formats. One release later raise "written_before" as well. "oldest" follows when no kiosk has such files any more.
 *
 * Pure data; any thread. */
#pragma once

#include <glib.h>

#define PV_STORED_CONFIRMED_FILE "confirmed"

typedef enum {
  PV_STORED_OUTBOX,       /* a sealed filing */
  PV_STORED_OUTBOX_STATE, /* what is known of its delivery */
  PV_STORED_FOLLOW,       /* the record that tells what became of it */
  PV_STORED_CACHE,        /* what the portal offers */
  PV_STORED_AUDIT,        /* the log of what mediators did, and its head */
  PV_STORED_PAGES,        /* how much was printed on each day */
  PV_STORED_ADDRESSES,    /* the index of addresses */
  PV_STORED_RECEIPT_CODE, /* the code on a receipt: on paper, at people's homes */
  PV_STORED_CERTIFICATE,  /* who a kiosk or a mediator is */
  PV_STORED_SEALED_KEY,   /* a mediator's key */
  PV_STORED_BUNDLE,       /* settings that a platform or a commune signed */
  PV_STORED_ACTIVITY,     /* a mediator's activity */
  PV_STORED_FLEET_REPORT, /* what the kiosk told the fleet last */
  PV_STORED_USAGE,        /* how often each procedure was filed on a day */
  PV_N_STORED_FORMATS
} PvStoredFormat;

typedef struct PvStoredFacts {
  const char *name;     /* as its samples are called */
  const char *file;     /* where it is; STATE and CACHE are [paths] of the settings */
  const char *mark;     /* how a file says its version */
  const char *unknown;  /* what is done with a version that is not read */
  guint written;        /* the newest that this release can write */
  guint written_before; /* the newest that the release before this one reads: written until the update is confirmed */
  guint oldest;         /* the oldest that is read; the newest is @written */
} PvStoredFacts;

/* (transfer none) */
const PvStoredFacts *pv_stored_get_facts (PvStoredFormat format);
/* The rule itself. */
guint pv_stored_choose_version (const PvStoredFacts *facts, gboolean is_confirmed);
guint pv_stored_version_to_write (PvStoredFormat format, gboolean is_confirmed);
gboolean pv_stored_is_readable (PvStoredFormat format, guint version);

/**
 * pv_stored_is_confirmed:
 * @marker: (nullable): what PV_STORED_CONFIRMED_FILE holds; NULL: there is no such file
 * @release: that of this program
 *
 * Without the file nothing tries updates out on this machine, and every release counts as confirmed. A file that says something
 * else, or nothing, says that this release is on trial.
 */
gboolean pv_stored_is_confirmed (const char *marker, const char *release);
