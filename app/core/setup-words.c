/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The words of the first-start assistant that stand in tables: what is asked, what is wrong, what is waited for. */

#include <glib/gi18n-lib.h>

#include "core/setup-private.h"

static const char *const reasons[PV_N_SETUP_REASONS] = {
  [PV_SETUP_BECAUSE_NO_LINK] = N_ ("The kiosk has no network. Is the cable plugged in at both ends?"),
  [PV_SETUP_BECAUSE_OFFLINE] = N_ ("Nobody answers at this address. Compare it, letter by letter."),
  [PV_SETUP_BECAUSE_STRANGER] = N_ ("Somebody answers whose certificate is not trusted. Ask whoever runs that site."),
  [PV_SETUP_BECAUSE_DENIED] = N_ ("The portal does not know this access. Compare its name and its key."),
  [PV_SETUP_BECAUSE_CLOCK] = N_ ("The clock of the kiosk is wrong. Wait five minutes, then try again."),
  [PV_SETUP_BECAUSE_NO_PORTAL] = N_ ("Somebody answers, but it is no portal. Compare the address."),
  [PV_SETUP_BECAUSE_NO_CODE] = N_ ("Nothing is there under this code. Compare the address and the code."),
  [PV_SETUP_BECAUSE_EXPIRED] = N_ ("This code is too old. Ask for another one."),
  [PV_SETUP_BECAUSE_BROKEN] = N_ ("What is there under this code cannot be used. Ask for another one."),
  [PV_SETUP_BECAUSE_NO_PRINTER] = N_ ("The printer does not answer. Is it switched on and connected?"),
  [PV_SETUP_BECAUSE_NOT_PRINTED] = N_ ("The page did not come out. Look at the paper and at the printer."),
  [PV_SETUP_BECAUSE_MISSING] = N_ ("A step is missing. Go back and do each of them again."),
  [PV_SETUP_BECAUSE_WRONG] = N_ ("The kiosk refuses these settings. Go back and compare them."),
  [PV_SETUP_BECAUSE_REFUSED] = N_ ("The kiosk refuses this. The first start may be over already."),
  [PV_SETUP_BECAUSE_FAILED] = N_ ("The kiosk could not do that. Try again."),
  [PV_SETUP_BECAUSE_NOT_WRITTEN] = N_ ("The disk could not be written. Try again, or choose another disk."),
};

static const PvSetupWords inputs[PV_N_SETUP_PAGES] = {
  [PV_SETUP_AT_ADDRESS] = { PV_INPUT_WEB, PV_SETUP_MAX_ADDRESS_BYTES, N_ ("Which address does the kiosk have?"),
                            N_ ("With its length behind a slash, like 192.168.1.20/24"),
                            N_ ("This is no address. It looks like 192.168.1.20/24") },
  [PV_SETUP_AT_GATEWAY] = { PV_INPUT_WEB, PV_SETUP_MAX_ADDRESS_BYTES, N_ ("Which address does the router have?"),
                            N_ ("Its other name is gateway. It looks like 192.168.1.1"),
                            N_ ("This is no address. It looks like 192.168.1.1") },
  [PV_SETUP_AT_NAMES] = { PV_INPUT_WEB, PV_SETUP_MAX_ADDRESS_BYTES, N_ ("Which address does the name server have?"),
                          N_ ("Its other name is DNS. It is often the router’s address."),
                          N_ ("This is no address. It looks like 192.168.1.1") },
  [PV_SETUP_AT_URL] = { PV_INPUT_WEB, PV_SETUP_MAX_URL_BYTES, N_ ("Which address does the portal have?"),
                        N_ ("Like demarches.montclair.fr"), N_ ("This is no address of a portal.") },
  [PV_SETUP_AT_ORIGIN] = { PV_INPUT_WEB, PV_SETUP_MAX_ORIGIN_BYTES, N_ ("What is the access called?"),
                           N_ ("Whoever runs the portal made it for this kiosk."),
                           N_ ("Only letters, digits, points and dashes, please.") },
  [PV_SETUP_AT_KEY] = { PV_INPUT_EXACT, PV_SETUP_MAX_KEY_BYTES, N_ ("Which key belongs to the access?"),
                        N_ ("Capital and small letters count."), N_ ("Type the key, without blanks.") },
  [PV_SETUP_AT_SERVER] = { PV_INPUT_WEB, PV_SETUP_MAX_URL_BYTES, N_ ("At which address was the code made?"),
                           N_ ("It stands beside the code."), N_ ("This is no address.") },
  [PV_SETUP_AT_CODE] = { PV_INPUT_CODE, PV_SETUP_MAX_CODE_BYTES, N_ ("Which code did you get?"),
                         N_ ("Letters in groups of four."), N_ ("A letter is wrong or missing. Compare each group.") },
  [PV_SETUP_AT_COMMUNE] = { PV_INPUT_LETTERS, PV_SETUP_MAX_NAME_CHARS, N_ ("What is the commune called?"),
                            N_ ("As everybody reads it at the top of the screen."),
                            N_ ("Type the name of the commune.") },
  [PV_SETUP_AT_PLACE] = { PV_INPUT_LETTERS, PV_SETUP_MAX_NAME_CHARS, N_ ("Where does the kiosk stand?"),
                          N_ ("Like: town hall, entrance. You can leave it empty."), N_ ("This is too long.") },
  [PV_SETUP_AT_PHONE] = { PV_INPUT_PHONE, PV_SETUP_MAX_PHONE_BYTES, N_ ("Which number can citizens call?"),
                          N_ ("The town hall’s telephone. You can leave it empty."), N_ ("This is no number.") },
  [PV_SETUP_AT_TARGET] = { PV_INPUT_WEB, PV_SETUP_MAX_URL_BYTES, N_ ("Which address does the printer have?"),
                           N_ ("Like ipp://192.168.1.50/ipp/print"),
                           N_ ("This is no address of a printer. It begins with ipp://") },
  [PV_SETUP_AT_HEIGHT] = { PV_INPUT_DIGITS, 3, N_ ("How high above the floor does the picture begin?"),
                           N_ ("Measure from the floor to its lower edge, in centimetres."),
                           N_ ("Type the height in centimetres.") },
};

static const struct {
  const char *title, *wait;
} proofs[PV_N_SETUP_PAGES] = {
  [PV_SETUP_AT_TRY_NETWORK] = { N_ ("The network"),
                                N_ ("The kiosk looks for the network. This takes up to 30 seconds.") },
  [PV_SETUP_AT_TRY_PORTAL] = { N_ ("The portal"), N_ ("The kiosk asks the portal what it offers.") },
  [PV_SETUP_AT_TRY_RELAY] = { N_ ("The enrolment"), N_ ("The kiosk fetches what your platform prepared.") },
  [PV_SETUP_AT_PAGE] = { N_ ("The test page"), N_ ("The page goes to the printer…") },
  [PV_SETUP_AT_RECEIPT] = { N_ ("The test receipt"), N_ ("The page goes to the printer…") },
  [PV_SETUP_AT_WRITE] = { N_ ("The kiosk is being installed"),
                          N_ ("Leave the stick plugged in. This takes a few minutes.") },
};

const PvSetupWords *
pv_setup_page_words (PvSetupPage page)
{
  return &inputs[page];
}

const char *
pv_setup_page_title (PvSetupPage page)
{
  return _ (proofs[page].title);
}

const char *
pv_setup_page_wait (PvSetupPage page)
{
  return _ (proofs[page].wait);
}

const char *
pv_setup_say_reason (PvSetupReason reason)
{
  return reasons[reason] != NULL ? _ (reasons[reason]) : _ ("The kiosk does not answer. Try again.");
}
