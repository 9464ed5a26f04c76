/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* bench-assist: the program of a compositor, see the script assist. A citizen goes through 30 screens and types 234
 * letters into 20 fields, in the real window, while a mediator looks on, through a real broker over TLS; where TigerVNC
 * is installed, its viewer looks on as well. The mediator is a process of its own: what it takes to draw a frame here does
 * not delay what is read there. Everything is on one machine, with one clock. */

#include "bench.h"
#include "broker-end.h"
#include "panel.h"
#include "people.h"
#include "wire.h"

#include <gio/gunixinputstream.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "assist/machine-kiosk.h"
#include "assist/machine-mediator.h"
#include "platform/language.h"
#include "view/kiosk-window.h"
#include "view/theme.h"

enum {
  WIDTH = 1080,
  HEIGHT = 1920,
  N_SCREENS = 30,
  N_FIELDS = 20,
  N_KEYS = 234,
  KEY_MS = 260,
  LOOK_ON_MS = 300, /* on a screen without a field */
  N_JOINS = 20,
  N_FRAMES = 240,
  FRAME_MS = 60,
  SETTLE_MS = 2000,
  PATIENCE_MS = 20000,
};

/* ---- the mediator: a process that is told "join DIGITS CALL", "grant?" nothing, and tells what it sees ---- */

typedef struct {
  PvAssistMediator *machine;
  PvCarrier *carrier;
  char *kiosk_id;
  guint n_up;
} Watcher;

static PvAssistTime
time_now (void)
{
  return (PvAssistTime){ g_get_monotonic_time () / 1000, PEOPLE_NOW };
}

static void
watcher_settle (Watcher *watcher)
{
  for (PvOutput *output = pv_assist_mediator_pop (watcher->machine); output != NULL;
       output = pv_assist_mediator_pop (watcher->machine)) {
    if (output->kind == PV_OUTPUT_SEND)
      pv_carrier_send (watcher->carrier, watcher->kiosk_id, output->bytes, output->is_beat, NULL);
    if (output->kind == PV_OUTPUT_MIRROR && pv_assist_mediator_get_mirror (watcher->machine) != NULL) {
      printf ("%u %" G_GINT64_FORMAT "\n", pv_assist_mediator_get_revision (watcher->machine), g_get_monotonic_time ());
      fflush (stdout);
    }
    pv_output_free (output);
  }
}

static void
watcher_event_cb (PvMqttEvent event, int reason, gpointer data)
{
  (void) reason;
  ((Watcher *) data)->n_up += event == PV_MQTT_UP ? 1 : 0;
}

static void
watcher_parcel_cb (const char *peer, gboolean is_call, GBytes *bytes, gpointer data)
{
  Watcher *watcher = data;

  (void) peer;
  if (!is_call)
    pv_assist_mediator_receive (watcher->machine, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                                time_now ());
  watcher_settle (watcher);
}

static gboolean
watcher_tick_cb (gpointer data)
{
  Watcher *watcher = data;

  pv_assist_mediator_tick (watcher->machine, time_now ());
  watcher_settle (watcher);
  return G_SOURCE_CONTINUE;
}

static void
watcher_line_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Watcher *watcher = data;
  g_autofree char *line = g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source), result, NULL, NULL);
  g_auto (GStrv) words = line != NULL ? g_strsplit (line, " ", 2) : NULL;
  g_autoptr (GBytes) call = NULL;
  gsize size = 0;
  guchar *bytes;

  if (line == NULL || words[0] == NULL || words[1] == NULL)
    exit (0);
  bytes = g_base64_decode (words[1], &size);
  call = g_bytes_new_take (bytes, size);
  pv_assist_mediator_join (watcher->machine, call, words[0], time_now (), NULL);
  watcher_settle (watcher);
  g_data_input_stream_read_line_async (G_DATA_INPUT_STREAM (source), G_PRIORITY_DEFAULT, NULL, watcher_line_cb, data);
}

/* --mediator FOLDER ID KIOSK PORT */
static int
be_the_mediator (char **arguments)
{
  People *people = people_new ();
  GRand *random = g_rand_new ();
  Watcher watcher = { .kiosk_id = arguments[2] };
  const PvCarrierHooks hooks = { .event = watcher_event_cb, .parcel = watcher_parcel_cb, .data = &watcher };
  const BrokerPerson person = { arguments[0], arguments[1] };
  g_autofree char *ca = end_file (&person, "brokers.pem"), *cert = end_file (&person, "broker-client.pem"),
                  *key = end_file (&person, "broker-client.key");
  const char *communes[] = { "22050", NULL };
  const PvCarrierOptions options = {
    PV_CARRIER_MEDIATOR, person.id, communes, "127.0.0.1", (guint) atoi (arguments[3]), ca, cert, key,
  };
  g_autoptr (GInputStream) in = g_unix_input_stream_new (0, FALSE);
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (in);

  pv_mirror_catalogue_hash (people->mediator.identity.catalogues[0]);
  watcher.machine = pv_assist_mediator_new (&people->mediator.identity, (PvAssistRandom){ people_random, random });
  watcher.carrier = pv_carrier_new (&options, &hooks, NULL);
  if (watcher.carrier == NULL)
    return 1;
  while (watcher.n_up == 0)
    g_main_context_iteration (NULL, TRUE);
  printf ("0 0\n");
  fflush (stdout);
  g_timeout_add (50, watcher_tick_cb, &watcher);
  g_data_input_stream_read_line_async (lines, G_PRIORITY_DEFAULT, NULL, watcher_line_cb, &watcher);
  for (;;)
    g_main_context_iteration (NULL, TRUE);
}

/* ---- the kiosk ---- */

typedef struct {
  PvKioskWindow *window;
  PvAssistKiosk *machine;
  People *people;
  GRand *random;
  Broker *broker;
  const BrokerPerson *kiosk, *mediator;
  Wire *kiosk_wire, *mediator_wire;
  PvCarrier *carrier;
  guint n_up, tick;
  char *call; /* base64 */
  GSubprocess *watcher;
  GDataInputStream *lines;
  gboolean is_watcher_ready;
  GHashTable *sent_us; /* revision -> when its key was struck */
  GArray *delays;
  gint64 mirrored_us; /* the last one */
  guint32 mirrored;
  PvScreenState *shown;
  gint64 frame_us; /* processor time when the frame was through; 0: not yet */
} Bench;

static void
settle (Bench *bench)
{
  for (PvOutput *output = pv_assist_kiosk_pop (bench->machine); output != NULL;
       output = pv_assist_kiosk_pop (bench->machine)) {
    if (output->kind == PV_OUTPUT_SEND) {
      pv_carrier_send (bench->carrier, bench->mediator->id, output->bytes, output->is_beat, NULL);
    } else if (output->kind == PV_OUTPUT_PUBLISH) {
      g_free (bench->call);
      bench->call = g_base64_encode (g_bytes_get_data (output->bytes, NULL), g_bytes_get_size (output->bytes));
      pv_carrier_call (bench->carrier, output->bytes, NULL);
    }
    pv_output_free (output);
  }
}

/* The citizen lets them see as soon as they are asked. */
static gboolean
tick_cb (gpointer data)
{
  Bench *bench = data;

  pv_assist_kiosk_tick (bench->machine, time_now ());
  settle (bench);
  return G_SOURCE_CONTINUE;
}

static void
event_cb (PvMqttEvent event, int reason, gpointer data)
{
  (void) reason;
  ((Bench *) data)->n_up += event == PV_MQTT_UP ? 1 : 0;
}

static void
parcel_cb (const char *peer, gboolean is_call, GBytes *bytes, gpointer data)
{
  Bench *bench = data;

  (void) peer;
  (void) is_call;
  pv_assist_kiosk_receive (bench->machine, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), time_now ());
  if (pv_assist_kiosk_get_rights (bench->machine)->has_question)
    pv_assist_kiosk_touch (bench->machine, PV_TOUCH_GRANT, time_now ());
  settle (bench);
}

static void
line_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Bench *bench = data;
  g_autofree char *line = g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source), result, NULL, NULL);
  guint revision = 0;
  gint64 us = 0, *struck;

  if (line == NULL || sscanf (line, "%u %" G_GINT64_FORMAT, &revision, &us) != 2)
    return;
  bench->is_watcher_ready = TRUE;
  bench->mirrored = revision;
  bench->mirrored_us = us;
  struck = g_hash_table_lookup (bench->sent_us, GUINT_TO_POINTER (revision));
  if (struck != NULL) {
    double ms = (double) (us - *struck) / 1000.0;

    g_array_append_val (bench->delays, ms);
  }
  g_data_input_stream_read_line_async (bench->lines, G_PRIORITY_DEFAULT, NULL, line_cb, bench);
}

/* ---- the screens ---- */

static const char *const titles[] = {
  "Quel est le nom de l’enfant ?",
  "Quel est son prénom ?",
  "Où habite l’enfant ?",
  "Comment pouvons-nous vous joindre ?",
  "Dans quelle école est l’enfant ?",
  "Quel jour souhaitez-vous commencer ?",
  "Qui vient chercher l’enfant ?",
  "Souhaitez-vous la cantine ?",
  "L’enfant a-t-il un régime alimentaire ?",
  "Avez-vous un quotient familial ?",
};

static const char letters[] = "rue des tilleuls et de la fontaine";

static PvScreenState *
screen_new (guint number, guint n_typed)
{
  g_autofree char *key = g_strdup_printf ("question-%u", number),
                  *step = g_strdup_printf ("Étape %u sur 30", number + 1);
  g_autofree char *id = g_strdup_printf ("field-%u", number);
  PvScreenState *state = pv_screen_state_new (PV_SCREEN_QUESTION, key);
  PvField *field;

  state->commune = g_strdup ("Ville de Montclair");
  state->place = g_strdup ("Espace numérique");
  state->step_text = g_strdup (step);
  state->progress = (double) number / N_SCREENS;
  state->title = g_strdup (titles[number % G_N_ELEMENTS (titles)]);
  state->help = g_strdup ("Écrivez-le comme sur sa pièce d’identité.");
  if (number < N_FIELDS) {
    field = pv_screen_state_add_field (state, PV_FIELD_INPUT, id, "Votre réponse");
    field->assist = PV_ASSIST_CLEAR;
    field->value = g_strndup (letters, n_typed);
    field->is_focused = TRUE;
  } else {
    static const char *const answers[] = { "Oui, tous les jours", "Oui, certains jours", "Non", "Je ne sais pas" };

    field = pv_screen_state_add_field (state, PV_FIELD_CHOICE, id, "Votre réponse");
    field->assist = PV_ASSIST_CLEAR;
    for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
      pv_field_add_choice (field, answers[i], answers[i])->selected = i == 0;
  }
  pv_screen_state_add_action (state, PV_ROLE_BACK, PV_DO_BACK, "Retour");
  pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_NEXT, "Continuer");
  pv_screen_state_add_action (state, PV_ROLE_HELP, PV_DO_STOP_HELP, "Arrêter l’aide");
  pv_screen_state_add_action (state, PV_ROLE_HELP, PV_DO_OPEN_LOOK, "Lire mieux");
  pv_screen_state_add_action (state, PV_ROLE_HELP, PV_DO_QUIT, "Quitter");
  return state;
}

/* As the session does: the window first, then the mirror. */
static void
show (Bench *bench, guint number, guint n_typed, gboolean is_mirrored)
{
  PvScreenState *state = screen_new (number, n_typed);
  gint64 *struck = g_new (gint64, 1);

  *struck = g_get_monotonic_time ();
  pv_kiosk_window_show_state (bench->window, state);
  if (is_mirrored) {
    pv_assist_kiosk_screen (bench->machine, state, time_now ());
    g_hash_table_insert (bench->sent_us, GUINT_TO_POINTER (pv_assist_kiosk_get_revision (bench->machine, NULL)),
                         struck);
    settle (bench);
    pv_screen_state_free (bench->shown);
    bench->shown = state;
  } else {
    g_free (struck);
    pv_screen_state_free (state);
  }
}

static void
play (Bench *bench)
{
  for (guint number = 0; number < N_SCREENS; number++) {
    guint n_keys = number < N_FIELDS ? N_KEYS / N_FIELDS + (number < N_KEYS % N_FIELDS ? 1 : 0) : 0;

    show (bench, number, 0, TRUE);
    bench_pump (number < N_FIELDS ? KEY_MS : LOOK_ON_MS);
    for (guint i = 1; i <= n_keys; i++) {
      show (bench, number, i, TRUE);
      bench_pump (KEY_MS);
    }
  }
}

/* ---- frames ---- */

static gint64
processor_us (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (gint64) time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

static void
after_paint_cb (GdkFrameClock *clock, gpointer data)
{
  Bench *bench = data;

  (void) clock;
  if (bench->frame_us == 0)
    bench->frame_us = processor_us ();
}

/* Letters by turns with and without the mirror: what a letter costs this thread until its frame is drawn. */
static void
measure_frames (Bench *bench)
{
  g_autoptr (GArray) on = g_array_new (FALSE, FALSE, sizeof (double)),
                     off = g_array_new (FALSE, FALSE, sizeof (double));
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (bench->window));
  gulong id = g_signal_connect (clock, "after-paint", G_CALLBACK (after_paint_cb), bench);

  show (bench, 0, 0, TRUE);
  bench_pump (500);
  for (guint i = 0; i < N_FRAMES; i++) {
    gboolean is_on = i % 2 == 0;
    gint64 before = processor_us (), until = g_get_monotonic_time () + G_USEC_PER_SEC;
    double ms;

    bench->frame_us = 0;
    show (bench, 0, 1 + i % 24, is_on);
    while (bench->frame_us == 0 && g_get_monotonic_time () < until)
      g_main_context_iteration (NULL, TRUE);
    ms = (double) (bench->frame_us - before) / 1000.0;
    if (i >= 20 && bench->frame_us != 0)
      g_array_append_val (is_on ? on : off, ms);
    bench_pump (FRAME_MS);
  }
  g_signal_handler_disconnect (clock, id);
  bench_figure ("assist: letter to frame, not helped, p50", bench_percentile (off, 50), "ms", NULL, BENCH_NO_GOAL);
  bench_figure ("assist: letter to frame, helped, p50", bench_percentile (on, 50), "ms", NULL, BENCH_NO_GOAL);
  bench_figure ("assist: letter to frame, difference, p50", bench_percentile (on, 50) - bench_percentile (off, 50),
                "ms", NULL, 1);
  bench_figure ("assist: letter to frame, difference, p95", bench_percentile (on, 95) - bench_percentile (off, 95),
                "ms", NULL, BENCH_NO_GOAL);
}

/* ---- joining ---- */

static gboolean
wait_until (Bench *bench, gboolean (*is_so) (Bench *bench))
{
  gint64 until = g_get_monotonic_time () + PATIENCE_MS * G_TIME_SPAN_MILLISECOND;

  while (!is_so (bench) && g_get_monotonic_time () < until)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (100);
  return is_so (bench);
}

static gboolean
is_connected (Bench *bench)
{
  return bench->n_up > 0 && bench->is_watcher_ready;
}

static gboolean
is_mirrored (Bench *bench)
{
  return bench->mirrored_us > 0;
}

/* From the last digit to the first screen, the citizen's own touch taking no time. Milliseconds, or -1. */
static double
join (Bench *bench)
{
  GOutputStream *in = g_subprocess_get_stdin_pipe (bench->watcher);
  g_autofree char *line = NULL;
  gint64 before;

  bench->mirrored_us = 0;
  pv_assist_kiosk_call (bench->machine, FALSE, time_now ());
  settle (bench);
  line = g_strdup_printf ("%s %s\n", pv_assist_kiosk_get_code (bench->machine, time_now ()), bench->call);
  before = g_get_monotonic_time ();
  if (!g_output_stream_write_all (in, line, strlen (line), NULL, NULL, NULL) || !wait_until (bench, is_mirrored))
    return -1;
  return (double) (bench->mirrored_us - before) / 1000.0;
}

static gboolean
measure_joins (Bench *bench)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < N_JOINS; i++) {
    double ms;

    pv_assist_kiosk_end (bench->machine, PV_END_CITIZEN, time_now ());
    settle (bench);
    bench_pump (100);
    ms = join (bench);
    if (ms < 0)
      return FALSE;
    g_array_append_val (times, ms);
  }
  bench_figure ("assist: join, p50", bench_percentile (times, 50), "ms", NULL, 100);
  bench_figure ("assist: join, p99", bench_percentile (times, 99), "ms", NULL, 100);
  return TRUE;
}

/* ---- the run ---- */

static gboolean
open_lines (Bench *bench, const char *program)
{
  g_autofree char *port = NULL, *ca = NULL, *cert = NULL, *key = NULL;
  const char *communes[] = { "22050", NULL };
  const PvCarrierHooks hooks = { .event = event_cb, .parcel = parcel_cb, .data = bench };
  PvCarrierOptions options = { PV_CARRIER_KIOSK, NULL, communes, "127.0.0.1", 0, NULL, NULL, NULL };

  bench->broker = broker_new ();
  if (bench->broker == NULL || (bench->kiosk = broker_enrol (bench->broker, "root", "kiosk", "22050")) == NULL
      || (bench->mediator = broker_enrol (bench->broker, "root", "mediator", "22050")) == NULL
      || !broker_start (bench->broker))
    return FALSE;
  bench->kiosk_wire = wire_new (bench->broker->kiosk_port);
  bench->mediator_wire = wire_new (bench->broker->mediator_port);
  port = g_strdup_printf ("%u", wire_get_port (bench->mediator_wire));
  ca = end_file (bench->kiosk, "brokers.pem");
  cert = end_file (bench->kiosk, "broker-client.pem");
  key = end_file (bench->kiosk, "broker-client.key");
  options.id = bench->kiosk->id;
  options.port = wire_get_port (bench->kiosk_wire);
  options.ca_file = ca;
  options.cert_file = cert;
  options.key_file = key;
  bench->carrier = pv_carrier_new (&options, &hooks, NULL);
  bench->watcher =
    g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL, program, "--mediator",
                      bench->mediator->folder, bench->mediator->id, bench->kiosk->id, port, NULL);
  if (bench->carrier == NULL || bench->watcher == NULL)
    return FALSE;
  bench->lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (bench->watcher));
  g_data_input_stream_read_line_async (bench->lines, G_PRIORITY_DEFAULT, NULL, line_cb, bench);
  pv_mirror_catalogue_hash (bench->people->kiosk.identity.catalogues[0]);
  bench->machine =
    pv_assist_kiosk_new (&bench->people->kiosk.identity, (PvAssistRandom){ people_random, bench->random }, "1");
  bench->tick = g_timeout_add (25, tick_cb, bench);
  return wait_until (bench, is_connected);
}

/* TigerVNC's viewer on a display of its own. NULL: not installed. */
static GSubprocess *
open_viewer (Wire **ret_wire)
{
  const char *viewer = g_getenv ("PV_BENCH_VIEWER"), *display = g_getenv ("PV_BENCH_VIEWER_DISPLAY");
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autofree char *server = NULL;

  if (viewer == NULL || viewer[0] == '\0')
    return NULL;
  *ret_wire = wire_new ((guint) atoi (g_getenv ("PV_BENCH_VNC_PORT")));
  server = g_strdup_printf ("127.0.0.1::%u", wire_get_port (*ret_wire));
  g_subprocess_launcher_setenv (launcher, "DISPLAY", display, TRUE);
  return g_subprocess_launcher_spawn (launcher, NULL, viewer, "-SecurityTypes=None", "-PreferredEncoding=Tight",
                                      "-AutoSelect=0", "-Shared", server, NULL);
}

static void
tell_bytes (Bench *bench, Wire *vnc)
{
  double kiosk = (double) (wire_count_up (bench->kiosk_wire) + wire_count_down (bench->kiosk_wire)) / 1000.0;
  double mediator = (double) (wire_count_up (bench->mediator_wire) + wire_count_down (bench->mediator_wire)) / 1000.0;

  if (vnc != NULL)
    bench_figure ("assist: the same by VNC Tight", (double) (wire_count_up (vnc) + wire_count_down (vnc)) / 1000.0,
                  "kB", NULL, BENCH_NO_GOAL);
  bench_figure ("assist: bytes of a session at the kiosk", kiosk, "kB", NULL, 50);
  bench_figure ("assist: bytes of a session at the mediator", mediator, "kB", NULL, BENCH_NO_GOAL);
  if (vnc != NULL)
    bench_figure ("assist: bytes, against VNC Tight", kiosk, "kB", "assist: the same by VNC Tight", 1.0 / 30);
}

static int
run (Bench *bench, const char *program)
{
  PvViewConfig config = { .commune = "Ville de Montclair" };
  PvLook look = { .text_percent = 100, .theme = "light", .language = "fr" };
  GSubprocess *viewer;
  Wire *vnc = NULL;

  if (panel_open (WIDTH, HEIGHT) == NULL)
    return EXIT_FAILURE;
  bench_pump (1000);
  pv_theme_prepare ();
  if (!gtk_init_check () || !pv_assist_init ())
    return EXIT_FAILURE;
  bench->window = pv_kiosk_window_new (NULL, &config);
  pv_kiosk_window_set_look (bench->window, &look);
  bench->shown = screen_new (0, 0);
  pv_kiosk_window_show_state (bench->window, bench->shown);
  pv_kiosk_window_present (bench->window);
  bench_pump (SETTLE_MS);
  viewer = open_viewer (&vnc);
  bench_pump (SETTLE_MS);
  if (vnc != NULL)
    bench_figure ("assist: joining by VNC Tight", (double) wire_count_down (vnc) / 1000.0, "kB", NULL, BENCH_NO_GOAL);
  if (!open_lines (bench, program))
    return EXIT_FAILURE;
  pv_assist_kiosk_screen (bench->machine, bench->shown, time_now ());
  if (join (bench) < 0)
    return EXIT_FAILURE;
  bench_figure ("assist: joining",
                (double) (wire_count_up (bench->kiosk_wire) + wire_count_down (bench->kiosk_wire)) / 1000.0, "kB", NULL,
                BENCH_NO_GOAL);
  play (bench);
  tell_bytes (bench, vnc);
  bench_figure ("assist: key to mirror, keys", bench->delays->len, "keys", NULL, BENCH_NO_GOAL);
  bench_figure ("assist: key to mirror, p50", bench_percentile (bench->delays, 50), "ms", NULL, 10);
  bench_figure ("assist: key to mirror, p99", bench_percentile (bench->delays, 99), "ms", NULL, 50);
  if (viewer != NULL)
    g_subprocess_force_exit (viewer);
  measure_frames (bench);
  return measure_joins (bench) ? EXIT_SUCCESS : EXIT_FAILURE;
}

int
main (int argc, char **argv)
{
  Bench bench = { 0 };
  int status;

  signal (SIGPIPE, SIG_IGN);
  g_log_writer_default_set_use_stderr (TRUE);
  if (argc == 6 && g_str_equal (argv[1], "--mediator"))
    return pv_assist_init () ? be_the_mediator (argv + 2) : 1;
  pv_language_start ();
  gtk_disable_setlocale ();
  bench.people = people_new ();
  bench.random = g_rand_new ();
  bench.sent_us = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  bench.delays = g_array_new (FALSE, FALSE, sizeof (double));
  status = run (&bench, argv[0]);
  if (bench.watcher != NULL)
    g_subprocess_force_exit (bench.watcher);
  if (bench.broker != NULL)
    broker_free (bench.broker);
  return status;
}
