/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* parvisctl printer certificate: by which the kiosk will know its printer again. Whoever reads it here has to compare it with
 * what the printer says on its own page: another one may be at that address. */

#include "ctl/ctl.h"
#include "print/ipp-certificate.h"

int
pv_ctl_printer_certificate (const PvCtl *ctl, char **arguments)
{
  g_autoptr (PvSettings) settings = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *fingerprint = NULL;
  const char *uri = arguments[0];

  if (uri != NULL && arguments[1] != NULL) {
    pv_ctl_fail ("printer certificate takes one address");
    return PV_CTL_USAGE;
  }
  if (uri == NULL) {
    settings = pv_ctl_load_settings (ctl);
    if (settings == NULL)
      return PV_CTL_FAILED;
    uri = pv_settings_get_text (settings, PV_SETTING_PRINTER_URI);
  }
  if (uri == NULL)
    return pv_ctl_fail ("[printer] uri is not set: name an address, ipps://...");
  fingerprint = pv_ipp_read_certificate (uri, &error);
  if (fingerprint == NULL)
    return pv_ctl_fail ("%s: %s", uri, error->message);
  g_print ("certificate=%s\n", fingerprint);
  return PV_CTL_OK;
}
