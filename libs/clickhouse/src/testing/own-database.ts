import type { ClickHouseClient } from '@clickhouse/client';

/**
 * The same client, on another database than `milepost`: a test's rows must not stand among those of a running company,
 * which MILEPOST_TEST_STACK may name. Migrations and queries say the database's name, so it is exchanged in their text.
 */
export function inDatabase(client: ClickHouseClient, database: string): ClickHouseClient {
  const moved = (text: string): string => text.replace(/\bmilepost\b/g, database);
  return new Proxy(client, {
    get(target, name) {
      if (name === 'query' || name === 'command') {
        return (asked: { query: string }) => target[name]({ ...asked, query: moved(asked.query) });
      }
      if (name === 'insert') {
        return (asked: Parameters<typeof target.insert>[0]) => target.insert({ ...asked, table: moved(asked.table) });
      }
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}
