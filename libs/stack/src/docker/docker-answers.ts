import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Sockets where an engine may listen: Docker, Docker Desktop, Colima, OrbStack, rootless, Podman. */
const SOCKETS = [
  '/var/run/docker.sock',
  ...[
    '.docker/run/docker.sock',
    '.docker/desktop/docker.sock',
    '.colima/default/docker.sock',
    '.orbstack/run/docker.sock',
  ].map((path) => join(homedir(), path)),
  `/run/user/${process.getuid?.() ?? 0}/docker.sock`,
  `/run/user/${process.getuid?.() ?? 0}/podman/podman.sock`,
];

/** Whether a container engine answers. Without a sign of one the container library is not even loaded. */
export async function dockerAnswers(): Promise<boolean> {
  const sign = process.env['DOCKER_HOST'] ?? process.env['TESTCONTAINERS_HOST_OVERRIDE'] ?? SOCKETS.find(existsSync);
  const configured = existsSync(join(homedir(), '.testcontainers.properties')) || process.platform === 'win32';
  if (sign === undefined && !configured) return false;
  const { getContainerRuntimeClient } = await import('testcontainers');
  return getContainerRuntimeClient().then(
    () => true,
    () => false,
  );
}
