/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether an update is on trial, or was taken back (kiosk-config/image/README.md). */

#include "core/stored-format.h"
#include "ctl/doctor.h"
#include "ctl/say.h"
#include "link/release.h"
#include "platform/local-facts.h"

void
pv_doctor_check_update (const PvDoctor *doctor, GPtrArray *findings)
{
  const char *state = pv_settings_get_text (doctor->settings, PV_SETTING_PATHS_STATE);
  g_autofree char *marker = g_build_filename (state, PV_STORED_CONFIRMED_FILE, NULL);
  PvLocalFacts facts;

  pv_local_facts_read (doctor->settings, doctor->ctl->config, doctor->now_s * G_USEC_PER_SEC, &facts);
  if (*facts.update_refused != '\0')
    pv_findings_add (findings, PV_HEALTH_WRONG,
                     pv_say ("The kiosk serves with the version before. parvisctl logs says why; offer a newer one.",
                             "La borne fonctionne avec la version d’avant. parvisctl logs dit pourquoi ; publiez-en "
                             "une plus récente."),
                     pv_say ("version %s did not prove itself, and was taken back",
                             "la version %s n’a pas fait ses preuves : retour à la précédente"),
                     facts.update_refused);
  pv_release_read_confirmed (state);
  if (!pv_release_is_confirmed ())
    pv_findings_add (findings, PV_HEALTH_NOTICE, "",
                     pv_say ("release %s is on trial: not confirmed yet", "logiciel %s à l’essai, pas encore confirmé"),
                     pv_release_get_name ());
  if (findings->len > 0)
    return;
  if (g_file_test (marker, G_FILE_TEST_EXISTS))
    pv_findings_add (findings, PV_HEALTH_WELL, "", pv_say ("release %s is confirmed", "logiciel %s confirmé"),
                     pv_release_get_name ());
  else
    pv_doctor_not_used (findings,
                        pv_say ("updates are not tried out first", "les mises à jour ne sont pas mises à l’essai"));
}
