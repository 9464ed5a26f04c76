/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* sanitizer.h: whether this is a build with the address sanitizer, which maps terabytes of addresses and attaches to its
 * own process: some of what a process gives up it needs. */
#pragma once

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define PV_HAS_ADDRESS_SANITIZER 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
#define PV_HAS_ADDRESS_SANITIZER 1
#endif
