// The figures as tables for people.
const count = (value) => Math.round(value).toLocaleString('en');
const seconds = (value) => `${value.toFixed(value < 0.1 ? 3 : 2)} s`;
const bytes = (value) => (value === null ? '' : value < 1e9 ? `${count(value / 1e6)} MB` : `${(value / 1e9).toFixed(1)} GB`); // prettier-ignore
const table = (head, lines) => [`| ${head.join(' | ')} |`, `|${head.map(() => '---').join('|')}|`, ...lines.map((line) => `| ${line.join(' | ')} |`)].join('\n'); // prettier-ignore
/** None where the scan took no time: an empty table. */
const ratio = (own, scan) => (scan < 0.001 ? '–' : (own / scan).toFixed(1));
const succeeded = (queries) => queries.filter(({ fault }) => !fault);
const sum = (list) => list.reduce((a, b) => a + b, 0);

export function report({
  accounts,
  events,
  cores,
  processor,
  node,
  bytesOnDisk,
  feedSeconds,
  snapshot,
  ofSnapshot,
  requests,
  load,
}) {
  const fed = feedSeconds ? ` Fed in ${count(feedSeconds)} s.` : '';
  const parts = [
    `${count(accounts)} accounts, ${count(events)} events, ${bytes(bytesOnDisk)} on disk; ${cores} cores (${processor}), Node ${node}; load of five minutes ${load.toFixed(1)}.${fed} The snapshot took ${seconds(snapshot.seconds)}, the engine ${bytes(snapshot.memoryBytes)} at the most then; of that, counting gaps in the data took ${seconds(sum(succeeded(ofSnapshot).map((one) => one.seconds)))} (${ofSnapshot.map(({ name }) => name).join(', ')}).`,
    table(
      ['request', 'answer', 'queries', 'bare scan', 'ratio (goal ≤ 3)', 'memory', 'whole answer'],
      requests.map(({ path, goal, status, seconds: whole, queries: all }) => {
        const queries = succeeded(all);
        const failed = all.length - queries.length;
        const own = sum(queries.map((one) => one.seconds));
        const scan = sum(queries.map((one) => one.scanSeconds));
        const memory = queries.some((one) => one.memoryBytes === null) ? null : Math.max(0, ...queries.map((one) => one.memoryBytes)); // prettier-ignore
        return [`\`${path}\``, failed ? `${status}, ${failed} of ${all.length} failed` : status, `${seconds(own)}${goal ? ` (goal ${goal} s)` : ''}`, seconds(scan), ratio(own, scan), bytes(memory), seconds(whole)]; // prettier-ignore
      }),
    ),
    table(
      ['query', 'seconds', 'bare scan', 'ratio', 'rows read', 'of the scan', 'memory', 'rows given'],
      perQuery([...ofSnapshot, ...requests.flatMap(({ queries }) => queries)]).map((one) => [one.name, seconds(one.seconds), seconds(one.scanSeconds), ratio(one.seconds, one.scanSeconds), count(one.read.rows), ratio(one.read.rows, one.scanRead.rows), bytes(one.memoryBytes), count(one.rows)]), // prettier-ignore
    ),
  ];
  return parts.join('\n\n');
}

/** Each query once, at its slowest. */
function perQuery(queries) {
  const slowest = new Map();
  for (const one of succeeded(queries)) {
    if (!(slowest.get(one.name)?.seconds > one.seconds)) slowest.set(one.name, one);
  }
  return [...slowest.values()].sort((a, b) => b.seconds - a.seconds);
}
