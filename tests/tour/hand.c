/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hand.h"

#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/XTest.h>
#include <X11/keysym.h>
#include <cairo.h>
#include <string.h>

enum {
  PRESS_MS = 60, /* how long a finger or a key stays down */
  PAUSE_MS = 60,
  STILL_MS = 150, /* unchanged so long: the screen is ready */
  STILL_LIMIT_MS = 4000,
  WINDOW_LIMIT_MS = 15000,
  DARK = 48, /* of 255 */
  DARK_STEP = 4,
  F13_CODE = 191,
};

struct TourHand {
  Display *display;
  Window kiosk; /* the compositor's window */
  int x, y;     /* of it */
  guint n_touches;
  guint hurry; /* so many times faster than a person */
};

static void
sleep_ms (const TourHand *hand, guint ms)
{
  g_usleep ((gulong) ms * 1000 / hand->hurry);
}

/* The largest window that is shown: there is nothing but the compositor. */
static gboolean
find_window (TourHand *hand)
{
  Window root = DefaultRootWindow (hand->display), parent, *children = NULL;
  unsigned int count = 0;
  int largest = 0;

  if (!XQueryTree (hand->display, root, &root, &parent, &children, &count))
    return FALSE;
  for (unsigned int i = 0; i < count; i++) {
    XWindowAttributes is;

    if (!XGetWindowAttributes (hand->display, children[i], &is) || is.map_state != IsViewable
        || is.width * is.height <= largest)
      continue;
    largest = is.width * is.height;
    hand->kiosk = children[i];
    hand->x = is.x;
    hand->y = is.y;
  }
  if (children != NULL)
    XFree (children);
  return largest > 0;
}

static gboolean
wait_for_window (TourHand *hand)
{
  gint64 end_us = g_get_monotonic_time () + WINDOW_LIMIT_MS * 1000;

  while (!find_window (hand)) {
    if (g_get_monotonic_time () > end_us)
      return FALSE;
    sleep_ms (hand, PAUSE_MS);
  }
  return TRUE;
}

TourHand *
tour_hand_new (const char *name, guint width, guint height)
{
  TourHand *hand = g_new0 (TourHand, 1);
  int event, error, major, minor;

  hand->hurry = 1;
  hand->display = XOpenDisplay (name);
  if (hand->display == NULL) {
    g_printerr ("There is no display: DISPLAY is not set or does not answer.\n");
  } else if (!XTestQueryExtension (hand->display, &event, &error, &major, &minor)) {
    g_printerr ("The display lacks the extension XTEST.\n");
  } else if (!wait_for_window (hand)) {
    g_printerr ("The display shows no window.\n");
  } else {
    if (width > 0) {
      XMoveResizeWindow (hand->display, hand->kiosk, 0, 0, width, height);
      hand->x = hand->y = 0;
    }
    XSetInputFocus (hand->display, hand->kiosk, RevertToParent, CurrentTime);
    XSync (hand->display, False);
    return hand;
  }
  tour_hand_free (hand);
  return NULL;
}

void
tour_hand_hurry (TourHand *hand, guint times)
{
  hand->hurry = MAX (times, 1);
}

void
tour_hand_free (TourHand *hand)
{
  if (hand->display != NULL)
    XCloseDisplay (hand->display);
  g_free (hand);
}

void
tour_hand_touch (TourHand *hand, int x, int y)
{
  hand->n_touches++;
  XTestFakeMotionEvent (hand->display, -1, hand->x + x, hand->y + y, CurrentTime);
  XSync (hand->display, False);
  sleep_ms (hand, PAUSE_MS / 2);
  XTestFakeButtonEvent (hand->display, 1, True, CurrentTime);
  XSync (hand->display, False);
  sleep_ms (hand, PRESS_MS);
  XTestFakeButtonEvent (hand->display, 1, False, CurrentTime);
  XSync (hand->display, False);
  sleep_ms (hand, PAUSE_MS / 2);
}

static void
key (TourHand *hand, KeyCode code, Bool is_down)
{
  XTestFakeKeyEvent (hand->display, code, is_down, CurrentTime);
  XSync (hand->display, False);
  sleep_ms (hand, PRESS_MS / 3);
}

gboolean
tour_hand_type (TourHand *hand, gunichar character)
{
  /* Latin-1 characters are their own symbols. */
  KeySym symbol = character == '\t'                     ? XK_Tab
                  : character == '\n'                   ? XK_Return
                  : character == '\b'                   ? XK_BackSpace
                  : character >= ' ' && character < 256 ? (KeySym) character
                                                        : NoSymbol;
  KeyCode code = symbol != NoSymbol ? XKeysymToKeycode (hand->display, symbol) : 0;
  KeyCode shift = XKeysymToKeycode (hand->display, XK_Shift_L);
  KeySym *of_key;
  gboolean is_plain, is_shifted;
  int per_code;

  if (code == 0)
    return FALSE;
  of_key = XGetKeyboardMapping (hand->display, code, 1, &per_code);
  is_plain = of_key != NULL && per_code > 0 && of_key[0] == symbol;
  is_shifted = !is_plain && of_key != NULL && per_code > 1 && of_key[1] == symbol;
  if (of_key != NULL)
    XFree (of_key);
  if (!is_plain && !is_shifted)
    return FALSE;
  if (is_shifted)
    key (hand, shift, True);
  key (hand, code, True);
  key (hand, code, False);
  if (is_shifted)
    key (hand, shift, False);
  sleep_ms (hand, PAUSE_MS);
  return TRUE;
}

guint
tour_hand_count_touches (const TourHand *hand)
{
  return hand->n_touches;
}

/* F13 to F24 are found by the number of the key: the tables call them otherwise (F13 is XF86Tools). */
static KeyCode
find_code (TourHand *hand, const char *name)
{
  guint64 number = name[0] == 'F' ? g_ascii_strtoull (name + 1, NULL, 10) : 0;

  if (number >= 13 && number <= 24)
    return (KeyCode) (F13_CODE + number - 13);
  return XKeysymToKeycode (hand->display, XStringToKeysym (name));
}

gboolean
tour_hand_press (TourHand *hand, const char *name)
{
  gboolean is_back = g_str_equal (name, "ISO_Left_Tab");
  KeyCode code = find_code (hand, is_back ? "Tab" : name), shift = XKeysymToKeycode (hand->display, XK_Shift_L);

  if (code == 0)
    return FALSE;
  if (is_back)
    key (hand, shift, True);
  key (hand, code, True);
  key (hand, code, False);
  if (is_back)
    key (hand, shift, False);
  return TRUE;
}

static XImage *
grab (TourHand *hand)
{
  XWindowAttributes is;

  XSync (hand->display, False);
  if (!XGetWindowAttributes (hand->display, hand->kiosk, &is))
    return NULL;
  return XGetImage (hand->display, hand->kiosk, 0, 0, (unsigned int) is.width, (unsigned int) is.height, AllPlanes,
                    ZPixmap);
}

static gboolean
are_equal (const XImage *a, const XImage *b)
{
  return a->height == b->height && a->bytes_per_line == b->bytes_per_line
         && memcmp (a->data, b->data, (gsize) a->height * (gsize) a->bytes_per_line) == 0;
}

static XImage *
grab_still (TourHand *hand)
{
  gint64 end_us = g_get_monotonic_time () + STILL_LIMIT_MS * 1000;
  XImage *image = grab (hand);

  while (image != NULL && g_get_monotonic_time () < end_us) {
    XImage *next;
    gboolean is_still;

    sleep_ms (hand, STILL_MS);
    next = grab (hand);
    if (next == NULL)
      break;
    is_still = are_equal (image, next);
    XDestroyImage (image);
    image = next;
    if (is_still)
      break;
  }
  return image;
}

gboolean
tour_hand_picture (TourHand *hand, const char *path, gboolean is_still)
{
  XImage *image = is_still ? grab_still (hand) : grab (hand);
  cairo_surface_t *surface;
  gboolean is_written;

  if (image == NULL || image->bits_per_pixel != 32) {
    if (image != NULL)
      XDestroyImage (image);
    return FALSE;
  }
  surface = cairo_image_surface_create_for_data ((unsigned char *) image->data, CAIRO_FORMAT_RGB24, image->width,
                                                 image->height, image->bytes_per_line);
  is_written = cairo_surface_write_to_png (surface, path) == CAIRO_STATUS_SUCCESS;
  cairo_surface_destroy (surface);
  XDestroyImage (image);
  return is_written;
}

guint
tour_hand_get_darkness (TourHand *hand)
{
  XImage *image = grab (hand);
  guint n_dark = 0, n_seen = 0;

  for (int y = 0; image != NULL && y < image->height; y += DARK_STEP)
    for (int x = 0; x < image->width; x += DARK_STEP) {
      unsigned long pixel = XGetPixel (image, x, y);

      n_seen++;
      n_dark += (pixel & 0xff) < DARK && (pixel >> 8 & 0xff) < DARK && (pixel >> 16 & 0xff) < DARK;
    }
  if (image != NULL)
    XDestroyImage (image);
  return n_seen > 0 ? 100 * n_dark / n_seen : 0;
}
