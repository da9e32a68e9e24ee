// Scans not yet answered for: written to this device before they are sent, removed when the server names their id.
import { Refused, send } from './requests.js';

const AT_ONCE = 100;

const opened = new Promise((done, fail) => {
  const request = indexedDB.open('scans', 1);
  request.onupgradeneeded = () => request.result.createObjectStore('unsent', { keyPath: 'id' });
  request.onsuccess = () => done(request.result);
  request.onerror = () => fail(request.error);
});

async function store(mode, act) {
  const database = await opened;
  return new Promise((done, fail) => {
    const transaction = database.transaction('unsent', mode, { durability: 'strict' });
    const request = act(transaction.objectStore('unsent'));
    transaction.oncomplete = () => done(request.result);
    transaction.onerror = transaction.onabort = () => fail(transaction.error);
  });
}

export class Queue {
  // onAnswers gets the server's results, onState {unsent, connected}.
  constructor(url, { onAnswers, onState }) {
    Object.assign(this, { url, onAnswers, onState, running: null });
    addEventListener('online', () => this.flush());
    document.addEventListener('visibilitychange', () => this.flush());
    setInterval(() => this.flush(), 5000);
  }

  async put(scan) {
    await store('readwrite', (scans) => scans.put(scan));
    await this.running;
    await this.flush();
  }

  flush() {
    this.running ??= this.#flush().finally(() => (this.running = null));
    return this.running;
  }

  // A long queue goes in parts, because the server takes so many at once and no more.
  // Connected means that our server answered, whatever the browser thinks of the network.
  async #flush() {
    const scans = await store('readonly', (unsent) => unsent.getAll(null, AT_ONCE));
    if (!scans.length) return;
    const before = await store('readonly', (unsent) => unsent.count());
    let connected = true;
    try {
      const { results } = await send(this.url, { scans }, { seconds: 8 });
      for (const { id } of results) await store('readwrite', (unsent) => unsent.delete(id));
      this.onAnswers(results);
    } catch (trouble) {
      connected = trouble instanceof Refused && trouble.status < 500;
      this.onAnswers(scans.map(({ id }) => ({ id, trouble: connected ? trouble.message || 'refused' : 'network' })));
    }
    const left = await store('readonly', (unsent) => unsent.count());
    this.onState({ unsent: left, connected });
    if (connected && left && left < before) await this.#flush();
  }
}
