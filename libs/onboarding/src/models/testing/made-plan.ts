import type { Plan } from '@milepost/plan';

/** What models ask of a plan, and no more. */
export const madePlan = {
  version: 'made',
  events: {
    run: { type: 'run', coreAction: true },
    view: { type: 'view', coreAction: false },
  },
  milestones: [{ name: 'first-value' }, { name: 'habit' }],
  signals: [
    {
      name: 'expansion-ready',
      reasons: [
        { code: 'limit', condition: { kind: 'event-until-event', select: { types: ['limit'], outcome: null } } },
      ],
    },
  ],
} as unknown as Plan;
