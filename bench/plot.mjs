/**
 * Draws the measured ratios as an SVG: a group of bars for each work, each bar from the baseline (1) to the left if
 * faster, to the right if slower, on a logarithmic scale. Colours follow the reader's colour scheme.
 */

import { duration, ratio } from './table.mjs';

const WIDTH = 820;
/** The end of the names and the range of the bars, from the left edge, in pixels, as all lengths here. */
const NAMES_END = 190;
const PLOT_START = 250;
const PLOT_END = 760;
const ROW = 19;
const BAR = 13;
const GROUP_HEAD = 30;
const HEAD = 74;
const FOOT = 52;
/** The range of the scale. A bar beyond its end is cut off, with its number beside it. */
const LEAST = 0.01;
const MOST = 10;

const STYLE = `
  .panel { fill: #ffffff; stroke: #d0d7de }
  text { font: 12px system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif; fill: #1f2328 }
  .title { font-size: 16px; font-weight: 600 }
  .work { font-weight: 600 }
  .faint { fill: #59636e; font-size: 11px }
  .grid { stroke: #d8dee4 }
  .one { stroke: #59636e; stroke-width: 1.5 }
  .declared { fill: #c2410c }
  .guessed { fill: #f59e5b }
  .exported { fill: #9a3412 }
  .other { fill: #8c959f }
  .budget { stroke: #1f2328; stroke-width: 2 }
  @media (prefers-color-scheme: dark) {
    .panel { fill: #0d1117; stroke: #3d444d }
    text { fill: #f0f6fc }
    .faint { fill: #9198a1 }
    .grid { stroke: #2a3038 }
    .one { stroke: #9198a1 }
    .declared { fill: #f97316 }
    .guessed { fill: #fdba74 }
    .exported { fill: #ea580c }
    .other { fill: #6e7681 }
    .budget { stroke: #f0f6fc }
  }`;

const LABELS = { declared: 'rustdll, declared', guessed: 'rustdll, guessed', exported: 'rustdll, exported' };

/**
 * @param {readonly object[]} works - Of run.mjs; those without ratios are left out.
 * @param {object} machine - What was measured, where and how.
 */
export function drawRatios(works, machine) {
  const shapes = [];
  let y = HEAD;
  for (const work of works.filter(({ ratios }) => ratios)) {
    shapes.push(
      text(20, y + 21, `${work.title}: ${work.baseline} = 1 (${duration(work.times[work.baseline].median)})`, 'work'),
    );
    y += GROUP_HEAD;
    for (const name of Object.keys(work.ratios).filter((each) => each !== work.baseline)) {
      shapes.push(...drawBar(name, work, y));
      y += ROW;
    }
  }
  for (const { name, version, results } of works.flatMap(({ runtimes = [] }) => runtimes)) {
    shapes.push(text(20, y + 21, `ten works on ${name} ${version}: napi-rs there = 1`, 'work'));
    y += GROUP_HEAD;
    for (const [work, { rustdll, napiRs }] of Object.entries(results)) {
      shapes.push(...drawBar(work, { ratios: { [work]: { median: rustdll / napiRs } }, lines: [] }, y, 'exported'));
      y += ROW;
    }
  }
  const bottom = y + 6;
  const height = bottom + FOOT;
  const { cpu, cores, node, koffi, ffiRs, napiRs, clock, date } = machine;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img">
<title>How long calls take, relative to other ways of making them</title>
<style>${STYLE}
</style>
<rect class="panel" x="0.5" y="0.5" width="${WIDTH - 1}" height="${height - 1}" rx="8"/>
${text(20, 32, 'How long a call takes, relative to other ways of making it', 'title')}
${text(20, 52, 'Logarithmic scale; left of the line is faster. The upright mark is the budget.', 'faint')}
${drawScale(bottom).join('\n')}
${shapes.join('\n')}
${text(20, height - 14, `${cpu}, ${cores} cores; Node ${node}, koffi ${koffi}, ffi-rs ${ffiRs}, napi-rs ${napiRs}; ${clock}, medians of interleaved rounds; ${date}`, 'faint')}
</svg>
`;
}

/** Draws the line at 1, and one at each power of ten. */
function drawScale(bottom) {
  const shapes = [];
  for (let power = Math.log10(LEAST); power <= Math.log10(MOST); power++) {
    const x = place(10 ** power);
    const kind = power === 0 ? 'one' : 'grid';
    shapes.push(`<line class="${kind}" x1="${x}" y1="${HEAD}" x2="${x}" y2="${bottom}"/>`);
    shapes.push(text(x, bottom + 15, `${10 ** power} x`, 'faint', 'middle'));
  }
  return shapes;
}

function drawBar(name, { ratios, lines }, y, kind = name in LABELS ? name : 'other') {
  const value = ratios[name].median;
  const [from, to] = [place(value), place(1)].sort((a, b) => a - b);
  const middle = y + ROW / 2;
  const number = `${ratio(value)} x`;
  const marks = lines
    .filter(({ contender }) => contender === name)
    .map(({ most, against }) => most * ratios[against].median);
  // The strictest mark counts, if there are several. The number is placed clear of it.
  const budget = marks.length > 0 ? [place(Math.min(...marks))] : [];
  const left = Math.min(from, ...budget);
  const right = Math.max(to, ...budget);
  return [
    text(NAMES_END, middle + 4, LABELS[name] ?? name, '', 'end'),
    `<rect class="${kind}" x="${from}" y="${middle - BAR / 2}" width="${Math.max(1, round(to - from))}" height="${BAR}"/>`,
    value < 1 ? text(left - 6, middle + 4, number, 'faint', 'end') : text(right + 6, middle + 4, number, 'faint'),
    ...budget.map((x) => `<line class="budget" x1="${x}" y1="${middle - 9}" x2="${x}" y2="${middle + 9}"/>`),
  ];
}

/** Returns the position of a ratio on the scale. */
function place(value) {
  const part = Math.log(Math.min(Math.max(value, LEAST), MOST) / LEAST) / Math.log(MOST / LEAST);
  return round(PLOT_START + part * (PLOT_END - PLOT_START));
}

function round(length) {
  return Math.round(10 * length) / 10;
}

function text(x, y, content, kind, anchor = 'start') {
  const escaped = content.replace(/[&<>]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[c]);
  return `<text class="${kind}" x="${x}" y="${y}" text-anchor="${anchor}">${escaped}</text>`;
}
