// <div data-file-drop> around a file input: files may be dropped on it; the name of the chosen file is shown.

export function start(place) {
  const input = place.querySelector('input[type=file]');
  const name = place.querySelector('[data-file-name]');
  const show = () => {
    if (name) name.textContent = [...input.files].map((file) => file.name).join(', ');
  };
  input.addEventListener('change', show);
  for (const kind of ['dragenter', 'dragover']) {
    place.addEventListener(kind, (event) => {
      event.preventDefault();
      place.classList.add('is-over');
    });
  }
  place.addEventListener('dragleave', () => place.classList.remove('is-over'));
  place.addEventListener('drop', (event) => {
    event.preventDefault();
    place.classList.remove('is-over');
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
  });
}
