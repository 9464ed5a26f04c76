/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* parvisctl privacy PAPER */

#include "ctl/ctl.h"
#include "ctl/privacy-papers.h"

#define PATTERNS "patterns"

static int
tell_papers (void)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (PvPrivacyPaper paper = 0; paper < PV_N_PRIVACY_PAPERS; paper++)
    g_string_append_printf (names, " %s", pv_privacy_paper_name (paper));
  pv_ctl_fail ("privacy takes one of:%s %s", names->str, PATTERNS);
  return PV_CTL_USAGE;
}

int
pv_ctl_privacy (const PvCtl *ctl, char **arguments)
{
  PvPrivacyPaper paper = PV_N_PRIVACY_PAPERS;
  g_autoptr (PvSettings) settings = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (arguments[0] == NULL || arguments[1] != NULL)
    return tell_papers ();
  if (g_str_equal (arguments[0], PATTERNS)) {
    text = pv_privacy_write_patterns ();
    g_print ("%s", text);
    return PV_CTL_OK;
  }
  if (!pv_privacy_paper_from_name (arguments[0], &paper))
    return tell_papers ();
  settings = pv_ctl_load_settings (ctl);
  if (settings == NULL)
    return PV_CTL_FAILED;
  text = pv_privacy_write (paper, settings, &error);
  if (text == NULL)
    return pv_ctl_fail ("%s", error->message);
  g_print ("%s", text);
  return PV_CTL_OK;
}
