/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* parvisctl printer list: the one place where printers are looked for; the kiosk is told which one it has. */

#include <cups/cups.h>
#include <string.h>

#include "ctl/ctl.h"

enum { BROWSE_MS = 4000, RESOLVE_MS = 2000, MAX_PRINTERS = 200 };

typedef struct Found {
  GPtrArray *names; /* (element-type utf8): owned */
  guint n_printed;
} Found;

/* What comes from the network obeys nobody's terminal. (transfer full) */
static char *
clean (const char *text)
{
  char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);

  for (char *at = valid; *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_iscntrl (g_utf8_get_char (at)))
      memset (at, ' ', (gsize) (g_utf8_next_char (at) - at));
  return valid;
}

/* A name of the network becomes an address, for the kiosk asks no name service of printers. (transfer full) (nullable) */
static char *
find_address (cups_dest_t *dest, const char *device)
{
  const char *scheme = g_str_has_prefix (device, "ipps:") ? "ipps" : "ipp";
  char resource[256] = "", host[256] = "", uri[1024];
  http_t *http;
  char *address = NULL;

  if (!g_str_has_prefix (device, "ipp:") && !g_str_has_prefix (device, "ipps:") && !g_str_has_prefix (device, "dnssd:"))
    return NULL;
  /* What follows is for CUPS. */
  if (strstr (device, "._tcp") == NULL)
    return g_strndup (device, strcspn (device, "?"));
  if (strstr (device, "_ipps._tcp") != NULL)
    scheme = "ipps";
  http = cupsConnectDest (dest, CUPS_DEST_FLAGS_DEVICE, RESOLVE_MS, NULL, resource, sizeof resource, NULL, NULL);
  /* CUPS 2.4 may answer with a connection that is none: only the descriptor tells. */
  if (http != NULL && httpGetFd (http) >= 0 && httpGetHostname (http, host, sizeof host) != NULL
      && httpAssembleURI (HTTP_URI_CODING_ALL, uri, sizeof uri, scheme, NULL, host,
                          httpAddrPort (httpGetAddress (http)), resource)
           >= HTTP_URI_STATUS_OK)
    address = g_strdup (uri);
  if (http != NULL)
    httpClose (http);
  return address;
}

static int
found_cb (void *user_data, unsigned flags, cups_dest_t *dest)
{
  Found *found = user_data;
  const char *device = cupsGetOption ("device-uri", dest->num_options, dest->options);
  g_autofree char *name = clean (dest->name);
  g_autofree char *model = clean (cupsGetOption ("printer-make-and-model", dest->num_options, dest->options));
  g_autofree char *place = clean (cupsGetOption ("printer-location", dest->num_options, dest->options));
  g_autofree char *address = device != NULL ? find_address (dest, device) : NULL;
  g_autofree char *shown = clean (address);
  gboolean is_queue =
    cupsGetOption ("printer-uri-supported", dest->num_options, dest->options) != NULL
    && g_strcmp0 (cupsGetOption ("printer-is-temporary", dest->num_options, dest->options), "true") != 0;

  if ((flags & CUPS_DEST_FLAGS_REMOVED) != 0 || dest->instance != NULL
      || g_ptr_array_find_with_equal_func (found->names, name, g_str_equal, NULL))
    return 1;
  g_ptr_array_add (found->names, g_strdup (name));
  g_print ("%s%s%s%s%s\n", name, *model != '\0' ? "\n  " : "", model, *place != '\0' ? "\n  " : "", place);
  if (address != NULL)
    g_print ("  uri=%s\n", shown);
  if (is_queue)
    g_print ("  %squeue=%s\n", address != NULL ? "or, through CUPS: " : "", name);
  return ++found->n_printed < MAX_PRINTERS;
}

int
pv_ctl_printer_list (const PvCtl *ctl, char **arguments)
{
  Found found = { g_ptr_array_new_with_free_func (g_free), 0 };

  (void) ctl;
  if (arguments[0] != NULL) {
    g_ptr_array_unref (found.names);
    pv_ctl_fail ("printer list takes no arguments");
    return PV_CTL_USAGE;
  }
  cupsEnumDests (CUPS_DEST_FLAGS_NONE, BROWSE_MS, NULL, 0, 0, found_cb, &found);
  g_ptr_array_unref (found.names);
  if (found.n_printed == 0)
    return pv_ctl_fail ("no printer is found: neither a queue of CUPS, nor one that announces itself in the network "
                        "(that needs avahi-daemon); its address works without being found");
  g_print ("Write the line into the group [printer] of the settings.\n");
  return PV_CTL_OK;
}
