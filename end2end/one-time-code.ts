// What an authenticator app does (RFC 6238): six digits from a key and the half minute.

import { createHmac } from 'node:crypto';

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The code that an app shows at a moment, or so many half minutes before or after it. */
export function codeAt(key: string, moment: string, halfMinutesLater = 0): string {
  const step = Math.floor(Date.parse(moment) / 30_000) + halfMinutesLater;
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const digest = createHmac('sha1', bytesOf(key)).update(counter).digest();
  const offset = digest.readUInt8(digest.length - 1) & 0x0f;
  const number = digest.readUInt32BE(offset) & 0x7fff_ffff;
  return String(number % 1_000_000).padStart(6, '0');
}

/** The bytes of a key in base 32 (RFC 4648), however it is spaced. */
function bytesOf(key: string): Buffer {
  const bits = [...key.replaceAll(/\s/g, '')].map((letter) => letters.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const bytes = bits.match(/.{8}/g) ?? [];
  return Buffer.from(bytes.map((byte) => parseInt(byte, 2)));
}
