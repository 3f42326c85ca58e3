import { formatTime, shortVersion } from '@milepost/contracts';
import type { Model } from '@milepost/contracts';
import type { ModelChange, ModelWatcher } from '@milepost/onboarding';
import type { Logger, Metrics } from '@milepost/stream';

/** Shows that a model that was activated scores, long before it opens a reason. */
export class ModelWatch implements ModelWatcher {
  /** By version, as every score asks for them. */
  private readonly labels = new Map<string, { model: string; version: string }>();

  constructor(
    private readonly metrics: Metrics,
    private readonly logger: Logger,
  ) {}

  scored({ kind, version }: Model): void {
    let labels = this.labels.get(version);
    if (!labels) this.labels.set(version, (labels = { model: kind, version: shortVersion(version) }));
    this.metrics.count('model_scores_total', labels);
  }

  inForce({ kind, from, model }: ModelChange): void {
    const since = formatTime(from);
    if (model === null) this.logger.info({ model: kind, since }, 'No model is in force: no account is scored');
    else this.logger.info({ model: kind, version: model.version, since, threshold: model.threshold }, 'A model is in force: accounts are scored with it, a week after their start and each week after that'); // prettier-ignore
  }
}
