/** What a service uses of Node's `process`: its only door to the environment, signals and the exit. */
export interface ServiceProcess {
  argv: string[];
  env: Record<string, string | undefined>;
  stdout: { write(text: string): unknown };
  stderr: { write(text: string): unknown };
  on(event: string, listener: (fact: unknown) => void): unknown;
  exit(code: number): void;
}

/** What tests put in the place of the real process. */
export interface Surroundings {
  host?: ServiceProcess;
  logTo?: { write(line: string): void };
  stopTimeoutMs?: number;
}
