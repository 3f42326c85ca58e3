interface Layer {
  match(path: string): boolean;
  route?: { methods: Readonly<Record<string, boolean>> };
}

/** What Express has of a request that no route took. */
export interface RoutedRequest {
  path: string;
  /** Set once a route has taken it. */
  route?: unknown;
  app: { router: { stack: readonly Layer[] } };
}

/** Methods, in capitals, by which the path of a request that no route took could be asked. */
export function allowedMethods({ path, route, app }: RoutedRequest): string[] {
  if (route !== undefined) return [];
  const methods = app.router.stack
    .filter((layer) => layer.route !== undefined && layer.match(path))
    .flatMap(({ route: known }) => Object.keys(known!.methods).filter((method) => known!.methods[method]));
  const names = methods.map((method) => method.toUpperCase());
  return [...new Set(names.includes('GET') ? [...names, 'HEAD'] : names)].sort();
}
