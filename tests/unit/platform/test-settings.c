/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "platform/settings.h"

#include <glib/gstdio.h>
#include <string.h>

#include "core/narrator.h"
#include "platform/settings-keypad.h"
#include "platform/settings-table.h"

#include "tst.h"

#define ENOUGH "[commune]\nname=Montclair\n[portal]\nurl=http://127.0.0.1:8080\n"

static char *folder;

static int
set_up (void **state)
{
  (void) state;
  folder = g_dir_make_tmp ("pv-settings-XXXXXX", NULL);
  return 0;
}

static int
tear_down (void **state)
{
  (void) state;
  tst_remove_folder (folder);
  g_clear_pointer (&folder, g_free);
  return 0;
}

static void
write_file (const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  assert_true (g_file_set_contents (path, text, -1, NULL));
}

static PvSettings *
load (void)
{
  g_autoptr (GError) error = NULL;
  PvSettings *settings = pv_settings_load (folder, &error);

  if (settings == NULL)
    fail_msg ("%s", error->message);
  return settings;
}

static void
has_a_default_for_all_but_two (void **state)
{
  g_autoptr (PvSettings) settings = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *languages = NULL;

  (void) state;
  assert_null (pv_settings_load (folder, &error));
  assert_string_equal (error->message, "[commune] name: is missing\n[portal] url: is missing");
  write_file ("10.conf", ENOUGH);
  settings = load ();
  languages = g_strjoinv (" ", (char **) pv_settings_get_list (settings, PV_SETTING_COMMUNE_LANGUAGES));
  assert_string_equal (languages, "fr en");
  assert_string_equal (pv_settings_get_text (settings, PV_SETTING_COMMUNE_PRIMARY), "#1F4FA3");
  assert_string_equal (pv_settings_get_text (settings, PV_SETTING_PATHS_RUNTIME), "/run/parvis");
  assert_string_equal (pv_settings_get_text (settings, PV_SETTING_PORTAL_MODE), "relay");
  assert_int_equal (pv_settings_get_int (settings, PV_SETTING_SCREEN_IDLE_SECONDS), 90);
  assert_int_equal (pv_settings_get_int (settings, PV_SETTING_SCREEN_REACH_MM), 1220);
  assert_int_equal (pv_settings_get_int (settings, PV_SETTING_SPEECH_VOLUME), PV_SPEECH_USUAL_VOLUME);
  assert_true (pv_settings_get_bool (settings, PV_SETTING_PRINTER_ENABLED));
  assert_false (pv_settings_get_bool (settings, PV_SETTING_ACCESSIBILITY_BUS));
  assert_true (pv_settings_get_bool (settings, PV_SETTING_CARD_ENABLED));
  assert_string_equal (pv_settings_get_text (settings, PV_SETTING_CARD_READER), "auto");
  assert_null (pv_settings_get_text (settings, PV_SETTING_CARD_MASTER_LIST));
  assert_null (pv_settings_get_text (settings, PV_SETTING_CONTACT_PHONE));
  assert_null (pv_settings_find_procedure (settings, "acte-naissance"));
}

static void
later_files_win_and_others_are_not_read (void **state)
{
  g_autoptr (PvSettings) settings = NULL;
  g_autofree char *description = NULL;

  (void) state;
  write_file ("20-local.conf", "# ours\n[commune]\nplace=Hall\n");
  write_file ("10-commune.conf", ENOUGH "[commune]\nplace=Mairie\ngreeting=Bonjour\n");
  write_file ("30.conf.bak", "[nonsense");
  write_file (".40.conf", "[nonsense");
  settings = load ();
  assert_string_equal (pv_settings_get_text (settings, PV_SETTING_COMMUNE_NAME), "Montclair");
  assert_string_equal (pv_settings_get_text (settings, PV_SETTING_COMMUNE_PLACE), "Hall");
  assert_string_equal (pv_settings_get_text (settings, PV_SETTING_COMMUNE_GREETING), "Bonjour");
  description = pv_settings_describe (settings);
  assert_non_null (strstr (description, "[commune] place = Hall  # 20-local.conf:"));
  assert_non_null (strstr (description, "[commune] greeting = Bonjour  # 10-commune.conf:"));
  assert_non_null (strstr (description, "[portal] mode = relay  # default\n"));
}

/* One author for a platform, and what a commune changes of it. */
static void
a_list_goes_on_with_what_was_inherited (void **state)
{
  static const char platform[] =
    "[portal]\nsources=rdv=agenda:mairie/cni;ecoles=cards:ecoles;\ncategories=papiers=papiers;\n"
    "[procedure acte]\nkeywords=acte;naissance;\nsilence=refuse\ndelay-months=2\nservice=État civil\n"
    "identity=nom:surname;\n";
  static const char commune[] =
    "[commune]\nlanguages=...;de;\n[portal]\nsources=...; ecoles=cards:ecoles;rdv=agenda:annexe/cni;\n"
    "categories=loisirs=sports-culture;\n"
    "[procedure acte]\nkeywords=...;livret;\nphone=01 99 00 00 00\nservice=Mairie "
    "annexe\nidentity=...;prenom:given-names;\n";
  g_autoptr (PvSettings) settings = NULL;
  g_autofree char *sources = NULL, *categories = NULL, *languages = NULL, *keywords = NULL, *description = NULL;
  const PvProcedureSettings *acte;

  (void) state;
  write_file ("05.conf", ENOUGH);
  write_file ("10-platform.conf", platform);
  write_file ("50-commune.conf", commune);
  settings = load ();
  /* Of a key that is there twice the last counts (portal/configured.h); a word is there once. */
  sources = g_strjoinv (" ", (char **) pv_settings_get_list (settings, PV_SETTING_PORTAL_SOURCES));
  assert_string_equal (sources, "rdv=agenda:mairie/cni ecoles=cards:ecoles rdv=agenda:annexe/cni");
  categories = g_strjoinv (" ", (char **) pv_settings_get_list (settings, PV_SETTING_PORTAL_CATEGORIES));
  assert_string_equal (categories, "loisirs=sports-culture");
  languages = g_strjoinv (" ", (char **) pv_settings_get_list (settings, PV_SETTING_COMMUNE_LANGUAGES));
  assert_string_equal (languages, "fr en de"); /* of the default */
  acte = pv_settings_find_procedure (settings, "acte");
  keywords = g_strjoinv (" ", acte->keywords);
  assert_string_equal (keywords, "acte naissance livret");
  assert_string_equal (acte->identity[1], "prenom:given-names");
  /* Key by key: what the commune does not say stays. */
  assert_int_equal (acte->facts.silence, PV_SILENCE_REFUSE);
  assert_int_equal (acte->facts.delay_months, 2);
  assert_string_equal (acte->facts.service, "Mairie annexe");
  assert_string_equal (acte->facts.phone, "01 99 00 00 00");
  description = pv_settings_describe (settings);
  assert_non_null (strstr (description, "[portal] categories = loisirs=sports-culture;  # 50-commune.conf:5\n"));
  assert_non_null (strstr (description, "rdv=agenda:annexe/cni  # 10-platform.conf:2, 50-commune.conf:4\n"));
  assert_non_null (strstr (description, "[procedure acte] silence = refuse  # 10-platform.conf:6\n"));
  assert_non_null (strstr (description, "[procedure acte] service = Mairie annexe  # 50-commune.conf:9\n"));
}

static void
what_is_inherited_is_said_first_and_has_the_same_limits (void **state)
{
  static const struct {
    const char *line, *words;
  } rows[] = {
    { "sources=a=b;...;", "is the first word" },
    { "sources=...;...;", "is the first word" },
  };
  g_autoptr (GString) many = g_string_new ("[procedure acte]\nkeywords=...;");
  g_autoptr (GError) error = NULL;
  g_autoptr (PvSettings) nothing = NULL;

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *text = g_strdup_printf (ENOUGH "%s\n", rows[i].line);
    g_autoptr (GError) wrong = NULL;

    write_file ("10.conf", text);
    assert_null (pv_settings_load (folder, &wrong));
    assert_non_null (strstr (wrong->message, rows[i].words));
  }
  /* Nothing before it, and nothing behind. */
  write_file ("10.conf", ENOUGH "sources=...;\n");
  nothing = load ();
  assert_null (pv_settings_get_list (nothing, PV_SETTING_PORTAL_SOURCES)[0]);
  write_file ("20.conf", "[procedure acte]\nkeywords=zéro;\n");
  for (guint i = 0; i < 40; i++)
    g_string_append_printf (many, "mot%u;", i);
  write_file ("30.conf", many->str);
  assert_null (pv_settings_load (folder, &error));
  assert_non_null (strstr (error->message, "30.conf:2: [procedure acte] keywords: at most 40 words"));
}

static void
names_file_line_group_and_key_of_every_error (void **state)
{
  g_autoptr (GError) error = NULL;

  (void) state;
  write_file ("10.conf", "[commune]\nname=Montclair\nprimary=#FFD400\nname[fr]=Montclair\n[portal]\nurl=http://x.fr\n"
                         "[spying]\non=true\n");
  write_file ("20.conf", "[screen]\nidle-seconds=5\nwarn-secs=60\n[procedure acte]\nsilence=accept\n"
                         "[procedure Acte!]\ncost=0\n[procedure sport]\nidentity=nom:shoe-size;\n");
  write_file ("30.conf", "no group\n");
  assert_null (pv_settings_load (folder, &error));
  assert_true (g_error_matches (error, PV_SETTINGS_ERROR, PV_SETTINGS_ERROR_BAD));
  assert_string_equal (
    error->message,
    "10.conf:3: [commune] primary: too light: the contrast with white is 1.43, and must be 4.5 or more\n"
    "10.conf:4: [commune] name[fr]: unknown key\n"
    "10.conf:6: [portal] url: expected an https address without user, ? and # (http only for this machine)\n"
    "10.conf:7: [spying] unknown group\n"
    "20.conf:2: [screen] idle-seconds: expected a whole number from 30 to 900\n"
    "20.conf:3: [screen] warn-secs: unknown key\n"
    "20.conf:6: [procedure Acte!] expected [procedure SLUG], as in the address of the form\n"
    "20.conf:9: [procedure sport] identity: expected questions and what of a document answers them, like "
    "demandeur_nom:surname;\n"
    "30.conf:1: expected [group], key=value below a group, or # comment\n"
    "20.conf:5: [procedure acte] silence: needs delay-months or delay-days");
}

static void
assistance_is_off_and_once_on_needs_all_of_its_files (void **state)
{
  g_autoptr (PvSettings) settings = NULL;
  g_autoptr (GError) error = NULL;

  (void) state;
  write_file ("10.conf", ENOUGH);
  settings = load ();
  assert_false (pv_settings_get_bool (settings, PV_SETTING_ASSIST_ENABLED));
  assert_int_equal (pv_settings_get_int (settings, PV_SETTING_ASSIST_BROKER_PORT), 8883);
  assert_int_equal (pv_settings_get_int (settings, PV_SETTING_ASSIST_ANSWER_MINUTES), 0);
  assert_int_equal (pv_settings_get_int (settings, PV_SETTING_ASSIST_AUDIT_DAYS), 180);
  assert_false (pv_settings_get_bool (settings, PV_SETTING_ASSIST_HERE));
  assert_null (pv_settings_get_text (settings, PV_SETTING_ASSIST_HOURS));
  assert_null (pv_settings_get_text (settings, PV_SETTING_ASSIST_MEDIATORS_PHONE));
  assert_null (pv_settings_get_text (settings, PV_SETTING_ASSIST_ROOM_PHONE));
  assert_null (pv_settings_get_list (settings, PV_SETTING_ASSIST_CLEAR_NAMES));
  write_file ("20.conf", "[assist]\nenabled=true\nbroker-host=broker.example\nca-file=/a\nroots=AAAA;\n");
  assert_null (pv_settings_load (folder, &error));
  assert_string_equal (error->message, "[assist] certificate-file: is missing, and enabled=true needs it\n"
                                       "[assist] client-cert-file: is missing, and enabled=true needs it\n"
                                       "[assist] client-key-file: is missing, and enabled=true needs it\n"
                                       "[assist] key-file: is missing, and enabled=true needs it");
}

static void
accepts_and_refuses_values_of_each_kind (void **state)
{
  static const struct {
    const char *line; /* group, blank, key=value */
    gboolean is_accepted;
  } cases[] = {
    { "commune primary=#1F4FA3", TRUE },
    { "commune primary=#767676", TRUE },
    { "commune primary=#777777", FALSE },
    { "commune accent=blue", FALSE },
    { "commune accent=#ffffff", FALSE },
    { "commune timezone=Indian/Reunion", TRUE },
    { "commune timezone=Paris", FALSE },
    { "commune languages=fr;ar;", TRUE },
    { "commune languages=fr", TRUE },
    { "commune languages=;", FALSE },
    { "commune languages=français", FALSE },
    { "commune emblem=/etc/parvis/emblem.svg", TRUE },
    { "commune emblem=$SETTINGS_DIRECTORY/emblem.svg", TRUE },
    { "commune emblem=emblem.svg", FALSE },
    { "commune place=", FALSE },
    { "commune place=a\\tb", FALSE },
    { "assist hours=mon-fri 09:00-12:00 13:30-17:00; sat 09:00-12:00", TRUE },
    { "assist hours=du lundi au vendredi", FALSE },
    { "opening hours=mon-fri 09:00-12:00 13:30-17:00; sat 09:00-12:00", TRUE },
    { "opening hours=toujours", FALSE },
    { "opening days=2026-12-24 09:00-12:00;2026-12-25 closed;2026-08-03/2026-08-14 closed;", TRUE },
    { "opening days=25/12/2026 closed;", FALSE },
    { "opening days=2026-12-25 closed;2026-12-20/2026-12-31 closed;", FALSE },
    { "opening holidays=alsace", TRUE },
    { "opening holidays=bretagne", FALSE },
    { "opening restart=04:30", TRUE },
    { "opening restart=24:00", FALSE },
    { "opening restart=4:30", FALSE },
    { "opening restart=04:3x", FALSE },
    { "opening warn-minutes=0", FALSE },
    { "opening dark-minutes=0", TRUE },
    { "contact hours=du lundi au vendredi\\n9 h - 17 h", TRUE },
    { "contact email=mairie@montclair.example", TRUE },
    { "contact email=mairie", FALSE },
    { "contact email=a b@c.example", FALSE },
    { "contact email=@c.example", FALSE },
    { "portal url=https://demarches.montclair.example/", FALSE }, /* relay over https: needs a certificate */
    { "portal url=https://user@montclair.example", FALSE },
    { "portal url=https://montclair.example/?a", FALSE },
    { "portal url=ftp://127.0.0.1", FALSE },
    { "portal url=http://localhost:80/portal", TRUE },
    { "portal url=http://[::1]:80", TRUE },
    { "portal mode=direct", FALSE }, /* needs a key */
    { "portal mode=Relay", FALSE },
    { "portal driver=other", FALSE },
    { "portal proxy=http://proxy.montclair.example:3128", TRUE },
    { "portal proxy=http://proxy.montclair.example", FALSE },
    { "portal proxy=socks5://proxy.montclair.example:1080", FALSE },
    { "printer uri=ipp://127.0.0.1:8631/ipp/print", TRUE },
    { "printer uri=ipps://printer.montclair.example/ipp/print", TRUE },
    { "printer uri=socket://printer", FALSE },
    { "printer uri=file:///dev/usb/lp0", FALSE },
    { "printer certificate=00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:"
      "00:11:22:33:44:55:66:77:88:99:aa:bb:cc:dd:ee:ff",
      TRUE },
    { "printer certificate=00112233445566778899aabbccddeeff", FALSE },
    { "printer certificate=/etc/parvis/printer.pem", FALSE },
    { "printer uri=ipp://127.0.0.1/ipp/print\ncertificate="
      "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
      FALSE }, /* needs ipps */
    { "printer uri=ipps://127.0.0.1/ipp/print\ncertificate="
      "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
      TRUE },
    { "printer media=a4", TRUE },
    { "printer media=A4", FALSE },
    { "printer media=roll-58mm", TRUE },
    { "printer media=roll-112mm", TRUE },
    { "printer media=a5", TRUE },
    { "printer media=roll-57mm", FALSE },
    { "printer enabled=yes", FALSE },
    { "printer enabled=false", TRUE },
    { "screen idle-seconds=30", TRUE },
    { "screen idle-seconds=901", FALSE },
    { "screen idle-seconds=90s", FALSE },
    { "screen idle-seconds=-90", FALSE },
    { "screen idle-seconds=99999999999999999999", FALSE },
    { "assist answer-minutes=60", TRUE },
    { "assist answer-minutes=61", FALSE },
    { "assist audit-days=29", FALSE },
    { "assist audit-days=30", TRUE },
    { "assist audit-days=366", TRUE },
    { "assist audit-days=367", FALSE },
    { "assist clear-names=association_nom;motif", TRUE },
    { "assist clear-names=", FALSE },
    { "assist here=true", TRUE },
    { "assist here=oui", FALSE },
    { "assist revoked=0123456789abcdef;628f191a891026c6;", TRUE },
    { "assist revoked=0123456789abcdef;628f191a891026c;", FALSE },
    { "assist revoked=0123456789ABCDEF", FALSE },
    { "assist room-phone=01234567890123456789012345678901", TRUE },
    { "assist room-phone=012345678901234567890123456789012", FALSE },
    { "outbox public-key-file=$CREDENTIALS_DIRECTORY/outbox.pub", TRUE },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (GStrv) parts = g_strsplit (cases[i].line, " ", 2);
    g_autofree char *text = g_strdup_printf ("[%s]\n%s\n", parts[0], parts[1]);
    g_autoptr (GError) error = NULL;
    g_autoptr (PvSettings) settings = NULL;

    write_file ("10.conf", ENOUGH);
    write_file ("20.conf", text);
    settings = pv_settings_load (folder, &error);
    if ((settings != NULL) != cases[i].is_accepted)
      fail_msg ("%s: %s", cases[i].line, error != NULL ? error->message : "accepted");
  }
}

/* A code that leads nowhere would be shown. */
static void
phones_leave_documents_at_a_relay_only (void **state)
{
  g_autoptr (GError) error = NULL;

  (void) state;
  write_file ("10.conf", ENOUGH "[portal]\nmode=direct\norigin=borne\naccess-key-file=/key\n"
                                "[documents]\ndrop-url=https://relais.montclair.example/d\n");
  assert_null (pv_settings_load (folder, &error));
  assert_string_equal (error->message,
                       "10.conf:10: [documents] drop-url: needs a relay, and the portal is reached with "
                       "mode=direct");
  write_file ("10.conf", ENOUGH "[documents]\ndrop-url=https://relais.montclair.example/d\n");
  pv_settings_free (load ());
}

static void
paths_may_begin_with_the_settings_folder (void **state)
{
  g_autoptr (PvSettings) settings = NULL;
  g_autofree char *expected = g_build_filename (folder, "emblem.svg", NULL);

  (void) state;
  write_file ("10.conf", ENOUGH "[commune]\nemblem=$SETTINGS_DIRECTORY/emblem.svg\n");
  settings = load ();
  assert_string_equal (pv_settings_get_text (settings, PV_SETTING_COMMUNE_EMBLEM), expected);
}

static void
a_final_slash_of_the_portal_is_dropped (void **state)
{
  g_autoptr (PvSettings) settings = NULL;

  (void) state;
  write_file ("10.conf", ENOUGH "[portal]\nurl=https://portail.example/a//\nmode=direct\norigin=borne\n"
                                "access-key-file=$CREDENTIALS_DIRECTORY/key\n");
  settings = load ();
  assert_string_equal (pv_settings_get_text (settings, PV_SETTING_PORTAL_URL), "https://portail.example/a");
}

static void
procedures_are_put_together_from_all_files (void **state)
{
  g_autoptr (PvSettings) settings = NULL;
  const PvProcedureSettings *acte, *autre;
  g_auto (GStrv) slugs = NULL;
  g_autofree char *joined = NULL;

  (void) state;
  write_file ("10.conf", ENOUGH "[procedure sport]\nsilence=not-a-request\n"
                                "[procedure acte-naissance]\ncategory=papiers\nbring=Rien\ncost=Gratuit\n"
                                "keywords=naissance; état civil ;acte\nduration-minutes=5\nsilence=refuse\n"
                                "identity=nom:surname;gens/nom:surname if form_var_lien == \"moi\";\n"
                                "delay-months=1\nappeal=Deux mois\\npour le tribunal\nservice=État civil\n");
  write_file (
    "20.conf",
    "[procedure acte-naissance]\ndelay-months=2\nallow-decline=false\ndocuments-later=true\nphone=01 99 00 12 34\n");
  settings = load ();
  acte = pv_settings_find_procedure (settings, "acte-naissance");
  autre = pv_settings_find_procedure (settings, "sport");
  assert_non_null (acte);
  assert_string_equal (acte->category, "papiers");
  assert_string_equal (acte->bring, "Rien");
  assert_string_equal (acte->cost, "Gratuit");
  assert_string_equal (acte->keywords[1], "état civil");
  assert_string_equal (acte->identity[0], "nom:surname");
  assert_string_equal (acte->identity[1], "gens/nom:surname if form_var_lien == \"moi\"");
  assert_null (autre->identity);
  assert_int_equal (acte->duration_minutes, 5);
  assert_int_equal (acte->facts.silence, PV_SILENCE_REFUSE);
  assert_int_equal (acte->facts.delay_months, 2);
  assert_string_equal (acte->facts.appeal, "Deux mois\npour le tribunal");
  assert_string_equal (acte->facts.service, "État civil");
  assert_string_equal (acte->facts.phone, "01 99 00 12 34");
  assert_null (acte->facts.email);
  assert_false (acte->is_declinable);
  assert_true (autre->is_declinable);
  assert_true (acte->takes_documents_later);
  assert_false (autre->takes_documents_later);
  assert_int_equal (autre->facts.silence, PV_SILENCE_NOT_A_REQUEST);
  slugs = pv_settings_list_procedures (settings);
  joined = g_strjoinv (" ", slugs);
  assert_string_equal (joined, "acte-naissance sport");
}

static void
a_form_of_another_site_is_read (void **state)
{
  g_autoptr (PvSettings) settings = NULL;
  const PvHandoverSettings *handover;
  g_auto (GStrv) slugs = NULL;

  (void) state;
  write_file ("10.conf", ENOUGH "[handover bourse]\ntitle=Bourse\ndemarche=104242\npath=bourse-jeunes\n"
                                "fields=Votre nom:identite_nom:text;Jours:champ_a:choices:Lundi|Mardi;\n");
  write_file ("20.conf", "[handover bourse]\ncategory=famille-ecole\nkeywords=bourse;aide;\n");
  settings = load ();
  handover = pv_settings_find_handover (settings, "bourse");
  assert_non_null (handover);
  assert_string_equal (handover->title, "Bourse");
  assert_int_equal (handover->number, 104242);
  assert_string_equal (handover->path, "bourse-jeunes");
  assert_string_equal (handover->url, "https://demarche.numerique.gouv.fr");
  assert_string_equal (handover->category, "famille-ecole");
  assert_string_equal (handover->fields[1], "Jours:champ_a:choices:Lundi|Mardi");
  assert_string_equal (handover->keywords[1], "aide");
  assert_null (handover->bring);
  assert_null (pv_settings_find_handover (settings, "autre"));
  slugs = pv_settings_list_handovers (settings);
  assert_string_equal (slugs[0], "bourse");
  assert_null (slugs[1]);
}

static void
what_is_wrong_with_a_form_of_another_site_is_told (void **state)
{
  g_autoptr (GError) error = NULL;

  (void) state;
  write_file ("10.conf", ENOUGH "[handover Bourse!]\ntitle=Bourse\n[handover bourse]\ntitle=Bourse\npath=x\n"
                                "demarche=none\nfields=Votre nom;\nurl=http://x.example\n");
  assert_null (pv_settings_load (folder, &error));
  assert_non_null (strstr (error->message, "[handover Bourse!] expected [handover SLUG], a name of your own"));
  assert_non_null (strstr (error->message, "[handover bourse] demarche: expected a whole number"));
  assert_non_null (strstr (error->message, "[handover bourse] fields: expected questions like"));
  assert_non_null (strstr (error->message, "[handover bourse] url: "));
}

enum { N_ROWS = (guint) PV_N_SETTINGS + (guint) PV_N_PROCEDURE_KEYS + (guint) PV_N_HANDOVER_KEYS };

static const PvSettingRow *
get_row (guint index)
{
  if (index < PV_N_SETTINGS)
    return &pv_setting_rows[index];
  index -= PV_N_SETTINGS;
  return index < PV_N_PROCEDURE_KEYS ? &pv_procedure_rows[index] : &pv_handover_rows[index - PV_N_PROCEDURE_KEYS];
}

/* What the administrator copies from must not fall behind the table. */
static void
the_example_is_valid_and_names_every_setting (void **state)
{
  static const char example[] = PV_TEST_CONFIG_DIR "/example.conf.d";
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (PvSettings) settings = pv_settings_load (example, &error);

  (void) state;
  if (settings == NULL)
    fail_msg ("%s", error->message);
  assert_true (g_file_get_contents (PV_TEST_CONFIG_DIR "/example.conf.d/10-commune.conf", &text, NULL, NULL));
  for (guint i = 0; i < N_ROWS; i++) {
    const PvSettingRow *row = get_row (i);
    g_autofree char *head = g_strdup_printf ("\n[%s", row->group);
    g_autofree char *line = g_strdup_printf ("\n%s=", row->key);
    g_autofree char *off = g_strdup_printf ("\n#%s=", row->key);
    const char *group = strstr (text, head);
    const char *end = group != NULL ? strstr (group + 1, "\n[") : NULL;
    g_autofree char *part = g_strndup (group, end != NULL ? (gsize) (end - group) : strlen (group));

    if (strstr (part, line) == NULL && strstr (part, off) == NULL)
      fail_msg ("[%s] %s is not in the example", row->group, row->key);
  }
}

static void
appointments_are_procedures_of_their_own (void **state)
{
  g_autoptr (PvSettings) settings = NULL;
  const PvProcedureSettings *aide;
  g_auto (GStrv) slugs = NULL, forms = NULL;

  (void) state;
  write_file ("10.conf", ENOUGH "[procedure sport]\nsilence=not-a-request\nplace=Gymnase\n"
                                "[appointment aide]\ntitle=Un médiateur\nsource=agenda:mediateur/aide\n"
                                "fields=name;phone;\nplace=Espace numérique\nphone=01 99 00 12 34\n");
  settings = load ();
  aide = pv_settings_find_procedure (settings, "aide");
  assert_true (aide->is_appointment);
  assert_string_equal (aide->title, "Un médiateur");
  assert_string_equal (aide->source, "agenda:mediateur/aide");
  assert_string_equal (aide->fields[1], "phone");
  assert_string_equal (aide->place, "Espace numérique");
  assert_string_equal (pv_settings_find_procedure (settings, "sport")->place, "Gymnase");
  slugs = pv_settings_list_appointments (settings);
  forms = pv_settings_list_procedures (settings);
  assert_int_equal (g_strv_length (slugs), 1);
  assert_string_equal (slugs[0], "aide");
  assert_int_equal (g_strv_length (forms), 1);
}

static void
wrong_appointments_are_named (void **state)
{
  static const struct {
    const char *text, *words;
  } table[] = {
    { "[appointment aide]\nsource=agenda:a/b\n", "[appointment aide] title: is missing" },
    { "[places]\ndirections=Hôtel de ville;\n", "[places] directions: expected places and how to get there" },
    { "[appointment aide]\ntitle=x\n", "[appointment aide] source: expected agenda:AGENDA/TYPE" },
    { "[appointment aide]\ntitle=x\nsource=cards:a\n", "[appointment aide] source: expected agenda:AGENDA/TYPE" },
    { "[appointment aide]\ntitle=x\nsource=events:a\nfields=shoe-size;\n", "expected some of name" },
    { "[procedure aide]\ntitle=x\n", "[procedure aide] title: unknown key" },
    { "[procedure aide]\ncost=0\n[appointment aide]\ntitle=x\nsource=events:a\n", "a procedure and an appointment" },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autofree char *text = g_strconcat (ENOUGH, table[i].text, NULL);
    g_autoptr (GError) error = NULL;

    write_file ("10.conf", text);
    assert_null (pv_settings_load (folder, &error));
    assert_non_null (strstr (error->message, table[i].words));
  }
}

static void
the_keys_of_a_pad_are_a_table (void **state)
{
  g_autoptr (PvSettings) settings = NULL, other = NULL;
  PvKeypadMap map = { 0 };

  (void) state;
  write_file ("10.conf", ENOUGH);
  settings = load ();
  assert_false (pv_settings_read_keypad (settings, &map));
  assert_int_equal (map.n_keys, 0);
  write_file ("10.conf", ENOUGH "[keypad]\nenabled=true\nvalidate=KP_5;F24;\nback=none\nleft=none\n"
                                "previous=Left\ndebounce-ms=0\n");
  other = load ();
  assert_true (pv_settings_read_keypad (other, &map));
  assert_int_equal (map.debounce_ms, 0);
  assert_int_equal (pv_keypad_map_find (&map, pv_keypad_key_from_name ("KP_5"), 0), PV_KEYPAD_VALIDATE);
  assert_int_equal (pv_keypad_map_find (&map, pv_keypad_key_from_name ("F24"), 0), PV_KEYPAD_VALIDATE);
  assert_int_equal (pv_keypad_map_find (&map, pv_keypad_key_from_name ("Return"), 0), PV_KEYPAD_NOTHING);
  assert_int_equal (pv_keypad_map_find (&map, pv_keypad_key_from_name ("Escape"), 0), PV_KEYPAD_NOTHING);
  assert_int_equal (pv_keypad_map_find (&map, pv_keypad_key_from_name ("Left"), 0), PV_KEYPAD_PREVIOUS);
  assert_int_equal (pv_keypad_map_find (&map, pv_keypad_key_from_name ("Tab"), 0), PV_KEYPAD_NEXT);
}

/* Under Wayland, GTK drops a key that has no symbol in the tables of xkb-data: of F13 to F24 these two. */
static void
without_a_setting_no_key_of_a_pad_is_one_that_nobody_hears (void **state)
{
  static const char *const unheard[] = { "F19", "F24" };
  g_autoptr (PvSettings) settings = NULL;
  PvKeypadMap map = { 0 };

  (void) state;
  write_file ("10.conf", ENOUGH "[keypad]\nenabled=true\n");
  settings = load ();
  assert_true (pv_settings_read_keypad (settings, &map));
  for (guint i = 0; i < G_N_ELEMENTS (unheard); i++)
    assert_int_equal (pv_keypad_map_find (&map, pv_keypad_key_from_name (unheard[i]), 0), PV_KEYPAD_NOTHING);
}

static void
wrong_keys_of_a_pad_are_named (void **state)
{
  static const struct {
    const char *text, *words;
  } table[] = {
    { "next=Tabb\n", "10.conf:6: [keypad] next: expected names of keys like Tab;KP_5;F13;" },
    { "yes=o\n", "10.conf:6: [keypad] yes: expected names of keys" },
    { "help=F13;none;\n", "[keypad] help: expected names of keys" },
    { "up=KP_1;KP_2;KP_3;KP_4;KP_5;KP_6;KP_7;KP_8;KP_9;\n", "[keypad] up: at most 8 words" },
    { "validate=Tab\n", "10.conf:6: [keypad] validate: Tab is the key of \"next\" already; a line next=none takes it" },
    { "debounce-ms=1001\n", "[keypad] debounce-ms: expected a whole number from 0 to 1000" },
    { "shout=F1\n", "[keypad] shout: unknown key" },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autofree char *text = g_strconcat (ENOUGH "[keypad]\n", table[i].text, NULL);
    g_autoptr (GError) error = NULL;

    write_file ("10.conf", text);
    assert_null (pv_settings_load (folder, &error));
    if (strstr (error->message, table[i].words) == NULL)
      fail_msg ("%s", error->message);
  }
}

/* Every line of the example that is switched off would be accepted too, and shows the default where there is one. */
static void
the_example_shows_values_that_are_accepted (void **state)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  char group[64] = "";

  (void) state;
  assert_true (g_file_get_contents (PV_TEST_CONFIG_DIR "/example.conf.d/10-commune.conf", &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++) {
    char *equals = strchr (lines[i], '=');

    if (lines[i][0] == '[')
      g_strlcpy (group, lines[i] + 1, strcspn (lines[i] + 1, " ]") + 1);
    if (lines[i][0] != '#' || lines[i][1] == ' ' || equals == NULL)
      continue;
    *equals = '\0';
    for (guint n = 0; n < N_ROWS; n++) {
      const PvSettingRow *row = get_row (n);
      PvSettingValue value = { 0 };
      g_autofree char *complaint = NULL;

      if (strcmp (row->group, group) != 0 || strcmp (row->key, lines[i] + 1) != 0)
        continue;
      complaint = pv_setting_value_parse (row, equals + 1, "/", &value);
      pv_setting_value_clear (&value);
      if (complaint != NULL)
        fail_msg ("[%s] %s: %s", group, row->key, complaint);
      if (row->fallback != NULL)
        assert_string_equal (equals + 1, row->fallback);
    }
  }
}

static void
what_is_right_is_had_beside_what_is_wrong (void **state)
{
  g_autoptr (PvSettings) settings = NULL;
  g_autoptr (PvSettings) none = pv_settings_load_what_is_right ("/nonexistent");

  (void) state;
  assert_string_equal (pv_settings_get_list (none, PV_SETTING_COMMUNE_LANGUAGES)[0], "fr");
  assert_null (pv_settings_get_text (none, PV_SETTING_COMMUNE_NAME));
  write_file ("10.conf", "[commune]\nprimary=yellow\n[contact]\nphone=01 99 00 12 34\n[screen]\nidle-seconds=x\n");
  write_file ("20.conf", "no group\n");
  write_file ("30.conf", "[contact]\naddress=1 place de la Mairie\n");
  settings = pv_settings_load_what_is_right (folder);
  assert_string_equal (pv_settings_get_text (settings, PV_SETTING_CONTACT_PHONE), "01 99 00 12 34");
  assert_string_equal (pv_settings_get_text (settings, PV_SETTING_CONTACT_ADDRESS), "1 place de la Mairie");
  assert_string_equal (pv_settings_get_text (settings, PV_SETTING_COMMUNE_PRIMARY), "#1F4FA3");
  assert_int_equal (pv_settings_get_int (settings, PV_SETTING_SCREEN_IDLE_SECONDS), 90);
  assert_null (pv_settings_get_text (settings, PV_SETTING_PORTAL_URL));
}

static void
finds_the_line_of_a_key (void **state)
{
  static const char text[] = "# [a]\n[a]\n  k = 1\nkk=2\n\n[b]\nk=3\n[a]\nk=4\n";

  g_autoptr (GHashTable) places = pv_settings_number_lines (text);

  (void) state;
  assert_int_equal (pv_settings_find_line (places, "a", NULL), 2);
  assert_int_equal (pv_settings_find_line (places, "a", "k"), 9);
  assert_int_equal (pv_settings_find_line (places, "a", "kk"), 4);
  assert_int_equal (pv_settings_find_line (places, "b", "k"), 7);
  assert_int_equal (pv_settings_find_line (places, "b", "kk"), 0);
  assert_int_equal (pv_settings_find_bad_line (text), 0);
  assert_int_equal (pv_settings_find_bad_line ("# c\n\nk=1\n[a]\n"), 3);
  assert_int_equal (pv_settings_find_bad_line ("[a]\nk=1\n[b\n"), 3);
  assert_int_equal (pv_settings_find_bad_line ("[a]\nk=1\n =2\n"), 3);
}

static void
tells_a_folder_that_is_not_there (void **state)
{
  g_autoptr (GError) error = NULL;

  (void) state;
  assert_null (pv_settings_load ("/nonexistent", &error));
  assert_true (g_error_matches (error, PV_SETTINGS_ERROR, PV_SETTINGS_ERROR_UNREADABLE));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (has_a_default_for_all_but_two, set_up, tear_down),
    cmocka_unit_test_setup_teardown (later_files_win_and_others_are_not_read, set_up, tear_down),
    cmocka_unit_test_setup_teardown (a_list_goes_on_with_what_was_inherited, set_up, tear_down),
    cmocka_unit_test_setup_teardown (what_is_inherited_is_said_first_and_has_the_same_limits, set_up, tear_down),
    cmocka_unit_test_setup_teardown (names_file_line_group_and_key_of_every_error, set_up, tear_down),
    cmocka_unit_test_setup_teardown (assistance_is_off_and_once_on_needs_all_of_its_files, set_up, tear_down),
    cmocka_unit_test_setup_teardown (accepts_and_refuses_values_of_each_kind, set_up, tear_down),
    cmocka_unit_test_setup_teardown (phones_leave_documents_at_a_relay_only, set_up, tear_down),
    cmocka_unit_test_setup_teardown (paths_may_begin_with_the_settings_folder, set_up, tear_down),
    cmocka_unit_test_setup_teardown (a_final_slash_of_the_portal_is_dropped, set_up, tear_down),
    cmocka_unit_test_setup_teardown (procedures_are_put_together_from_all_files, set_up, tear_down),
    cmocka_unit_test_setup_teardown (appointments_are_procedures_of_their_own, set_up, tear_down),
    cmocka_unit_test_setup_teardown (wrong_appointments_are_named, set_up, tear_down),
    cmocka_unit_test_setup_teardown (the_keys_of_a_pad_are_a_table, set_up, tear_down),
    cmocka_unit_test_setup_teardown (without_a_setting_no_key_of_a_pad_is_one_that_nobody_hears, set_up, tear_down),
    cmocka_unit_test_setup_teardown (wrong_keys_of_a_pad_are_named, set_up, tear_down),
    cmocka_unit_test (the_example_is_valid_and_names_every_setting),
    cmocka_unit_test (the_example_shows_values_that_are_accepted),
    cmocka_unit_test_setup_teardown (a_form_of_another_site_is_read, set_up, tear_down),
    cmocka_unit_test_setup_teardown (what_is_wrong_with_a_form_of_another_site_is_told, set_up, tear_down),
    cmocka_unit_test_setup_teardown (what_is_right_is_had_beside_what_is_wrong, set_up, tear_down),
    cmocka_unit_test (finds_the_line_of_a_key),
    cmocka_unit_test (tells_a_folder_that_is_not_there),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
