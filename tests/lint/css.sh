#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Parvis authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Text is sized in rem, so that "Lire mieux" can enlarge it; colours are named once, in the token file.
. "$(dirname "$0")/lib.sh"
project_files | grep '\.css$' | xargs -r grep -nE 'font(-size)?:[^;]*[0-9](px|pt)' /dev/null >>"$findings" || true
finish
