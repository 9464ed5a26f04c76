# SPDX-FileCopyrightText: 2026 The Parvis authors
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
#
# Common part of the lints. Each is `LINT.sh ROOT`: it prints one line per finding and ends with `finish`.

set -eu
lint_dir=$(cd "$(dirname "$0")" && pwd)
cd "${1:?root folder}"
findings=$(mktemp)
trap 'rm -f "$findings"' EXIT

# The project's files, one a line: what git knows or would add; without git everything but build folders.
project_files () {
  if [ -e .git ] && command -v git >/dev/null; then
    git -c safe.directory='*' ls-files --cached --others --exclude-standard |
      while IFS= read -r file; do [ ! -f "$file" ] || printf '%s\n' "$file"; done
  else
    find . -type f ! -path './build*' ! -path './_*' ! -path './.git/*' | sed 's,^\./,,'
  fi | LC_ALL=C sort
}

c_files () {
  project_files | grep -E '^(app|tests|kiosk-config)/.*\.[ch]$' || true
}

found () {
  printf '%s\n' "$*" >>"$findings"
}

# Fails when anything was found.
finish () {
  cat "$findings" >&2
  [ ! -s "$findings" ]
}
