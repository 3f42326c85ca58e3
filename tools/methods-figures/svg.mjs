// A chart as SVG text: axes, steps, bands, points with intervals, words. No more than the figures of docs/methods need.

const INK = '#1b1f24';
const FAINT = '#d0d7de';
/** Okabe and Ito's colours, which nearly everyone can tell apart. */
export const COLOURS = { blue: '#0072b2', orange: '#d55e00', green: '#009e73', grey: '#6e7781' };

const escaped = (text) => String(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const fixed = (value) => Number(value.toFixed(2));

/** A panel with scales of its own; `x` and `y` are { from, to, ticks, label, format }. Returns SVG parts by call order. */
export function panel({ left, top, width, height, title, x, y }) {
  const parts = [];
  const across = (value) => fixed(left + ((value - x.from) / (x.to - x.from)) * width);
  const up = (value) => fixed(top + height - ((value - y.from) / (y.to - y.from)) * height);
  const write = (at, words, { anchor = 'start', colour = INK, size = 13, weight = 400 } = {}) =>
    parts.push(`<text x="${fixed(at[0])}" y="${fixed(at[1])}" text-anchor="${anchor}" fill="${colour}" font-size="${size}" font-weight="${weight}">${escaped(words)}</text>`); // prettier-ignore
  const line = (from, to, { colour = FAINT, width: thick = 1, dash = '' } = {}) =>
    parts.push(`<line x1="${fixed(from[0])}" y1="${fixed(from[1])}" x2="${fixed(to[0])}" y2="${fixed(to[1])}" stroke="${colour}" stroke-width="${thick}"${dash && ` stroke-dasharray="${dash}"`}/>`); // prettier-ignore
  write([left, top - 14], title, { size: 14, weight: 600 });
  for (const tick of y.ticks ?? []) {
    line([left, up(tick)], [left + width, up(tick)]);
    write([left - 8, up(tick) + 4], (y.format ?? String)(tick), { anchor: 'end', colour: COLOURS.grey, size: 12 });
  }
  for (const tick of x.ticks) {
    if (!y.ticks) line([across(tick), top], [across(tick), top + height]);
    write([across(tick), top + height + 18], (x.format ?? String)(tick), { anchor: 'middle', colour: COLOURS.grey, size: 12 }); // prettier-ignore
  }
  line([left, top + height], [left + width, top + height], { colour: INK });
  if (x.label) write([left + width / 2, top + height + 38], x.label, { anchor: 'middle' });
  const stepPath = (times, values, begin) => {
    let path = `M${across(x.from)} ${up(begin)}`;
    for (let i = 0; i < times.length && times[i] <= x.to; i++) path += `H${across(times[i])}V${up(values[i])}`;
    return `${path}H${across(Math.min(x.to, times.at(-1)))}`;
  };
  return {
    parts,
    across,
    up,
    write,
    line,
    /** A step function that begins at 1, or where one says. */
    step(times, values, { colour, begin = 1, dash = '' }) {
      parts.push(`<path d="${stepPath(times, values, begin)}" fill="none" stroke="${colour}" stroke-width="2"${dash && ` stroke-dasharray="${dash}"`}/>`); // prettier-ignore
    },
    band(times, lower, upper, { colour, begin = 1 }) {
      const until = times.findLastIndex((one) => one <= x.to);
      let path = stepPath(times, upper, begin) + `V${up(lower[until])}`;
      for (let i = until; i > 0; i--) path += `H${across(times[i])}V${up(lower[i - 1])}`;
      parts.push(`<path d="${path}H${across(times[0])}V${up(begin)}Z" fill="${colour}" fill-opacity="0.18"/>`);
    },
    curve(xs, ys, { colour, dash = '' }) {
      const path = Array.from(xs, (one, i) => `${i === 0 ? 'M' : 'L'}${across(one)} ${up(ys[i])}`).join('');
      parts.push(`<path d="${path}" fill="none" stroke="${colour}" stroke-width="2"${dash && ` stroke-dasharray="${dash}"`}/>`); // prettier-ignore
    },
    point([px, py], { colour, isHollow = false, size = 5 }) {
      parts.push(`<circle cx="${across(px)}" cy="${up(py)}" r="${size}" fill="${isHollow ? '#fff' : colour}" stroke="${colour}" stroke-width="2"/>`); // prettier-ignore
    },
    interval([low, high], at, { colour, isUpright = false }) {
      const ends = isUpright ? [[across(at), up(low)], [across(at), up(high)]] : [[across(low), up(at)], [across(high), up(at)]]; // prettier-ignore
      line(...ends, { colour, width: 2 });
    },
  };
}

/** The whole figure; `description` is for those who cannot see it. */
export function figure({ width, height, title, description }, panels) {
  const parts = panels.flatMap((one) => one.parts).join('\n  ');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" font-family="system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif">
  <title>${escaped(title)}</title>
  <desc>${escaped(description)}</desc>
  <rect width="${width}" height="${height}" fill="#fff"/>
  ${parts}
</svg>
`;
}
