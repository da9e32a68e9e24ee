// Requests to our own server: the CSRF header on each, for htmx and for send().

const token = () => document.querySelector('meta[name=csrf-token]')?.content ?? '';

document.addEventListener('htmx:config:request', (event) => {
  event.detail.ctx.request.headers['X-CSRFToken'] = token();
});

export class Refused extends Error {
  constructor(status, answer) {
    super(answer?.message ?? answer?.error?.text ?? '');
    this.status = status;
    this.answer = answer;
  }
}

async function answerOf(response) {
  const kind = response.headers.get('Content-Type') ?? '';
  return kind.includes('json') ? response.json() : null;
}

// Posts a FormData or a plain object (as JSON). Throws TypeError without network, Refused when the server says no.
export async function send(url, body, { method = 'POST', seconds = 20 } = {}) {
  const headers = { Accept: 'application/json', 'X-CSRFToken': token(), 'X-Requested-With': 'fetch' };
  const isForm = body instanceof FormData;
  if (!isForm) headers['Content-Type'] = 'application/json';
  const response = await fetch(url, {
    method,
    headers,
    body: isForm ? body : JSON.stringify(body),
    credentials: 'same-origin',
    signal: AbortSignal.timeout(seconds * 1000),
  });
  const answer = await answerOf(response);
  if (!response.ok) throw new Refused(response.status, answer);
  return answer;
}
