/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* portal.h: what Parvis wants of a municipal portal, whatever its make.
 *
 * A catalogue of procedures, each with its questions, the options of a question, filing, and following a filing.  One
 * folder beside this file for each kind of portal.  Every operation is asynchronous, runs on the main context of the
 * caller, ends by itself (the driver sets the time-outs), and can be cancelled.  An error says what the caller can do.
 */
#pragma once

#include <gio/gio.h>

#include "core/catalogue.h"
#include "core/followed.h"
#include "core/invoice.h"
#include "core/outcome.h"
#include "core/submission.h"

#define PV_PORTAL_ERROR (pv_portal_error_quark ())

typedef enum {
  PV_PORTAL_ERROR_OFFLINE,       /* surely not sent: may be sent again at any time */
  PV_PORTAL_ERROR_AMBIGUOUS,     /* filing: may have arrived; only find() can tell */
  PV_PORTAL_ERROR_DENIED,        /* refused for good: an agent must look */
  PV_PORTAL_ERROR_CLOCK,         /* refused because the two clocks differ: see pv_portal_error_get_offset_s() */
  PV_PORTAL_ERROR_GONE,          /* the form does not exist, or is closed */
  PV_PORTAL_ERROR_BAD_ANSWER,    /* not what the portal's documents promise; nothing was changed there */
  PV_PORTAL_ERROR_BUSY,          /* surely not done; later: see pv_portal_error_get_retry_after_s() */
  PV_PORTAL_ERROR_CONFIGURATION, /* address, key, certificate or rights: an administrator must look; surely not done */
  PV_PORTAL_ERROR_UNSUPPORTED,   /* this portal, or this way of reaching it, does not offer it */
  PV_PORTAL_ERROR_TAKEN,         /* booking: somebody else has that time by now; surely not done */
} PvPortalError;

GQuark pv_portal_error_quark (void);

/* An error of the domain with its two numbers. @offset_s: the portal's clock minus ours, CLOCK only.
 * @retry_after_s: BUSY only, 0 = the portal did not say. */
GError *pv_portal_error_new (PvPortalError code, gint64 offset_s, guint retry_after_s, const char *format, ...)
  G_GNUC_PRINTF (4, 5) G_GNUC_WARN_UNUSED_RESULT;
/* 0 for any other error. */
gint64 pv_portal_error_get_offset_s (const GError *error);
guint pv_portal_error_get_retry_after_s (const GError *error);

/* One reason why a procedure is beyond the kiosk, for an administrator. */
typedef struct PvPortalFault {
  char *page;   /* (nullable): label of the page */
  char *field;  /* (nullable): id; NULL: the form as a whole */
  char *name;   /* (nullable): varname */
  char *label;  /* (nullable): of the field, as the portal has it */
  char *type;   /* (nullable): the portal's word for its kind */
  char *reason; /* English */
  char *source; /* (nullable): data source whose options nobody has told the place of */
} PvPortalFault;

enum { PV_PORTAL_MAX_FAULTS = 200 }; /* of one procedure; whoever has more does not read them either */

/* A procedure as the driver understood it, with every reason against it. */
typedef struct PvPortalSurvey {
  PvProcedure *procedure; /* its pages are there, even if it is beyond the kiosk: to be looked at, never to be asked */
  GPtrArray *faults;      /* (element-type PvPortalFault) */
} PvPortalSurvey;

PvPortalFault *pv_portal_fault_new (const char *reason);
void pv_portal_fault_free (PvPortalFault *fault);
void pv_portal_survey_free (PvPortalSurvey *survey);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvPortalSurvey, pv_portal_survey_free)

/* What a search for a kiosk reference found. */
typedef struct PvFound {
  gboolean found;
  char *number;        /* (nullable): as agents say it */
  gint64 received_us;  /* UTC, 0 = not told */
  char *tracking_code; /* (nullable): a bearer secret */
} PvFound;

PvFound *pv_found_new (void);
void pv_found_free (PvFound *found);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvFound, pv_found_free)

typedef enum {
  PV_PORTAL_CAN_FIND = 1 << 0,
  PV_PORTAL_CAN_FOLLOW = 1 << 1,
  PV_PORTAL_CAN_DRAFT = 1 << 2,
  PV_PORTAL_CAN_DROP = 1 << 3,
  PV_PORTAL_CAN_INVOICE = 1 << 4,
  PV_PORTAL_CAN_BOOK = 1 << 5,
} PvPortalFeatures;

#define PV_TYPE_PORTAL (pv_portal_get_type ())
G_DECLARE_INTERFACE (PvPortal, pv_portal, PV, PORTAL, GObject)

/* A driver answers through the task: a pointer of the type of the operation's _finish with its free function, or an
 * error of PV_PORTAL_ERROR or G_IO_ERROR_CANCELLED.  The texts are read before the function returns. */
struct _PvPortalInterface {
  GTypeInterface parent;
  PvPortalFeatures (*get_features) (PvPortal *portal);
  void (*list) (PvPortal *portal, GTask *task);
  void (*describe) (PvPortal *portal, const char *slug, GTask *task);
  void (*options) (PvPortal *portal, const char *slug, const char *source, const char *query, GTask *task);
  void (*submit) (PvPortal *portal, const PvSubmission *submission, GTask *task);
  void (*find) (PvPortal *portal, const char *slug, const char *ref_field, const char *ref, GTask *task);
  void (*follow) (PvPortal *portal, const char *code, GTask *task);
  /* A boolean. */
  void (*open_drop) (PvPortal *portal, const char *id, GTask *task);
  /* A GBytes, or NULL for "nothing yet". */
  void (*take_drop) (PvPortal *portal, const char *id, GTask *task);
  void (*invoice) (PvPortal *portal, const char *uuid, guint64 cents, GTask *task);
  void (*invoice_pdf) (PvPortal *portal, const char *uuid, guint64 cents, GTask *task);
  /* A boolean. */
  void (*close_drop) (PvPortal *portal, const char *id, GTask *task);
  /* NULL: this portal has no agendas */
  void (*find_booking) (PvPortal *portal, const char *ref, GTask *task);
  /* NULL: its forms are described by the settings alone */
  void (*survey) (PvPortal *portal, const char *slug, GTask *task);
};

PvPortalFeatures pv_portal_get_features (PvPortal *portal);

/* The procedures that the portal offers to everybody. */
void pv_portal_list_async (PvPortal *portal, GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data);
PvCatalogue *pv_portal_list_finish (PvPortal *portal, GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* One procedure with its questions; if a part of it is beyond the kiosk, it says so (PV_FILLABLE_ON_PHONE). */
void pv_portal_describe_async (PvPortal *portal, const char *slug, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data);
PvProcedure *pv_portal_describe_finish (PvPortal *portal, GAsyncResult *result,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * pv_portal_options_async:
 * @source: PvQuestion.option_source of a question of that procedure
 * @query: (nullable): words to search for, where the source can search
 */
void pv_portal_options_async (PvPortal *portal, const char *slug, const char *source, const char *query,
                              GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* (transfer full) (element-type PvOption) */
GPtrArray *pv_portal_options_finish (PvPortal *portal, GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * pv_portal_submit_async:
 * @submission: a filing or, by its purpose, a draft, a booking, or the end of one; read before this returns
 *
 * One request, never repeated by the driver or below it.  The outcome is RECEIVED or DRAFT.  AMBIGUOUS is any end after
 * the first byte was sent and before a complete, well-formed answer was read; cancelling counts as such too.
 */
void pv_portal_submit_async (PvPortal *portal, const PvSubmission *submission, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data);
PvOutcome *pv_portal_submit_finish (PvPortal *portal, GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * pv_portal_find_async:
 * @ref_field: PvSubmission.ref_field
 *
 * Whether a filing of that form bears this kiosk reference. "No" is a proof of absence: whatever could hide one (a
 * filter that the portal ignored, an answer cut short) is an error.
 */
void pv_portal_find_async (PvPortal *portal, const char *slug, const char *ref_field, const char *ref,
                           GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
PvFound *pv_portal_find_finish (PvPortal *portal, GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * pv_portal_find_booking_async:
 *
 * Whether an agenda has a booking, not given up, under this kiosk reference: PvFound.number is the agenda's number of it.
 * "No" is a proof of absence, as above.
 */
void pv_portal_find_booking_async (PvPortal *portal, const char *ref, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer user_data);
PvFound *pv_portal_find_booking_finish (PvPortal *portal, GAsyncResult *result,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The state of a filing by its tracking code; GONE if there is none. */
void pv_portal_follow_async (PvPortal *portal, const char *code, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data);
PvFollowed *pv_portal_follow_finish (PvPortal *portal, GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * pv_portal_open_drop_async:
 * @id: see core/drop.h
 *
 * Makes the place where a phone can put one document, for ten minutes. GONE: there is one of that name; BUSY: the relay
 * has no room.
 */
void pv_portal_open_drop_async (PvPortal *portal, const char *id, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data);
gboolean pv_portal_open_drop_finish (PvPortal *portal, GAsyncResult *result, GError **error);

/* What a phone put there, encrypted, at most PV_DROP_MAX_SEALED_BYTES; it is gone there then. GONE: no such place any more. */
void pv_portal_take_drop_async (PvPortal *portal, const char *id, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data);
/* @ret_sealed: (transfer full): NULL with TRUE: nothing is there yet */
gboolean pv_portal_take_drop_finish (PvPortal *portal, GAsyncResult *result, GBytes **ret_sealed,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
enum { PV_PORTAL_MAX_PDF_BYTES = 6 * 1024 * 1024 }; /* of one invoice */

/* What is due on the invoice with that uuid and that total amount; PV_INVOICE_NONE if there is none, or not with it. */
void pv_portal_invoice_async (PvPortal *portal, const char *uuid, guint64 cents, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data);
PvInvoice *pv_portal_invoice_finish (PvPortal *portal, GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Its PDF, as it comes: at most PV_PORTAL_MAX_PDF_BYTES, and nothing else is known of it. GONE if there is none. */
void pv_portal_invoice_pdf_async (PvPortal *portal, const char *uuid, guint64 cents, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data);
GBytes *pv_portal_invoice_pdf_finish (PvPortal *portal, GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Nobody waits any more: whoever still has the code is told, and what was put is removed. GONE: no such place any more. */
void pv_portal_close_drop_async (PvPortal *portal, const char *id, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data);
gboolean pv_portal_close_drop_finish (PvPortal *portal, GAsyncResult *result, GError **error);

/* As pv_portal_describe_async(), with all that speaks against the procedure: for an administrator. */
void pv_portal_survey_async (PvPortal *portal, const char *slug, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data);
PvPortalSurvey *pv_portal_survey_finish (PvPortal *portal, GAsyncResult *result,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
