type Range = readonly [from: number, to: number];
export type Spot = readonly [xPx: number, yPx: number];

/** Where a figure of `figures` stands within `px`. */
export function scaleOf([from, to]: Range, [startPx, endPx]: Range): (figure: number) => number {
  // figures that are all the same have no span
  return (figure) => startPx + ((figure - from) / (to - from || 1)) * (endPx - startPx);
}

/** Round figures (steps of 1, 2 or 5 times a power of ten) from 0 to `most`, about `wanted` steps. */
export function roundTicks(most: number, wanted: number): number[] {
  const rough = most / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const times = rough / power;
  // between two step widths the one that is nearer as a ratio
  const step = power * (times >= Math.sqrt(50) ? 10 : times >= Math.sqrt(10) ? 5 : times >= Math.SQRT2 ? 2 : 1);
  // counted, not added up: 0.1 + 0.2 is no round figure
  return Array.from({ length: Math.floor(most / step + 1e-9) + 1 }, (_, at) => (step < 1 ? at / Math.round(1 / step) : at * step));
}

const shown = (px: number): number => Math.round(px * 100) / 100;

/**
 * A smooth path from left to right through all spots that never rises above or falls below two neighbours, as an SVG path (M. Steffen, "A simple
 * method for monotonic interpolation in one dimension", Astronomy & Astrophysics 239, 1990).
 */
export function smoothPath(spots: readonly Spot[]): string {
  const slopes = slopesOf(spots);
  return spots
    .map(([x, y], at) => {
      const before = spots[at - 1];
      if (before === undefined) return `M${shown(x)},${shown(y)}`;
      const third = (x - before[0]) / 3;
      const from = [before[0] + third, before[1] + third * (slopes[at - 1] ?? 0)];
      const to = [x - third, y - third * (slopes[at] ?? 0)];
      return `C${[...from, ...to, x, y].map(shown).join(",")}`;
    })
    .join("");
}

/** The ground under such a path, down to `floorPx`. */
export function groundPath(spots: readonly Spot[], floorPx: number): string {
  const [first, last] = [spots[0], spots.at(-1)];
  if (first === undefined || last === undefined) return "";
  return `${smoothPath(spots)}L${shown(last[0])},${shown(floorPx)}L${shown(first[0])},${shown(floorPx)}Z`;
}

/** How steep the path is at each spot. */
function slopesOf(spots: readonly Spot[]): readonly number[] {
  const widths = spots.slice(1).map(([x], at) => x - (spots[at]?.[0] ?? x));
  const chords = spots.slice(1).map(([, y], at) => (widths[at] ? (y - (spots[at]?.[1] ?? y)) / widths[at] : 0));
  const inner = chords.slice(1).map((after, at) => {
    const [before, width, nextWidth] = [chords[at] ?? 0, widths[at] ?? 0, widths[at + 1] ?? 0];
    const parabola = (before * nextWidth + after * width) / (width + nextWidth) || 0;
    return (Math.sign(before) + Math.sign(after)) * Math.min(Math.abs(before), Math.abs(after), Math.abs(parabola) / 2);
  });
  const [firstChord, lastChord] = [chords[0] ?? 0, chords.at(-1) ?? 0];
  // two spots: a straight line
  const first = (3 * firstChord - (inner[0] ?? firstChord)) / 2;
  const last = (3 * lastChord - (inner.at(-1) ?? lastChord)) / 2;
  return [first, ...inner, last];
}
