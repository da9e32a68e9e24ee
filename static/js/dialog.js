// data-dialog="ID" on a button or link opens <dialog id=ID>; data-dialog-close inside closes it; so do Escape and a click beside it.
// data-dialog-value="…" fills the dialog's [data-dialog-field] inputs; data-dialog-name="…" its [data-dialog-name] places.

function open(dialog, opener) {
  const { dialogValue, dialogName } = opener.dataset;
  if (dialogValue !== undefined) for (const field of dialog.querySelectorAll('[data-dialog-field]')) field.value = dialogValue;
  if (dialogName !== undefined) for (const place of dialog.querySelectorAll('[data-dialog-name]')) place.textContent = dialogName;
  dialog.showModal();
}

export function start(element) {
  if (element instanceof HTMLDialogElement) {
    element.addEventListener('click', (event) => {
      if (event.target === element || event.target.closest('[data-dialog-close]')) element.close();
    });
    return;
  }
  const dialog = document.getElementById(element.dataset.dialog);
  if (!dialog) return;
  element.setAttribute('aria-haspopup', 'dialog');
  element.addEventListener('click', (event) => {
    event.preventDefault();
    open(dialog, element);
  });
}
