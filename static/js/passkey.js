// Passkeys: asks the server what to sign or make, asks the browser, posts the answer and goes on.
import { send } from './requests.js';

const supported = () =>
  typeof PublicKeyCredential === 'function' && 'parseRequestOptionsFromJSON' in PublicKeyCredential;

async function credential(kind, options) {
  if (kind === 'create') {
    return navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) });
  }
  return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
}

function answerAddress(place) {
  const name = place.querySelector('[data-passkey-name]')?.value ?? '';
  return name ? `${place.dataset.answer}?name=${encodeURIComponent(name)}` : place.dataset.answer;
}

function goOn(answer) {
  location.assign(answer.to);
}

async function run(place) {
  const kind = place.dataset.passkey === 'create' ? 'create' : 'get';
  const options = await send(place.dataset.options, {});
  const made = await credential(kind, options);
  goOn(await send(answerAddress(place), made.toJSON(), { seconds: 60 }));
}

function start(place) {
  const button = place.querySelector('button');
  const words = place.querySelector('[data-passkey-words]');
  place.hidden = false;
  button.addEventListener('click', async () => {
    button.disabled = true;
    words.hidden = true;
    try {
      await run(place);
    } catch (error) {
      words.textContent = error.answer?.error?.text || words.dataset.passkeyWords;
      words.hidden = false;
    } finally {
      button.disabled = false;
    }
  });
}

if (supported()) document.querySelectorAll('[data-passkey]').forEach(start);
