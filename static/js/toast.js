// <div data-toasts>: toasts put there by the server or by showToast() go after ten seconds, unless read or undone.
import { text } from './texts.js';

const SECONDS = 10;

function button(label, className, act) {
  const element = Object.assign(document.createElement('button'), { type: 'button', textContent: label, className });
  element.addEventListener('click', act);
  return element;
}

function arm(toast) {
  let timer;
  const wait = () => (timer = setTimeout(() => toast.remove(), SECONDS * 1000));
  const hold = () => clearTimeout(timer);
  const close = button('×', 'toast-close', () => toast.remove());
  close.setAttribute('aria-label', text('close'));
  toast.append(close);
  toast.addEventListener('pointerenter', hold);
  toast.addEventListener('focusin', hold);
  toast.addEventListener('pointerleave', wait);
  toast.addEventListener('focusout', wait);
  wait();
}

// Says `message`; with `undo` (a function) offers to take it back.
export function showToast(message, { undo } = {}) {
  const toast = Object.assign(document.createElement('div'), { className: 'toast' });
  toast.append(Object.assign(document.createElement('span'), { textContent: message }));
  if (undo) {
    const act = () => {
      toast.remove();
      undo();
    };
    const back = button(text('undo'), '', act);
    back.dataset.undo = '';
    toast.append(back);
  }
  document.querySelector('[data-toasts]').append(toast);
  arm(toast);
}

export function start(area) {
  area.querySelectorAll('[data-toast]').forEach(arm);
  // htmx answers may carry HX-Trigger: {"toast": {"message": …}}
  document.addEventListener('toast', ({ detail }) => showToast(detail.message ?? detail.value));
}
