/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Card reader, printer and scanner: asked as the kiosk's own programs ask them. */

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "ctl/doctor.h"
#include "ctl/printer-cups.h"
#include "ctl/say.h"
#include "eid/transport-nfc.h"
#include "link/scan.h"
#include "print/ipp.h"

enum { SCANNER_S = 12 };

#define CUPS_FOLDER   "/etc/cups"
#define CUPS_BROWSED  "/usr/sbin/cups-browsed"
#define NFC_MODULE    "/sys/module/pn533_usb"
#define SMARTCARD_PID "/run/pcscd/pcscd.comm"

void
pv_doctor_check_reader (const PvDoctor *doctor, GPtrArray *findings)
{
  g_autoptr (PvNfcReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *module = pv_doctor_path (doctor, NFC_MODULE), *pcscd = pv_doctor_path (doctor, SMARTCARD_PID);
  const char *to_do =
    pv_say ("Plug its cable in again; see [card] reader.", "Rebranchez son câble ; voyez le réglage [card] reader.");

  if (!pv_settings_get_bool (doctor->settings, PV_SETTING_CARD_ENABLED)) {
    pv_doctor_not_used (
      findings, pv_say ("the kiosk reads no cards ([card] enabled)", "la borne ne lit pas de carte ([card] enabled)"));
    return;
  }
  reader = pv_nfc_reader_open (pv_settings_get_text (doctor->settings, PV_SETTING_CARD_READER),
                               pv_settings_get_text (doctor->settings, PV_SETTING_PATHS_RUNTIME), &error);
  if (reader != NULL) {
    pv_findings_add (findings, PV_HEALTH_WELL, "", "%s", pv_nfc_reader_get_name (reader));
    return;
  }
  if (g_error_matches (error, PV_CARD_ERROR, PV_CARD_ERROR_BUSY)) {
    pv_findings_add (findings, PV_HEALTH_NOTICE, "",
                     pv_say ("the reader is in use at this moment", "le lecteur est en service en ce moment"));
    return;
  }
  if (access (module, F_OK) == 0)
    to_do =
      pv_say ("The kernel's own driver holds it: \"install pn533_usb /bin/false\" in modprobe.d, and start again.",
              "Le pilote du noyau le tient : « install pn533_usb /bin/false » dans modprobe.d, puis redémarrez.");
  else if (access (pcscd, F_OK) == 0)
    to_do = pv_say ("pcscd holds it: systemctl mask --now pcscd.socket pcscd.service",
                    "pcscd le tient : systemctl mask --now pcscd.socket pcscd.service");
  pv_findings_add (findings, PV_HEALTH_WRONG, to_do,
                   pv_say ("no card reader answers", "aucun lecteur de carte ne répond"));
}

/* ---- printer ---- */

static const char *
say_reason (PvPrintReason reason)
{
  switch (reason) {
  case PV_PRINT_REASON_NONE:
    return pv_say ("it prints", "elle imprime");
  case PV_PRINT_REASON_NO_PAPER:
    return pv_say ("there is no paper, or not of the right size", "il n’y a plus de papier, ou pas du bon format");
  case PV_PRINT_REASON_JAM:
    return pv_say ("the paper is stuck", "le papier est coincé");
  case PV_PRINT_REASON_OPEN:
    return pv_say ("something is open or missing", "un capot est ouvert, ou une pièce manque");
  case PV_PRINT_REASON_TAKE_PAPER:
    return pv_say ("the output is full", "la sortie est pleine");
  case PV_PRINT_REASON_INK:
    return pv_say ("there is no more ink or toner", "il n’y a plus d’encre");
  case PV_PRINT_REASON_OFFLINE:
    return pv_say ("it cannot be reached", "elle est injoignable");
  case PV_PRINT_REASON_BUSY:
    return pv_say ("it is busy", "elle est occupée");
  case PV_PRINT_REASON_SERVICE:
    return pv_say ("it is stopped, takes no jobs, or has not the paper of the settings",
                   "elle est arrêtée, refuse les travaux, ou n’a pas le papier des réglages");
  case PV_PRINT_REASON_PAPER_LOW:
    return pv_say ("it prints; the paper will soon be used up", "elle imprime ; il n’y aura bientôt plus de papier");
  case PV_PRINT_REASON_CERTIFICATE:
    return pv_say ("it is another printer than the settings name", "ce n’est pas l’imprimante des réglages");
  case PV_PRINT_REASON_OTHER:
    break;
  }
  return pv_say ("something else is wrong, see its display", "autre problème, voyez son afficheur");
}

static const char *
say_remedy (PvPrintReason reason)
{
  switch (reason) {
  case PV_PRINT_REASON_OFFLINE:
    return pv_say ("Is it switched on, and its cable plugged in? Then [printer] uri; parvisctl printer list.",
                   "Est-elle allumée, câble branché ? Sinon [printer] uri ; parvisctl printer list.");
  case PV_PRINT_REASON_CERTIFICATE:
    return pv_say ("If the printer was changed on purpose: parvisctl printer certificate.",
                   "Si l’imprimante a été changée exprès : parvisctl printer certificate.");
  case PV_PRINT_REASON_SERVICE:
    return pv_say ("parvisctl printer status says more.", "parvisctl printer status en dit plus.");
  case PV_PRINT_REASON_NONE:
  case PV_PRINT_REASON_BUSY:
    return "";
  case PV_PRINT_REASON_NO_PAPER:
  case PV_PRINT_REASON_JAM:
  case PV_PRINT_REASON_OPEN:
  case PV_PRINT_REASON_TAKE_PAPER:
  case PV_PRINT_REASON_INK:
  case PV_PRINT_REASON_PAPER_LOW:
  case PV_PRINT_REASON_OTHER:
    break;
  }
  return pv_say ("Go and look at the printer.", "Allez voir l’imprimante.");
}

void
pv_doctor_check_printer (const PvDoctor *doctor, GPtrArray *findings)
{
  const PvSettings *settings = doctor->settings;
  const PvIppTarget target = { .uri = pv_settings_get_text (settings, PV_SETTING_PRINTER_URI),
                               .queue = pv_settings_get_text (settings, PV_SETTING_PRINTER_QUEUE),
                               .job_name = "",
                               .fingerprint = pv_settings_get_text (settings, PV_SETTING_PRINTER_CERTIFICATE) };
  PvPrintReason reason = PV_PRINT_REASON_OFFLINE;
  g_autoptr (GError) error = NULL;
  g_autoptr (PvIpp) ipp = NULL;
  PvHealth health = PV_HEALTH_WRONG;

  if (!pv_settings_get_bool (settings, PV_SETTING_PRINTER_ENABLED)) {
    pv_doctor_not_used (
      findings, pv_say ("the kiosk prints nothing ([printer] enabled)", "la borne n’imprime pas ([printer] enabled)"));
    return;
  }
  if (target.uri == NULL && target.queue == NULL) {
    pv_findings_add (
      findings, PV_HEALTH_WRONG,
      pv_say ("parvisctl printer list tells which line to write.", "parvisctl printer list donne la ligne à écrire."),
      pv_say ("the settings name no printer ([printer] uri)",
              "les réglages ne nomment aucune imprimante ([printer] uri)"));
    return;
  }
  ipp = pv_ipp_new (&target, &error);
  if (ipp == NULL) {
    pv_findings_add (findings, PV_HEALTH_WRONG, pv_say ("Mend [printer] uri.", "Corrigez [printer] uri."),
                     pv_say ("the printer's address is none", "l’adresse de l’imprimante n’en est pas une"));
    return;
  }
  if (pv_ipp_check_ready (ipp, &reason, NULL, &error) || reason == PV_PRINT_REASON_BUSY)
    health = reason == PV_PRINT_REASON_NONE ? PV_HEALTH_WELL : PV_HEALTH_NOTICE;
  pv_findings_add (findings, health, say_remedy (reason), "%s", say_reason (reason));
}

/* ---- what CUPS keeps ---- */

/* A file that is not there has CUPS' own values; NULL: it may not be read. (transfer full) */
static char *
read_of_cups (const PvDoctor *doctor, const char *name)
{
  g_autofree char *path = g_build_filename (CUPS_FOLDER, name, NULL), *whole = pv_doctor_path (doctor, path);

  return access (whole, F_OK) != 0 && errno == ENOENT ? g_strdup ("") : pv_doctor_read (doctor, path, NULL);
}

void
pv_doctor_check_cups (const PvDoctor *doctor, GPtrArray *findings)
{
  const char *queue = pv_settings_get_text (doctor->settings, PV_SETTING_PRINTER_QUEUE);
  g_autofree char *cupsd = read_of_cups (doctor, "cupsd.conf");
  g_autofree char *files = read_of_cups (doctor, "cups-files.conf");
  g_autofree char *printers = read_of_cups (doctor, "printers.conf");
  g_autofree char *browsed = pv_doctor_path (doctor, CUPS_BROWSED);
  const PvCupsFiles texts = { .cupsd = cupsd, .files = files, .printers = printers };
  g_autoptr (GPtrArray) wrong = NULL;
  guint n_before = findings->len;

  if (queue == NULL) {
    pv_doctor_not_used (findings, pv_say ("the kiosk prints without CUPS", "la borne imprime sans CUPS"));
    return;
  }
  wrong = pv_cups_judge (&texts, queue);
  if (wrong->len > 0)
    pv_findings_add (findings, PV_HEALTH_WRONG,
                     pv_say ("parvisctl printer check tells each, and what to write.",
                             "parvisctl printer check les nomme, et dit quoi écrire."),
                     pv_say ("settings of CUPS that could keep something of a citizen: %u",
                             "réglages de CUPS qui pourraient garder quelque chose d’un usager : %u"),
                     wrong->len);
  if (access (browsed, F_OK) == 0)
    pv_findings_add (findings, PV_HEALTH_WRONG, "apt purge cups-browsed",
                     pv_say ("cups-browsed makes queues for whatever announces itself in the network",
                             "cups-browsed ajoute toute imprimante qui s’annonce sur le réseau"));
  if (cupsd == NULL || files == NULL || printers == NULL)
    pv_findings_add (findings, PV_HEALTH_UNKNOWN, pv_say ("Run it as root.", "Lancez la commande en root."),
                     pv_say ("not all files of %s can be read", "des fichiers de %s ne peuvent pas être lus"),
                     CUPS_FOLDER);
  if (findings->len == n_before)
    pv_findings_add (findings, PV_HEALTH_WELL, "",
                     pv_say ("CUPS keeps nothing of a citizen", "CUPS ne garde rien d’un usager"));
}

/* ---- scanner ---- */

typedef struct Look {
  GMainLoop *loop;
  PvCaptureReport report;
  gboolean is_told;
} Look;

static void
report_cb (const PvCaptureReport *report, gpointer user_data)
{
  Look *look = user_data;

  if (report->state != PV_CAPTURE_READY && report->state != PV_CAPTURE_FAILED)
    return;
  look->report = *report;
  look->is_told = TRUE;
  g_main_loop_quit (look->loop);
}

static gboolean
late_cb (gpointer user_data)
{
  g_main_loop_quit (((Look *) user_data)->loop);
  return G_SOURCE_REMOVE;
}

/* Where it stands in the build folder, in a test, and installed. (transfer full) (nullable) */
static char *
find_decoder (void)
{
  const char *named = g_getenv ("PV_DECODE_PROGRAM");
  g_autofree char *installed = g_build_filename (PV_LIBEXECDIR, "parvis-decode", NULL);

  if (named != NULL)
    return g_strdup (named);
  return access (installed, X_OK) == 0 ? g_steal_pointer (&installed) : NULL;
}

static void
tell_scanner (const Look *look, GPtrArray *findings)
{
  if (!look->is_told)
    pv_findings_add (findings, PV_HEALTH_UNKNOWN, pv_say ("Switch it off and on again.", "Éteignez-le et rallumez-le."),
                     pv_say ("the scanner has not answered for %d s", "le scanner n’a pas répondu en %d s"), SCANNER_S);
  else if (look->report.state == PV_CAPTURE_READY)
    pv_findings_add (findings, PV_HEALTH_WELL, "", pv_say ("the scanner answers", "le scanner répond"));
  else if (look->report.trouble == PV_CAPTURE_TROUBLE_BUSY)
    pv_findings_add (findings, PV_HEALTH_NOTICE, "",
                     pv_say ("the scanner is in use at this moment", "le scanner est en service en ce moment"));
  else
    pv_findings_add (findings, PV_HEALTH_WRONG,
                     pv_say ("Is it switched on, and its cable plugged in? Then [documents] scanner.",
                             "Est-il allumé, câble branché ? Sinon [documents] scanner."),
                     pv_say ("no scanner answers", "aucun scanner ne répond"));
}

void
pv_doctor_check_scanner (const PvDoctor *doctor, GPtrArray *findings)
{
  const char *device = pv_settings_get_text (doctor->settings, PV_SETTING_DOCUMENTS_SCANNER);
  const PvScanEvents events = { .report = report_cb };
  const PvCaptureRules rules = { .path = (char *) "doctor", .max_bytes = 1000 * 1000, .max_pages = 1 };
  g_autofree char *program = find_decoder ();
  Look look = { 0 };
  PvScan *scan;
  guint late_id;

  if (strcmp (device, "none") == 0) {
    pv_doctor_not_used (findings, pv_say ("the kiosk has no scanner ([documents] scanner)",
                                          "la borne n’a pas de scanner ([documents] scanner)"));
    return;
  }
  if (program == NULL) {
    pv_findings_add (findings, PV_HEALTH_UNKNOWN, pv_say ("Install Parvis whole.", "Installez Parvis en entier."),
                     pv_say ("parvis-decode is not installed", "parvis-decode n’est pas installé"));
    return;
  }
  look.loop = g_main_loop_new (NULL, FALSE);
  late_id = g_timeout_add_seconds (SCANNER_S, late_cb, &look);
  scan = pv_scan_open (program, device, &rules, &events, &look);
  g_main_loop_run (look.loop);
  if (look.is_told)
    g_source_remove (late_id);
  pv_scan_free (scan);
  g_main_loop_unref (look.loop);
  tell_scanner (&look, findings);
}
