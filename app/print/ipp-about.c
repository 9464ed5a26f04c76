/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "print/ipp-about.h"

#include <string.h>

/* (transfer full) */
static char *
clean (const char *text)
{
  g_autofree char *start = g_strndup (text, PV_IPP_ABOUT_MAX_BYTES);
  char *valid = g_utf8_make_valid (start, -1);

  /* A terminal obeys control characters. */
  for (char *at = valid; *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_iscntrl (g_utf8_get_char (at)))
      memset (at, ' ', (gsize) (g_utf8_next_char (at) - at));
  return valid;
}

static GStrv
read_texts (ipp_t *attributes, const char *name)
{
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();
  ipp_attribute_t *attribute = ippFindAttribute (attributes, name, IPP_TAG_ZERO);

  for (int i = 0; attribute != NULL && i < MIN (ippGetCount (attribute), PV_IPP_ABOUT_MAX_TEXTS); i++) {
    const char *text = ippGetString (attribute, i, NULL);

    if (text != NULL && *text != '\0' && strcmp (text, "none") != 0) {
      g_autofree char *fine = clean (text);
      g_strv_builder_add (texts, fine);
    }
  }
  return g_strv_builder_end (texts);
}

static char *
read_text (ipp_t *attributes, const char *name)
{
  g_auto (GStrv) texts = read_texts (attributes, name);

  return texts[0] != NULL ? g_strdup (texts[0]) : NULL;
}

static int
read_resolution (ipp_t *attributes)
{
  ipp_attribute_t *attribute = ippFindAttribute (attributes, "printer-resolution-default", IPP_TAG_RESOLUTION);
  ipp_res_t unit = IPP_RES_PER_INCH;
  int down, across;

  if (attribute == NULL)
    return 0;
  across = ippGetResolution (attribute, 0, &down, &unit);
  return unit == IPP_RES_PER_INCH ? across : (int) (across * 2.54);
}

PvIppAbout *
pv_ipp_about_new (ipp_t *attributes)
{
  PvIppAbout *about = g_new0 (PvIppAbout, 1);
  ipp_attribute_t *state = ippFindAttribute (attributes, "printer-state", IPP_TAG_ENUM);
  ipp_attribute_t *accepting = ippFindAttribute (attributes, "printer-is-accepting-jobs", IPP_TAG_BOOLEAN);

  about->model = read_text (attributes, "printer-make-and-model");
  about->message = read_text (attributes, "printer-state-message");
  about->state = state != NULL ? ippGetInteger (state, 0) : PV_IPP_PRINTER_STOPPED;
  about->is_accepting = accepting == NULL || ippGetBoolean (accepting, 0);
  about->reasons = read_texts (attributes, "printer-state-reasons");
  about->formats = read_texts (attributes, "document-format-supported");
  about->media = read_texts (attributes, "media-supported");
  about->ready = read_texts (attributes, "media-ready");
  about->sizes = pv_ipp_media_list_sizes (attributes);
  about->dots_per_inch = read_resolution (attributes);
  return about;
}

void
pv_ipp_about_free (PvIppAbout *about)
{
  if (about == NULL)
    return;
  g_free (about->model);
  g_free (about->message);
  g_strfreev (about->reasons);
  g_strfreev (about->formats);
  g_strfreev (about->media);
  g_strfreev (about->ready);
  g_array_unref (about->sizes);
  g_free (about);
}
