/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* settings-together.c: what no single value shows. */

#include <string.h>

#include "platform/carrier-name.h"
#include "platform/settings-loader.h"

static void
require (PvSettingsLoader *self, PvSetting setting, const char *reason)
{
  const PvSettingRow *row = &pv_setting_rows[setting];

  if (self->settings->values[setting].text == NULL)
    pv_settings_complain (self, NULL, 0, row->group, row->key, reason);
}

static void
check_assist (PvSettingsLoader *self)
{
  static const PvSetting needed[] = {
    PV_SETTING_ASSIST_BROKER_HOST,
    PV_SETTING_ASSIST_CA_FILE,
    PV_SETTING_ASSIST_CERTIFICATE_FILE,
    PV_SETTING_ASSIST_CLIENT_CERT_FILE,
    PV_SETTING_ASSIST_CLIENT_KEY_FILE,
    PV_SETTING_ASSIST_KEY_FILE,
    PV_SETTING_ASSIST_ROOTS,
  };

  const PvSettingValue *revoked = &self->settings->values[PV_SETTING_ASSIST_REVOKED];

  /* One that is written wrongly would be let in. */
  for (guint i = 0; revoked->list != NULL && revoked->list[i] != NULL; i++)
    if (!pv_carrier_is_id (revoked->list[i])) {
      pv_settings_complain (self, revoked->file, revoked->line, "assist", "revoked",
                            "expected numbers as they were said at enrolment, 16 of 0-9 and a-f each");
      break;
    }
  if (self->settings->values[PV_SETTING_ASSIST_ENABLED].number == 0)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (needed); i++)
    require (self, needed[i], "is missing, and enabled=true needs it");
}

/* A kiosk has one certificate for both brokers. */
static void
check_fleet (PvSettingsLoader *self)
{
  static const struct {
    PvSetting setting, instead;
  } files[] = {
    { PV_SETTING_FLEET_CA_FILE, PV_SETTING_ASSIST_CA_FILE },
    { PV_SETTING_FLEET_CLIENT_CERT_FILE, PV_SETTING_ASSIST_CLIENT_CERT_FILE },
    { PV_SETTING_FLEET_CLIENT_KEY_FILE, PV_SETTING_ASSIST_CLIENT_KEY_FILE },
  };

  if (self->settings->values[PV_SETTING_FLEET_ENABLED].number == 0)
    return;
  require (self, PV_SETTING_FLEET_BROKER_HOST, "is missing, and enabled=true needs it");
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    if (self->settings->values[files[i].instead].text == NULL)
      require (self, files[i].setting, "is missing, as it is in [assist], and enabled=true needs it");
}

static void
check_update (PvSettingsLoader *self)
{
  if (self->settings->values[PV_SETTING_UPDATE_HAWKBIT_URL].text == NULL)
    return;
  require (self, PV_SETTING_UPDATE_HAWKBIT_CONTROLLER, "is missing, and hawkbit-url needs it");
  require (self, PV_SETTING_UPDATE_HAWKBIT_TOKEN_FILE, "is missing, and hawkbit-url needs it");
}

static void
check_keypad (PvSettingsLoader *self)
{
  PvSetting setting = PV_SETTING_KEYPAD_ENABLED;
  g_autofree char *clash = pv_settings_find_key_clash (self->settings->values, &setting);
  const PvSettingValue *value = &self->settings->values[setting];

  if (clash != NULL)
    pv_settings_complain (self, value->file, value->line, "keypad", pv_setting_rows[setting].key, clash);
}

void
pv_settings_check_together (PvSettingsLoader *self)
{
  const PvSettingValue *values = self->settings->values;
  const char *mode = values[PV_SETTING_PORTAL_MODE].text;
  const char *url = values[PV_SETTING_PORTAL_URL].text;
  const PvSettingValue *drop_url = &values[PV_SETTING_DOCUMENTS_DROP_URL];

  if (g_strcmp0 (mode, "direct") == 0) {
    require (self, PV_SETTING_PORTAL_ORIGIN, "is missing, and mode=direct needs it");
    require (self, PV_SETTING_PORTAL_ACCESS_KEY_FILE, "is missing, and mode=direct needs it");
    if (drop_url->text != NULL)
      pv_settings_complain (self, drop_url->file, drop_url->line, "documents", "drop-url",
                            "needs a relay, and the portal is reached with mode=direct");
  } else if (url != NULL && g_str_has_prefix (url, "https:")) {
    require (self, PV_SETTING_PORTAL_CLIENT_CERT_FILE, "is missing, and mode=relay needs it");
    require (self, PV_SETTING_PORTAL_CLIENT_KEY_FILE, "is missing, and mode=relay needs it");
  }
  check_assist (self);
  check_fleet (self);
  check_keypad (self);
  check_update (self);
  if (values[PV_SETTING_PRINTER_URI].text != NULL && values[PV_SETTING_PRINTER_QUEUE].text != NULL)
    pv_settings_complain (self, values[PV_SETTING_PRINTER_QUEUE].file, values[PV_SETTING_PRINTER_QUEUE].line, "printer",
                          "queue", "give either a uri or a queue");
  if (values[PV_SETTING_PRINTER_CERTIFICATE].text != NULL && values[PV_SETTING_PRINTER_URI].text != NULL
      && !g_str_has_prefix (values[PV_SETTING_PRINTER_URI].text, "ipps:"))
    pv_settings_complain (self, values[PV_SETTING_PRINTER_CERTIFICATE].file,
                          values[PV_SETTING_PRINTER_CERTIFICATE].line, "printer", "certificate",
                          "needs a uri that begins with ipps:");
}