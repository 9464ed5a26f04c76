/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* parvisctl: the administrator's command. */

#include <errno.h>
#include <gio/gio.h>
#include <locale.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/wipe.h"
#include "ctl/ctl.h"
#include "platform/clock.h"
#include "platform/harden.h"
#include "platform/secret.h"

typedef struct Command {
  const char *words[2]; /* the second may be NULL */
  int (*run) (const PvCtl *ctl, char **arguments);
  const char *usage;
} Command;

static const Command commands[] = {
  { { "check", NULL }, pv_ctl_check, "check\n      what is wrong with settings, keys, master list and outbox" },
  { { "settings", NULL }, pv_ctl_settings, "settings\n      every setting in force, and where it stands" },
  { { "keygen", NULL },
    pv_ctl_keygen,
    "keygen outbox|commune|receipt FOLDER\n      a new pair of keys: NAME.key, to be kept secret, and NAME.pub" },
  { { "enrol", "root" },
    pv_ctl_enrol_root,
    "enrol root FOLDER NAME\n"
    "      what vouches for the kiosks, mediators and broker of a commune or an operator; FOLDER stays offline" },
  { { "enrol", "broker" },
    pv_ctl_enrol_broker,
    "enrol broker ROOT HOST TO\n      key and certificate of a broker, and whom it lets in" },
  { { "enrol", "kiosk" },
    pv_ctl_enrol_kiosk,
    "enrol kiosk ROOT COMMUNE NAME PLACE TO\n      keys and certificates of a kiosk" },
  { { "enrol", "mediator" },
    pv_ctl_enrol_mediator,
    "enrol mediator [--broker HOST[:PORT]] [--passphrase-file FILE|-] ROOT COMMUNE[,COMMUNE...] NAME PLACE TO\n"
    "      the folder of a mediator's console, its key sealed by a passphrase, which is asked for;\n"
    "      prints the lines for the broker's acl.mediators" },
  { { "enrol", "revoke" },
    pv_ctl_enrol_revoke,
    "enrol revoke ROOT ID|FILE\n      takes a kiosk or a mediator out: a new list for the broker; FILE: their "
    "broker-client.pem" },
  { { "audit", "verify" },
    pv_ctl_audit_verify,
    "audit verify [FOLDER] [--certificates FOLDER]...\n"
    "      whether the log of what mediators did is as it was written; whose signatures, with certificates and roots" },
  { { "audit", "show" }, pv_ctl_audit_show, "audit show [FOLDER]\n      what that log says" },
  { { "addresses", "build" },
    pv_ctl_addresses_build,
    "addresses build --from FILE.csv[.gz] [--commune INSEE]... --output FILE\n"
    "      an index of addresses out of an extract of the Base Adresse Nationale; --commune: of these only" },
  { { "addresses", "show" },
    pv_ctl_addresses_show,
    "addresses show [--file FILE] [WORDS]\n      what the kiosk would offer to who types that" },
  { { "outbox", "list" }, pv_ctl_outbox_list, "outbox list\n      what waits, without anything of a citizen" },
  { { "outbox", "export" },
    pv_ctl_outbox_export,
    "outbox export REF|--all --to FILE [--key FILE]\n      filings for an agent, sealed to the commune's key" },
  { { "outbox", "show" },
    pv_ctl_outbox_show,
    "outbox show FILE --key FILE [--files FOLDER]\n      on the agent's computer: what an export holds" },
  { { "portal", "survey" },
    pv_ctl_portal_survey,
    "portal survey [--format text|html|json] [--output FILE] [--template FILE] [SLUG...]\n"
    "      which forms of the portal work at the kiosk, why not, and what to write where; 2: something is to be done" },
  { { "printer", "list" },
    pv_ctl_printer_list,
    "printer list\n      printers of CUPS and of the network here, and the line to write for each" },
  { { "printer", "status" },
    pv_ctl_printer_status,
    "printer status\n      what the kiosk's printer says of itself: whether it prints, why not, and on which paper" },
  { { "printer", "test" }, pv_ctl_printer_test, "printer test\n      prints a sample, which is a receipt of nothing" },
  { { "printer", "pages" },
    pv_ctl_printer_pages,
    "printer pages [--csv]\n      how many pages and jobs were printed on each day of a year" },
  { { "printer", "certificate" },
    pv_ctl_printer_certificate,
    "printer certificate [ipps://ADDRESS]\n      the key of the printer, to compare with its own page and to write "
    "into the settings" },
  { { "printer", "check" },
    pv_ctl_printer_check,
    "printer check [--cups FOLDER]\n      what is wrong with the settings of CUPS, so that something of a citizen "
    "could stay or come out late" },
  { { "privacy", NULL },
    pv_ctl_privacy,
    "privacy table|record|dpia|notice|notice-screen|notice-facile|clauses|stolen|patterns\n"
    "      papers about personal data, in French, with this commune's settings: to be read, completed and signed" },
  { { "receipt", "verify" },
    pv_ctl_receipt_verify,
    "receipt verify [--key FILE]... CODE|-\n"
    "      whether the code on a receipt was made by a kiosk of ours, and what it says; \"-\": from standard input" },
  { { "texts", "template" },
    pv_ctl_texts_template,
    "texts template LANGUAGE [--schemas FOLDER] [--output FILE]\n"
    "      everything that the portal says, to be translated; what is translated already is filled in" },
  { { "texts", NULL },
    pv_ctl_texts,
    "texts [--language LANGUAGE] [--schemas FOLDER] [--json]\n"
    "      what the portal says and no file translates, and what was changed there since; 1: something is missing" },
  { { "card", "read" },
    pv_ctl_card_read,
    "card read --can DIGITS|- | --mrz FILE|- [--reader NAME] [--photo] [--json] [--show]\n"
    "      the card on the reader: what is proven, and which fields it has; their values only with --show" },
  { { "card", "trust" },
    pv_ctl_card_trust,
    "card trust show|check FILE|import FILE [--signer SHA256]\n      the roots that documents are held against" },
};

int
pv_ctl_fail (const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list values;

  va_start (values, format);
  text = g_strdup_vprintf (format, values);
  va_end (values);
  g_printerr ("parvisctl: %s\n", text);
  return PV_CTL_FAILED;
}

PvSettings *
pv_ctl_load_settings (const PvCtl *ctl)
{
  g_autoptr (GError) error = NULL;
  PvSettings *settings = pv_settings_load (ctl->config, &error);

  if (settings != NULL) {
    pv_clock_trust_system (pv_settings_get_bool (settings, PV_SETTING_CLOCK_TRUSTED));
  } else {
    g_auto (GStrv) lines = g_strsplit (error->message, "\n", -1);

    pv_ctl_fail ("the settings in %s are to be mended:", ctl->config);
    for (guint i = 0; lines[i] != NULL; i++)
      g_printerr ("  %s\n", lines[i]);
  }
  return settings;
}

char *
pv_ctl_outbox_folder (const PvSettings *settings)
{
  return g_build_filename (pv_settings_get_text (settings, PV_SETTING_PATHS_STATE), "outbox", NULL);
}

gboolean
pv_ctl_has_outbox (const char *folder)
{
  return access (folder, F_OK) == 0 || errno != ENOENT;
}

PvOutboxKeys *
pv_ctl_read_keys (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PvSecret) text = path != NULL ? pv_secret_read_text (path, &error) : NULL;
  guint8 secret[PV_OUTBOX_KEY_BYTES];
  PvOutboxKeys *keys;

  if (text == NULL || !pv_outbox_key_from_text (pv_secret_get_text (text), secret)) {
    pv_ctl_fail ("%s", error != NULL  ? error->message
                       : path != NULL ? "no key in that file"
                                      : "no file of a key given");
    return NULL;
  }
  keys = pv_outbox_keys_from_secret (secret);
  pv_wipe_bytes (secret, sizeof secret);
  return keys;
}

static void
tell_usage (void (*tell) (const char *format, ...))
{
  tell ("Usage: parvisctl [--config FOLDER] COMMAND\n");
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    tell ("  %s\n", commands[i].usage);
  tell ("Without --config, FOLDER is %s.\n", PV_SETTINGS_DEFAULT_FOLDER);
}

static int
usage (void)
{
  tell_usage (g_printerr);
  return PV_CTL_USAGE;
}

static int
run_command (const PvCtl *ctl, char **words)
{
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++) {
    const Command *command = &commands[i];

    if (g_strcmp0 (words[0], command->words[0]) != 0)
      continue;
    if (command->words[1] == NULL)
      return command->run (ctl, words + 1);
    if (g_strcmp0 (words[1], command->words[1]) == 0)
      return command->run (ctl, words + 2);
  }
  pv_ctl_fail ("there is no command \"%s%s%s\"", words[0], words[1] != NULL ? " " : "",
               words[1] != NULL ? words[1] : "");
  return usage ();
}

int
main (int argc, char **argv)
{
  PvCtl ctl = { .config = PV_SETTINGS_DEFAULT_FOLDER };
  char **words = argv + (argc > 0 ? 1 : 0);
  g_autoptr (GError) error = NULL;
  int status;

  setlocale (LC_ALL, "C.UTF-8");
  if (!pv_harden_process (&error) || !pv_outbox_init (&error))
    return pv_ctl_fail ("%s", error->message);
  if (g_strcmp0 (words[0], "--config") == 0 && words[1] != NULL) {
    ctl.config = words[1];
    words += 2;
  }
  if (words[0] == NULL)
    return usage ();
  if (strcmp (words[0], "--help") == 0 || strcmp (words[0], "help") == 0) {
    tell_usage (g_print);
    return PV_CTL_OK;
  }
  status = run_command (&ctl, words);
  return status;
}
