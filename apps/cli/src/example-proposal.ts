/** A proposal that runs as it stands; from the root of the repository. */
export const EXAMPLE_PROPOSAL = 'docs/examples/proposed-signal.yaml';
