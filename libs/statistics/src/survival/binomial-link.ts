/** logit: log odds. cloglog: log(-log(1 - h)), under which a period's effects are those of proportional hazards. */
export type HazardLink = 'logit' | 'cloglog';

/** Of `events` among `trials` at linear predictor η: the log-likelihood (without its constant) and derivatives by η. */
export interface BinomialTerm {
  logLikelihood: number;
  score: number;
  /** Minus the second derivative, as seen and as expected. */
  observed: number;
  expected: number;
}

export function hazardOf(link: HazardLink, eta: number): number {
  return link === 'logit' ? 1 / (1 + Math.exp(-eta)) : -Math.expm1(-Math.exp(eta));
}

export function linkOf(link: HazardLink, hazard: number): number {
  return link === 'logit' ? Math.log(hazard / (1 - hazard)) : Math.log(-Math.log1p(-hazard));
}

/** Writes into `term`, for it is called once a row: no term loses its digits at small or large hazards. */
export function binomialTerm(link: HazardLink, eta: number, events: number, trials: number, term: BinomialTerm): void {
  const others = trials - events;
  if (link === 'logit') {
    const small = Math.exp(-Math.abs(eta));
    const lostEither = Math.log1p(small);
    const hazard = eta > 0 ? 1 / (1 + small) : small / (1 + small);
    term.logLikelihood = -(events * (lostEither + Math.max(0, -eta)) + others * (lostEither + Math.max(0, eta)));
    term.score = events - trials * hazard;
    term.observed = term.expected = (trials * small) / (1 + small) ** 2;
    return;
  }
  const rate = Math.exp(eta);
  const hazard = -Math.expm1(-rate);
  // rate / (e^rate - 1): 1 at small rates, 0 at large ones.
  const ratio = rate === 0 ? 1 : rate / Math.expm1(rate);
  term.logLikelihood = (events > 0 ? events * Math.log(hazard) : 0) - others * rate;
  term.score = events * ratio - others * rate;
  term.observed = others * rate + (events > 0 ? events * ratio * (rate / hazard - 1) : 0);
  term.expected = trials * rate * ratio;
}
