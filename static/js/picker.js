// <select data-picker>: a long list becomes a field one types into. Options may carry data-words (synonyms, other spellings).
// data-picker-empty: what to say when nothing is found.
import '../vendor/tom-select-2.6.2/tom-select.base.min.js';

export function start(select) {
  new globalThis.TomSelect(select, {
    searchField: ['text', 'words'],
    maxOptions: 500,
    copyClassesToDropdown: false,
    render: {
      no_results: () => {
        const line = Object.assign(document.createElement('div'), { className: 'no-results' });
        line.textContent = select.dataset.pickerEmpty ?? '–';
        return line;
      },
    },
  });
}
