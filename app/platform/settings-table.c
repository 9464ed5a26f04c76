/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "platform/settings-table.h"

#include "core/glossary.h"
#include "core/handover-field.h"
#include "core/keypad.h"
#include "core/narrator.h"
#include "core/opening.h"

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

#define TEXT(g, k, bytes, what_it_is)                                                                                  \
  {                                                                                                                    \
    .group = g, .key = k, .kind = PV_SETTING_KIND_TEXT, .max = bytes, .says = what_it_is                               \
  }
#define NEEDED_TEXT(g, k, bytes, what_it_is)                                                                           \
  {                                                                                                                    \
    .group = g, .key = k, .kind = PV_SETTING_KIND_TEXT, .max = bytes, .is_required = TRUE, .says = what_it_is          \
  }
#define OF(g, k, what, standard, what_it_is)                                                                           \
  {                                                                                                                    \
    .group = g, .key = k, .kind = PV_SETTING_KIND_##what, .fallback = standard, .says = what_it_is                     \
  }
#define INT(g, k, from, to, standard, what_it_is)                                                                      \
  {                                                                                                                    \
    .group = g, .key = k, .kind = PV_SETTING_KIND_INT, .min = from, .max = to, .fallback = standard,                   \
    .says = what_it_is                                                                                                 \
  }
#define CHOICE(g, k, words, standard, what_it_is)                                                                      \
  {                                                                                                                    \
    .group = g, .key = k, .kind = PV_SETTING_KIND_CHOICE, .choices = words, .fallback = standard, .says = what_it_is   \
  }
#define KEYS(k, standard, what_it_is)                                                                                  \
  {                                                                                                                    \
    .group = "keypad", .key = k, .kind = PV_SETTING_KIND_KEYS, .max = KEY_ITEMS, .fallback = standard,                 \
    .says = what_it_is                                                                                                 \
  }
#define TEXTS(g, k, what_it_is)                                                                                        \
  {                                                                                                                    \
    .group = g, .key = k, .kind = PV_SETTING_KIND_TEXTS, .max = LIST_ITEMS, .says = what_it_is                         \
  }
/* Never out of a bundle: who is trusted, which login, which printer. Nor is any path (pv_setting_is_local()). */
#define LOCAL(g, k, what, standard, what_it_is)                                                                        \
  {                                                                                                                    \
    .group = g, .key = k, .kind = PV_SETTING_KIND_##what, .fallback = standard, .is_local = TRUE, .says = what_it_is   \
  }
#define LOCAL_TEXT(g, k, bytes, what_it_is)                                                                            \
  {                                                                                                                    \
    .group = g, .key = k, .kind = PV_SETTING_KIND_TEXT, .max = bytes, .is_local = TRUE, .says = what_it_is             \
  }
#define LOCAL_LIST(g, k, what, what_it_is)                                                                             \
  {                                                                                                                    \
    .group = g, .key = k, .kind = PV_SETTING_KIND_##what, .max = LIST_ITEMS, .is_local = TRUE, .says = what_it_is      \
  }

const PvSettingRow pv_setting_rows[PV_N_SETTINGS] = {
  [PV_SETTING_ACCESSIBILITY_BUS] = LOCAL ("accessibility", "bus", BOOL, "false",
                                          "Lets a screen reader of the machine see names, roles and states; for tests, "
                                          "since what people type is never told there."),
  [PV_SETTING_ADDRESSES_FILE] =
    OF ("addresses", "file", PATH, NULL,
        "The index of addresses that \"parvisctl addresses build\" makes; without it no address is completed."),
  [PV_SETTING_ASSIST_ANSWER_MINUTES] =
    INT ("assist", "answer-minutes", 0, 60, "0",
         "In how many minutes a call for help is usually answered, as the citizen is told; 0: nothing is said."),
  /* CNIL, recommendation on logs (2021): 6 to 12 months. */
  [PV_SETTING_ASSIST_AUDIT_DAYS] =
    INT ("assist", "audit-days", 30, 366, "180",
         "For how many days the kiosk keeps what mediators did: verbs and names of questions, never an answer."),
  [PV_SETTING_ASSIST_BROKER_HOST] = TEXT ("assist", "broker-host", NAME_BYTES,
                                          "The host of the broker that carries what kiosk and mediator have sealed."),
  [PV_SETTING_ASSIST_BROKER_PORT] = INT ("assist", "broker-port", 1, 65535, "8883", "The port of that broker."),
  [PV_SETTING_ASSIST_CA_FILE] =
    OF ("assist", "ca-file", PATH, NULL, "The certificates of who may vouch for the broker."),
  [PV_SETTING_ASSIST_CERTIFICATE_FILE] = OF ("assist", "certificate-file", PATH, NULL,
                                             "Who this kiosk is for a mediator, as \"parvisctl enrol kiosk\" made it."),
  [PV_SETTING_ASSIST_CLEAR_NAMES] = { .group = "assist",
                                      .key = "clear-names",
                                      .kind = PV_SETTING_KIND_TEXTS,
                                      .max = NAME_ITEMS,
                                      .says = "The questions (variable names in the portal) whose answers a mediator "
                                              "may read while they are typed." },
  [PV_SETTING_ASSIST_CLIENT_CERT_FILE] =
    OF ("assist", "client-cert-file", PATH, NULL, "The certificate that this kiosk shows to the broker."),
  [PV_SETTING_ASSIST_CLIENT_KEY_FILE] =
    OF ("assist", "client-key-file", PATH, NULL, "The private key of that certificate."),
  [PV_SETTING_ASSIST_ENABLED] = OF ("assist", "enabled", BOOL, "false", "Whether mediators can be called at all."),
  [PV_SETTING_ASSIST_HERE] =
    OF ("assist", "here", BOOL, "false",
        "Whether somebody in the building can come to the kiosk, so that the citizen may ask for that."),
  [PV_SETTING_ASSIST_HOURS] =
    OF ("assist", "hours", HOURS, NULL,
        "When somebody answers: days and times, a \";\" between two rules; without it, at any time."),
  [PV_SETTING_ASSIST_KEY_FILE] =
    OF ("assist", "key-file", PATH, NULL, "The private key with which this kiosk proves to a mediator who it is."),
  [PV_SETTING_ASSIST_MEDIATORS_PHONE] =
    TEXT ("assist", "mediators-phone", NAME_BYTES,
          "The telephone number at which a citizen reaches the mediators, as it is shown."),
  [PV_SETTING_ASSIST_REVOKED] = { .group = "assist",
                                  .key = "revoked",
                                  .kind = PV_SETTING_KIND_TEXTS,
                                  .max = NAME_ITEMS,
                                  .says = "The mediators who may not answer any more: the numbers that \"parvisctl "
                                          "enrol mediator\" said." },
  [PV_SETTING_ASSIST_ROOM_PHONE] =
    TEXT ("assist", "room-phone", PHONE_BYTES,
          "The number of the telephone beside this kiosk, so that a mediator can ring the citizen."),
  [PV_SETTING_ASSIST_ROOTS] =
    LOCAL_LIST ("assist", "roots", TEXTS,
                "The public keys of who may vouch for mediators: the text of root.pub, one for each root."),
  [PV_SETTING_CARD_CRL_FOLDER] =
    OF ("card", "crl-folder", PATH, NULL, "The folder of the States' revocation lists, *.crl."),
  [PV_SETTING_CARD_ENABLED] = OF ("card", "enabled", BOOL, "true", "Whether identity cards and passports can be read."),
  [PV_SETTING_CARD_MASTER_LIST] =
    OF ("card", "master-list", PATH, NULL,
        "The roots of the States; without them nothing that is read from a card is proven."),
  [PV_SETTING_CARD_MASTER_LIST_SIGNER] =
    OF ("card", "master-list-signer", PATH, NULL, "The certificates of who may sign that list."),
  [PV_SETTING_CARD_PHOTO] =
    OF ("card", "photo", BOOL, "false",
        "Whether the photo of a document is shown to its holder, to compare; it is kept nowhere."),
  [PV_SETTING_CARD_READER] = { .group = "card",
                               .key = "reader",
                               .kind = PV_SETTING_KIND_TEXT,
                               .max = READER_BYTES,
                               .fallback = "auto",
                               .says = "The card reader: auto, which takes the first on USB, or the name that libnfc "
                                       "has for one." },
  [PV_SETTING_CLOCK_TRUSTED] = LOCAL ("clock", "trusted", BOOL, "false",
                                      "Whether somebody else keeps the clock right, such as the host of a virtual "
                                      "machine, although no time server has set it."),
  [PV_SETTING_COMMUNE_ACCENT] =
    OF ("commune", "accent", COLOUR, "#075A40", "The second colour of the screens; white text must be readable on it."),
  [PV_SETTING_COMMUNE_EMBLEM] = OF ("commune", "emblem", PATH, NULL, "The emblem of the commune, an SVG picture."),
  [PV_SETTING_COMMUNE_GREETING] = TEXT ("commune", "greeting", NAME_BYTES, "The words of welcome on the first screen."),
  [PV_SETTING_COMMUNE_LANGUAGES] =
    OF ("commune", "languages", LANGUAGES, "fr;en;", "The languages that the kiosk offers; it begins in the first."),
  [PV_SETTING_COMMUNE_NAME] =
    NEEDED_TEXT ("commune", "name", NAME_BYTES, "The name of the commune, as screens and receipts show it."),
  [PV_SETTING_COMMUNE_PLACE] =
    TEXT ("commune", "place", NAME_BYTES, "Where the kiosk stands, as screens and receipts show it."),
  [PV_SETTING_COMMUNE_PRIMARY] =
    OF ("commune", "primary", COLOUR, "#1F4FA3", "The colour of the buttons; white text must be readable on it."),
  [PV_SETTING_COMMUNE_TIMEZONE] =
    OF ("commune", "timezone", TIMEZONE, "Europe/Paris", "The time zone of every date and time."),
  [PV_SETTING_CONTACT_ADDRESS] = TEXT ("contact", "address", TEXT_BYTES, "The address where a citizen finds somebody."),
  [PV_SETTING_CONTACT_DPO] = TEXT ("contact", "dpo", TEXT_BYTES, "Who answers about personal data."),
  [PV_SETTING_CONTACT_EMAIL] = OF ("contact", "email", EMAIL, NULL, "The e-mail address to which a citizen can write."),
  [PV_SETTING_CONTACT_HOURS] = TEXT ("contact", "hours", TEXT_BYTES, "When somebody is there, in words."),
  [PV_SETTING_CONTACT_PHONE] = TEXT ("contact", "phone", NAME_BYTES, "The telephone number that a citizen can ring."),
  [PV_SETTING_CONTACT_SERVICE] =
    TEXT ("contact", "service", NAME_BYTES, "The name of the service to which a citizen can turn."),
  [PV_SETTING_DOCUMENTS_DROP_URL] =
    OF ("documents", "drop-url", URL, NULL,
        "The page of the relay on which phones leave documents; without it phones are not offered."),
  [PV_SETTING_DOCUMENTS_SCANNER] = { .group = "documents",
                                     .key = "scanner",
                                     .kind = PV_SETTING_KIND_TEXT,
                                     .max = READER_BYTES,
                                     .fallback = "none",
                                     .says = "The scanner: none, auto, or the name that \"scanimage -L\" shows." },
  [PV_SETTING_FLEET_BROKER_HOST] =
    TEXT ("fleet", "broker-host", NAME_BYTES,
          "The host of the broker to which this kiosk tells how it is; never that of the assistance."),
  [PV_SETTING_FLEET_BROKER_PORT] = INT ("fleet", "broker-port", 1, 65535, "8885", "The port of that broker."),
  [PV_SETTING_FLEET_CA_FILE] = OF ("fleet", "ca-file", PATH, NULL,
                                   "The certificates of who may vouch for that broker; without it, [assist] ca-file."),
  [PV_SETTING_FLEET_CLIENT_CERT_FILE] =
    OF ("fleet", "client-cert-file", PATH, NULL,
        "The certificate that this kiosk shows to that broker; without it, [assist] client-cert-file."),
  [PV_SETTING_FLEET_CLIENT_KEY_FILE] =
    OF ("fleet", "client-key-file", PATH, NULL,
        "The private key of that certificate; without it, [assist] client-key-file."),
  [PV_SETTING_FLEET_ENABLED] =
    OF ("fleet", "enabled", BOOL, "false", "Whether this kiosk tells a broker how it is; nothing of a citizen."),
  [PV_SETTING_FLEET_LABEL] =
    TEXT ("fleet", "label", NAME_BYTES, "What this kiosk is called there: \"Town hall, ground floor\"."),
  [PV_SETTING_FLEET_METRICS_FILE] =
    OF ("fleet", "metrics-file", PATH, NULL,
        "The file that tells Prometheus' node_exporter the same, *.prom; without it there is none."),
  /* Our own choice: kiosk-config/fleet/README.md. */
  [PV_SETTING_FLEET_USAGE_FLOOR] =
    INT ("fleet", "usage-floor", 3, 100, "5",
         "How often a procedure must have been filed on a day for the number to be told; else it is \"< N\"."),
  /* F15 and F16 are left free: on pads these often tell that a headset was plugged in. */
  [PV_SETTING_KEYPAD_BACK] = KEYS ("back", "Escape;", "The keys of a tactile pad that go back."),
  /* EN 301 549, 5.8: up to half a second at least. */
  [PV_SETTING_KEYPAD_DEBOUNCE_MS] =
    INT ("keypad", "debounce-ms", 0, PV_KEYPAD_MAX_DEBOUNCE_MS, "300",
         "The same key of the pad again within so many milliseconds is not meant; 0: each press counts."),
  [PV_SETTING_KEYPAD_DOWN] = KEYS (
    "down", "Down;", "The keys of the pad that go down, on the keyboard of the screen; elsewhere to the next control."),
  [PV_SETTING_KEYPAD_ENABLED] = OF ("keypad", "enabled", BOOL, "false", "Whether there is a tactile pad."),
  [PV_SETTING_KEYPAD_HELP] = KEYS ("help", "F13;", "The keys of the pad that call a mediator."),
  [PV_SETTING_KEYPAD_LEFT] =
    KEYS ("left", "Left;",
          "The keys of the pad that go left, on the keyboard of the screen; elsewhere to the previous control."),
  [PV_SETTING_KEYPAD_LOUDER] =
    KEYS ("louder", "XF86AudioRaiseVolume;", "The keys of the pad that make the voice louder."),
  [PV_SETTING_KEYPAD_NEXT] = KEYS ("next", "Tab;", "The keys of the pad that go to the next control."),
  [PV_SETTING_KEYPAD_NO] = KEYS ("no", "F18;", "The keys of the pad that say no to a mediator's question."),
  [PV_SETTING_KEYPAD_PREVIOUS] =
    KEYS ("previous", "ISO_Left_Tab;", "The keys of the pad that go to the previous control."),
  [PV_SETTING_KEYPAD_REPEAT] = KEYS ("repeat", "F14;", "The keys of the pad with which the voice says it again."),
  [PV_SETTING_KEYPAD_RIGHT] =
    KEYS ("right", "Right;",
          "The keys of the pad that go right, on the keyboard of the screen; elsewhere to the next control."),
  [PV_SETTING_KEYPAD_SOFTER] =
    KEYS ("softer", "XF86AudioLowerVolume;", "The keys of the pad that make the voice softer."),
  [PV_SETTING_KEYPAD_STOP_HELP] = KEYS ("stop-help", "F16;", "The keys of the pad that end a mediator's help."),
  [PV_SETTING_KEYPAD_UP] = KEYS (
    "up", "Up;", "The keys of the pad that go up, on the keyboard of the screen; elsewhere to the previous control."),
  [PV_SETTING_KEYPAD_VALIDATE] =
    KEYS ("validate", "Return;KP_Enter;", "The keys of the pad that press what is chosen."),
  [PV_SETTING_KEYPAD_YES] = KEYS ("yes", "F17;", "The keys of the pad that say yes to a mediator's question."),
  [PV_SETTING_GLOSSARY_FILE] = { .group = "glossary",
                                 .key = "file",
                                 .kind = PV_SETTING_KIND_TEXTS,
                                 .max = PV_GLOSSARY_MAX_FILES,
                                 .is_local = TRUE,
                                 .says = "The files of difficult words and what they mean; the language ends the name "
                                         "of each, as in glossary-fr.txt." },
  [PV_SETTING_LOCKS_KEYS] = { .group = "locks",
                              .key = "keys",
                              .kind = PV_SETTING_KIND_LOCKS,
                              .max = NAME_ITEMS,
                              .says = "What layers above this one may not change: \"group/key\", or \"group/*\" for "
                                      "all of a group; of procedures \"procedure SLUG/key\", or \"procedure/key\" for "
                                      "all of them. Locks add up; no file takes one back." },
  [PV_SETTING_OPENING_DARK_MINUTES] =
    INT ("opening", "dark-minutes", 0, 120, "5",
         "How long after closing the screen turns black; a touch shows the notice for a minute; 0: it stays lit."),
  [PV_SETTING_OPENING_DAYS] = { .group = "opening",
                                .key = "days",
                                .kind = PV_SETTING_KIND_DAYS,
                                .max = PV_OPENING_MAX_DAYS,
                                .says = "Days that are otherwise than their day of the week; they win over public "
                                        "holidays." },
  [PV_SETTING_OPENING_HOLIDAYS] = CHOICE (
    "opening", "holidays", "none france alsace", "none",
    "The public holidays on which the kiosk is closed: those of the Code du travail (L3133-1), or of Alsace and "
    "Moselle."),
  [PV_SETTING_OPENING_HOURS] =
    OF ("opening", "hours", HOURS, NULL,
        "When the kiosk serves: days and times, a \";\" between two rules; without it, every day and night."),
  [PV_SETTING_OPENING_RESTART] =
    OF ("opening", "restart", TIME, NULL,
        "At which hour the machine is restarted each day, as soon as nobody uses it; without it, never."),
  [PV_SETTING_OPENING_WARN_MINUTES] =
    INT ("opening", "warn-minutes", 1, 60, "10", "How long before closing whoever uses the kiosk is told."),
  [PV_SETTING_OUTBOX_COMMUNE_KEY_FILE] =
    OF ("outbox", "commune-key-file", PATH, NULL,
        "The public key of the commune, for what an agent takes out of the outbox."),
  [PV_SETTING_OUTBOX_PRIVATE_KEY_FILE] =
    OF ("outbox", "private-key-file", PATH, NULL, "The private key of the outbox, for the courier's workers only."),
  [PV_SETTING_OUTBOX_PUBLIC_KEY_FILE] =
    OF ("outbox", "public-key-file", PATH, NULL, "The public key to which sessions seal what was filed."),
  /* As long as a citizen can ask at this kiosk what became of a filing. */
  [PV_SETTING_OUTBOX_RETENTION_DAYS] =
    INT ("outbox", "retention-days", 1, 365, "30",
         "For how many days the state of what was sent is kept, so that a citizen can ask here what became of it."),
  [PV_SETTING_PATHS_CACHE] =
    OF ("paths", "cache", PATH, "/var/cache/parvis", "The folder of what can be fetched again."),
  [PV_SETTING_PATHS_RUNTIME] = OF ("paths", "runtime", PATH, "/run/parvis", "The folder of the sockets."),
  [PV_SETTING_PATHS_STATE] = OF ("paths", "state", PATH, "/var/lib/parvis",
                                 "The folder of what must not be lost: the outbox, the log of the assistance."),
  [PV_SETTING_PLACES_DIRECTIONS] = { .group = "places",
                                     .key = "directions",
                                     .kind = PV_SETTING_KIND_DIRECTIONS,
                                     .max = LIST_ITEMS,
                                     .says = "How to get to the places where appointments are: the name of the place, "
                                             "a colon, a sentence or two." },
  [PV_SETTING_PORTAL_ACCESS_KEY_FILE] =
    OF ("portal", "access-key-file", PATH, NULL, "The kiosk's own key of the portal; only with mode=direct."),
  [PV_SETTING_PORTAL_CA_FILE] =
    OF ("portal", "ca-file", PATH, NULL, "The authorities that are trusted instead of the system's."),
  [PV_SETTING_PORTAL_CATEGORIES] = { .group = "portal",
                                     .key = "categories",
                                     .kind = PV_SETTING_KIND_TEXTS,
                                     .max = NAME_ITEMS,
                                     .says = "Which category of the portal belongs to which life event of the kiosk, "
                                             "as in loisirs=sports-culture." },
  [PV_SETTING_PORTAL_CLIENT_CERT_FILE] =
    OF ("portal", "client-cert-file", PATH, NULL, "The certificate that this kiosk shows to the relay."),
  [PV_SETTING_PORTAL_CLIENT_KEY_FILE] =
    OF ("portal", "client-key-file", PATH, NULL, "The private key of that certificate."),
  [PV_SETTING_PORTAL_DRIVER] = CHOICE ("portal", "driver", "publik", "publik", "What kind of portal it is."),
  [PV_SETTING_PORTAL_EMAIL] =
    OF ("portal", "email", EMAIL, NULL,
        "On whose behalf the portal is called, if not anonymously: an account's e-mail address."),
  [PV_SETTING_PORTAL_INVOICES_URL] =
    OF ("portal", "invoices-url", URL, NULL, "The portal's own page of somebody's invoices, to which a QR code leads."),
  [PV_SETTING_PORTAL_MODE] = CHOICE (
    "portal", "mode", "direct relay", "relay",
    "relay: the kiosk shows its certificate, and has no key of the portal; direct: it has one, with few rights."),
  [PV_SETTING_PORTAL_NAME_ID] =
    TEXT ("portal", "name-id", NAME_BYTES, "The same as email, as the account's identifier."),
  [PV_SETTING_PORTAL_ORIGIN] =
    TEXT ("portal", "origin", NAME_BYTES, "The name of the kiosk's own key of the portal; only with mode=direct."),
  [PV_SETTING_PORTAL_PAYMENT_HOSTS] = TEXTS (
    "portal", "payment-hosts", "The hosts to which a QR code may send somebody to pay, besides the portal's own."),
  [PV_SETTING_PORTAL_PROXY] =
    OF ("portal", "proxy", PROXY, NULL, "The proxy between this kiosk and the Internet, also for the settings."),
  [PV_SETTING_PORTAL_PUBLIC_URL] =
    OF ("portal", "public-url", URL, NULL, "The address at which citizens find the portal, if it is not url."),
  [PV_SETTING_PORTAL_REGIES] =
    TEXTS ("portal", "regies", "The offices of Lingo whose invoices can be looked up here; only with mode=relay."),
  [PV_SETTING_PORTAL_SAFE_URL] =
    OF ("portal", "safe-url", URL, NULL, "The portal's own page of somebody's documents, to which a QR code leads."),
  [PV_SETTING_PORTAL_SOURCES] = { .group = "portal",
                                  .key = "sources",
                                  .kind = PV_SETTING_KIND_TEXTS,
                                  .max = SOURCE_ITEMS,
                                  .says = "Where options come from that the portal only names: form/field=source, or "
                                          "name=source." },
  [PV_SETTING_PORTAL_URL] = { .group = "portal",
                              .key = "url",
                              .kind = PV_SETTING_KIND_URL,
                              .is_required = TRUE,
                              .says =
                                "The address that calls go to: the relay's, or in direct mode the portal's own." },
  [PV_SETTING_PRINTER_CERTIFICATE] =
    LOCAL ("printer", "certificate", FINGERPRINT, NULL,
           "The fingerprint of the printer's public key; no other printer gets a document."),
  [PV_SETTING_PRINTER_ENABLED] = OF ("printer", "enabled", BOOL, "true", "Whether there is a printer."),
  [PV_SETTING_PRINTER_MEDIA] =
    CHOICE ("printer", "media", "roll-58mm roll-80mm roll-112mm a4 a5", "roll-80mm", "The paper in the printer."),
  [PV_SETTING_PRINTER_QUEUE] =
    LOCAL_TEXT ("printer", "queue", NAME_BYTES, "The queue of CUPS that prints; not together with uri."),
  [PV_SETTING_PRINTER_URI] =
    LOCAL ("printer", "uri", PRINTER_URI, NULL, "The address of the printer, ipp: or ipps:; not together with queue."),
  [PV_SETTING_RECEIPT_PRIVATE_KEY_FILE] =
    OF ("receipt", "private-key-file", PATH, NULL,
        "The private key that signs receipts, for the courier only; without it none bears a signature."),
  [PV_SETTING_RECEIPT_PUBLIC_KEY_FILES] = LOCAL_LIST (
    "receipt", "public-key-files", TEXTS, "The public keys with which receipts are checked, older ones among them."),
  /* 0: not told, as large as the reference screen: 24" upright; 1,220 mm is the highest reach from a wheelchair, whatever
   * one reaches over (EN 301 549, 8.3). */
  [PV_SETTING_SCREEN_APPROACH] =
    CHOICE ("screen", "approach", "front side", "front", "How a wheelchair stands before the kiosk."),
  [PV_SETTING_SCREEN_DIAGONAL_MM] = INT ("screen", "diagonal-mm", 0, 2000, "0",
                                         "The diagonal of what is lit, in millimetres; 0: as of a panel of 24 inches."),
  [PV_SETTING_SCREEN_IDLE_SECONDS] = INT ("screen", "idle-seconds", 30, 900, "90",
                                          "After so many seconds without a touch it asks \"Are you still there?\"."),
  [PV_SETTING_SCREEN_LOWER_EDGE_MM] =
    INT ("screen", "lower-edge-mm", 0, 2000, "780", "How high above the floor what is lit begins, in millimetres."),
  [PV_SETTING_SCREEN_OBSTRUCTION_MM] = INT ("screen", "obstruction-mm", 0, 1000, "0",
                                            "How deep what one reaches over is, such as a shelf, in millimetres."),
  [PV_SETTING_SCREEN_REACH_MM] =
    INT ("screen", "reach-mm", 900, 1220, "1220",
         "No control is higher above the floor, in millimetres; the standard may want less."),
  /* WCAG 2.1, success criterion 2.2.1: at least 20 seconds to ask for more time. */
  [PV_SETTING_SCREEN_WARN_SECONDS] = INT ("screen", "warn-seconds", 20, 300, "60",
                                          "How many seconds it waits after that question before it ends the session."),
  [PV_SETTING_SEARCH_SYNONYMS_FILE] =
    OF ("search", "synonyms-file", PATH, NULL, "The everyday words for what the forms call otherwise."),
  [PV_SETTING_SERVICE_KEYS] =
    LOCAL_LIST ("service", "keys", PUBLIC_KEYS,
                "The public keys of who may sign keys of the service screen: the text of service.pub; none: it never "
                "opens."),
  [PV_SETTING_SERVICE_KIOSK] =
    LOCAL_TEXT ("service", "kiosk", PHONE_BYTES,
                "The name of this kiosk in a key that opens no other: small letters, digits and hyphens."),
  [PV_SETTING_SERVICE_REVOKED] = { .group = "service",
                                   .key = "revoked",
                                   .kind = PV_SETTING_KIND_TEXTS,
                                   .max = NAME_ITEMS,
                                   .says = "The numbers of keys of the service screen that were lost: they open "
                                           "nothing any more." },
  [PV_SETTING_SESSION_POST] =
    INT ("session", "post", 0, 99, "0", "The number of this computer in the room, on screen and receipt; 0: none."),
  [PV_SETTING_SESSION_PROFILE] = CHOICE ("session", "profile", "kiosk post", "kiosk",
                                         "kiosk: a touch screen; post: an ordinary computer with mouse and keyboard."),
  [PV_SETTING_SESSION_USER] =
    LOCAL_TEXT ("session", "user", NAME_BYTES, "The login of the sessions, where it is not the services' own."),
  [PV_SETTING_SETTINGS_CA_FILE] =
    OF ("settings", "ca-file", PATH, NULL,
        "The authorities that are trusted instead of the system's when settings are fetched."),
  [PV_SETTING_SETTINGS_COMMUNE] = LOCAL ("settings", "commune", COMMUNE, NULL,
                                         "The INSEE code of the commune whose settings are fetched: of URL/CODE.pvb."),
  [PV_SETTING_SETTINGS_COMMUNE_KEYS] =
    LOCAL_LIST ("settings", "commune-keys", PUBLIC_KEYS,
                "The public keys of who may sign the settings of the commune: the text of settings.pub, one for each."),
  [PV_SETTING_SETTINGS_PLATFORM_KEYS] =
    LOCAL_LIST ("settings", "platform-keys", PUBLIC_KEYS,
                "The public keys of who may sign the settings of the platform, URL/platform.pvb."),
  [PV_SETTING_SETTINGS_URL] =
    LOCAL ("settings", "url", URL, NULL,
           "The address of the folder from which \"parvisctl settings pull\" fetches; without it nothing is fetched."),
  [PV_SETTING_TEXTS_FOLDER] =
    LOCAL_LIST ("texts", "folder", TEXTS,
                "The folders of what the portal says, translated: texts-LANGUAGE.txt; a later folder counts more."),
  [PV_SETTING_SPEECH_DEVICE] = TEXT ("speech", "device", NAME_BYTES, "The loudspeaker, as ALSA names it."),
  [PV_SETTING_SPEECH_ENGINE] =
    CHOICE ("speech", "engine", "espeak dispatcher none", "espeak",
            "What speaks: espeak, dispatcher (speech-dispatcher, which says no answer), or none."),
  [PV_SETTING_SPEECH_HEADSET_CARD] =
    TEXT ("speech", "headset-card", NAME_BYTES,
          "The card of ALSA that tells when a headset is plugged in; headset-device must belong to it."),
  [PV_SETTING_SPEECH_HEADSET_DEVICE] =
    TEXT ("speech", "headset-device", NAME_BYTES,
          "The headset, as ALSA names it; without it the loudspeaker's card turns to it by itself."),
  [PV_SETTING_SPEECH_KEYS_PLACE] =
    TEXT ("speech", "keys-place", NAME_BYTES, "Where the keys are, said in the first language to who cannot see them."),
  [PV_SETTING_SPEECH_LOUDSPEAKER] =
    OF ("speech", "loudspeaker", BOOL, "true", "Whether the kiosk speaks without a headset too, when it is asked to."),
  [PV_SETTING_SPEECH_RATE] = INT ("speech", "rate", 120, 260, "150", "How many words a minute are spoken."),
  /* Measured once beside the kiosk: not more than 65 dBA (EN 301 549, 5.1.3.12). */
  [PV_SETTING_SPEECH_VOLUME] =
    INT ("speech", "volume", PV_SPEECH_SOFTEST, PV_SPEECH_LOUDEST, G_STRINGIFY (PV_SPEECH_USUAL_VOLUME),
         "How loud the voice is at the start of each session, in percent."),
  /* EN 301 549, 5.8: a second identical press is ignored for a time that can be set to 0.5 s or more. */
  [PV_SETTING_TOUCH_DEBOUNCE_MS] = INT ("touch", "debounce-ms", 0, 1000, "300",
                                        "The same place touched again within so many milliseconds is not meant."),
  [PV_SETTING_TOUCH_DWELL_MS] =
    INT ("touch", "dwell-ms", 0, 5000, "0",
         "A pointer that rests so many milliseconds on a button presses it; 0: it does not."),
  [PV_SETTING_TOUCH_PRESS_MS] =
    INT ("touch", "press-ms", 0, 1500, "0", "A touch that was shorter, in milliseconds, is not meant; 0: each counts."),
  [PV_SETTING_UPDATE_AT] =
    OF ("update", "at", TIME, "02:30",
        "At which hour a newer image is looked for each day, by the commune's clock; only where Parvis is an image."),
  [PV_SETTING_UPDATE_HAWKBIT_CONTROLLER] =
    LOCAL_TEXT ("update", "hawkbit-controller", NAME_BYTES, "The name of this kiosk at hawkBit, its controllerId."),
  [PV_SETTING_UPDATE_HAWKBIT_TENANT] = { .group = "update",
                                         .key = "hawkbit-tenant",
                                         .kind = PV_SETTING_KIND_TEXT,
                                         .max = NAME_BYTES,
                                         .fallback = "DEFAULT",
                                         .is_local = TRUE,
                                         .says = "The tenant at hawkBit." },
  [PV_SETTING_UPDATE_HAWKBIT_TOKEN_FILE] =
    LOCAL ("update", "hawkbit-token-file", PATH, NULL, "The security token of this kiosk at hawkBit."),
  [PV_SETTING_UPDATE_HAWKBIT_URL] = LOCAL ("update", "hawkbit-url", URL, NULL,
                                           "The address of a hawkBit that hands newer images over; instead of url."),
  [PV_SETTING_UPDATE_SPREAD_MINUTES] =
    INT ("update", "spread-minutes", 0, 240, "120",
         "Over how many minutes after that hour the kiosks spread, each with its own minute."),
  [PV_SETTING_UPDATE_URL] =
    OF ("update", "url", URL, NULL,
        "The address of the folder of newer images on a web server; who signed them counts, not where they are."),
};

const PvSettingRow pv_procedure_rows[PV_N_PROCEDURE_KEYS] = {
  [PV_PROCEDURE_KEY_ADDRESS] =
    TEXT ("procedure", "address", TEXT_BYTES, "The address of the service that decides, for the receipt."),
  [PV_PROCEDURE_KEY_ALLOW_DECLINE] =
    OF ("procedure", "allow-decline", BOOL, "true",
        "Whether \"I have none\" is offered where the form requires an e-mail address or a telephone number."),
  [PV_PROCEDURE_KEY_APPEAL] = TEXT ("procedure", "appeal", LEGAL_BYTES, "The ways of appeal, for the receipt."),
  [PV_PROCEDURE_KEY_BRING] = TEXT ("procedure", "bring", TEXT_BYTES, "What to have at hand before one begins."),
  [PV_PROCEDURE_KEY_CATEGORY] =
    CHOICE ("procedure", "category", "papiers famille-ecole sports-culture rue-logement rendez-vous", NULL,
            "The life event under which it is found."),
  [PV_PROCEDURE_KEY_COST] = TEXT ("procedure", "cost", TEXT_BYTES, "What it costs, in words."),
  [PV_PROCEDURE_KEY_DELAY_DAYS] =
    INT ("procedure", "delay-days", 0, 730, "0", "After how many days silence decides, besides delay-months."),
  [PV_PROCEDURE_KEY_DELAY_MONTHS] =
    INT ("procedure", "delay-months", 0, 24, "0", "After how many months silence decides."),
  [PV_PROCEDURE_KEY_DOCUMENTS_LATER] =
    OF ("procedure", "documents-later", BOOL, "false",
        "Whether a document that the form requires may be brought to the town hall later."),
  [PV_PROCEDURE_KEY_DURATION_MINUTES] =
    INT ("procedure", "duration-minutes", 1, 240, NULL, "How many minutes it takes."),
  [PV_PROCEDURE_KEY_EMAIL] =
    OF ("procedure", "email", EMAIL, NULL, "The e-mail address of the service, for the receipt."),
  [PV_PROCEDURE_KEY_FIELDS] =
    TEXTS ("appointment", "fields", "What is asked of the person: some of name, phone, email, ants."),
  [PV_PROCEDURE_KEY_IDENTITY] = { .group = "procedure",
                                  .key = "identity",
                                  .kind = PV_SETTING_KIND_IDENTITIES,
                                  .max = LIST_ITEMS,
                                  .says = "Which questions are about the person who stands there, and what of an "
                                          "identity document answers them." },
  [PV_PROCEDURE_KEY_KEYWORDS] = TEXTS ("procedure", "keywords", "More words by which it is found."),
  [PV_PROCEDURE_KEY_PHONE] =
    TEXT ("procedure", "phone", NAME_BYTES, "The telephone number of the service, for the receipt."),
  [PV_PROCEDURE_KEY_PLACE] = TEXT ("procedure", "place", NAME_BYTES, "Where its appointments take place."),
  [PV_PROCEDURE_KEY_SERVICE] = TEXT ("procedure", "service", NAME_BYTES, "The service that decides, for the receipt."),
  [PV_PROCEDURE_KEY_SILENCE] =
    CHOICE ("procedure", "silence", "accept refuse not-a-request", NULL,
            "What silence means in the end; without it the receipt never says more than \"registered\"."),
  [PV_PROCEDURE_KEY_SOURCE] =
    TEXT ("appointment", "source", NAME_BYTES, "Where its free times come from: agenda:AGENDA/TYPE, or events:AGENDA."),
  [PV_PROCEDURE_KEY_TITLE] = TEXT ("appointment", "title", NAME_BYTES, "The title of the appointment."),
};

/* All of its own site: nothing of it is the portal's. */
const PvSettingRow pv_handover_rows[PV_N_HANDOVER_KEYS] = {
  [PV_HANDOVER_KEY_BRING] = TEXT ("handover", "bring", TEXT_BYTES, "What to have at hand before one begins."),
  [PV_HANDOVER_KEY_CATEGORY] =
    CHOICE ("handover", "category", "papiers famille-ecole sports-culture rue-logement rendez-vous", NULL,
            "The life event under which it is found."),
  [PV_HANDOVER_KEY_COST] = TEXT ("handover", "cost", TEXT_BYTES, "What it costs, in words."),
  [PV_HANDOVER_KEY_DEMARCHE] = { .group = "handover",
                                 .key = "demarche",
                                 .kind = PV_SETTING_KIND_INT,
                                 .min = 1,
                                 .max = G_MAXINT,
                                 .is_required = TRUE,
                                 .says = "The number of the form on that site." },
  [PV_HANDOVER_KEY_DESCRIPTION] = TEXT ("handover", "description", TEXT_BYTES, "What it is for, in a sentence."),
  [PV_HANDOVER_KEY_DURATION_MINUTES] = INT ("handover", "duration-minutes", 1, 240, NULL, "How many minutes it takes."),
  [PV_HANDOVER_KEY_FIELDS] = { .group = "handover",
                               .key = "fields",
                               .kind = PV_SETTING_KIND_FIELDS,
                               .max = PV_HANDOVER_MAX_FIELDS,
                               .is_required = TRUE,
                               .says = "The questions that are asked here, each \"question:field:kind\"." },
  [PV_HANDOVER_KEY_KEYWORDS] = TEXTS ("handover", "keywords", "More words by which it is found."),
  [PV_HANDOVER_KEY_PATH] =
    NEEDED_TEXT ("handover", "path", NAME_BYTES, "The path of the form on that site, as in .../commencer/PATH."),
  [PV_HANDOVER_KEY_TITLE] = NEEDED_TEXT ("handover", "title", NAME_BYTES, "The title of the form."),
  [PV_HANDOVER_KEY_URL] =
    OF ("handover", "url", URL, "https://demarche.numerique.gouv.fr", "The address of that site."),
};

gboolean
pv_setting_is_local (const PvSettingRow *row)
{
  return row->is_local || row->kind == PV_SETTING_KIND_PATH;
}
