// Accounts for the measurements, as columns: xorshift from a seed, so that every run and both languages have the same.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

function uniform(seed) {
  let state = (Math.imul(seed, 0x9e3779b1) ^ 0x5bd1e995) >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return (state + 0.5) / 2 ** 32;
  };
}

/** `days`: times in whole days, so with many ties; else as they fall. */
export function drawn(rows, covariates, { days = false, seed = 7 } = {}) {
  const random = uniform(seed);
  const normal = () => Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
  const x = Array.from({ length: covariates }, () => new Float64Array(rows));
  const column = () => new Float64Array(rows);
  const [time, event, start, group, treated, outcome] = [column(), column(), column(), column(), column(), column()];
  for (let i = 0; i < rows; i++) {
    let eta = 0;
    for (let a = 0; a < covariates; a++) {
      x[a][i] = a % 3 === 2 ? (random() < 0.4 ? 1 : 0) : normal();
      eta += x[a][i] * (a % 2 ? -0.2 : 0.3);
    }
    const [life, followed] = [-Math.log(random()) * 300 * Math.exp(-eta), 30 + 700 * random()];
    const end = Math.min(life, followed);
    time[i] = days ? Math.ceil(end) : end;
    event[i] = life <= followed ? 1 : 0;
    start[i] = random() < 0.3 ? end * random() * 0.5 : 0;
    group[i] = Math.floor(3 * random());
    treated[i] = random() < 1 / (1 + Math.exp(-0.5 * eta)) ? 1 : 0;
    outcome[i] = random() < 1 / (1 + Math.exp(0.3 - eta - 0.3 * treated[i])) ? 1 : 0;
  }
  const named = Object.fromEntries(x.map((one, a) => [`x${a}`, one]));
  return { time, event, start, group, treated, outcome, covariates: named };
}

/** Columns as files of doubles, for a peer in another language. */
export function written(columns) {
  const folder = mkdtempSync(join(tmpdir(), 'milepost-statistics-'));
  for (const [name, column] of Object.entries(columns)) writeFileSync(join(folder, `${name}.f64`), column);
  return folder;
}
