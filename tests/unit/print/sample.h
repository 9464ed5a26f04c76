/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* sample.h: a receipt of a fictional person of a fictional commune, and the tools that look at the paper. */
#pragma once

#include "core/receipt.h"

#include <gio/gio.h>
#include <string.h>

static inline void
sample_line_free (gpointer data)
{
  PvReceiptLine *line = data;

  g_free (line->label);
  g_free (line->value);
  g_free (line);
}

static inline void
sample_add (GPtrArray *lines, const char *label, const char *value)
{
  PvReceiptLine *line = g_new0 (PvReceiptLine, 1);

  line->label = g_strdup (label);
  line->value = g_strdup (value);
  g_ptr_array_add (lines, line);
}

/* Texts are literals: not for pv_receipt_free(). Free lines and documents with sample_clear(). */
static inline PvReceipt
sample_receipt (PvReceiptKind kind)
{
  PvReceipt receipt = {
    .kind = kind,
    .title = (char *) "Accusé de réception électronique",
    .commune = (char *) "Montclair-sur-Loire",
    .place = (char *) "Borne de l’hôtel de ville",
    .service = (char *) "Service de l’état civil",
    .address = (char *) "1 place de la Mairie, 99123 Montclair-sur-Loire",
    .email = (char *) "etat-civil@montclair.example",
    .phone = (char *) "01 99 00 12 34",
    .procedure = (char *) "Copie d’un acte de naissance",
    .procedure_version = (char *) "3f9a1c20d4e5",
    .reference_label = (char *) "Numéro de demande",
    .reference = (char *) "18-2047",
    .tracking_code = (char *) "BCDF GHJK",
    .qr_text = (char *) "https://demarches.montclair.example/code/BCDFGHJK/",
    .datetime = (char *) "23 novembre 2026 à 14 h 32 (heure de Paris)",
    .lines = g_ptr_array_new_with_free_func (sample_line_free),
    .documents = g_ptr_array_new_with_free_func (sample_line_free),
    .next = (char *) "L’état civil prépare votre copie. Vous la recevrez par courrier sous 5 jours ouvrés.",
    .silence = (char *) "Sans réponse le 23 janvier 2027, votre demande est acceptée. Vous pouvez demander une "
                        "attestation.",
    .appeal = (char *) "Vous pouvez écrire au maire dans les deux mois. Vous pouvez aussi saisir le tribunal "
                       "administratif, dans les deux mois.",
    .privacy = (char *) "Vos réponses servent à traiter votre demande. Vous pouvez les consulter et les corriger : "
                        "dpo@montclair.example.",
    .language = (char *) "fr",
    .text_percent = 100,
  };

  sample_add (receipt.lines, "Votre nom", "Zoé Lefèvre-Ündal");
  sample_add (receipt.lines, "Type d’acte", "Copie intégrale");
  sample_add (receipt.lines, "Nombre d’exemplaires", "2");
  sample_add (receipt.lines, "Date de naissance de la personne concernée", "14 juillet 1988");
  sample_add (receipt.lines, "Votre téléphone", "Je n’en ai pas");
  sample_add (receipt.documents, "Justificatif d’identité", "2 pages, 840 ko");
  sample_add (receipt.documents, "Livret de famille", "1 page, 310 ko");
  return receipt;
}

/* The same; "ar": in Arabic, but for what a commune writes in French only. */
static inline PvReceipt
sample_receipt_in (const char *language)
{
  PvReceipt receipt = sample_receipt (PV_RECEIPT_RECEIVED);

  if (!g_str_equal (language, "ar"))
    return receipt;
  receipt.language = (char *) "ar";
  receipt.title = (char *) "إشعار باستلام الطلب";
  receipt.official_title = (char *) "Accusé de réception électronique";
  receipt.procedure = (char *) "نسخة من شهادة الميلاد";
  receipt.official_procedure = (char *) "Copie d’un acte de naissance";
  receipt.reference_label = (char *) "رقم الطلب";
  receipt.datetime = (char *) "23 نوفمبر 2026 الساعة 14:32 (بتوقيت باريس)";
  receipt.next = (char *) "تُحضّر مصلحة الحالة المدنية نسختك. ستصلك بالبريد خلال 5 أيام عمل.";
  receipt.silence = (char *) "إذا لم يصلك جواب قبل 23 يناير 2027، فطلبك مقبول.";
  receipt.appeal = (char *) "يمكنك أن تكتب إلى رئيس البلدية خلال شهرين.";
  receipt.privacy = (char *) "تُستعمل أجوبتك لمعالجة طلبك. للاطّلاع عليها أو تصحيحها: dpo@montclair.example.";
  sample_add (receipt.lines, "الاسم", "زهرة بن علي");
  return receipt;
}

static inline void
sample_clear (PvReceipt *receipt)
{
  g_clear_pointer (&receipt->lines, g_ptr_array_unref);
  g_clear_pointer (&receipt->documents, g_ptr_array_unref);
}

/* What @argv writes when it is given @input; NULL if it fails. */
static inline GBytes *
sample_run (const char *const *argv, GBytes *input)
{
  GBytes *output = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process =
    g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);

  if (process == NULL || !g_subprocess_communicate (process, input, NULL, &output, NULL, &error)
      || !g_subprocess_get_successful (process)) {
    g_warning ("%s: %s", argv[0], error != NULL ? error->message : "failed");
    g_clear_pointer (&output, g_bytes_unref);
  }
  return output;
}

static inline char *
sample_run_text (const char *const *argv, GBytes *input)
{
  g_autoptr (GBytes) output = sample_run (argv, input);

  return output != NULL ? g_strndup (g_bytes_get_data (output, NULL), g_bytes_get_size (output)) : NULL;
}

/* The letters on the paper in the order of reading: no blanks, no hyphens, because lines may break at either. */
static inline char *
sample_squeeze (const char *text)
{
  GString *letters = g_string_new (NULL);

  for (const char *at = text; at != NULL && *at != '\0'; at = g_utf8_next_char (at))
    if (!g_unichar_isspace (g_utf8_get_char (at)) && g_utf8_get_char (at) != 0x200b && *at != '\f' && *at != '-')
      g_string_append_unichar (letters, g_utf8_get_char (at));
  return g_string_free (letters, FALSE);
}

static inline char *
sample_letters (GBytes *pdf)
{
  static const char *const argv[] = { "pdftotext", "-raw", "-", "-", NULL };
  g_autofree char *text = sample_run_text (argv, pdf);

  return sample_squeeze (text);
}

static inline gboolean
sample_has (GBytes *pdf, const char *text)
{
  g_autofree char *letters = sample_letters (pdf);
  g_autofree char *wanted = sample_squeeze (text);

  return strstr (letters, wanted) != NULL;
}
