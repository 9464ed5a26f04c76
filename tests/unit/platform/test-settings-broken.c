/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Settings that are wrong, each with the very words that an administrator reads: which file, which line, which key, and what is
 * expected there. Beside each a file with what must be there is right. */

#include "tst.h"

#include <string.h>

#include "platform/settings.h"
#include "settings-folder.h"

static const struct {
  const char *what;
  const char *files; /* see settings-folder.h */
  const char *message;
} rows[] = {
  { "text without a group",
    "@10.conf\n"
    "no group\n",
    "10.conf:1: expected [group], key=value below a group, or # comment" },
  { "a key before the first group",
    "@10.conf\n"
    "name=Montclair\n"
    "[commune]\n",
    "10.conf:1: expected [group], key=value below a group, or # comment" },
  { "a line without a sign",
    "@10.conf\n"
    "[commune]\n"
    "place=Hall\n"
    "greeting Bonjour\n",
    "10.conf:3: expected [group], key=value below a group, or # comment" },
  { "a group that is not closed",
    "@10.conf\n"
    "[commune\n"
    "place=Hall\n",
    "10.conf:1: expected [group], key=value below a group, or # comment" },
  { "a key without a name",
    "@10.conf\n"
    "[commune]\n"
    "=Hall\n",
    "10.conf:2: expected [group], key=value below a group, or # comment" },
  { "a comment of another language",
    "@10.conf\n"
    "[commune]\n"
    "; place\n",
    "10.conf:2: expected [group], key=value below a group, or # comment" },
  { "a pasted private key",
    "@10.conf\n"
    "[portal]\n"
    "-----BEGIN PRIVATE KEY-----\n",
    "10.conf:2: expected [group], key=value below a group, or # comment" },
  { "bytes that are not utf8",
    "@10.conf\n"
    "[commune]\n"
    "place=H\351tel\n",
    "10.conf:2: [commune] place: not readable as text" },
  { "an unknown group",
    "@10.conf\n"
    "[spying]\n"
    "on=true\n",
    "10.conf:1: [spying] unknown group" },
  { "a group in capitals",
    "@10.conf\n"
    "[Commune]\n"
    "place=Hall\n",
    "10.conf:1: [Commune] unknown group" },
  { "a group with a blank",
    "@10.conf\n"
    "[ screen]\n"
    "idle-seconds=60\n",
    "10.conf:1: [ screen] unknown group" },
  { "an unknown key",
    "@10.conf\n"
    "[screen]\n"
    "idle-secs=60\n",
    "10.conf:2: [screen] idle-secs: unknown key" },
  { "a key in capitals",
    "@10.conf\n"
    "[screen]\n"
    "Idle-Seconds=60\n",
    "10.conf:2: [screen] Idle-Seconds: unknown key" },
  { "a key of another group",
    "@10.conf\n"
    "[screen]\n"
    "rate=150\n",
    "10.conf:2: [screen] rate: unknown key" },
  { "a key of a language",
    "@10.conf\n"
    "[commune]\n"
    "place[fr]=Hall\n",
    "10.conf:2: [commune] place[fr]: unknown key" },
  { "a key of an appointment in a procedure",
    "@10.conf\n"
    "[procedure acte]\n"
    "title=Acte\n",
    "10.conf:2: [procedure acte] title: unknown key" },
  { "a procedure without a name",
    "@10.conf\n"
    "[procedure ]\n"
    "cost=Gratuit\n",
    "10.conf:1: [procedure ] expected [procedure SLUG], as in the address of the form" },
  { "a procedure with a wrong name",
    "@10.conf\n"
    "[procedure Acte de naissance]\n"
    "cost=Gratuit\n",
    "10.conf:1: [procedure Acte de naissance] expected [procedure SLUG], as in the address of the form" },
  { "a handover with a wrong name",
    "@10.conf\n"
    "[handover ../x]\n"
    "title=x\n",
    "10.conf:1: [handover ../x] expected [handover SLUG], a name of your own" },
  { "a group of procedures without a name",
    "@10.conf\n"
    "[procedure]\n"
    "cost=Gratuit\n",
    "10.conf:1: [procedure] unknown group" },
  { "an empty value",
    "@10.conf\n"
    "[commune]\n"
    "place=\n",
    "10.conf:2: [commune] place: empty; leave the line out instead" },
  { "a text that is too long",
    "@10.conf\n"
    "[commune]\n"
    "place="
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
    "xxxxxxx\n",
    "10.conf:2: [commune] place: longer than 120 bytes" },
  { "a telephone that is too long",
    "@10.conf\n"
    "[assist]\n"
    "room-phone=012345678901234567890123456789012\n",
    "10.conf:2: [assist] room-phone: longer than 32 bytes" },
  { "a control character",
    "@10.conf\n"
    "[commune]\n"
    "place=Hall\\tgauche\n",
    "10.conf:2: [commune] place: holds a control character" },
  { "too many words",
    "@10.conf\n"
    "[portal]\n"
    "regies=r0;r1;r2;r3;r4;r5;r6;r7;r8;r9;r10;r11;r12;r13;r14;r15;r16;r17;r18;r19;r20;r21;r22;r23;r24;r25;r26;r27;r28;"
    "r29;r30;r31;r32;r33;r34;r35;r36;r37;r38;r39;r40;\n",
    "10.conf:2: [portal] regies: at most 40 words, separated by ;" },
  { "dots that are not first",
    "@10.conf\n"
    "[portal]\n"
    "regies=cantine;...;\n",
    "10.conf:2: [portal] regies: \"...\" is the first word, or none" },
  { "a number in words",
    "@10.conf\n"
    "[screen]\n"
    "idle-seconds=ninety\n",
    "10.conf:2: [screen] idle-seconds: expected a whole number from 30 to 900" },
  { "a number with a unit",
    "@10.conf\n"
    "[screen]\n"
    "idle-seconds=90s\n",
    "10.conf:2: [screen] idle-seconds: expected a whole number from 30 to 900" },
  { "a number that is too small",
    "@10.conf\n"
    "[screen]\n"
    "idle-seconds=29\n",
    "10.conf:2: [screen] idle-seconds: expected a whole number from 30 to 900" },
  { "a number that is too large",
    "@10.conf\n"
    "[screen]\n"
    "idle-seconds=901\n",
    "10.conf:2: [screen] idle-seconds: expected a whole number from 30 to 900" },
  { "a number beyond all numbers",
    "@10.conf\n"
    "[screen]\n"
    "idle-seconds=99999999999999999999\n",
    "10.conf:2: [screen] idle-seconds: expected a whole number from 30 to 900" },
  { "a negative number",
    "@10.conf\n"
    "[speech]\n"
    "volume=-1\n",
    "10.conf:2: [speech] volume: expected a whole number from 10 to 100" },
  { "a number with a comma",
    "@10.conf\n"
    "[speech]\n"
    "rate=150,5\n",
    "10.conf:2: [speech] rate: expected a whole number from 120 to 260" },
  { "a port that there is not",
    "@10.conf\n"
    "[assist]\n"
    "broker-port=65536\n",
    "10.conf:2: [assist] broker-port: expected a whole number from 1 to 65535" },
  { "yes",
    "@10.conf\n"
    "[printer]\n"
    "enabled=yes\n",
    "10.conf:2: [printer] enabled: expected true or false" },
  { "one",
    "@10.conf\n"
    "[printer]\n"
    "enabled=1\n",
    "10.conf:2: [printer] enabled: expected true or false" },
  { "true in capitals",
    "@10.conf\n"
    "[printer]\n"
    "enabled=TRUE\n",
    "10.conf:2: [printer] enabled: expected true or false" },
  { "a paper that there is not",
    "@10.conf\n"
    "[printer]\n"
    "media=roll-57mm\n",
    "10.conf:2: [printer] media: expected one of: roll-58mm, roll-80mm, roll-112mm, a4, a5" },
  { "a paper in capitals",
    "@10.conf\n"
    "[printer]\n"
    "media=A4\n",
    "10.conf:2: [printer] media: expected one of: roll-58mm, roll-80mm, roll-112mm, a4, a5" },
  { "a category that there is not",
    "@10.conf\n"
    "[procedure acte]\n"
    "category=divers\n",
    "10.conf:2: [procedure acte] category: expected one of: papiers, famille-ecole, sports-culture, rue-logement, "
    "rendez-vous" },
  { "a colour by name",
    "@10.conf\n"
    "[commune]\n"
    "primary=blue\n",
    "10.conf:2: [commune] primary: expected a colour like #1F4FA3" },
  { "a colour that is too light",
    "@10.conf\n"
    "[commune]\n"
    "primary=#FFD400\n",
    "10.conf:2: [commune] primary: too light: the contrast with white is 1.43, and must be 4.5 or more" },
  { "a time zone that there is not",
    "@10.conf\n"
    "[commune]\n"
    "timezone=Paris\n",
    "10.conf:2: [commune] timezone: expected a time zone like Europe/Paris" },
  { "a language by name",
    "@10.conf\n"
    "[commune]\n"
    "languages=français;\n",
    "10.conf:2: [commune] languages: expected codes of languages like fr;en;" },
  { "no language",
    "@10.conf\n"
    "[commune]\n"
    "languages=;\n",
    "10.conf:2: [commune] languages: expected codes of languages like fr;en;" },
  { "a relative path",
    "@10.conf\n"
    "[commune]\n"
    "emblem=emblem.svg\n",
    "10.conf:2: [commune] emblem: expected a path that begins with /, $CREDENTIALS_DIRECTORY/ or "
    "$SETTINGS_DIRECTORY/" },
  { "a path of another variable",
    "@10.conf\n"
    "[outbox]\n"
    "public-key-file=$HOME/outbox.pub\n",
    "10.conf:2: [outbox] public-key-file: expected a path that begins with /, $CREDENTIALS_DIRECTORY/ or "
    "$SETTINGS_DIRECTORY/" },
  { "an address without tls",
    "@10.conf\n"
    "[portal]\n"
    "public-url=http://demarches.montclair.example\n",
    "10.conf:2: [portal] public-url: expected an https address without user, ? and # (http only for this machine)" },
  { "an address with a user",
    "@10.conf\n"
    "[portal]\n"
    "public-url=https://admin:secret@demarches.montclair.example\n",
    "10.conf:2: [portal] public-url: expected an https address without user, ? and # (http only for this machine)" },
  { "an address with a query",
    "@10.conf\n"
    "[portal]\n"
    "public-url=https://demarches.montclair.example/?a=1\n",
    "10.conf:2: [portal] public-url: expected an https address without user, ? and # (http only for this machine)" },
  { "an address of another kind",
    "@10.conf\n"
    "[settings]\n"
    "url=ftp://reglages.montclair.example\n",
    "10.conf:2: [settings] url: expected an https address without user, ? and # (http only for this machine)" },
  { "a printer that is a file",
    "@10.conf\n"
    "[printer]\n"
    "uri=file:///dev/usb/lp0\n",
    "10.conf:2: [printer] uri: expected an address like ipp://printer.example/ipp/print" },
  { "a fingerprint that is too short",
    "@10.conf\n"
    "[printer]\n"
    "certificate=5d41402abc4b2a76\n",
    "10.conf:2: [printer] certificate: expected the SHA-256 of a public key: 64 hexadecimal digits" },
  { "a proxy without a port",
    "@10.conf\n"
    "[portal]\n"
    "proxy=http://proxy.montclair.example\n",
    "10.conf:2: [portal] proxy: expected http://host:port" },
  { "an email without a host",
    "@10.conf\n"
    "[contact]\n"
    "email=mairie\n",
    "10.conf:2: [contact] email: expected an e-mail address" },
  { "hours in words",
    "@10.conf\n"
    "[assist]\n"
    "hours=du lundi au vendredi\n",
    "10.conf:2: [assist] hours: opening hours, character 1: a day is expected: mon, tue, wed, thu, fri, sat or sun" },
  { "hours that end before they begin",
    "@10.conf\n"
    "[assist]\n"
    "hours=mon 17:00-09:00\n",
    "10.conf:2: [assist] hours: opening hours, character 16: the times are not in order" },
  { "directions without a place",
    "@10.conf\n"
    "[places]\n"
    "directions=Bus 3;\n",
    "10.conf:2: [places] directions: expected places and how to get there, like Hôtel de ville: bus 3, arrêt Mairie;" },
  { "an identity that there is not",
    "@10.conf\n"
    "[procedure acte]\n"
    "identity=nom:shoe-size;\n",
    "10.conf:2: [procedure acte] identity: expected questions and what of a document answers them, like "
    "demandeur_nom:surname;" },
  { "a field without a kind",
    "@10.conf\n"
    "[handover bourse]\n"
    "title=Bourse\n"
    "demarche=1\n"
    "path=x\n"
    "fields=Votre nom;\n",
    "10.conf:5: [handover bourse] fields: expected questions like Votre nom:identite_nom:text;" },
  { "a key that types a letter",
    "@10.conf\n"
    "[keypad]\n"
    "yes=o\n",
    "10.conf:2: [keypad] yes: expected names of keys like Tab;KP_5;F13;XF86AudioRaiseVolume; that type no letter, or "
    "none" },
  { "a key and none",
    "@10.conf\n"
    "[keypad]\n"
    "help=F13;none;\n",
    "10.conf:2: [keypad] help: expected names of keys like Tab;KP_5;F13;XF86AudioRaiseVolume; that type no letter, or "
    "none" },
  { "a public key that is none",
    "@10.conf\n"
    "[settings]\n"
    "platform-keys=abc;\n",
    "10.conf:2: [settings] platform-keys: expected public keys as \"parvisctl keygen settings\" writes them: 44 "
    "letters of base64 each" },
  { "a private key for a public one",
    "@10.conf\n"
    "[settings]\n"
    "platform-keys=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef;\n",
    "10.conf:2: [settings] platform-keys: expected public keys as \"parvisctl keygen settings\" writes them: 44 "
    "letters of base64 each" },
  { "a commune by name",
    "@10.conf\n"
    "[settings]\n"
    "commune=Montclair\n",
    "10.conf:2: [settings] commune: expected the INSEE code of a commune, like 89999 or 2A004" },
  { "a commune of four digits",
    "@10.conf\n"
    "[settings]\n"
    "commune=8999\n",
    "10.conf:2: [settings] commune: expected the INSEE code of a commune, like 89999 or 2A004" },
  { "a silence without a time",
    "@10.conf\n"
    "[procedure acte]\n"
    "silence=accept\n",
    "10.conf:2: [procedure acte] silence: needs delay-months or delay-days" },
  { "an appointment without a title",
    "@10.conf\n"
    "[appointment aide]\n"
    "source=agenda:a/b\n",
    "[appointment aide] title: is missing" },
  { "an appointment without times",
    "@10.conf\n"
    "[appointment aide]\n"
    "title=Aide\n",
    "[appointment aide] source: expected agenda:AGENDA/TYPE or events:AGENDA" },
  { "an appointment that is a procedure",
    "@10.conf\n"
    "[procedure aide]\n"
    "cost=0\n"
    "[appointment aide]\n"
    "title=x\n"
    "source=events:a\n",
    "10.conf:3: [appointment aide] this name is a procedure and an appointment" },
  { "a printer twice",
    "@10.conf\n"
    "[printer]\n"
    "uri=ipp://127.0.0.1/ipp/print\n"
    "queue=recu\n",
    "10.conf:3: [printer] queue: give either a uri or a queue" },
  { "a fingerprint without tls",
    "@10.conf\n"
    "[printer]\n"
    "uri=ipp://127.0.0.1/ipp/print\n"
    "certificate=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n",
    "10.conf:3: [printer] certificate: needs a uri that begins with ipps:" },
  { "a mediator who is written wrongly",
    "@10.conf\n"
    "[assist]\n"
    "revoked=0123456789ABCDEF;\n",
    "10.conf:2: [assist] revoked: expected numbers as they were said at enrolment, 16 of 0-9 and a-f each" },
  { "help without anything",
    "@10.conf\n"
    "[assist]\n"
    "enabled=true\n"
    "broker-host=b.example\n"
    "ca-file=/a\n"
    "certificate-file=/b\n"
    "client-cert-file=/c\n"
    "client-key-file=/d\n"
    "key-file=/e\n",
    "[assist] roots: is missing, and enabled=true needs it" },
  { "direct without a key",
    "@10.conf\n"
    "[portal]\n"
    "mode=direct\n"
    "origin=borne\n",
    "[portal] access-key-file: is missing, and mode=direct needs it" },
  { "the same key of a pad twice",
    "@10.conf\n"
    "[keypad]\n"
    "validate=Tab\n",
    "10.conf:2: [keypad] validate: Tab is the key of \"next\" already; a line next=none takes it away there" },
  { "a page for phones without a relay",
    "@10.conf\n"
    "[portal]\n"
    "mode=direct\n"
    "origin=b\n"
    "access-key-file=/k\n"
    "[documents]\n"
    "drop-url=https://r.example/d\n",
    "10.conf:6: [documents] drop-url: needs a relay, and the portal is reached with mode=direct" },
  { "a lock without a key",
    "@10.conf\n"
    "[locks]\n"
    "keys=screen;\n",
    "10.conf:2: [locks] keys: \"screen\": expected group/key, or group/* for all of a group" },
  { "a lock on no group",
    "@10.conf\n"
    "[locks]\n"
    "keys=spying/on;\n",
    "10.conf:2: [locks] keys: \"spying/on\": there is no such group or key" },
  { "a lock on no key",
    "@10.conf\n"
    "[locks]\n"
    "keys=screen/idle-secs;\n",
    "10.conf:2: [locks] keys: \"screen/idle-secs\": there is no such group or key" },
  { "a lock on a wrong name",
    "@10.conf\n"
    "[locks]\n"
    "keys=procedure Acte/cost;\n",
    "10.conf:2: [locks] keys: \"procedure Acte/cost\": there is no such group or key" },
  { "a lock on locks",
    "@10.conf\n"
    "[locks]\n"
    "keys=locks/keys;\n",
    "10.conf:2: [locks] keys: \"locks/keys\": locks only add up, and need none themselves" },
  { "a lock on a named plain group",
    "@10.conf\n"
    "[locks]\n"
    "keys=screen x/reach-mm;\n",
    "10.conf:2: [locks] keys: \"screen x/reach-mm\": there is no such group or key" },
  { "a locked key",
    "@platform/20.conf\n"
    "[screen]\n"
    "idle-seconds=120\n"
    "[locks]\n"
    "keys=screen/idle-seconds;\n"
    "@site/90.conf\n"
    "[screen]\n"
    "idle-seconds=60\n",
    "site/90.conf:2: [screen] idle-seconds: is locked by platform/20.conf:4, and differs from what is in force below" },
  { "a locked default",
    "@vendor/20.conf\n"
    "[locks]\n"
    "keys=screen/idle-seconds;\n"
    "@kiosk/90.conf\n"
    "[screen]\n"
    "idle-seconds=60\n",
    "kiosk/90.conf:2: [screen] idle-seconds: is locked by vendor/20.conf:2, and differs from what is in force below" },
  { "a locked group",
    "@commune/20.conf\n"
    "[locks]\n"
    "keys=contact/*;\n"
    "@site/90.conf\n"
    "[contact]\n"
    "phone=03 53 01 00 00\n",
    "site/90.conf:2: [contact] phone: is locked by commune/20.conf:2, and differs from what is in force below" },
  { "a locked procedure",
    "@platform/20.conf\n"
    "[procedure acte]\n"
    "silence=refuse\n"
    "delay-months=2\n"
    "[locks]\n"
    "keys=procedure acte/silence;\n"
    "@commune/90.conf\n"
    "[procedure acte]\n"
    "silence=accept\n",
    "commune/90.conf:2: [procedure acte] silence: is locked by platform/20.conf:5, and differs from what is in force "
    "below" },
  { "all procedures locked",
    "@platform/20.conf\n"
    "[locks]\n"
    "keys=procedure/*;\n"
    "@commune/90.conf\n"
    "[procedure acte]\n"
    "cost=Gratuit\n",
    "commune/90.conf:2: [procedure acte] cost: is locked by platform/20.conf:2, and differs from what is in force "
    "below" },
  { "a locked list that goes on",
    "@platform/20.conf\n"
    "[portal]\n"
    "regies=cantine;\n"
    "[locks]\n"
    "keys=portal/regies;\n"
    "@site/90.conf\n"
    "[portal]\n"
    "regies=...;sport;\n",
    "site/90.conf:2: [portal] regies: is locked by platform/20.conf:4, and differs from what is in force below" },
  { "a lock that somebody takes back",
    "@platform/20.conf\n"
    "[locks]\n"
    "keys=screen/idle-seconds;\n"
    "@site/10.conf\n"
    "[locks]\n"
    "keys=contact/phone;\n"
    "@site/90.conf\n"
    "[screen]\n"
    "idle-seconds=60\n",
    "site/90.conf:2: [screen] idle-seconds: is locked by platform/20.conf:2, and differs from what is in force below" },
  { "who may sign out of a bundle",
    "@platform/20.conf\n"
    "[settings]\n"
    "commune-keys=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=;\n",
    "platform/20.conf:2: [settings] commune-keys: is never taken from a bundle: write it in the layer site or kiosk" },
  { "where to fetch out of a bundle",
    "@commune/20.conf\n"
    "[settings]\n"
    "url=https://reglages.montclair.example\n",
    "commune/20.conf:2: [settings] url: is never taken from a bundle: write it in the layer site or kiosk" },
  { "a path out of a bundle",
    "@commune/20.conf\n"
    "[outbox]\n"
    "public-key-file=/etc/parvis/outbox.pub\n",
    "commune/20.conf:2: [outbox] public-key-file: is never taken from a bundle: write it in the layer site or kiosk" },
  { "a printer out of a bundle",
    "@platform/20.conf\n"
    "[printer]\n"
    "uri=ipp://printer.example/ipp/print\n",
    "platform/20.conf:2: [printer] uri: is never taken from a bundle: write it in the layer site or kiosk" },
  { "who vouches out of a bundle",
    "@platform/20.conf\n"
    "[assist]\n"
    "roots=AAAA;\n",
    "platform/20.conf:2: [assist] roots: is never taken from a bundle: write it in the layer site or kiosk" },
  { "a slip in a layer",
    "@kiosk/50.conf\n"
    "[screen]\n"
    "reach=1\n",
    "kiosk/50.conf:2: [screen] reach: unknown key" },
};

static void
each_is_named_with_file_line_key_and_a_sentence (void **state)
{
  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *folder = settings_folder_new (rows[i].files);
    g_autoptr (GError) error = NULL;
    g_autoptr (PvSettings) settings = NULL;

    settings_folder_add_enough (folder);
    settings = pv_settings_load (folder, &error);
    if (settings != NULL || strcmp (error->message, rows[i].message) != 0)
      fail_msg ("%s: expected \"%s\", it said \"%s\"", rows[i].what, rows[i].message,
                settings != NULL ? "nothing" : error->message);
    assert_true (g_error_matches (error, PV_SETTINGS_ERROR, PV_SETTINGS_ERROR_BAD));
    tst_remove_folder (folder);
  }
}

/* What is right beside it counts all the same, for a screen that says "out of order" and where else to go. */
static void
beside_each_what_is_right_counts (void **state)
{
  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *folder = settings_folder_new (rows[i].files);
    g_autoptr (PvSettings) settings = NULL;

    settings_folder_add_enough (folder);
    settings = pv_settings_load_what_is_right (folder);
    assert_string_equal (pv_settings_get_text (settings, PV_SETTING_COMMUNE_NAME), "Montclair");
    tst_remove_folder (folder);
  }
}

static void
there_are_sixty_of_them_and_none_twice (void **state)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    assert_true (g_hash_table_add (seen, (char *) rows[i].files));
  assert_true (G_N_ELEMENTS (rows) >= 60);
  g_printerr ("# broken settings: %zu\n", G_N_ELEMENTS (rows));
}

static void
a_file_that_is_too_large_and_too_many_files_are_named (void **state)
{
  g_autofree char *folder = settings_folder_new ("@10.conf\n#\n");
  g_autofree char *large = g_strnfill (PV_SETTINGS_MAX_FILE_BYTES + 1, '#');
  g_autofree char *expected = NULL;
  g_autoptr (GError) error = NULL, other = NULL;

  (void) state;
  settings_folder_add_enough (folder);
  settings_folder_write (folder, "20.conf", large);
  assert_null (pv_settings_load (folder, &error));
  assert_string_equal (error->message, "20.conf: larger than 1 MB");
  settings_folder_write (folder, "20.conf", "");
  for (guint i = 0; i < PV_SETTINGS_MAX_FILES; i++) {
    g_autofree char *name = g_strdup_printf ("x%03u.conf", i);

    settings_folder_write (folder, name, "");
  }
  assert_null (pv_settings_load (folder, &other));
  expected = g_strdup_printf ("%s: more than %d files", folder, PV_SETTINGS_MAX_FILES);
  assert_string_equal (other->message, expected);
  tst_remove_folder (folder);
}

int
main (void)
{
  static const struct CMUnitTest tests[] = {
    cmocka_unit_test (each_is_named_with_file_line_key_and_a_sentence),
    cmocka_unit_test (beside_each_what_is_right_counts),
    cmocka_unit_test (there_are_sixty_of_them_and_none_twice),
    cmocka_unit_test (a_file_that_is_too_large_and_too_many_files_are_named),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
