/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "demo/faults.h"

#include <string.h>

enum {
  TEXT_MAX_BYTES = 300,
  ALWAYS = 0,
};

typedef struct Fault {
  PvDemoFaultKind kind;
  char *on;
  gint64 times; /* left; ALWAYS */
  gint64 seconds;
  gint64 status;
  char *desc;
  char *code;
  char *slug;
} Fault;

struct PvDemoFaults {
  GPtrArray *list;
};

G_DEFINE_QUARK (pv_demo_fault_error, pv_demo_fault_error)

static const char *const kind_names[PV_DEMO_N_FAULTS] = {
  [PV_DEMO_FAULT_DELAY] = "delay",
  [PV_DEMO_FAULT_DROP_BEFORE_STORE] = "drop-before-store",
  [PV_DEMO_FAULT_DROP_AFTER_STORE] = "drop-after-store",
  [PV_DEMO_FAULT_CUT] = "cut",
  [PV_DEMO_FAULT_TRUNCATED] = "truncated",
  [PV_DEMO_FAULT_RUBBISH] = "rubbish",
  [PV_DEMO_FAULT_ERROR_500] = "error-500",
  [PV_DEMO_FAULT_ERROR_500_AFTER] = "error-500-after-store",
  [PV_DEMO_FAULT_REFUSE] = "refuse",
  [PV_DEMO_FAULT_FORM_DELETED] = "form-deleted",
  [PV_DEMO_FAULT_FORM_DISABLED] = "form-disabled",
  [PV_DEMO_FAULT_SOLD_OUT] = "sold-out",
  [PV_DEMO_FAULT_CLOCK] = "clock",
};

static const char *const call_names[] = { "any",  "list", "schema",  "options", "submit", "find",     "follow",
                                          "read", "drop", "invoice", "prefill", "book",   "bookings", NULL };

static void
fault_free (gpointer data)
{
  Fault *fault = data;

  g_free (fault->on);
  g_free (fault->desc);
  g_free (fault->code);
  g_free (fault->slug);
  g_free (fault);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Fault, fault_free)

PvDemoFaults *
pv_demo_faults_new (void)
{
  PvDemoFaults *self = g_new0 (PvDemoFaults, 1);

  self->list = g_ptr_array_new_with_free_func (fault_free);
  return self;
}

void
pv_demo_faults_free (PvDemoFaults *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->list);
  g_free (self);
}

static gboolean
find_kind (const char *name, PvDemoFaultKind *ret_kind)
{
  for (guint kind = 0; kind < PV_DEMO_N_FAULTS; kind++) {
    if (g_str_equal (name, kind_names[kind])) {
      *ret_kind = kind;
      return TRUE;
    }
  }
  return FALSE;
}

static gboolean
needs_slug (PvDemoFaultKind kind)
{
  return kind == PV_DEMO_FAULT_FORM_DELETED || kind == PV_DEMO_FAULT_FORM_DISABLED;
}

static gboolean
check (const Fault *fault, GError **error)
{
  if (g_strv_contains (call_names, fault->on) && (fault->slug != NULL) == needs_slug (fault->kind))
    return TRUE;
  g_set_error (error, PV_DEMO_FAULT_ERROR, PV_DEMO_FAULT_ERROR_BAD_DATA,
               "fault %s: unknown call, or slug missing or too much", kind_names[fault->kind]);
  return FALSE;
}

static Fault *
read_fault (const PvJson *json, GError **error)
{
  g_autoptr (Fault) fault = g_new0 (Fault, 1);
  g_autofree char *kind = NULL;

  fault->status = 403;
  if (!pv_json_read_text (json, "kind", TEXT_MAX_BYTES, &kind, error)
      || !pv_json_find_text (json, "on", TEXT_MAX_BYTES, &fault->on, error)
      || !pv_json_find_int (json, "times", ALWAYS, G_MAXINT, &fault->times, error)
      || !pv_json_find_int (json, "seconds", -PV_DEMO_FAULT_MAX_SECONDS, PV_DEMO_FAULT_MAX_SECONDS, &fault->seconds,
                            error)
      || !pv_json_find_int (json, "status", 200, 599, &fault->status, error)
      || !pv_json_find_text (json, "desc", TEXT_MAX_BYTES, &fault->desc, error)
      || !pv_json_find_text (json, "code", TEXT_MAX_BYTES, &fault->code, error)
      || !pv_json_find_text (json, "slug", TEXT_MAX_BYTES, &fault->slug, error))
    return NULL;
  if (!find_kind (kind, &fault->kind)) {
    g_set_error (error, PV_DEMO_FAULT_ERROR, PV_DEMO_FAULT_ERROR_BAD_DATA, "unknown kind of fault");
    return NULL;
  }
  if (fault->on == NULL)
    fault->on = g_strdup ("any");
  return check (fault, error) ? g_steal_pointer (&fault) : NULL;
}

gboolean
pv_demo_faults_set (PvDemoFaults *self, const PvJson *json, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (fault_free);
  g_autoptr (PvJson) array = NULL;

  if (pv_json_get_type (json) != PV_JSON_OBJECT) {
    g_set_error (error, PV_DEMO_FAULT_ERROR, PV_DEMO_FAULT_ERROR_BAD_DATA, "expected an object");
    return FALSE;
  }
  if (!pv_json_read_array (json, "faults", PV_DEMO_MAX_FAULTS, &array, error))
    return FALSE;
  for (gsize i = 0; i < pv_json_get_length (array); i++) {
    g_autoptr (PvJson) item = pv_json_get_item (array, i);
    Fault *fault = read_fault (item, error);

    if (fault == NULL)
      return FALSE;
    g_ptr_array_add (list, fault);
  }
  g_ptr_array_unref (self->list);
  self->list = g_steal_pointer (&list);
  return TRUE;
}

gboolean
pv_demo_faults_add_word (PvDemoFaults *self, const char *word, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (word, ":", 4);
  guint count = g_strv_length (parts);
  g_autoptr (Fault) fault = g_new0 (Fault, 1);

  fault->status = 403;
  if (count == 0 || !find_kind (parts[0], &fault->kind) || self->list->len >= PV_DEMO_MAX_FAULTS
      || (count > 2 && !g_ascii_string_to_signed (parts[2], 10, ALWAYS, G_MAXINT, &fault->times, NULL))) {
    g_set_error (error, PV_DEMO_FAULT_ERROR, PV_DEMO_FAULT_ERROR_BAD_DATA, "not a fault: %s", word);
    return FALSE;
  }
  fault->on = g_strdup (count > 1 && *parts[1] != '\0' ? parts[1] : "any");
  if (count > 3 && needs_slug (fault->kind)) {
    fault->slug = g_strdup (parts[3]);
  } else if (count > 3
             && !g_ascii_string_to_signed (parts[3], 10, -PV_DEMO_FAULT_MAX_SECONDS, PV_DEMO_FAULT_MAX_SECONDS,
                                           &fault->seconds, error)) {
    return FALSE;
  }
  if (!check (fault, error))
    return FALSE;
  g_ptr_array_add (self->list, g_steal_pointer (&fault));
  return TRUE;
}

char *
pv_demo_faults_to_json (const PvDemoFaults *self)
{
  g_autoptr (PvJsonWriter) writer = pv_json_writer_new ();

  pv_json_writer_begin_object (writer, NULL);
  pv_json_writer_begin_array (writer, "faults");
  for (guint i = 0; i < self->list->len; i++) {
    const Fault *fault = g_ptr_array_index (self->list, i);

    pv_json_writer_begin_object (writer, NULL);
    pv_json_writer_text (writer, "kind", kind_names[fault->kind]);
    pv_json_writer_text (writer, "on", fault->on);
    pv_json_writer_int (writer, "times", fault->times);
    pv_json_writer_int (writer, "seconds", fault->seconds);
    if (fault->slug != NULL)
      pv_json_writer_text (writer, "slug", fault->slug);
    pv_json_writer_end_object (writer);
  }
  pv_json_writer_end_array (writer);
  pv_json_writer_end_object (writer);
  return g_strdup (pv_json_writer_get_text (writer, NULL));
}

gint64
pv_demo_faults_get_clock_s (const PvDemoFaults *self)
{
  gint64 offset_s = 0;

  for (guint i = 0; i < self->list->len; i++) {
    const Fault *fault = g_ptr_array_index (self->list, i);

    if (fault->kind == PV_DEMO_FAULT_CLOCK)
      offset_s += fault->seconds;
  }
  return offset_s;
}

static void
apply (const Fault *fault, PvDemoTrouble *trouble)
{
  trouble->has[fault->kind] = TRUE;
  if (fault->kind == PV_DEMO_FAULT_DELAY)
    trouble->delay_s = MAX (0, fault->seconds);
  if (fault->kind == PV_DEMO_FAULT_REFUSE) {
    trouble->status = (guint) fault->status;
    g_free (trouble->desc);
    trouble->desc = g_strdup (fault->desc != NULL ? fault->desc : "Unsufficient roles.");
    g_free (trouble->code);
    trouble->code = g_strdup (fault->code != NULL ? fault->code : "access-denied");
  }
  if (needs_slug (fault->kind)) {
    g_free (trouble->slug);
    trouble->slug = g_strdup (fault->slug);
  }
}

PvDemoTrouble *
pv_demo_faults_take (PvDemoFaults *self, const char *call)
{
  PvDemoTrouble *trouble = g_new0 (PvDemoTrouble, 1);

  for (guint i = 0; i < self->list->len;) {
    Fault *fault = g_ptr_array_index (self->list, i);

    if (fault->kind == PV_DEMO_FAULT_CLOCK || (!g_str_equal (fault->on, "any") && !g_str_equal (fault->on, call))) {
      i++;
      continue;
    }
    apply (fault, trouble);
    if (fault->times == 1) {
      g_ptr_array_remove_index (self->list, i);
      continue;
    }
    if (fault->times != ALWAYS)
      fault->times--;
    i++;
  }
  return trouble;
}

void
pv_demo_trouble_free (PvDemoTrouble *trouble)
{
  if (trouble == NULL)
    return;
  g_free (trouble->desc);
  g_free (trouble->code);
  g_free (trouble->slug);
  g_free (trouble);
}
