import type { Plan, SegmentDefinition } from '../model.js';
import { formatDuration } from '../text/duration.js';
import { matchNames } from './match-names.js';
import { AUDIENCES, shown } from './plan-change.js';
import type { Tell } from './plan-change.js';

export function diffSettings(before: Plan, after: Plan, tell: Tell): void {
  if (before.name !== after.name) {
    tell('reworded', 'name', false, [], `The plan was called ${before.name}, now is called ${after.name}.`);
  }
  if (before.unplannedProperties !== after.unplannedProperties) {
    const rejects = after.unplannedProperties === 'reject';
    const message = rejects
      ? 'Events with a property outside of the plan are now rejected.'
      : 'Events with a property outside of the plan are now kept.';
    tell(rejects ? 'narrowed' : 'widened', 'unplannedProperties', rejects, ['publishers'], message);
  }
  if (before.deduplicationWindow !== after.deduplicationWindow) {
    const shorter = after.deduplicationWindow < before.deduplicationWindow;
    const [was, now] = [before, after].map(({ deduplicationWindow }) => formatDuration(deduplicationWindow));
    const message = `A repeat is recognised for ${now}, was ${was}${shorter ? '; one sent later counts twice' : ''}.`;
    tell(shorter ? 'narrowed' : 'widened', 'deduplicationWindow', shorter, ['publishers'], message);
  }
  if (before.historyRest !== after.historyRest) {
    const [was, now] = [before, after].map(({ historyRest }) => formatDuration(historyRest));
    const message = `History that is filled in is judged when it has rested for ${now}, was ${was}.`;
    tell('tuned', 'historyRest', false, ['customer success'], message);
  }
  for (const end of ['start', 'end'] as const) {
    if (before.lifecycle[end] === after.lifecycle[end]) continue;
    const message = `An account's ${end} was ${before.lifecycle[end]}, now is ${after.lifecycle[end]}.`;
    tell('redefined', `lifecycle/${end}`, true, [...AUDIENCES], message);
  }
  for (const line of after.productLines.filter((one) => !before.productLines.includes(one))) {
    tell('added', `productLines/${line}`, false, ['publishers', 'analysts'], `There is a product line ${line}.`);
  }
  for (const line of before.productLines.filter((one) => !after.productLines.includes(one))) {
    const message = `There is no product line ${line} any more.`;
    tell('removed', `productLines/${line}`, true, ['publishers', 'analysts'], message);
  }
  diffSegments(before, after, tell);
}

const range = ({ from, below }: SegmentDefinition): string =>
  below === null ? `${from} and more` : `${from} to ${below - 1}`;

function diffSegments(before: Plan, after: Plan, tell: Tell): void {
  const { added, removed, kept } = matchNames(before.segments, after.segments, ({ name }) => name);
  const concerns = ['customer success', 'analysts'] as const;
  for (const one of added) {
    const message = `There is a segment ${one.name}: companies of ${range(one)}.`;
    tell('added', `segments/${one.name}`, false, [...concerns], message);
  }
  for (const { name } of removed) {
    tell('removed', `segments/${name}`, true, [...concerns], `There is no segment ${name} any more.`);
  }
  for (const [old, now] of kept) {
    if (range(old) === range(now)) continue;
    const message = `${now.name} was companies of ${range(old)}, now is of ${range(now)}.`;
    tell('redefined', `segments/${now.name}`, true, [...concerns], message);
  }
  if (before.unknownSize === after.unknownSize) return;
  const [was, now] = [before.unknownSize, after.unknownSize].map(shown);
  const message = `Accounts of unknown size were in ${was}, now are in ${now}.`;
  tell('redefined', `segments/${after.unknownSize}/unknownSize`, true, [...concerns], message);
}
