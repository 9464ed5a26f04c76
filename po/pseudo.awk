# SPDX-FileCopyrightText: 2026 The Parvis authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Makes the pseudo-languages from a .po file that was written without wrapping.
#
# By itself: every text becomes 40 % longer, "[text uno dosto]". The brackets show a cut at either end, the filling is
# words of usual length so that lines break as real ones do. With -v arabic=1: every letter becomes an Arabic one, so
# that a screen shows the direction, the font and the joined letters of Arabic before anybody has translated it.
# Directives of printf, escapes and markup stay as they are.

BEGIN {
  split("a ا b ب c ص d د e ي f ف g غ h ه i ي j ج k ك l ل m م n ن o و p ب q ق r ر s س t ت u و v ف w و x خ y ي z ز", pairs, " ")
  for (i = 1; i in pairs; i += 2) {
    arab[pairs[i]] = pairs[i + 1]
    arab[toupper(pairs[i])] = pairs[i + 1]
  }
}

function in_arabic(plain,    out, c) {
  out = ""
  while (plain != "") {
    if (match(plain, /^(%[-+ #0-9.$'lhjzt]*[A-Za-z%]|\\.|<[^>]*>|&[a-z]+;)/)) {
      out = out substr(plain, 1, RLENGTH)
      plain = substr(plain, RLENGTH + 1)
    } else {
      c = substr(plain, 1, 1)
      out = out ((c in arab) ? arab[c] : c)
      plain = substr(plain, 2)
    }
  }
  return out
}

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
  if (translated && arabic) {
    for (i = 1; i <= count; i++) text[i] = in_arabic(text[i])
  } else if (translated) {
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
