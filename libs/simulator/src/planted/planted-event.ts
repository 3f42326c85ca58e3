import type { AccountContext, OnboardingEvent } from '@milepost/contracts';
import { EventIds } from '../event-id.js';
import { FLOWPEAK } from '../flowpeak.js';
import { flowpeakEvent } from '../flowpeak-event.js';
import type { Properties, Source } from '../flowpeak-event.js';
import { MOMENT_OUTCOMES, MOMENT_TYPES } from './moments.js';
import type { Moments, MomentType } from './moments.js';
import type { PlantedCompany } from './planted-company.js';
import type { PlantedLife } from './planted-life.js';
import { TOUCHES } from './touch-chain.js';

const SEAT_PRICE: Record<string, number> = { starter: 1_900, pro: 2_900, enterprise: 7_900 };
const SOURCES: Partial<Record<MomentType, Source>> = {
  'report.viewed': 'analytics',
  'feedback.recorded': 'support',
  'subscription.started': 'billing',
  'subscription.renewed': 'billing',
  'subscription.expanded': 'billing',
  'subscription.cancelled': 'billing',
};
const FEEDBACK = ['ticket', 'interview'];
const THEMES = ['setup', 'integrations', 'pricing', 'speed', 'permissions'];

/** Turns the moments of one account into events. */
export class PlantedEvents {
  readonly accountId: string;
  private readonly ids: EventIds;
  private readonly users: (string | null)[] = [null];

  constructor(
    private readonly company: PlantedCompany,
    private readonly life: PlantedLife,
    seed: number,
    prefix: string,
  ) {
    this.accountId = `${prefix}_${life.account + 1}`;
    this.ids = new EventIds(seed, this.accountId);
  }

  eventAt(moments: Moments, i: number): OnboardingEvent {
    const type = MOMENT_TYPES[moments.type[i]!]!;
    const at = moments.at[i]!;
    return flowpeakEvent(
      this.ids.of(at, moments.order[i]!),
      this.accountId,
      type,
      at,
      this.propertiesOf(type, moments.detail[i]!),
      {
        outcome: MOMENT_OUTCOMES[moments.outcome[i]!]!,
        userId: this.user(moments.user[i]!),
        context: type === 'account.created' ? contextOf(this.company, this.life) : null,
        source: SOURCES[type] ?? 'core',
      },
    );
  }

  private user(number: number): string | null {
    return (this.users[number] ??= `${this.accountId}-u${number}`);
  }

  private propertiesOf(type: MomentType, detail: number): Properties {
    switch (type) {
      case 'account.created':
        return { trial: true };
      case 'workspace.configured':
        return { step: 'domain' };
      case 'data.imported':
        return { rows: 1 + detail * 5, connector: 'csv' };
      case 'integration.connected':
        return { integration: FLOWPEAK.integrations[detail]! };
      case 'teammate.invited':
        return { role: 'member' };
      case 'workflow.created':
        return { workflowId: `w_${detail + 1}` };
      case 'workflow.run':
        return { workflowId: `w_${1 + (detail % 9)}`, durationMs: detail };
      case 'report.viewed':
        return { reportId: `r_${detail + 1}` };
      case 'guide.completed':
        return { guideId: detail === 0 ? 'tour' : this.company.playbooks[detail - 1]!.name };
      case 'feedback.recorded':
        return { kind: FEEDBACK[detail]!, theme: THEMES[this.life.account % 5]! };
      case 'subscription.cancelled':
        return { amountMinor: 0, currency: 'EUR' };
      default:
        return this.terms(detail);
    }
  }

  private terms(seats: number): Properties {
    const termMonths = this.life.hasTerm ? Math.round(this.company.terms.days / 30) : 1;
    const price = SEAT_PRICE[this.company.segments[this.life.segment]!.tier]!;
    return { amountMinor: seats * price * termMonths, currency: 'EUR', termMonths, seats };
  }
}

export function contextOf(company: PlantedCompany, life: PlantedLife): AccountContext {
  const { industry, region } = company.cells[life.cell]!;
  return {
    planTier: company.segments[life.segment]!.tier,
    companySize: life.companySize,
    industry,
    region,
    acquisitionChannel: TOUCHES[life.touches[0]!]!,
  };
}
