/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* settings.h: what the commune and its administrators decide.
 *
 * Layers (settings-layers.h) of folders, each of key files (`*.conf`, in the manner of systemd's drop-ins), read in the order of their names, later values
 * win, key by key; a list whose first word is "..." goes on with what the files before it said. Every key, its type, limit and default stand in one table, settings-table.c. A key that is not in it, and a value
 * that is not of its kind, is an error that names file, line, group and key; all of them are collected, so that one
 * look mends them all. Secrets are not here, only the paths of the files that hold them.
 *
 * Read once, at the start; nothing reloads (a change of settings replaces the processes). Immutable afterwards. */
#pragma once

#include <glib.h>

#include "core/procedure.h"

#define PV_SETTINGS_DEFAULT_FOLDER "/etc/parvis/conf.d"

#define PV_SETTINGS_ERROR (pv_settings_error_quark ())
GQuark pv_settings_error_quark (void);

typedef enum {
  PV_SETTINGS_ERROR_UNREADABLE, /* the folder or a file cannot be read */
  PV_SETTINGS_ERROR_BAD,        /* the administrator has something to mend; one line of the message for each */
} PvSettingsError;

enum {
  PV_SETTINGS_MAX_FILES = 200,
  PV_SETTINGS_MAX_FILE_BYTES = 1024 * 1024,
  PV_SETTINGS_MAX_PROCEDURES = 500,
  PV_SETTINGS_MAX_ERRORS = 50, /* told; the rest is only counted */
};

typedef enum {
  PV_SETTING_ACCESSIBILITY_BUS,       /* bool: accessibility bus on */
  PV_SETTING_ADDRESSES_FILE,          /* text: path or NULL: index made by parvisctl */
  PV_SETTING_ASSIST_ANSWER_MINUTES,   /* int: how soon a call is usually answered; 0: not told */
  PV_SETTING_ASSIST_AUDIT_DAYS,       /* int: how long the log of what mediators did is kept */
  PV_SETTING_ASSIST_BROKER_HOST,      /* text or NULL; required when enabled, like all files of it */
  PV_SETTING_ASSIST_BROKER_PORT,      /* int */
  PV_SETTING_ASSIST_CA_FILE,          /* text: path or NULL: who may vouch for the broker */
  PV_SETTING_ASSIST_CERTIFICATE_FILE, /* text: path or NULL: who this kiosk is, for mediators */
  PV_SETTING_ASSIST_CLEAR_NAMES,      /* list: varnames of questions whose answers a mediator may read */
  PV_SETTING_ASSIST_CLIENT_CERT_FILE, /* text: path or NULL: who this kiosk is, for the broker */
  PV_SETTING_ASSIST_CLIENT_KEY_FILE,  /* text: path or NULL */
  PV_SETTING_ASSIST_ENABLED,          /* bool */
  PV_SETTING_ASSIST_HERE,             /* bool: a mediator can come to the kiosk */
  PV_SETTING_ASSIST_HOURS,            /* text or NULL: when somebody answers, as in core/opening-hours.h */
  PV_SETTING_ASSIST_KEY_FILE,         /* text: path or NULL: of the certificate */
  PV_SETTING_ASSIST_MEDIATORS_PHONE,  /* text or NULL: where a citizen can ring mediators */
  PV_SETTING_ASSIST_REVOKED,          /* list: ids, hexadecimal, of mediators who may not answer any more */
  PV_SETTING_ASSIST_ROOM_PHONE,       /* text or NULL: where a mediator can ring the kiosk */
  PV_SETTING_ASSIST_ROOTS,            /* list: public keys of who may vouch for mediators, base64 */
  PV_SETTING_CARD_CRL_FOLDER,         /* text: path or NULL: revocation lists of the States */
  PV_SETTING_CARD_ENABLED,            /* bool */
  PV_SETTING_CARD_MASTER_LIST,        /* text: path or NULL: without it nothing is proven */
  PV_SETTING_CARD_MASTER_LIST_SIGNER, /* text: path or NULL: certificates of who may sign the list */
  PV_SETTING_CARD_PHOTO,              /* bool: show the photo of a document, to compare */
  PV_SETTING_CARD_READER,             /* text: "auto", or libnfc's name of a reader */
  PV_SETTING_CLOCK_TRUSTED,           /* bool: somebody else keeps it right, as the host of a virtual machine */
  PV_SETTING_COMMUNE_ACCENT,          /* text: colour "#RRGGBB", readable on white */
  PV_SETTING_COMMUNE_EMBLEM,          /* text: path of an SVG, or NULL */
  PV_SETTING_COMMUNE_GREETING,        /* text or NULL */
  PV_SETTING_COMMUNE_LANGUAGES,       /* list: "fr", "en"; the first is the default */
  PV_SETTING_COMMUNE_NAME,            /* text, required */
  PV_SETTING_COMMUNE_PLACE,           /* text or NULL: where the kiosk stands */
  PV_SETTING_COMMUNE_PRIMARY,         /* text: colour, as above */
  PV_SETTING_COMMUNE_TIMEZONE,        /* text: "Europe/Paris" */
  PV_SETTING_CONTACT_ADDRESS,         /* text or NULL, like all of the contact */
  PV_SETTING_CONTACT_DPO,             /* who answers about personal data */
  PV_SETTING_CONTACT_EMAIL,
  PV_SETTING_CONTACT_HOURS,
  PV_SETTING_CONTACT_PHONE,
  PV_SETTING_CONTACT_SERVICE,
  PV_SETTING_DOCUMENTS_DROP_URL,     /* text or NULL: the page where phones leave documents */
  PV_SETTING_DOCUMENTS_SCANNER,      /* text: "auto", "none", or SANE's name of a scanner */
  PV_SETTING_FLEET_BROKER_HOST,      /* text or NULL; required when enabled */
  PV_SETTING_FLEET_BROKER_PORT,      /* int */
  PV_SETTING_FLEET_CA_FILE,          /* text: path or NULL: that of the assistance; like the next two */
  PV_SETTING_FLEET_CLIENT_CERT_FILE, /* text: path or NULL */
  PV_SETTING_FLEET_CLIENT_KEY_FILE,  /* text: path or NULL */
  PV_SETTING_FLEET_ENABLED,          /* bool */
  PV_SETTING_FLEET_LABEL,            /* text or NULL: what the kiosk is called there */
  PV_SETTING_FLEET_METRICS_FILE,     /* text: path or NULL: none */
  PV_SETTING_FLEET_USAGE_FLOOR,      /* int: fewer than so many of a day are not told */
  PV_SETTING_KEYPAD_BACK,            /* list: names of keys, as in core/keypad.h; like all of the pad's */
  PV_SETTING_KEYPAD_DEBOUNCE_MS,     /* int: the same key again within it is not meant */
  PV_SETTING_KEYPAD_DOWN,
  PV_SETTING_KEYPAD_ENABLED, /* bool */
  PV_SETTING_KEYPAD_HELP,
  PV_SETTING_KEYPAD_LEFT,
  PV_SETTING_KEYPAD_LOUDER,
  PV_SETTING_KEYPAD_NEXT,
  PV_SETTING_KEYPAD_NO,
  PV_SETTING_KEYPAD_PREVIOUS,
  PV_SETTING_KEYPAD_REPEAT,
  PV_SETTING_KEYPAD_RIGHT,
  PV_SETTING_KEYPAD_SOFTER,
  PV_SETTING_KEYPAD_STOP_HELP,
  PV_SETTING_KEYPAD_UP,
  PV_SETTING_KEYPAD_VALIDATE,
  PV_SETTING_KEYPAD_YES,
  PV_SETTING_GLOSSARY_FILE,        /* list: paths: difficult words and what they mean; at most PV_GLOSSARY_MAX_FILES */
  PV_SETTING_LOCKS_KEYS,           /* list: what layers above may not change, see settings-locks.h */
  PV_SETTING_OPENING_DARK_MINUTES, /* int: so long after closing the screen is black; 0: never; see settings-opening.h */
  PV_SETTING_OPENING_DAYS,         /* list: days that are otherwise, as in core/opening.h */
  PV_SETTING_OPENING_HOLIDAYS,     /* text: "none", "france" or "alsace" */
  PV_SETTING_OPENING_HOURS,        /* text or NULL: as in core/opening-hours.h; NULL: every day and night */
  PV_SETTING_OPENING_RESTART,      /* text: "HH:MM", or NULL: the machine is never restarted by itself */
  PV_SETTING_OPENING_WARN_MINUTES,    /* int */
  PV_SETTING_OUTBOX_COMMUNE_KEY_FILE, /* text: path or NULL */
  PV_SETTING_OUTBOX_PRIVATE_KEY_FILE, /* text: path or NULL */
  PV_SETTING_OUTBOX_PUBLIC_KEY_FILE,  /* text: path or NULL */
  PV_SETTING_OUTBOX_RETENTION_DAYS,   /* int */
  PV_SETTING_PATHS_CACHE,             /* text: path */
  PV_SETTING_PATHS_RUNTIME,           /* text: path */
  PV_SETTING_PATHS_STATE,             /* text: path */
  PV_SETTING_PLACES_DIRECTIONS,       /* list: how to get to places, as in core/directions.h */
  PV_SETTING_PORTAL_ACCESS_KEY_FILE,  /* text: path or NULL; required for direct */
  PV_SETTING_PORTAL_CA_FILE,          /* text: path or NULL */
  PV_SETTING_PORTAL_CATEGORIES,       /* list: "category of the portal=life event" */
  PV_SETTING_PORTAL_CLIENT_CERT_FILE, /* text: path or NULL; required for relay over https */
  PV_SETTING_PORTAL_CLIENT_KEY_FILE,  /* text: path or NULL; the same */
  PV_SETTING_PORTAL_DRIVER,           /* text: "publik" */
  PV_SETTING_PORTAL_EMAIL,            /* text or NULL: on whose behalf calls are made */
  PV_SETTING_PORTAL_INVOICES_URL,     /* text or NULL: the portal's own page of somebody's invoices */
  PV_SETTING_PORTAL_MODE,             /* text: "direct" or "relay" */
  PV_SETTING_PORTAL_NAME_ID,          /* text or NULL: the same, as an identifier */
  PV_SETTING_PORTAL_ORIGIN,           /* text or NULL: name of the access key; required for direct */
  PV_SETTING_PORTAL_PAYMENT_HOSTS,    /* list: hosts where invoices may be paid, besides the portal's own */
  PV_SETTING_PORTAL_PROXY,            /* text or NULL: "http://host:port" */
  PV_SETTING_PORTAL_PUBLIC_URL,       /* text or NULL: the portal's address for people; default: url */
  PV_SETTING_PORTAL_REGIES,           /* list: slugs of Lingo: whose invoices can be looked up; empty: none */
  PV_SETTING_PORTAL_SAFE_URL,         /* text or NULL: the portal's own page of somebody's documents */
  PV_SETTING_PORTAL_SOURCES,          /* list: "form/field=source" or "name=source": where options come from */
  PV_SETTING_PORTAL_URL,              /* text, required: https, or http on this machine; no final slash */
  PV_SETTING_PRINTER_CERTIFICATE,     /* text or NULL: fingerprint of the printer's public key, 64 small hex digits */
  PV_SETTING_PRINTER_ENABLED,         /* bool */
  PV_SETTING_PRINTER_MEDIA,           /* text: "roll-58mm", "roll-80mm", "roll-112mm", "a4" or "a5" */
  PV_SETTING_PRINTER_QUEUE,           /* text or NULL: a queue of CUPS; not with a uri */
  PV_SETTING_PRINTER_URI,             /* text or NULL: "ipp://…" or "ipps://…" */
  /* Paths: what signs receipts, NULL: nothing does; a list of what signatures are checked with, older keys among them. */
  PV_SETTING_RECEIPT_PRIVATE_KEY_FILE,
  PV_SETTING_RECEIPT_PUBLIC_KEY_FILES,
  PV_SETTING_SCREEN_APPROACH,        /* text: "front" or "side": how a wheelchair stands before it */
  PV_SETTING_SCREEN_DIAGONAL_MM,     /* int; 0: not told */
  PV_SETTING_SCREEN_IDLE_SECONDS,    /* int: until "Still there?" */
  PV_SETTING_SCREEN_LOWER_EDGE_MM,   /* int: height above the floor */
  PV_SETTING_SCREEN_OBSTRUCTION_MM,  /* int: depth of what one reaches over */
  PV_SETTING_SCREEN_REACH_MM,        /* int: no control above it; the standard may want less */
  PV_SETTING_SCREEN_WARN_SECONDS,    /* int: how long it asks before it ends the session */
  PV_SETTING_SEARCH_SYNONYMS_FILE,   /* text: path or NULL: everyday words */
  PV_SETTING_SERVICE_KEYS,           /* list: who may sign keys of the service screen; base64 */
  PV_SETTING_SERVICE_KIOSK,          /* text or NULL: name of this kiosk in such a key */
  PV_SETTING_SERVICE_REVOKED,        /* list: numbers of such keys that open nothing any more */
  PV_SETTING_SESSION_POST,           /* int: number of this computer in the room; 0: none */
  PV_SETTING_SESSION_PROFILE,        /* text: "kiosk", or "post": mouse and keyboard */
  PV_SETTING_SESSION_USER,           /* text or NULL: login of the sessions, where it is not the services' own */
  PV_SETTING_SETTINGS_CA_FILE,       /* text: path or NULL */
  PV_SETTING_SETTINGS_COMMUNE,       /* text or NULL: INSEE code: whose bundle is fetched */
  PV_SETTING_SETTINGS_COMMUNE_KEYS,  /* list: who may sign it; base64 */
  PV_SETTING_SETTINGS_PLATFORM_KEYS, /* list: who may sign that of the platform */
  PV_SETTING_SETTINGS_URL,           /* text or NULL: folder of the bundles */
  PV_SETTING_TEXTS_FOLDER,           /* list: folders of texts-LANGUAGE.txt; a later one counts more */
  PV_SETTING_SPEECH_DEVICE,          /* text or NULL: ALSA's name of the loudspeaker */
  PV_SETTING_SPEECH_ENGINE,          /* text: "espeak", "dispatcher" or "none" */
  PV_SETTING_SPEECH_HEADSET_CARD,    /* text or NULL: ALSA's card that tells when a headset is plugged in */
  PV_SETTING_SPEECH_HEADSET_DEVICE,  /* text or NULL: ALSA's name of the headset; NULL: as the loudspeaker */
  PV_SETTING_SPEECH_KEYS_PLACE, /* text or NULL: where the keys are, said to who cannot see them, in the first language */
  PV_SETTING_SPEECH_LOUDSPEAKER,        /* bool: speaks without a headset, when it is asked to */
  PV_SETTING_SPEECH_RATE,               /* int: words a minute */
  PV_SETTING_SPEECH_VOLUME,             /* int: percent, for each citizen anew */
  PV_SETTING_TOUCH_DEBOUNCE_MS,         /* int: the same place again within this time is not meant */
  PV_SETTING_TOUCH_DWELL_MS,            /* int: a pointer that rests so long presses; 0: it does not */
  PV_SETTING_TOUCH_PRESS_MS,            /* int: a shorter touch is not meant; 0: each is */
  PV_SETTING_UPDATE_AT,                 /* text: "HH:MM": see platform/update-hour.h */
  PV_SETTING_UPDATE_HAWKBIT_CONTROLLER, /* text or NULL; required with hawkbit-url, like the token */
  PV_SETTING_UPDATE_HAWKBIT_TENANT,     /* text */
  PV_SETTING_UPDATE_HAWKBIT_TOKEN_FILE, /* text: path or NULL */
  PV_SETTING_UPDATE_HAWKBIT_URL,        /* text or NULL; not with url */
  PV_SETTING_UPDATE_SPREAD_MINUTES,     /* int */
  PV_SETTING_UPDATE_URL,                /* text or NULL: folder of a web server */
  PV_N_SETTINGS
} PvSetting;

/* One group [procedure SLUG]: what the portal does not say about a procedure; or [appointment SLUG]: a procedure of which the
 * portal knows nothing, as it only books a time with an agenda. */
typedef struct {
  char *slug;
  char *category; /* (nullable), like the other texts: as PvProcedure.category */
  char *bring;
  char *cost;
  char *place;            /* where its appointments take place */
  char **keywords;        /* (nullable) */
  char **identity;        /* (nullable): as in core/identity-rule.h */
  guint duration_minutes; /* 0: not told */
  PvLegalFacts facts;
  gboolean is_declinable;         /* an e-mail or phone that the form requires may be declined (allow-decline) */
  gboolean takes_documents_later; /* a document that the form requires may be brought later (documents-later) */
  /* appointment only */
  gboolean is_appointment;
  char *title;
  char *source;  /* option source of its times: agenda:AGENDA/TYPE, or events:AGENDA */
  char **fields; /* (nullable): what is asked of the person: name, phone, email, ants */
} PvProcedureSettings;

/* One group [handover SLUG]: a form of another site, of which a few questions are asked here. */
typedef struct {
  char *slug, *title, *path; /* (nullable), like all texts, where the settings are only what is right of them */
  char *description;         /* (nullable) */
  char *category;            /* (nullable): as PvProcedure.category */
  char *bring;               /* (nullable) */
  char *cost;                /* (nullable) */
  char *url;                 /* of the site */
  char **keywords;           /* (nullable) */
  char **fields;             /* (nullable): as in core/handover-field.h */
  guint number;              /* of the form there */
  guint duration_minutes;    /* 0: not told */
} PvHandoverSettings;

typedef struct PvSettings PvSettings;

/**
 * pv_settings_load:
 * @folder: holds the drop-ins, or the layers (settings-layers.h)
 *
 * What a layer has locked, those above it may not change (settings-locks.h), and a layer out of a bundle may not say who is
 * trusted, nor any path: both are errors like others. Names of files begin with their layer where there are several.
 *
 * A text that begins with "$CREDENTIALS_DIRECTORY/" (systemd) or "$SETTINGS_DIRECTORY/" (the folder of its file), where a path is
 * expected, gets that folder's path instead. Without the first variable, such a path stays as it is and names nothing:
 * a process reads the settings of all, and the credentials of its own.
 *
 * Returns: (transfer full): NULL with a PV_SETTINGS_ERROR if there is anything to mend
 */
PvSettings *pv_settings_load (const char *folder, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* What has to be mended is left out: its default counts, or NULL, even where a setting is required. For a kiosk that says
 * that it is out of order, and where else to go. (transfer full): never NULL */
PvSettings *pv_settings_load_what_is_right (const char *folder) G_GNUC_WARN_UNUSED_RESULT;
void pv_settings_free (PvSettings *settings);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvSettings, pv_settings_free)

/* Asking for another type than the table's is a programming error and aborts. (transfer none) */
const char *pv_settings_get_text (const PvSettings *settings, PvSetting setting);
int pv_settings_get_int (const PvSettings *settings, PvSetting setting);
gboolean pv_settings_get_bool (const PvSettings *settings, PvSetting setting);
const char *const *pv_settings_get_list (const PvSettings *settings, PvSetting setting);

/* NULL if there is no such group. (transfer none) */
const PvProcedureSettings *pv_settings_find_procedure (const PvSettings *settings, const char *slug);
/* Slugs in alphabetical order. (transfer full) */
char **pv_settings_list_procedures (const PvSettings *settings) G_GNUC_WARN_UNUSED_RESULT;
/* The same of [handover SLUG]. */
const PvHandoverSettings *pv_settings_find_handover (const PvSettings *settings, const char *slug);
char **pv_settings_list_handovers (const PvSettings *settings) G_GNUC_WARN_UNUSED_RESULT;

/* Slugs of the groups [appointment SLUG], likewise. */
char **pv_settings_list_appointments (const PvSettings *settings) G_GNUC_WARN_UNUSED_RESULT;

/* For administrators: one line "[group] key = value  # file:line" for each setting in force, defaults included; of a list
 * that extends another one, all that it comes from; "; locked by file:line" where somebody did. Of groups with a name of their
 * own what the files say. (transfer full) */
char *pv_settings_describe (const PvSettings *settings) G_GNUC_WARN_UNUSED_RESULT;
/* For administrators: what the key is, its type and limits, its default, what is in force, who says so, what each layer of
 * @folder says, and who locked it; several lines, also where the settings are wrong. (transfer full) (nullable): NULL: there is
 * no such key */
char *pv_settings_explain (const char *folder, const char *group, const char *key) G_GNUC_WARN_UNUSED_RESULT;
/* A commented file of every key, out of the table. (transfer full) */
char *pv_settings_reference (void) G_GNUC_WARN_UNUSED_RESULT;
