import { nearestName } from '@milepost/plan';
import { routesOf } from './routed-request.js';
import type { RoutedRequest } from './routed-request.js';

/** A service with more paths than these has a description of them. */
const FEW = 10;

/** What to ask instead of a path that nobody answers: the one that was likely meant, and where all of them stand. */
export function whereToGo(request: RoutedRequest): string {
  const known = [...new Set(routesOf(request).map(({ path }) => path.replace(/:(\w+)/g, '{$1}')))];
  const description = known.find((path) => path.endsWith('/openapi.json'));
  const meant = nearestName(request.path, known);
  const all = known.length <= FEW ? known.join(', ') : '';
  const where = description ? `What is answered stands in ${description}.` : all && `Answered are ${all}.`;
  return [meant ? `Did you mean ${meant}?` : '', where].filter((one) => one !== '').join(' ');
}
