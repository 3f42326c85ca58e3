import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createKey, formatKeys, parseKeys, ROLES } from '@milepost/platform';
import type { KeyRecord, Role } from '@milepost/platform';
import { UsageError } from '../connections.js';
import { print, table } from '../output.js';
import type { Output } from '../output.js';

export interface KeyFile extends Output {
  file: string;
}

/** Makes a key and keeps its hash. The key itself is printed now and never again. */
export function createApiKey({ file, name, role, ...output }: KeyFile & { name: string; role: string }): void {
  if (!ROLES.includes(role as Role)) throw new UsageError(`Found the role ${role}; want ${ROLES.join(', ')}.`);
  const known = existsSync(file) ? keysIn(file) : [];
  if (known.some((one) => one.name === name)) {
    throw new UsageError(`${file} has a key named ${name} already: revoke it first, or give another name.`);
  }
  const { key, record } = createKey(name, role as Role, new Date());
  writeKeys(file, [...known, record]);
  const path = resolve(file);
  const text = [
    key,
    `Shown this once. ${known.length === 0 ? 'Made' : 'Added to'} ${path}, which holds its hash.`,
    `Start with API_KEYS_FILE=${path} to let it in.`,
  ];
  print(output, { key, ...record, file: path }, () => text.join('\n'));
}

export function listApiKeys({ file, ...output }: KeyFile): void {
  const keys = keysIn(file).map(({ name, role, createdAt }) => ({ name, role, createdAt }));
  print(output, keys, () => table(['name', 'role', 'created'], keys.map(({ name, role, createdAt }) => [name, role, createdAt]))); // prettier-ignore
}

export function revokeApiKey({ file, name, ...output }: KeyFile & { name: string }): void {
  const keys = keysIn(file);
  const left = keys.filter((one) => one.name !== name);
  if (left.length === keys.length) throw new UsageError(`${file} has no key named ${name}.`);
  writeKeys(file, left);
  print(output, { revoked: name }, () => `${name} is revoked. A running insights keeps it out from its next start on.`);
}

function keysIn(file: string): KeyRecord[] {
  if (!existsSync(file)) throw new UsageError(`There is no ${file}: make a first key with \`milepost keys create\`.`);
  return parseKeys(readFileSync(file, 'utf8'), file);
}

/** Whole or not at all, and for its owner's eyes. */
function writeKeys(file: string, keys: readonly KeyRecord[]): void {
  const draft = `${file}.new`;
  writeFileSync(draft, formatKeys(keys), { mode: 0o600 });
  chmodSync(draft, 0o600);
  renameSync(draft, file);
}
