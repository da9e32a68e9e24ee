// Reads QR codes from camera frames. A classic worker: its own response must carry 'wasm-unsafe-eval' in script-src.
// Message in: {image: ImageData, number}. Message out: {number, text | null} or {number, trouble}.
importScripts('../vendor/zxing-wasm-3.1.4/index.js');

const wasm = new URL('../vendor/zxing-wasm-3.1.4/zxing_reader.wasm', self.location.href).href;
ZXingWASM.prepareZXingModule({ overrides: { locateFile: () => wasm } });

// Two quick looks, then a thorough one: a badge held still is read at the first, a crumpled one at the third.
self.onmessage = async ({ data: { image, number } }) => {
  const thorough = number % 3 === 2;
  try {
    const [found] = await ZXingWASM.readBarcodes(image, {
      formats: ['QRCode'],
      maxNumberOfSymbols: 1,
      tryHarder: thorough,
      tryInvert: thorough,
      tryDownscale: thorough,
      tryRotate: false,
    });
    self.postMessage({ number, text: found?.text ?? null });
  } catch (trouble) {
    self.postMessage({ number, trouble: String(trouble) });
  }
};
