// <button data-copy="ID" data-copied="Copied">: puts the words of the element ID on the clipboard and says so.
// Without a clipboard (a page over plain HTTP) the words are selected, ready for Ctrl-C.

async function copy(words, place) {
  try {
    await navigator.clipboard.writeText(words);
    return true;
  } catch {
    getSelection().selectAllChildren(place);
    return false;
  }
}

export function start(button) {
  const word = button.textContent;
  button.addEventListener('click', async () => {
    const place = document.getElementById(button.dataset.copy);
    if (!(await copy(place.textContent.trim(), place))) return;
    button.textContent = button.dataset.copied;
    setTimeout(() => { button.textContent = word; }, 4000);
  });
}
