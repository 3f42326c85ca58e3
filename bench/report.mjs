// Figures as a table for people, and as the ratios that goals are stated in.
const count = (value) => Math.round(value).toLocaleString('en');
const two = (value) => value.toFixed(2);
const ms = (value) => `${value} ms`;

/** Ratios of what was measured; a part that was left out has none. */
function ratiosOf(figures) {
  const { milestones, kafkaStreams, transactionalCopy, consumeAndDecode, warehouse, latency, perEvent } = figures;
  const ratios = {};
  if (milestones && kafkaStreams) ratios.kafkaStreams = milestones.perSecond / kafkaStreams.one;
  if (milestones && transactionalCopy) {
    ratios.transactionalCopy = milestones.perSecond / transactionalCopy;
    ratios.consumeAndDecode = milestones.perSecond / consumeAndDecode;
  }
  if (warehouse) ratios.bareInsert = warehouse.perSecond / warehouse.bare;
  if (latency) ratios.p99ToRoundTrip = latency.triggers.p99 / latency.roundTrip.p99;
  if (perEvent) ratios.perEvent1Mto10k = perEvent[1_000_000] / perEvent[10_000];
  return ratios;
}

const GOALS = {
  kafkaStreams: '≥ 3',
  transactionalCopy: '≥ 1',
  consumeAndDecode: '≥ 0.3',
  bareInsert: '≥ 0.7',
  p99ToRoundTrip: '≤ 6',
  perEvent1Mto10k: '≤ 1.15',
};

function linesOf(figures) {
  const { milestones, second, signals, kafkaStreams, warehouse, rebuild, latency, memory, perEvent } = figures;
  const lines = [];
  const line = (what, value) => lines.push([what, value]);
  if (figures.consume) {
    line('bare kafkajs consumption', `${count(figures.consume)} events/s`);
    line('consumption and decoding', `${count(figures.consumeAndDecode)} events/s`);
    line('bare transactional copy, record by record', `${count(figures.transactionalCopy)} events/s`);
  }
  if (milestones) {
    line('milestones, exactly once, one instance', `${count(milestones.perSecond)} events/s`);
    const { kafka, redis } = milestones.partsPerMillion;
    const besides = `and ${two(kafka)} s in Kafka, ${two(redis)} s in Redis`;
    line('  CPU for a million events', `${two(milestones.cpuPerMillion)} s, ${besides}`);
  }
  if (second) line('  two instances', `${count(second.milestones)} events/s`);
  if (kafkaStreams) {
    line('Kafka Streams, one thread', `${count(kafkaStreams.one)} events/s`);
    line('Kafka Streams, two threads', `${count(kafkaStreams.two)} events/s`);
    if ('sameOutputs' in kafkaStreams) line('  its outputs are ours', kafkaStreams.sameOutputs ? 'yes' : 'NO');
  }
  if (rebuild) line('state folded again after a loss', `${count(rebuild.perSecond)} events/s`);
  if (warehouse) {
    line('warehouse, exactly once', `${count(warehouse.perSecond)} rows/s`);
    line('  CPU for a million rows', `${two(warehouse.cpuPerMillion)} s`);
    line(`bare client, inserts of ${count(warehouse.block)} rows`, `${count(warehouse.bare)} rows/s`);
    line('  into a table with the same views', `${count(warehouse.bareWithViews)} rows/s`);
  }
  if (second) {
    line('warehouse, two instances', `${count(second.warehouse)} rows/s`);
    line('signals where nearly every account is triggered', `${count(signals.perSecond)} facts/s`);
    line('  two instances', `${count(second.signals)} facts/s`);
  }
  if (latency) {
    line('milestones and signals together, on one machine', `${count(latency.capacity)} events/s`);
    for (const [what, { p50, p99, p999, perSecond }] of [
      ['event to trigger', latency.triggers],
      ['bare produce to consume', latency.roundTrip],
    ]) {
      line(`${what} at ${count(perSecond)} events/s: p50, p99, p99.9`, [p50, p99, p999].map(ms).join(', '));
    }
  }
  if (memory) {
    const { both, milestones: first, signals } = memory;
    line('Redis for an account of 80 actions', `${count(both)} bytes (${count(first)} + ${count(signals)})`);
    line('signals, facts folded', `${count(memory.signalsPerSecond)} facts/s`);
    line('  CPU for a million facts', `${two(memory.signalsCpuPerMillion)} s`);
  }
  for (const [accounts, micros] of Object.entries(perEvent ?? {}))
    line(`an event of ${count(Number(accounts))} accounts`, `${two(micros)} µs`);
  return lines;
}

export function report(figures) {
  const ratios = ratiosOf(figures);
  const rows = linesOf(figures).map(([what, value]) => `| ${what} | ${value} |`);
  const goals = Object.entries(ratios).map(([name, value]) => `| ${name} | ${two(value)} | ${GOALS[name]} |`);
  const table = [
    `${count(figures.events)} events of ${count(figures.accounts)} accounts, ${figures.cores} cores, Node ${figures.node}`,
    '',
    '| what | measured |',
    '|---|---|',
    ...rows,
    '',
    '| ratio in this run | measured | goal |',
    '|---|---|---|',
    ...goals,
  ].join('\n');
  return { table, ratios };
}
