// <div data-error-summary>: takes the focus when the page comes back with faults, and leads to the field behind each link.

function lead(event) {
  const link = event.target.closest('a[href^="#"]');
  const field = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!field) return;
  event.preventDefault();
  const label = field.closest('[data-field]') ?? field;
  label.scrollIntoView({ block: 'start' });
  const target = field.matches('input, select, textarea') ? field : field.querySelector('input, select, textarea');
  target?.focus({ preventScroll: true });
}

export function start(summary) {
  summary.addEventListener('click', lead);
  summary.focus();
}
