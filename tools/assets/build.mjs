// Copies what static/ needs out of node_modules and writes manifests (version, licence, sha256 of every file).
import { createHash } from 'node:crypto';
import { cp, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { boardMinutes } from './board-minutes.mjs';
import { sources } from './sources.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const project = path.resolve(here, '../..');

const inPackage = (source, file) =>
  file.startsWith('./') ? path.join(here, file) : path.join(here, 'node_modules', source.package, file);

async function copy(from, to) {
  await mkdir(path.dirname(to), { recursive: true });
  if (!/\.(js|css)$/.test(from)) return cp(from, to);
  // The maps named in the last line are not shipped.
  const text = await readFile(from, 'utf8');
  return writeFile(to, text.replace(/\n?\/[/*]# sourceMappingURL=[^\n]*\n?$/, '\n'));
}

// Rows of a table show flags 20 px wide; some drawings weigh 180 kB, their thumbnails 1 kB.
async function thumbnail(from, to, { width, height }) {
  await mkdir(path.dirname(to), { recursive: true });
  await sharp(from, { density: 144 }).resize(width, height, { fit: 'fill' }).webp({ quality: 88 }).toFile(to);
}

async function collect(source, target) {
  for (const file of source.files ?? []) await copy(inPackage(source, file), path.join(target, path.basename(file)));
  if (source.directory) {
    const names = (await readdir(inPackage(source, source.directory))).sort();
    for (const name of names) {
      const from = inPackage(source, `${source.directory}/${name}`);
      await copy(from, path.join(target, source.into, name));
      const small = path.join(target, source.thumbnails.into, name.replace('.svg', '.webp'));
      await thumbnail(from, small, source.thumbnails);
    }
  }
  for (const [name, file] of Object.entries(source.licences)) await copy(inPackage(source, file), path.join(target, name));
}

async function hashes(folder) {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = found.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  const result = {};
  for (const file of files.sort()) {
    const relative = path.relative(folder, file).split(path.sep).join('/');
    result[relative] = createHash('sha256').update(await readFile(file)).digest('hex');
  }
  return result;
}

const roots = new Map([
  ['static', []],
  ['tests/vendor', []],
]);
await rm(path.join(project, 'static/vendor'), { recursive: true, force: true });
await rm(path.join(project, 'static/fonts'), { recursive: true, force: true });
await rm(path.join(project, 'tests/vendor'), { recursive: true, force: true });
for (const source of sources) {
  const { version } = JSON.parse(await readFile(inPackage(source, 'package.json'), 'utf8'));
  const root = source.root ?? 'static';
  const name = source.name ?? source.package;
  const folder = source.folder ?? `${root === 'static' ? 'vendor/' : ''}${name}-${version}`;
  const target = path.join(project, root, folder);
  await collect(source, target);
  const licences = Object.keys(source.licences);
  roots.get(root).push({ package: source.package, version, licence: source.spdx, licences, folder, files: await hashes(target) });
}
const write = (file, packages) => writeFile(path.join(project, file), `${JSON.stringify({ packages }, null, 1)}\n`);
await write('static/vendor/manifest.json', roots.get('static'));
await write('tests/vendor/manifest.json', roots.get('tests/vendor'));
await boardMinutes(path.join(project, 'static/css/board-minutes.css'));
