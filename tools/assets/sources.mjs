// What is copied into the product: package, folder under static/, files, and where its licence text stands.
// A path in `licences` that starts with "./" is ours (a package that ships no licence file).

const fontFiles = (prefix, subsets, weights) =>
  subsets.flatMap((subset) => weights.map((weight) => `files/${prefix}-${subset}-${weight}.woff2`));

const font = (name, family, subsets, weights) => ({
  package: name,
  folder: `fonts/${family}`,
  versioned: false,
  spdx: 'OFL-1.1',
  files: fontFiles(family, subsets, weights),
  licences: { 'OFL.txt': 'LICENSE' },
});

export const sources = [
  { package: 'htmx.org', name: 'htmx', spdx: '0BSD', files: ['dist/htmx.min.js'], licences: { LICENSE: 'LICENSE' } },
  {
    package: 'sortablejs',
    spdx: 'MIT',
    files: ['Sortable.min.js'],
    licences: { LICENSE: 'LICENSE' },
  },
  {
    package: 'tom-select',
    spdx: 'Apache-2.0',
    files: ['dist/js/tom-select.base.min.js', 'dist/css/tom-select.min.css'],
    licences: { LICENSE: 'LICENSE' },
  },
  { package: 'cropperjs', spdx: 'MIT', files: ['dist/cropper.esm.min.js'], licences: { LICENSE: 'LICENSE' } },
  {
    package: '@event-calendar/build',
    name: 'event-calendar',
    spdx: 'MIT',
    files: ['dist/event-calendar.min.js', 'dist/event-calendar.min.css'],
    licences: { LICENSE: './licences/event-calendar.txt' },
  },
  {
    package: 'uplot',
    spdx: 'MIT',
    files: ['dist/uPlot.iife.min.js', 'dist/uPlot.min.css'],
    licences: { LICENSE: 'LICENSE' },
  },
  {
    package: 'zxing-wasm',
    spdx: 'MIT AND Apache-2.0',
    files: ['dist/iife/reader/index.js', 'dist/reader/zxing_reader.wasm'],
    licences: { LICENSE: 'LICENSE', 'LICENSE-zxing-cpp': '../tom-select/LICENSE' },
  },
  {
    package: 'flag-icons',
    spdx: 'MIT',
    directory: 'flags/4x3',
    into: '4x3',
    thumbnails: { into: 'small', width: 60, height: 45 },
    licences: { LICENSE: 'LICENSE' },
  },
  {
    package: 'axe-core',
    root: 'tests/vendor',
    spdx: 'MPL-2.0',
    files: ['axe.min.js'],
    licences: { LICENSE: 'LICENSE', 'LICENSE-3RD-PARTY.txt': 'LICENSE-3RD-PARTY.txt' },
  },
  font('@fontsource-variable/golos-text', 'golos-text', ['cyrillic-ext', 'cyrillic', 'latin-ext', 'latin'], [
    'wght-normal',
  ]),
  font('@fontsource/old-standard-tt', 'old-standard-tt', ['cyrillic-ext', 'cyrillic', 'latin-ext', 'latin'], [
    '400-normal',
    '700-normal',
    '400-italic',
  ]),
  font('@fontsource/ibm-plex-sans-arabic', 'ibm-plex-sans-arabic', ['arabic'], [
    '400-normal',
    '500-normal',
    '600-normal',
  ]),
  font('@fontsource-variable/noto-naskh-arabic', 'noto-naskh-arabic', ['arabic'], ['wght-normal']),
];
