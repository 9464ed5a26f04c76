/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* catalogue-private.h: what catalogue.c and catalogue-search.c share; nobody else includes it. */
#pragma once

#include "core/catalogue.h"

typedef struct PvCatalogueIndex PvCatalogueIndex;

/* Most asked first, then by title. */
int pv_catalogue_compare (const PvCatalogueEntry *a, const PvCatalogueEntry *b);
void pv_catalogue_index_free (PvCatalogueIndex *index);
