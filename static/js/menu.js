// <details data-menu>: shuts by Escape, by a click beside it and when the focus goes on; arrows walk its entries.

const entries = (menu) => [...menu.querySelectorAll('ul :is(a, button)')];

function walk(menu, step) {
  const all = entries(menu);
  const here = all.indexOf(document.activeElement);
  all[(here + step + all.length) % all.length]?.focus();
}

export function start(menu) {
  const summary = menu.querySelector('summary');
  document.addEventListener('click', (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
  menu.addEventListener('focusout', ({ relatedTarget }) => {
    if (relatedTarget && !menu.contains(relatedTarget)) menu.open = false;
  });
  menu.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
      menu.open = false;
      summary.focus();
    } else if (menu.open && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      walk(menu, event.key === 'ArrowDown' ? 1 : -1);
    }
  });
}
