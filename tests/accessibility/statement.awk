# SPDX-FileCopyrightText: 2026 The Parvis authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Reads clauses.txt; see statement.sh.

BEGIN {
  while ((getline line < tests) > 0) {
    split(line, words, " ")
    ended[words[1]] = words[2]
  }
  n_bad = n_met = n_not = n_hardware = n_seen = n_none = 0
}

# What a proof is worth; the worst of a clause counts.
{
  n = split($3, proofs, " ")
  if (NF != 3 || n == 0) { printf "clauses.txt: three columns are wanted: %s\n", $0; n_bad++; next }
  state = "conforme"; by = ""
  for (i = 1; i <= n; i++) {
    proof = proofs[i]
    if (proof == "missing") state = "non conforme"
    else if (proof == "none") state = "sans objet"
    else if (proof == "hardware") { if (state != "non conforme") state = "à mesurer sur la borne" }
    else if (proof == "inspection") { if (state == "conforme") state = "vu par lecture" }
    else {
      if (check == "yes" && !(proof in ended)) { printf "clauses.txt: no test is called %s\n", proof; n_bad++ }
      if (ended[proof] != "OK" && ended[proof] != "EXPECTEDFAIL") state = "non conforme"
      by = by (by != "" ? ", " : "") "`" proof "`"
    }
  }
  if (state == "vu par lecture" && by != "") state = "conforme"
  rows[++n_rows] = sprintf("| %s | %s | %s | %s |", $1, $2, state, by)
  count[state]++
}

END {
  if (check == "yes") exit n_bad > 0
  printf "%d articles : %d conformes, prouvés par des tests ; %d vus par lecture ; %d à mesurer sur la borne montée ; %d sans objet ;", \
    n_rows, count["conforme"], count["vu par lecture"], count["à mesurer sur la borne"], count["sans objet"]
  printf " %d non conformes.\n\n", count["non conforme"]
  print "| article | ce que fait la borne | état | tests |"
  print "|---|---|---|---|"
  for (i = 1; i <= n_rows; i++) print rows[i]
}
