# SPDX-FileCopyrightText: 2026 The Parvis authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Lengthens every translation of a .po file that was written without wrapping. A text becomes "[text lorem ipsum]":
# the brackets show a cut at either end, the filling is words of usual length so that lines break as real ones do.

function filling(n,    words, all) {
  all = "uno dosto tresi quatro cincala seis sietemo ocho novella diez"
  while (length(all) < n) all = all " " all
  words = substr(all, 1, n)
  sub(/ $/, "s", words)
  return words
}

# Writes the translation kept in lines[]; the filling goes before a final line feed, which msgfmt wants kept.
function flush(    i, size, last, tail) {
  if (count == 0) return
  if (translated) {
    size = 0
    for (i = 1; i <= count; i++) size += length(text[i])
    last = text[count]
    tail = ""
    if (last ~ /\\n$/) { tail = "\\n"; last = substr(last, 1, length(last) - 2) }
    text[count] = last " " filling(int(size * 0.4) > 3 ? int(size * 0.4) : 3) "]" tail
    for (i = 1; i <= count && text[i] == ""; i++) continue
    text[i] = "[" text[i]
  }
  for (i = 1; i <= count; i++) print head[i] "\"" text[i] "\""
  count = 0
}

function keep(line,    at) {
  at = index(line, "\"")
  count++
  head[count] = substr(line, 1, at - 1)
  text[count] = substr(line, at + 1, length(line) - at - 1)
}

/^msgid /  { flush(); header = ($0 == "msgid \"\""); section = "id"; id_line = $0; print; next }
/^msgstr/  { flush(); section = "str"; translated = !header; keep($0); next }
/^"/       { if (section == "str") { keep($0); next } header = 0; print; next }
           { flush(); section = ""; print }
END        { flush() }
