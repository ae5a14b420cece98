// A small chart as SVG, the same for the same values: lines over named places, a scale that is plain or by tens, readable on light
// and on dark pages.

export interface Line {
  name: string;
  /** One for each place; nothing is drawn where it is null. */
  values: readonly (number | null)[];
}

export interface Chart {
  title: string;
  unit: string;
  /** Below the axis. */
  places: readonly string[];
  placesOf: string;
  lines: readonly Line[];
  /** Each step ten times the last. */
  byTens: boolean;
  /** Dashed lines across: what is aimed at. */
  aims?: readonly { name: string; value: number; from?: number; to?: number }[];
}

const [width, height] = [720, 380];
const frame = { left: 64, right: 150, top: 52, bottom: 56 };
const plain = { w: width - frame.left - frame.right, h: height - frame.top - frame.bottom };

const style = `
text { font: 13px system-ui, sans-serif; fill: #24292f; }
.title { font-size: 15px; font-weight: 600; }
.quiet { fill: #57606a; }
.grid { stroke: #d0d7de; stroke-width: 1; }
.aim { stroke: #57606a; stroke-width: 1.5; stroke-dasharray: 5 4; fill: none; }
.line { fill: none; stroke-width: 2.5; }
.s0 { stroke: #0b5cad; } .f0 { fill: #0b5cad; }
.s1 { stroke: #b4530a; } .f1 { fill: #b4530a; }
.s2 { stroke: #6e3fb3; } .f2 { fill: #6e3fb3; }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3; }
  .quiet { fill: #9198a1; }
  .grid { stroke: #3d444d; }
  .aim { stroke: #9198a1; }
  .s0 { stroke: #6cb6ff; } .f0 { fill: #6cb6ff; }
  .s1 { stroke: #f0a35e; } .f1 { fill: #f0a35e; }
  .s2 { stroke: #c297ff; } .f2 { fill: #c297ff; }
}`;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const short = (value: number): string => String(Math.round(value * 10) / 10);
const said = (value: number): string => value.toLocaleString('en', { maximumSignificantDigits: 3 });

/** The marks of the scale: tens, or about four even steps of a round size. */
function marksFor(most: number, least: number, byTens: boolean): number[] {
  if (byTens) {
    const from = Math.floor(Math.log10(least));
    const to = Math.ceil(Math.log10(most));
    return Array.from({ length: to - from + 1 }, (_, i) => 10 ** (from + i));
  }
  const raw = most / 4;
  const ten = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 2.5, 5, 10].map((n) => n * ten).find((n) => n >= raw) ?? raw;
  return Array.from({ length: Math.ceil(most / step) + 1 }, (_, i) => i * step);
}

/** Moves labels apart so that none covers another; keeps their order. */
function apart(wanted: readonly number[]): number[] {
  const order = [...wanted.keys()].toSorted((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0));
  const placed = [...wanted];
  let last = -Infinity;
  for (const i of order) {
    last = Math.max(placed[i] ?? 0, last + 32);
    placed[i] = last;
  }
  return placed;
}

export function svgOf({ title, unit, places, placesOf, lines, byTens, aims = [] }: Chart): string {
  const values = lines.flatMap((line) => line.values.filter((value) => value !== null));
  const all = [...values, ...aims.map(({ value }) => value)];
  const marks = marksFor(Math.max(...all), Math.min(...all), byTens);
  const low = marks[0] ?? 0;
  const high = marks.at(-1) ?? 1;
  const share = (value: number): number =>
    byTens
      ? (Math.log10(value) - Math.log10(low)) / (Math.log10(high) - Math.log10(low))
      : (value - low) / (high - low);
  const y = (value: number): number => frame.top + plain.h * (1 - share(value));
  const x = (i: number): number => frame.left + (plain.w * (i + 0.5)) / places.length;
  const out: string[] = [];
  for (const mark of marks) {
    const at = short(y(mark));
    out.push(
      `<line class="grid" x1="${frame.left}" x2="${width - frame.right}" y1="${at}" y2="${at}"/>`,
      `<text class="quiet" x="${frame.left - 10}" y="${short(y(mark) + 4)}" text-anchor="end">${said(mark)}</text>`,
    );
  }
  places.forEach((place, i) =>
    out.push(
      `<text x="${short(x(i))}" y="${height - frame.bottom + 22}" text-anchor="middle">${escaped(place)}</text>`,
    ),
  );
  out.push(
    `<text class="quiet" x="${short(frame.left + plain.w / 2)}" y="${height - 12}" text-anchor="middle">${escaped(placesOf)}</text>`,
  );
  for (const { name, value, from = 0, to = places.length - 1 } of aims) {
    const half = plain.w / places.length / 2;
    const [left, right] = [x(from) - half, x(to) + half];
    out.push(
      `<path class="aim" d="M${short(left)} ${short(y(value))}H${short(right)}"/>`,
      `<text class="quiet" x="${short(left + 6)}" y="${short(y(value) - 6)}">${escaped(name)}</text>`,
    );
  }
  const ends = lines.map((line) => y(line.values.findLast((value) => value !== null) ?? low));
  const labels = apart(ends);
  lines.forEach((line, n) => {
    const points = line.values.flatMap((value, i) => (value === null ? [] : [[x(i), y(value)]]));
    const path = points.map(([px, py], i) => `${i ? 'L' : 'M'}${short(px ?? 0)} ${short(py ?? 0)}`);
    out.push(`<path class="line s${n % 3}" d="${path.join('')}"/>`);
    for (const [px, py] of points)
      out.push(`<circle class="f${n % 3}" cx="${short(px ?? 0)}" cy="${short(py ?? 0)}" r="4"/>`);
    const last = line.values.findLast((value) => value !== null);
    const at = labels[n] ?? 0;
    const left = width - frame.right + 12;
    out.push(
      `<text class="f${n % 3}" x="${left}" y="${short(at)}">${escaped(line.name)}</text>`,
      `<text class="quiet" x="${left}" y="${short(at + 16)}">${last ? `${said(last)} ${escaped(unit)}` : ''}</text>`,
    );
  });
  const words = lines.map(
    (line) => `${line.name}: ${line.values.map((v) => (v === null ? '–' : said(v))).join(', ')}`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img">
<title>${escaped(title)}</title>
<desc>${escaped(`${words.join('; ')} ${unit}, for ${places.join(', ')}.`)}</desc>
<style>${style}</style>
<text class="title" x="${frame.left - 44}" y="26">${escaped(title)}</text>
${out.join('\n')}
</svg>
`;
}
