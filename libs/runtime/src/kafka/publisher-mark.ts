import type { CommittedOffset } from '@milepost/stream';

/** Transactional id of the producer that may move a committed offset; null when nobody may. */
export interface MarkedOffset extends CommittedOffset {
  publisher: string | null;
}

const MARK = /^publisher=(\S+) ?/;

/** As the broker keeps it: the publisher's id before what else the metadata says. */
export const marked = (publisher: string, metadata: string): string => `publisher=${publisher} ${metadata}`.trimEnd();

/** Takes the mark off the metadata of a committed offset. */
export function unmarked(offset: number, metadata: string): MarkedOffset {
  const publisher = MARK.exec(metadata)?.[1] ?? null;
  return { offset, metadata: metadata.replace(MARK, ''), publisher };
}
