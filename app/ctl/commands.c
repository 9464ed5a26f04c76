/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/commands.h"

static const PvCtlCommand commands[] = {
  { { "doctor", NULL },
    pv_ctl_doctor,
    "doctor [--json|--slot] [--root FOLDER] [CHECK...]\n"
    "      what is wrong with this kiosk, and what to do: machine, devices, portal, certificates, lock-down; 2: not "
    "all could be seen; --slot: only what may be the fault of the image that runs, a line each" },
  { { "status", NULL },
    pv_ctl_status,
    "status [--json]\n      what runs, what waits, when the portal last answered, the printer" },
  { { "logs", NULL },
    pv_ctl_logs,
    "logs [--since 2h|3d|today|YYYY-MM-DD[THH:MM]]\n      what the journal has of Parvis, its last 2000 lines" },
  { { "support-bundle", NULL },
    pv_ctl_support_bundle,
    "support-bundle FILE.tar.gz\n      what somebody who helps from afar needs, and nothing of a citizen" },
  { { "maintenance", "on" },
    pv_ctl_maintenance_on,
    "maintenance on [--until HH:MM|YYYY-MM-DDTHH:MM]\n"
    "      a notice on the screen, between two citizens; it ends by itself at --until" },
  { { "maintenance", "off" }, pv_ctl_maintenance_off, "maintenance off\n      the kiosk serves citizens again" },
  { { "update", "due" },
    pv_ctl_update_due,
    "update due FOLDER\n      whether it is the hour to look for a newer image, and for how many seconds more; 1: it "
    "is not" },
  { { "update", "fetch" },
    pv_ctl_update_fetch,
    "update fetch FOLDER\n      where a newer image may be: the web server, or what hawkBit hands over, fetched into "
    "FOLDER" },
  { { "update", "tell" },
    pv_ctl_update_tell,
    "update tell FOLDER success|failure WORDS\n      what became of what hawkBit handed over" },
  { { "update", "confirm" },
    pv_ctl_update_confirm,
    "update confirm\n      this release has proved itself: from now on it writes files as only it reads them" },
  { { "check", NULL }, pv_ctl_check, "check\n      what is wrong with settings, keys, master list and outbox" },
  { { "settings", "check" },
    pv_ctl_settings_check,
    "settings check\n      what is wrong with the files of the settings, each slip with file, line and key" },
  { { "settings", "show" },
    pv_ctl_settings,
    "settings show\n      every setting in force, the layer, file and line that say so, and who locked it" },
  { { "settings", "explain" },
    pv_ctl_settings_explain,
    "settings explain GROUP/KEY\n      what one setting is, what each layer says about it, and what counts" },
  { { "settings", "reference" },
    pv_ctl_settings_reference,
    "settings reference\n      a commented file of every setting that there is" },
  { { "settings", "sign" },
    pv_ctl_settings_sign,
    "settings sign FOLDER --scope platform|COMMUNE --key FILE --serial N --expires YYYY-MM-DD --output FILE\n"
    "      a bundle of the *.conf of FOLDER for many kiosks; COMMUNE: an INSEE code; N grows each time" },
  { { "settings", "pull" },
    pv_ctl_settings_pull,
    "settings pull\n      fetches the bundles that [settings] names, and puts those that count in their place" },
  { { "settings", NULL }, pv_ctl_settings, "settings\n      the same as settings show" },
  { { "keygen", NULL },
    pv_ctl_keygen,
    "keygen outbox|commune|receipt|service|settings FOLDER\n      a new pair of keys: NAME.key, to be kept secret, and "
    "NAME.pub" },
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
  { { "enrol", "reader" },
    pv_ctl_enrol_reader,
    "enrol reader ROOT TO\n      who may read what kiosks tell the fleet's broker: parvisctl fleet" },
  { { "enrol", "seal" },
    pv_ctl_enrol_seal,
    "enrol seal [--days N] FOLDER TO\n      what one kiosk needs at its first start, out of FOLDER (settings.conf, and "
    "what "
    "enrol kiosk made), as one sealed file for a web\n      server, and the code that opens it there" },
  { { "enrol", "revoke" },
    pv_ctl_enrol_revoke,
    "enrol revoke ROOT ID|FILE\n      takes a kiosk or a mediator out: a new list for the broker; FILE: their "
    "broker-client.pem" },
  { { "fleet", NULL },
    pv_ctl_fleet,
    "fleet --broker HOST[:PORT] --folder FOLDER [--json|--metrics] [--usage] [--seconds N] [KIOSK...]\n"
    "      which kiosks there are, of which release, what is wrong, and since when; FOLDER: of enrol reader" },
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
  { { "service-key", "make" },
    pv_ctl_service_key_make,
    "service-key make DEVICE|FILE --scope platform|COMMUNE|COMMUNE/KIOSK --key FILE --serial N --expires YYYY-MM-DD "
    "[--pin-file FILE|-] [--erase]\n"
    "      a stick that opens the service screen, and its PIN, which is told once; --erase: what is on DEVICE is "
    "lost" },
  { { "service-key", "show" },
    pv_ctl_service_key_show,
    "service-key show DEVICE|FILE --public KEY [--commune COMMUNE] [--kiosk NAME]\n"
    "      whether a kiosk that trusts KEY would take this stick, its number, and until when" },
  { { "service-key", "take" },
    pv_ctl_service_key_take,
    "service-key take DEVICE|FILE FILE.tar.gz\n      the file for support that a kiosk wrote onto the stick" },
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

const PvCtlCommand *
pv_ctl_commands_get (gsize *ret_n_commands)
{
  *ret_n_commands = G_N_ELEMENTS (commands);
  return commands;
}

const PvCtlCommand *
pv_ctl_commands_find (char **words, char ***ret_arguments)
{
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++) {
    const PvCtlCommand *command = &commands[i];

    if (g_strcmp0 (words[0], command->words[0]) != 0)
      continue;
    if (command->words[1] != NULL && g_strcmp0 (words[1], command->words[1]) != 0)
      continue;
    *ret_arguments = words + (command->words[1] != NULL ? 2 : 1);
    return command;
  }
  return NULL;
}
