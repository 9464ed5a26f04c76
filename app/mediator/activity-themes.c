/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* activity-themes.c: what an assistance was about, in 31 words of a town hall. Names stand in files: they never change. */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "mediator/activity.h"

typedef struct Theme {
  const char *name, *label;
} Theme;

static const Theme table[] = {
  { "papers", N_ ("Identity papers") },
  { "civil-status", N_ ("Civil status") },
  { "foreigners", N_ ("Residence permit") },
  { "elections", N_ ("Electoral roll") },
  { "driving", N_ ("Licence and vehicle") },
  { "family", N_ ("Family and benefits") },
  { "childcare", N_ ("Nursery and childcare") },
  { "school", N_ ("School enrolment") },
  { "canteen", N_ ("Canteen and after school") },
  { "youth", N_ ("Youth and studies") },
  { "leisure", N_ ("Sports and culture") },
  { "housing", N_ ("Looking for housing") },
  { "housing-benefit", N_ ("Housing benefit") },
  { "energy", N_ ("Energy and water") },
  { "planning", N_ ("Town planning") },
  { "streets", N_ ("Streets and cleanliness") },
  { "waste", N_ ("Waste and recycling") },
  { "transport", N_ ("Public transport") },
  { "health", N_ ("Health insurance") },
  { "care", N_ ("Doctors and care") },
  { "disability", N_ ("Disability") },
  { "ageing", N_ ("Older people") },
  { "retirement", N_ ("Retirement") },
  { "work", N_ ("Work and training") },
  { "unemployment", N_ ("Unemployment benefit") },
  { "income", N_ ("Minimum income") },
  { "taxes", N_ ("Taxes") },
  { "payment", N_ ("Bills and payments") },
  { "justice", N_ ("Rights and justice") },
  { "account", N_ ("Online accounts") },
  { "other", N_ ("Something else") },
};

const char *const *
pv_activity_themes (void)
{
  static const char *names[G_N_ELEMENTS (table) + 1];

  if (names[0] == NULL)
    for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
      names[i] = table[i].name;
  return names;
}

const char *
pv_activity_theme_label (const char *theme)
{
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    if (strcmp (table[i].name, theme) == 0)
      return _ (table[i].label);
  return theme;
}
