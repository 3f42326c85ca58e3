// The planted company's setup gets slower on a known day: when does a chart of the daily share say so?
import { ewmaChart, ewmaWidth } from '../../../libs/statistics/dist/index.js';
import { company, lives } from '../company.mjs';
import { COLOURS, figure, panel } from '../svg.mjs';

const BASELINE = 120;
const YEAR = 365;
const LAMBDA = 0.2;

export const name = 'off-today';
export function draw() {
  const days = Array.from({ length: company.signupDays }, () => ({ accounts: 0, done: 0 }));
  for (const { signup, setup } of lives(0, 7200)) {
    const day = days[Math.floor(signup)];
    day.accounts++;
    if (setup <= 3) day.done++;
  }
  const sum = (of) => days.slice(0, BASELINE).reduce((total, one) => total + of(one), 0);
  const usual = sum((one) => one.done) / sum((one) => one.accounts);
  const scores = days.map(({ accounts, done }) => (accounts === 0 ? 0 : (done / accounts - usual) / Math.sqrt((usual * (1 - usual)) / accounts))); // prettier-ignore
  const width = ewmaWidth(YEAR, { lambda: LAMBDA });
  const { points } = ewmaChart(scores, { target: 0, sigma: 1, lambda: LAMBDA, width });
  const found = points.findIndex((one, day) => one.isOutside && day >= company.drift.day);
  const x = { from: 0, to: 360, ticks: [0, 90, 180, 270, 360], label: 'day of signup' };
  const y = { from: -3, to: 2, ticks: [-3, -2, -1, 0, 1, 2], format: (value) => String(value) };
  const own = panel({ left: 60, top: 50, width: 620, height: 220, title: 'Share with setup complete within 3 days, in standard deviations from usual', x, y }); // prettier-ignore
  const shown = scores.map((one) => Math.min(2, Math.max(-3, one)));
  shown.forEach((one, day) => own.point([day, one], { colour: COLOURS.grey, size: 1 }));
  for (const bound of ['lower', 'upper']) own.curve(points.map((_, day) => day), points.map((one) => one[bound]), { colour: COLOURS.orange, dash: '6 3' }); // prettier-ignore
  own.curve(points.map((_, day) => day), points.map((one) => Math.max(-3, one.average)), { colour: COLOURS.blue }); // prettier-ignore
  own.line([own.across(company.drift.day), 50], [own.across(company.drift.day), 270], { colour: COLOURS.green, width: 2 }); // prettier-ignore
  const early = points.filter((one, day) => one.isOutside && day < company.drift.day).length;
  own.write([60, 330], '— weighted average', { colour: COLOURS.blue });
  own.write([205, 330], '- - alarm lines', { colour: COLOURS.orange });
  own.write([320, 330], `| setup slows down (day ${company.drift.day})`, { colour: COLOURS.green });
  own.write(
    [60, 352],
    `Alarm on day ${found}, ${found - company.drift.day} days later; days outside before: ${early}.`,
  );
  const description = `A weighted average of daily shares with its alarm lines. It leaves them on day ${found}, after the planted slowdown of day ${company.drift.day}.`; // prettier-ignore
  return figure({ width: 720, height: 370, title: 'When a chart notices', description }, [own]);
}
