/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* json-private.h: what the reader and the writer of JSON share. */
#pragma once

#include "platform/json.h"

struct json_t;

struct PvJson {
  gatomicrefcount refs;
  struct json_t *value; /* owned: a child keeps the document alive */
  char *path;           /* owned */
};
