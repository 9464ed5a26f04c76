#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Parvis authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Translations: every file with texts is listed; each language is complete, not fuzzy; French is well set, its sentences are short.
. "$(dirname "$0")/lib.sh"
for tool in xgettext msgfmt msgmerge msgattrib; do
  command -v "$tool" >/dev/null || exit 77
done
work=$(mktemp -d)
trap 'rm -rf "$work" "$findings"' EXIT

# Which files hold texts, against which are listed.
{
  project_files | grep -E '^app/.*\.[ch]$' | xargs -r grep -lE '(^|[^A-Za-z0-9_])(_|N_|C_|NC_|ngettext|g_dngettext) ?\(("|GETTEXT_PACKAGE|$)' || true
  project_files | grep -E '^ui/.*\.ui$' | xargs -r grep -l 'translatable="\(yes\|true\)"' || true
} | LC_ALL=C sort -u >"$work/with-texts"
grep -v -e '^#' -e '^$' po/POTFILES.in | LC_ALL=C sort >"$work/listed" || true
comm -23 "$work/with-texts" "$work/listed" | while IFS= read -r file; do found "$file: not in po/POTFILES.in"; done
comm -13 "$work/with-texts" "$work/listed" | while IFS= read -r file; do found "$file: in po/POTFILES.in, but has no text"; done
if [ -s "$findings" ]; then finish; exit 1; fi

sh po/extract.sh . "$work/parvis.pot"
grep -v -e '^#' -e '^$' po/LINGUAS | while IFS= read -r language; do
  msgfmt --check-format --check-domain -o /dev/null "po/$language.po" 2>"$work/errors" || found "po/$language.po: $(cat "$work/errors")"
  msgattrib --only-fuzzy "po/$language.po" | grep '^msgid' | sed "s,^,po/$language.po: fuzzy: ," >>"$findings" || true
done
if [ -s "$findings" ]; then finish; exit 1; fi

# Each language is complete: French in all that people read; the others in what a citizen reads, for the mediator's console and its
# program, the service screen and the first start, speak French and English.
grep -v -e '^#' -e '^$' -e mediator -e '^app/core/service-' -e '^app/core/setup-' po/POTFILES.in >"$work/citizen"
sh po/extract.sh . "$work/citizen.pot" "$work/citizen"
grep -v -e '^#' -e '^$' po/LINGUAS | while IFS= read -r language; do
  pot=$work/citizen.pot
  [ "$language" != fr ] || pot=$work/parvis.pot
  msgmerge --quiet --force-po --no-fuzzy-matching --no-wrap -o "$work/$language.po" "po/$language.po" "$pot"
  # The first line of each text without translation; the header's msgid has none.
  msgattrib --force-po --no-obsolete --untranslated --no-wrap "$work/$language.po" |
    sed -n -e '/^msgid ""$/{n;/^"/s,^,po/'"$language"'.po: no translation: ,p}' \
      -e 's,^msgid ",po/'"$language"'.po: no translation: ",p' >>"$findings"
  msgattrib --force-po --only-obsolete --no-wrap "$work/$language.po" | grep '^#~ msgid' |
    sed "s,^,po/$language.po: no longer in the code: ," >>"$findings" || true
done
msgattrib --force-po --no-obsolete --no-wrap "$work/fr.po" >"$work/french.po"
awk -f "$lint_dir/sentences.awk" "$work/french.po" >>"$findings"
awk -f "$lint_dir/typography.awk" "$work/french.po" >>"$findings"
finish
