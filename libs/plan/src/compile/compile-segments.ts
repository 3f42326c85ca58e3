import type { SegmentDefinition } from '../model.js';
import type { PlanScope } from './plan-scope.js';

/** Segments by rising size. Together they hold every size from 0 up, each exactly once. */
export function compileSegments(scope: PlanScope): { segments: SegmentDefinition[]; unknownSize: string } {
  const written = Object.entries(scope.written.segments);
  const segments = written
    .map(([name, { from, below }]): SegmentDefinition => ({ name, from, below: below ?? null }))
    .sort((a, b) => a.from - b.from);
  for (const { name } of segments) {
    if (name === 'default') scope.report(['segments', name], 'The name "default" is taken: windows use it.');
  }
  checkRanges(segments, scope);
  const forUnknown = written.filter(([, { unknownSize }]) => unknownSize).map(([name]) => name);
  if (forUnknown.length === 0) {
    scope.report(['segments'], 'No segment takes accounts of unknown size; mark one with unknownSize: true.');
  }
  for (const name of forUnknown.slice(1)) {
    scope.report(['segments', name, 'unknownSize'], `"${forUnknown[0]}" takes accounts of unknown size already.`);
  }
  return { segments, unknownSize: forUnknown[0] ?? '' };
}

function checkRanges(segments: SegmentDefinition[], scope: PlanScope): void {
  let covered: number | null = 0;
  let previous = '';
  for (const { name, from, below } of segments) {
    const path = ['segments', name];
    if (covered === null || from < covered) {
      scope.report([...path, 'from'], `Overlaps "${previous}": a company of ${from} is in both.`);
    } else if (from > covered) {
      scope.report([...path, 'from'], `A company of ${covered} is in no segment; want from: ${covered}.`);
    }
    if (below !== null && below <= from) {
      scope.report([...path, 'below'], `Holds no company: below is ${below}, from is ${from}.`);
    }
    covered = below;
    previous = name;
  }
  if (covered !== null) {
    scope.report(['segments', previous, 'below'], `A company of ${covered} is in no segment; leave out below.`);
  }
}
