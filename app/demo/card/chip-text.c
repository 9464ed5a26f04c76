/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "demo/card/chip-text.h"

#include <string.h>

#include "demo/card/chip-mrz.h"

typedef struct Word {
  const char *word;
  int value;
} Word;

static const Word kinds[] = {
  { "td1", PV_CHIP_TD1 }, { "td2", PV_CHIP_TD2 }, { "td3", PV_CHIP_TD3 }, { "other", PV_CHIP_OTHER }, { NULL, 0 },
};

static const Word mappings[] = {
  { "dh-gm", PV_CHIP_DH_GM },     { "ecdh-gm", PV_CHIP_ECDH_GM },   { "dh-im", PV_CHIP_DH_IM },
  { "ecdh-im", PV_CHIP_ECDH_IM }, { "ecdh-cam", PV_CHIP_ECDH_CAM }, { NULL, 0 },
};

static const Word agreements[] = { { "dh", FALSE }, { "ecdh", TRUE }, { NULL, 0 } };

static const Word ciphers[] = {
  { "3des", PV_CHIP_3DES },
  { "aes128", PV_CHIP_AES128 },
  { "aes192", PV_CHIP_AES192 },
  { "aes256", PV_CHIP_AES256 },
  { NULL, 0 },
};

static const Word actives[] = {
  { "none", PV_CHIP_AA_NONE },
  { "rsa1024", PV_CHIP_AA_RSA1024 },
  { "rsa2048", PV_CHIP_AA_RSA2048 },
  { "ecdsa", PV_CHIP_AA_ECDSA },
  { NULL, 0 },
};

static const Word quirks[] = {
  { "no-mf-6a86", PV_CHIP_QUIRK_NO_MF_6A86 },
  { "no-mf-6d00", PV_CHIP_QUIRK_NO_MF_6D00 },
  { "no-le-at-select", PV_CHIP_QUIRK_NO_LE_AT_SELECT },
  { "empty-extended", PV_CHIP_QUIRK_EMPTY_EXTENDED },
  { "no-do84", PV_CHIP_QUIRK_NO_DO84 },
  { "needs-do84", PV_CHIP_QUIRK_NEEDS_DO84 },
  { "6c", PV_CHIP_QUIRK_6C },
  { "6700", PV_CHIP_QUIRK_6700 },
  { "loses-session", PV_CHIP_QUIRK_LOSES_SESSION },
  { "no-sfi", PV_CHIP_QUIRK_NO_SFI },
  { "der-signature", PV_CHIP_QUIRK_DER_SIGNATURE },
  { "no-ca-info", PV_CHIP_QUIRK_NO_CA_INFO },
  { "explicit-curve", PV_CHIP_QUIRK_EXPLICIT },
  { "type-b", PV_CHIP_QUIRK_TYPE_B },
  { NULL, 0 },
};

static const Word issuer_kinds[] = {
  { "rsa-sha256", PV_ISSUER_RSA_SHA256 }, { "rsa-pss", PV_ISSUER_RSA_PSS },
  { "ecdsa-p256", PV_ISSUER_ECDSA_P256 }, { "ecdsa-brainpool-explicit", PV_ISSUER_ECDSA_BRAINPOOL_EXPLICIT },
  { "ecdsa-p521", PV_ISSUER_ECDSA_P521 }, { NULL, 0 },
};

static const Word issues[] = {
  { "right", PV_ISSUE_RIGHT },
  { "other-root", PV_ISSUE_OTHER_ROOT },
  { "self-signed", PV_ISSUE_SELF_SIGNED },
  { "bad-signature", PV_ISSUE_BAD_SIGNATURE },
  { "wrong-digest", PV_ISSUE_WRONG_DIGEST },
  { "signer-expired", PV_ISSUE_SIGNER_EXPIRED },
  { "signer-too-early", PV_ISSUE_SIGNER_TOO_EARLY },
  { "revoked", PV_ISSUE_REVOKED },
  { "other-state", PV_ISSUE_OTHER_STATE },
  { "no-signer", PV_ISSUE_NO_SIGNER },
  { "wrong-content-type", PV_ISSUE_WRONG_CONTENT_TYPE },
  { "unsigned", PV_ISSUE_UNSIGNED },
  { "weak", PV_ISSUE_WEAK },
  { "not-a-ca", PV_ISSUE_NOT_A_CA },
  { "unknown-curve", PV_ISSUE_UNKNOWN_CURVE },
  { "no-attributes", PV_ISSUE_NO_ATTRIBUTES },
  { NULL, 0 },
};

/* What may stand in a text; "*": any word, checked by who uses it. */
static const struct {
  const char *group;
  const char *keys[16];
} sections[] = {
  { "card",
    { "title", "type", "code", "issuer", "number", "surname", "given", "birth", "sex", "expiry", "nationality",
      "optional", "without" } },
  { "dg11",
    { "full-name", "other-name", "personal-number", "birth-date", "birth-place", "address", "telephone",
      "profession" } },
  { "dg12", { "authority", "issued" } },
  { "photo", { "size", "format", "width", "height" } },
  { "access", { "can", "mrz", "pace", "bac", "tries" } },
  { "chip", { "ca", "aa", "extended", "largest-read", "part", "quirks" } },
  { "issuer", { "country", "kind", "issue", "issued" } },
  { "misprint", { "*" } },
  { "damage", { "*" } },
};

#define TEXT_ERROR(error, ...) g_set_error (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_INVALID_VALUE, __VA_ARGS__)

static gboolean
look_up (const Word *words, const char *word, int *ret_value)
{
  for (; words->word != NULL; words++)
    if (g_str_equal (words->word, word)) {
      *ret_value = words->value;
      return TRUE;
    }
  return FALSE;
}

char *
pv_chip_text_get (const PvChipText *text, const char *group, const char *key)
{
  return g_key_file_get_string (text->file, group, key, NULL);
}

guint64
pv_chip_text_get_number (const PvChipText *text, const char *group, const char *key, guint64 otherwise)
{
  return g_key_file_has_key (text->file, group, key, NULL) ? g_key_file_get_uint64 (text->file, group, key, NULL)
                                                           : otherwise;
}

static gboolean
read_word (const PvChipText *text, const char *group, const char *key, const Word *words, int *value, GError **error)
{
  g_autofree char *word = pv_chip_text_get (text, group, key);

  if (word != NULL && !look_up (words, word, value)) {
    TEXT_ERROR (error, "[%s] %s: no such word: %s", group, key, word);
    return FALSE;
  }
  return TRUE;
}

static gboolean
is_known (const char *group, const char *key)
{
  for (gsize i = 0; i < G_N_ELEMENTS (sections); i++) {
    if (!g_str_equal (sections[i].group, group))
      continue;
    for (gsize k = 0; k < G_N_ELEMENTS (sections[i].keys) && sections[i].keys[k] != NULL; k++)
      if (g_str_equal (sections[i].keys[k], key) || g_str_equal (sections[i].keys[k], "*"))
        return TRUE;
  }
  return FALSE;
}

static gboolean
check_words (GKeyFile *file, GError **error)
{
  g_auto (GStrv) groups = g_key_file_get_groups (file, NULL);

  for (char **group = groups; *group != NULL; group++) {
    g_auto (GStrv) keys = g_key_file_get_keys (file, *group, NULL, NULL);

    for (char **key = keys; key != NULL && *key != NULL; key++)
      if (!is_known (*group, *key)) {
        TEXT_ERROR (error, "[%s] %s: no such word", *group, *key);
        return FALSE;
      }
  }
  return TRUE;
}

/* "ecdh-gm-aes128:13" or "ecdh-aes128:13": the part before the last '-', the cipher, the number. */
static gboolean
read_offer (const char *word, const Word *words, int *ret_kind, PvChipCipher *ret_cipher, int *ret_parameter_id)
{
  g_auto (GStrv) parts = g_strsplit (word, ":", 2);
  char *dash = parts[0] != NULL ? strrchr (parts[0], '-') : NULL;
  gint64 number;
  int cipher;

  if (dash == NULL || parts[1] == NULL || !g_ascii_string_to_signed (parts[1], 10, 0, 18, &number, NULL)
      || !look_up (ciphers, dash + 1, &cipher))
    return FALSE;
  *dash = '\0';
  *ret_cipher = (PvChipCipher) cipher;
  *ret_parameter_id = (int) number;
  return pv_chip_group_name (*ret_parameter_id) != NULL && look_up (words, parts[0], ret_kind);
}

gboolean
pv_chip_text_read_pace (const PvChipText *text, const char *group, const char *key, PvChipPaceOffer *ret_offers,
                        guint *ret_n_offers, GError **error)
{
  g_auto (GStrv) words = g_key_file_get_string_list (text->file, group, key, NULL, NULL);

  *ret_n_offers = 0;
  for (char **word = words; word != NULL && *word != NULL; word++) {
    PvChipPaceOffer *offer = &ret_offers[*ret_n_offers];
    int mapping = 0;

    if (*ret_n_offers == PV_CHIP_MAX_OFFERS
        || !read_offer (*word, mappings, &mapping, &offer->cipher, &offer->parameter_id)
        || (mapping == PV_CHIP_DH_GM || mapping == PV_CHIP_DH_IM) != (offer->parameter_id < 8)
        || (mapping == PV_CHIP_ECDH_CAM && offer->cipher == PV_CHIP_3DES)) {
      TEXT_ERROR (error, "[%s] %s: no such offer: %s", group, key, *word);
      return FALSE;
    }
    offer->mapping = (PvChipMapping) mapping;
    (*ret_n_offers)++;
  }
  return TRUE;
}

static gboolean
read_ca (PvChipText *text, GError **error)
{
  g_auto (GStrv) words = g_key_file_get_string_list (text->file, "chip", "ca", NULL, NULL);

  for (char **word = words; word != NULL && *word != NULL; word++) {
    PvChipCaOffer *offer = &text->ca[text->n_ca];

    if (text->n_ca == PV_CHIP_MAX_OFFERS
        || !read_offer (*word, agreements, &offer->is_ecdh, &offer->cipher, &offer->parameter_id)
        || offer->is_ecdh != (offer->parameter_id >= 8)) {
      TEXT_ERROR (error, "[chip] ca: no such offer: %s", *word);
      return FALSE;
    }
    text->n_ca++;
  }
  return TRUE;
}

static gboolean
read_quirks (PvChipText *text, GError **error)
{
  g_auto (GStrv) words = g_key_file_get_string_list (text->file, "chip", "quirks", NULL, NULL);

  for (char **word = words; word != NULL && *word != NULL; word++) {
    int quirk;

    if (!look_up (quirks, *word, &quirk)) {
      TEXT_ERROR (error, "[chip] quirks: no such word: %s", *word);
      return FALSE;
    }
    text->quirks |= (guint) quirk;
  }
  return TRUE;
}

static gboolean
read_issuer (PvChipText *text, GError **error)
{
  g_autofree char *issued = pv_chip_text_get (text, "issuer", "issued");
  g_autofree char *date = g_strdup_printf ("%sT12:00:00Z", issued != NULL ? issued : "2024-03-15");
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (date, NULL);
  int kind = PV_ISSUER_RSA_SHA256, issue = PV_ISSUE_RIGHT;

  if (time == NULL) {
    TEXT_ERROR (error, "[issuer] issued: no date");
    return FALSE;
  }
  text->issued = g_date_time_to_unix (time);
  text->country = pv_chip_text_get (text, "issuer", "country");
  if (text->country == NULL)
    text->country = g_strdup ("UT");
  if (!read_word (text, "issuer", "kind", issuer_kinds, &kind, error)
      || !read_word (text, "issuer", "issue", issues, &issue, error))
    return FALSE;
  text->issuer_kind = (PvIssuerKind) kind;
  text->issue = (PvIssue) issue;
  return TRUE;
}

static gboolean
read_yes (const PvChipText *text, const char *group, const char *key, gboolean otherwise)
{
  g_autofree char *word = pv_chip_text_get (text, group, key);

  return word == NULL ? otherwise : g_str_equal (word, "yes");
}

static gboolean
has_offer (const PvChipText *text, const PvChipPaceOffer *offer)
{
  for (guint i = 0; i < text->n_pace; i++)
    if (text->pace[i].mapping == offer->mapping && text->pace[i].cipher == offer->cipher
        && text->pace[i].parameter_id == offer->parameter_id)
      return TRUE;
  return FALSE;
}

/* What [damage] makes EF.CardAccess show, the chip can do. */
static gboolean
add_shown_offers (PvChipText *text, GError **error)
{
  g_autofree char *word = pv_chip_text_get (text, "damage", "card-access");
  PvChipPaceOffer offers[PV_CHIP_MAX_OFFERS];
  guint n_offers;

  text->n_signed_pace = text->n_pace;
  if (word == NULL || g_str_equal (word, "none"))
    return TRUE;
  if (!pv_chip_text_read_pace (text, "damage", "card-access", offers, &n_offers, error))
    return FALSE;
  for (guint i = 0; i < n_offers && text->n_pace < PV_CHIP_MAX_OFFERS; i++)
    if (!has_offer (text, &offers[i]))
      text->pace[text->n_pace++] = offers[i];
  return TRUE;
}

static gboolean
read_access (PvChipText *text, GError **error)
{
  text->can = pv_chip_text_get (text, "access", "can");
  text->has_bac = read_yes (text, "access", "bac", FALSE);
  text->takes_mrz = read_yes (text, "access", "mrz", TRUE);
  text->tries = (guint) pv_chip_text_get_number (text, "access", "tries", 0);
  if (text->can != NULL && (strlen (text->can) != 6 || strspn (text->can, "0123456789") != 6)) {
    TEXT_ERROR (error, "[access] can: six digits");
    return FALSE;
  }
  return pv_chip_text_read_pace (text, "access", "pace", text->pace, &text->n_pace, error)
         && add_shown_offers (text, error);
}

static gboolean
read_holder (PvChipText *text, GError **error)
{
  g_autofree char *birth = pv_chip_text_get (text, "card", "birth");
  g_autofree char *expiry = pv_chip_text_get (text, "card", "expiry");

  text->number = pv_chip_text_get (text, "card", "number");
  text->birth = pv_chip_mrz_date (birth);
  text->expiry = pv_chip_mrz_date (expiry);
  if (text->number == NULL || text->number[0] == '\0' || text->birth == NULL || text->expiry == NULL) {
    TEXT_ERROR (error, "[card] number, birth and expiry are needed, dates as YYYY-MM-DD");
    return FALSE;
  }
  return TRUE;
}

static gboolean
read_all (PvChipText *text, GError **error)
{
  int kind = -1, active = PV_CHIP_AA_NONE;

  if (!check_words (text->file, error) || !read_word (text, "card", "type", kinds, &kind, error))
    return FALSE;
  if (kind < 0) {
    TEXT_ERROR (error, "[card] type is needed");
    return FALSE;
  }
  text->kind = (PvChipKind) kind;
  if (!read_word (text, "chip", "aa", actives, &active, error) || !read_quirks (text, error)
      || !read_issuer (text, error) || !read_access (text, error) || !read_ca (text, error))
    return FALSE;
  text->active = (PvChipActive) active;
  text->extended = pv_chip_text_get_number (text, "chip", "extended", 0);
  text->largest_read = pv_chip_text_get_number (text, "chip", "largest-read", 0);
  text->part = pv_chip_text_get_number (text, "chip", "part", 0);
  return text->kind == PV_CHIP_OTHER || read_holder (text, error);
}

PvChipText *
pv_chip_text_new (const char *text, GError **error)
{
  g_autoptr (PvChipText) self = g_new0 (PvChipText, 1);
  gsize length = strlen (text);

  self->file = g_key_file_new ();
  if (length == 0 || length > PV_CHIP_MAX_TEXT_BYTES) {
    TEXT_ERROR (error, "a card has 1 to %d bytes", PV_CHIP_MAX_TEXT_BYTES);
    return NULL;
  }
  if (!g_key_file_load_from_data (self->file, text, length, G_KEY_FILE_NONE, error) || !read_all (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
pv_chip_text_free (PvChipText *text)
{
  if (text == NULL)
    return;
  g_key_file_unref (text->file);
  g_free (text->number);
  g_free (text->birth);
  g_free (text->expiry);
  g_free (text->can);
  g_free (text->country);
  g_free (text);
}

char *
pv_chip_text_get_mrz_information (const PvChipText *text)
{
  g_autoptr (GString) information = g_string_new (NULL);

  pv_chip_mrz_add_checked (information, text->number, 9);
  pv_chip_mrz_add_checked (information, text->birth, 6);
  pv_chip_mrz_add_checked (information, text->expiry, 6);
  return g_string_free (g_steal_pointer (&information), FALSE);
}
