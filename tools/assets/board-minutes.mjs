// Writes static/css/board-minutes.css: a class for every minute, length and room of a board, so that no page needs a style attribute.
import { writeFile } from 'node:fs/promises';

const MINUTES = 600;
const ROOMS = 12;

const rules = (from, to, rule) => Array.from({ length: to - from + 1 }, (_, index) => rule(from + index));

function lines(all, perLine = 12) {
  const out = [];
  for (let start = 0; start < all.length; start += perLine) out.push(`  ${all.slice(start, start + perLine).join('')}`);
  return out;
}

export async function boardMinutes(file) {
  const body = [
    ...lines(rules(0, MINUTES, (n) => `.at-${n}{--at:${n}}`)),
    ...lines(rules(1, MINUTES, (n) => `.for-${n}{--for:${n}}`)),
    ...lines(rules(10, MINUTES, (n) => `.minutes-${n}{--minutes:${n}}`)),
    ...lines(rules(1, ROOMS, (n) => `.rooms-${n}{--rooms:${n}}`)),
    ...lines(rules(1, ROOMS, (n) => `.room-${n}{grid-column:${n + 1}}`)),
  ];
  const head = '/* Written by `make assets` (tools/assets/board-minutes.mjs); do not edit. */\n@layer utilities {\n';
  await writeFile(file, `${head}${body.join('\n')}\n}\n`);
}
