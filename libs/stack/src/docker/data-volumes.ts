import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { getContainerRuntimeClient } from 'testcontainers';
import { PARTS } from '../stack.js';

/**
 * Data in containers lives in named volumes, one a part, named after the data directory: folders of the host would
 * belong to the images' users, who cannot write them on Linux, and are slow elsewhere.
 */
export function volumeName(dataDir: string, part: (typeof PARTS)[number]): string {
  return `milepost-${createHash('sha256').update(resolve(dataDir)).digest('hex').slice(0, 10)}-${part}`;
}

export async function removeVolumes(dataDir: string): Promise<void> {
  const { container } = await getContainerRuntimeClient();
  for (const part of PARTS) {
    await container.dockerode
      .getVolume(volumeName(dataDir, part))
      .remove()
      .catch((error: { statusCode?: number }) => {
        if (error.statusCode !== 404) throw error;
      });
  }
}
