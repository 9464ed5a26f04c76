/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "platform/json.h"

#include <string.h>

#include "tst.h"

static PvJson *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  PvJson *json = pv_json_parse (text, strlen (text), &error);

  if (json == NULL)
    fail_msg ("%s", error->message);
  return json;
}

static void
accepts_documents (void **state)
{
  static const char *const texts[] = {
    "{}",
    "[]",
    " [1] \n",
    "{\"a\":{\"a\":1}}",
    "[9223372036854775807,-9223372036854775808]",
    "[\"\\u00e9\xc3\xa9\"]",
    "[1e300, -0.5, 1E2]",
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (PvJson) json = parse (texts[i]);

    assert_string_equal (pv_json_get_path (json), "/");
  }
}

static void
refuses_what_is_no_document (void **state)
{
  static const char *const texts[] = {
    "",
    " ",
    "1",
    "\"a\"",
    "null",
    "{}{}",
    "[] x",
    "[1,]",
    "[,1]",
    "{'a':1}",
    "[0x10]",
    "[010]",
    "[9223372036854775808]",
    "[1e400]",
    "{\"a\":1,\"a\":2}",
    "[\"\\u0000\"]",
    "[\"\xff\"]",
    "[\"a\nb\"]",
    "\xef\xbb\xbf[]",
    "[\"a",
    "[\"a\\",
    "]",
    "}}}}",
    "{\"a\"}",
    "[NaN]",
    "[\"\\ud800\"]",
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GError) error = NULL;

    if (pv_json_parse (texts[i], strlen (texts[i]), &error) != NULL)
      fail_msg ("accepted: %s", texts[i]);
    assert_true (g_error_matches (error, PV_JSON_ERROR, PV_JSON_ERROR_BAD_TEXT));
  }
}

static void
refuses_over_the_limits (void **state)
{
  struct {
    const char *open, *fill, *close;
    gsize opens, fills;
    gboolean is_accepted;
  } cases[] = {
    { "[", "", "]", PV_JSON_MAX_DEPTH, 0, TRUE },
    { "[", "", "]", PV_JSON_MAX_DEPTH + 1, 0, FALSE },
    { "[", "", "]", 80000, 0, FALSE },
    { "[", "0,", "0]", 1, PV_JSON_MAX_ITEMS - 1, TRUE },
    { "[", "0,", "0]", 1, PV_JSON_MAX_ITEMS, FALSE },
    /* Each array is small; together they are not. */
    { "[", "[0,0],", "0]", 1, 19999, TRUE },
    { "[", "[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0],", "0]", 1, 19999, FALSE },
    /* Commas and brackets inside a text count for nothing. */
    { "[\"", ",[{\\\"", "\"]", 1, PV_JSON_MAX_ITEMS, TRUE },
    { "[\"", "aaaaaaaaaaaaaaaa", "\"]", 1, PV_JSON_MAX_BYTES / 16 - 1, TRUE },
    { "[\"", "aaaaaaaaaaaaaaaa", "\"]", 1, PV_JSON_MAX_BYTES / 16, FALSE },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GString) text = g_string_new (NULL);
    g_autoptr (GError) error = NULL;
    g_autoptr (PvJson) json = NULL;

    for (gsize n = 0; n < cases[i].opens; n++)
      g_string_append (text, cases[i].open);
    for (gsize n = 0; n < cases[i].fills; n++)
      g_string_append (text, cases[i].fill);
    for (gsize n = 0; n < cases[i].opens; n++)
      g_string_append (text, cases[i].close);
    json = pv_json_parse (text->str, text->len, &error);
    if ((json != NULL) != cases[i].is_accepted)
      fail_msg ("case %zu: %s", i, error != NULL ? error->message : "accepted");
    if (json == NULL)
      assert_true (g_error_matches (error, PV_JSON_ERROR, PV_JSON_ERROR_TOO_LARGE));
  }
}

static void
never_quotes_the_input (void **state)
{
  static const char *const texts[] = {
    "[\"Dupont\" x", "{\"Dupont\":1,\"Dupont\":2}", "[Dupont]", "[99999999999999999999]", "[\"Dupont\n\"]",
  };
  g_autoptr (PvJson) object = parse ("{\"M\xc3\xa9lanie Dupont\":1}");
  g_autoptr (PvJson) member = pv_json_get_member (object, "M\xc3\xa9lanie Dupont");

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GError) error = NULL;

    assert_null (pv_json_parse (texts[i], strlen (texts[i]), &error));
    assert_null (strstr (error->message, "Dupont"));
    assert_null (strstr (error->message, "9999"));
  }
  assert_string_equal (pv_json_get_path (member), "/?");
}

typedef enum {
  TEXT,
  INT,
  BOOL,
  ARRAY,
  OBJECT,
} Reader;

/* Calls one reader on /data/0; limits are 3 bytes, -5..5, 2 items. Tells whether the output was touched. */
static gboolean
call_reader (const PvJson *object, const char *key, Reader reader, gboolean is_required, gboolean *ret_touched,
             GError **error)
{
  char *text = NULL;
  gint64 number = 77;
  gboolean flag = 77, ok = FALSE;
  PvJson *json = NULL;

  switch (reader) {
  case TEXT:
    ok =
      is_required ? pv_json_read_text (object, key, 3, &text, error) : pv_json_find_text (object, key, 3, &text, error);
    break;
  case INT:
    ok = is_required ? pv_json_read_int (object, key, -5, 5, &number, error)
                     : pv_json_find_int (object, key, -5, 5, &number, error);
    break;
  case BOOL:
    ok = is_required ? pv_json_read_bool (object, key, &flag, error) : pv_json_find_bool (object, key, &flag, error);
    break;
  case ARRAY:
    ok = is_required ? pv_json_read_array (object, key, 2, &json, error)
                     : pv_json_find_array (object, key, 2, &json, error);
    break;
  case OBJECT:
    ok =
      is_required ? pv_json_read_object (object, key, &json, error) : pv_json_find_object (object, key, &json, error);
    break;
  default:
    break;
  }
  *ret_touched = text != NULL || number != 77 || flag != 77 || json != NULL;
  g_free (text);
  pv_json_unref (json);
  return ok;
}

static void
typed_readers_check_type_presence_and_limit (void **state)
{
  static const struct {
    const char *member;
    Reader reader;
    const char *complaint; /* NULL: read */
  } cases[] = {
    { "\"abc\"", TEXT, NULL },
    { "\"abcd\"", TEXT, "/data/0/x: text too long" },
    { "\"\xc3\xa9\xc3\xa9\"", TEXT, "/data/0/x: text too long" },
    { "1", TEXT, "/data/0/x: expected a text" },
    { "-5", INT, NULL },
    { "5", INT, NULL },
    { "6", INT, "/data/0/x: out of range" },
    { "-6", INT, "/data/0/x: out of range" },
    { "1.0", INT, "/data/0/x: expected an integer" },
    { "\"1\"", INT, "/data/0/x: expected an integer" },
    { "true", INT, "/data/0/x: expected an integer" },
    { "true", BOOL, NULL },
    { "false", BOOL, NULL },
    { "0", BOOL, "/data/0/x: expected true or false" },
    { "[1,2]", ARRAY, NULL },
    { "[1,2,3]", ARRAY, "/data/0/x: too many items" },
    { "{}", ARRAY, "/data/0/x: expected an array" },
    { "{}", OBJECT, NULL },
    { "[]", OBJECT, "/data/0/x: expected an object" },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    for (int is_required = 0; is_required < 2; is_required++) {
      g_autofree char *text = g_strdup_printf ("{\"data\":[{\"x\":%s}]}", cases[i].member);
      g_autoptr (PvJson) json = parse (text);
      g_autoptr (PvJson) data = pv_json_get_member (json, "data");
      g_autoptr (PvJson) item = pv_json_get_item (data, 0);
      g_autoptr (GError) error = NULL;
      gboolean is_touched = FALSE;
      gboolean ok = call_reader (item, "x", cases[i].reader, is_required, &is_touched, &error);

      if (ok != (cases[i].complaint == NULL) || is_touched != ok)
        fail_msg ("case %zu", i);
      if (!ok)
        assert_string_equal (error->message, cases[i].complaint);
    }
}

static void
absent_and_null_are_an_error_only_when_required (void **state)
{
  g_autoptr (PvJson) json = parse ("{\"n\":null,\"list\":[]}");
  g_autoptr (PvJson) list = pv_json_get_member (json, "list");

  (void) state;
  for (Reader reader = TEXT; reader <= OBJECT; reader++) {
    const char *const keys[] = { "n", "absent" };

    for (gsize i = 0; i < G_N_ELEMENTS (keys); i++) {
      g_autoptr (GError) error = NULL;
      gboolean is_touched = TRUE;

      assert_true (call_reader (json, keys[i], reader, FALSE, &is_touched, NULL));
      assert_false (is_touched);
      assert_false (call_reader (json, keys[i], reader, TRUE, &is_touched, &error));
      assert_false (is_touched);
      assert_true (g_error_matches (error, PV_JSON_ERROR, PV_JSON_ERROR_BAD_DATA));
    }
    for (int is_required = 0; is_required < 2; is_required++) {
      g_autoptr (GError) error = NULL;
      gboolean is_touched = TRUE;

      assert_false (call_reader (list, "n", reader, is_required, &is_touched, &error));
      assert_string_equal (error->message, "/list: expected an object");
    }
  }
}

static void
children_outlive_their_document (void **state)
{
  PvJson *json = parse ("{\"a\":[{\"b\":\"deep\"}]}");
  PvJson *array = pv_json_get_member (json, "a");
  PvJson *item = pv_json_get_item (array, 0);
  g_autoptr (PvJson) text = pv_json_get_member (item, "b");

  (void) state;
  assert_null (pv_json_get_item (array, 1));
  assert_null (pv_json_get_member (array, "b"));
  assert_null (pv_json_get_item (json, 0));
  pv_json_unref (json);
  pv_json_unref (array);
  pv_json_unref (item);
  assert_string_equal (pv_json_get_path (text), "/a/0/b");
  assert_string_equal (pv_json_get_text (text), "deep");
}

static void
keys_come_in_document_order (void **state)
{
  g_autoptr (PvJson) json = parse ("{\"z\":1,\"a\":2,\"m\":3}");
  g_auto (GStrv) keys = pv_json_list_keys (json);
  g_autofree char *joined = g_strjoinv (" ", keys);

  (void) state;
  assert_string_equal (joined, "z a m");
  assert_int_equal (pv_json_get_length (json), 3);
}

static void
spells_values_as_text (void **state)
{
  static const struct {
    const char *value;
    PvJsonType type;
    const char *as_text, *to_text;
  } cases[] = {
    { "\"a\\\"b\"", PV_JSON_TEXT, "a\"b", "\"a\\\"b\"" },
    { "9223372036854775807", PV_JSON_INTEGER, "9223372036854775807", "9223372036854775807" },
    { "-0", PV_JSON_INTEGER, "0", "0" },
    { "0.1", PV_JSON_REAL, "0.1", "0.1" },
    { "2.0", PV_JSON_REAL, "2.0", "2.0" },
    { "0.30000000000000004", PV_JSON_REAL, "0.30000000000000004", "0.30000000000000004" },
    { "1e300", PV_JSON_REAL, "1e+300", "1e+300" },
    { "true", PV_JSON_BOOL, "true", "true" },
    { "false", PV_JSON_BOOL, "false", "false" },
    { "null", PV_JSON_NULL, NULL, "null" },
    { "[ 1, [ ] ]", PV_JSON_ARRAY, NULL, "[1,[]]" },
    { "{\"b\": 1, \"a\": {\"d\": null, \"c\": 2}}", PV_JSON_OBJECT, NULL, "{\"a\":{\"c\":2,\"d\":null},\"b\":1}" },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *document = g_strdup_printf ("[%s]", cases[i].value);
    g_autoptr (PvJson) json = parse (document);
    g_autoptr (PvJson) value = pv_json_get_item (json, 0);
    g_autofree char *as_text = pv_json_as_text (value);
    g_autofree char *to_text = pv_json_to_text (value);
    gint64 number = 77;

    assert_int_equal (pv_json_get_type (value), cases[i].type);
    if (g_strcmp0 (as_text, cases[i].as_text) != 0)
      fail_msg ("%s: %s", cases[i].value, as_text);
    assert_string_equal (to_text, cases[i].to_text);
    assert_int_equal (pv_json_get_int (value, &number), cases[i].type == PV_JSON_INTEGER);
    assert_int_equal (pv_json_get_bool (value), strcmp (cases[i].value, "true") == 0);
    assert_int_equal (pv_json_get_text (value) != NULL, cases[i].type == PV_JSON_TEXT);
  }
}

static void
writes_what_can_be_read (void **state)
{
  static const guint8 bytes[] = { 0xfb, 0xff, 0x00, 0x10 };
  g_autoptr (PvJsonWriter) writer = pv_json_writer_new ();
  g_autoptr (PvJson) other = parse ("{\"b\":[1,2.5],\"a\":\"x\"}");
  gsize length = 0;
  const char *text;

  (void) state;
  pv_json_writer_begin_object (writer, NULL);
  pv_json_writer_text (writer, "text", "a\"\\\n\x7f\xc3\xa9\xf0\x9f\x8c\xb3/</script>");
  pv_json_writer_text (writer, "none", NULL);
  pv_json_writer_text (writer, "broken", "a\xff\xc3");
  pv_json_writer_int (writer, "min", G_MININT64);
  pv_json_writer_begin_array (writer, "list");
  pv_json_writer_bool (writer, NULL, TRUE);
  pv_json_writer_bool (writer, NULL, FALSE);
  pv_json_writer_null (writer, NULL);
  pv_json_writer_begin_object (writer, NULL);
  pv_json_writer_end_object (writer);
  pv_json_writer_end_array (writer);
  pv_json_writer_base64 (writer, "file", bytes, sizeof bytes);
  pv_json_writer_base64 (writer, "empty", NULL, 0);
  pv_json_writer_value (writer, "copy", other);
  pv_json_writer_end_object (writer);
  text = pv_json_writer_get_text (writer, &length);
  assert_string_equal (text, "{\"text\":\"a\\\"\\\\\\u000a\\u007f\xc3\xa9\xf0\x9f\x8c\xb3/</script>\",\"none\":null,"
                             "\"broken\":\"a\xef\xbf\xbd\xef\xbf\xbd\",\"min\":-9223372036854775808,"
                             "\"list\":[true,false,null,{}],\"file\":\"+/8AEA==\",\"empty\":\"\","
                             "\"copy\":{\"a\":\"x\",\"b\":[1,2.5]}}");
  assert_int_equal (length, strlen (text));
  pv_json_unref (pv_json_parse (text, length, NULL));
}

static void
writes_large_files (void **state)
{
  enum { SIZE = 300001 };
  g_autofree guint8 *bytes = g_malloc (SIZE);
  g_autoptr (PvJsonWriter) writer = pv_json_writer_new ();
  g_autoptr (PvJson) json = NULL;
  g_autoptr (PvJson) item = NULL;
  g_autofree guint8 *back = NULL;
  gsize length = 0;

  (void) state;
  for (gsize i = 0; i < SIZE; i++)
    bytes[i] = (guint8) (i * 7);
  pv_json_writer_begin_array (writer, NULL);
  pv_json_writer_base64 (writer, NULL, bytes, SIZE);
  pv_json_writer_end_array (writer);
  json = parse (pv_json_writer_get_text (writer, NULL));
  item = pv_json_get_item (json, 0);
  back = g_base64_decode (pv_json_get_text (item), &length);
  assert_int_equal (length, SIZE);
  assert_memory_equal (back, bytes, SIZE);
}

/* As they are written elsewhere; what would make no JSON is null. */
static void
a_decimal_is_written_as_it_stands (void **state)
{
  static const struct {
    const char *decimal, *written;
  } cases[] = {
    { "48.200000", "[48.200000]" },
    { "-3.28", "[-3.28]" },
    { "0.5", "[0.5]" },
    { "12", "[12]" },
    { "048.2", "[null]" },
    { "48.", "[null]" },
    { ".5", "[null]" },
    { "1e3", "[null]" },
    { "", "[null]" },
    { "-", "[null]" },
    { "1,5", "[null]" },
    { "1.5]", "[null]" },
    { NULL, "[null]" },
  };

  (void) state;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (PvJsonWriter) writer = pv_json_writer_new ();

    pv_json_writer_begin_array (writer, NULL);
    pv_json_writer_decimal (writer, NULL, cases[i].decimal);
    pv_json_writer_end_array (writer);
    assert_string_equal (pv_json_writer_get_text (writer, NULL), cases[i].written);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_decimal_is_written_as_it_stands),
    cmocka_unit_test (accepts_documents),
    cmocka_unit_test (refuses_what_is_no_document),
    cmocka_unit_test (refuses_over_the_limits),
    cmocka_unit_test (never_quotes_the_input),
    cmocka_unit_test (typed_readers_check_type_presence_and_limit),
    cmocka_unit_test (absent_and_null_are_an_error_only_when_required),
    cmocka_unit_test (children_outlive_their_document),
    cmocka_unit_test (keys_come_in_document_order),
    cmocka_unit_test (spells_values_as_text),
    cmocka_unit_test (writes_what_can_be_read),
    cmocka_unit_test (writes_large_files),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
