import type { z } from 'zod';
import { ConfigError, describeConfig, loadConfig, showConfig } from './config.js';

export interface ServiceText<T extends z.ZodObject> {
  name: string;
  description: string;
  config: T;
}

/** A configuration to go on with, or a text to print and the exit code to end with. */
export type Asked<T extends z.ZodObject> = { config: z.infer<T> } | { text: string; exitCode: 0 | 2 };

const OPTIONS = `Options:
  --validate   read the configuration, print it without secrets, and exit: 0 when it is good, 2 when not
  --help       this text
`;

/** What a service's command line and environment ask for. */
export function readCommandLine<T extends z.ZodObject>(
  { name, description, config }: ServiceText<T>,
  options: readonly string[],
  environment: Record<string, string | undefined>,
): Asked<T> {
  const unknown = options.find((option) => option !== '--help' && option !== '--validate');
  if (unknown !== undefined)
    return { text: `Found ${unknown}; want no option, or one of these.\n${OPTIONS}`, exitCode: 2 };
  if (options.includes('--help')) {
    const text = `milepost ${name}: ${description}\n\nEnvironment:\n${describeConfig(config)}\n\n${OPTIONS}`;
    return { text, exitCode: 0 };
  }
  try {
    const loaded = loadConfig(config, environment);
    return options.includes('--validate')
      ? { text: `${showConfig(config, loaded)}\n`, exitCode: 0 }
      : { config: loaded };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return { text: `${error.message}\nAll variables: ${name} --help\n`, exitCode: 2 };
  }
}
