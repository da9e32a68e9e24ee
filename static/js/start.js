// Finds what needs a behaviour by its data attribute and starts the module for it, now and after every htmx swap.
// A module exports start(element); it is fetched only on pages that need it.
import './requests.js';

const behaviours = {
  '[data-autosave]': './autosave.js',
  '[data-bulk]': './select-all.js',
  '[data-copy]': './copy.js',
  '[data-dialog], dialog.dialog': './dialog.js',
  '[data-error-summary]': './focus.js',
  '[data-file-drop]': './file-drop.js',
  '[data-live]': './live.js',
  '[data-menu]': './menu.js',
  '[data-order]': './order.js',
  '[data-photo]': './photo.js',
  '[data-picker]': './picker.js',
  '[data-scanner]': './scanner.js',
  '[data-send-now]': './send-now.js',
  '[data-shortcuts], [data-search]': './shortcuts.js',
  '[data-tabs]': './tabs.js',
  '[data-toasts]': './toast.js',
};

const started = new WeakMap();

async function startOne(element, file) {
  const known = started.get(element) ?? new Set();
  if (known.has(file)) return;
  started.set(element, known.add(file));
  try {
    const module = await import(file);
    module.start(element);
  } catch (trouble) {
    known.delete(file);
    throw trouble;
  }
}

function startAll(root) {
  const all = Object.entries(behaviours).flatMap(([selector, file]) => {
    const here = root.matches?.(selector) ? [root] : [];
    return [...here, ...root.querySelectorAll(selector)].map((element) => startOne(element, file));
  });
  return Promise.all(all);
}

// Says when the page listens; tests wait for it.
startAll(document).then(() => document.documentElement.toggleAttribute('data-started', true));
document.addEventListener('htmx:after:swap', () => startAll(document));
document.addEventListener('page:changed', (event) => startAll(event.target));
