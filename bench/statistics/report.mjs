// The figures as tables for people.
const count = (value) => Math.round(value).toLocaleString('en');
const seconds = (value) => (value < 0.01 ? value.toFixed(4) : value.toFixed(2));
const table = (head, lines) => [`| ${head.join(' | ')} |`, `|${head.map(() => '---').join('|')}|`, ...lines.map((line) => `| ${line.join(' | ')} |`)].join('\n'); // prettier-ignore

const NAMES = {
  cox: 'Cox, 10 covariates',
  kaplanMeier: 'Kaplan–Meier, no ties',
  kaplanMeierDays: 'Kaplan–Meier, whole days',
  nelsonAalen: 'Nelson–Aalen',
  logRank: 'log-rank of 3 groups',
  concordance: 'concordance',
};
const GOALS = { cox: '≤ 2 s', kaplanMeier: '≤ 1 s', kaplanMeierDays: '≤ 1 s' };

function beside(lines) {
  const version = lines.find(({ peer }) => peer)?.peer.version;
  const head = [
    'method',
    'rows',
    'ours',
    'goal',
    `lifelines ${version ?? '(not there)'}`,
    'times faster',
    'answers apart',
  ];
  return table(
    head,
    lines.map(({ name, rows, ours, peer, apart }) => [
      NAMES[name],
      count(rows),
      `${seconds(ours.processor)} s`,
      GOALS[name] ?? '',
      peer ? `${seconds(peer.processor)} s` : '',
      peer ? (peer.processor / ours.processor).toFixed(1) : '',
      peer ? apart.toExponential(0) : '',
    ]),
  );
}

function growth(lines) {
  return table(
    ['method', 'n', 'n rows', '2 n', '4 n', '8 n', '8 n / n'],
    lines.map(({ name, sizes, seconds: own }) => [
      name,
      count(sizes[0]),
      ...own.map((one) => `${seconds(one)} s`),
      (own[3] / own[0]).toFixed(1),
    ]),
  );
}

export const packagesTable = (lines) =>
  table(['what', 'ours', 'package', 'theirs', 'apart, as a share', 'what it lacks'], lines);

export function report({ cores, processor, node, beside: lines, growth: grown, counts }) {
  const parts = [`${cores} cores (${processor}), Node ${node}. Seconds of the processor, the least of the runs.`];
  if (lines) parts.push('## Beside lifelines, on the same rows in the same run', beside(lines));
  if (grown) parts.push('## As rows double', growth(grown));
  if (counts) {
    const head = ['accounts', 'lines of counts', 'counting them here', 'the fit'];
    const body = counts.map((one) => [count(one.rows), count(one.lines), `${seconds(one.counting)} s`, `${seconds(one.fit)} s`]); // prettier-ignore
    parts.push('## On counts: hazards by month and two covariates', table(head, body));
  }
  return parts.join('\n\n');
}
