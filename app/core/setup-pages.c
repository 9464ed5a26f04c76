/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The pages of the first-start assistant, as a table, and which comes after which. */

#include "core/setup-private.h"

static const PvSetupPageRow rows[PV_N_SETUP_PAGES] = {
  [PV_SETUP_AT_WELCOME] = { .key = "setup-welcome" },
  [PV_SETUP_AT_NETWORK] = { .key = "setup-network",
                            .kind = PV_SETUP_PAGE_CHOICE,
                            .step = 1,
                            .answer = PV_SETUP_NETWORK },
  [PV_SETUP_AT_ADDRESS] = { .key = "setup-address",
                            .kind = PV_SETUP_PAGE_INPUT,
                            .step = 1,
                            .answer = PV_SETUP_ADDRESS,
                            .condition = PV_SETUP_NETWORK,
                            .word = "fixed" },
  [PV_SETUP_AT_GATEWAY] = { .key = "setup-gateway",
                            .kind = PV_SETUP_PAGE_INPUT,
                            .step = 1,
                            .answer = PV_SETUP_GATEWAY,
                            .condition = PV_SETUP_NETWORK,
                            .word = "fixed" },
  [PV_SETUP_AT_NAMES] = { .key = "setup-names",
                          .kind = PV_SETUP_PAGE_INPUT,
                          .step = 1,
                          .answer = PV_SETUP_NAMES,
                          .condition = PV_SETUP_NETWORK,
                          .word = "fixed" },
  [PV_SETUP_AT_TRY_NETWORK] = { .key = "setup-try-network",
                                .kind = PV_SETUP_PAGE_PROOF,
                                .step = 1,
                                .verb = PV_SETUP_TRY_NETWORK },
  [PV_SETUP_AT_WAY] = { .key = "setup-way", .kind = PV_SETUP_PAGE_CHOICE, .step = 2, .answer = PV_SETUP_WAY },
  [PV_SETUP_AT_URL] = { .key = "setup-url",
                        .kind = PV_SETUP_PAGE_INPUT,
                        .step = 2,
                        .answer = PV_SETUP_URL,
                        .condition = PV_SETUP_WAY,
                        .word = "portal" },
  [PV_SETUP_AT_ORIGIN] = { .key = "setup-origin",
                           .kind = PV_SETUP_PAGE_INPUT,
                           .step = 2,
                           .answer = PV_SETUP_ORIGIN,
                           .condition = PV_SETUP_WAY,
                           .word = "portal" },
  [PV_SETUP_AT_KEY] = { .key = "setup-key",
                        .kind = PV_SETUP_PAGE_INPUT,
                        .step = 2,
                        .answer = PV_SETUP_KEY,
                        .condition = PV_SETUP_WAY,
                        .word = "portal" },
  [PV_SETUP_AT_TRY_PORTAL] = { .key = "setup-try-portal",
                               .kind = PV_SETUP_PAGE_PROOF,
                               .step = 2,
                               .verb = PV_SETUP_TRY_PORTAL,
                               .condition = PV_SETUP_WAY,
                               .word = "portal" },
  [PV_SETUP_AT_SERVER] = { .key = "setup-server",
                           .kind = PV_SETUP_PAGE_INPUT,
                           .step = 2,
                           .answer = PV_SETUP_SERVER,
                           .condition = PV_SETUP_WAY,
                           .word = "relay" },
  [PV_SETUP_AT_CODE] = { .key = "setup-code",
                         .kind = PV_SETUP_PAGE_INPUT,
                         .step = 2,
                         .answer = PV_SETUP_CODE,
                         .condition = PV_SETUP_WAY,
                         .word = "relay" },
  [PV_SETUP_AT_TRY_RELAY] = { .key = "setup-try-relay",
                              .kind = PV_SETUP_PAGE_PROOF,
                              .step = 2,
                              .verb = PV_SETUP_TRY_RELAY,
                              .condition = PV_SETUP_WAY,
                              .word = "relay" },
  [PV_SETUP_AT_COMMUNE] = { .key = "setup-commune",
                            .kind = PV_SETUP_PAGE_INPUT,
                            .step = 3,
                            .answer = PV_SETUP_COMMUNE },
  [PV_SETUP_AT_PLACE] = { .key = "setup-place",
                          .kind = PV_SETUP_PAGE_INPUT,
                          .step = 3,
                          .answer = PV_SETUP_PLACE,
                          .may_be_empty = TRUE },
  [PV_SETUP_AT_PHONE] = { .key = "setup-phone",
                          .kind = PV_SETUP_PAGE_INPUT,
                          .step = 3,
                          .answer = PV_SETUP_PHONE,
                          .may_be_empty = TRUE,
                          .verb = PV_SETUP_SAY_COMMUNE },
  [PV_SETUP_AT_PRINTER] = { .key = "setup-printer", .step = 4, .verb = PV_SETUP_SAY_PRINTER },
  [PV_SETUP_AT_TARGET] = { .key = "setup-target",
                           .kind = PV_SETUP_PAGE_INPUT,
                           .step = 4,
                           .answer = PV_SETUP_TARGET,
                           .condition = PV_SETUP_PRINTER,
                           .word = "uri" },
  [PV_SETUP_AT_PAPER] = { .key = "setup-paper",
                          .kind = PV_SETUP_PAGE_CHOICE,
                          .step = 4,
                          .answer = PV_SETUP_PAPER,
                          .condition = PV_SETUP_PRINTER,
                          .word = "none",
                          .is_unless = TRUE },
  [PV_SETUP_AT_PAGE] = { .key = "setup-page",
                         .kind = PV_SETUP_PAGE_PROOF,
                         .step = 4,
                         .verb = PV_SETUP_PRINT_PAGE,
                         .condition = PV_SETUP_PRINTER,
                         .word = "none",
                         .is_unless = TRUE },
  [PV_SETUP_AT_SIZE] = { .key = "setup-size", .step = 5 },
  [PV_SETUP_AT_HEIGHT] = { .key = "setup-height",
                           .kind = PV_SETUP_PAGE_INPUT,
                           .step = 5,
                           .answer = PV_SETUP_HEIGHT,
                           .verb = PV_SETUP_SAY_SCREEN },
  [PV_SETUP_AT_TOUCH] = { .key = "setup-touch", .step = 6 },
  [PV_SETUP_AT_SOUND] = { .key = "setup-sound", .step = 7, .verb = PV_SETUP_SAY_SOUND },
  [PV_SETUP_AT_READER] = { .key = "setup-reader", .step = 8, .verb = PV_SETUP_SAY_READER },
  [PV_SETUP_AT_RECEIPT] = { .key = "setup-receipt",
                            .kind = PV_SETUP_PAGE_PROOF,
                            .step = 9,
                            .verb = PV_SETUP_PRINT_RECEIPT,
                            .condition = PV_SETUP_PRINTER,
                            .word = "none",
                            .is_unless = TRUE },
  [PV_SETUP_AT_CHECK] = { .key = "setup-check", .step = 9, .verb = PV_SETUP_FINISH },
  [PV_SETUP_AT_DONE] = { .key = "setup-done" },
  [PV_SETUP_AT_DISK] = { .key = "install-disk" },
  [PV_SETUP_AT_ERASE] = { .key = "install-erase" },
  [PV_SETUP_AT_SURE] = { .key = "install-sure" },
  [PV_SETUP_AT_WRITE] = { .key = "install-write", .kind = PV_SETUP_PAGE_PROOF, .verb = PV_SETUP_WRITE_DISK },
  [PV_SETUP_AT_UNPLUG] = { .key = "install-unplug" },
};

const PvSetupPageRow *
pv_setup_page_row (PvSetupPage page)
{
  return &rows[page];
}

gboolean
pv_setup_page_applies (const PvSetup *setup, PvSetupPage page)
{
  const PvSetupPageRow *row = &rows[page];

  return row->word == NULL || pv_setup_answers_is (&setup->answers, row->condition, row->word) != row->is_unless;
}

PvSetupPage
pv_setup_page_next (const PvSetup *setup, PvSetupPage page)
{
  PvSetupPage last = page > PV_SETUP_AT_DONE ? PV_SETUP_AT_UNPLUG : PV_SETUP_AT_DONE;

  do
    page++;
  while (page < last && !pv_setup_page_applies (setup, page));
  return MIN (page, last);
}

PvSetupPage
pv_setup_page_before (const PvSetup *setup, PvSetupPage page)
{
  int first = page > PV_SETUP_AT_DONE ? PV_SETUP_AT_DISK : PV_SETUP_AT_WELCOME;

  for (int before = (int) page - 1; before >= first; before--)
    if (rows[before].kind != PV_SETUP_PAGE_PROOF && pv_setup_page_applies (setup, (PvSetupPage) before))
      return (PvSetupPage) before;
  return page;
}

/* Parvis-provision keeps only what was proved: what is there needs no proof again. */
PvSetupPage
pv_setup_page_to_resume (const PvSetup *setup)
{
  static const struct {
    PvSetupAnswer answer;
    PvSetupPage page;
  } order[] = {
    { PV_SETUP_NETWORK, PV_SETUP_AT_WELCOME }, { PV_SETUP_WAY, PV_SETUP_AT_WAY },
    { PV_SETUP_COMMUNE, PV_SETUP_AT_COMMUNE }, { PV_SETUP_PRINTER, PV_SETUP_AT_PRINTER },
    { PV_SETUP_DIAGONAL, PV_SETUP_AT_SIZE },   { PV_SETUP_HEIGHT, PV_SETUP_AT_HEIGHT },
    { PV_SETUP_SOUND, PV_SETUP_AT_TOUCH },     { PV_SETUP_READER, PV_SETUP_AT_READER },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (order); i++)
    if (pv_setup_answers_get (&setup->answers, order[i].answer) == NULL)
      return order[i].page;
  return pv_setup_page_applies (setup, PV_SETUP_AT_RECEIPT) ? PV_SETUP_AT_RECEIPT : PV_SETUP_AT_CHECK;
}
