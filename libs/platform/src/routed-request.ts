interface Layer {
  match(path: string): boolean;
  route?: Route;
}

interface Route {
  path: string;
  methods: Readonly<Record<string, boolean>>;
}

/** What Express has of a request that no route took. */
export interface RoutedRequest {
  path: string;
  /** Set once a route has taken it. */
  route?: unknown;
  app: { router: { stack: readonly Layer[] } };
}

/** Every route of the service, or those that fit a path. */
export const routesOf = ({ app }: RoutedRequest, path?: string): Route[] =>
  app.router.stack.flatMap((layer) => (layer.route && (path === undefined || layer.match(path)) ? [layer.route] : []));
