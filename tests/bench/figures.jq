# SPDX-FileCopyrightText: 2026 The Parvis authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Rows of the table in FIGURES.md, in the order of the names. "ratio_to" names another figure of the same run. A goal is
# the most that the ratio may be, or the value where there is none.
def number: if type == "number" then (. * 1000 | round) / 1000 | tostring else tostring end;

(map({key: .name, value: .value}) | from_entries) as $values
| sort_by(.name)[]
| (if .ratio_to then $values[.ratio_to] else null end) as $base
| (if ($base | type) == "number" and $base != 0 then .value / $base else null end) as $ratio
| (if .ratio_to then $ratio else .value end) as $judged
| "| \(.name) | \(.value | number) | \(.unit // "") | \(.ratio_to // "") | \($ratio // "" | number) | \(
    if .goal == null then ""
    elif $judged == null then .goal | number
    elif $judged <= .goal then "\(.goal | number), met"
    else "\(.goal | number), missed" end) |"
