/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <errno.h>
#include <pwd.h>
#include <string.h>
#include <unistd.h>

#include "core/opening-hours.h"
#include "core/wipe.h"
#include "ctl/ctl.h"
#include "ctl/say.h"
#include "eid/trust.h"
#include "link/outbox-store.h"
#include "link/receipt-key.h"
#include "platform/address-index.h"
#include "platform/clock.h"
#include "platform/glossary-file.h"
#include "platform/mounting.h"
#include "platform/secret.h"
#include "platform/synonyms-file.h"
#include "platform/texts-file.h"

typedef enum { FILE_FINE, FILE_WRONG, FILE_UNSEEN } FileFate;

static void
tell (const char *english, const char *french)
{
  g_print ("%s\n", pv_say (english, french));
}

/* The C library's words are English, as its locale is. */
static const char *
say_reason (int reason)
{
  return reason == ENOENT ? pv_say ("No such file or directory", "ce fichier n’existe pas") : g_strerror (reason);
}

/* A credential of a service is not there for us, nor what this login may not read: only what can be seen is judged. */
static FileFate
look_at (const char *name, const char *path)
{
  if (path == NULL || g_str_has_prefix (path, "$CREDENTIALS_DIRECTORY/"))
    return FILE_UNSEEN;
  if (access (path, R_OK) == 0)
    return FILE_FINE;
  if (errno == EACCES) {
    g_print (pv_say ("note: %s: %s is not checked: this login may not read it\n",
                     "note: %s : %s n’est pas vérifié : ce compte ne peut pas le lire\n"),
             name, path);
    return FILE_UNSEEN;
  }
  pv_ctl_fail (pv_say ("%s: %s: %s", "%s : %s : %s"), name, path, say_reason (errno));
  return FILE_WRONG;
}

static guint
check_files (const PvSettings *settings)
{
  static const struct {
    PvSetting setting;
    const char *name;
  } files[] = {
    { PV_SETTING_ASSIST_CA_FILE, "[assist] ca-file" },
    { PV_SETTING_ASSIST_CERTIFICATE_FILE, "[assist] certificate-file" },
    { PV_SETTING_ASSIST_CLIENT_CERT_FILE, "[assist] client-cert-file" },
    { PV_SETTING_ASSIST_CLIENT_KEY_FILE, "[assist] client-key-file" },
    { PV_SETTING_ASSIST_KEY_FILE, "[assist] key-file" },
    { PV_SETTING_COMMUNE_EMBLEM, "[commune] emblem" },
    { PV_SETTING_PORTAL_ACCESS_KEY_FILE, "[portal] access-key-file" },
    { PV_SETTING_PORTAL_CA_FILE, "[portal] ca-file" },
    { PV_SETTING_PORTAL_CLIENT_CERT_FILE, "[portal] client-cert-file" },
    { PV_SETTING_PORTAL_CLIENT_KEY_FILE, "[portal] client-key-file" },
  };
  guint n_wrong = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    n_wrong += look_at (files[i].name, pv_settings_get_text (settings, files[i].setting)) == FILE_WRONG ? 1 : 0;
  return n_wrong;
}

/* Without it courier and printer service do not start. */
static guint
check_login (const PvSettings *settings)
{
  const char *name = pv_settings_get_text (settings, PV_SETTING_SESSION_USER);

  if (name == NULL || getpwnam (name) != NULL)
    return 0;
  pv_ctl_fail (pv_say ("[session] user: there is no login \"%s\"", "[session] user : le compte « %s » n’existe pas"),
               name);
  return 1;
}

/* FALSE: nothing can be said about it, or it is wrong, which is counted. */
static gboolean
read_public_key (const char *name, const char *path, guint8 *ret_key, guint *n_wrong)
{
  FileFate fate = look_at (name, path);
  g_autofree char *text = NULL;

  if (fate == FILE_FINE && g_file_get_contents (path, &text, NULL, NULL) && pv_outbox_key_from_text (text, ret_key))
    return TRUE;
  if (fate == FILE_FINE)
    pv_ctl_fail (pv_say ("%s: no key in %s", "%s : pas de clé dans %s"), name, path);
  *n_wrong += fate != FILE_UNSEEN ? 1 : 0;
  return FALSE;
}

static guint
check_keys (const PvSettings *settings)
{
  const char *public_file = pv_settings_get_text (settings, PV_SETTING_OUTBOX_PUBLIC_KEY_FILE);
  const char *secret_file = pv_settings_get_text (settings, PV_SETTING_OUTBOX_PRIVATE_KEY_FILE);
  const char *commune_file = pv_settings_get_text (settings, PV_SETTING_OUTBOX_COMMUNE_KEY_FILE);
  guint8 public_key[PV_OUTBOX_KEY_BYTES], commune_key[PV_OUTBOX_KEY_BYTES];
  guint n_wrong = (public_file == NULL ? 1 : 0) + (secret_file == NULL ? 1 : 0);
  gboolean is_public_read = read_public_key ("[outbox] public-key-file", public_file, public_key, &n_wrong);
  FileFate secret_fate = look_at ("[outbox] private-key-file", secret_file);

  if (public_file == NULL)
    pv_ctl_fail (
      "%s",
      pv_say ("[outbox] public-key-file is not set: nothing can be stored; see parvisctl keygen outbox",
              "[outbox] public-key-file n’est pas réglé : rien ne peut être gardé ; voyez parvisctl keygen outbox"));
  if (secret_file == NULL)
    pv_ctl_fail (
      "%s",
      pv_say ("[outbox] private-key-file is not set: nothing can be sent; see parvisctl keygen outbox",
              "[outbox] private-key-file n’est pas réglé : rien ne peut être envoyé ; voyez parvisctl keygen outbox"));
  n_wrong += secret_fate == FILE_WRONG ? 1 : 0;
  if (secret_fate == FILE_FINE) {
    g_autoptr (PvOutboxKeys) keys = pv_ctl_read_keys (secret_file);

    if (keys == NULL)
      n_wrong++;
    else if (is_public_read && memcmp (keys->public_key, public_key, sizeof public_key) != 0) {
      pv_ctl_fail ("%s", pv_say ("[outbox] private-key-file and public-key-file do not belong together",
                                 "[outbox] private-key-file et public-key-file ne vont pas ensemble"));
      n_wrong++;
    }
  }
  if (commune_file == NULL)
    tell ("note: [outbox] commune-key-file is not set: filings could not be exported to an agent",
          "note: [outbox] commune-key-file n’est pas réglé : aucune demande ne pourrait être remise à un agent");
  else
    read_public_key ("[outbox] commune-key-file", commune_file, commune_key, &n_wrong);
  return n_wrong;
}

/* The public half of what signs; NULL: it is not there, or nothing can be said about it. (transfer full) */
static char *
read_signing_key (const char *path, guint *n_wrong)
{
  FileFate fate = look_at ("[receipt] private-key-file", path);
  g_autoptr (GError) error = NULL;
  g_autoptr (PvSecret) text = fate == FILE_FINE ? pv_secret_read_text (path, &error) : NULL;
  g_autoptr (PvReceiptSigner) signer = text != NULL ? pv_receipt_signer_from_text (pv_secret_get_text (text)) : NULL;

  if (fate == FILE_FINE && signer == NULL)
    pv_ctl_fail ("[receipt] private-key-file: %s",
                 error != NULL ? error->message : pv_say ("no key in that file", "pas de clé dans ce fichier"));
  *n_wrong += fate == FILE_WRONG || (fate == FILE_FINE && signer == NULL) ? 1 : 0;
  return signer != NULL ? pv_receipt_signer_to_public_text (signer) : NULL;
}

/* A receipt that no key can prove is as good as before there were any: worth saying. */
static guint
check_receipt_keys (const PvSettings *settings)
{
  const char *path = pv_settings_get_text (settings, PV_SETTING_RECEIPT_PRIVATE_KEY_FILE);
  const char *const *paths = pv_settings_get_list (settings, PV_SETTING_RECEIPT_PUBLIC_KEY_FILES);
  guint n_wrong = 0, n_unseen = 0;
  g_autofree char *ours = path != NULL ? read_signing_key (path, &n_wrong) : NULL;
  PvReceiptKey key, own;
  gboolean is_there = ours == NULL || !pv_receipt_key_parse (ours, &own);

  if (path == NULL)
    tell ("note: [receipt] private-key-file is not set: receipts bear no signature; see parvisctl keygen receipt",
          "note: [receipt] private-key-file n’est pas réglé : les accusés ne sont pas signés ; voyez parvisctl keygen "
          "receipt");
  for (guint i = 0; paths != NULL && paths[i] != NULL; i++) {
    FileFate fate = look_at ("[receipt] public-key-files", paths[i]);

    n_unseen += fate == FILE_UNSEEN ? 1 : 0;
    if (fate == FILE_WRONG || (fate == FILE_FINE && !pv_ctl_read_receipt_key (paths[i], &key)))
      n_wrong++;
    else if (fate == FILE_FINE && !is_there)
      is_there = memcmp (key.bytes, own.bytes, sizeof own.bytes) == 0;
  }
  if (is_there || n_unseen > 0)
    return n_wrong;
  pv_ctl_fail (
    "%s",
    pv_say ("[receipt] none of public-key-files belongs to private-key-file: no receipt would be genuine",
            "[receipt] aucun de public-key-files ne va avec private-key-file : aucun accusé ne serait authentique"));
  return n_wrong + 1;
}

/* Nothing is proven without roots: worth saying, not wrong. */
static guint
check_card (const PvSettings *settings)
{
  const char *path = pv_settings_get_text (settings, PV_SETTING_CARD_MASTER_LIST);
  gint64 now_us = pv_clock_get_wall_us (pv_clock_get_system ());
  g_autoptr (PvTrust) trust = NULL;
  g_autoptr (GError) error = NULL;
  FileFate fate;

  if (!pv_settings_get_bool (settings, PV_SETTING_CARD_ENABLED))
    return 0;
  if (path == NULL) {
    tell ("note: [card] master-list is not set: nothing that is read from a card is proven",
          "note: [card] master-list n’est pas réglé : rien de ce qui est lu sur une carte n’est prouvé");
    return 0;
  }
  fate = look_at ("[card] master-list", path);
  if (fate != FILE_FINE)
    return fate == FILE_WRONG ? 1 : 0;
  trust = pv_trust_load_configured (settings, now_us / G_USEC_PER_SEC, &error);
  if (trust == NULL) {
    pv_ctl_fail ("[card] master-list: %s", error->message);
    return 1;
  }
  for (guint i = 0; pv_trust_list_refused_crls (trust)[i] != NULL; i++)
    pv_ctl_fail (pv_say ("[card] crl-folder: not used: %s", "[card] crl-folder : non utilisé : %s"),
                 pv_trust_list_refused_crls (trust)[i]);
  return g_strv_length ((char **) pv_trust_list_refused_crls (trust));
}

/* The kiosk would call at any hour, or at none. */
static guint
check_assist (const PvSettings *settings)
{
  const char *text = pv_settings_get_text (settings, PV_SETTING_ASSIST_HOURS);
  g_autoptr (GError) error = NULL;
  g_autoptr (PvOpeningHours) hours = text != NULL ? pv_opening_hours_parse (text, &error) : NULL;

  if (text == NULL || hours != NULL)
    return 0;
  pv_ctl_fail ("[assist] hours: %s", error->message);
  return 1;
}

static guint
check_addresses (const PvSettings *settings)
{
  const char *path = pv_settings_get_text (settings, PV_SETTING_ADDRESSES_FILE);
  FileFate fate = path != NULL ? look_at ("[addresses] file", path) : FILE_UNSEEN;
  g_autoptr (PvAddressIndex) index = NULL;
  g_autoptr (GError) error = NULL;

  if (path == NULL)
    tell (
      "note: [addresses] file is not set: no address is completed; see parvisctl addresses build",
      "note: [addresses] file n’est pas réglé : les adresses ne sont pas complétées ; voyez parvisctl addresses build");
  if (fate != FILE_FINE)
    return fate == FILE_WRONG ? 1 : 0;
  index = pv_address_index_open (path, &error);
  if (index != NULL)
    return 0;
  pv_ctl_fail ("[addresses] file: %s", error->message);
  return 1;
}

static guint
check_synonyms (const PvSettings *settings)
{
  const char *path = pv_settings_get_text (settings, PV_SETTING_SEARCH_SYNONYMS_FILE);
  g_autoptr (GPtrArray) slips = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (PvSynonyms) synonyms = NULL;
  g_autoptr (GError) error = NULL;
  FileFate fate = path != NULL ? look_at ("[search] synonyms-file", path) : FILE_UNSEEN;

  if (path == NULL)
    tell ("note: [search] synonyms-file is not set: only the words of the forms are found",
          "note: [search] synonyms-file n’est pas réglé : seuls les mots des formulaires sont trouvés");
  if (fate != FILE_FINE)
    return fate == FILE_WRONG ? 1 : 0;
  synonyms = pv_synonyms_file_read (path, slips, &error);
  if (synonyms == NULL)
    pv_ctl_fail ("[search] synonyms-file: %s", error->message);
  for (guint i = 0; i < slips->len; i++)
    pv_ctl_fail ("[search] synonyms-file: %s: %s", path, (const char *) slips->pdata[i]);
  return slips->len + (synonyms == NULL ? 1 : 0);
}

/* A kiosk that somebody in a wheelchair cannot use is not in order. Where one sits at a table, [screen] says nothing. */
static guint
check_mounting (const PvSettings *settings)
{
  PvMounting mounting = pv_mounting_from_settings (settings);
  int lowest_mm, highest_mm;
  PvReachVerdict verdict = pv_reach_judge (&mounting, &lowest_mm, &highest_mm);

  if (g_str_equal (pv_settings_get_text (settings, PV_SETTING_SESSION_PROFILE), "post"))
    return 0;
  if (mounting.diagonal_mm == 0)
    tell ("note: [screen] diagonal-mm is not set: sizes are those of a panel of 24 inches",
          "note: [screen] diagonal-mm n’est pas réglé : tailles prévues pour un écran de 24 pouces");
  if (verdict == PV_REACH_FINE && pv_reach_starts_low (&mounting))
    g_print (pv_say ("note: [screen] controls would stand up to %d mm high, and must not be higher than %d mm: the "
                     "screen begins in the low layout\n",
                     "note: [screen] les touches iraient jusqu’à %d mm de haut, et pas plus de %d mm : l’écran "
                     "commence en disposition basse\n"),
             pv_reach_highest_mm (&mounting, FALSE), pv_reach_limit_mm (&mounting));
  if (verdict == PV_REACH_FINE)
    return 0;
  if (highest_mm == 0)
    pv_ctl_fail (
      pv_say ("[screen] obstruction-mm: nobody in a wheelchair reaches over %d mm: make it less deep",
              "[screen] obstruction-mm : personne en fauteuil n’atteint par-dessus %d mm : réduisez la profondeur"),
      mounting.obstruction_mm);
  else if (verdict == PV_REACH_TOO_LOW)
    pv_ctl_fail (pv_say ("[screen] lower-edge-mm: %d mm is too low; from %d to %d mm would do",
                         "[screen] lower-edge-mm : %d mm est trop bas ; de %d à %d mm conviendrait"),
                 mounting.lower_edge_mm, lowest_mm, highest_mm);
  else
    pv_ctl_fail (pv_say ("[screen] lower-edge-mm: even in the low layout controls would stand up to %d mm high, and "
                         "must not be higher than %d mm; from %d to %d mm would do",
                         "[screen] lower-edge-mm : même en disposition basse, les touches iraient jusqu’à %d mm, et "
                         "pas plus de %d mm ; de %d à %d mm conviendrait"),
                 pv_reach_highest_mm (&mounting, TRUE), pv_reach_limit_mm (&mounting), lowest_mm, highest_mm);
  return 1;
}

/* Of every language that the kiosk offers. Which texts are missing: "parvisctl texts", which asks the portal. */
static guint
check_texts (const PvSettings *settings)
{
  const char *const *folders = pv_settings_get_list (settings, PV_SETTING_TEXTS_FOLDER);
  const char *const *languages = pv_settings_get_list (settings, PV_SETTING_COMMUNE_LANGUAGES);
  g_autoptr (GPtrArray) slips = g_ptr_array_new_with_free_func (g_free);

  if (folders == NULL || folders[0] == NULL) {
    tell ("note: [texts] folder is not set: what the portal says is shown in French only",
          "note: [texts] folder n’est pas réglé : les textes du portail restent en français");
    return 0;
  }
  for (guint i = 0; languages[i] != NULL; i++) {
    g_autoptr (PvTexts) texts =
      g_str_equal (languages[i], PV_TEXTS_OFFICIAL) ? NULL : pv_texts_file_read_all (folders, languages[i], slips);

    if (texts == NULL && !g_str_equal (languages[i], PV_TEXTS_OFFICIAL))
      g_print (pv_say ("note: [texts] folder has no texts-%s.txt\n", "note: [texts] folder n’a pas de texts-%s.txt\n"),
               languages[i]);
  }
  for (guint i = 0; i < slips->len; i++)
    pv_ctl_fail ("[texts] folder: %s", (const char *) slips->pdata[i]);
  return slips->len;
}

static guint
check_glossary (const PvSettings *settings)
{
  const char *const *paths = pv_settings_get_list (settings, PV_SETTING_GLOSSARY_FILE);
  g_autoptr (PvGlossary) glossary = pv_glossary_new ();
  guint n_wrong = 0;

  if (paths == NULL || paths[0] == NULL)
    tell ("note: [glossary] file is not set: no word is explained",
          "note: [glossary] file n’est pas réglé : aucun mot n’est expliqué");
  for (guint i = 0; paths != NULL && paths[i] != NULL; i++) {
    g_autoptr (GPtrArray) slips = g_ptr_array_new_with_free_func (g_free);
    g_autoptr (GError) error = NULL;
    FileFate fate = look_at ("[glossary] file", paths[i]);

    if (fate == FILE_FINE && !pv_glossary_file_read (glossary, paths[i], slips, &error))
      g_ptr_array_add (slips, g_strdup (error->message));
    for (guint k = 0; k < slips->len; k++)
      pv_ctl_fail ("[glossary] file: %s: %s", paths[i], (const char *) slips->pdata[k]);
    n_wrong += slips->len + (fate == FILE_WRONG ? 1 : 0);
  }
  return n_wrong;
}

static guint
check_outbox (const PvSettings *settings)
{
  g_autofree char *folder = pv_ctl_outbox_folder (settings);
  g_autoptr (PvOutboxStore) store = NULL;
  g_autoptr (GError) error = NULL;
  gint64 now_us = pv_clock_get_wall_us (pv_clock_get_system ());
  const GPtrArray *items;
  guint n_raised = 0;

  if (!pv_ctl_has_outbox (folder)) {
    g_print (pv_say ("note: the courier has not made %s yet\n", "note: le courrier n’a pas encore créé %s\n"), folder);
    return 0;
  }
  store = pv_outbox_store_open_to_read (folder, &error);
  if (store == NULL) {
    pv_ctl_fail ("%s", error->message);
    return 1;
  }
  items = pv_outbox_store_get_items (store);
  for (guint i = 0; i < items->len; i++) {
    const PvOutboxItem *item = items->pdata[i];

    n_raised += pv_delivery_is_raised (&item->delivery, now_us) && !item->is_exported ? 1 : 0;
  }
  if (n_raised > 0)
    pv_ctl_fail (pv_say ("filings that need an agent: %u; see parvisctl outbox list",
                         "demandes qui attendent un agent : %u ; voyez parvisctl outbox list"),
                 n_raised);
  if (pv_outbox_store_get_n_unreadable (store) > 0)
    pv_ctl_fail (pv_say ("files of the outbox that cannot be read: %u", "demandes en attente illisibles : %u"),
                 pv_outbox_store_get_n_unreadable (store));
  return n_raised + pv_outbox_store_get_n_unreadable (store);
}

int
pv_ctl_check (const PvCtl *ctl, char **arguments)
{
  g_autoptr (PvSettings) settings = NULL;

  if (arguments[0] != NULL)
    return PV_CTL_USAGE;
  settings = pv_ctl_load_settings (ctl);
  if (settings == NULL)
    return PV_CTL_FAILED;
  if (check_files (settings) + check_login (settings) + check_keys (settings) + check_receipt_keys (settings)
        + check_card (settings) + check_assist (settings) + check_synonyms (settings) + check_glossary (settings)
        + check_texts (settings) + check_addresses (settings) + check_mounting (settings) + check_outbox (settings)
        + pv_ctl_check_bundles (ctl, settings)
      > 0)
    return PV_CTL_FAILED;
  tell ("everything is in order", "tout est en ordre");
  return PV_CTL_OK;
}
