import { removalIntervals, touchAttribution } from '@milepost/statistics';
import { Chance } from '../../../chance.js';
import { CHANNELS, TOUCHES, touchContributions } from '../../../planted/index.js';
import type { PlantedData } from '../planted-data.js';
import { plantedPaths } from '../planted-paths.js';
import type { Findings, Sighting } from '../sighting.js';

const BOOTSTRAP_STREAM = 0x7fffff01;
const DRAWS = 200;
const isChannel = (touch: string): boolean => (CHANNELS as readonly string[]).includes(touch);

/** What share of the paying is lost without a touch? Removal in a Markov chain, beside all credit to the last touch. */
export function touchRemoval({ seed, company, accounts }: PlantedData): Findings {
  const paths = plantedPaths(accounts).map(({ touches, paid, unpaid }) => ({
    channels: touches,
    conversions: paid,
    losses: unpaid,
  }));
  const chance = new Chance(seed, BOOTSTRAP_STREAM);
  const found = removalIntervals(paths, { random: () => chance.next(), draws: DRAWS });
  const last = new Map(touchAttribution(paths, { kind: 'last' }).map((one) => [one.channel, one]));
  const paying = paths.reduce((sum, { conversions }) => sum + conversions, 0);
  const { shares } = touchContributions(company.touches);
  const seen = found.map(({ channel, share, lower, upper }) => ({
    row: `Share by removal: ${isChannel(channel) ? 'channels' : 'touches in the trial'}`,
    truth: shares[TOUCHES.findIndex((touch) => touch === channel)]!,
    honest: { estimate: share, lower, upper },
    naive: wald(last.get(channel)?.share ?? 0, paying),
  }));
  return { seen };
}

function wald(share: number, of: number): Sighting {
  const half = 1.96 * Math.sqrt((share * (1 - share)) / of);
  return { estimate: share, lower: share - half, upper: share + half };
}
