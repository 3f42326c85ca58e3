import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { ConfigError } from '../config.js';

/** Each may do what those before it may. */
export const ROLES = ['viewer', 'analyst', 'admin'] as const;
export type Role = (typeof ROLES)[number];

export const atLeast = (role: Role, needed: Role): boolean => ROLES.indexOf(role) >= ROLES.indexOf(needed);

const keyRecord = z.strictObject({
  name: z.string().min(1).max(100),
  role: z.enum(ROLES),
  /** Of the whole key, hexadecimal. A key is 256 random bits, so that a plain hash is beyond guessing. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  createdAt: z.iso.datetime(),
});
const keyFile = z.strictObject({ keys: z.array(keyRecord) });
export type KeyRecord = z.infer<typeof keyRecord>;

const hashOf = (key: string): string => createHash('sha256').update(key).digest('hex');

/** A new key, to be shown once, and what is kept of it. */
export function createKey(name: string, role: Role, createdAt: Date): { key: string; record: KeyRecord } {
  const key = `mp_${randomBytes(32).toString('base64url')}`;
  return { key, record: keyRecord.parse({ name, role, sha256: hashOf(key), createdAt: createdAt.toISOString() }) };
}

/** @throws ConfigError for what is no file of keys */
export function parseKeys(text: string, path: string): KeyRecord[] {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw new ConfigError(`${path} is no JSON; make it with \`milepost keys create\`.`);
  }
  const parsed = keyFile.safeParse(content);
  if (parsed.success) return parsed.data.keys;
  const [first] = parsed.error.issues;
  throw new ConfigError(`${path} is no file of keys: ${first!.path.join('.')}: ${first!.message}.`);
}

export const formatKeys = (keys: readonly KeyRecord[]): string => `${JSON.stringify({ keys }, null, 2)}\n`;

/** Who holds a key. Found by its hash, so that how long it takes tells nothing of the kept ones. */
export class ApiKeys {
  private readonly byHash: ReadonlyMap<string, KeyRecord>;

  constructor(keys: readonly KeyRecord[]) {
    this.byHash = new Map(keys.map((record) => [record.sha256, record]));
  }

  /** @throws ConfigError when the file is missing, no file of keys, or empty of them */
  static fromFile(path: string): ApiKeys {
    let text: string;
    try {
      text = readFileSync(path, 'utf8');
    } catch (error) {
      throw new ConfigError(`API_KEYS_FILE: ${(error as Error).message}. Make it with \`milepost keys create\`.`);
    }
    const keys = parseKeys(text, path);
    if (keys.length === 0) throw new ConfigError(`${path} holds no key; make one with \`milepost keys create\`.`);
    return new ApiKeys(keys);
  }

  find(key: string): KeyRecord | undefined {
    return this.byHash.get(hashOf(key));
  }
}
