/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "platform/settings-table.h"

#include "core/glossary.h"
#include "core/handover-field.h"
#include "core/keypad.h"
#include "core/narrator.h"

enum {
  NAME_BYTES = 120,    /* a line on a screen */
  TEXT_BYTES = 1000,   /* a paragraph on a receipt */
  LEGAL_BYTES = 4000,  /* ways of appeal */
  READER_BYTES = 1000, /* libnfc takes 1024 */
  PHONE_BYTES = 32,
  LIST_ITEMS = 40,
  NAME_ITEMS = 200,    /* questions of all forms */
  SOURCE_ITEMS = 2000, /* of all forms of all communes of a platform */
  KEY_ITEMS = 8,       /* that mean the same */
};

#define TEXT(g, k, bytes)                                                                                              \
  {                                                                                                                    \
    .group = g, .key = k, .kind = PV_SETTING_KIND_TEXT, .max = bytes                                                   \
  }
#define NEEDED_TEXT(g, k, bytes)                                                                                       \
  {                                                                                                                    \
    .group = g, .key = k, .kind = PV_SETTING_KIND_TEXT, .max = bytes, .is_required = TRUE                              \
  }
#define OF(g, k, what, standard)                                                                                       \
  {                                                                                                                    \
    .group = g, .key = k, .kind = PV_SETTING_KIND_##what, .fallback = standard                                         \
  }
#define INT(g, k, from, to, standard)                                                                                  \
  {                                                                                                                    \
    .group = g, .key = k, .kind = PV_SETTING_KIND_INT, .min = from, .max = to, .fallback = standard                    \
  }
#define CHOICE(g, k, words, standard)                                                                                  \
  {                                                                                                                    \
    .group = g, .key = k, .kind = PV_SETTING_KIND_CHOICE, .choices = words, .fallback = standard                       \
  }
#define KEYS(k, standard)                                                                                              \
  {                                                                                                                    \
    .group = "keypad", .key = k, .kind = PV_SETTING_KIND_KEYS, .max = KEY_ITEMS, .fallback = standard                  \
  }
#define TEXTS(g, k)                                                                                                    \
  {                                                                                                                    \
    .group = g, .key = k, .kind = PV_SETTING_KIND_TEXTS, .max = LIST_ITEMS                                             \
  }

const PvSettingRow pv_setting_rows[PV_N_SETTINGS] = {
  [PV_SETTING_ACCESSIBILITY_BUS] = OF ("accessibility", "bus", BOOL, "false"),
  [PV_SETTING_ADDRESSES_FILE] = OF ("addresses", "file", PATH, NULL),
  [PV_SETTING_ASSIST_ANSWER_MINUTES] = INT ("assist", "answer-minutes", 0, 60, "0"),
  /* CNIL, recommendation on logs (2021): 6 to 12 months. */
  [PV_SETTING_ASSIST_AUDIT_DAYS] = INT ("assist", "audit-days", 30, 366, "180"),
  [PV_SETTING_ASSIST_BROKER_HOST] = TEXT ("assist", "broker-host", NAME_BYTES),
  [PV_SETTING_ASSIST_BROKER_PORT] = INT ("assist", "broker-port", 1, 65535, "8883"),
  [PV_SETTING_ASSIST_CA_FILE] = OF ("assist", "ca-file", PATH, NULL),
  [PV_SETTING_ASSIST_CERTIFICATE_FILE] = OF ("assist", "certificate-file", PATH, NULL),
  [PV_SETTING_ASSIST_CLEAR_NAMES] = { .group = "assist",
                                      .key = "clear-names",
                                      .kind = PV_SETTING_KIND_TEXTS,
                                      .max = NAME_ITEMS },
  [PV_SETTING_ASSIST_CLIENT_CERT_FILE] = OF ("assist", "client-cert-file", PATH, NULL),
  [PV_SETTING_ASSIST_CLIENT_KEY_FILE] = OF ("assist", "client-key-file", PATH, NULL),
  [PV_SETTING_ASSIST_ENABLED] = OF ("assist", "enabled", BOOL, "false"),
  [PV_SETTING_ASSIST_HERE] = OF ("assist", "here", BOOL, "false"),
  [PV_SETTING_ASSIST_HOURS] = OF ("assist", "hours", HOURS, NULL),
  [PV_SETTING_ASSIST_KEY_FILE] = OF ("assist", "key-file", PATH, NULL),
  [PV_SETTING_ASSIST_MEDIATORS_PHONE] = TEXT ("assist", "mediators-phone", NAME_BYTES),
  [PV_SETTING_ASSIST_REVOKED] = { .group = "assist",
                                  .key = "revoked",
                                  .kind = PV_SETTING_KIND_TEXTS,
                                  .max = NAME_ITEMS },
  [PV_SETTING_ASSIST_ROOM_PHONE] = TEXT ("assist", "room-phone", PHONE_BYTES),
  [PV_SETTING_ASSIST_ROOTS] = TEXTS ("assist", "roots"),
  [PV_SETTING_CARD_CRL_FOLDER] = OF ("card", "crl-folder", PATH, NULL),
  [PV_SETTING_CARD_ENABLED] = OF ("card", "enabled", BOOL, "true"),
  [PV_SETTING_CARD_MASTER_LIST] = OF ("card", "master-list", PATH, NULL),
  [PV_SETTING_CARD_MASTER_LIST_SIGNER] = OF ("card", "master-list-signer", PATH, NULL),
  [PV_SETTING_CARD_PHOTO] = OF ("card", "photo", BOOL, "false"),
  [PV_SETTING_CARD_READER] = { .group = "card",
                               .key = "reader",
                               .kind = PV_SETTING_KIND_TEXT,
                               .max = READER_BYTES,
                               .fallback = "auto" },
  [PV_SETTING_CLOCK_TRUSTED] = OF ("clock", "trusted", BOOL, "false"),
  [PV_SETTING_COMMUNE_ACCENT] = OF ("commune", "accent", COLOUR, "#075A40"),
  [PV_SETTING_COMMUNE_EMBLEM] = OF ("commune", "emblem", PATH, NULL),
  [PV_SETTING_COMMUNE_GREETING] = TEXT ("commune", "greeting", NAME_BYTES),
  [PV_SETTING_COMMUNE_LANGUAGES] = OF ("commune", "languages", LANGUAGES, "fr;en;"),
  [PV_SETTING_COMMUNE_NAME] = NEEDED_TEXT ("commune", "name", NAME_BYTES),
  [PV_SETTING_COMMUNE_PLACE] = TEXT ("commune", "place", NAME_BYTES),
  [PV_SETTING_COMMUNE_PRIMARY] = OF ("commune", "primary", COLOUR, "#1F4FA3"),
  [PV_SETTING_COMMUNE_TIMEZONE] = OF ("commune", "timezone", TIMEZONE, "Europe/Paris"),
  [PV_SETTING_CONTACT_ADDRESS] = TEXT ("contact", "address", TEXT_BYTES),
  [PV_SETTING_CONTACT_DPO] = TEXT ("contact", "dpo", TEXT_BYTES),
  [PV_SETTING_CONTACT_EMAIL] = OF ("contact", "email", EMAIL, NULL),
  [PV_SETTING_CONTACT_HOURS] = TEXT ("contact", "hours", TEXT_BYTES),
  [PV_SETTING_CONTACT_PHONE] = TEXT ("contact", "phone", NAME_BYTES),
  [PV_SETTING_CONTACT_SERVICE] = TEXT ("contact", "service", NAME_BYTES),
  [PV_SETTING_DOCUMENTS_DROP_URL] = OF ("documents", "drop-url", URL, NULL),
  [PV_SETTING_DOCUMENTS_SCANNER] = { .group = "documents",
                                     .key = "scanner",
                                     .kind = PV_SETTING_KIND_TEXT,
                                     .max = READER_BYTES,
                                     .fallback = "none" },
  /* F15 and F16 are left free: on pads these often tell that a headset was plugged in. */
  [PV_SETTING_KEYPAD_BACK] = KEYS ("back", "Escape;"),
  /* EN 301 549, 5.8: up to half a second at least. */
  [PV_SETTING_KEYPAD_DEBOUNCE_MS] = INT ("keypad", "debounce-ms", 0, PV_KEYPAD_MAX_DEBOUNCE_MS, "300"),
  [PV_SETTING_KEYPAD_DOWN] = KEYS ("down", "Down;"),
  [PV_SETTING_KEYPAD_ENABLED] = OF ("keypad", "enabled", BOOL, "false"),
  [PV_SETTING_KEYPAD_HELP] = KEYS ("help", "F13;"),
  [PV_SETTING_KEYPAD_LEFT] = KEYS ("left", "Left;"),
  [PV_SETTING_KEYPAD_LOUDER] = KEYS ("louder", "XF86AudioRaiseVolume;"),
  [PV_SETTING_KEYPAD_NEXT] = KEYS ("next", "Tab;"),
  [PV_SETTING_KEYPAD_NO] = KEYS ("no", "F18;"),
  [PV_SETTING_KEYPAD_PREVIOUS] = KEYS ("previous", "ISO_Left_Tab;"),
  [PV_SETTING_KEYPAD_REPEAT] = KEYS ("repeat", "F14;"),
  [PV_SETTING_KEYPAD_RIGHT] = KEYS ("right", "Right;"),
  [PV_SETTING_KEYPAD_SOFTER] = KEYS ("softer", "XF86AudioLowerVolume;"),
  [PV_SETTING_KEYPAD_STOP_HELP] = KEYS ("stop-help", "F16;"),
  [PV_SETTING_KEYPAD_UP] = KEYS ("up", "Up;"),
  [PV_SETTING_KEYPAD_VALIDATE] = KEYS ("validate", "Return;KP_Enter;"),
  [PV_SETTING_KEYPAD_YES] = KEYS ("yes", "F17;"),
  [PV_SETTING_GLOSSARY_FILE] = { .group = "glossary",
                                 .key = "file",
                                 .kind = PV_SETTING_KIND_TEXTS,
                                 .max = PV_GLOSSARY_MAX_FILES },
  [PV_SETTING_OUTBOX_COMMUNE_KEY_FILE] = OF ("outbox", "commune-key-file", PATH, NULL),
  [PV_SETTING_OUTBOX_PRIVATE_KEY_FILE] = OF ("outbox", "private-key-file", PATH, NULL),
  [PV_SETTING_OUTBOX_PUBLIC_KEY_FILE] = OF ("outbox", "public-key-file", PATH, NULL),
  /* As long as a citizen can ask at this kiosk what became of a filing. */
  [PV_SETTING_OUTBOX_RETENTION_DAYS] = INT ("outbox", "retention-days", 1, 365, "30"),
  [PV_SETTING_PATHS_CACHE] = OF ("paths", "cache", PATH, "/var/cache/parvis"),
  [PV_SETTING_PATHS_RUNTIME] = OF ("paths", "runtime", PATH, "/run/parvis"),
  [PV_SETTING_PATHS_STATE] = OF ("paths", "state", PATH, "/var/lib/parvis"),
  [PV_SETTING_PLACES_DIRECTIONS] = { .group = "places",
                                     .key = "directions",
                                     .kind = PV_SETTING_KIND_DIRECTIONS,
                                     .max = LIST_ITEMS },
  [PV_SETTING_PORTAL_ACCESS_KEY_FILE] = OF ("portal", "access-key-file", PATH, NULL),
  [PV_SETTING_PORTAL_CA_FILE] = OF ("portal", "ca-file", PATH, NULL),
  [PV_SETTING_PORTAL_CATEGORIES] = { .group = "portal",
                                     .key = "categories",
                                     .kind = PV_SETTING_KIND_TEXTS,
                                     .max = NAME_ITEMS },
  [PV_SETTING_PORTAL_CLIENT_CERT_FILE] = OF ("portal", "client-cert-file", PATH, NULL),
  [PV_SETTING_PORTAL_CLIENT_KEY_FILE] = OF ("portal", "client-key-file", PATH, NULL),
  [PV_SETTING_PORTAL_DRIVER] = CHOICE ("portal", "driver", "publik", "publik"),
  [PV_SETTING_PORTAL_EMAIL] = OF ("portal", "email", EMAIL, NULL),
  [PV_SETTING_PORTAL_INVOICES_URL] = OF ("portal", "invoices-url", URL, NULL),
  [PV_SETTING_PORTAL_MODE] = CHOICE ("portal", "mode", "direct relay", "relay"),
  [PV_SETTING_PORTAL_NAME_ID] = TEXT ("portal", "name-id", NAME_BYTES),
  [PV_SETTING_PORTAL_ORIGIN] = TEXT ("portal", "origin", NAME_BYTES),
  [PV_SETTING_PORTAL_PAYMENT_HOSTS] = TEXTS ("portal", "payment-hosts"),
  [PV_SETTING_PORTAL_PROXY] = OF ("portal", "proxy", PROXY, NULL),
  [PV_SETTING_PORTAL_PUBLIC_URL] = OF ("portal", "public-url", URL, NULL),
  [PV_SETTING_PORTAL_REGIES] = TEXTS ("portal", "regies"),
  [PV_SETTING_PORTAL_SAFE_URL] = OF ("portal", "safe-url", URL, NULL),
  [PV_SETTING_PORTAL_SOURCES] = { .group = "portal",
                                  .key = "sources",
                                  .kind = PV_SETTING_KIND_TEXTS,
                                  .max = SOURCE_ITEMS },
  [PV_SETTING_PORTAL_URL] = { .group = "portal", .key = "url", .kind = PV_SETTING_KIND_URL, .is_required = TRUE },
  [PV_SETTING_PRINTER_CERTIFICATE] = OF ("printer", "certificate", FINGERPRINT, NULL),
  [PV_SETTING_PRINTER_ENABLED] = OF ("printer", "enabled", BOOL, "true"),
  [PV_SETTING_PRINTER_MEDIA] = CHOICE ("printer", "media", "roll-58mm roll-80mm roll-112mm a4 a5", "roll-80mm"),
  [PV_SETTING_PRINTER_QUEUE] = TEXT ("printer", "queue", NAME_BYTES),
  [PV_SETTING_PRINTER_URI] = OF ("printer", "uri", PRINTER_URI, NULL),
  [PV_SETTING_RECEIPT_PRIVATE_KEY_FILE] = OF ("receipt", "private-key-file", PATH, NULL),
  [PV_SETTING_RECEIPT_PUBLIC_KEY_FILES] = TEXTS ("receipt", "public-key-files"),
  /* 0: not told, as large as the reference screen: 24" upright; 1,220 mm is the highest reach from a wheelchair, whatever
   * one reaches over (EN 301 549, 8.3). */
  [PV_SETTING_SCREEN_APPROACH] = CHOICE ("screen", "approach", "front side", "front"),
  [PV_SETTING_SCREEN_DIAGONAL_MM] = INT ("screen", "diagonal-mm", 0, 2000, "0"),
  [PV_SETTING_SCREEN_IDLE_SECONDS] = INT ("screen", "idle-seconds", 30, 900, "90"),
  [PV_SETTING_SCREEN_LOWER_EDGE_MM] = INT ("screen", "lower-edge-mm", 0, 2000, "780"),
  [PV_SETTING_SCREEN_OBSTRUCTION_MM] = INT ("screen", "obstruction-mm", 0, 1000, "0"),
  [PV_SETTING_SCREEN_REACH_MM] = INT ("screen", "reach-mm", 900, 1220, "1220"),
  /* WCAG 2.1, success criterion 2.2.1: at least 20 seconds to ask for more time. */
  [PV_SETTING_SCREEN_WARN_SECONDS] = INT ("screen", "warn-seconds", 20, 300, "60"),
  [PV_SETTING_SEARCH_SYNONYMS_FILE] = OF ("search", "synonyms-file", PATH, NULL),
  [PV_SETTING_SESSION_POST] = INT ("session", "post", 0, 99, "0"),
  [PV_SETTING_SESSION_PROFILE] = CHOICE ("session", "profile", "kiosk post", "kiosk"),
  [PV_SETTING_SESSION_USER] = TEXT ("session", "user", NAME_BYTES),
  [PV_SETTING_TEXTS_FOLDER] = TEXTS ("texts", "folder"),
  [PV_SETTING_SPEECH_DEVICE] = TEXT ("speech", "device", NAME_BYTES),
  [PV_SETTING_SPEECH_ENGINE] = CHOICE ("speech", "engine", "espeak dispatcher none", "espeak"),
  [PV_SETTING_SPEECH_HEADSET_CARD] = TEXT ("speech", "headset-card", NAME_BYTES),
  [PV_SETTING_SPEECH_HEADSET_DEVICE] = TEXT ("speech", "headset-device", NAME_BYTES),
  [PV_SETTING_SPEECH_KEYS_PLACE] = TEXT ("speech", "keys-place", NAME_BYTES),
  [PV_SETTING_SPEECH_LOUDSPEAKER] = OF ("speech", "loudspeaker", BOOL, "true"),
  [PV_SETTING_SPEECH_RATE] = INT ("speech", "rate", 120, 260, "150"),
  /* Measured once beside the kiosk: not more than 65 dBA (EN 301 549, 5.1.3.12). */
  [PV_SETTING_SPEECH_VOLUME] =
    INT ("speech", "volume", PV_SPEECH_SOFTEST, PV_SPEECH_LOUDEST, G_STRINGIFY (PV_SPEECH_USUAL_VOLUME)),
  /* EN 301 549, 5.8: a second identical press is ignored for a time that can be set to 0.5 s or more. */
  [PV_SETTING_TOUCH_DEBOUNCE_MS] = INT ("touch", "debounce-ms", 0, 1000, "300"),
  [PV_SETTING_TOUCH_DWELL_MS] = INT ("touch", "dwell-ms", 0, 5000, "0"),
  [PV_SETTING_TOUCH_PRESS_MS] = INT ("touch", "press-ms", 0, 1500, "0"),
};

const PvSettingRow pv_procedure_rows[PV_N_PROCEDURE_KEYS] = {
  [PV_PROCEDURE_KEY_ADDRESS] = TEXT ("procedure", "address", TEXT_BYTES),
  [PV_PROCEDURE_KEY_ALLOW_DECLINE] = OF ("procedure", "allow-decline", BOOL, "true"),
  [PV_PROCEDURE_KEY_APPEAL] = TEXT ("procedure", "appeal", LEGAL_BYTES),
  [PV_PROCEDURE_KEY_BRING] = TEXT ("procedure", "bring", TEXT_BYTES),
  [PV_PROCEDURE_KEY_CATEGORY] =
    CHOICE ("procedure", "category", "papiers famille-ecole sports-culture rue-logement rendez-vous", NULL),
  [PV_PROCEDURE_KEY_COST] = TEXT ("procedure", "cost", TEXT_BYTES),
  [PV_PROCEDURE_KEY_DELAY_DAYS] = INT ("procedure", "delay-days", 0, 730, "0"),
  [PV_PROCEDURE_KEY_DELAY_MONTHS] = INT ("procedure", "delay-months", 0, 24, "0"),
  [PV_PROCEDURE_KEY_DOCUMENTS_LATER] = OF ("procedure", "documents-later", BOOL, "false"),
  [PV_PROCEDURE_KEY_DURATION_MINUTES] = INT ("procedure", "duration-minutes", 1, 240, NULL),
  [PV_PROCEDURE_KEY_EMAIL] = OF ("procedure", "email", EMAIL, NULL),
  [PV_PROCEDURE_KEY_FIELDS] = TEXTS ("appointment", "fields"),
  [PV_PROCEDURE_KEY_IDENTITY] = { .group = "procedure",
                                  .key = "identity",
                                  .kind = PV_SETTING_KIND_IDENTITIES,
                                  .max = LIST_ITEMS },
  [PV_PROCEDURE_KEY_KEYWORDS] = TEXTS ("procedure", "keywords"),
  [PV_PROCEDURE_KEY_PHONE] = TEXT ("procedure", "phone", NAME_BYTES),
  [PV_PROCEDURE_KEY_PLACE] = TEXT ("procedure", "place", NAME_BYTES),
  [PV_PROCEDURE_KEY_SERVICE] = TEXT ("procedure", "service", NAME_BYTES),
  [PV_PROCEDURE_KEY_SILENCE] = CHOICE ("procedure", "silence", "accept refuse not-a-request", NULL),
  [PV_PROCEDURE_KEY_SOURCE] = TEXT ("appointment", "source", NAME_BYTES),
  [PV_PROCEDURE_KEY_TITLE] = TEXT ("appointment", "title", NAME_BYTES),
};

/* All of its own site: nothing of it is the portal's. */
const PvSettingRow pv_handover_rows[PV_N_HANDOVER_KEYS] = {
  [PV_HANDOVER_KEY_BRING] = TEXT ("handover", "bring", TEXT_BYTES),
  [PV_HANDOVER_KEY_CATEGORY] =
    CHOICE ("handover", "category", "papiers famille-ecole sports-culture rue-logement rendez-vous", NULL),
  [PV_HANDOVER_KEY_COST] = TEXT ("handover", "cost", TEXT_BYTES),
  [PV_HANDOVER_KEY_DEMARCHE] = { .group = "handover",
                                 .key = "demarche",
                                 .kind = PV_SETTING_KIND_INT,
                                 .min = 1,
                                 .max = G_MAXINT,
                                 .is_required = TRUE },
  [PV_HANDOVER_KEY_DESCRIPTION] = TEXT ("handover", "description", TEXT_BYTES),
  [PV_HANDOVER_KEY_DURATION_MINUTES] = INT ("handover", "duration-minutes", 1, 240, NULL),
  [PV_HANDOVER_KEY_FIELDS] = { .group = "handover",
                               .key = "fields",
                               .kind = PV_SETTING_KIND_FIELDS,
                               .max = PV_HANDOVER_MAX_FIELDS,
                               .is_required = TRUE },
  [PV_HANDOVER_KEY_KEYWORDS] = TEXTS ("handover", "keywords"),
  [PV_HANDOVER_KEY_PATH] = NEEDED_TEXT ("handover", "path", NAME_BYTES),
  [PV_HANDOVER_KEY_TITLE] = NEEDED_TEXT ("handover", "title", NAME_BYTES),
  [PV_HANDOVER_KEY_URL] = OF ("handover", "url", URL, "https://demarche.numerique.gouv.fr"),
};
