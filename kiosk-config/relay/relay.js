/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a kiosk is answered: by its commune's portal, whose key only this relay has, or, of what the portal would tell too
 * much about, by the least that the kiosk needs (app/portal/README.md has the contract). */

import calls from 'calls.js';
import communes from 'communes.js';
import portal from 'portal.js';

const WORDS = {
    'relay-certificate': 'No valid certificate.',
    'relay-denied': 'Not a call for a kiosk.',
    'relay-key': 'The portal refuses the relay.',
    'relay-unreachable': 'The portal was not reached.',
    'relay-lost': 'The answer of the portal was lost.',
    'relay-answer': 'The portal did not answer what was asked.',
};
const MAX_ROWS = 100;
const MAX_TITLE_CHARS = 200;
const MAX_EXPECTED_CHARS = 2000;
const MAX_PDF_BYTES = 6 * 1024 * 1024;

function say(r, status, value) {
    r.headersOut['Content-Type'] = 'application/json';
    r.return(status, JSON.stringify(value));
}

function refuse(r, status, code) {
    r.variables.parvis_why = code;
    say(r, status, { err: 1, err_code: code, err_desc: WORDS[code] });
}

function not_found(r) {
    say(r, 404, { err: 1, err_class: 'Not found', err_code: 'not-found', err_desc: 'Not found' });
}

/* What the portal's own time is: that of an answer is nginx's. */
function copy_headers(r, answer) {
    if (answer.date) {
        r.headersOut['Parvis-Date'] = answer.date;
    }
    if (answer.retry) {
        r.headersOut['Retry-After'] = answer.retry;
    }
}

/* TRUE: there is nothing to be read in @answer, and the kiosk has been told. */
function has_told(r, answer) {
    if (answer.trouble == '') {
        return false;
    }
    refuse(r, answer.trouble == 'key' ? 403 : 502, 'relay-' + answer.trouble);
    return true;
}

/* The portal's own answer. What is not JSON is somebody's in front of it: its status says enough. */
function pass(r, answer) {
    if (has_told(r, answer)) {
        return;
    }
    copy_headers(r, answer);
    if (answer.json !== undefined) {
        r.headersOut['Content-Type'] = 'application/json';
        r.return(answer.status, answer.bytes);
    } else if (answer.status >= 200 && answer.status < 300) {
        refuse(r, 502, 'relay-lost');
    } else {
        r.return(answer.status);
    }
}

async function hand_on(r, access, path, query, way, body) {
    const answer = await portal.ask(r, access, path, query, way, body);

    pass(r, answer);
}

/* Of a composite call: a refusal of the portal, or an answer that cannot be understood. */
function pass_refusal(r, answer) {
    if (has_told(r, answer)) {
        return;
    }
    if (answer.json !== undefined && portal.says_no(answer.json)) {
        pass(r, answer);
    } else {
        refuse(r, 502, answer.status >= 500 ? 'relay-unreachable' : 'relay-answer');
    }
}

function rows_of(json) {
    const rows = Array.isArray(json) ? json : json.data;

    return Array.isArray(rows) && rows.length <= MAX_ROWS ? rows : null;
}

function text_of(value, max_chars) {
    return typeof value == 'string' ? value.slice(0, max_chars)
        : typeof value == 'number' ? String(value) : undefined;
}

/* What agents write may be HTML. */
function plain_of(value) {
    const text = text_of(value, 4 * MAX_EXPECTED_CHARS);

    return text === undefined ? undefined
        : text.replace(/<[^>]*>/g, ' ').replace(/&nbsp;/g, '\u00a0').replace(/&lt;/g, '<').replace(/&gt;/g, '>')
              .replace(/&quot;/g, '"').replace(/&#0?39;/g, '\'').replace(/&amp;/g, '&').trim()
              .slice(0, MAX_EXPECTED_CHARS) || undefined;
}

/* Filings ---------------------------------------------------------------------------------------------------------- */

function row_has_ref(row, field, ref) {
    const fields = row.fields || {};
    const unnamed = fields._unnamed || {};
    const value = fields[field] !== undefined ? fields[field] : unnamed[field];

    return typeof value == 'string' && value.toUpperCase() == ref;
}

/* A portal that does not filter would "find" somebody else's: each row is compared again. */
async function find(r, caller, asked) {
    const field = asked.query.field || 'parvis_ref';
    const answer = await portal.ask(r, portal.access_of(caller.code, 'portal'),
                                    '/api/forms/' + asked.query.form + '/list',
                                    [['filter-' + field, asked.query.ref], ['include-fields', 'on'], ['limit', '5']], 'get');
    const rows = portal.is_good(answer) ? rows_of(answer.json) : null;
    const row = rows ? rows[0] : undefined;

    if (!rows) {
        pass_refusal(r, answer);
    } else if (!rows.every(item => row_has_ref(item, field, asked.query.ref))) {
        refuse(r, 502, 'relay-answer');
    } else if (!row) {
        say(r, 200, { err: 0, data: { found: false } });
    } else {
        say(r, 200, { err: 0, data: { found: true, number: text_of(row.display_id || row.id, MAX_TITLE_CHARS),
                                      received: text_of(row.receipt_time, MAX_TITLE_CHARS) } });
    }
}

/* "https://portal/[CATEGORY/]SLUG/17/": the path of its data; '' if the portal's address is another. */
function path_of_filing(url, base) {
    const match = /^\/(?:[A-Za-z0-9_-]{1,128}\/){0,2}([A-Za-z0-9_-]{1,128})\/([1-9][0-9]{0,17})\/$/
        .exec(typeof url == 'string' ? url.replace(/^https?:\/\/[^\/]+/, '') : '');

    return match ? '/api/forms/' + match[1] + '/' + match[2] + '/' : '';
}

/* "Inscription - n°18-7" without its number. */
function title_of(filing) {
    const title = text_of(filing.display_name, MAX_TITLE_CHARS) || '';
    const number = text_of(filing.display_id, MAX_TITLE_CHARS) || '';

    return number != '' && title.endsWith(number) ? title.slice(0, -number.length).replace(/ *(-? *n°|#) *$/, '') : title;
}

function followed_of(filing) {
    const status = (filing.workflow || {}).status || {};
    const steps = Array.isArray(filing.evolution) ? filing.evolution : [];
    const last = steps[steps.length - 1] || {};

    return {
        status: text_of(status.name, MAX_TITLE_CHARS),
        title: title_of(filing) || undefined,
        number: text_of(filing.display_id, MAX_TITLE_CHARS),
        received: text_of(filing.receipt_time, MAX_TITLE_CHARS),
        changed: text_of(filing.last_update_time, MAX_TITLE_CHARS),
        expected: plain_of(last.comment),
        closed: status.endpoint === true,
    };
}

/* With an access that may read filings, what is expected of the citizen as well; without, anonymised data has the status. */
async function follow(r, caller, asked) {
    const access = portal.access_of(caller.code, 'portal');
    const reader = portal.access_of(caller.code, 'reader');
    const code = await portal.ask(r, access, '/api/code/' + asked.query.code.toUpperCase(), [], 'get');
    const path = portal.is_good(code) ? path_of_filing(code.json.url) : '';
    let answer, data;

    if (path == '') {
        pass_refusal(r, code);
        return;
    }
    answer = await portal.ask(r, reader || access, path,
                              [['include-fields', 'off']].concat(reader ? [] : [['anonymise', 'true']]), 'get');
    data = portal.is_good(answer) ? followed_of(answer.json.data || answer.json) : {};
    if (data.status === undefined) {
        pass_refusal(r, answer);
    } else {
        say(r, 200, { err: 0, data: data });
    }
}

/* Invoices --------------------------------------------------------------------------------------------------------- */

/* Lingo's decimals, as a number or a text, in cents; -1: none. */
function cents_of(value) {
    const match = /^([0-9]{1,7})(?:\.([0-9]{1,2}))?$/.exec(String(value));

    return match ? Number(match[1]) * 100 + Number(((match[2] || '') + '00').slice(0, 2)) : -1;
}

function euros_of(cents) {
    return String(Math.floor(cents / 100)) + '.' + ('0' + String(cents % 100)).slice(-2);
}

/* The invoice, for who names its amount too; null: none such, or @r has been answered. */
async function find_invoice(r, access, path, cents) {
    const answer = await portal.ask(r, access, path, [], 'get');
    const item = portal.is_good(answer) ? answer.json.data || answer.json : null;

    if (item && cents_of(item.total_amount) >= 0 && cents_of(item.remaining_amount) >= 0) {
        return cents_of(item.total_amount) == cents ? item : undefined;
    }
    if (!(answer.trouble == '' && answer.status == 404)) {
        pass_refusal(r, answer);
        return null;
    }
    return undefined;
}

function invoice_of(item) {
    return {
        found: true,
        number: text_of(item.display_id, MAX_TITLE_CHARS),
        label: text_of(item.label, MAX_TITLE_CHARS),
        total: euros_of(cents_of(item.total_amount)),
        remaining: euros_of(cents_of(item.remaining_amount)),
        due: text_of(item.due_date || item.payment_deadline_date, MAX_TITLE_CHARS),
        has_pdf: item.has_pdf === true,
        payment_url: text_of((item.api || {}).payment_url, MAX_EXPECTED_CHARS),
    };
}

async function pass_pdf(r, access, path) {
    const answer = await portal.ask(r, access, path + 'pdf/', [], 'get');
    const is_pdf = answer.trouble == '' && answer.status == 200 && answer.type == 'application/pdf';

    if (!is_pdf) {
        pass_refusal(r, answer);
    } else if (answer.bytes.length > MAX_PDF_BYTES
               || (answer.length !== undefined && Number(answer.length) != answer.bytes.length)) {
        refuse(r, 502, 'relay-lost');
    } else {
        r.headersOut['Content-Type'] = 'application/pdf';
        r.return(200, answer.bytes);
    }
}

async function invoice(r, caller, asked) {
    const access = portal.access_of(caller.code, 'invoices');
    const path = '/api/regie/' + asked.query.regie + '/invoice/' + asked.query.uuid + '/';
    const is_ours = access && communes.has(caller.commune.invoices.regies, asked.query.regie);
    const item = is_ours ? await find_invoice(r, access, path, Number(asked.query.amount)) : undefined;

    if (item === null) {
        return;
    }
    if (asked.call.name == 'invoice') {
        say(r, 200, { err: 0, data: item ? invoice_of(item) : { found: false } });
    } else if (item && item.has_pdf === true) {
        await pass_pdf(r, access, path);
    } else {
        not_found(r);
    }
}

/* Bookings --------------------------------------------------------------------------------------------------------- */

/* The bookings of a reference that are not given up; null: @r has been answered. */
async function list_bookings(r, caller, ref) {
    const answer = await portal.ask(r, portal.access_of(caller.code, 'agenda'), '/api/bookings/',
                                    [['user_external_id', ref]], 'get');
    const rows = portal.is_good(answer) ? rows_of(answer.json) : null;
    const is_theirs = row => row.user_external_id === ref || row.parvis_ref === ref
        || (row.extra_data || {}).user_external_id === ref || (row.extra_data || {}).parvis_ref === ref;

    if (!rows) {
        pass_refusal(r, answer);
        return null;
    }
    if (!rows.every(is_theirs)) {
        refuse(r, 502, 'relay-answer');
        return null;
    }
    return rows.filter(row => !row.cancellation_datetime).map(row => String(row.id));
}

async function find_booking(r, caller, asked) {
    const numbers = await list_bookings(r, caller, asked.query.ref);

    if (numbers) {
        say(r, 200, { err: 0, data: numbers.length > 0 ? { found: true, number: numbers[0] } : { found: false } });
    }
}

/* Numbers of bookings follow one another: the reference proves that it is theirs. */
async function cancel_booking(r, caller, asked) {
    const numbers = await list_bookings(r, caller, asked.query.ref);

    if (numbers && numbers.indexOf(asked.query.booking) < 0) {
        not_found(r);
    } else if (numbers) {
        await hand_on(r, portal.access_of(caller.code, 'agenda'), '/api/booking/' + asked.query.booking + '/cancel/', [],
                      'post', {});
    }
}

async function book(r, caller, asked, body) {
    let numbers;

    if (body.cancel_booking_id !== undefined) {
        numbers = asked.query.owner ? await list_bookings(r, caller, asked.query.owner) : [];
        if (!numbers) {
            return;
        }
        if (numbers.indexOf(body.cancel_booking_id) < 0) {
            refuse(r, 403, 'relay-denied');
            return;
        }
    }
    await hand_on(r, portal.access_of(caller.code, 'agenda'),
                  '/api/agenda/' + asked.parts[0] + '/fillslot/' + asked.parts[1] + '/', [], 'post', body);
}

/* Calls that pass -------------------------------------------------------------------------------------------------- */

/* As anonymous: without NameID a trusted service would be asking, and see forms that are not for everybody. */
async function forms(r, caller, asked) {
    const access = portal.access_of(caller.code, 'portal');
    const query = Object.keys(asked.query).map(name => [name, asked.query[name]]);

    if (asked.call.name == 'list') {
        await hand_on(r, access, '/api/formdefs/', [['NameID', '']].concat(query), 'get');
    } else if (asked.call.name == 'schema') {
        await hand_on(r, access, '/api/formdefs/' + asked.parts[0] + '/schema', query, 'get');
    } else {
        await hand_on(r, access, '/api/formdefs/' + asked.parts[0] + '/submit', [['NameID', '']], 'file');
    }
}

/* Cards may be a register of persons: only those that the map names. */
async function options(r, caller, asked) {
    const name = asked.parts[0] + (asked.parts[1] ? '/' + asked.parts[1] : '');

    if (asked.call.name == 'cards' && !communes.has(caller.commune.cards, name)) {
        refuse(r, 403, 'relay-denied');
        return;
    }
    if (asked.call.name == 'cards') {
        await hand_on(r, portal.access_of(caller.code, 'portal'), '/api/cards/' + asked.parts[0] + '/list'
                      + (asked.parts[1] ? '/' + asked.parts[1] : ''), [], 'get');
    } else {
        await hand_on(r, portal.access_of(caller.code, 'agenda'), '/api/agenda/' + asked.parts[0]
                      + (asked.parts[1] ? '/meetings/' + asked.parts[1] : '') + '/datetimes/', [], 'get');
    }
}

const ANSWERS = {
    list: forms, schema: forms, submit: forms, cards: options, meetings: options, events: options, book: book, find: find,
    follow: follow, invoice: invoice, 'invoice-pdf': invoice, 'find-booking': find_booking, 'cancel-booking': cancel_booking,
};

async function answer(r) {
    const caller = communes.who(r);
    const asked = caller ? calls.read(r) : null;
    const body = asked && asked.call.body ? calls.read_body(r, asked.call) : null;

    r.variables.parvis_call = asked ? asked.call.name : 'none';
    if (!caller) {
        refuse(r, 403, 'relay-certificate');
    } else if (!asked || (asked.call.body && !body)) {
        refuse(r, 403, 'relay-denied');
    } else if (!communes.is_right(caller.code)) {
        refuse(r, 503, 'relay-key');
    } else {
        await ANSWERS[asked.call.name](r, caller, asked, body);
    }
}

/* Nothing of what went wrong is said: it could be about somebody. */
function kiosk(r) {
    return answer(r).catch(() => {
        r.variables.parvis_why = 'failed';
        r.return(500);
    });
}

export default { kiosk, health: communes.health };
