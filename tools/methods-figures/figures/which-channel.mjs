// Touches of the planted company's accounts, by three rules, and the truth of what would be lost without each.
import { TOUCHES, touchContributions } from '../../../libs/simulator/dist/index.js';
import { removalIntervals, touchAttribution } from '../../../libs/statistics/dist/index.js';
import { accounts, chance, company } from '../company.mjs';
import { COLOURS, figure, panel } from '../svg.mjs';

const ACCOUNTS = 3000;

/** Accounts by what they came through, counted. */
function touchPaths() {
  const { count, touch, touchStart, paid } = accounts(0, ACCOUNTS);
  const byPath = new Map();
  for (let i = 0; i < count; i++) {
    const channels = Array.from(touch.subarray(touchStart[i], touchStart[i + 1]), (one) => TOUCHES[one]);
    const path = byPath.get(channels.join()) ?? { channels, conversions: 0, losses: 0 };
    path[paid[i] < Infinity ? 'conversions' : 'losses']++;
    byPath.set(channels.join(), path);
  }
  return [...byPath.values()];
}

export const name = 'which-channel';
export function draw() {
  const paths = touchPaths();
  const last = new Map(touchAttribution(paths, { kind: 'last' }).map((one) => [one.channel, one.share]));
  const linear = new Map(touchAttribution(paths, { kind: 'linear' }).map((one) => [one.channel, one.share]));
  const removal = removalIntervals(paths, { random: chance(1), draws: 500 });
  const truth = touchContributions(company.touches).shares;
  const rows = [...removal].sort((a, b) => b.share - a.share);
  const x = { from: 0, to: 0.35, ticks: [0, 0.1, 0.2, 0.3], format: (value) => `${Math.round(100 * value)} %`, label: 'share of the credit' }; // prettier-ignore
  const own = panel({
    left: 110,
    top: 50,
    width: 480,
    height: 240,
    title: 'Who is credited',
    x,
    y: { from: 0.3, to: 8.7 },
  });
  rows.forEach(({ channel, share, lower, upper }, place) => {
    const at = rows.length - place;
    own.write([100, own.up(at) + 4], channel, { anchor: 'end' });
    own.interval([lower, upper], at, { colour: COLOURS.blue });
    own.point([last.get(channel) ?? 0, at], { colour: COLOURS.orange, isHollow: true, size: 4 });
    own.point([linear.get(channel) ?? 0, at], { colour: COLOURS.grey, isHollow: true, size: 4 });
    own.point([share, at], { colour: COLOURS.blue, size: 4 });
    own.write([own.across(truth[TOUCHES.indexOf(channel)]), own.up(at) + 5], '×', { anchor: 'middle', colour: COLOURS.green, size: 16, weight: 700 }); // prettier-ignore
  });
  own.write([40, 352], '○ last touch', { colour: COLOURS.orange });
  own.write([140, 352], '○ all touches alike', { colour: COLOURS.grey });
  own.write([280, 352], '● removal effect, 95 %', { colour: COLOURS.blue });
  own.write([450, 352], '× the planted truth', { colour: COLOURS.green });
  const description = 'Shares of the credit of eight touches by last touch, evenly, and by removal effect, with the planted truth near the removal effects.'; // prettier-ignore
  return figure({ width: 640, height: 370, title: 'Which touch helped', description }, [own]);
}
