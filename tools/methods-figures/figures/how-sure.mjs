// The same question of 40 accounts and of 1,000: how wide is what we know?
import { kaplanMeier, medianSurvival, numberAtRisk } from '../../../libs/statistics/dist/index.js';
import { column, lives } from '../company.mjs';
import { COLOURS, figure, panel } from '../svg.mjs';

const TICKS = [0, 90, 180, 270, 360];

export const name = 'how-sure';
export function draw() {
  const panels = [40, 1000].map((accounts, k) => {
    const rows = lives(0, accounts);
    const curve = kaplanMeier({ time: column(rows, 'time'), event: column(rows, 'event') });
    const x = { from: 0, to: 360, ticks: TICKS, label: 'days since signup' };
    const y = { from: 0, to: 1, ticks: [0, 0.25, 0.5, 0.75, 1], format: (value) => `${100 * value} %` };
    const left = 70 + k * 400;
    const own = panel({ left, top: 50, width: 320, height: 220, title: `Still there, ${accounts} accounts`, x, y });
    const times = Array.from(curve.time);
    own.band(times, curve.lower, curve.upper, { colour: COLOURS.blue });
    own.step(times, curve.survival, { colour: COLOURS.blue });
    const { estimate, lower, upper } = medianSurvival(curve);
    const day = (value) => (value === null ? 'later than seen' : Math.round(value));
    own.write([left + 314, 66], `half gone by day ${day(estimate)} (${day(lower)} to ${day(upper)})`, {
      anchor: 'end',
    });
    if (k === 0) own.write([left - 62, 342], 'at risk', { colour: COLOURS.grey });
    for (const at of TICKS) own.write([own.across(at), 342], numberAtRisk(curve, at), { anchor: 'middle' });
    return own;
  });
  const description =
    'Kaplan–Meier curves of 40 and of 1,000 accounts with 95 % log-log bands and the numbers at risk.';
  return figure({ width: 830, height: 365, title: 'What 40 accounts know, and what 1,000 do', description }, panels);
}
