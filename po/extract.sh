#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Parvis authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# extract.sh ROOT POT [LIST]: collects the texts of the files named in LIST, else in po/POTFILES.in.
set -eu
pot=$(realpath -m "$2")
list=$(realpath -m "${3:-$1/po/POTFILES.in}")
cd "$1"
sources=$(grep -v -e '^#' -e '^$' "$list" || true)
if [ -z "$sources" ]; then
  printf 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n' >"$pot"
  exit 0
fi
# No quotes: the names have no blanks, one a line.
# shellcheck disable=SC2086
xgettext --from-code=UTF-8 --add-comments=Translators --package-name=parvis --force-po \
  --keyword=_ --keyword=N_ --keyword=C_:1c,2 --keyword=NC_:1c,2 --keyword=ngettext:1,2 --keyword=g_dngettext:2,3 \
  --output="$pot" $sources
sed -i 's/charset=CHARSET/charset=UTF-8/' "$pot"
