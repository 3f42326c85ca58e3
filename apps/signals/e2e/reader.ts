import type { OracleEpisode, OracleReason } from './oracle.js';

/** The fields of a trigger record that a reader needs to know what is and was open. */
export interface TriggerRecord {
  id: string;
  trigger: string;
  at: string;
  signal: string;
  account: string;
  status: 'opened' | 'updated' | 'resolved';
  reasons: { code: string; since: string }[];
  ended: { code: string; since: string; at: string; cause: string }[];
  resolution: string | null;
  evidence: { id: string }[];
}

interface Known {
  signal: string;
  account: string;
  status: TriggerRecord['status'];
  reasons: Map<string, OracleReason>;
}

/** Microseconds of an RFC 3339 time with six digits. */
export const micros = (text: string): number => Date.parse(`${text.slice(0, 19)}Z`) * 1000 + Number(text.slice(20, 26));

/**
 * What a reader of the signal topics believes after reading them from the start, by the rule in the README: `reasons`
 * is all that is open, an entry of `ended` closes the interval (code, since), cause `disproved` takes it back.
 */
export class SignalReader {
  private readonly triggers = new Map<string, Known>();
  /** What no record may do, found while reading. */
  readonly faults: string[] = [];
  /** What was announced and then taken back as never having been true. */
  readonly disproved: string[] = [];

  read(record: TriggerRecord): void {
    let known = this.triggers.get(record.trigger);
    if (!known) {
      if (record.status !== 'opened') this.faults.push(`${record.id} is ${record.status} but was never opened`);
      const { signal, account, status } = record;
      this.triggers.set(record.trigger, (known = { signal, account, status, reasons: new Map() }));
    } else if (record.status === 'opened') this.faults.push(`${record.id} opens a trigger twice`);
    if (known.status === 'resolved' && record.status !== 'resolved')
      this.faults.push(`${record.id} comes back from resolved`);
    if ((record.status === 'resolved') !== (record.reasons.length === 0))
      this.faults.push(`${record.id} resolved with reasons`);
    known.status = record.status;
    for (const [key, reason] of known.reasons) if (reason.until === null) known.reasons.delete(key);
    for (const { code, since, at, cause } of record.ended) {
      const key = `${code} ${since}`;
      if (cause === 'disproved') {
        known.reasons.delete(key);
        this.disproved.push(`${record.account} ${key}, by ${record.id} at ${record.at}`);
      } else known.reasons.set(key, { code, since: micros(since), until: micros(at), cause });
    }
    for (const { code, since } of record.reasons) {
      known.reasons.set(`${code} ${since}`, { code, since: micros(since), until: null, cause: null });
    }
  }

  /** Episodes of an account, sorted; withdrawn ones left out. */
  episodes(account: string): OracleEpisode[] {
    return [...this.triggers.values()]
      .filter((known) => known.account === account && known.reasons.size > 0)
      .map(({ signal, reasons }) => {
        const list = [...reasons.values()];
        const open = list.some(({ until }) => until === null);
        return {
          signal,
          since: Math.min(...list.map(({ since }) => since)),
          until: open ? null : Math.max(...list.map(({ until }) => until!)),
          reasons: list,
        };
      });
  }
}

/** Episodes in one order, so that two answers can be compared. */
export function inOrder(episodes: OracleEpisode[]): OracleEpisode[] {
  const by = (a: OracleReason, b: OracleReason) => a.since - b.since || (a.code < b.code ? -1 : 1);
  return episodes
    .map((episode) => ({ ...episode, reasons: [...episode.reasons].sort(by) }))
    .sort((a, b) => (a.signal < b.signal ? -1 : a.signal > b.signal ? 1 : a.since - b.since));
}
