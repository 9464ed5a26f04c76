/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* log.h: what the programs tell their administrator, and nothing else.
 *
 * One line on standard error, which systemd gives to the journal:
 *
 *     parvis-courier: filing-sent status=200 tries=2
 *
 * An event has a fixed name, and fields that cannot carry what somebody typed: whole numbers, and words of small
 * letters, digits and hyphens out of the program's own tables. There is no way to log a sentence, save about the
 * settings, which nobody but the administrator writes. A word that is not one is withheld, not shortened. Whoever decides
 * about an error logs it, once; libraries do not log. */
#pragma once

#include <glib.h>

typedef enum {
  PV_LOG_ERROR,   /* somebody must do something */
  PV_LOG_WARNING, /* it goes on, worse than it should */
  PV_LOG_INFO,
} PvLogLevel;

typedef struct {
  const char *name; /* NULL: no field */
  const char *word; /* NULL: @number counts */
  const GError *cause;
  gint64 number;
} PvLogField;

enum { PV_LOG_MAX_WORD_BYTES = 64 };

/* The literals are checked by the compiler: "" in front of anything else is a syntax error. */
#define PV_LOG_INT(field, value)                                                                                       \
  {                                                                                                                    \
    .name = "" field, .number = (value)                                                                                \
  }
#define PV_LOG_WORD(field, value)                                                                                      \
  {                                                                                                                    \
    .name = "" field, .word = (value)                                                                                  \
  }
/* Domain and code of a GError, never its message; nothing for NULL. */
#define PV_LOG_CAUSE(error)                                                                                            \
  {                                                                                                                    \
    .name = "cause", .cause = (error), .word = ""                                                                      \
  }

/**
 * pv_log_event:
 * @level: a PvLogLevel
 * @event: a string literal of small letters and hyphens
 * @...: up to eight PV_LOG_INT(), PV_LOG_WORD(), PV_LOG_CAUSE()
 */
#define pv_log_event(level, event, ...)                                                                                \
  pv_log_write (level, "" event, (const PvLogField[]){ { .name = NULL }, ##__VA_ARGS__, { .name = NULL } })

/* Use pv_log_event(). @fields: between two without a name. */
void pv_log_write (PvLogLevel level, const char *event, const PvLogField *fields);

/* The line of an event, without its end. (transfer full) */
char *pv_log_format (const char *event, const PvLogField *fields) G_GNUC_WARN_UNUSED_RESULT;

/**
 * pv_log_silence_libraries:
 *
 * From here on messages through GLib's log are told by domain and level only, since those of a toolkit may hold a
 * citizen's words; the text of failed assertions is kept, which is source code. To be called first in main().
 */
void pv_log_silence_libraries (void);

/* What is to be mended in the settings, one line of PV_LOG_ERROR for each; @error: PV_SETTINGS_ERROR, no other. */
void pv_log_bad_settings (const GError *error);
