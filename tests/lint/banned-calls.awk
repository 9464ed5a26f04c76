# SPDX-FileCopyrightText: 2026 The Parvis authors
# SPDX-License-Identifier: GPL-3.0-or-later

function ban(names, reason,    list, i, count) {
  count = split(names, list, " ")
  for (i = 1; i <= count; i++) why[list[i]] = reason
}

BEGIN {
  ban("sprintf vsprintf strcpy strcat strncpy strncat gets alloca", "writes past the end")
  ban("system popen execlp execvp", "runs a shell or searches the path")
  ban("atoi atol atoll atof", "hides errors; use g_ascii_string_to_signed")
  ban("strtok asctime ctime gmtime localtime", "shares a buffer")
  ban("sleep usleep nanosleep g_usleep", "blocks; use a timer")
  ban("ngettext gettext", "asks the default domain, not ours; use g_dngettext (GETTEXT_PACKAGE, ...) or _()")
  ban("g_error", "aborts on what is not a bug")
  ban("setenv g_setenv unsetenv g_unsetenv putenv",
      "only app/platform/{language,harden}.c, and app/view/theme.c before GTK starts, change the environment")
  ban("g_print g_printerr printf puts putchar", "log instead; only ctl and demo talk to a terminal")
  ban("gtk_show_uri gtk_show_uri_full gtk_file_launcher_new gtk_uri_launcher_new gtk_link_button_new " \
      "gtk_file_chooser_dialog_new gtk_file_chooser_native_new gtk_file_chooser_widget_new gtk_file_dialog_new",
      "leads the citizen out of the application")
  ban("g_get_real_time g_get_monotonic_time g_date_time_new_now g_date_time_new_now_local g_date_time_new_now_utc " \
      "time clock_gettime gettimeofday", "clock")
}

# The line without its comments and the contents of its strings; in_comment lasts over lines.
function code_of(line,    out, c, two, i, n, quote) {
  out = ""
  quote = ""
  n = length(line)
  for (i = 1; i <= n; i++) {
    c = substr(line, i, 1)
    two = substr(line, i, 2)
    if (in_comment) { if (two == "*/") { in_comment = 0; i++ } continue }
    if (quote != "") {
      if (c == "\\") i++
      else if (c == quote) { quote = ""; out = out c }
      continue
    }
    if (two == "//") break
    if (two == "/*") { in_comment = 1; i++; continue }
    if (c == "\"" || c == "'") quote = c
    out = out c
  }
  return out
}

function allowed(name) {
  if (why[name] == "clock") return FILENAME !~ /^app\/core\//
  if (name ~ /env$/) return FILENAME ~ /^app\/(platform\/(language|harden)|view\/theme)\.c$/
  if (name ~ /print|put/) return FILENAME ~ /^app\/(ctl|demo)\// || name == "putenv"
  return 0
}

FNR == 1 { in_comment = 0 }

{
  rest = code_of($0)
  while (match(rest, /[A-Za-z_][A-Za-z0-9_]*[ ]*\(/)) {
    name = substr(rest, RSTART, RLENGTH - 1)
    before = RSTART > 1 ? substr(rest, RSTART - 1, 1) : ""
    rest = substr(rest, RSTART + RLENGTH)
    sub(/ +$/, "", name)
    # A field or a digit before it: not the function of that name.
    if (before == "." || before == ">" || before ~ /[0-9]/) continue
    if ((name in why) && !allowed(name))
      printf "%s:%d: %s: %s\n", FILENAME, FNR, name, why[name] == "clock" ? "core has no clock; take the time as an argument" : why[name]
  }
}
