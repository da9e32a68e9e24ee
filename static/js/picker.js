// <select data-picker>: a long list becomes a field one types into. Options may carry data-words (synonyms, other spellings).
// data-picker-empty: what to say when nothing is found.
import '../vendor/tom-select-2.6.2/tom-select.base.min.js';

function nothingFound(select) {
  const line = Object.assign(document.createElement('div'), { className: 'no-results' });
  line.textContent = select.dataset.pickerEmpty ?? '–';
  return line;
}

export function start(select) {
  const picker = new globalThis.TomSelect(select, {
    searchField: ['text', 'words'],
    maxOptions: 500,
    copyClassesToDropdown: false,
    render: { no_results: () => nothingFound(select) },
  });
  // The label now belongs to the field; the select only carries the value, and hands on hint, fault and focus.
  for (const name of ['aria-describedby', 'aria-invalid']) {
    if (select.hasAttribute(name)) picker.control_input.setAttribute(name, select.getAttribute(name));
  }
  select.setAttribute('aria-hidden', 'true');
  select.addEventListener('focus', () => picker.focus());
}
