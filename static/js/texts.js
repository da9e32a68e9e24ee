// What the modules say: translated by the server, read from every <script type="application/json" data-texts>.

let texts;

function read() {
  const scripts = [...document.querySelectorAll('script[data-texts]')];
  return Object.assign({}, ...scripts.map((script) => JSON.parse(script.textContent)));
}

export function text(key, values = {}) {
  texts ??= read();
  return (texts[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

export function timeOfDay(date = new Date()) {
  return new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' }).format(date);
}
