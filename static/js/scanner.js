// <div data-scanner data-url data-checkpoint data-direction data-worker>: camera or typed code → server → verdict.
// Markup: macros/scanner.html. POSTs {scans: [{id, code, checkpoint, direction, at, device, how}]}; the answer names every id:
// {results: [{id, verdict: {…}, recent?: {time, name, group, flag_url}}]}. A scan without an answer is kept and sent again.
import { Camera } from './scan-camera.js';
import { Queue } from './scan-queue.js';
import { allowSound, showVerdict } from './scan-verdict.js';
import { text, timeOfDay } from './texts.js';

const SAME_CODE_SECONDS = 4;
const ADMIT_SECONDS = 4;
const RECENT = 8;

// crypto.randomUUID is absent where the page has no TLS; typed codes must still work there.
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function deviceId() {
  localStorage.device ??= newId();
  return localStorage.device;
}

export function start(panel) {
  const part = (name) => panel.querySelector(`[data-${name}]`);
  const { url, checkpoint, direction, worker } = panel.dataset;
  const mine = new Set();
  let last = { code: '', at: 0 };
  let timer;

  function ready() {
    clearTimeout(timer);
    panel.dataset.showing = 'camera';
    camera.paused = false;
  }

  function show(verdict) {
    clearTimeout(timer);
    showVerdict(panel, verdict);
    panel.dataset.showing = 'verdict';
    panel.dataset.kind = verdict.kind;
    camera.paused = verdict.kind === 'refuse';
    if (verdict.kind === 'admit') timer = setTimeout(ready, ADMIT_SECONDS * 1000);
  }

  function remember({ time, name, group, flag_url: flag }) {
    const row = part('recent-row').content.firstElementChild.cloneNode(true);
    row.querySelector('time').textContent = time;
    row.querySelector('span').textContent = name;
    row.querySelector('b').textContent = group ?? '';
    const picture = row.querySelector('img');
    if (flag) picture.src = flag;
    else picture.replaceWith(document.createElement('i'));
    const list = part('recent');
    list.prepend(row);
    list.parentElement.hidden = false;
    while (list.children.length > RECENT) list.lastElementChild.remove();
  }

  function onAnswers(results) {
    for (const { id, verdict, recent, trouble } of results) {
      if (recent) remember(recent);
      if (!mine.has(id)) continue;
      if (!trouble) mine.delete(id);
      const word = trouble === 'network' ? text('scan_no_network') : text('scan_not_taken');
      const note = trouble === 'network' ? text('scan_kept') : trouble;
      show(verdict ?? { kind: 'attention', word, note });
    }
    for (const { id, trouble } of results) if (trouble) mine.delete(id);
  }

  function onState({ unsent, connected }) {
    panel.dataset.connected = String(connected);
    part('connection').textContent = connected ? text('scan_connected') : text('scan_lost', { time: timeOfDay() });
    part('unsent').textContent = unsent ? text('scan_unsent', { count: unsent }) : '';
  }

  const queue = new Queue(url, { onAnswers, onState });

  async function take(code, how) {
    const now = Date.now();
    if (how === 'camera' && code === last.code && now - last.at < SAME_CODE_SECONDS * 1000) {
      last.at = now;
      return;
    }
    last = { code, at: now };
    const id = newId();
    mine.add(id);
    await queue.put({ id, code, checkpoint, direction, at: new Date(now).toISOString(), device: deviceId(), how });
  }

  const camera = new Camera(part('video'), worker, {
    onCode: (code) => take(code, 'camera'),
    onTrouble: () => (part('hint').textContent = text('scan_reader_trouble')),
  });

  async function open() {
    allowSound();
    part('open').hidden = true;
    try {
      await camera.open();
      part('hint').textContent = text('scan_ready');
      part('torch').hidden = !camera.hasTorch;
    } catch {
      part('hint').textContent = text('scan_no_camera');
      part('open').hidden = false;
    }
  }

  part('open').addEventListener('click', open);
  part('next').addEventListener('click', ready);
  part('torch').addEventListener('click', async ({ currentTarget: button }) => {
    const on = button.getAttribute('aria-pressed') !== 'true';
    await camera.torch(on);
    button.setAttribute('aria-pressed', String(on));
  });
  part('code-form').addEventListener('submit', (event) => {
    event.preventDefault();
    const field = part('code');
    const code = field.value.trim();
    field.value = '';
    if (code) take(code, 'typed');
  });
  ready();
  queue.flush();
}
