/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is done for a first start, and when nothing is done any more. parvisctl and systemctl are scripts here; the portal is none. */
#include "tst.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "kiosk/provision/candidate.h"
#include "kiosk/provision/install.h"
#include "kiosk/provision/network.h"
#include "kiosk/provision/printers.h"
#include "kiosk/provision/provision.h"
#include "platform/setup-files.h"

typedef struct {
  char *root, *config, *site, *ctl, *systemctl, *credstore, *network, *firewall, *flag, *install;
  GString *progress;
  PvProvision provision;
} Fixture;

static char *
make_folder (const Fixture *fixture, const char *name)
{
  char *path = g_build_filename (fixture->root, name, NULL);

  assert_int_equal (g_mkdir_with_parents (path, 0755), 0);
  return path;
}

static void
write_file (const char *folder, const char *name, const char *text, int mode)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  assert_true (g_file_set_contents (path, text, -1, NULL));
  assert_int_equal (g_chmod (path, mode), 0);
}

static gboolean
is_there (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static char *
read_file (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, NULL);
  return text != NULL ? text : g_strdup ("");
}

static void
progress_cb (guint percent, gpointer user_data)
{
  g_string_append_printf (user_data, "%u ", percent);
}

static int
set_up (void **state)
{
  Fixture *fixture = g_new0 (Fixture, 1);
  g_autofree char *vendor = NULL, *settings = NULL, *calls = NULL;

  fixture->root = g_dir_make_tmp ("pv-provision-XXXXXX", NULL);
  fixture->config = make_folder (fixture, "conf");
  fixture->site = make_folder (fixture, "conf/site");
  vendor = make_folder (fixture, "conf/vendor");
  fixture->credstore = make_folder (fixture, "credstore");
  fixture->network = make_folder (fixture, "network");
  fixture->firewall = make_folder (fixture, "firewall");
  fixture->provision.runtime = make_folder (fixture, "run-setup");
  fixture->provision.state = make_folder (fixture, "state/setup");
  settings = g_strdup_printf ("[paths]\nruntime=%s/run\nstate=%s/state\n[outbox]\npublic-key-file=/x\n", fixture->root,
                              fixture->root);
  write_file (vendor, "10.conf", settings, 0644);
  /* Prints where the settings that it is given say "uri"; lists one printer, and one that nobody could use. */
  write_file (
    fixture->root, "ctl",
    "#!/bin/sh\n"
    "case \"$1 $2\" in\n"
    "'printer list') printf 'Accueil\\n  Une marque\\n  uri=ipp://192.168.1.50/ipp/print\\nAutre\\n  uri=http://x\\n"
    "Write the line into the group [printer] of the settings.\\n' ;;\n"
    "*) grep -q '^uri=' \"$2/site/50-first-start.conf\" && echo prints && echo printed ;;\n"
    "esac\n",
    0755);
  calls = g_strdup_printf ("#!/bin/sh\necho \"$*\" >>%s/calls\n", fixture->root);
  write_file (fixture->root, "systemctl", calls, 0755);
  fixture->ctl = g_build_filename (fixture->root, "ctl", NULL);
  fixture->systemctl = g_build_filename (fixture->root, "systemctl", NULL);
  fixture->provision.config = fixture->config;
  fixture->provision.ctl_program = fixture->ctl;
  fixture->provision.systemctl_program = fixture->systemctl;
  fixture->provision.credstore = fixture->credstore;
  fixture->provision.network_folder = fixture->network;
  fixture->provision.firewall_folder = fixture->firewall;
  write_file (
    fixture->root, "install",
    "#!/bin/sh\n"
    "case $1 in\n"
    "list) printf 'sda\\t256000000000\\tA disk|odd\\tfull\\nsdb\\t8000000000\\tBad\\tempty\\n../x\\t1\\tM\\tempty\\n"
    "sdc\\t1\\tM\\thalf\\n' ;;\n"
    "write) printf '0\\n50\\n100\\n'; [ $2 = sda ] && echo done ;;\n"
    "restart) echo restart >>${0%/*}/calls ;;\n"
    "esac\n",
    0755);
  fixture->flag = g_build_filename (fixture->root, "parvis-install", NULL);
  fixture->install = g_build_filename (fixture->root, "install", NULL);
  fixture->progress = g_string_new (NULL);
  fixture->provision.install_flag = fixture->flag;
  fixture->provision.install_program = fixture->install;
  fixture->provision.progress = progress_cb;
  fixture->provision.progress_data = fixture->progress;
  *state = fixture;
  return 0;
}

static void
remove_all (const char *path)
{
  g_autoptr (GDir) dir = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *inner = g_build_filename (path, name, NULL);

    remove_all (inner);
  }
  g_remove (path);
}

static int
tear_down (void **state)
{
  Fixture *fixture = *state;

  remove_all (fixture->root);
  g_free (fixture->provision.runtime);
  g_free (fixture->provision.state);
  g_free (fixture->config);
  g_free (fixture->site);
  g_free (fixture->ctl);
  g_free (fixture->systemctl);
  g_free (fixture->credstore);
  g_free (fixture->network);
  g_free (fixture->firewall);
  g_free (fixture->flag);
  g_free (fixture->install);
  g_string_free (fixture->progress, TRUE);
  g_free (fixture->root);
  g_free (fixture);
  return 0;
}

static gboolean
is_wanted (Fixture *fixture)
{
  assert_true (pv_provision_begin (&fixture->provision));
  return is_there (fixture->provision.runtime, PV_SETUP_WANTED);
}

static void
expect (Fixture *fixture, const char *line, const char *reply)
{
  g_autofree char *said = pv_provision_answer (&fixture->provision, line);

  if (g_strcmp0 (said, reply) != 0)
    fail_msg ("\"%s\": \"%s\" instead of \"%s\"", line, said, reply);
}

/* As if network and portal had been proved. */
static void
keep_proved (const Fixture *fixture)
{
  write_file (fixture->provision.state, PV_SETUP_ANSWERS,
              "network=automatic\nway=portal\nurl=https://demarches.example\norigin=borne\n", 0600);
}

static void
answer_all (Fixture *fixture)
{
  keep_proved (fixture);
  expect (fixture, "commune\tcommune=L’Haÿ-les-Roses\tplace=Mairie\tphone=03 53 01 00 00", "ok\n");
  expect (fixture, "printer\tprinter=none", "ok\n");
  expect (fixture, "screen\tdiagonal=610\theight=750", "ok\n");
  expect (fixture, "sound\tsound=no", "ok\n");
  expect (fixture, "reader\treader=no", "ok\n");
}

static void
a_kiosk_with_settings_or_a_marker_wants_no_first_start (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *kiosk = NULL;

  assert_true (is_wanted (fixture));
  write_file (fixture->site, "05-kiosk.conf", "[session]\nuser=root\n", 0644);
  assert_true (is_wanted (fixture));
  write_file (fixture->site, "10-commune.conf", "[commune]\nname=\n", 0644); /* with a slip */
  assert_false (is_wanted (fixture));
  remove_all (fixture->site);
  assert_true (is_wanted (fixture));
  kiosk = make_folder (fixture, "conf/kiosk");
  write_file (kiosk, "50.conf", "", 0644);
  assert_false (is_wanted (fixture));
  remove_all (kiosk);
  write_file (fixture->provision.state, PV_SETUP_MARKER, "", 0644);
  assert_false (is_wanted (fixture));
}

static void
an_image_with_settings_of_its_own_wants_none (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *vendor = g_build_filename (fixture->config, "vendor", NULL);

  write_file (vendor, "20.conf", "[portal]\nurl=https://relais.example\n", 0644);
  assert_false (is_wanted (fixture));
}

static void
nothing_is_done_once_the_first_start_is_over (void **state)
{
  static const char *const lines[] = { "resume", "network\tnetwork=automatic", "sound\tsound=no", "printers",
                                       "finish" };
  Fixture *fixture = *state;

  assert_true (is_wanted (fixture));
  answer_all (fixture);
  expect (fixture, "finish", "ok\n");
  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    expect (fixture, lines[i], "no\trefused\n");
  write_file (fixture->provision.runtime, PV_SETUP_WANTED, "", 0644); /* the marker counts, too */
  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    expect (fixture, lines[i], "no\trefused\n");
}

static void
nothing_is_done_before_it_is_wanted_and_of_no_request (void **state)
{
  Fixture *fixture = *state;

  expect (fixture, "sound\tsound=no", "no\trefused\n");
  assert_true (is_wanted (fixture));
  expect (fixture, "sound\tsound=loud", "no\trefused\n");
  expect (fixture, "", "no\trefused\n");
  expect (fixture, "portal\turl=https://a", "no\trefused\n"); /* and no name, no key */
  expect (fixture, "network\tnetwork=fixed\taddress=192.168.1.20/24", "no\trefused\n");
  expect (fixture, "page\tprinter=none", "no\trefused\n");
}

static void
what_was_answered_is_there_after_a_power_cut_and_only_roots (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *path = g_build_filename (fixture->provision.state, PV_SETUP_ANSWERS, NULL);
  GStatBuf facts;

  assert_true (is_wanted (fixture));
  expect (fixture, "commune\tcommune=Montclair\tplace=\tphone=", "ok\n");
  assert_int_equal (g_stat (path, &facts), 0);
  assert_int_equal (facts.st_mode & 0777, 0600);
  assert_true (is_wanted (fixture)); /* the machine starts again */
  expect (fixture, "resume", "ok\tcommune=Montclair\tplace=\tphone=\n");
  expect (fixture, "commune\tcommune=Autre", "ok\n");
  expect (fixture, "resume", "ok\tcommune=Autre\n");
}

static void
the_end_writes_settings_that_are_right_and_forgets_the_answers (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *text = NULL, *calls = NULL;
  g_autoptr (PvSettings) settings = NULL;

  assert_true (is_wanted (fixture));
  answer_all (fixture);
  expect (fixture, "finish", "ok\n");
  settings = pv_settings_load (fixture->config, NULL);
  assert_non_null (settings);
  assert_string_equal (pv_settings_get_text (settings, PV_SETTING_COMMUNE_NAME), "L’Haÿ-les-Roses");
  assert_string_equal (pv_settings_get_text (settings, PV_SETTING_PORTAL_MODE), "direct");
  text = read_file (fixture->site, PV_SETUP_SETTINGS);
  assert_non_null (strstr (text, "access-key-file=$CREDENTIALS_DIRECTORY/portal-key\n"));
  assert_string_equal (pv_settings_get_text (settings, PV_SETTING_SPEECH_ENGINE), "none");
  assert_int_equal (pv_settings_get_int (settings, PV_SETTING_SCREEN_LOWER_EDGE_MM), 750);
  assert_false (pv_settings_get_bool (settings, PV_SETTING_PRINTER_ENABLED));
  assert_false (pv_settings_get_bool (settings, PV_SETTING_CARD_ENABLED));
  assert_false (is_there (fixture->provision.state, PV_SETUP_ANSWERS));
  assert_true (is_there (fixture->provision.state, PV_SETUP_MARKER));
  assert_false (is_there (fixture->provision.runtime, PV_SETUP_WANTED));
  assert_false (is_there (fixture->provision.runtime, "trial"));
  assert_false (is_there (fixture->provision.runtime, "trial-keys"));
  calls = read_file (fixture->root, "calls");
  assert_string_equal (calls, "--no-block restart parvis-courier.service parvis-printer.service\n");
}

static void
a_step_that_is_missing_or_out_of_reach_ends_nothing (void **state)
{
  Fixture *fixture = *state;

  assert_true (is_wanted (fixture));
  keep_proved (fixture);
  expect (fixture, "finish", "no\tmissing\n");
  answer_all (fixture);
  expect (fixture, "screen\tdiagonal=610\theight=1800", "ok\n");
  expect (fixture, "finish", "no\twrong\n");
  assert_false (is_there (fixture->site, PV_SETUP_SETTINGS));
  assert_true (is_there (fixture->provision.runtime, PV_SETUP_WANTED));
}

/* The settings are there, and the marker is not. */
static void
a_power_cut_at_the_very_end_is_mended_at_the_next_start (void **state)
{
  Fixture *fixture = *state;

  assert_true (is_wanted (fixture));
  answer_all (fixture);
  write_file (fixture->site, PV_SETUP_SETTINGS, "[commune]\nname=Montclair\n", 0644);
  assert_false (is_wanted (fixture));
  assert_true (is_there (fixture->provision.state, PV_SETUP_MARKER));
  assert_false (is_there (fixture->provision.state, PV_SETUP_ANSWERS));
}

static void
a_page_goes_to_the_printer_that_was_chosen (void **state)
{
  Fixture *fixture = *state;

  assert_true (is_wanted (fixture));
  keep_proved (fixture);
  expect (fixture, "printers", "ok\tipp://192.168.1.50/ipp/print|Accueil\n");
  expect (fixture, "page\tprinter=uri\ttarget=ipp://192.168.1.50/ipp/print\tpaper=roll-80mm", "ok\n");
  expect (fixture, "page\tprinter=queue\ttarget=caisse\tpaper=a4", "no\tno-printer\n");
  expect (fixture, "resume", "ok\tnetwork=automatic\tway=portal\turl=https://demarches.example\torigin=borne\n");
}

static void
printing_ends_as_parvisctl_says (void **state)
{
  static const struct {
    const char *said;
    PvSetupReason reason;
  } rows[] = { { "", PV_SETUP_BECAUSE_NO_PRINTER },
               { "prints\nprinted\n", PV_SETUP_BECAUSE_NOTHING },
               { "prints\n", PV_SETUP_BECAUSE_NOT_PRINTED },
               { "stands still\n  no paper (media-empty)\n", PV_SETUP_BECAUSE_NOT_PRINTED },
               { "printed\nnot printed\n", PV_SETUP_BECAUSE_NOT_PRINTED } };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    assert_int_equal (pv_printers_judge (rows[i].said), rows[i].reason);
}

static void
a_fixed_address_is_a_file_of_networkd (void **state)
{
  g_auto (PvSetupAnswers) answers = { 0 };
  g_autofree char *text = NULL;

  (void) state;
  assert_null (pv_network_text (&answers));
  pv_setup_answers_set (&answers, PV_SETUP_NETWORK, "fixed");
  pv_setup_answers_set (&answers, PV_SETUP_ADDRESS, "192.168.1.20/24");
  pv_setup_answers_set (&answers, PV_SETUP_GATEWAY, "192.168.1.1");
  pv_setup_answers_set (&answers, PV_SETUP_NAMES, "192.168.1.2");
  text = pv_network_text (&answers);
  assert_non_null (strstr (text, "\nAddress=192.168.1.20/24\nGateway=192.168.1.1\nDNS=192.168.1.2\nDHCP=no\n"));
}

static void
a_way_out_is_a_default_route_with_a_gateway (void **state)
{
  static const struct {
    const char *routes;
    gboolean is_one;
  } rows[] = { { "", FALSE },
               { "Iface\tDestination\tGateway\n", FALSE },
               { "eth0\t000200C0\t00000000\t0001\n", FALSE },
               { "eth0\t00000000\t010200C0\t0003\n", TRUE },
               { "eth0\t00000000\t00000000\t0001\n", FALSE } };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    assert_int_equal (pv_network_has_route (rows[i].routes), rows[i].is_one);
}

static void
from_a_stick_a_disk_is_written_and_nothing_else_is_done (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *calls = NULL;

  write_file (fixture->site, "10-commune.conf", "", 0644);
  assert_false (is_wanted (fixture));
  write_file (fixture->root, "parvis-install", "", 0644);
  assert_true (is_wanted (fixture));
  expect (fixture, "resume", "no\trefused\n");
  expect (fixture, "finish", "no\trefused\n");
  expect (fixture, "disks", "ok\tsda|256000000000|A disk odd|full\tsdb|8000000000|Bad|empty\n");
  expect (fixture, "write\tdisk=sdz", "no\trefused\n"); /* is not listed */
  expect (fixture, "write\tdisk=../x", "no\trefused\n");
  expect (fixture, "write", "no\trefused\n");
  assert_string_equal (fixture->progress->str, "");
  expect (fixture, "write\tdisk=sdb", "no\tnot-written\n"); /* never says "done" */
  expect (fixture, "write\tdisk=sda", "ok\n");
  assert_string_equal (fixture->progress->str, "0 50 100 0 50 100 ");
  expect (fixture, "restart", "ok\n");
  calls = read_file (fixture->root, "calls");
  assert_string_equal (calls, "restart\n");
}

static void
no_disk_is_written_by_a_kiosk_that_is_installed (void **state)
{
  Fixture *fixture = *state;

  assert_true (is_wanted (fixture));
  expect (fixture, "disks", "no\trefused\n");
  expect (fixture, "write\tdisk=sda", "no\trefused\n");
  expect (fixture, "restart", "no\trefused\n");
}

int
main (void)
{
#define CASE(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)
  const struct CMUnitTest tests[] = {
    CASE (a_kiosk_with_settings_or_a_marker_wants_no_first_start),
    CASE (an_image_with_settings_of_its_own_wants_none),
    CASE (nothing_is_done_once_the_first_start_is_over),
    CASE (nothing_is_done_before_it_is_wanted_and_of_no_request),
    CASE (what_was_answered_is_there_after_a_power_cut_and_only_roots),
    CASE (the_end_writes_settings_that_are_right_and_forgets_the_answers),
    CASE (a_step_that_is_missing_or_out_of_reach_ends_nothing),
    CASE (a_power_cut_at_the_very_end_is_mended_at_the_next_start),
    CASE (a_page_goes_to_the_printer_that_was_chosen),
    CASE (printing_ends_as_parvisctl_says),
    CASE (from_a_stick_a_disk_is_written_and_nothing_else_is_done),
    CASE (no_disk_is_written_by_a_kiosk_that_is_installed),
    CASE (a_fixed_address_is_a_file_of_networkd),
    CASE (a_way_out_is_a_default_route_with_a_gateway),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
