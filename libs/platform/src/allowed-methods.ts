import { routesOf } from './routed-request.js';
import type { RoutedRequest } from './routed-request.js';

/** Methods, in capitals, by which the path of a request that no route took could be asked. */
export function allowedMethods(request: RoutedRequest): string[] {
  const methods = routesOf(request, request.path).flatMap((known) =>
    Object.keys(known.methods).filter((method) => known.methods[method]),
  );
  const names = methods.map((method) => method.toUpperCase());
  return [...new Set(names.includes('GET') ? [...names, 'HEAD'] : names)].sort();
}
