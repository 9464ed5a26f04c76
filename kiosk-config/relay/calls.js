/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The calls that a kiosk needs, and no others: method, path, parameters and body (app/portal/README.md). What was sent is
 * compared as it came, before anything decodes it; a query is taken apart here and never passed on. */

const SLUG = '([A-Za-z0-9_-]{1,128})';
const SLOT = '([A-Za-z0-9_:-]{1,128})';
const NAME = /^[A-Za-z0-9_-]{1,128}$/;
/* Kiosk reference (app/core/outcome.h) and tracking code (w.c.s.): letters without vowels, so that they make no words. */
const REF = /^[BCDFGHJKLMNPQRSTVWXZ]{10}$/;
const CODE = /^[BCDFGHJKLMNPQRSTVWXZbcdfghjklmnpqrstvwxz]{8}$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const CENTS = /^[1-9][0-9]{0,8}$/;
const NUMBER = /^[1-9][0-9]{0,17}$/;
const MAX_QUERY_CHARS = 600;
const MAX_WORDS_CHARS = 2000;

const INVOICE = { regie: NAME, uuid: UUID, amount: CENTS };

/* query: what may be asked with; needs: what must be. */
const CALLS = [
    { name: 'list', path: '/api/formdefs/', query: { 'include-count': /^on$/ } },
    { name: 'schema', path: '/api/formdefs/' + SLUG + '/schema', query: { 'include-id': /^true$/ } },
    { name: 'submit', method: 'POST', path: '/api/formdefs/' + SLUG + '/submit', query: {}, body: check_filing },
    { name: 'cards', path: '/api/cards/' + SLUG + '/list(?:/' + SLUG + ')?', query: {} },
    { name: 'meetings', path: '/api/agenda/' + SLUG + '/meetings/' + SLUG + '/datetimes/', query: {} },
    { name: 'events', path: '/api/agenda/' + SLUG + '/datetimes/', query: {} },
    { name: 'book', method: 'POST', path: '/api/agenda/' + SLUG + '/fillslot/' + SLOT + '/', query: { owner: REF },
      body: check_booking },
    { name: 'find', path: '/relay/find', query: { form: NAME, field: NAME, ref: REF }, needs: ['form', 'ref'] },
    { name: 'follow', path: '/relay/follow', query: { code: CODE }, needs: ['code'] },
    { name: 'invoice', path: '/relay/invoice', query: INVOICE, needs: ['regie', 'uuid', 'amount'] },
    { name: 'invoice-pdf', path: '/relay/invoice/pdf', query: INVOICE, needs: ['regie', 'uuid', 'amount'] },
    { name: 'find-booking', path: '/relay/booking/find', query: { ref: REF }, needs: ['ref'] },
    { name: 'cancel-booking', method: 'POST', path: '/relay/booking/cancel', query: { booking: NUMBER, ref: REF },
      needs: ['booking', 'ref'], body: check_nothing },
];

const PATTERNS = CALLS.map(call => new RegExp('^' + call.path + '$'));

function is_object(value) {
    return typeof value == 'object' && value !== null && !Array.isArray(value);
}

function has_only(object, keys) {
    return Object.keys(object).every(key => keys.indexOf(key) >= 0);
}

function is_text(value) {
    return typeof value == 'string' && value.length <= MAX_WORDS_CHARS;
}

/* What a kiosk files, it files for nobody in particular: with a `user`, an owner, or as an agent a stolen one could file in
 * somebody's name. */
function check_filing(body) {
    const meta = body.meta === undefined ? {} : body.meta;
    const context = body.context === undefined ? {} : body.context;

    return has_only(body, ['data', 'meta', 'context']) && is_object(body.data)
        && is_object(meta) && has_only(meta, ['draft']) && (meta.draft === undefined || typeof meta.draft == 'boolean')
        && is_object(context) && has_only(context, ['channel', 'comments'])
        && (context.channel === undefined || context.channel == 'counter')
        && (context.comments === undefined || is_text(context.comments));
}

const BOOKING = ['label', 'user_external_id', 'parvis_ref', 'cancel_booking_id', 'user_first_name', 'user_last_name',
                 'user_email', 'user_phone_number'];

/* Names of questions travel along. Those of Chrono that do something all have a "_", but for two. */
function is_question(name) {
    return /^[a-z][a-z0-9-]{0,63}$/.test(name) && name != 'count' && name != 'slots';
}

function check_booking(body) {
    return Object.keys(body).every(key => (BOOKING.indexOf(key) >= 0 || is_question(key)) && is_text(body[key]))
        && REF.test(body.user_external_id || '') && (body.parvis_ref || body.user_external_id) === body.user_external_id
        && (body.cancel_booking_id === undefined || NUMBER.test(body.cancel_booking_id));
}

function check_nothing(body) {
    return has_only(body, []);
}

/* The parameters of a raw query: { name: value }; null: one that the call does not have, twice the same, or no value of it. */
function read_query(call, text) {
    const values = {};
    const parts = text == '' ? [] : text.split('&');

    for (let i = 0; i < parts.length; i++) {
        const at = parts[i].indexOf('=');
        const name = at > 0 ? parts[i].slice(0, at) : '';
        const value = parts[i].slice(at + 1);

        /* None of these values has a letter that would have to be encoded. */
        if (!Object.prototype.hasOwnProperty.call(call.query, name) || values[name] !== undefined
            || !call.query[name].test(value)) {
            return null;
        }
        values[name] = value;
    }
    return (call.needs || []).every(name => values[name] !== undefined) ? values : null;
}

/* What is asked: { call, parts, query }, parts being what its path has of its own; null: not a call for a kiosk. */
function read(r) {
    const raw = r.variables.request_uri || '';
    const mark = raw.indexOf('?');
    const path = mark < 0 ? raw : raw.slice(0, mark);
    const text = mark < 0 ? '' : raw.slice(mark + 1);

    if (raw.length > MAX_QUERY_CHARS || (r.httpVersion != '1.1' && r.httpVersion != '2.0')) {
        return null;
    }
    for (let i = 0; i < CALLS.length; i++) {
        const match = PATTERNS[i].exec(path);

        if (match && r.method == (CALLS[i].method || 'GET')) {
            const query = read_query(CALLS[i], text);

            return query === null ? null : { call: CALLS[i], parts: match.slice(1), query: query };
        }
    }
    return null;
}

/* What was sent along, if it is JSON that the call may send: an object, or null. */
function read_body(r, call) {
    let body;

    if (r.headersIn['Content-Type'] != 'application/json') {
        return null;
    }
    try {
        body = JSON.parse(r.requestText || '');
    } catch (e) {
        return null;
    }
    return is_object(body) && call.body(body) ? body : null;
}

export default { read, read_body };
