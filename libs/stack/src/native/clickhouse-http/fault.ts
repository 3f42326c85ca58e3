/** A refusal in ClickHouse's own words: clients read code and name from the text. */
export class Fault extends Error {
  constructor(code: number, name: string, text: string) {
    super(`Code: ${code}. DB::Exception: ${text} (${name})`);
  }
}

/** ClickHouse's `exceptionCodeToHTTPStatus`; every other code is 500. */
const STATUS: [status: number, codes: number[]][] = [
  [400, [6, 7, 8, 15, 25, 26, 27, 36, 37, 38, 41, 44, 53, 62, 72, 117, 123, 167, 168, 223, 321, 376, 427, 441]],
  [401, [194]],
  [403, [192, 193, 497, 512, 516]],
  [404, [46, 47, 50, 56, 60, 63, 73, 78, 81, 115, 152, 336, 511]],
  [408, [159]],
  [413, [229, 307]],
  [501, [48]],
  [503, [76, 202, 209, 439]],
];

export interface FaultReply {
  code: number;
  status: number;
  body: string;
}

/** What the HTTP interface answers for a thrown error: its code, the status, and the text with the engine's version. */
export function replyTo(error: unknown, version: string): FaultReply {
  const message = error instanceof Error ? error.message : String(error);
  const text = message.replace(/^Query failed: /, '').trimEnd();
  const found = /^Code: (\d+)/.exec(text);
  const code = found ? Number(found[1]) : 1002;
  const status = STATUS.find(([, codes]) => codes.includes(code))?.[0] ?? 500;
  const whole = found ? text : `Code: 1002. DB::Exception: ${text} (UNKNOWN_EXCEPTION)`;
  return { code, status, body: `${whole} (version ${version} (chDB))\n` };
}
