/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* settings-locks.h: what a layer keeps from those above it. Private to settings*.c.
 *
 * A lock is "group/key", with a star as the key for all keys of a group. Of groups with a name of their own,
 * "procedure SLUG/key" is about one, "procedure/key" about all. It binds the layers above the one whose file it is in; a value
 * that is the same as the one below is no change. Nothing takes a lock back. */
#pragma once

#include "platform/settings-layers.h"

/* NULL: @text is a lock on something that there is; else what is wrong. (transfer full) */
char *pv_setting_lock_check (const char *text) G_GNUC_WARN_UNUSED_RESULT;

/* (element-type PvSettingLock): all locks of some layers, in the order they were read. */
typedef struct {
  char *group;
  char *key;   /* (nullable): all keys */
  char *place; /* "platform/10.conf:3" */
  PvLayer layer;
} PvSettingLock;

GPtrArray *pv_setting_locks_new (void) G_GNUC_WARN_UNUSED_RESULT;
/* @text: passed pv_setting_lock_check() */
void pv_setting_locks_add (GPtrArray *locks, const char *text, PvLayer layer, const char *place);
/* The first lock on @key of @group, that binds @layer; NULL: none. (transfer none) */
const PvSettingLock *pv_setting_locks_find (const GPtrArray *locks, const char *group, const char *key, PvLayer layer);
