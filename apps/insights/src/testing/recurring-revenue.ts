export interface ContractEntry {
  at: number;
  kind: string;
  amount: number;
  months: number;
}

const TERMS = ['started', 'renewed'];
const DAYS_A_MONTH = 30;

/** What a contract brings from one day to another, told once more for tests: its rate at each moment, added up. */
export function recurringRevenue(contract: readonly ContractEntry[], from: number, to: number): number {
  const once = contract.filter(({ at, kind, months }) => kind !== 'cancelled' && months === 0 && at > from && at <= to);
  const changes = contract.flatMap(({ at, months }) => [at, at + DAYS_A_MONTH * months]);
  const days = [...new Set([from, ...changes.filter((at) => at > from && at < to), to])].sort((a, b) => a - b);
  const pieces = days.slice(1).map((end, k) => (end - days[k]!) * rateAt(contract, (end + days[k]!) / 2));
  return [...once.map(({ amount }) => amount), ...pieces].reduce((sum, one) => sum + one, 0);
}

function rateAt(contract: readonly ContractEntry[], day: number): number {
  const last = contract.findLastIndex(({ at }) => at <= day);
  const entry = contract[last];
  if (entry === undefined || entry.kind === 'cancelled' || entry.months === 0) return 0;
  const term = contract.slice(0, last + 1).findLast(({ kind }) => TERMS.includes(kind));
  const own = entry.at + DAYS_A_MONTH * entry.months;
  const termEnd = term === undefined ? own : term.at + DAYS_A_MONTH * term.months;
  return day < (termEnd > entry.at ? termEnd : own) ? entry.amount / (DAYS_A_MONTH * entry.months) : 0;
}
