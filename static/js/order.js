// <ol data-order="URL">: rows <li data-id data-name> put in order by dragging .order-handle or by [data-up] and [data-down].
// POSTs {order: [id, …]} as JSON; when refused the list goes back as it was. data-order-field="name" inside a form
// instead fills that hidden field with the ids, comma-separated, for the form to send.
import Sortable from './sortable.js';
import { send } from './requests.js';
import { showToast } from './toast.js';
import { text } from './texts.js';

const items = (list) => [...list.querySelectorAll(':scope > li')];
const ids = (list) => items(list).map((item) => item.dataset.id);

function buttons(list) {
  const all = items(list);
  all.forEach((item, place) => {
    item.querySelector('[data-up]').disabled = place === 0;
    item.querySelector('[data-down]').disabled = place === all.length - 1;
  });
}

function arrange(list, order) {
  const byId = new Map(items(list).map((item) => [item.dataset.id, item]));
  list.append(...order.map((id) => byId.get(id)).filter(Boolean));
  buttons(list);
}

export function start(list) {
  let kept = ids(list);
  const said = Object.assign(document.createElement('p'), { className: 'visually-hidden' });
  said.setAttribute('role', 'status');
  list.after(said);

  async function changed(item) {
    buttons(list);
    const order = ids(list);
    said.textContent = text('moved', {
      name: item.dataset.name ?? '',
      place: order.indexOf(item.dataset.id) + 1,
      count: order.length,
    });
    const field = list.dataset.orderField && list.closest('form')?.elements.namedItem(list.dataset.orderField);
    if (field) field.value = order.join(',');
    if (!list.dataset.order) return;
    try {
      await send(list.dataset.order, { order });
      kept = order;
    } catch (trouble) {
      arrange(list, kept);
      showToast(trouble.message || text('order_not_saved'));
    }
  }

  list.addEventListener('click', (event) => {
    const button = event.target.closest('[data-up], [data-down]');
    if (!button) return;
    event.preventDefault();
    const item = button.closest('li');
    if ('up' in button.dataset) item.previousElementSibling?.before(item);
    else item.nextElementSibling?.after(item);
    changed(item);
    if (button.disabled) item.querySelector('[data-up]:enabled, [data-down]:enabled')?.focus();
    else button.focus();
  });
  Sortable.create(list, { handle: '.order-handle', animation: 120, onEnd: ({ item }) => changed(item) });
  buttons(list);
}
