const FENCE = /^```(\w*)$/;

/**
 * The document with what its commands print. A command is a block of `sh` that a block of output follows, with nothing
 * between; whatever else there is stays. `run` gives what a block prints, or throws.
 */
export function withOutputs(text, run) {
  const lines = text.split('\n');
  const written = [];
  let command = null;
  for (let i = 0; i < lines.length; i++) {
    const [, language] = FENCE.exec(lines[i]) ?? [];
    if (language === undefined) {
      if (lines[i] !== '') command = null;
      written.push(lines[i]);
      continue;
    }
    const end = lines.indexOf('```', i + 1);
    const block = lines.slice(i + 1, end);
    const output = command !== null && language !== 'sh' ? run(command).trimEnd().split('\n') : block;
    written.push(lines[i], ...output, '```');
    command = language === 'sh' ? block.join('\n') : null;
    i = end;
  }
  return written.join('\n');
}
