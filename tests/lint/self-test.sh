#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Parvis authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# self-test.sh LINT...: each lint passes on a clean little tree, and finds the one offence then put into it.
set -eu
lints=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$lints/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0

# A tree that offends no rule.
fresh_tree () {
  rm -rf "$work/tree"
  mkdir -p "$work/tree/app/core" "$work/tree/ui" "$work/tree/po"
  cp "$root/.clang-format" "$work/tree/"
  cp "$root/po/extract.sh" "$work/tree/po/"
  {
    head_of '#'
    printf 'app/core/a.c\n'
  } >"$work/tree/po/POTFILES.in"
  {
    head_of '#'
    printf 'fr\n'
  } >"$work/tree/po/LINGUAS"
  {
    head_of '#'
    printf 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Language: fr\\n"\n'
    printf '"Plural-Forms: nplurals=2; plural=(n > 1);\\n"\n\nmsgid "Yes"\nmsgstr "Oui"\n'
  } >"$work/tree/po/fr.po"
  {
    printf '/* %sFileCopyrightText: 2026 The Parvis authors */\n' SPDX-
    printf '/* %sLicense-Identifier: GPL-3.0-or-later */\n\n' SPDX-
    printf '#include <glib.h>\n\nconst char *a = _ ("Yes");\n'
  } >"$work/tree/app/core/a.c"
}

head_of () {
  printf '%s %sFileCopyrightText: 2026 The Parvis authors\n' "$1" SPDX-
  printf '%s %sLicense-Identifier: GPL-3.0-or-later\n' "$1" SPDX-
}

# lint NAME: its exit status.
lint () {
  status=0
  sh "$lints/$1.sh" "$work/tree" >"$work/out" 2>&1 || status=$?
}

# offence LINT FILE LINE...: the lint must find what the lines added to the file do.
offence () {
  name=$1 file=$2
  shift 2
  fresh_tree
  mkdir -p "$work/tree/$(dirname "$file")"
  [ -e "$work/tree/$file" ] || head_of '//' >"$work/tree/$file"
  printf '%s\n' "$@" >>"$work/tree/$file"
  lint "$name"
  if [ "$status" != 1 ] && [ "$status" != 77 ]; then
    printf '%s does not find: %s\n' "$name" "$*" >&2
    failures=$((failures + 1))
  fi
}

for name in "$@"; do
  fresh_tree
  lint "$name"
  if [ "$status" != 0 ] && [ "$status" != 77 ]; then
    printf '%s complains about the clean tree:\n' "$name" >&2
    cat "$work/out" >&2
    failures=$((failures + 1))
  fi
done

offence banned-calls app/core/a.c 'int b (char *c) { return sprintf (c, "x"); }'
offence banned-calls app/platform/b.c 'void b (void) { g_setenv ("A", "b", 1); }'
offence banned-calls app/kiosk/courier/b.c 'void b (void) { g_print ("x"); }'
offence banned-calls app/core/a.c 'long b (void) { return time (NULL); }'
offence banned-calls app/view/b.c 'void b (void) { gtk_show_uri (NULL, "x", 0); }'
offence clang-format app/core/a.c 'int   b;'
offence css ui/a.css 'label { font-size: 12px; }'
offence icons resources/icons/pv-a-symbolic.svg '<svg viewBox="0 0 24 24" stroke="#000"/>'
offence include-directions app/core/a.c '#include "platform/json.h"'
offence include-directions app/core/a.c '#include <gio/gio.h>'
offence include-directions app/portal/b.c '#include "print/receipt.h"'
offence include-directions app/kiosk/courier/b.c '#include "view/window.h"'
offence include-directions app/kiosk/printer/b.c '#include <gtk/gtk.h>'
offence include-directions app/kiosk/printer/b.c '#include "kiosk/courier/store.h"'
offence include-directions app/portal/b.c '#include <jansson.h>'
offence layout docs/a.c 'int b;'
offence log-fields app/core/a.c 'void b (void) { pv_log_event (PV_LOG_INFO, "x", PV_LOG_WORD ("surname", a)); }'
offence po app/core/a.c 'const char *b = _ ("No");'
offence po app/platform/b.c 'const char *b = _ ("Yes");'
offence po ui/a.ui '<property name="label" translatable="yes">Yes</property>'
offence po po/fr.po '' '#, fuzzy' 'msgid "No"' 'msgstr "Non"'
offence po po/fr.po '' 'msgid "Gone"' 'msgstr "Parti"'
printf '%s\n' 'const char *b = _ ("one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen");' >"$work/long"
fresh_tree
cat "$work/long" >>"$work/tree/app/core/a.c"
printf '\nmsgid "%s"\nmsgstr "Court."\n' "$(cut -d'"' -f2 "$work/long")" >>"$work/tree/po/fr.po"
lint po
if [ "$status" = 0 ] || { [ "$status" = 1 ] && ! grep -q '16 words' "$work/out"; }; then
  printf 'po does not find the long sentence\n' >&2
  failures=$((failures + 1))
fi
for french in 'Oui ?' "C'est" 'Oui...'; do
  fresh_tree
  sed -i "s/Oui/$french/" "$work/tree/po/fr.po"
  lint po
  if [ "$status" != 1 ] && [ "$status" != 77 ]; then
    printf 'po does not find: %s\n' "$french" >&2
    failures=$((failures + 1))
  fi
done
seq 1000 | sed 's,.*,int a&;,' >"$work/many"
offence sizes app/core/a.c "$(cat "$work/many")"
offence untranslated ui/a.ui '<property name="label">Yes</property>'
offence untranslated app/view/b.c '  gtk_label_set_text (label, "Yes");'
offence untranslated app/view/b.c '  return gtk_button_new_with_label ("Yes");'
offence wording app/core/a.c "/* see /$(printf root)/notes */"
offence wording app/core/a.c "/* TO$(printf DO) */"
fresh_tree
printf '#!/bin/sh\nif true; then\n' >"$work/tree/a.sh"
chmod +x "$work/tree/a.sh"
lint scripts
if [ "$status" != 1 ]; then
  printf 'scripts does not find one that does not parse\n' >&2
  failures=$((failures + 1))
fi
fresh_tree
printf 'int b;\n' >"$work/tree/app/core/b.c"
lint headers
if [ "$status" != 1 ]; then
  printf 'headers does not find a file without a header\n' >&2
  failures=$((failures + 1))
fi
# Packages that forget what building needs, or another version.
for forgotten in kiosk-config/packages/build.txt meson.build; do
  fresh_tree
  mkdir -p "$work/tree/kiosk-config"
  cp -r "$root/kiosk-config/debian" "$root/kiosk-config/packages" "$work/tree/kiosk-config/"
  cp "$root/meson.build" "$work/tree/"
  lint packages
  clean=$status
  sed -i -e "s/version: '.*'/version: '9.9'/" -e 's/^libnfc-dev$/libnone-dev/' "$work/tree/$forgotten"
  lint packages
  if [ "$clean$status" != 01 ]; then
    printf 'packages does not find what %s says alone\n' "$forgotten" >&2
    failures=$((failures + 1))
  fi
done
# A program built without any of it.
mkdir "$work/bin"
printf 'int main (void) { return 0; }\n' >"$work/soft.c"
if gcc -no-pie -z lazy -z execstack -z norelro -o "$work/bin/soft" "$work/soft.c" 2>/dev/null; then
  if sh "$lints/hardening.sh" "$work/bin" 2>"$work/out"; then
    printf 'hardening does not find the soft program\n' >&2
    failures=$((failures + 1))
  elif [ "$(wc -l <"$work/out")" -ne 5 ]; then
    printf 'hardening finds something else than five faults:\n' >&2
    cat "$work/out" >&2
    failures=$((failures + 1))
  fi
fi
[ "$failures" -eq 0 ]
