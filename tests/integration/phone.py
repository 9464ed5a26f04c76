# SPDX-FileCopyrightText: 2026 The Parvis authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""phone.py --url URL --file FILE: a phone with the relay's page open, which chooses FILE and sends it.

A headless Chromium, driven over its pipe (DevTools protocol), so that what runs is the shipped page. Prints one JSON object: the
sections that were seen, the trouble that was told, the words of the last section, and what the browser complained about.
"""

import argparse
import json
import os
import select
import shutil
import subprocess
import sys
import tempfile
import time

DEADLINE_S = 90


class Browser:
    """One page of a browser of its own."""

    def __init__(self, program, width):
        self.folder = tempfile.mkdtemp(prefix='pv-phone-')
        self.width = width
        to_read, self.to = os.pipe()
        self.back, to_write = os.pipe()
        command = [
            program, '--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run',
            '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-extensions',
            '--ignore-certificate-errors', '--remote-debugging-pipe', '--user-data-dir=' + self.folder,
            '--window-size=%d,800' % width, 'about:blank']
        script = 'exec "$@" 3<&%d 4>&%d' % (to_read, to_write)
        self.process = subprocess.Popen(['sh', '-c', script, 'sh'] + command, pass_fds=(to_read, to_write),
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_read)
        os.close(to_write)
        self.buffer = b''
        self.number = 0
        self.session = None
        self.events = []
        self.end = time.monotonic() + DEADLINE_S

    def close(self):
        try:
            self.session = None
            self.call('Browser.close')
            self.process.wait(10)
        except Exception:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def read(self):
        while b'\0' not in self.buffer:
            left = self.end - time.monotonic()
            if left <= 0 or not select.select([self.back], [], [], left)[0]:
                raise TimeoutError('the browser says nothing')
            piece = os.read(self.back, 65536)
            if not piece:
                raise EOFError('the browser has ended')
            self.buffer += piece
        text, self.buffer = self.buffer.split(b'\0', 1)
        return json.loads(text)

    def call(self, method, **parameters):
        self.number += 1
        message = {'id': self.number, 'method': method, 'params': parameters}
        if self.session:
            message['sessionId'] = self.session
        os.write(self.to, json.dumps(message).encode() + b'\0')
        while True:
            answer = self.read()
            if answer.get('id') == self.number:
                if 'error' in answer:
                    raise RuntimeError(method + ': ' + answer['error']['message'])
                return answer['result']
            self.events.append(answer)

    def open(self, url, language):
        target = self.call('Target.createTarget', url='about:blank')['targetId']
        self.session = self.call('Target.attachToTarget', targetId=target, flatten=True)['sessionId']
        for domain in ('Page', 'Runtime', 'Network', 'Log'):
            self.call(domain + '.enable')
        agent = self.evaluate('navigator.userAgent')
        self.call('Emulation.setUserAgentOverride', userAgent=agent, acceptLanguage=language)
        self.call('Emulation.setDeviceMetricsOverride', width=self.width, height=740, deviceScaleFactor=1, mobile=True)
        self.call('Page.navigate', url=url)

    def evaluate(self, expression):
        result = self.call('Runtime.evaluate', expression=expression, returnByValue=True, awaitPromise=True)
        if 'exceptionDetails' in result:
            raise RuntimeError(expression + ': ' + str(result['exceptionDetails'].get('exception')))
        return result['result'].get('value')

    def choose(self, selector, path):
        # By the object: numbers of nodes are given anew while a page is still loading.
        field = self.call('Runtime.evaluate', expression='document.querySelector(%s)' % json.dumps(selector))['result']
        self.call('DOM.setFileInputFiles', files=[path], objectId=field['objectId'])

    def section(self):
        return self.evaluate('(document.querySelector("section:not([hidden])") || {}).id')

    def wait(self, *sections):
        while True:
            try:
                seen = self.section()
            except RuntimeError:
                seen = None  # between one page and the next
            if seen in sections:
                return seen
            if time.monotonic() > self.end:
                raise TimeoutError('waited for %s, saw %s' % (sections, seen))
            time.sleep(0.02)

    def click(self, selector):
        self.evaluate('document.querySelector(%s).click()' % json.dumps(selector))

    def complaints(self):
        """What the page broke: its policy, its scripts."""
        self.evaluate('1')
        found = []
        for event in self.events:
            if event.get('method') == 'Runtime.exceptionThrown':
                found.append(event['params']['exceptionDetails'].get('text', ''))
            if event.get('method') == 'Log.entryAdded' and event['params']['entry']['source'] in ('security', 'javascript'):
                found.append(event['params']['entry']['text'])
        return found

    def leaks(self, secret):
        """Requests that carry what must stay behind the '#'; the fragment itself is told apart by the browser."""
        found = []
        for event in self.events:
            if event.get('method') in ('Network.requestWillBeSent', 'Network.requestWillBeSentExtraInfo'):
                parameters = dict(event['params'])
                request = dict(parameters.get('request', {}))
                request.pop('urlFragment', None)
                carried = json.dumps([request.get('url'), request.get('headers'), parameters.get('headers'),
                                      request.get('postData')])
                if secret and secret in carried:
                    found.append(carried)
        return found


# Every named control, every section: what a screen reader would say, and whether it fits.
SURVEY = '''(() => {
  const wide = document.documentElement.scrollWidth > window.innerWidth;
  const controls = [...document.querySelectorAll('section:not([hidden]) :is(button, input)')].filter(e => !e.hidden);
  const nameless = controls.filter(e => !(e.textContent.trim() || (e.labels && e.labels[0] &&
    e.labels[0].textContent.trim()))).map(e => e.id);
  const small = controls.filter(e => e.getBoundingClientRect().height < 44).map(e => e.id);
  const focus = document.activeElement ? document.activeElement.tagName : '';
  return {wide, nameless, small, focus, lang: document.documentElement.lang};
})()'''


def send(browser, arguments, report):
    browser.choose('#camera' if arguments.camera else '#file', arguments.file)
    report['steps'].append(browser.wait('check', 'problem'))
    if report['steps'][-1] == 'problem':
        return
    report['surveys'].append(browser.evaluate(SURVEY))
    report['name'] = browser.evaluate('document.getElementById("name").textContent')
    browser.click('#send')
    if arguments.told_cut:
        # Whoever cuts the line waits for this file, mends the line, and takes the file away.
        report['steps'].append(browser.wait('problem', 'done'))
        report['first_trouble'] = browser.evaluate('document.getElementById("problem").dataset.trouble')
        open(arguments.told_cut, 'w').close()
        while os.path.exists(arguments.told_cut) and time.monotonic() < browser.end:
            time.sleep(0.02)
        browser.click('#retry')
    report['steps'].append(browser.wait('done', 'problem'))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--chromium', default='chromium')
    parser.add_argument('--url', required=True)
    parser.add_argument('--file', help='absolute path; without it the page is only opened')
    parser.add_argument('--camera', action='store_true', help='by the button of the camera')
    parser.add_argument('--told-cut', help='made once the page says that the line broke; when it is gone, it is sent again')
    parser.add_argument('--language', default='fr-FR,fr')
    parser.add_argument('--width', type=int, default=360)
    parser.add_argument('--zoom', type=float, default=1)
    parser.add_argument('--picture', help='PNG of the last section')
    arguments = parser.parse_args()
    browser = Browser(arguments.chromium, arguments.width)
    report = {'steps': [], 'surveys': []}
    try:
        browser.open(arguments.url, arguments.language)
        report['steps'].append(browser.wait('start', 'problem'))
        if arguments.zoom != 1:
            browser.evaluate('document.documentElement.style.fontSize = "%d%%"' % (100 * arguments.zoom))
        report['surveys'].append(browser.evaluate(SURVEY))
        if arguments.file and report['steps'][-1] == 'start':
            send(browser, arguments, report)
        else:
            time.sleep(0.5)  # an expired code is told after the page is there
            if browser.section() != report['steps'][-1]:
                report['steps'].append(browser.section())
        report['surveys'].append(browser.evaluate(SURVEY))
        report['trouble'] = browser.evaluate('document.getElementById("problem").dataset.trouble || ""')
        report['words'] = browser.evaluate('document.querySelector("section:not([hidden])").innerText')
        secret = arguments.url.partition('#')[2].split('.')
        report['complaints'] = browser.complaints()
        report['leaks'] = browser.leaks(secret[2] if len(secret) > 2 else '')
        if arguments.picture:
            import base64
            shot = browser.call('Page.captureScreenshot', format='png')['data']
            with open(arguments.picture, 'wb') as file:
                file.write(base64.b64decode(shot))
    finally:
        browser.close()
    json.dump(report, sys.stdout)
    print()


main()
