/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "core/outcome.h"
#include "core/submission.h"
#include "ctl/ctl.h"
#include "link/disk.h"

typedef struct ShowOptions {
  const char *file, *key;
  const char *files; /* (nullable): where documents go */
} ShowOptions;

static gboolean
parse_show (char **arguments, ShowOptions *options)
{
  for (guint i = 0; arguments[i] != NULL; i++) {
    if (strcmp (arguments[i], "--key") == 0 && arguments[i + 1] != NULL)
      options->key = arguments[++i];
    else if (strcmp (arguments[i], "--files") == 0 && arguments[i + 1] != NULL)
      options->files = arguments[++i];
    else if (*arguments[i] != '-' && options->file == NULL)
      options->file = arguments[i];
    else
      return FALSE;
  }
  return options->file != NULL && options->key != NULL;
}

/* A name that a citizen gave is not trusted with a path. */
static void
write_document (const ShowOptions *options, const char *ref, guint number, const PvValue *value, guint index)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *base = g_path_get_basename (pv_value_get_filename (value, index));
  g_autofree char *name = g_strdup_printf ("%s-%u-%u-%s", ref, number, index + 1, base);
  int fd;

  g_print ("    %s (%" G_GSIZE_FORMAT " bytes)\n", base, g_bytes_get_size (pv_value_get_content (value, index)));
  if (options->files == NULL)
    return;
  fd = pv_disk_open_folder (options->files, &error);
  if (fd < 0 || !pv_disk_replace (pv_disk_get_default (), fd, name, pv_value_get_content (value, index), &error))
    pv_ctl_fail ("%s: %s", name, error->message);
  if (fd >= 0)
    close (fd);
}

static void show_value (const ShowOptions *options, const PvSubmission *submission, guint number, const PvValue *value);

static void
show_rows (const ShowOptions *options, const PvSubmission *submission, guint number, const PvValue *value)
{
  for (guint row = 0; row < pv_value_get_n (value); row++) {
    const PvAnswers *answers = pv_value_get_row (value, row);

    g_print ("    %u.\n", row + 1);
    for (guint i = 0; i < pv_answers_get_n (answers); i++) {
      const char *id = pv_answers_get_id (answers, i);

      g_print ("    %s:\n", id);
      show_value (options, submission, number, pv_answers_get (answers, id));
    }
  }
}

static void
show_value (const ShowOptions *options, const PvSubmission *submission, guint number, const PvValue *value)
{
  switch (pv_value_get_type (value)) {
  case PV_VALUE_TEXT:
    g_print ("    %s\n", pv_value_get_text (value));
    break;
  case PV_VALUE_BOOL:
    g_print ("    %s\n", pv_value_get_bool (value) ? "yes" : "no");
    break;
  case PV_VALUE_OPTIONS:
    for (guint i = 0; i < pv_value_get_n (value); i++)
      g_print ("    %s (%s)\n", pv_value_get_label (value, i), pv_value_get_id (value, i));
    break;
  case PV_VALUE_FILES:
    for (guint i = 0; i < pv_value_get_n (value); i++)
      write_document (options, submission->ref, number, value, i);
    break;
  case PV_VALUE_ROWS:
    show_rows (options, submission, number, value);
    break;
  case PV_VALUE_DECLINED:
    g_print ("    declined: does not have one\n");
    break;
  }
}

static void
show_submission (const ShowOptions *options, const PvSubmission *submission)
{
  g_autofree char *ref = pv_ref_display (submission->ref);
  g_autoptr (GDateTime) created = g_date_time_new_from_unix_utc (submission->created_us / G_USEC_PER_SEC);
  g_autofree char *when = created != NULL ? g_date_time_format (created, "%Y-%m-%dT%H:%M:%SZ") : g_strdup ("-");

  g_print ("%s  %s  %s\n", ref, submission->slug, when);
  if (submission->note != NULL)
    g_print ("  note:\n    %s\n", submission->note);
  for (guint i = 0; i < submission->entries->len; i++) {
    const PvSubmissionEntry *entry = submission->entries->pdata[i];

    g_print ("  %s:\n", entry->name != NULL ? entry->name : entry->id);
    if (entry->value != NULL)
      show_value (options, submission, i + 1, entry->value);
  }
  g_print ("\n");
}

/* Containers lie one after the other. */
static gsize
size_of_next (const guint8 *data, gsize left)
{
  gsize header, sealed;

  if (left < 16)
    return 0;
  header = (gsize) data[8] | (gsize) data[9] << 8 | (gsize) data[10] << 16 | (gsize) data[11] << 24;
  sealed = (gsize) data[12] | (gsize) data[13] << 8 | (gsize) data[14] << 16 | (gsize) data[15] << 24;
  return 16 + header + sealed <= left ? 16 + header + sealed : 0;
}

static gboolean
show_one (const ShowOptions *options, GBytes *container, const PvOutboxKeys *keys)
{
  guint8 reply_key[PV_OUTBOX_KEY_BYTES];
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) variant = pv_outbox_open (container, keys, reply_key, &error);
  g_autoptr (PvSubmission) submission = variant != NULL ? pv_submission_from_variant (variant, &error) : NULL;

  if (submission == NULL) {
    pv_ctl_fail ("%s", error->message);
    return FALSE;
  }
  show_submission (options, submission);
  return TRUE;
}

int
pv_ctl_outbox_show (const PvCtl *ctl, char **arguments)
{
  ShowOptions options = { 0 };
  g_autoptr (PvOutboxKeys) keys = NULL;
  g_autoptr (GMappedFile) file = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize left, offset = 0;

  (void) ctl;
  if (!parse_show (arguments, &options)) {
    pv_ctl_fail ("use: parvisctl outbox show FILE --key FILE [--files FOLDER]");
    return PV_CTL_USAGE;
  }
  keys = pv_ctl_read_keys (options.key);
  if (keys == NULL)
    return PV_CTL_FAILED;
  file = g_mapped_file_new (options.file, FALSE, &error);
  if (file == NULL)
    return pv_ctl_fail ("%s", error->message);
  bytes = g_mapped_file_get_bytes (file);
  for (left = g_bytes_get_size (bytes); left > 0;) {
    const guint8 *data = g_bytes_get_data (bytes, NULL);
    gsize size = size_of_next (data + offset, left);
    g_autoptr (GBytes) container = size > 0 ? g_bytes_new_from_bytes (bytes, offset, size) : NULL;

    if (container == NULL)
      return pv_ctl_fail ("%s: cut short, or no export", options.file);
    if (!show_one (&options, container, keys))
      return PV_CTL_FAILED;
    offset += size;
    left -= size;
  }
  return PV_CTL_OK;
}
