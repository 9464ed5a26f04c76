#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Parvis authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Each file names its copyright and its licence: at its head, or by a pattern of .reuse/dep5.
. "$(dirname "$0")/lib.sh"

# The patterns of .reuse/dep5 as one extended regular expression.
covered='^$'
if [ -f .reuse/dep5 ]; then
  covered=$(sed -n -e '/^Files:/{s/^Files://;p;:more;n;/^ /{p;b more}}' .reuse/dep5 | tr -s ' ' '\n' | sed '/^$/d' |
    sed -e 's/[.+]/\\&/g' -e 's/\*/.*/g' | sed 's/.*/^&$/' | paste -sd'|')
fi
# The lines are split here so that licence tools do not read this file as licensed by its own pattern.
tag=SPDX-
project_files | grep -v -E -e '^LICENSES/' -e '^COPYING$' -e '^\.reuse/dep5$' -e "${covered:-^\$}" | while IFS= read -r file; do
  head -n 8 "$file" | grep -q "${tag}FileCopyrightText: 2026 The Parvis authors" &&
    head -n 8 "$file" | grep -q "${tag}License-Identifier: GPL-3.0-or-later" ||
    found "$file: no SPDX header, and .reuse/dep5 does not cover it"
done
finish
