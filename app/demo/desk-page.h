/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* desk-page.h: the page on which cards are laid by hand. */
#pragma once

#include "demo/desk.h"
#include "demo/pages.h"

/* "/cards"; a POST of the form "do=lay&card=NAME" is done first.  (transfer full) */
PvDemoReply *pv_demo_desk_page_answer (PvDemoDesk *desk, PvDemoPages *pages,
                                       const PvDemoRequest *request) G_GNUC_WARN_UNUSED_RESULT;
