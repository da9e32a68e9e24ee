// <form data-bulk> around a table: [data-select-all] ticks every row, the bar [data-bulk-bar] shows with the first tick.
// [data-bulk-all data-total] offers all rows behind the filter: it sets [data-bulk-everything] to 1. Shift-click ticks a range.
import { text } from './texts.js';

export function start(form) {
  const bar = form.querySelector('[data-bulk-bar]');
  const count = form.querySelector('[data-bulk-count]');
  const all = form.querySelector('[data-select-all]');
  const beyond = form.querySelector('[data-bulk-all]');
  const everything = form.querySelector('[data-bulk-everything]');
  let last = null;

  const rows = () => [...form.querySelectorAll('input[name=row]')];

  function show() {
    const boxes = rows();
    const ticked = boxes.filter((box) => box.checked).length;
    const whole = ticked === boxes.length && ticked > 0;
    if (!whole) everything.value = '';
    const total = Number(beyond?.dataset.total ?? 0);
    bar.hidden = ticked === 0;
    count.textContent = text('selected', { count: everything.value ? total : ticked });
    if (all) {
      all.checked = whole;
      all.indeterminate = ticked > 0 && !whole;
    }
    if (beyond) beyond.hidden = !whole || total <= boxes.length || Boolean(everything.value);
  }

  function tick(value) {
    for (const box of rows()) box.checked = value;
    show();
  }

  form.addEventListener('change', ({ target }) => {
    if (target === all) tick(all.checked);
    else if (target.name === 'row') show();
  });
  form.addEventListener('click', (event) => {
    const { target } = event;
    if (target.name === 'row') {
      const boxes = rows();
      if (event.shiftKey && last) {
        const [from, to] = [boxes.indexOf(last), boxes.indexOf(target)].sort((a, b) => a - b);
        for (const box of boxes.slice(from, to + 1)) box.checked = target.checked;
      }
      last = target;
    } else if (target.closest('[data-bulk-clear]')) tick(false);
    else if (target.closest('[data-bulk-all]')) {
      everything.value = '1';
      show();
    }
  });
  show();
}
