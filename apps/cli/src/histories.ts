import { accountHistories } from '@milepost/clickhouse';
import type { AccountHistory } from '@milepost/clickhouse';
import { UsageError } from './connections.js';
import type { Connections } from './connections.js';
import { Progress } from './output.js';

/** Every account's history, told at the terminal from time to time. */
export async function* histories(connections: Connections): AsyncGenerator<AccountHistory> {
  const progress = new Progress();
  let accounts = 0;
  for await (const history of accountHistories(connections.clickhouse())) {
    yield history;
    if (++accounts % 1_000 === 0) progress.say(`${accounts.toLocaleString('en')} accounts`);
  }
  if (accounts === 0) throw new UsageError('ClickHouse holds no events yet: feed some first, `milepost simulate`.');
}
