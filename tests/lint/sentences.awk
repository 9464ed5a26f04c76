# SPDX-FileCopyrightText: 2026 The Parvis authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Reads a .po file written without wrapping; complains about sentences of more than MOST words, in source and
# translation. A text whose translators' comment says "Legal text" is quoted from a law and stays as it is.

BEGIN { MOST = 15 }

function check(text,    sentences, words, i, j, n, m, count) {
  gsub(/\\n/, ". ", text)
  gsub(/\\./, " ", text)
  n = split(text, sentences, /[.!?:;]([ ]|$)|…/)
  for (i = 1; i <= n; i++) {
    m = split(sentences[i], words, /[ \t]+|\302\240|\342\200\257/)
    count = 0
    for (j = 1; j <= m; j++) if (words[j] ~ /[A-Za-z0-9%]|\303/) count++
    if (count > MOST) printf "po/fr.po: %d words: %s\n", count, sentences[i]
  }
}

# The entry with an empty msgid is the header of the file.
function end_entry(    i) {
  if (texts > 0 && text[1] != "" && !legal)
    for (i = 1; i <= texts; i++) check(text[i])
  texts = 0
  legal = 0
}

/^$/         { end_entry(); next }
/^#\./       { if ($0 ~ /Legal text/) legal = 1; next }
/^#|^msgctxt/ { next }
/^msg/       { texts++; text[texts] = "" }
             { line = $0; sub(/^[^"]*"/, "", line); sub(/"$/, "", line); text[texts] = text[texts] line }
END          { end_entry() }
