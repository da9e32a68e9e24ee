// data-live="URL" data-live-seconds="5": the element is replaced by the fragment at URL every so often while it is in sight.
// It stops when the new fragment no longer carries data-live. Without network it says since when.
// A fragment with data-renews has changed what stands around it: the page is loaded anew.
import { text, timeOfDay } from './texts.js';

async function fragment(url) {
  const headers = { 'HX-Request': 'true', 'X-Requested-With': 'fetch' };
  const response = await fetch(url, { headers, credentials: 'same-origin', signal: AbortSignal.timeout(10_000) });
  if (!response.ok) throw new Error(String(response.status));
  const template = document.createElement('template');
  template.innerHTML = await response.text();
  return template.content.firstElementChild;
}

function lost(element) {
  if (element.nextElementSibling?.classList.contains('live-lost')) return;
  const line = Object.assign(document.createElement('p'), { className: 'live-lost' });
  line.setAttribute('role', 'status');
  line.textContent = text('live_lost', { time: timeOfDay() });
  element.after(line);
}

export function start(element) {
  const seconds = Number(element.dataset.liveSeconds ?? 5);
  const again = () => setTimeout(refresh, seconds * 1000);

  async function refresh() {
    if (!element.isConnected) return;
    const busy = document.hidden || element.contains(document.activeElement);
    if (busy) {
      again();
      return;
    }
    try {
      const fresh = await fragment(element.dataset.live);
      if (element.nextElementSibling?.classList.contains('live-lost')) element.nextElementSibling.remove();
      if (!fresh) return;
      element.replaceWith(fresh);
      globalThis.htmx?.process(fresh);
      if ('renews' in fresh.dataset) location.reload();
      fresh.dispatchEvent(new CustomEvent('page:changed', { bubbles: true }));
    } catch {
      lost(element);
      again();
    }
  }

  again();
}
