#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Parvis authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# No text for a citizen bypasses the translations: neither a property of a template nor an argument of a GTK call.
# A text that is the same in every language says so: translatable="no" in a template.
. "$(dirname "$0")/lib.sh"
project_files | grep '^ui/.*\.ui$' | xargs -r grep -nE \
  '<property name="(label|title|subtitle|text|tooltip-text|placeholder-text|description)">[^<]*[A-Za-z]' /dev/null \
  >>"$findings" || true
project_files | grep -E '^app/.*\.c$' | xargs -r grep -nE \
  -e '(^|[^a-z_])gtk_[a-z_]*_new(_with_label|_with_mnemonic)? \("[^"]*[A-Za-z]{2}' \
  -e '(^|[^a-z_])gtk_[a-z_]*_set_(label|text|title|markup|tooltip_text|placeholder_text) \([^,"]*, "[^"]*[A-Za-z]{2}' /dev/null |
  grep -vE 'gtk_(builder|image|icon)[a-z_]* \(' >>"$findings" || true
finish
