/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A document from a phone, the whole way: a journey, the session's own links, a courier, the demo's relay and parvis-decode.
 * The phone is the other hand of tests/fakes/phone.h: it sends also what the page would refuse. */

#include "../unit/core/journey-steps.h"

#include "documents.h"
#include "kiosk/session/capture-link.h"
#include "phone.h"
#include "pictures.h"
#include "platform/http.h"
#include "rig.h"

enum { WAIT_MS = 60000, MAX_BYTES = 100 * 1000, HTTP_NO_CONTENT = 204 };
enum { PDF = 1, JPEG = 2 };

typedef struct {
  Fixture journey;
  Rig *rig;
  PvCourierLink *courier;
  PvCaptureLink *link;
  gboolean is_up;
  char *url; /* of the code on the screen */
} Kiosk;

static void
state_cb (gboolean is_up, gboolean can_store, gpointer user_data)
{
  (void) can_store;
  ((Kiosk *) user_data)->is_up = is_up;
}

static void
report_cb (const PvCaptureReport *report, gpointer user_data)
{
  Kiosk *kiosk = user_data;

  if (report->url != NULL) {
    g_free (kiosk->url);
    kiosk->url = g_strdup (report->url);
  }
  pv_journey_capture_report (kiosk->journey.journey, report, &kiosk->journey.now);
}

static void
picture_cb (GdkTexture *texture, gpointer user_data)
{
  (void) texture;
  (void) user_data;
}

static void
document_cb (PvDocument *document, gpointer user_data)
{
  Kiosk *kiosk = user_data;

  pv_journey_document_came (kiosk->journey.journey, document, &kiosk->journey.now);
}

static int
kiosk_set_up (void **state)
{
  static const PvCourierEvents courier_events = { .state = state_cb };
  static const PvCaptureLinkEvents events = { report_cb, picture_cb, document_cb };
  Kiosk *kiosk = g_new0 (Kiosk, 1);
  PvJourneyConfig config = sample_config ();
  g_autofree char *socket = NULL, *page = NULL;
  void *made = NULL;

  kiosk->rig = rig_new (1);
  if (kiosk->rig == NULL || !rig_start_courier (kiosk->rig))
    return 1;
  set_up (&made);
  kiosk->journey = *(Fixture *) made;
  g_free (made);
  config.has_drop = TRUE;
  pv_journey_free (kiosk->journey.journey);
  kiosk->journey.journey = pv_journey_new (&config);
  pv_journey_set_ref (kiosk->journey.journey, ref);
  pv_journey_catalogue_loaded (kiosk->journey.journey, kiosk->journey.catalogue, &kiosk->journey.now);
  ((PvQuestion *) pv_procedure_find_question (kiosk->journey.procedure, "11"))->max_bytes = MAX_BYTES;
  socket = g_build_filename (kiosk->rig->folder, "run", "courier.sock", NULL);
  page = g_strdup_printf ("http://127.0.0.1:%u/d", kiosk->rig->relay_port);
  kiosk->courier = pv_courier_link_new (socket, &courier_events, kiosk);
  kiosk->link = pv_capture_link_new (
    &(PvCaptureLinkConfig){
      .program = g_getenv ("PV_DECODE_PROGRAM"), .device = "none", .drop_url = page, .courier = kiosk->courier },
    &events, kiosk);
  *state = kiosk;
  return tst_pump_until (NULL, &kiosk->is_up, WAIT_MS) ? 0 : 1;
}

static int
kiosk_tear_down (void **state)
{
  Kiosk *kiosk = *state;
  gboolean is_clean;

  pv_capture_link_free (kiosk->link);
  pv_courier_link_free (kiosk->courier);
  pv_journey_free (kiosk->journey.journey);
  pv_catalogue_unref (kiosk->journey.catalogue);
  pv_procedure_unref (kiosk->journey.procedure);
  g_time_zone_unref (kiosk->journey.zone);
  is_clean = rig_free (kiosk->rig);
  g_free (kiosk->url);
  g_free (kiosk);
  return is_clean ? 0 : 1;
}

static void
perform (Kiosk *kiosk)
{
  PvEffect *effect;

  while ((effect = pv_journey_pop_effect (kiosk->journey.journey)) != NULL) {
    pv_capture_link_perform (kiosk->link, effect);
    pv_effect_free (effect);
  }
}

static void
touch (Kiosk *kiosk, PvIntentionKind kind, const char *target)
{
  act (&kiosk->journey, kind, target, NULL);
  perform (kiosk);
}

static void
wait_for (Kiosk *kiosk, const char *key)
{
  gint64 end = g_get_monotonic_time () + (gint64) WAIT_MS * G_TIME_SPAN_MILLISECOND;

  while (!g_str_equal (screen (&kiosk->journey)->key, key) && g_get_monotonic_time () < end) {
    perform (kiosk);
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (500);
  }
  assert_string_equal (screen (&kiosk->journey)->key, key);
}

typedef struct {
  PvHttpClient *client;
  guint status;
  gboolean is_done;
} Putting;

static void
put_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Putting *putting = user_data;
  PvHttpResponse *response = pv_http_send_finish (putting->client, result, NULL);

  (void) source;
  putting->status = response != NULL ? pv_http_response_get_status (response) : 0;
  g_clear_pointer (&response, pv_http_response_free);
  putting->is_done = TRUE;
}

static guint
put (Kiosk *kiosk, const FakePhone *phone, GBytes *sealed)
{
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u/drop/%s", kiosk->rig->relay_port, phone->id);
  g_autoptr (PvHttpClient) client = pv_http_client_new (NULL);
  const PvHttpRequest request = { .method = "PUT", .url = url, .body = sealed };
  Putting putting = { .client = client };

  pv_http_send_async (client, &request, NULL, put_cb, &putting);
  assert_true (tst_pump_until (NULL, &putting.is_done, WAIT_MS));
  return putting.status;
}

/* Shows a code; the phone that read it. */
static FakePhone *
read_code (Kiosk *kiosk)
{
  g_clear_pointer (&kiosk->url, g_free);
  touch (kiosk, PV_DO_SEND_FROM_PHONE, "11");
  wait_for (kiosk, "document-code");
  while (kiosk->url == NULL)
    g_main_context_iteration (NULL, TRUE);
  return fake_phone_new (kiosk->url);
}

static void
send_document (Kiosk *kiosk, guint8 type, GBytes *content)
{
  g_autoptr (FakePhone) phone = read_code (kiosk);
  g_autoptr (GBytes) sealed = NULL;

  assert_non_null (phone);
  assert_int_equal (phone->max_bytes, MAX_BYTES);
  sealed = fake_phone_seal (phone, type, g_bytes_get_data (content, NULL), g_bytes_get_size (content));
  assert_int_equal (put (kiosk, phone, sealed), HTTP_NO_CONTENT);
  /* Once only. */
  assert_int_not_equal (put (kiosk, phone, sealed), HTTP_NO_CONTENT);
}

/* The request is as it was before the document. */
static void
assert_answers_are_kept (Kiosk *kiosk)
{
  gboolean is_there = FALSE;

  touch (kiosk, PV_DO_LATER, "11");
  wait_for (kiosk, "check");
  for (guint i = 0; i < screen (&kiosk->journey)->fields->len; i++) {
    const PvField *field = screen (&kiosk->journey)->fields->pdata[i];

    for (guint k = 0; field->rows != NULL && k < field->rows->len; k++)
      is_there = is_there || g_strcmp0 (((const PvSummaryRow *) field->rows->pdata[k])->value, "Martin") == 0;
  }
  assert_true (is_there);
}

static void
open_question (Kiosk *kiosk)
{
  answer_up_to_check (&kiosk->journey);
  wait_for (kiosk, "check");
  touch (kiosk, PV_DO_EDIT, "11");
  wait_for (kiosk, "question-11");
}

static void
photos_and_pdfs_become_the_answer (void **state)
{
  Kiosk *kiosk = *state;
  g_autoptr (GBytes) jpeg = fake_picture_new (FAKE_JPEG, 640, 480), photo = fake_exif_new (jpeg, 6, TRUE),
                     pdf = fake_pdf_new (FAKE_PDF_METADATA, 2);
  const struct {
    guint8 type;
    GBytes *content;
  } table[] = { { JPEG, photo }, { PDF, pdf } };

  open_question (kiosk);
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++) {
    const PvField *field;

    send_document (kiosk, table[i].type, table[i].content);
    wait_for (kiosk, "document-arrived");
    touch (kiosk, PV_DO_USE_DOCUMENT, NULL);
    wait_for (kiosk, "question-11");
    field = pv_screen_state_find_field (screen (&kiosk->journey), "11");
    assert_non_null (field);
    assert_int_equal (field->rows->len, 1);
    act (&kiosk->journey, PV_DO_REMOVE_DOCUMENT, "11", "0");
    perform (kiosk);
  }
  assert_answers_are_kept (kiosk);
}

static void
what_is_no_use_says_what_to_do_and_costs_no_answer (void **state)
{
  Kiosk *kiosk = *state;
  g_autoptr (GBytes) heic = fake_heic_new (), broken = g_bytes_new_static ("%PDF-1.7 nothing more", 21);
  g_autoptr (GBytes) locked = fake_pdf_new (FAKE_PDF_ENCRYPTED, 1), large = fake_pdf_new (FAKE_PDF_PLAIN, 900);
  const struct {
    guint8 type;
    GBytes *content;
  } table[] = { { JPEG, heic }, { PDF, broken }, { PDF, locked }, { PDF, large } };
  g_autoptr (GHashTable) titles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  assert_true (g_bytes_get_size (large) > MAX_BYTES);
  open_question (kiosk);
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++) {
    send_document (kiosk, table[i].type, table[i].content);
    wait_for (kiosk, "document-trouble");
    g_hash_table_add (titles, g_strdup (screen (&kiosk->journey)->title));
    assert_non_null (pv_screen_state_find_action (screen (&kiosk->journey), PV_DO_SEND_FROM_PHONE));
    touch (kiosk, PV_DO_BACK, NULL);
    wait_for (kiosk, "question-11");
  }
  assert_true (g_hash_table_size (titles) >= 3); /* wrong type, unreadable, too large */
  assert_answers_are_kept (kiosk);
}

static void
what_is_cut_on_its_way_can_be_sent_again (void **state)
{
  Kiosk *kiosk = *state;
  g_autoptr (FakePhone) phone = NULL;
  g_autoptr (GBytes) pdf = fake_pdf_new (FAKE_PDF_PLAIN, 1), sealed = NULL, half = NULL;

  open_question (kiosk);
  phone = read_code (kiosk);
  sealed = fake_phone_seal (phone, PDF, g_bytes_get_data (pdf, NULL), g_bytes_get_size (pdf));
  half = g_bytes_new_from_bytes (sealed, 0, g_bytes_get_size (sealed) / 2);
  /* A relay takes no half of a document; one that does costs this document only. */
  if (put (kiosk, phone, half) == HTTP_NO_CONTENT) {
    wait_for (kiosk, "document-trouble");
    touch (kiosk, PV_DO_BACK, NULL);
    wait_for (kiosk, "question-11");
    send_document (kiosk, PDF, pdf);
  } else {
    assert_int_equal (put (kiosk, phone, sealed), HTTP_NO_CONTENT);
  }
  wait_for (kiosk, "document-arrived");
  touch (kiosk, PV_DO_USE_DOCUMENT, NULL);
  wait_for (kiosk, "question-11");
}

#define WITH_KIOSK(name) cmocka_unit_test_setup_teardown (name, kiosk_set_up, kiosk_tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WITH_KIOSK (photos_and_pdfs_become_the_answer),
    WITH_KIOSK (what_is_no_use_says_what_to_do_and_costs_no_answer),
    WITH_KIOSK (what_is_cut_on_its_way_can_be_sent_again),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
