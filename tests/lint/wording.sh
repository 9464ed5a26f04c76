#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Parvis authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The repository refers to nothing outside itself: no path of one machine, no host of a package registry, no ticket.
# Brackets keep the patterns from finding themselves.
. "$(dirname "$0")/lib.sh"
project_files | grep -v -E -e '^LICENSES/' -e '\.(png|otf|ttf|pdf)$' -e '^tests/fuzz/corpus/' | tr '\n' '\0' |
  xargs -0 -r grep -nIE \
    -e '(^|[^A-Za-z0-9_.$}*-])/([r]oot|[w]ork|[h]ome)/' \
    -e '(^|[^A-Za-z0-9_.$}*-])/[t]mp/([^.]|\.[^X])' \
    -e '[p]ypi\.(org|python)|[n]pmjs\.|[c]rates\.io|[p]roxy\.golang|[d]eb\.debian\.org|[s]ecurity\.debian\.org|[d]ocker\.io|[g]hcr\.io' \
    -e '(^|[^a-z])[s]hared/(design|reference)' \
    -e '([a]rchitecture|[l]ook|[h]ouse-style|[p]ublik-api|[f]ormats-fr|[p]rocedures-fr|[t]oolkit-notes|[o]penforms-api|[e]id-vectors)\.md' \
    -e '[i]ssue #?[0-9]' \
    -e '(^|[^A-Za-z])(T[O]DO|F[I]XME|X[X]X)([^A-Za-z]|$)' >>"$findings" || true
finish
