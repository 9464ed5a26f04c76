/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* receipt verify: the code at the end of a receipt, scanned or typed. */

#include <stdio.h>
#include <string.h>

#include "ctl/ctl.h"
#include "platform/plain-file.h"

enum { MAX_KEYS = 1000 }; /* one for each kiosk, and what they had before */

typedef struct Keys {
  GArray *keys;     /* (element-type PvReceiptKey) */
  GPtrArray *paths; /* (element-type utf8): where each is from */
} Keys;

gboolean
pv_ctl_read_receipt_key (const char *path, PvReceiptKey *ret_key)
{
  g_autoptr (GError) error = NULL;
  gsize length = 0;
  g_autofree char *content = pv_plain_file_read (path, PV_RECEIPT_KEY_FILE_MAX_BYTES, &length, &error);
  g_autofree char *text = content != NULL ? g_strndup (content, length) : NULL;

  if (text != NULL && pv_receipt_key_parse (text, ret_key))
    return TRUE;
  pv_ctl_fail ("%s: %s", path, error != NULL ? error->message : "no key of receipts");
  return FALSE;
}

static gboolean
add_key (Keys *keys, const char *path)
{
  PvReceiptKey key;

  if (!pv_ctl_read_receipt_key (path, &key))
    return FALSE;
  g_array_append_val (keys->keys, key);
  g_ptr_array_add (keys->paths, g_strdup (path));
  return TRUE;
}

static gboolean
add_keys_of_settings (const PvCtl *ctl, Keys *keys)
{
  g_autoptr (PvSettings) settings = pv_ctl_load_settings (ctl);
  const char *const *paths =
    settings != NULL ? pv_settings_get_list (settings, PV_SETTING_RECEIPT_PUBLIC_KEY_FILES) : NULL;
  gboolean is_fine = settings != NULL;

  for (guint i = 0; paths != NULL && paths[i] != NULL && is_fine; i++)
    is_fine = add_key (keys, paths[i]);
  if (is_fine && keys->keys->len == 0)
    return pv_ctl_fail ("[receipt] public-key-files is not set: name a key with --key") == PV_CTL_OK;
  return is_fine;
}

/* A line from a scanner, without what follows it. (transfer full) */
static char *
read_line (void)
{
  char line[PV_RECEIPT_CODE_MAX_BYTES + 3];

  return g_strdup (fgets (line, sizeof line, stdin) != NULL ? line : "");
}

static void
print_facts (const PvReceiptFacts *facts, const char *path)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (facts->when_s);
  g_autofree char *when = time != NULL ? g_date_time_format (time, "%Y-%m-%d %H:%M:%S UTC") : g_strdup ("?");

  g_print ("genuine: signed with the key of %s\n", path);
  g_print ("%s %s\n",
           facts->kind == PV_RECEIPT_FACT_RECEIVED ? "received by the town hall:" : "registered at the kiosk:", when);
  g_print ("reference: %s\n", facts->ref);
  if (facts->number != NULL)
    g_print ("number: %s\n", facts->number);
  if (*facts->form != '\0')
    g_print ("form: %s\n", facts->form);
}

static int
verify (const char *code, const Keys *keys)
{
  guint8 signature[PV_RECEIPT_SIGNATURE_BYTES];
  g_autoptr (PvReceiptFacts) facts = pv_receipt_code_parse (code, signature);

  if (facts == NULL)
    return pv_ctl_fail ("this is not the code of a receipt: it begins with PARVIS1/");
  for (guint i = 0; i < keys->keys->len; i++)
    if (pv_receipt_key_verify (&g_array_index (keys->keys, PvReceiptKey, i), facts, signature)) {
      print_facts (facts, keys->paths->pdata[i]);
      return PV_CTL_OK;
    }
  return pv_ctl_fail ("NOT GENUINE: none of %u keys has signed this", keys->keys->len);
}

int
pv_ctl_receipt_verify (const PvCtl *ctl, char **arguments)
{
  g_autoptr (GArray) array = g_array_new (FALSE, FALSE, sizeof (PvReceiptKey));
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  Keys keys = { array, paths };
  g_autofree char *line = NULL;

  for (; g_strcmp0 (arguments[0], "--key") == 0 && arguments[1] != NULL && array->len < MAX_KEYS; arguments += 2)
    if (!add_key (&keys, arguments[1]))
      return PV_CTL_FAILED;
  if (arguments[0] == NULL || arguments[1] != NULL) {
    pv_ctl_fail ("use: parvisctl receipt verify [--key FILE]... CODE|-");
    return PV_CTL_USAGE;
  }
  if (array->len == 0 && !add_keys_of_settings (ctl, &keys))
    return PV_CTL_FAILED;
  line = strcmp (arguments[0], "-") == 0 ? read_line () : g_strdup (arguments[0]);
  return verify (line, &keys);
}
