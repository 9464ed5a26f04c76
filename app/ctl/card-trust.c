/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The master list: which roots documents are held against, and where they come from. */

#include <string.h>

#include "ctl/ctl.h"
#include "eid/trust.h"
#include "platform/clock.h"

enum { LIST_MODE = 0644 };

static int
usage (void)
{
  pv_ctl_fail ("use: parvisctl card trust show|check FILE|import FILE [--signer SHA256]");
  return PV_CTL_USAGE;
}

static gint64
get_now (void)
{
  return pv_clock_get_wall_us (pv_clock_get_system ()) / G_USEC_PER_SEC;
}

/* NULL after having said why. (transfer full) */
static PvTrust *
load (const PvSettings *settings, const char *path, gboolean has_crls)
{
  g_autoptr (GError) error = NULL;
  PvTrust *trust =
    pv_trust_load (path, pv_settings_get_text (settings, PV_SETTING_CARD_MASTER_LIST_SIGNER),
                   has_crls ? pv_settings_get_text (settings, PV_SETTING_CARD_CRL_FOLDER) : NULL, get_now (), &error);

  if (trust == NULL)
    pv_ctl_fail ("%s: %s", path, error->message);
  return trust;
}

static char *
format_day (gint64 seconds)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (seconds);

  return time != NULL && seconds != 0 ? g_date_time_format (time, "%Y-%m-%d") : g_strdup ("not told");
}

static guint
count_verdict (const GPtrArray *notes, PvRootVerdict verdict)
{
  guint n = 0;

  for (guint i = 0; i < notes->len; i++)
    n += ((const PvRootNote *) notes->pdata[i])->verdict == verdict ? 1 : 0;
  return n;
}

static void
print_signer (const PvTrust *trust)
{
  g_autofree char *day = format_day (pv_trust_get_signing_time (trust));

  g_print ("signed for: %s\nsigned on: %s\n", pv_trust_get_signer (trust), day);
}

static void
print_counts (const PvTrust *trust)
{
  const GPtrArray *notes = pv_trust_list_roots (trust);
  guint n_expired = 0;

  for (guint i = 0; i < notes->len; i++)
    n_expired += ((const PvRootNote *) notes->pdata[i])->is_expired ? 1 : 0;
  g_print ("certificates: %u, of them expired: %u\n", notes->len, n_expired);
  for (guint i = 0; i < PV_N_ROOT_VERDICTS; i++)
    if (count_verdict (notes, (PvRootVerdict) i) > 0)
      g_print ("  %s: %u\n", pv_root_verdict_name ((PvRootVerdict) i), count_verdict (notes, (PvRootVerdict) i));
}

/* How many roots and links each State has, in alphabetical order. */
static void
print_states (const PvTrust *trust)
{
  const GPtrArray *notes = pv_trust_list_roots (trust);
  g_autoptr (GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GList) states = NULL;

  for (guint i = 0; i < notes->len; i++) {
    const PvRootNote *note = notes->pdata[i];
    guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, note->country));

    if (note->verdict == PV_ROOT_ACCEPTED || note->verdict == PV_ROOT_LINK)
      g_hash_table_insert (counts, (gpointer) note->country, GUINT_TO_POINTER (n + 1));
  }
  states = g_list_sort (g_hash_table_get_keys (counts), (GCompareFunc) g_strcmp0);
  g_print ("States: %u\n", g_hash_table_size (counts));
  for (GList *item = states; item != NULL; item = item->next)
    g_print ("  %s: %u\n", (const char *) item->data, GPOINTER_TO_UINT (g_hash_table_lookup (counts, item->data)));
}

static void
print_crls (const PvTrust *trust)
{
  const char *const *refused = pv_trust_list_refused_crls (trust);

  g_print ("revocation lists: %u\n", pv_trust_count_crls (trust));
  for (guint i = 0; refused[i] != NULL; i++)
    g_print ("  not used: %s\n", refused[i]);
}

static int
show (const PvSettings *settings)
{
  const char *path = pv_settings_get_text (settings, PV_SETTING_CARD_MASTER_LIST);
  g_autoptr (PvTrust) trust = NULL;

  if (path == NULL)
    return pv_ctl_fail ("[card] master-list is not set: nothing that is read from a card is proven");
  trust = load (settings, path, TRUE);
  if (trust == NULL)
    return PV_CTL_FAILED;
  g_print ("%s\n", path);
  print_signer (trust);
  print_counts (trust);
  print_crls (trust);
  print_states (trust);
  return PV_CTL_OK;
}

static int
check (const PvSettings *settings, const char *path)
{
  g_autoptr (PvTrust) trust = load (settings, path, FALSE);
  const GPtrArray *notes;

  if (trust == NULL)
    return PV_CTL_FAILED;
  notes = pv_trust_list_roots (trust);
  for (guint i = 0; i < notes->len; i++) {
    const PvRootNote *note = notes->pdata[i];
    g_autofree char *from = format_day (note->not_before), *to = format_day (note->not_after);

    g_print ("%-3s %-13s %-29s %-12s %s %s%s  %.16s  %s\n", note->country, pv_root_verdict_name (note->verdict),
             note->key, note->signature, from, to, note->is_expired ? " expired" : "", note->fingerprint,
             note->subject);
  }
  print_signer (trust);
  print_counts (trust);
  return PV_CTL_OK;
}

/* As people copy it: with or without colons and blanks, in any case. */
static gboolean
is_fingerprint (const char *given, const char *fingerprint)
{
  g_autoptr (GString) plain = g_string_new (NULL);

  for (const char *at = given; *at != '\0'; at++)
    if (*at != ':' && *at != ' ')
      g_string_append_c (plain, g_ascii_tolower (*at));
  return strcmp (plain->str, fingerprint) == 0;
}

/* Somebody has to have looked at who signs: the settings name them, the list in force has the same, or a fingerprint is
 * given. FALSE after having said what to do. */
static gboolean
is_signer_known (const PvSettings *settings, const PvTrust *new, const PvTrust *old, const char *given)
{
  const char *fingerprint = pv_trust_get_signer_fingerprint (new);

  if (given != NULL) {
    if (is_fingerprint (given, fingerprint))
      return TRUE;
    pv_ctl_fail ("not imported: the list leads to another root, %s", pv_trust_get_signer (new));
    return FALSE;
  }
  if (pv_settings_get_text (settings, PV_SETTING_CARD_MASTER_LIST_SIGNER) != NULL
      || (old != NULL && strcmp (pv_trust_get_signer_fingerprint (old), fingerprint) == 0))
    return TRUE;
  pv_ctl_fail ("not imported: compare the fingerprint of this root with what its State publishes, then add --signer "
               "SHA256: %s",
               pv_trust_get_signer (new));
  return FALSE;
}

/* What is checked is what is written: the file might be another one by then. */
static gboolean
install (GBytes *list, const char *path)
{
  g_autoptr (GError) error = NULL;

  if (g_file_set_contents_full (path, g_bytes_get_data (list, NULL), (gssize) g_bytes_get_size (list),
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, LIST_MODE, &error))
    return TRUE;
  pv_ctl_fail ("%s", error->message);
  return FALSE;
}

static int
import (const PvSettings *settings, const char *from, const char *signer)
{
  const char *to = pv_settings_get_text (settings, PV_SETTING_CARD_MASTER_LIST);
  const char *roots = pv_settings_get_text (settings, PV_SETTING_CARD_MASTER_LIST_SIGNER);
  g_autoptr (GMappedFile) file = NULL;
  g_autoptr (GBytes) mapped = NULL, list = NULL;
  g_autoptr (PvTrust) new = NULL, old = NULL;
  g_autoptr (GError) error = NULL;

  if (to == NULL)
    return pv_ctl_fail ("[card] master-list is not set: there is no place to import it to");
  file = g_mapped_file_new (from, FALSE, &error);
  if (file == NULL)
    return pv_ctl_fail ("%s", error->message);
  mapped = g_mapped_file_get_bytes (file);
  if (g_bytes_get_size (mapped) > PV_TRUST_MAX_LIST_BYTES)
    return pv_ctl_fail ("%s: too long for a master list", from);
  list = g_bytes_new (g_bytes_get_data (mapped, NULL), g_bytes_get_size (mapped));
  new = pv_trust_load_bytes (list, roots, get_now (), &error);
  if (new == NULL)
    return pv_ctl_fail ("%s: %s", from, error->message);
  old = pv_trust_load (to, roots, NULL, get_now (), NULL);
  if (old != NULL && pv_trust_get_signing_time (new) < pv_trust_get_signing_time (old))
    return pv_ctl_fail ("not imported: the list in force was signed later; remove %s first if you mean it", to);
  if (!is_signer_known (settings, new, old, signer) || !install (list, to))
    return PV_CTL_FAILED;
  print_signer (new);
  print_counts (new);
  g_print ("imported to %s; kiosks read it at their next start\n", to);
  return PV_CTL_OK;
}

int
pv_ctl_card_trust (const PvCtl *ctl, char **arguments)
{
  const char *verb = arguments[0];
  guint n = g_strv_length (arguments);
  gboolean has_signer = n == 4 && strcmp (arguments[2], "--signer") == 0;
  g_autoptr (PvSettings) settings = NULL;

  if (!((g_strcmp0 (verb, "show") == 0 && n == 1) || (g_strcmp0 (verb, "check") == 0 && n == 2)
        || (g_strcmp0 (verb, "import") == 0 && (n == 2 || has_signer))))
    return usage ();
  settings = pv_ctl_load_settings (ctl);
  if (settings == NULL)
    return PV_CTL_FAILED;
  if (strcmp (verb, "show") == 0)
    return show (settings);
  return strcmp (verb, "check") == 0 ? check (settings, arguments[1])
                                     : import (settings, arguments[1], has_signer ? arguments[3] : NULL);
}
