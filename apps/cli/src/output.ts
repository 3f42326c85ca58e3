/** Results go to standard output, as text or as JSON; progress goes to standard error, where it disturbs no pipe. */
export interface Output {
  json: boolean;
}

export function print(output: Output, result: unknown, text: () => string): void {
  process.stdout.write(`${output.json ? JSON.stringify(result) : text()}\n`);
}

export class Progress {
  private last = 0;

  /** At most a few lines a second; on a terminal they overwrite each other. */
  say(line: string, force = false): void {
    const now = Date.now();
    if (!force && now - this.last < (process.stderr.isTTY ? 200 : 5_000)) return;
    this.last = now;
    process.stderr.write(process.stderr.isTTY ? `\r\u001b[K${line}${force ? '\n' : ''}` : `${line}\n`);
  }
}

/** Rows in columns; numbers to the right. */
export function table(head: string[], rows: (string | number)[][]): string {
  const cells = [head, ...rows.map((row) => row.map(String))];
  const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column]!.length)));
  const isNumber = head.map((_, column) => rows.length > 0 && rows.every((row) => typeof row[column] === 'number'));
  return cells
    .map((row) =>
      row
        .map((cell, i) => (isNumber[i] ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
