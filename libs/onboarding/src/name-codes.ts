import { hash53 } from './milestones/identity.js';

const CODES = 2 ** 27;
const UNKNOWN = '#';

const hashOf = (name: string): number => hash53(name) % CODES;

/**
 * Names of the plan as numbers that fit four bytes of a state, where their texts would be a fifth of it. A code is a
 * hash of its name, so it is the same in every version of the plan; of a name that this version lacks the code stays in
 * the state, until a version has the name again.
 */
export class NameCodes {
  private readonly codes = new Map<string, number>();
  private readonly names = new Map<number, string>();

  /** Throws when two names share a code, which happens to one plan of a hundred names in 27,000. */
  constructor(names: Iterable<string>) {
    for (const name of names) {
      const code = hashOf(name);
      const other = this.names.get(code);
      if (other !== undefined && other !== name) {
        throw new Error(`The names ${other} and ${name} of the plan share a code in states; rename one of them.`);
      }
      this.codes.set(name, code);
      this.names.set(code, name);
    }
  }

  /** The name's code. `others` gets a name that the plan lacks, so that it is stored beside. */
  codeOf(name: string, others?: string[]): number {
    const code = this.codes.get(name);
    if (code !== undefined) return code;
    if (name.startsWith(UNKNOWN)) return Number(name.slice(UNKNOWN.length));
    if (others && !others.includes(name)) others.push(name);
    return hashOf(name);
  }

  /** The code's name in the plan, or among `others`; otherwise a stand-in that `codeOf` knows. */
  nameOf(code: number, others: readonly string[] = []): string {
    return this.names.get(code) ?? others.find((name) => hashOf(name) === code) ?? `${UNKNOWN}${code}`;
  }
}
