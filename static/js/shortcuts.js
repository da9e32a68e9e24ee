// <ol data-shortcuts>: J and K walk its rows ([aria-current] or the first link), other keys press the button with data-key in the page.
// "/" goes to the search of the masthead (<form data-search>). One-letter keys can be switched off: data-shortcuts="off".

const typing = (target) => target.closest?.('input, textarea, select, [contenteditable]');

function step(list, by) {
  const rows = [...list.querySelectorAll(':scope > *')];
  const here = rows.findIndex((row) => row.hasAttribute('aria-current') || row.contains(document.activeElement));
  const next = rows[Math.min(Math.max(here + by, 0), rows.length - 1)];
  const link = next?.querySelector('a[href]');
  if (!next || here === rows.indexOf(next)) return;
  if (list.dataset.shortcuts === 'open' && link) link.click();
  else link?.focus();
}

function press(key) {
  const target = document.querySelector(`[data-key="${CSS.escape(key)}"]:not(:disabled)`);
  target?.click();
  return Boolean(target);
}

export function start(element) {
  if (element.dataset.shortcuts === 'off') return;
  document.addEventListener('keydown', (event) => {
    if (!element.isConnected || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (document.querySelector('dialog[open]')) return;
    const key = event.key.toLowerCase();
    if ('search' in element.dataset) {
      if (key !== '/') return;
      element.querySelector('input').focus();
    } else if (event.code === 'KeyJ') step(element, 1);
    else if (event.code === 'KeyK') step(element, -1);
    else if (!/^Key[A-Z]$/.test(event.code) || !press(event.code.slice(3).toLowerCase())) return;
    event.preventDefault();
  });
}
