/** Reads a small code (QR, versions 1 and 2, letters of the alphanumeric set) back from its picture: what a scanner would see. */
import sharp from 'sharp';

const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
const masks: readonly ((row: number, column: number) => boolean)[] = [
  (row, column) => (row + column) % 2 === 0,
  (row) => row % 2 === 0,
  (_, column) => column % 3 === 0,
  (row, column) => (row + column) % 3 === 0,
  (row, column) => (Math.floor(row / 2) + Math.floor(column / 3)) % 2 === 0,
  (row, column) => ((row * column) % 2) + ((row * column) % 3) === 0,
  (row, column) => (((row * column) % 2) + ((row * column) % 3)) % 2 === 0,
  (row, column) => (((row + column) % 2) + ((row * column) % 3)) % 2 === 0,
];

/** @throws when it is none, has no white around it, or says something else than letters. */
export async function readCode(png: Buffer): Promise<string> {
  const { modules, quiet } = await modulesOf(png);
  if (quiet < 4) throw new Error(`only ${quiet} modules of white around the code`);
  const size = modules.length;
  if (size !== 21 && size !== 25) throw new Error(`no small code: ${size} modules`);
  return lettersOf(bitsOf(modules));
}

/** Dark modules of the square between the finder patterns, by the width of the upper left one. */
async function modulesOf(png: Buffer): Promise<{ modules: boolean[][]; quiet: number }> {
  const { data, info } = await sharp(png).greyscale().raw().toBuffer({ resolveWithObject: true });
  const dark = (x: number, y: number) => (data[(y * info.width + x) * info.channels] ?? 255) < 128;
  let begin = 0;
  while (!dark(begin, begin)) begin++;
  let end = begin;
  while (dark(end, begin)) end++;
  const pixels = (end - begin) / 7;
  const size = (info.width - 2 * begin) / pixels;
  const middle = (module: number) => Math.floor(begin + (module + 0.5) * pixels);
  const modules = Array.from({ length: size }, (_, row) =>
    Array.from({ length: size }, (__, column) => dark(middle(column), middle(row))),
  );
  return { modules, quiet: begin / pixels };
}

/** The bits of the data, unmasked, in the order in which they are laid. */
function bitsOf(modules: boolean[][]): number[] {
  const size = modules.length;
  const mask = masks[maskOf(modules)];
  const bits: number[] = [];
  let upwards = true;
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right = 5;
    for (let step = 0; step < size; step++) {
      const row = upwards ? size - 1 - step : step;
      for (const column of [right, right - 1]) {
        if (isPattern({ row, column, size })) continue;
        bits.push(modules[row]?.[column] !== mask?.(row, column) ? 1 : 0);
      }
    }
    upwards = !upwards;
  }
  return bits;
}

/** Three bits of the format beside the upper left pattern. */
function maskOf(modules: boolean[][]): number {
  const format = [2, 3, 4].map((column) => (modules[8]?.[column] ? 1 : 0));
  return format.reduce<number>((sum, bit) => sum * 2 + bit, 0) ^ 0b101;
}

function isPattern({ row, column, size }: { row: number; column: number; size: number }): boolean {
  if (row === 6 || column === 6) return true;
  if (row < 9 && (column < 9 || column >= size - 8)) return true;
  if (row >= size - 8 && column < 9) return true;
  // Version 2 has one alignment pattern.
  return size === 25 && row >= 16 && row <= 20 && column >= 16 && column <= 20;
}

function lettersOf(bits: number[]): string {
  let at = 0;
  const take = (count: number) => {
    const taken = bits.slice(at, at + count).reduce((sum, bit) => sum * 2 + bit, 0);
    at += count;
    return taken;
  };
  if (take(4) !== 0b0010) throw new Error('no letters of the alphanumeric set');
  let left = take(9);
  let text = '';
  for (; left > 1; left -= 2) {
    const pair = take(11);
    text += `${LETTERS[Math.floor(pair / 45)]}${LETTERS[pair % 45]}`;
  }
  return left === 1 ? `${text}${LETTERS[take(6)]}` : text;
}
