/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* parvisctl card read: one card on the reader, for diagnosis. */

#include <stdio.h>
#include <string.h>

#include "core/wipe.h"
#include "ctl/card.h"
#include "ctl/ctl.h"
#include "eid/reading.h"
#include "eid/transport-nfc.h"
#include "platform/clock.h"

enum {
  WAIT_MS = 30000, /* for a card to be laid */
  SLICE_MS = 1000,
  MAX_ZONE_BYTES = 200,
};

typedef struct Options {
  char *can, *mrz_file, *reader; /* owned, (nullable) */
  gboolean is_json, shows_values, wants_face;
} Options;

static void
options_clear (Options *options)
{
  pv_wipe_str (options->can);
  g_free (options->mrz_file);
  g_free (options->reader);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
parse (char **arguments, Options *options)
{
  const GOptionEntry entries[] = {
    { "can", 0, 0, G_OPTION_ARG_STRING, &options->can, NULL, NULL },
    { "mrz", 0, 0, G_OPTION_ARG_FILENAME, &options->mrz_file, NULL, NULL },
    { "reader", 0, 0, G_OPTION_ARG_STRING, &options->reader, NULL, NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options->is_json, NULL, NULL },
    { "show", 0, 0, G_OPTION_ARG_NONE, &options->shows_values, NULL, NULL },
    { "photo", 0, 0, G_OPTION_ARG_NONE, &options->wants_face, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  g_autofree char **vector = NULL;

  g_ptr_array_add (words, (gpointer) "card read");
  for (char **word = arguments; *word != NULL; word++)
    g_ptr_array_add (words, *word);
  g_ptr_array_add (words, NULL);
  vector = (char **) g_ptr_array_free (g_steal_pointer (&words), FALSE);
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_add_main_entries (context, entries, NULL);
  return g_option_context_parse_strv (context, &vector, NULL) && g_strv_length (vector) == 1
         && (options->can != NULL) != (options->mrz_file != NULL);
}

/* "-": from standard input, so that it stands in no list of processes. */
static char *
read_line (const char *path)
{
  g_autofree char *text = g_malloc0 (MAX_ZONE_BYTES + 1);
  FILE *file = strcmp (path, "-") == 0 ? stdin : fopen (path, "re");
  gsize length = file != NULL ? fread (text, 1, MAX_ZONE_BYTES, file) : 0;

  if (file != NULL && file != stdin)
    fclose (file);
  while (length > 0 && g_ascii_isspace (text[length - 1]))
    text[--length] = '\0';
  return g_steal_pointer (&text);
}

static PvCardPassword *
make_password (const Options *options)
{
  g_autoptr (PvSecretStr) text = NULL;
  PvCardPassword *password;

  if (options->can != NULL && strcmp (options->can, "-") != 0)
    password = pv_card_password_new_can (options->can);
  else if (options->can != NULL)
    password = pv_card_password_new_can (text = read_line ("-"));
  else
    password = pv_card_password_new_mrz_lines (text = read_line (options->mrz_file));
  if (password == NULL)
    pv_ctl_fail ("%s", options->can != NULL ? "the number on the card's front has six digits"
                                            : "the lines are not those of a document, or a check digit does not agree");
  return password;
}

static PvTrust *
load_trust (const PvSettings *settings)
{
  g_autoptr (GError) error = NULL;
  PvTrust *trust =
    pv_trust_load_configured (settings, pv_clock_get_wall_us (pv_clock_get_system ()) / G_USEC_PER_SEC, &error);

  if (error != NULL)
    pv_ctl_fail ("the master list is not used: %s", error->message);
  return trust;
}

static PvCardTransport *
wait_card (PvNfcReader *reader, GError **error)
{
  g_printerr ("Lay the card on the reader (%s).\n", pv_nfc_reader_get_name (reader));
  for (guint waited = 0; waited < WAIT_MS; waited += SLICE_MS) {
    g_autoptr (GError) inner = NULL;
    PvCardTransport *transport = pv_nfc_reader_wait_card (reader, SLICE_MS, &inner);

    if (transport != NULL)
      return transport;
    if (inner != NULL) {
      g_propagate_error (error, g_steal_pointer (&inner));
      return NULL;
    }
  }
  g_set_error (error, PV_CARD_ERROR, PV_CARD_ERROR_LOST, "no card was laid within %d s", WAIT_MS / 1000);
  return NULL;
}

static PvCardReading *
read_card (const PvSettings *settings, const Options *options, const PvCardPassword *password, const PvTrust *trust,
           GError **error)
{
  const char *name =
    options->reader != NULL ? options->reader : pv_settings_get_text (settings, PV_SETTING_CARD_READER);
  g_autoptr (PvNfcReader) reader =
    pv_nfc_reader_open (name, pv_settings_get_text (settings, PV_SETTING_PATHS_RUNTIME), error);
  PvCardTransport *transport = reader != NULL ? wait_card (reader, error) : NULL;
  PvReadingOptions reading = {
    .password = password,
    .trust = trust,
    .wants_face = options->wants_face,
    .wants_com = TRUE,
    .now = pv_clock_get_wall_us (pv_clock_get_system ()) / G_USEC_PER_SEC,
    .is_clock_verified = pv_clock_is_synchronised (pv_clock_get_system ()),
  };
  PvCardReading *result;

  if (transport == NULL)
    return NULL;
  g_date_clear (&reading.today, 1);
  g_date_set_time_t (&reading.today, (time_t) reading.now);
  result = pv_card_reading_run (transport, &reading, error);
  pv_card_transport_free (transport);
  return result;
}

int
pv_ctl_card_read (const PvCtl *ctl, char **arguments)
{
  g_auto (Options) options = { 0 };
  g_autoptr (PvSettings) settings = NULL;
  g_autoptr (PvCardPassword) password = NULL;
  g_autoptr (PvTrust) trust = NULL;
  g_autoptr (PvCardReading) reading = NULL;
  g_autoptr (GError) error = NULL;

  if (!parse (arguments, &options)) {
    pv_ctl_fail ("use: parvisctl card read --can DIGITS|- | --mrz FILE|- [--reader NAME] [--photo] [--json] [--show]");
    return PV_CTL_USAGE;
  }
  settings = pv_ctl_load_settings (ctl);
  password = settings != NULL ? make_password (&options) : NULL;
  if (password == NULL)
    return PV_CTL_FAILED;
  trust = load_trust (settings);
  reading = read_card (settings, &options, password, trust, &error);
  if (reading == NULL)
    return pv_ctl_fail ("the card was not read: %s", error->message);
  if (options.is_json)
    pv_ctl_card_print_json (reading, options.shows_values);
  else
    pv_ctl_card_print (reading, options.shows_values);
  return reading->identity->verdict == PV_VERDICT_REFUSED ? PV_CTL_FAILED : PV_CTL_OK;
}
