/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "grip.h"

#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/XTest.h>
#include <X11/keysym.h>

enum {
  KEY_MS = 2,
  BUTTON_MS = 60,
  DRAG_STEPS = 12,
  STILL_MS = 150, /* unchanged so long: the screen is ready */
  STILL_LIMIT_MS = 8000,
  WINDOW_LIMIT_MS = 90000,
};

struct Grip {
  Display *display;
  Window window; /* the compositor's */
};

static void
sleep_ms (guint ms)
{
  g_usleep ((gulong) ms * 1000);
}

static gboolean
find_window (Grip *grip)
{
  Window root = DefaultRootWindow (grip->display), parent, *children = NULL;
  unsigned int count = 0;
  int largest = 0;

  if (!XQueryTree (grip->display, root, &root, &parent, &children, &count))
    return FALSE;
  for (unsigned int i = 0; i < count; i++) {
    XWindowAttributes is;

    if (!XGetWindowAttributes (grip->display, children[i], &is) || is.map_state != IsViewable
        || is.width * is.height <= largest)
      continue;
    largest = is.width * is.height;
    grip->window = children[i];
  }
  if (children != NULL)
    XFree (children);
  return largest > 0;
}

gboolean
grip_has_display (void)
{
  Display *display = XOpenDisplay (NULL);

  if (display == NULL)
    return FALSE;
  XCloseDisplay (display);
  return TRUE;
}

Grip *
grip_new (guint width, guint height)
{
  g_autoptr (Grip) grip = g_new0 (Grip, 1);
  gint64 end_us = g_get_monotonic_time () + WINDOW_LIMIT_MS * G_TIME_SPAN_MILLISECOND;
  int event, error, major, minor;

  grip->display = XOpenDisplay (NULL);
  if (grip->display == NULL || !XTestQueryExtension (grip->display, &event, &error, &major, &minor)) {
    g_printerr ("There is no display, or it takes no input.\n");
    return NULL;
  }
  while (!find_window (grip)) {
    if (g_get_monotonic_time () > end_us) {
      g_printerr ("The display shows no window.\n");
      return NULL;
    }
    sleep_ms (BUTTON_MS);
  }
  XMoveResizeWindow (grip->display, grip->window, 0, 0, width, height);
  XSetInputFocus (grip->display, grip->window, RevertToParent, CurrentTime);
  XSync (grip->display, False);
  return g_steal_pointer (&grip);
}

void
grip_free (Grip *grip)
{
  if (grip == NULL)
    return;
  if (grip->display != NULL)
    XCloseDisplay (grip->display);
  g_free (grip);
}

static void
key (Grip *grip, guint code, Bool is_down)
{
  XTestFakeKeyEvent (grip->display, code, is_down, CurrentTime);
  XSync (grip->display, False);
  sleep_ms (KEY_MS);
}

static void
hold (Grip *grip, GripModifiers modifiers, Bool is_down)
{
  static const struct {
    GripModifiers modifier;
    KeySym symbol;
  } rows[] = {
    { GRIP_SHIFT, XK_Shift_L }, { GRIP_CTRL, XK_Control_L }, { GRIP_ALT, XK_Alt_L }, { GRIP_SUPER, XK_Super_L }
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (modifiers & rows[i].modifier)
      key (grip, XKeysymToKeycode (grip->display, rows[i].symbol), is_down);
}

void
grip_press (Grip *grip, guint code, GripModifiers modifiers)
{
  hold (grip, modifiers, True);
  key (grip, code, True);
  key (grip, code, False);
  hold (grip, modifiers, False);
}

gboolean
grip_press_named (Grip *grip, const char *name, GripModifiers modifiers)
{
  KeyCode code = XKeysymToKeycode (grip->display, XStringToKeysym (name));

  if (code == 0)
    return FALSE;
  grip_press (grip, code, modifiers);
  return TRUE;
}

void
grip_type (Grip *grip, const char *text)
{
  for (; *text != '\0'; text++) {
    const char name[] = { *text, '\0' };

    grip_press_named (grip, name, GRIP_PLAIN);
  }
}

static void
move (Grip *grip, int x, int y)
{
  XTestFakeMotionEvent (grip->display, -1, x, y, CurrentTime);
  XSync (grip->display, False);
  sleep_ms (BUTTON_MS / 3);
}

static void
button (Grip *grip, guint number, Bool is_down)
{
  XTestFakeButtonEvent (grip->display, number, is_down, CurrentTime);
  XSync (grip->display, False);
}

void
grip_click (Grip *grip, guint number, int x, int y, guint hold_ms)
{
  move (grip, x, y);
  button (grip, number, True);
  sleep_ms (MAX (hold_ms, BUTTON_MS));
  button (grip, number, False);
  sleep_ms (BUTTON_MS);
}

void
grip_double_click (Grip *grip, int x, int y)
{
  move (grip, x, y);
  for (guint i = 0; i < 2; i++) {
    button (grip, 1, True);
    sleep_ms (BUTTON_MS / 2);
    button (grip, 1, False);
    sleep_ms (BUTTON_MS / 2);
  }
}

void
grip_drag (Grip *grip, int x, int y, int to_x, int to_y)
{
  move (grip, x, y);
  button (grip, 1, True);
  sleep_ms (BUTTON_MS);
  for (int i = 1; i <= DRAG_STEPS; i++)
    move (grip, x + (to_x - x) * i / DRAG_STEPS, y + (to_y - y) * i / DRAG_STEPS);
  button (grip, 1, False);
  sleep_ms (BUTTON_MS);
}

static char *
take_digest (Grip *grip)
{
  XWindowAttributes is;
  XImage *image;
  char *digest;

  XSync (grip->display, False);
  if (!XGetWindowAttributes (grip->display, grip->window, &is) || is.map_state != IsViewable)
    return NULL;
  image = XGetImage (grip->display, grip->window, 0, 0, (unsigned int) is.width, (unsigned int) is.height, AllPlanes,
                     ZPixmap);
  if (image == NULL)
    return NULL;
  digest = g_compute_checksum_for_data (G_CHECKSUM_SHA1, (const guchar *) image->data,
                                        (gsize) image->height * (gsize) image->bytes_per_line);
  XDestroyImage (image);
  return digest;
}

char *
grip_get_digest (Grip *grip)
{
  gint64 end_us = g_get_monotonic_time () + STILL_LIMIT_MS * G_TIME_SPAN_MILLISECOND;
  char *digest = take_digest (grip);

  while (digest != NULL && g_get_monotonic_time () < end_us) {
    char *next;
    gboolean is_still;

    sleep_ms (STILL_MS);
    next = take_digest (grip);
    is_still = g_strcmp0 (digest, next) == 0;
    g_free (digest);
    digest = next;
    if (is_still)
      break;
  }
  return digest;
}
