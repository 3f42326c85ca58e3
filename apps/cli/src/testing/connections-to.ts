import type { ClickHouseClient } from '@milepost/clickhouse';
import { Connections, findAddresses } from '../connections.js';

/** Where the command line finds things, but for a database and topics of a test's own. */
export class ConnectionsTo extends Connections {
  constructor(
    topicPrefix: string,
    private readonly client: ClickHouseClient,
  ) {
    super({ ...findAddresses(), topicPrefix, planDir: 'plan' });
  }

  override clickhouse(): ClickHouseClient {
    return this.client;
  }
}
