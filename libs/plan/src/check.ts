import { CORE_ACTIONS } from './compile.js';
import type { PlanSource } from './problem.js';
import type { MilestoneYaml, PlanYaml, SignalYaml } from './schema.js';

type Path = (string | number)[];

/** Mistakes that the shape alone does not show: names that lead nowhere, numbers that contradict each other. */
export function checkPlan(yaml: PlanYaml, source: PlanSource): void {
  new Check(yaml, source).run();
}

class Check {
  private readonly events: string[];
  private readonly milestones: string[];
  private readonly segments: string[];

  constructor(
    private readonly yaml: PlanYaml,
    private readonly source: PlanSource,
  ) {
    this.events = Object.keys(yaml.events);
    this.milestones = yaml.milestones.map(({ name }) => name);
    this.segments = yaml.segments.map(({ name }) => name);
  }

  run(): void {
    const { yaml } = this;
    this.known(yaml.lifecycle.start, this.events, 'event', ['lifecycle', 'start']);
    this.known(yaml.lifecycle.end, this.events, 'event', ['lifecycle', 'end']);
    this.known(yaml.unknownSize, this.segments, 'segment', ['unknownSize']);
    this.checkSegments();
    this.unique(this.milestones, 'milestones');
    this.unique(
      yaml.signals.map(({ name }) => name),
      'signals',
    );
    for (const [type, { productLines = [] }] of Object.entries(yaml.events)) {
      productLines.forEach((line, i) => {
        this.known(line, yaml.productLines, 'product line', ['events', type, 'productLines', i]);
      });
    }
    yaml.milestones.forEach((milestone, i) => {
      this.window(milestone.expectedWithin, ['milestones', i, 'expectedWithin']);
      this.milestone(milestone.condition, ['milestones', i, 'condition']);
    });
    yaml.signals.forEach((signal, i) => {
      this.unique(
        signal.reasons.map(({ code }) => code),
        'signals',
        [i, 'reasons'],
      );
      signal.reasons.forEach(({ condition }, j) => this.signal(condition, ['signals', i, 'reasons', j, 'condition']));
    });
  }

  private checkSegments(): void {
    this.unique(this.segments, 'segments');
    const { segments } = this.yaml;
    segments.forEach(({ below }, i) => {
      const last = i === segments.length - 1;
      if (last && below !== undefined)
        this.source.report(['segments', i], 'The last segment must have no upper end, or large accounts have none.');
      if (!last && below === undefined)
        this.source.report(['segments', i], 'Want `below` on every segment but the last.');
      const before = i > 0 ? segments[i - 1]!.below : undefined;
      if (below !== undefined && before !== undefined && below <= before)
        this.source.report(
          ['segments', i, 'below'],
          `Found ${below}; want more than ${before}, where the segment begins.`,
        );
    });
  }

  private milestone(yaml: MilestoneYaml, path: Path): void {
    for (const kind of ['all', 'any', 'sequence'] as const) {
      if (kind in yaml)
        (yaml as unknown as Record<string, MilestoneYaml[]>)[kind]!.forEach((part, i) =>
          this.milestone(part, [...path, kind, i]),
        );
    }
    if ('count' in yaml) this.selected(yaml.count.event, [...path, 'count', 'event']);
    if ('activeDays' in yaml) {
      this.selected(yaml.activeDays.event, [...path, 'activeDays', 'event']);
      const { atLeast, days } = yaml.activeDays;
      if (atLeast > days)
        this.source.report(
          [...path, 'activeDays', 'atLeast'],
          `Found ${atLeast} days within ${days}; that can't happen.`,
        );
    }
    if ('distinct' in yaml) {
      const { event, of } = yaml.distinct;
      this.selected(event, [...path, 'distinct', 'event']);
      const holders = [event].flat().filter((type) => type !== CORE_ACTIONS);
      for (const type of of === 'userId' ? [] : holders) {
        const properties = Object.keys(this.yaml.events[type]?.properties ?? {});
        if (this.yaml.events[type]) this.known(of, properties, `property of ${type}`, [...path, 'distinct', 'of']);
      }
    }
  }

  private signal(yaml: SignalYaml, path: Path): void {
    for (const kind of ['all', 'any'] as const) {
      if (kind in yaml)
        (yaml as unknown as Record<string, SignalYaml[]>)[kind]!.forEach((part, i) =>
          this.signal(part, [...path, kind, i]),
        );
    }
    if ('stalled' in yaml) this.known(yaml.stalled, this.milestones, 'milestone', [...path, 'stalled']);
    if ('reached' in yaml) this.known(yaml.reached, this.milestones, 'milestone', [...path, 'reached']);
    if ('quiet' in yaml) {
      this.selected(yaml.quiet.event, [...path, 'quiet', 'event']);
      this.window(yaml.quiet.for, [...path, 'quiet', 'for']);
      if (yaml.quiet.after !== undefined)
        this.known(yaml.quiet.after, this.milestones, 'milestone', [...path, 'quiet', 'after']);
    }
    if ('failureShare' in yaml) this.selected(yaml.failureShare.event, [...path, 'failureShare', 'event']);
    if ('count' in yaml) {
      this.selected(yaml.count.event, [...path, 'count', 'event']);
      const { atLeast, endsBelow } = yaml.count;
      if (endsBelow > atLeast)
        this.source.report(
          [...path, 'count', 'endsBelow'],
          `Found ${endsBelow}; want at most atLeast (${atLeast}), or it ends as it opens.`,
        );
    }
    if ('eventUntilEvent' in yaml) {
      this.selected(yaml.eventUntilEvent.event, [...path, 'eventUntilEvent', 'event']);
      this.selected(yaml.eventUntilEvent.until, [...path, 'eventUntilEvent', 'until']);
    }
  }

  private selected(event: string | string[], path: Path): void {
    for (const type of [event].flat()) if (type !== CORE_ACTIONS) this.known(type, this.events, 'event', path);
  }

  private window(yaml: string | Record<string, string>, path: Path): void {
    if (typeof yaml === 'string') return;
    for (const segment of Object.keys(yaml)) {
      if (segment !== 'default') this.known(segment, this.segments, 'segment', [...path, segment]);
    }
  }

  private known(name: string, names: readonly string[], what: string, path: Path): void {
    if (names.includes(name)) return;
    const nearest = [...names].sort((a, b) => distance(a, name) - distance(b, name))[0];
    this.source.report(path, `There is no ${what} ${name}${nearest === undefined ? '' : `; did you mean ${nearest}`}?`);
  }

  private unique(names: readonly string[], list: string, below: Path = []): void {
    names.forEach((name, i) => {
      if (names.indexOf(name) < i)
        this.source.report([list, ...below, i], `${name} stands here twice; want each once.`);
    });
  }
}

/** Levenshtein distance: names are short. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[b.length]!;
}
