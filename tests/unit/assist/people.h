/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* people.h: a root, a kiosk and mediators with their certificates, and randomness that can be repeated. */
#pragma once

#include <glib.h>

#include <sodium.h>
#include <string.h>

#include "assist/handshake.h"

#define PEOPLE_NOW G_GUINT64_CONSTANT (1795440720)

typedef struct {
  guint8 secret[PV_CERTIFICATE_SECRET_BYTES];
  GBytes *certificate, *delegation;
  PvAssistIdentity identity;
} Person;

typedef struct {
  guint8 root_secret[PV_CERTIFICATE_SECRET_BYTES];
  PvCertificateRoot root;
  Person kiosk, mediator, other; /* other: enrolled as well */
} People;

static inline void
people_add (People *people, Person *person, PvCertificateRole role, guint8 number, const char *communes)
{
  g_autoptr (PvCertificate) certificate = g_new0 (PvCertificate, 1);
  guint8 seed[32] = { 100, number }, long_secret[PV_CERTIFICATE_SECRET_BYTES];
  PvDelegation delegation = { .not_before = PEOPLE_NOW - 60, .not_after = PEOPLE_NOW + 3600 };
  guint8 bytes[PV_DELEGATION_BYTES];

  certificate->role = role;
  memset (certificate->id, number, sizeof certificate->id);
  certificate->not_before = PEOPLE_NOW - 1000;
  certificate->not_after = PEOPLE_NOW + 100000;
  certificate->name = g_strdup_printf ("Person %u", number);
  certificate->place = g_strdup ("Mairie de Montclair");
  certificate->communes = g_strsplit (communes, " ", -1);
  crypto_sign_seed_keypair (certificate->key, long_secret, seed);
  person->certificate = pv_certificate_sign (certificate, people->root_secret, NULL);
  memcpy (person->secret, long_secret, sizeof long_secret);
  if (role == PV_CERTIFICATE_KIOSK) {
    seed[2] = 1;
    crypto_sign_seed_keypair (delegation.key, person->secret, seed);
    memcpy (delegation.kiosk, certificate->id, sizeof delegation.kiosk);
    pv_delegation_sign (&delegation, long_secret, bytes);
    person->delegation = g_bytes_new (bytes, sizeof bytes);
  }
  person->identity = (PvAssistIdentity){
    .side = role == PV_CERTIFICATE_KIOSK ? PV_SIDE_KIOSK : PV_SIDE_MEDIATOR,
    .certificate = person->certificate,
    .delegation = person->delegation,
    .secret = person->secret,
    .roots = &people->root,
    .n_roots = 1,
    .newest = PV_ASSIST_VERSION,
    .oldest = PV_ASSIST_OLDEST_VERSION,
    .catalogues = { { 11 }, { 10 } },
    .n_catalogues = role == PV_CERTIFICATE_KIOSK ? 1 : 2,
  };
}

static inline People *
people_new (void)
{
  People *people = g_new0 (People, 1);
  guint8 seed[32] = { 99 };

  crypto_sign_seed_keypair (people->root.key, people->root_secret, seed);
  people_add (people, &people->kiosk, PV_CERTIFICATE_KIOSK, 1, "22050");
  people_add (people, &people->mediator, PV_CERTIFICATE_MEDIATOR, 2, "22050 22060");
  people_add (people, &people->other, PV_CERTIFICATE_MEDIATOR, 3, "22050");
  return people;
}

static inline void
people_free (People *people)
{
  Person *all[] = { &people->kiosk, &people->mediator, &people->other };

  for (gsize i = 0; i < G_N_ELEMENTS (all); i++) {
    g_bytes_unref (all[i]->certificate);
    g_clear_pointer (&all[i]->delegation, g_bytes_unref);
  }
  g_free (people);
}

/* A GRand as randomness: a run is repeated by its seed. */
static inline void
people_random (gpointer data, guint8 *bytes, gsize size)
{
  for (gsize i = 0; i < size; i++)
    bytes[i] = (guint8) g_rand_int_range (data, 0, 256);
}
