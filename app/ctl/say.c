/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/say.h"

static PvSayLanguage said_in = PV_SAY_ENGLISH;

PvSayLanguage
pv_say_get_wanted (void)
{
  const char *wanted = g_get_language_names ()[0];

  return g_str_has_prefix (wanted, "fr") ? PV_SAY_FRENCH : PV_SAY_ENGLISH;
}

void
pv_say_in (PvSayLanguage language)
{
  said_in = language;
}

const char *
pv_say (const char *english, const char *french)
{
  return said_in == PV_SAY_FRENCH ? french : english;
}
