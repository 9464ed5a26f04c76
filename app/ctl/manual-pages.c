/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/manual.h"

/* In the order of the alphabet: parvisctl's first, then the other programs. */
static const PvCtlPage pages[] = {
  { "addresses", "the streets that the kiosk completes while they are typed", NULL,
    "FILE is an extract of the Base Adresse Nationale, adresses-NN.csv.gz of a departement. Lines that are wrong "
    "are left out, the first 20 named. The same extract makes the same bytes; the index is put in its place whole, "
    "and a kiosk that runs goes on with the old one.\n\n"
    "A crossing is guessed from the addresses that are nearest to each other: the extract has no lines of streets." },
  { "audit", "the log of what mediators did", NULL,
    "Without FOLDER it is the log of this kiosk's courier. The check says file and line of what was changed, taken "
    "out or put in. Whoever must be sure keeps a copy of audit.head elsewhere.\n\n"
    "\t--certificates FOLDER\nCertificates and roots, as \"parvisctl enrol\" makes them: whose signatures they are "
    "is checked as well." },
  { "card", "the card reader, and the roots that documents are held against", NULL,
    "\"card read\" waits 30 seconds for a card, and tells what is proven and which fields there are.\n\n"
    "\t--can DIGITS|-\nThe six digits on the front; \"-\" takes them from standard input, so that they stand in no "
    "list of processes.\n\n"
    "\t--mrz FILE|-\nThe lines at the bottom of the document instead.\n\n"
    "\t--show\nTells the values, too. They are somebody's personal data.\n\n"
    "\t--photo\nReads the portrait, which is counted and never shown.\n\n"
    "\t--signer SHA256\nOf \"card trust import\": the fingerprint of the root of who signed the list, compared "
    "with what its State publishes." },
  { "check", "what is wrong with settings and files", NULL,
    "Looks at settings, keys, login, master list, hours, everyday words, translated texts, addresses and outbox, "
    "without asking any other machine. What this login may not read is named, and not judged. parvisctl-doctor(1) "
    "looks at the machine as well." },
  { "doctor", "what is wrong with a kiosk, and what to do", NULL,
    "Looks at settings, services, screen, touch, card reader, printer, CUPS, scanner, portal and clock, "
    "assistance, certificates, disk, secrets and lock-down, all at the same time, and tells in plain words what to "
    "do. It changes nothing and ends within 20 seconds, even if nothing answers. As root it sees all. In French "
    "where the machine speaks French.\n\n"
    "CHECK is one of: settings, services, screen, touch, reader, printer, cups, scanner, portal, broker, "
    "certificates, disk, secrets, lock-down, update. Without any, all are made.\n\n"
    "\t--json\nFor a program; README.md of app/ctl describes it.\n\n"
    "\t--slot\nOnly what may be the fault of the image that runs, \"CHECK: SENTENCE\" a line, nothing else: what "
    "confirms "
    "an update asks so. Status 1 if there is any.\n\n"
    "\t--root FOLDER\nLooks at /etc, /usr, /proc and /sys below that folder, as of an image that is not started." },
  { "enrol", "keys and certificates of broker, kiosks, mediators and readers of the fleet", NULL,
    "All files are made for their owner only, all or none, over nothing that is there. ROOT is the folder that "
    "\"enrol root\" made; it stays offline. ROOT/issued keeps each certificate, so that one can be revoked.\n\n"
    "\t--broker HOST[:PORT]\nWhere the mediator's console finds the broker.\n\n"
    "\t--passphrase-file FILE|-\nIts first line is the passphrase of the mediator's key; otherwise it is asked for "
    "twice." },
  { "fleet", "how all kiosks are", NULL,
    "Asks the broker of the fleet what kiosks told it last: which there are, of which release, what is wrong, and "
    "since "
    "when; the worst first. One that did not say goodbye is cut off; one that is connected and was not heard for 35 "
    "minutes is silent. Nothing of a citizen is there. It needs no settings: FOLDER is what \"enrol reader\" made, "
    "with reader.pem, reader.key and brokers.pem; the port is 8886 unless it is said. In French where the machine "
    "speaks French. KIOSK: only those, 16 digits each.\n\n"
    "The exit status is 0 if nothing is wrong, 1 if something is, 2 if the broker could not be read.\n\n"
    "\t--json\nFor a program; README.md of app/ctl describes it.\n\n"
    "\t--metrics\nFor Prometheus: what each kiosk's own file of metrics says, of all of them; kiosk-config/fleet says "
    "how it is "
    "read.\n\n"
    "\t--usage\nAlso how often each procedure was filed on each day; few are told as \"< N\", like none.\n\n"
    "\t--seconds N\nHow long to wait for the broker at most, 1 to 300; otherwise 20. It ends earlier, once nothing "
    "more comes." },
  { "keygen", "pairs of keys", NULL,
    "The pair outbox is the kiosk's: filings are sealed to it. The pair commune is the commune's: what an agent "
    "exports is sealed to it, and its private half stays on the agent's computer. The pair receipt signs receipts. "
    "No file that is there is written over." },
  { "logs", "what the journal has of Parvis", NULL,
    "Only lines of Parvis' own units, at most 2000, oldest first. They are events with words and numbers; nothing "
    "of a citizen is ever logged.\n\n"
    "\t--since WHEN\nHow far back: 30min, 2h, 3d, today, yesterday, 2026-12-01 or 2026-12-01T14:30." },
  { "maintenance", "a notice on the screen of a kiosk", NULL,
    "Shows that the kiosk is being serviced, when to come back, where else to go and the telephone number of the "
    "town hall, in all languages of the kiosk. Whoever is using it is not disturbed: the notice comes between two "
    "citizens. It is a file beside the settings, so a restart does not end it.\n\n"
    "\t--until HH:MM\nOf today, or of tomorrow if it is past, in the commune's time; or a day and a time. The "
    "notice then ends by itself." },
  { "outbox", "filings that wait at the kiosk", NULL,
    "Filings are sealed on the disk. An export is opened in memory and sealed to the key of the commune; nothing "
    "in clear touches the disk of the kiosk. What was exported is the agent's, and the kiosk does not send it any "
    "more.\n\n"
    "\t--all\nWhat needs an agent: refused, unknown, or older than a day.\n\n"
    "\t--key FILE\nThe private key that opens; otherwise the one that the settings name." },
  { "portal", "which forms of the portal work at the kiosk", NULL,
    "Asks the portal that the settings name for its list and each form, and judges each: whether it is asked here "
    "or carried on by phone, with every reason, and the line to add to the settings.\n\n"
    "\t--format text|html|json\nHow it is written; text is the usual.\n\n"
    "\t--output FILE\nWhere; an older one is replaced.\n\n"
    "\t--template FILE\nA file of settings with a group for each form, all commented out; never over one that is "
    "there." },
  { "printer", "the kiosk's printer", NULL,
    "\"printer status\" and \"printer test\" ask the printer of the settings and no other. \"printer list\" is the "
    "only place of Parvis where printers are looked for; it takes four seconds.\n\n"
    "\t--csv\nOf \"printer pages\": a table for a spreadsheet.\n\n"
    "\t--cups FOLDER\nOf \"printer check\": settings of CUPS elsewhere than in /etc/cups." },
  { "privacy", "papers about personal data", NULL,
    "Prints a paper in French (Markdown) with this commune's settings: what is switched off is not said, and what only "
    "the commune knows "
    "is left open in brackets. They are drafts, to be read, completed and signed.\n\n"
    "table: every datum, where it is, for how long, who can read it, how it goes. record: GDPR, article 30. dpia: "
    "article 35. notice, "
    "notice-screen, notice-facile: article 13, for a wall, a screen, and easy to read. clauses: article 28, for who "
    "runs relay and "
    "broker. stolen: what to do when a kiosk is stolen. patterns: for tests, the files and the fields of the log that "
    "the table "
    "names." },
  { "receipt", "whether a receipt is genuine", NULL,
    "CODE is the text of the code at the end of a receipt, typed or from a scanner. It is held against the keys of "
    "the settings.\n\n"
    "\t--key FILE\nA public key instead of those; may be given several times." },
  { "service-key", "sticks that open the service screen", NULL,
    "A stick bears a text that is signed with the pair \"parvisctl keygen service\" makes; the kiosk trusts it by "
    "[service] keys. It has no file system: the text stands in its first bytes, and behind it a kiosk writes a file "
    "for "
    "support. With it goes a PIN of eight digits, five wrong ones lock the screen for a quarter of an hour.\n\n"
    "\t--scope SCOPE\nplatform, the INSEE code of a commune, or CODE/NAME for the kiosk whose [service] kiosk is "
    "NAME.\n\n"
    "\t--serial N\nThe number of this stick; one that is lost is named in [service] revoked.\n\n"
    "\t--expires YYYY-MM-DD\nThe last day on which it opens, at most 400 days from now.\n\n"
    "\t--pin-file FILE|-\nIts first line is the PIN; otherwise one is drawn and told once.\n\n"
    "\t--erase\nWrites onto a device. Everything that was on it is lost.\n\n"
    "A kiosk lets no stick in but those that lockdown/enrol-service-key has let in." },
  { "settings", "the settings that are in force", NULL,
    "\"settings show\" tells each setting with the layer, file and line that says so. Settings are files *.conf in "
    "folders, read in the order of their names; a later value replaces an earlier one, unless it is locked. "
    "\"settings check\" names each slip. A platform signs the settings of many kiosks with \"settings sign\"; each "
    "kiosk fetches them with \"settings pull\".\n\n"
    "\t--scope platform|COMMUNE\nOf a bundle: for all kiosks, or for those of a commune, by its INSEE code.\n\n"
    "\t--key FILE\nThe private key that \"parvisctl keygen settings\" made.\n\n"
    "\t--serial N\nGrows with each bundle: an older one is not taken.\n\n"
    "\t--expires YYYY-MM-DD\nFrom then on it is not taken any more.\n\n"
    "\t--output FILE\nWhere the bundle is written." },
  { "status", "what runs on a kiosk, in one screen", NULL,
    "Version, the units of systemd, sessions, the outbox, when the portal last answered, the printer. It does not "
    "judge: parvisctl-doctor(1) does.\n\n"
    "\t--json\nFor a program: version (1), parvis, units, sessions, outbox, portal_answered, printer." },
  { "support-bundle", "what somebody who helps from afar needs", NULL,
    "Makes a file of text files: version, the settings in force, what doctor and status say, unit states, the log "
    "of two days, packages. Only what is on a list goes in, of settings that a person may have written only that "
    "they are set, of secrets only their files' names; then whatever looks like an address, a telephone number, a "
    "number of a person or an account, or a reference, is replaced by \"(withheld)\". FILE is made for its owner "
    "only, and never over one that is there." },
  { "texts", "texts of the portal that no file translates", NULL,
    "Reads what the portal says, or SLUG.json of a folder, and holds it against the files of translated texts.\n\n"
    "\t--language LANGUAGE\nOnly this one.\n\n"
    "\t--schemas FOLDER\nFiles SLUG.json instead of asking the portal.\n\n"
    "\t--json\nFor a program." },
  { "update", "newer images of a kiosk that is one", NULL,
    "What the scripts of the image ask, each night and at each start; FOLDER is where they keep what they know, "
    "/var/lib/parvis-update. A newer image comes from the web server of [update] url, or from the hawkBit of "
    "[update] hawkbit-url; either way it has to be signed by a key of this image.\n\n"
    "due: whether it is the hour. fetch: prints an address for systemd-sysupdate, or nothing. tell: what hawkBit is "
    "told in the end. confirm: the release of this program has proved itself." },

  { "parvis", "supervisor of a kiosk", "parvis [--config DIR] [--session-program PATH]",
    "Shows one session, keeps the next one warm and hidden, watches the shown one, and tells the printer service "
    "when a session has ended. The compositor starts it. It has no window, no network and no personal data.\n\n"
    "\t--config DIR\nFolder of the settings.\n\n"
    "\t--session-program PATH\nInstead of the installed parvis-session." },
  { "parvis-courier", "carries filings between the kiosk and the portal", "parvis-courier [--config DIR] [--renew]",
    "A service: keeps what the portal offers on the disk, so that screens need no network, and filings, sealed, "
    "until the portal has them. SIGTERM ends it once no attempt is under way.\n\n"
    "\t--config DIR\nFolder of the settings.\n\n"
    "\t--renew\nEnds when the settings have changed, nobody is at the kiosk and nothing is under way: for who starts "
    "it "
    "again, as its unit does." },
  { "parvis-demo", "the portal of a commune that does not exist", "parvis-demo --state DIR [OPTION...]",
    "Lets everything be tried without a town hall: the portal of the fictional commune of Montclair, and a "
    "stand-in for the relay in front of it, on 127.0.0.1 only. \"parvis-demo --help\" names all options.\n\n"
    "\t--state DIR\nFolder of what was filed.\n\n"
    "\t--ports-file FILE\nWritten once everything listens.\n\n"
    "\t--dump-newest\nPrints the newest filing as JSON and ends." },
  { "parvis-mediator", "the console of a mediator", "parvis-mediator [--config FILE] [--passphrase-file FILE]",
    "A mediator sees who waits, joins with the digits that the citizen told, shows, explains and proposes.\n\n"
    "\t--config FILE\nmediator.conf of the folder that \"parvisctl enrol mediator\" made.\n\n"
    "\t--passphrase-file FILE\nIts first line opens the mediator's key.\n\n"
    "\t--present WORD\nPresence after signing in: free, busy, on-site, off." },
  { "parvis-printer", "owns the printer of a kiosk", "parvis-printer [--config DIR] [--renew]",
    "A service: prints for one session at a time, and sees to it that nothing of a session is left at the printer "
    "when the next one comes.\n\n"
    "\t--config DIR\nFolder of the settings.\n\n"
    "\t--renew\nEnds when the settings have changed, nobody is at the kiosk and nothing is under way: for who starts "
    "it "
    "again, as its unit does." },
  { "parvis-setup", "the first start of a kiosk", "parvis-setup [--config DIR] [--supervisor-fd FD] [--session-id HEX]",
    "The assistant for whoever puts a kiosk up, on its own screen: network, portal or relay, commune, printer, screen, "
    "touch, "
    "sound and card reader, each step proved before the next. parvis(1) shows it instead of sessions while there are "
    "no "
    "settings and no first start was finished. What it may not do itself parvis-provision does.\n\n"
    "\t--config DIR\nFolder of the settings.\n\n"
    "\t--supervisor-fd FD\nThe socket of the supervisor.\n\n"
    "\t--session-id HEX\nNot used." },
  { "parvis-service", "the service screen of a kiosk",
    "parvis-service [--config DIR] [--supervisor-fd FD] "
    "[--session-id HEX]",
    "For whoever looks after the kiosk: what is wrong and what to do, paper, tests of the devices, closing, restart, a "
    "file "
    "for support. parvis(1) starts it when a key is plugged in that parvisctl-service-key(1) made and this kiosk "
    "trusts, and "
    "when no session lives; it asks for the PIN of that key. What it may not do itself parvis-door does.\n\n"
    "\t--config DIR\nFolder of the settings.\n\n"
    "\t--supervisor-fd FD\nThe socket of the supervisor.\n\n"
    "\t--session-id HEX\nIts name at the printer service." },
  { "parvis-session", "one citizen at a kiosk", "parvis-session [--config DIR] [--supervisor-fd FD] [--session-id HEX]",
    "Lives from the welcome screen to goodbye. parvis(1) starts it; without a supervisor it runs alone, for "
    "development.\n\n"
    "\t--config DIR\nFolder of the settings.\n\n"
    "\t--supervisor-fd FD\nThe socket of the supervisor.\n\n"
    "\t--session-id HEX\nIts name at the printer service." },
};

const PvCtlPage *
pv_ctl_pages_get (gsize *ret_n_pages)
{
  *ret_n_pages = G_N_ELEMENTS (pages);
  return pages;
}
