/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Asking a portal: a signed address, one subrequest, and what its answer means. Nothing of a kiosk's own request goes there
 * but what is named here. */

import hmac from 'crypto';
import communes from 'communes.js';

const NONCE_BYTES = 16;
const MAX_WORDS_CHARS = 300;
/* 403 because of how this relay signed, clock included; a nonce is random, and "already used" means another thing. */
const SIGNATURE = /signature|\borig\b|\balgo\b|unsigned|timestamp/i;

/* @query: [[name, value], ...]. w.c.s. checks the text as it stands before "&signature=". */
function sign(query, access) {
    const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(NONCE_BYTES))).toString('hex');
    const time = new Date().toISOString().slice(0, 19) + 'Z';
    const pairs = query.concat([['orig', access.orig], ['algo', 'sha256'], ['timestamp', time], ['nonce', nonce]]);
    const text = pairs.map(pair => encodeURIComponent(pair[0]) + '=' + encodeURIComponent(pair[1])).join('&');

    return text + '&signature=' + encodeURIComponent(hmac.createHmac('sha256', access.key).update(text).digest('base64'));
}

/* Texts of several tries: "0, 812" */
function is_any_sent(text) {
    return /[1-9]/.test(text || '');
}

function parse(text) {
    try {
        return JSON.parse(text);
    } catch (e) {
        return undefined;
    }
}

function says_no(json) {
    return typeof json == 'object' && json !== null && json.err !== undefined && json.err !== 0 && json.err !== false;
}

/* 'lost', 'unreachable', 'key': it is none of the portal's answers; else ''. */
function trouble_of(reply, json) {
    const words = says_no(json) ? String(json.err_desc || '').slice(0, MAX_WORDS_CHARS) : '';

    /* nginx made up an answer itself: no header came. */
    if (!/[0-9]/.test(reply.variables.upstream_header_time || '')) {
        return is_any_sent(reply.variables.upstream_bytes_sent) ? 'lost' : 'unreachable';
    }
    return (reply.status == 403 && SIGNATURE.test(words)) || reply.status == 401 ? 'key' : '';
}

/**
 * ask: @way: 'get'; 'post' with @body; 'file' with the kiosk's own body
 *
 * Gives { status, json (undefined: not JSON, or cut), bytes, type, date, retry, trouble }.
 */
async function ask(r, access, path, query, way, body) {
    const options = { method: way == 'get' ? 'GET' : 'POST' };
    let reply, json;

    if (way != 'file') {
        options.body = way == 'get' ? '' : JSON.stringify(body);
    }
    r.variables.parvis_url = access.url + path + '?' + sign(query, access);
    r.variables.parvis_type = way == 'get' ? '' : 'application/json';
    reply = await r.subrequest(way == 'get' ? '/-/ask' : '/-/send', options);
    r.variables.parvis_url = '';
    json = reply.headersOut['Content-Type'] == 'application/pdf' ? undefined : parse(reply.responseText || '');
    return {
        status: reply.status,
        json: json,
        bytes: reply.responseBuffer,
        type: reply.headersOut['Content-Type'] || '',
        length: reply.headersOut['Content-Length'],
        date: reply.headersOut['Date'],
        retry: reply.headersOut['Retry-After'],
        trouble: trouble_of(reply, json),
    };
}

/* An answer that says yes: JSON, without an error, whole. */
function is_good(answer) {
    return answer.trouble == '' && answer.status >= 200 && answer.status < 300 && typeof answer.json == 'object'
        && answer.json !== null && !says_no(answer.json);
}

export default { ask, is_good, says_no, access_of: communes.access_of };
