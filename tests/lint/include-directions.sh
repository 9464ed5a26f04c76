#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Parvis authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Who may include whom in app/; app/README.md gives the reasons.
. "$(dirname "$0")/lib.sh"
project_files | grep -E '^app/.*\.[ch]$' | xargs -r awk -f "$lint_dir/include-directions.awk" >>"$findings"
finish
