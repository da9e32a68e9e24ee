// <form data-photo>: choose → crop → shrink → send. Markup: macros/photo.html.
// POSTs multipart {photo: JPEG of at most data-photo-side dots} to the form's action; the answer (JSON): {url, version?, message?}.
import { Refused, send } from './requests.js';
import { text } from './texts.js';

const LARGEST_SHOWN = 2400;

class Unusable extends Error {}

const isHeic = (file) => /hei[cf]/i.test(file.type) || /\.hei[cf]s?$/i.test(file.name);

async function decode(file, megabytes) {
  if (file.size > megabytes * 1024 * 1024) throw new Unusable(text('photo_large', { size: megabytes }));
  try {
    return await createImageBitmap(file, { imageOrientation: 'from-image' });
  } catch {
    throw new Unusable(text(isHeic(file) ? 'photo_heic' : 'photo_unreadable'));
  }
}

function shrunk(bitmap, side) {
  const scale = Math.min(1, side / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(bitmap.width * scale);
  canvas.height = Math.round(bitmap.height * scale);
  canvas.getContext('2d').drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas;
}

const toJpeg = (canvas) => new Promise((done) => canvas.toBlob(done, 'image/jpeg', 0.9));

// Fills the stage with the picture behind a frame that stands still; returns what the buttons need.
async function stageFor(stage, source, ratio) {
  await import('../vendor/cropperjs-2.2.0/cropper.esm.min.js');
  const make = (name, attributes) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  };
  const canvas = make('cropper-canvas', { background: '' });
  const image = make('cropper-image', { src: source, alt: '', scalable: '', translatable: '' });
  const frame = make('cropper-selection', { 'aspect-ratio': ratio, 'initial-coverage': 0.9, outlined: '' });
  canvas.append(image, make('cropper-shade', {}), make('cropper-handle', { action: 'move', plain: '' }), frame);
  frame.append(make('cropper-grid', { role: 'grid', covered: '', 'theme-color': 'rgba(255,255,255,.5)' }));
  stage.replaceChildren(canvas);
  await image.$ready();
  image.$center('cover');
  return { image, frame };
}

export function start(form) {
  const { photoRatio = '35/45', photoMegabytes = '15', photoSide = '1200', photoWidth = '300' } = form.dataset;
  const [across, down] = photoRatio.split('/').map(Number);
  const part = (name) => form.querySelector(`[data-photo-${name}]`);
  const dialog = document.getElementById(form.dataset.photo);
  const zoom = dialog.querySelector('[data-photo-zoom]');
  const input = form.querySelector('input[type=file]');
  const useButton = dialog.querySelector('[data-photo-use]');
  let crop;

  function say(message, trouble = false) {
    part('message').textContent = message;
    part('message').classList.toggle('error-message', trouble);
  }

  async function choose() {
    const [file] = input.files;
    if (!file) return;
    say(text('photo_reading'));
    try {
      const bitmap = await decode(file, Number(photoMegabytes));
      if (bitmap.width < Number(photoWidth)) throw new Unusable(text('photo_small', { width: photoWidth }));
      useButton.disabled = true; // until this picture stands in the frame
      dialog.showModal();
      const picture = shrunk(bitmap, LARGEST_SHOWN);
      crop = await stageFor(dialog.querySelector('[data-photo-stage]'), picture.toDataURL('image/jpeg', 0.92), across / down);
      zoom.value = 1;
      crop.zoom = 1;
      useButton.disabled = false;
      say('');
    } catch (trouble) {
      if (!(trouble instanceof Unusable)) throw trouble;
      input.value = '';
      say(trouble.message, true);
    }
  }

  function cropped() {
    const [scale] = crop.image.$getTransform();
    const height = Math.min(Number(photoSide), Math.round(crop.frame.height / scale));
    return crop.frame.$toCanvas({ width: Math.round((height * across) / down), height });
  }

  async function use() {
    const canvas = await cropped();
    dialog.close();
    if (canvas.width < Number(photoWidth)) return say(text('photo_small', { width: photoWidth }), true);
    say(text('photo_sending'));
    const body = new FormData(form);
    body.set('photo', await toJpeg(canvas), 'photo.jpg');
    try {
      const { url, version, message } = await send(form.action, body, { seconds: 60 });
      for (const known of document.querySelectorAll('form [name=version]')) known.value = version ?? known.value;
      const preview = part('preview');
      preview.replaceChildren(Object.assign(new Image(), { src: url, alt: preview.dataset.name ?? '', className: 'portrait' }));
      return say(message ?? text('photo_done'));
    } catch (trouble) {
      const reason = trouble instanceof Refused ? trouble.message : '';
      return say(reason || text('server_trouble'), true);
    } finally {
      input.value = '';
    }
  }

  zoom.addEventListener('input', () => {
    crop?.image.$zoom(Number(zoom.value) / crop.zoom - 1);
    if (crop) crop.zoom = Number(zoom.value);
  });
  dialog.addEventListener('keydown', (event) => {
    const step = { ArrowLeft: [-8, 0], ArrowRight: [8, 0], ArrowUp: [0, -8], ArrowDown: [0, 8] }[event.key];
    if (!step || event.target === zoom || !crop) return;
    event.preventDefault();
    crop.image.$move(...step);
  });
  useButton.addEventListener('click', use);
  dialog.addEventListener('close', () => (input.value = ''));
  input.addEventListener('change', choose);
  form.querySelector('[data-photo-plain]').hidden = true;
}
