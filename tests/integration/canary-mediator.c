/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* canary-mediator CONF PASSPHRASE-FILE: a mediator's console without windows, which does what the lines of its standard input
 * say, and answers each with a line "ok ..." or, and that is its end, "failed ...".
 *
 *   ring                  waits until somebody waits
 *   join|DIGITS           answers that call, and waits until both are verified
 *   sees|LABEL|HOW        waits until the field of that label is shown: "hidden" or "masked", with an answer in it and none
 *                         of its letters; "clear", with its letters. Says the field's id
 *   row|LABEL|HOW         the same for a line of the summary
 *   ask|RIGHT             asks for "propose" or "hand"
 *   has|RIGHT             waits until it is granted; "show" as well
 *   point|LABEL           at that field
 *   explain|TEXT
 *   propose|LABEL|TEXT    a value for that field
 *   accepted              waits until it is
 *   set|LABEL|TEXT        fills that field in
 *   forbidden|LABEL|TEXT  tries to, and must be refused
 *   give-back|RIGHT       and waits until it is gone; with "show" so is the mirror
 *   end
 *   state|NAME            waits until the session is "ended", "lost" or "over" (either)
 *
 * It knows nothing of what the citizen types: what its memory holds came through the console. What it reads is wiped. */

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/wipe.h"
#include "mediator/console.h"
#include "mediator/key-store.h"
#include "platform/language.h"

enum { WAIT_MS = 30 * 1000, LONG_WAIT_MS = 180 * 1000, MAX_WORDS = 3, STEP_US = 5000 };

static char line[2048]; /* of standard input; wiped after each */
static PvConsole *console;
static guint n_answers[PV_N_RESULTS];

static void
answer_cb (guint32 id, PvResult result, gpointer data)
{
  (void) id;
  (void) data;
  n_answers[result]++;
}

static void
fail (const char *why)
{
  printf ("failed: %s\n", why);
  fflush (stdout);
  exit (EXIT_FAILURE);
}

/* ---- looking ---- */

static PvMediatorState
get_state (void)
{
  const PvAssistMediator *machine = pv_console_get_session (console);

  return machine != NULL ? pv_assist_mediator_get_state (machine) : PV_MEDIATOR_IDLE;
}

static const PvMediatorRights *
get_rights (void)
{
  return pv_assist_mediator_get_rights (pv_console_get_session (console));
}

/* As the window has it. (transfer full) (nullable) */
static PvScreenState *
get_screen (void)
{
  const PvAssistMediator *machine = pv_console_get_session (console);
  const PvMirror *mirror = machine != NULL ? pv_assist_mediator_get_mirror (machine) : NULL;

  return mirror != NULL ? pv_mirror_to_screen (mirror) : NULL;
}

static gboolean
is_masked (const char *value)
{
  gboolean has_dot = FALSE;

  for (const char *at = value; at != NULL && *at != '\0'; at = g_utf8_next_char (at)) {
    if (g_utf8_get_char (at) != 0x2022)
      return FALSE;
    has_dot = TRUE;
  }
  return has_dot;
}

static gboolean
is_shown (PvAssistClass class, const char *value, const char *how)
{
  gboolean is_open = value != NULL && *value != '\0' && !is_masked (value);

  if (g_str_equal (how, "clear"))
    return is_open;
  return is_masked (value) && class == (g_str_equal (how, "hidden") ? PV_ASSIST_HIDDEN : PV_ASSIST_TYPING);
}

/* A blank that cannot break is one. */
static gboolean
is_called (const char *name, const char *label)
{
  g_autoptr (GString) plain = g_string_new (name);

  g_string_replace (plain, "\u00a0", " ", 0);
  g_string_replace (plain, "\u202f", " ", 0);
  return g_str_equal (plain->str, label);
}

/* (transfer full) (nullable): the id of the field of that label; @how: (nullable) */
static char *
find_field (const char *label, const char *how)
{
  g_autoptr (PvScreenState) screen = get_screen ();

  for (guint i = 0; screen != NULL && i < screen->fields->len; i++) {
    const PvField *field = screen->fields->pdata[i];
    const char *name = field->label != NULL ? field->label : field->spoken_label;

    if (!is_called (name, label))
      continue;
    if (how == NULL || is_shown (field->assist, field->value, how))
      return g_strdup (field->id);
  }
  return NULL;
}

static gboolean
has_row (const char *label, const char *how)
{
  g_autoptr (PvScreenState) screen = get_screen ();

  for (guint i = 0; screen != NULL && i < screen->fields->len; i++) {
    const GPtrArray *rows = ((const PvField *) screen->fields->pdata[i])->rows;

    for (guint k = 0; rows != NULL && k < rows->len; k++) {
      const PvSummaryRow *row = rows->pdata[k];

      if (is_called (row->label, label) && is_shown (row->assist, row->value, how))
        return TRUE;
    }
  }
  return FALSE;
}

static const char *
tell_value (const char *value)
{
  return is_masked (value) ? "masked" : value == NULL || *value == '\0' ? "empty" : "clear";
}

static void
print_row (const PvSummaryRow *row)
{
  fprintf (stderr, "row \"%s\", class %d, %s\n", row->label, row->assist, tell_value (row->value));
}

/* What the window would have had: to find why a wait had no end. No values. */
static void
print_screen (void)
{
  g_autoptr (PvScreenState) screen = get_screen ();

  fprintf (stderr, "state %d, %s\n", get_state (), screen != NULL ? pv_screen_id_name (screen->id) : "no mirror");
  if (screen != NULL)
    fprintf (stderr, "title \"%s\"\n", screen->title);
  for (guint i = 0; screen != NULL && i < screen->fields->len; i++) {
    const PvField *field = screen->fields->pdata[i];

    fprintf (stderr, "field %s \"%s\" (%s), class %d, %s\n", field->id, field->label, field->spoken_label,
             field->assist, tell_value (field->value));
    for (guint k = 0; field->rows != NULL && k < field->rows->len; k++)
      print_row (field->rows->pdata[k]);
  }
}

/* Used as a statement. */
#define wait_for_ms(condition, limit_ms)                                                                               \
  do {                                                                                                                 \
    gint64 wait_until = g_get_monotonic_time () + (limit_ms) *G_TIME_SPAN_MILLISECOND;                                 \
    while (!(condition)) {                                                                                             \
      if (g_get_monotonic_time () > wait_until) {                                                                      \
        print_screen ();                                                                                               \
        fail (#condition);                                                                                             \
      }                                                                                                                \
      while (g_main_context_iteration (NULL, FALSE))                                                                   \
        continue;                                                                                                      \
      g_usleep (STEP_US);                                                                                              \
    }                                                                                                                  \
  } while (FALSE)
#define wait_for(condition) wait_for_ms (condition, WAIT_MS)

static gboolean
sees (const char *label, const char *how, char **ret_id)
{
  g_free (*ret_id);
  *ret_id = find_field (label, how);
  return *ret_id != NULL;
}

/* ---- acting ---- */

static PvRight
right_of (const char *name)
{
  return g_str_equal (name, "show") ? PV_RIGHT_SHOW : g_str_equal (name, "propose") ? PV_RIGHT_PROPOSE : PV_RIGHT_HAND;
}

static void
join (const char *digits)
{
  const PvWaitingCall *call = pv_console_get_calls (console)->pdata[0];
  g_autofree char *id = g_strdup (call->id);
  g_autoptr (GError) error = NULL;

  if (!pv_console_join (console, id, digits, &error))
    fail (error->message);
  wait_for (get_state () == PV_MEDIATOR_SESSION);
}

/* @label: (nullable) */
static void
command (PvCommandKind kind, const char *label, const char *text, PvResult expected)
{
  g_autofree char *target = NULL;
  guint before = n_answers[expected];

  if (label != NULL)
    wait_for (sees (label, NULL, &target));
  if (pv_console_command (console, kind, target, text) == 0)
    fail ("the command was not taken");
  wait_for (n_answers[expected] > before);
}

static gboolean
is_over (const char *how)
{
  PvMediatorState state = get_state ();

  return (state == PV_MEDIATOR_LOST && !g_str_equal (how, "ended"))
         || (state == PV_MEDIATOR_ENDED && !g_str_equal (how, "lost"));
}

/* What needs no field. */
static gboolean
do_short (const char *verb, const char *word)
{
  if (g_str_equal (verb, "ring"))
    wait_for (pv_console_get_calls (console)->len == 1);
  else if (g_str_equal (verb, "join") && word != NULL)
    join (word);
  else if (g_str_equal (verb, "ask") && word != NULL)
    pv_console_ask (console, right_of (word));
  else if (g_str_equal (verb, "has") && word != NULL)
    wait_for (get_rights ()->is_granted[right_of (word)]);
  else if (g_str_equal (verb, "explain") && word != NULL)
    command (PV_COMMAND_EXPLAIN, NULL, word, PV_RESULT_DONE);
  else if (g_str_equal (verb, "accepted"))
    wait_for (n_answers[PV_RESULT_ACCEPTED] > 0);
  else if (g_str_equal (verb, "give-back") && word != NULL) {
    pv_console_give_back (console, right_of (word));
    wait_for (!get_rights ()->is_granted[right_of (word)]);
    wait_for (right_of (word) != PV_RIGHT_SHOW
              || pv_assist_mediator_get_mirror (pv_console_get_session (console)) == NULL);
  } else if (g_str_equal (verb, "end"))
    pv_console_end (console);
  else if (g_str_equal (verb, "state") && word != NULL)
    wait_for_ms (is_over (word), LONG_WAIT_MS);
  else
    return FALSE;
  return TRUE;
}

static gboolean
do_words (char **words, char **ret_id)
{
  if (words[1] == NULL)
    return FALSE;
  if (g_str_equal (words[0], "point"))
    command (PV_COMMAND_POINT, words[1], NULL, PV_RESULT_DONE);
  else if (words[2] == NULL)
    return FALSE;
  else if (g_str_equal (words[0], "sees"))
    wait_for (sees (words[1], words[2], ret_id));
  else if (g_str_equal (words[0], "row"))
    wait_for (has_row (words[1], words[2]));
  else if (g_str_equal (words[0], "propose"))
    command (PV_COMMAND_PROPOSE, words[1], words[2], PV_RESULT_SHOWN);
  else if (g_str_equal (words[0], "set"))
    command (PV_COMMAND_SET, words[1], words[2], PV_RESULT_DONE);
  else if (g_str_equal (words[0], "forbidden"))
    command (PV_COMMAND_SET, words[1], words[2], PV_RESULT_FORBIDDEN);
  else
    return FALSE;
  return TRUE;
}

/* ---- the lines ---- */

static void
do_line (void)
{
  char *words[MAX_WORDS + 1] = { line };
  g_autofree char *id = NULL;

  for (guint i = 1; i < MAX_WORDS && words[i - 1] != NULL; i++) {
    words[i] = strchr (words[i - 1], '|');
    if (words[i] != NULL)
      *words[i]++ = '\0';
  }
  if (!do_short (words[0], words[1]) && !do_words (words, &id))
    fail ("not understood");
  /* What goes out late goes out before the next line. */
  for (guint i = 0; i < 20; i++) {
    while (g_main_context_iteration (NULL, FALSE))
      continue;
    g_usleep (STEP_US);
  }
  printf ("ok %s%s%s\n", words[0], id != NULL ? " " : "", id != NULL ? id : "");
  fflush (stdout);
}

/* Byte by byte: no buffer of the library keeps what was read. */
static gboolean
input_cb (int fd, GIOCondition condition, gpointer data)
{
  gsize *filled = data;
  gssize got = 0;

  (void) condition;
  while (*filled < sizeof line - 1 && (got = read (fd, line + *filled, 1)) == 1) {
    if (line[*filled] != '\n') {
      ++*filled;
      continue;
    }
    line[*filled] = '\0';
    return G_SOURCE_REMOVE;
  }
  if (got < 0 && errno == EAGAIN)
    return G_SOURCE_CONTINUE;
  exit (EXIT_SUCCESS);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  PvSecret **secret = data;

  (void) source;
  *secret = pv_key_store_open_finish (result, &error);
  if (*secret == NULL)
    fail (error->message);
}

static void
sign_in (const char *conf, const char *passphrase_file)
{
  const PvConsoleHooks hooks = { .answer = answer_cb };
  g_autoptr (GError) error = NULL;
  g_autoptr (PvConsoleSettings) settings = pv_console_settings_read (conf, &error);
  g_autofree char *passphrase = NULL;
  g_autoptr (PvSecret) secret = NULL;

  if (settings == NULL || !g_file_get_contents (passphrase_file, &passphrase, NULL, &error))
    fail (error->message);
  g_strchomp (passphrase);
  pv_key_store_open_async (settings, passphrase, NULL, opened_cb, &secret);
  wait_for (secret != NULL);
  console = pv_console_new (settings, pv_secret_get_bytes (secret, NULL), &hooks, &error);
  if (console == NULL)
    fail (error->message);
  wait_for (pv_console_is_up (console));
}

int
main (int argc, char **argv)
{
  if (argc != 3)
    return 2;
  pv_language_start ();
  pv_language_set ("fr"); /* in which the mirror is, whatever the citizen reads */
  g_unix_set_fd_nonblocking (STDIN_FILENO, TRUE, NULL);
  sign_in (argv[1], argv[2]);
  printf ("ok signed-in\n");
  fflush (stdout);
  for (;;) {
    gsize filled = 0;
    guint source = g_unix_fd_add (STDIN_FILENO, G_IO_IN | G_IO_HUP, input_cb, &filled);

    while (g_main_context_find_source_by_id (NULL, source) != NULL)
      g_main_context_iteration (NULL, TRUE);
    do_line ();
    pv_wipe_bytes (line, sizeof line);
  }
}
