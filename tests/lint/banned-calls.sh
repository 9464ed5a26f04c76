#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Parvis authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Calls that have no place here, each with its reason.
. "$(dirname "$0")/lib.sh"
c_files | grep '^app/' | xargs -r awk -f "$lint_dir/banned-calls.awk" >>"$findings"
finish
