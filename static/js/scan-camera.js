// The camera's middle square goes to the worker frame by frame; what it reads comes back through onCode.

const SIDE = 720;

function frameOf(video, canvas, context) {
  const side = Math.min(video.videoWidth, video.videoHeight);
  const size = Math.min(side, SIDE);
  canvas.width = canvas.height = size;
  context.drawImage(video, (video.videoWidth - side) / 2, (video.videoHeight - side) / 2, side, side, 0, 0, size, size);
  return context.getImageData(0, 0, size, size);
}

export class Camera {
  constructor(video, workerUrl, { onCode, onTrouble }) {
    Object.assign(this, { video, workerUrl, onCode, onTrouble, paused: false });
  }

  async open() {
    const wanted = { facingMode: 'environment', width: { ideal: 1280 }, height: { ideal: 720 } };
    this.video.srcObject = await navigator.mediaDevices.getUserMedia({ video: wanted, audio: false });
    await this.video.play();
    this.track = this.video.srcObject.getVideoTracks()[0];
    this.#read();
    navigator.wakeLock?.request('screen').catch(() => {});
  }

  get hasTorch() {
    return Boolean(this.track?.getCapabilities?.().torch);
  }

  async torch(on) {
    await this.track.applyConstraints({ advanced: [{ torch: on }] });
  }

  #read() {
    const canvas = document.createElement('canvas');
    const context = canvas.getContext('2d', { willReadFrequently: true });
    const worker = new Worker(this.workerUrl);
    let waiting = false;
    let number = 0;
    worker.onmessage = ({ data }) => {
      waiting = false;
      if (data.trouble) this.onTrouble(data.trouble);
      else if (data.text && !this.paused) this.onCode(data.text);
    };
    worker.onerror = (event) => this.onTrouble(event.message);
    const { video } = this;
    const next = video.requestVideoFrameCallback
      ? (act) => video.requestVideoFrameCallback(act)
      : (act) => requestAnimationFrame(act);
    const tick = () => {
      if (!waiting && !this.paused && video.videoWidth && !document.hidden) {
        waiting = true;
        const image = frameOf(video, canvas, context);
        worker.postMessage({ image, number: number++ }, [image.data.buffer]);
      }
      next(tick);
    };
    tick();
  }
}
