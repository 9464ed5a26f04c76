# SPDX-FileCopyrightText: 2026 The Parvis authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Reads a French .po file written without wrapping: signs of two parts follow a no-break space (U+00A0 or U+202F), so that
# none begins a line; apostrophes and dots are the typographic ones. Bytes in octal, because mawk reads bytes.

function complain(what) {
  printf "po/fr.po: %s: %s\n", what, line
}

# The entry without a text is the header of the file.
/^msgid /   { translation = 0; text = $0 != "msgid \"\"" }
/^msgstr/   { translation = text }
/^"/        { if (!translation) text = 1 }
/^$/        { translation = 0 }
translation && /"/ {
  line = $0
  sub(/^[^"]*"/, "", line)
  sub(/"$/, "", line)
  if (line ~ / ([?!:;]|\302\273)/) complain("write a no-break space before ? ! : ; »")
  if (line ~ /[A-Za-z)][?!;]/) complain("a no-break space is missing before ? ! ;")
  if (line ~ /\302\253 /) complain("write a no-break space after «")
  if (line ~ /[A-Za-z\200-\377]'[A-Za-z\200-\377]/) complain("write ’ for '")
  if (line ~ /\.\.\./) complain("write … for ...")
}
