// <form data-autosave="URL">: each field is sent as it is left; the mark under it says when it was saved or why not.
// What could not be sent stays in this device's storage under the form's own key and is sent when the network is back.
//
// The request: POST URL with csrf_token, every hidden field of the form, `field` = name, the field's value(s), and what
// the server last had there (`was`, with was_known=1), so that two people who change different fields do not collide.
// The answer (JSON): 200 {version?, saved_at?, says?} · 4xx {message} or {errors: {name: [text, …]}}; with
// {saved: [value], choices: {mine, theirs}} the reader chooses between two values. says: texts for [data-says=key].
// data-draft-key="…" names the storage (default: URL). data-keep-nothing forbids it (documents' numbers: on a field).
import { Refused, send } from './requests.js';
import { text, timeOfDay } from './texts.js';

const controls = (form, name) => [...form.elements].filter((element) => element.name === name);
const wrapper = (form, name) => form.querySelector(`[data-field="${CSS.escape(name)}"]`);

function valuesOf(form, name) {
  return new FormData(form).getAll(name).filter((value) => typeof value === 'string');
}

class Drafts {
  constructor(key) {
    this.key = `draft:${key}`;
  }

  all() {
    try {
      return JSON.parse(localStorage.getItem(this.key)) ?? {};
    } catch {
      return {};
    }
  }

  put(drafts) {
    try {
      if (Object.keys(drafts).length) localStorage.setItem(this.key, JSON.stringify(drafts));
      else localStorage.removeItem(this.key);
    } catch {
      // Storage is full or forbidden: what was typed still stands in the field.
    }
  }

  keep(name, values) {
    this.put({ ...this.all(), [name]: values });
  }

  forget(name) {
    const { [name]: _, ...rest } = this.all();
    this.put(rest);
  }
}

function mark(form, name, state, message) {
  const place = wrapper(form, name);
  if (place) {
    let line = place.querySelector('.field-state');
    if (!line) {
      line = Object.assign(document.createElement('p'), { className: 'field-state' });
      place.append(line);
    }
    Object.assign(line.dataset, { state });
    line.textContent = message;
    for (const control of controls(form, name)) control.setAttribute('aria-invalid', String(state === 'refused'));
  }
  const bar = document.querySelector('[data-save-state]');
  if (bar) {
    bar.dataset.state = state;
    bar.textContent = message;
  }
}

function say(texts) {
  for (const [key, words] of Object.entries(texts ?? {})) {
    for (const place of document.querySelectorAll(`[data-says="${CSS.escape(key)}"]`)) place.textContent = words;
  }
}

function put(form, name, values) {
  for (const control of controls(form, name)) {
    if (control.type === 'checkbox' || control.type === 'radio') control.checked = values.includes(control.value);
    else if (control.multiple) for (const option of control.options) option.selected = values.includes(option.value);
    else if (control.type !== 'file' && control.type !== 'hidden') control.value = values[0] ?? '';
    control.tomselect?.sync();
  }
}

function restore(form, drafts) {
  for (const [name, values] of Object.entries(drafts.all())) {
    put(form, name, values);
    mark(form, name, 'kept', text('kept'));
  }
}

export function start(form) {
  const url = form.dataset.autosave;
  const drafts = new Drafts(form.dataset.draftKey ?? url);
  const sent = new Map();
  const there = new Map();
  let queue = Promise.resolve();

  function bodyFor(name, values) {
    const body = new FormData();
    for (const control of form.elements) if (control.type === 'hidden' && control.name) body.append(control.name, control.value);
    body.set('field', name);
    body.set('was_known', '1');
    for (const value of there.get(name) ?? []) body.append('was', value);
    for (const value of values) body.append(name, value);
    return body;
  }

  async function save(name) {
    const values = valuesOf(form, name);
    const key = JSON.stringify(values);
    if (sent.get(name) === key) return;
    mark(form, name, 'saving', text('saving'));
    try {
      const answer = await send(url, bodyFor(name, values));
      const version = form.elements.namedItem('version');
      if (version && answer?.version) version.value = answer.version;
      sent.set(name, key);
      there.set(name, values);
      drafts.forget(name);
      say(answer?.says);
      mark(form, name, 'saved', text('saved', { time: answer?.saved_at ?? timeOfDay() }));
    } catch (trouble) {
      sent.delete(name);
      if (trouble instanceof Refused && trouble.status < 500) {
        const reason = trouble.answer?.errors?.[name]?.join(' ') ?? trouble.message;
        drafts.forget(name);
        mark(form, name, 'refused', text('not_saved', { reason }));
        if (trouble.answer?.choices) offer(name, values, trouble.answer);
      } else {
        const [field] = controls(form, name);
        if (field && !('keepNothing' in field.dataset)) drafts.keep(name, values);
        mark(form, name, 'kept', text('kept'));
      }
    }
  }

  // Two people wrote the same field: one's own value goes over the other only when the reader says so.
  function offer(name, mine, { saved, choices, version }) {
    there.set(name, saved);
    const known = form.elements.namedItem('version');
    if (known && version) known.value = version;
    const row = Object.assign(document.createElement('p'), { className: 'button-row' });
    for (const [label, values] of [[choices.mine, mine], [choices.theirs, saved]]) {
      const button = Object.assign(document.createElement('button'), { type: 'button', className: 'button small', textContent: label });
      button.addEventListener('click', () => {
        put(form, name, values);
        row.remove();
        later(name);
      });
      row.append(button);
    }
    wrapper(form, name)?.append(row);
  }

  let waiting = 0;
  const later = (name) => {
    waiting += 1;
    queue = queue.then(() => save(name)).finally(() => (waiting -= 1));
  };
  for (const { name } of form.elements) {
    if (!name) continue;
    there.set(name, valuesOf(form, name));
    sent.set(name, JSON.stringify(there.get(name)));
  }
  restore(form, drafts);
  const resend = () => Object.keys(drafts.all()).forEach(later);
  form.addEventListener('change', ({ target }) => {
    if (target.name && target.type !== 'file' && target.type !== 'hidden') later(target.name);
  });
  // The whole form carries the version that the last field's answer brings: it waits for that answer.
  let held = false;
  form.addEventListener('submit', (event) => {
    if (!waiting) {
      drafts.put({});
      return;
    }
    event.preventDefault();
    if (held) return;
    held = true;
    queue.then(() => {
      held = false;
      form.requestSubmit(event.submitter);
    });
  });
  addEventListener('online', resend);
  if (navigator.onLine) resend();
}
