// The card after a scan: word, colour, shape, sound and vibration say the same thing.

const TONES = {
  admit: [[880, 0.12]],
  attention: [[520, 0.12], [520, 0.12]],
  refuse: [[196, 0.22], [147, 0.3]],
};
const BUZZ = { admit: 60, attention: [60, 60, 60], refuse: [180, 80, 180] };

let audio;

// Browsers let a page sound only after a touch: called from the button that opens the camera.
export function allowSound() {
  audio ??= new AudioContext();
  audio.resume();
}

function sound(kind) {
  if (!audio) return;
  let at = audio.currentTime;
  for (const [pitch, seconds] of TONES[kind]) {
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.25, at);
    volume.gain.linearRampToValueAtTime(0, at + seconds);
    tone.connect(volume).connect(audio.destination);
    tone.start(at);
    tone.stop(at + seconds);
    at += seconds + 0.06;
  }
}

function fill(card, name, value) {
  const place = card.querySelector(`[data-${name}]`);
  if (!place) return;
  place.textContent = value ?? '';
  place.hidden = !value;
}

// verdict: {kind: admit | attention | refuse, word, name?, state?, flag_url?, note?, say?, group?, group_note?}
export function showVerdict(panel, verdict) {
  const card = panel.querySelector('[data-card]').content.firstElementChild.cloneNode(true);
  card.classList.add(verdict.kind);
  const shape = panel.querySelector(`[data-shape="${verdict.kind}"]`).content.cloneNode(true);
  card.querySelector('[data-shape-place]').replaceWith(shape);
  for (const name of ['word', 'name', 'note', 'group']) fill(card, name, verdict[name]);
  fill(card, 'say', verdict.say);
  card.querySelector('[data-say-line]').hidden = !verdict.say;
  fill(card, 'group-note', verdict.group_note);
  card.querySelector('[data-group-line]').hidden = !verdict.group;
  fill(card, 'state', verdict.state);
  const flag = card.querySelector('[data-flag]');
  if (verdict.flag_url) flag.src = verdict.flag_url;
  else flag.remove();
  panel.querySelector('[data-verdict]').replaceChildren(card);
  sound(verdict.kind);
  navigator.vibrate?.(BUZZ[verdict.kind]);
}
