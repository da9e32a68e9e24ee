// What the modules say: translated by the server, read from <script type="application/json" id="texts">.

let texts;

export function text(key, values = {}) {
  texts ??= JSON.parse(document.getElementById('texts').textContent);
  return (texts[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

export function timeOfDay(date = new Date()) {
  return new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' }).format(date);
}
