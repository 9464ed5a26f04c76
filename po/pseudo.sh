#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Parvis authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# pseudo.sh ROOT MO ARABIC: compiles a pseudo-language: English made 40 % longer, or with 1, in Arabic letters.
set -eu
here=$(dirname "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
sh "$here/extract.sh" "$1" "$work/parvis.pot"
msgen --force-po --no-wrap -o "$work/en.po" "$work/parvis.pot"
awk -v arabic="$3" -f "$here/pseudo.awk" "$work/en.po" >"$work/pseudo.po"
msgfmt -o "$2" "$work/pseudo.po"
