/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* voice-tap: preloaded into parvis-session, tells what espeak-ng is given to say, and lets it say it. Each text goes to the
 * datagram socket that PV_VOICE_TAP names: "+", the language of the voice, a tabulator, the text; and "-" when espeak-ng is
 * done with it, at the end or because it was cut off. Without the socket, or without whoever listens, nothing is told. */

#include <dlfcn.h>
#include <espeak-ng/speak_lib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { TEXT_BYTES = 8192 };

typedef espeak_ERROR (*Synth) (const void *text, size_t size, unsigned int position, espeak_POSITION_TYPE position_type,
                               unsigned int end_position, unsigned int flags, unsigned int *identifier,
                               void *user_data);
typedef espeak_ERROR (*SetVoice) (const char *name);

static int out = -1;
static struct sockaddr_un listener = { .sun_family = AF_UNIX };
static char language[32];

/* Children of the session are not listened to. */
__attribute__ ((constructor)) static void
begin (void)
{
  const char *path = getenv ("PV_VOICE_TAP");

  unsetenv ("LD_PRELOAD");
  if (path == NULL || strlen (path) >= sizeof listener.sun_path)
    return;
  strcpy (listener.sun_path, path);
  out = socket (AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
}

/* POSIX's way to a function. */
static void
find (const char *name, void *ret_function)
{
  *(void **) ret_function = dlsym (RTLD_NEXT, name);
  if (*(void **) ret_function == NULL)
    abort ();
}

static void
tell (const char *words)
{
  if (out >= 0)
    sendto (out, words, strlen (words), MSG_NOSIGNAL, (const struct sockaddr *) &listener, sizeof listener);
}

espeak_ERROR
espeak_SetVoiceByName (const char *name)
{
  SetVoice set_voice;

  find ("espeak_SetVoiceByName", &set_voice);
  snprintf (language, sizeof language, "%s", name != NULL ? name : "");
  return set_voice (name);
}

espeak_ERROR
espeak_Synth (const void *text, size_t size, unsigned int position, espeak_POSITION_TYPE position_type,
              unsigned int end_position, unsigned int flags, unsigned int *identifier, void *user_data)
{
  /* What only overwrites espeak-ng's memory has nobody to play it, and is not heard. */
  int is_heard = user_data != NULL;
  char words[TEXT_BYTES];
  espeak_ERROR code;
  Synth synth;

  find ("espeak_Synth", &synth);
  snprintf (words, sizeof words, "+%s\t%.*s", language, (int) size, (const char *) text);
  if (is_heard)
    tell (words);
  code = synth (text, size, position, position_type, end_position, flags, identifier, user_data);
  if (is_heard)
    tell ("-");
  return code;
}
