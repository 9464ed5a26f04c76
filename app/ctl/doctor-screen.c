/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is seen and touched: as the kernel has it. */

#include <string.h>

#include "ctl/doctor-facts.h"
#include "ctl/doctor-rules.h"
#include "ctl/doctor.h"
#include "ctl/say.h"

#define DRM_FOLDER  "/sys/class/drm"
#define INPUT_FILE  "/proc/bus/input/devices"
#define MAX_SCREENS 16

/* "card0-HDMI-A-1": the card is not of interest. */
static const char *
get_connector (const char *name)
{
  const char *dash = strchr (name, '-');

  return dash != NULL ? dash + 1 : name;
}

static char *
read_of_screen (const PvDoctor *doctor, const char *name, const char *file, gsize *ret_size)
{
  g_autofree char *path = g_build_filename (DRM_FOLDER, name, file, NULL);

  return pv_doctor_read (doctor, path, ret_size);
}

/* FALSE: nothing is plugged in there. */
static gboolean
look_at_screen (const PvDoctor *doctor, const char *name, PvScreenFacts *ret_screen)
{
  gsize size = 0;
  g_autofree char *status = read_of_screen (doctor, name, "status", NULL);
  g_autofree char *edid = read_of_screen (doctor, name, "edid", &size);
  char *modes;

  if (status == NULL || strcmp (g_strchomp (status), "connected") != 0)
    return FALSE;
  modes = read_of_screen (doctor, name, "modes", NULL);
  if (modes != NULL)
    modes[strcspn (modes, "\n")] = '\0';
  *ret_screen = (PvScreenFacts){ .connector = get_connector (name), .mode = modes };
  if (edid != NULL)
    pv_facts_read_edid ((const guint8 *) edid, size, &ret_screen->width_mm, &ret_screen->height_mm);
  return TRUE;
}

void
pv_doctor_check_screen (const PvDoctor *doctor, GPtrArray *findings)
{
  g_autofree char *folder = pv_doctor_path (doctor, DRM_FOLDER);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  PvScreenFacts screens[MAX_SCREENS] = { 0 };
  gsize n_screens = 0;
  guint n_connectors = 0;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (strchr (name, '-') != NULL)
      g_ptr_array_add (names, g_strdup (name));
  for (guint i = 0; i < names->len && n_screens < MAX_SCREENS; i++) {
    n_connectors++;
    n_screens += look_at_screen (doctor, names->pdata[i], &screens[n_screens]) ? 1 : 0;
  }
  if (n_connectors == 0)
    pv_findings_add (findings, PV_HEALTH_UNKNOWN, "",
                     pv_say ("this machine shows no graphics card", "cette machine ne montre aucune carte graphique"));
  else
    pv_judge_screens (findings, screens, n_screens,
                      (guint) pv_settings_get_int (doctor->settings, PV_SETTING_SCREEN_DIAGONAL_MM));
  for (gsize i = 0; i < n_screens; i++)
    g_free ((char *) screens[i].mode);
}

void
pv_doctor_check_touch (const PvDoctor *doctor, GPtrArray *findings)
{
  g_autofree char *devices = pv_doctor_read (doctor, INPUT_FILE, NULL);
  g_autoptr (GPtrArray) names = devices != NULL ? pv_facts_find_touch_screens (devices) : NULL;

  if (g_str_equal (pv_settings_get_text (doctor->settings, PV_SETTING_SESSION_PROFILE), "post"))
    pv_doctor_not_used (findings,
                        pv_say ("a computer with mouse and keyboard", "un ordinateur avec souris et clavier"));
  else if (names == NULL)
    pv_findings_add (findings, PV_HEALTH_UNKNOWN, "", pv_say ("%s cannot be read", "lecture impossible : %s"),
                     INPUT_FILE);
  else
    pv_judge_touch (findings, names);
}
