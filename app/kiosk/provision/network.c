/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/provision/network.h"

#include <arpa/inet.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <poll.h>
#include <string.h>

#include "platform/bounded-run.h"
#include "platform/log.h"

#define LINK_LOCAL "169.254."

enum { LOOK_MS = 500 };

char *
pv_network_text (const PvSetupAnswers *answers)
{
  if (!pv_setup_answers_is (answers, PV_SETUP_NETWORK, "fixed"))
    return NULL;
  return g_strdup_printf ("# Written by the first start of this kiosk.\n"
                          "[Match]\n"
                          "Type=ether\n"
                          "\n"
                          "[Network]\n"
                          "Address=%s\n"
                          "Gateway=%s\n"
                          "DNS=%s\n"
                          "DHCP=no\n"
                          "LLMNR=no\n"
                          "MulticastDNS=no\n",
                          pv_setup_answers_get (answers, PV_SETUP_ADDRESS),
                          pv_setup_answers_get (answers, PV_SETUP_GATEWAY),
                          pv_setup_answers_get (answers, PV_SETUP_NAMES));
}

gboolean
pv_network_has_route (const char *routes)
{
  g_auto (GStrv) lines = g_strsplit (routes, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++) {
    g_auto (GStrv) words = g_strsplit (lines[i], "\t", 4);

    if (g_strv_length (words) > 2 && strcmp (words[1], "00000000") == 0 && strcmp (words[2], "00000000") != 0)
      return TRUE;
  }
  return FALSE;
}

/* An address that somebody gave: not one that the machine gave itself. @wanted: (nullable): that one. (transfer full) (nullable) */
static char *
find_address (const char *wanted)
{
  struct ifaddrs *list = NULL;
  char *found = NULL;

  if (getifaddrs (&list) != 0)
    return NULL;
  for (const struct ifaddrs *at = list; at != NULL && found == NULL; at = at->ifa_next) {
    char text[INET_ADDRSTRLEN] = "";

    if (at->ifa_addr == NULL || at->ifa_addr->sa_family != AF_INET || (at->ifa_flags & IFF_LOOPBACK) != 0
        || (at->ifa_flags & IFF_RUNNING) == 0)
      continue;
    inet_ntop (AF_INET, &((const struct sockaddr_in *) (const void *) at->ifa_addr)->sin_addr, text, sizeof text);
    if (!g_str_has_prefix (text, LINK_LOCAL) && (wanted == NULL || strcmp (text, wanted) == 0))
      found = g_strdup (text);
  }
  freeifaddrs (list);
  return found;
}

static gboolean
has_way_out (void)
{
  g_autofree char *routes = NULL;

  /* Not /proc/net: the walls of the unit leave nothing in /proc but processes (ProcSubset=pid). */
  return g_file_get_contents ("/proc/self/net/route", &routes, NULL, NULL) && pv_network_has_route (routes);
}

static char *
wait_for_address (const char *wanted)
{
  for (guint i = 0; i < PV_PROVISION_NETWORK_S * 1000 / LOOK_MS; i++) {
    char *address = has_way_out () ? find_address (wanted) : NULL;

    if (address != NULL)
      return address;
    poll (NULL, 0, LOOK_MS);
  }
  return NULL;
}

/* Only what changes is written, and only then is the network begun anew. */
static gboolean
write_file (const PvProvision *provision, const char *text)
{
  g_autofree char *path = g_build_filename (provision->network_folder, PV_NETWORK_FILE, NULL);
  const char *const argv[] = { provision->systemctl_program, "restart", "systemd-networkd.service", NULL };
  g_autofree char *before = NULL, *said = NULL;

  g_file_get_contents (path, &before, NULL, NULL);
  if (g_strcmp0 (before, text) == 0)
    return TRUE;
  if (text == NULL ? g_unlink (path) != 0
                   : !g_file_set_contents_full (
                     path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0644, NULL)) {
    pv_log_event (PV_LOG_ERROR, "setup-network-not-written");
    return FALSE;
  }
  said = pv_run_bounded (argv, PV_PROVISION_SYSTEMCTL_S, PV_PROVISION_MAX_OUTPUT_BYTES);
  return TRUE;
}

PvSetupReason
pv_network_try (const PvProvision *provision, const PvSetupAnswers *answers, char **ret_address)
{
  g_autofree char *text = pv_network_text (answers), *wanted = NULL;
  const char *address = pv_setup_answers_get (answers, PV_SETUP_ADDRESS);

  if (!write_file (provision, text))
    return PV_SETUP_BECAUSE_FAILED;
  if (text != NULL)
    wanted = g_strndup (address, strcspn (address, "/"));
  *ret_address = wait_for_address (wanted);
  return *ret_address != NULL ? PV_SETUP_BECAUSE_NOTHING : PV_SETUP_BECAUSE_NO_LINK;
}
