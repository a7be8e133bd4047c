/** A number in [0, 1). */
export type Random = () => number;

/** Same seed, same sequence (mulberry32). Good enough to spread delays; never used for secrets. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Unsigned 32-bit hash of the parts (FNV-1a, then a murmur finaliser, since FNV alone spreads short digit strings badly). */
export function hash32(...parts: readonly (string | number)[]): number {
  let hash = 0x811c9dc5;
  for (const part of parts) {
    const text = String(part);
    for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
    hash = Math.imul(hash ^ 0x1f, 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** Where something falls in [0, 1): stable for the same seed, salt and subject, whatever the order of requests. */
export const shareOf = (seed: number, salt: string, subject: string): number => hash32(seed, salt, subject) / 2 ** 32;

/** A draw from an inclusive range of milliseconds. */
export const between = (random: Random, range: { readonly minMs: number; readonly maxMs: number }): number =>
  range.minMs + random() * (range.maxMs - range.minMs);
