// How fast state comes back that Redis has lost: everything is folded again, in silence.
import { connectRedis, throughService } from './service.mjs';

export async function rebuild({ addresses, name, total, warmUp }) {
  const redis = connectRedis(addresses);
  await redis.flushall();
  redis.disconnect();
  return throughService('milestones', { addresses, name, total, warmUp });
}
