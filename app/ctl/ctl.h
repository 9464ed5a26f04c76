/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* ctl.h: the commands of parvisctl.
 *
 * Each gets its own arguments (NULL-terminated, the command's name removed) and returns an exit status. They print for
 * an administrator, in English; doctor, check, status and maintenance in French where the machine speaks French (say.h). Texts
 * for citizens are not here.
 */
#pragma once

#include <sys/types.h>

#include "link/outbox-format.h"
#include "link/receipt-key.h"
#include "platform/settings.h"

enum {
  PV_CTL_OK = 0,
  PV_CTL_FAILED = 1, /* something is wrong, and was said */
  PV_CTL_USAGE = 2,
  PV_CTL_UNSEEN = 2, /* doctor: nothing is wrong in what could be seen, and not all could */
  PV_CTL_TO_DO = 2,  /* portal survey, whose wrong usage is FAILED: it went well, and there is something to do */
};

/* What stands before the command. */
typedef struct PvCtl {
  const char *config; /* folder of the settings */
} PvCtl;

int pv_ctl_addresses_build (const PvCtl *ctl, char **arguments);
int pv_ctl_addresses_show (const PvCtl *ctl, char **arguments);
int pv_ctl_audit_show (const PvCtl *ctl, char **arguments);
int pv_ctl_audit_verify (const PvCtl *ctl, char **arguments);
int pv_ctl_card_trust (const PvCtl *ctl, char **arguments);
int pv_ctl_check (const PvCtl *ctl, char **arguments);
int pv_ctl_doctor (const PvCtl *ctl, char **arguments);
int pv_ctl_enrol_broker (const PvCtl *ctl, char **arguments);
int pv_ctl_enrol_kiosk (const PvCtl *ctl, char **arguments);
int pv_ctl_enrol_mediator (const PvCtl *ctl, char **arguments);
int pv_ctl_enrol_reader (const PvCtl *ctl, char **arguments);
int pv_ctl_enrol_revoke (const PvCtl *ctl, char **arguments);
int pv_ctl_enrol_seal (const PvCtl *ctl, char **arguments);
int pv_ctl_enrol_root (const PvCtl *ctl, char **arguments);
int pv_ctl_fleet (const PvCtl *ctl, char **arguments);
int pv_ctl_printer_certificate (const PvCtl *ctl, char **arguments);
int pv_ctl_printer_check (const PvCtl *ctl, char **arguments);
int pv_ctl_printer_list (const PvCtl *ctl, char **arguments);
int pv_ctl_printer_pages (const PvCtl *ctl, char **arguments);
int pv_ctl_printer_status (const PvCtl *ctl, char **arguments);
int pv_ctl_printer_test (const PvCtl *ctl, char **arguments);
int pv_ctl_logs (const PvCtl *ctl, char **arguments);
int pv_ctl_maintenance_off (const PvCtl *ctl, char **arguments);
int pv_ctl_maintenance_on (const PvCtl *ctl, char **arguments);
int pv_ctl_status (const PvCtl *ctl, char **arguments);
int pv_ctl_support_bundle (const PvCtl *ctl, char **arguments);
int pv_ctl_privacy (const PvCtl *ctl, char **arguments);
int pv_ctl_update_confirm (const PvCtl *ctl, char **arguments);
int pv_ctl_update_due (const PvCtl *ctl, char **arguments);
int pv_ctl_update_fetch (const PvCtl *ctl, char **arguments);
int pv_ctl_update_tell (const PvCtl *ctl, char **arguments);
int pv_ctl_settings (const PvCtl *ctl, char **arguments);
int pv_ctl_settings_check (const PvCtl *ctl, char **arguments);
int pv_ctl_settings_explain (const PvCtl *ctl, char **arguments);
int pv_ctl_settings_pull (const PvCtl *ctl, char **arguments);
int pv_ctl_settings_reference (const PvCtl *ctl, char **arguments);
int pv_ctl_settings_sign (const PvCtl *ctl, char **arguments);
int pv_ctl_service_key_make (const PvCtl *ctl, char **arguments);
int pv_ctl_service_key_show (const PvCtl *ctl, char **arguments);
int pv_ctl_service_key_take (const PvCtl *ctl, char **arguments);
int pv_ctl_keygen (const PvCtl *ctl, char **arguments);
int pv_ctl_card_read (const PvCtl *ctl, char **arguments);
int pv_ctl_portal_survey (const PvCtl *ctl, char **arguments);
int pv_ctl_receipt_verify (const PvCtl *ctl, char **arguments);
int pv_ctl_texts (const PvCtl *ctl, char **arguments);
int pv_ctl_texts_template (const PvCtl *ctl, char **arguments);
int pv_ctl_outbox_list (const PvCtl *ctl, char **arguments);
int pv_ctl_outbox_export (const PvCtl *ctl, char **arguments);
int pv_ctl_outbox_show (const PvCtl *ctl, char **arguments);

/* How much is wrong with the bundles of settings, after having said what. */
guint pv_ctl_check_bundles (const PvCtl *ctl, const PvSettings *settings);
/* The settings, or NULL after having said what is to be mended. (transfer full) */
PvSettings *pv_ctl_load_settings (const PvCtl *ctl);
/* "parvisctl: ..." on standard error; returns PV_CTL_FAILED. */
int pv_ctl_fail (const char *format, ...) G_GNUC_PRINTF (1, 2);
/* Private half from a file; NULL after having said why. (transfer full) */
PvOutboxKeys *pv_ctl_read_keys (const char *path);
/* Public key of receipts from a file; FALSE after having said why. */
gboolean pv_ctl_read_receipt_key (const char *path, PvReceiptKey *ret_key);
/* Folder of the outbox, as the settings say. (transfer full) */
char *pv_ctl_outbox_folder (const PvSettings *settings);
/* FALSE: it is not there, as before the courier's first start; one that cannot be looked at counts as there. */
gboolean pv_ctl_has_outbox (const char *folder);
/* Never over a file that is there: that may be the only key to something. FALSE after having said why. */
gboolean pv_ctl_write_new (const char *path, const char *bytes, gsize size, mode_t mode);
