/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* speechd-library.h: libspeechd 2 by name, where it is installed; what is used of it, as libspeechd.h 0.11 declares it. */
#pragma once

#include <glib.h>

typedef enum { PV_SPD_MODE_SINGLE, PV_SPD_MODE_THREADED } PvSpdMode;
typedef enum { PV_SPD_IMPORTANT = 1, PV_SPD_MESSAGE = 2 } PvSpdPriority;
typedef enum { PV_SPD_DATA_TEXT, PV_SPD_DATA_SSML } PvSpdDataMode;
typedef enum { PV_SPD_BEGIN = 1, PV_SPD_END = 2, PV_SPD_INDEX_MARKS = 4, PV_SPD_CANCEL = 8 } PvSpdNotification;
typedef enum {
  PV_SPD_EVENT_BEGIN,
  PV_SPD_EVENT_END,
  PV_SPD_EVENT_INDEX_MARK,
  PV_SPD_EVENT_CANCEL,
} PvSpdEvent;

typedef void (*PvSpdFunc) (size_t message, size_t client, PvSpdEvent event);
typedef void (*PvSpdMarkFunc) (size_t message, size_t client, PvSpdEvent event, char *mark);

/* The public beginning of its SPDConnection. */
typedef struct PvSpdConnection {
  PvSpdFunc begin, end, cancel, pause, resume;
  PvSpdMarkFunc mark;
} PvSpdConnection;

typedef struct PvSpd {
  PvSpdConnection *(*open) (const char *client, const char *connection, const char *user, PvSpdMode mode,
                            const void *address, int autospawn, char **ret_error);
  void (*close) (PvSpdConnection *connection);
  int (*say) (PvSpdConnection *connection, PvSpdPriority priority, const char *text); /* of the message; -1 */
  int (*cancel) (PvSpdConnection *connection);
  int (*set_data_mode) (PvSpdConnection *connection, PvSpdDataMode mode);
  int (*set_notification_on) (PvSpdConnection *connection, PvSpdNotification notification);
  int (*set_voice_rate) (PvSpdConnection *connection, int rate); /* -100 to 100 */
  int (*set_volume) (PvSpdConnection *connection, int volume);   /* -100 to 100 */
  int (*set_language) (PvSpdConnection *connection, const char *language);
} PvSpd;

/* FALSE: it is not there. It stays until the process ends. */
gboolean pv_spd_load (PvSpd *ret_spd);
