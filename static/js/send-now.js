// [data-send-now]: the box beside an address ([data-send-address]) says where the link will go.
import { text } from './texts.js';

export function start(place) {
  const address = place.querySelector('[data-send-address]');
  const words = place.querySelector('.checkbox span');
  if (!words) return;
  const show = () => {
    const to = address.value.trim();
    words.textContent = to ? text('send_now_to', { address: to }) : text('send_now');
  };
  address.addEventListener('input', show);
  show();
}
