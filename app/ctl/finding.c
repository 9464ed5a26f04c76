/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/finding.h"

#include <stdarg.h>
#include <string.h>

#include "ctl/say.h"
#include "platform/json.h"

#define PACK_TYPE "a(yss)"

static void
finding_free (gpointer data)
{
  PvFinding *finding = data;

  g_free (finding->sentence);
  g_free (finding->to_do);
  g_free (finding);
}

GPtrArray *
pv_findings_new (void)
{
  return g_ptr_array_new_with_free_func (finding_free);
}

/* What came from outside, the name of a printer for one, obeys nobody's terminal. (transfer full) */
static char *
clean (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *cleaned = g_string_new (NULL);

  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar letter = g_utf8_get_char (at);

    g_string_append_unichar (cleaned, g_unichar_iscntrl (letter) ? ' ' : letter);
  }
  return g_string_free (cleaned, FALSE);
}

static void
add (GPtrArray *findings, PvHealth health, const char *sentence, const char *to_do)
{
  PvFinding *finding = g_new0 (PvFinding, 1);

  finding->health = health;
  finding->sentence = clean (sentence);
  finding->to_do = clean (to_do);
  g_ptr_array_add (findings, finding);
}

void
pv_findings_add (GPtrArray *findings, PvHealth health, const char *to_do, const char *format, ...)
{
  g_autofree char *sentence = NULL;
  va_list values;

  va_start (values, format);
  sentence = g_strdup_vprintf (format, values);
  va_end (values);
  add (findings, health, sentence, to_do);
}

PvHealth
pv_findings_get_worst (const GPtrArray *findings)
{
  PvHealth worst = PV_HEALTH_WELL;

  for (guint i = 0; i < findings->len; i++)
    worst = MAX (worst, ((const PvFinding *) findings->pdata[i])->health);
  return worst;
}

GBytes *
pv_findings_pack (const GPtrArray *findings)
{
  GVariantBuilder builder;
  g_autoptr (GVariant) packed = NULL;
  gsize size = 0;

  g_variant_builder_init (&builder, G_VARIANT_TYPE (PACK_TYPE));
  for (guint i = 0; i < findings->len; i++) {
    const PvFinding *finding = findings->pdata[i];

    size += strlen (finding->sentence) + strlen (finding->to_do) + 32;
    if (size < PV_FINDINGS_MAX_BYTES)
      g_variant_builder_add (&builder, "(yss)", (guchar) finding->health, finding->sentence, finding->to_do);
  }
  packed = g_variant_ref_sink (g_variant_builder_end (&builder));
  return g_variant_get_data_as_bytes (packed);
}

gboolean
pv_findings_parse (GPtrArray *findings, GBytes *bytes)
{
  g_autoptr (GVariant) packed =
    g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (PACK_TYPE), bytes, FALSE));
  GVariantIter iter;
  const char *sentence, *to_do;
  guchar health;

  if (g_bytes_get_size (bytes) > PV_FINDINGS_MAX_BYTES || !g_variant_is_normal_form (packed))
    return FALSE;
  g_variant_iter_init (&iter, packed);
  while (g_variant_iter_next (&iter, "(y&s&s)", &health, &sentence, &to_do))
    add (findings, health < PV_N_HEALTHS ? health : PV_HEALTH_UNKNOWN, sentence, to_do);
  return TRUE;
}

const char *
pv_health_get_word (PvHealth health)
{
  static const char *const words[] = { "ok", "notice", "unknown", "wrong" };

  return words[health];
}

int
pv_doctor_get_status (const PvCheckup *checkups, gsize n_checkups)
{
  PvHealth worst = PV_HEALTH_WELL;

  for (gsize i = 0; i < n_checkups; i++)
    worst = MAX (worst, pv_findings_get_worst (checkups[i].findings));
  return worst == PV_HEALTH_WRONG ? 1 : worst == PV_HEALTH_UNKNOWN ? 2 : 0;
}

static const char *
get_title_of (PvHealth health)
{
  switch (health) {
  case PV_HEALTH_WELL:
    return pv_say ("well", "bon");
  case PV_HEALTH_NOTICE:
    return pv_say ("note", "à savoir");
  case PV_HEALTH_UNKNOWN:
    return pv_say ("not seen", "non vu");
  case PV_HEALTH_WRONG:
  case PV_N_HEALTHS:
    break;
  }
  return pv_say ("TO DO", "À FAIRE");
}

/* Letters, not bytes; at least one blank follows. */
static void
append_padded (GString *text, const char *word, glong width)
{
  glong length = g_utf8_strlen (word, -1);

  g_string_append (text, word);
  g_string_append_printf (text, "%*s", (int) MAX (width - length, 1), "");
}

static void
count (const PvCheckup *checkups, gsize n_checkups, guint counts[PV_N_HEALTHS])
{
  for (gsize i = 0; i < n_checkups; i++)
    for (guint k = 0; k < checkups[i].findings->len; k++)
      counts[((const PvFinding *) checkups[i].findings->pdata[k])->health]++;
}

char *
pv_doctor_to_text (const PvCheckup *checkups, gsize n_checkups)
{
  GString *text = g_string_new (NULL);
  guint counts[PV_N_HEALTHS] = { 0 };

  for (gsize i = 0; i < n_checkups; i++) {
    for (guint k = 0; k < checkups[i].findings->len; k++) {
      const PvFinding *finding = checkups[i].findings->pdata[k];

      append_padded (text, k == 0 ? checkups[i].title : "", 24);
      append_padded (text, get_title_of (finding->health), 10);
      g_string_append_printf (text, "%s\n", finding->sentence);
      if (*finding->to_do != '\0')
        g_string_append_printf (text, "%34s→ %s\n", "", finding->to_do);
    }
  }
  count (checkups, n_checkups, counts);
  if (counts[PV_HEALTH_WRONG] > 0)
    g_string_append_printf (text, pv_say ("\nTo do: %u.\n", "\nÀ faire : %u.\n"), counts[PV_HEALTH_WRONG]);
  else if (counts[PV_HEALTH_UNKNOWN] > 0)
    g_string_append_printf (text,
                            pv_say ("\nNothing is wrong, as far as could be seen. Not seen: %u.\n",
                                    "\nRien à faire dans ce qui a été vu. Non vu : %u.\n"),
                            counts[PV_HEALTH_UNKNOWN]);
  else
    g_string_append (text, pv_say ("\nAll is well.\n", "\nTout va bien.\n"));
  return g_string_free (text, FALSE);
}

char *
pv_doctor_to_json (const PvCheckup *checkups, gsize n_checkups, const char *when)
{
  static const char *const verdicts[] = { "ok", "wrong", "unknown" };
  g_autoptr (PvJsonWriter) writer = pv_json_writer_new ();

  pv_json_writer_begin_object (writer, NULL);
  pv_json_writer_int (writer, "version", PV_DOCTOR_JSON_VERSION);
  pv_json_writer_text (writer, "when", when);
  pv_json_writer_text (writer, "health", verdicts[pv_doctor_get_status (checkups, n_checkups)]);
  pv_json_writer_begin_array (writer, "checks");
  for (gsize i = 0; i < n_checkups; i++) {
    pv_json_writer_begin_object (writer, NULL);
    pv_json_writer_text (writer, "id", checkups[i].id);
    pv_json_writer_text (writer, "title", checkups[i].title);
    pv_json_writer_text (writer, "health", pv_health_get_word (pv_findings_get_worst (checkups[i].findings)));
    pv_json_writer_begin_array (writer, "findings");
    for (guint k = 0; k < checkups[i].findings->len; k++) {
      const PvFinding *finding = checkups[i].findings->pdata[k];

      pv_json_writer_begin_object (writer, NULL);
      pv_json_writer_text (writer, "health", pv_health_get_word (finding->health));
      pv_json_writer_text (writer, "text", finding->sentence);
      pv_json_writer_text (writer, "to_do", *finding->to_do != '\0' ? finding->to_do : NULL);
      pv_json_writer_end_object (writer);
    }
    pv_json_writer_end_array (writer);
    pv_json_writer_end_object (writer);
  }
  pv_json_writer_end_array (writer);
  pv_json_writer_end_object (writer);
  return g_strdup (pv_json_writer_get_text (writer, NULL));
}
