# SPDX-FileCopyrightText: 2026 The Parvis authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Meson's testlog.json, one object a test, to "pN fN sN". A program that failed without a failed point fails once: it
# crashed or ran out of time.
def lines: (.stdout // "") | split("\n");
def good: .result == "OK" or .result == "EXPECTEDFAIL";

map(
  { result,
    ok: [lines[] | select(test("^ok [0-9]+") and (test("# ?SKIP"; "i") | not))] | length,
    skip: [lines[] | select(test("^ok [0-9]+.*# ?SKIP"; "i"))] | length,
    not_ok: [lines[] | select(test("^not ok [0-9]+"))] | length }
  | if .result == "SKIP" then { p: .ok, f: 0, s: ([.skip, 1] | max) }
    elif good then { p: (if .ok + .skip == 0 then 1 else .ok end), f: .not_ok, s: .skip }
    else { p: .ok, f: ([.not_ok, 1] | max), s: .skip }
    end)
| "p\(map(.p) | add // 0) f\(map(.f) | add // 0) s\(map(.s) | add // 0)"
