/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/html-text.h"

#include <string.h>

enum {
  NAME_MAX_BYTES = 16, /* longer than the name of any element or reference that is looked for */
};

#define BULLET   "• "
#define ELLIPSIS "…"

typedef enum {
  ELEMENT_INLINE,
  ELEMENT_BLOCK,     /* on a line of its own */
  ELEMENT_PARAGRAPH, /* with an empty line around it */
  ELEMENT_BREAK,
  ELEMENT_CELL,
  ELEMENT_ITEM,
  ELEMENT_LIST,
  ELEMENT_NO_TEXT, /* dropped up to its end tag */
} ElementKind;

static const struct {
  const char *name;
  ElementKind kind;
} elements[] = {
  { "address", ELEMENT_BLOCK },
  { "article", ELEMENT_BLOCK },
  { "aside", ELEMENT_BLOCK },
  { "audio", ELEMENT_NO_TEXT },
  { "blockquote", ELEMENT_PARAGRAPH },
  { "br", ELEMENT_BREAK },
  { "caption", ELEMENT_BLOCK },
  { "dd", ELEMENT_BLOCK },
  { "details", ELEMENT_BLOCK },
  { "div", ELEMENT_BLOCK },
  { "dl", ELEMENT_BLOCK },
  { "dt", ELEMENT_BLOCK },
  { "fieldset", ELEMENT_BLOCK },
  { "figcaption", ELEMENT_BLOCK },
  { "figure", ELEMENT_BLOCK },
  { "footer", ELEMENT_BLOCK },
  { "form", ELEMENT_BLOCK },
  { "h1", ELEMENT_PARAGRAPH },
  { "h2", ELEMENT_PARAGRAPH },
  { "h3", ELEMENT_PARAGRAPH },
  { "h4", ELEMENT_PARAGRAPH },
  { "h5", ELEMENT_PARAGRAPH },
  { "h6", ELEMENT_PARAGRAPH },
  { "header", ELEMENT_BLOCK },
  { "hr", ELEMENT_BLOCK },
  { "iframe", ELEMENT_NO_TEXT },
  { "legend", ELEMENT_BLOCK },
  { "li", ELEMENT_ITEM },
  { "main", ELEMENT_BLOCK },
  { "math", ELEMENT_NO_TEXT },
  { "nav", ELEMENT_BLOCK },
  { "object", ELEMENT_NO_TEXT },
  { "ol", ELEMENT_LIST },
  { "p", ELEMENT_PARAGRAPH },
  { "pre", ELEMENT_PARAGRAPH },
  { "script", ELEMENT_NO_TEXT },
  { "section", ELEMENT_BLOCK },
  { "select", ELEMENT_NO_TEXT },
  { "style", ELEMENT_NO_TEXT },
  { "summary", ELEMENT_BLOCK },
  { "svg", ELEMENT_NO_TEXT },
  { "table", ELEMENT_BLOCK },
  { "td", ELEMENT_CELL },
  { "template", ELEMENT_NO_TEXT },
  { "textarea", ELEMENT_NO_TEXT },
  { "th", ELEMENT_CELL },
  { "title", ELEMENT_NO_TEXT },
  { "tr", ELEMENT_BLOCK },
  { "ul", ELEMENT_LIST },
  { "video", ELEMENT_NO_TEXT },
};

/* Named references for U+00A0 to U+00FF (HTML, section 13.5), in their order. */
static const char *const latin_names[] = {
  "nbsp",   "iexcl",  "cent",   "pound",  "curren", "yen",    "brvbar", "sect",   "uml",    "copy",   "ordf",
  "laquo",  "not",    "shy",    "reg",    "macr",   "deg",    "plusmn", "sup2",   "sup3",   "acute",  "micro",
  "para",   "middot", "cedil",  "sup1",   "ordm",   "raquo",  "frac14", "frac12", "frac34", "iquest", "Agrave",
  "Aacute", "Acirc",  "Atilde", "Auml",   "Aring",  "AElig",  "Ccedil", "Egrave", "Eacute", "Ecirc",  "Euml",
  "Igrave", "Iacute", "Icirc",  "Iuml",   "ETH",    "Ntilde", "Ograve", "Oacute", "Ocirc",  "Otilde", "Ouml",
  "times",  "Oslash", "Ugrave", "Uacute", "Ucirc",  "Uuml",   "Yacute", "THORN",  "szlig",  "agrave", "aacute",
  "acirc",  "atilde", "auml",   "aring",  "aelig",  "ccedil", "egrave", "eacute", "ecirc",  "euml",   "igrave",
  "iacute", "icirc",  "iuml",   "eth",    "ntilde", "ograve", "oacute", "ocirc",  "otilde", "ouml",   "divide",
  "oslash", "ugrave", "uacute", "ucirc",  "uuml",   "yacute", "thorn",  "yuml",
};
G_STATIC_ASSERT (G_N_ELEMENTS (latin_names) == 0x100 - 0xa0);

static const struct {
  const char *name;
  gunichar character;
} other_names[] = {
  { "amp", '&' },       { "lt", '<' },        { "gt", '>' },        { "quot", '"' },     { "apos", '\'' },
  { "euro", 0x20ac },   { "hellip", 0x2026 }, { "ndash", 0x2013 },  { "mdash", 0x2014 }, { "lsquo", 0x2018 },
  { "rsquo", 0x2019 },  { "sbquo", 0x201a },  { "ldquo", 0x201c },  { "rdquo", 0x201d }, { "bdquo", 0x201e },
  { "lsaquo", 0x2039 }, { "rsaquo", 0x203a }, { "bull", 0x2022 },   { "OElig", 0x0152 }, { "oelig", 0x0153 },
  { "Scaron", 0x0160 }, { "scaron", 0x0161 }, { "Yuml", 0x0178 },   { "trade", 0x2122 }, { "ensp", 0x2002 },
  { "emsp", 0x2003 },   { "thinsp", 0x2009 }, { "zwnj", 0x200c },   { "zwj", 0x200d },   { "lrm", 0x200e },
  { "rlm", 0x200f },    { "dagger", 0x2020 }, { "permil", 0x2030 }, { "minus", 0x2212 }, { "le", 0x2264 },
  { "ge", 0x2265 },     { "ne", 0x2260 },     { "larr", 0x2190 },   { "uarr", 0x2191 },  { "rarr", 0x2192 },
  { "darr", 0x2193 },   { "infin", 0x221e },  { "check", 0x2713 },  { "phone", 0x260e },
};

/* What numbers 128 to 159 mean in practice: windows-1252 (HTML, section 13.2.5.80). 0 has no meaning. */
static const gunichar windows_1252[32] = {
  0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
  0x2039, 0x0152, 0,      0x017d, 0,      0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
  0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,      0x017e, 0x0178,
};

typedef struct {
  GString *out;
  gsize max_bytes;
  guint line_ends; /* owed before the next character */
  gboolean space;  /* owed as well, if no line end is */
  gboolean bullet;
  gboolean in_item;
  gboolean full;
} Writer;

static ElementKind
find_element (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (elements); i++)
    if (g_ascii_strcasecmp (name, elements[i].name) == 0)
      return elements[i].kind;
  return ELEMENT_INLINE;
}

static void
append_owed (Writer *writer, const char *text, gsize size)
{
  if (writer->full || writer->out->len + size > writer->max_bytes)
    writer->full = TRUE;
  else
    g_string_append_len (writer->out, text, (gssize) size);
}

static gboolean
is_dropped (gunichar c)
{
  return c < 0x20 || (c >= 0x7f && c < 0xa0) || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069)
         || c == 0xfeff;
}

static void
write_char (Writer *writer, gunichar c)
{
  char utf8[6];

  if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f') {
    writer->space = TRUE;
    return;
  }
  if (is_dropped (c))
    return;
  if (writer->out->len > 0 && writer->line_ends > 0)
    append_owed (writer, "\n\n", writer->line_ends);
  else if (writer->out->len > 0 && writer->space)
    append_owed (writer, " ", 1);
  if (writer->bullet)
    append_owed (writer, BULLET, strlen (BULLET));
  append_owed (writer, utf8, (gsize) g_unichar_to_utf8 (c, utf8));
  writer->line_ends = 0;
  writer->space = writer->bullet = FALSE;
}

static void
owe_line_ends (Writer *writer, guint count)
{
  writer->line_ends = MAX (writer->line_ends, writer->in_item ? MIN (count, 1) : count);
}

static void
write_tag (Writer *writer, ElementKind kind, gboolean is_end)
{
  switch (kind) {
  case ELEMENT_PARAGRAPH:
    owe_line_ends (writer, 2);
    break;
  case ELEMENT_BREAK:
    writer->line_ends = MIN (writer->line_ends + 1, 2);
    break;
  case ELEMENT_CELL:
    writer->space = TRUE;
    break;
  case ELEMENT_ITEM:
    writer->bullet = writer->in_item = !is_end;
    owe_line_ends (writer, 1);
    break;
  case ELEMENT_LIST:
    writer->bullet = writer->in_item = FALSE;
    owe_line_ends (writer, 1);
    break;
  case ELEMENT_BLOCK:
  case ELEMENT_NO_TEXT:
    owe_line_ends (writer, kind == ELEMENT_BLOCK ? 1 : 0);
    break;
  case ELEMENT_INLINE:
  default:
    break;
  }
}

/* Behind the '>' of the tag whose attributes begin at @at; at the end of the text if it has none. A quote counts only
 * after a '=', as in browsers. */
static const char *
skip_attributes (const char *at)
{
  char quote = '\0', before = '\0';

  for (; *at != '\0' && (quote != '\0' || *at != '>'); at++)
    if (quote != '\0')
      quote = *at == quote ? '\0' : quote;
    else if ((*at == '"' || *at == '\'') && before == '=')
      quote = *at;
    else if (!g_ascii_isspace (*at))
      before = *at;
  return *at == '>' ? at + 1 : at;
}

/* Behind the end tag of @name, or at the end of the text. */
static const char *
skip_content (const char *at, const char *name)
{
  gsize length = strlen (name);

  while ((at = strstr (at, "</")) != NULL) {
    at += 2;
    if (g_ascii_strncasecmp (at, name, length) == 0 && !g_ascii_isalnum (at[length]))
      return skip_attributes (at + length);
  }
  return "";
}

/* <svg/> and <math/> have no content; for all other elements the slash means nothing. @at: behind the tag */
static gboolean
is_empty_drawing (const char *name, const char *at)
{
  return at[-2] == '/' && (g_ascii_strcasecmp (name, "svg") == 0 || g_ascii_strcasecmp (name, "math") == 0);
}

/* At a '<' that begins a tag. */
static const char *
read_tag (Writer *writer, const char *at)
{
  char name[NAME_MAX_BYTES] = "";
  gboolean is_end = at[1] == '/';
  ElementKind kind;
  gsize length = 0;

  for (at += is_end ? 2 : 1; g_ascii_isalnum (*at); at++)
    if (length < sizeof name - 1)
      name[length++] = *at;
  at = skip_attributes (at);
  kind = find_element (name);
  write_tag (writer, kind, is_end);
  if (kind != ELEMENT_NO_TEXT || is_end || *at == '\0' || is_empty_drawing (name, at))
    return at;
  return skip_content (at, name);
}

static gunichar
find_reference (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (latin_names); i++)
    if (g_str_equal (name, latin_names[i]))
      return 0xa0 + (gunichar) i;
  for (gsize i = 0; i < G_N_ELEMENTS (other_names); i++)
    if (g_str_equal (name, other_names[i].name))
      return other_names[i].character;
  return 0;
}

/* "#233" or "#xE9"; U+FFFD for a number that is no character, 0 if it is no number at all. */
static gunichar
read_number (const char *name)
{
  gboolean is_hex = name[1] == 'x' || name[1] == 'X';
  const char *digits = name + (is_hex ? 2 : 1);
  gunichar number = 0;

  if (*digits == '\0')
    return 0;
  for (; *digits != '\0'; digits++) {
    if (!(is_hex ? g_ascii_isxdigit (*digits) : g_ascii_isdigit (*digits)))
      return 0;
    number = MIN (number, 0x110000) * (is_hex ? 16 : 10) + (gunichar) g_ascii_xdigit_value (*digits);
  }
  if (number >= 0x80 && number < 0xa0)
    number = windows_1252[number - 0x80];
  return number != 0 && g_unichar_validate (number) ? number : 0xfffd;
}

/* At a '&': writes the character that it refers to, or itself. */
static const char *
read_reference (Writer *writer, const char *at)
{
  char name[NAME_MAX_BYTES] = "";
  gsize length = 0;
  gunichar c;

  while (length < sizeof name - 1 && (g_ascii_isalnum (at[1 + length]) || at[1 + length] == '#')) {
    name[length] = at[1 + length];
    length++;
  }
  c = at[1 + length] != ';' ? 0 : name[0] == '#' ? read_number (name) : find_reference (name);
  write_char (writer, c != 0 ? c : '&');
  return c != 0 ? at + length + 2 : at + 1;
}

static const char *
read_markup (Writer *writer, const char *at)
{
  const char *end;

  /* Not g_str_has_prefix(): since GLib 2.80 it measures the whole rest of the text. */
  if (strncmp (at, "<!--", strlen ("<!--")) == 0) {
    end = strstr (at + 2, "-->");
    return end != NULL ? end + strlen ("-->") : "";
  }
  if (g_ascii_isalpha (at[1]) || (at[1] == '/' && g_ascii_isalpha (at[2])))
    return read_tag (writer, at);
  if (at[1] == '!' || at[1] == '?' || at[1] == '/') {
    end = strchr (at, '>');
    return end != NULL ? end + 1 : "";
  }
  write_char (writer, '<');
  return at + 1;
}

/* Makes room for the sign of a cut, at a whole character. */
static void
mark_cut (Writer *writer)
{
  const char *mark = writer->max_bytes >= strlen (ELLIPSIS) ? ELLIPSIS : "";
  GString *out = writer->out;

  while (out->len > 0 && (out->len + strlen (mark) > writer->max_bytes || g_ascii_isspace (out->str[out->len - 1])))
    g_string_truncate (out, (gsize) (g_utf8_prev_char (out->str + out->len) - out->str));
  g_string_append (out, mark);
}

char *
pv_html_to_plain (const char *html, gsize max_bytes)
{
  g_autofree char *valid = html != NULL ? g_utf8_make_valid (html, -1) : g_strdup ("");
  Writer writer = { .out = g_string_new (NULL), .max_bytes = max_bytes };
  const char *at = valid;

  while (*at != '\0' && !writer.full) {
    if (*at == '<')
      at = read_markup (&writer, at);
    else if (*at == '&')
      at = read_reference (&writer, at);
    else {
      write_char (&writer, g_utf8_get_char (at));
      at = g_utf8_next_char (at);
    }
  }
  if (writer.full)
    mark_cut (&writer);
  return g_string_free (writer.out, FALSE);
}
