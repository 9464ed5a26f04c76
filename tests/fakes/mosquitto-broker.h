/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* mosquitto-broker.h: a real Mosquitto of the test's own on loopback, with the shipped configuration and certificates
 * that parvisctl makes. Only paths and ports are changed. Needs PV_CTL_PROGRAM and PV_BROKER_CONFIG;
 * PV_BROKER_FILE: another file of that folder than mosquitto.conf. */
#pragma once

#include <gio/gio.h>

enum { BROKER_MAX_PEOPLE = 8 };

#define BROKER_PASSPHRASE "quatre mots au hasard" /* of each mediator */

typedef struct BrokerPerson {
  char *
    folder; /* assist.key, assist.cert, broker-client.key, broker-client.pem, brokers.pem, root.pub; of a mediator also mediator.key
                 (sealed) and mediator.conf */
  char *id;
} BrokerPerson;

typedef struct Broker {
  char *folder;
  guint kiosk_port, mediator_port; /* of a fleet: mediator_port is the readers' */
  gboolean is_fleet;
  char *reader;         /* (nullable): of a fleet: the folder of a reader: reader.pem, reader.key, brokers.pem */
  GSubprocess *process; /* (nullable) */
  BrokerPerson people[BROKER_MAX_PEOPLE];
  guint n_people;
} Broker;

/* A root and a broker that is not running. NULL after a message. */
Broker *broker_new (void);
/* That of presence and health, as kiosk-config/fleet has it; needs PV_FLEET_CONFIG. */
Broker *broker_new_fleet (void);
void broker_free (Broker *broker);

/* Enrols somebody under the root named @root ("root", or another, which is made). @role: "kiosk" or "mediator". */
const BrokerPerson *broker_enrol (Broker *broker, const char *root, const char *role, const char *communes);
/* Until it accepts connections. After everybody was enrolled. */
gboolean broker_start (Broker *broker);
/* Takes somebody out, and lays the new lists before the broker, which does not know yet. FALSE after a message. */
gboolean broker_revoke (Broker *broker, const char *root, const BrokerPerson *person);
/* SIGHUP */
void broker_reload (Broker *broker);
/* SIGKILL, and waits for its end. */
void broker_kill (Broker *broker);
/* SIGTERM, and waits for its end: what it keeps is on the disk. */
void broker_end (Broker *broker);
/* SIGSTOP and SIGCONT: there, and silent. */
void broker_freeze (Broker *broker, gboolean is_frozen);
/* All that it wrote of itself. (transfer full) */
char *broker_read_log (Broker *broker);
/* Files in its folder of the state; what was stored. */
guint broker_count_stored (Broker *broker);
/* Sockets of any kind that it listens on; -1 if the system does not tell. */
gint broker_count_doors (Broker *broker);
