// Two playbooks of the planted company with a share held out: one moves what causes renewal, one moves what does not.
import { playbookRiskDifference } from '../../../libs/simulator/dist/index.js';
import { proportionComparison, sampleRatio } from '../../../libs/statistics/dist/index.js';
import { company, lives } from '../company.mjs';
import { COLOURS, figure, panel } from '../svg.mjs';

const HORIZON = 120;
const SIZES = [500, 1500, 4500];

function readouts(playbook) {
  const { day } = company.playbooks[playbook];
  return SIZES.map((until) => {
    const rows = lives(0, until).filter(({ arms, hasTerm }) => arms[playbook] > 0 && hasTerm === 0);
    const arm = (of) => {
      const own = rows.filter(({ arms }) => arms[playbook] === of);
      return { events: own.filter(({ time, event }) => event === 1 && time <= day + HORIZON).length, accounts: own.length };
    }; // prettier-ignore
    const [heldOut, played] = [arm(1), arm(2)];
    return {
      accounts: rows.length,
      ...proportionComparison(heldOut, played).difference,
      isMismatch: sampleRatio([heldOut.accounts, played.accounts]).isMismatch,
    };
  });
}

export const name = 'playbook';
export function draw() {
  const format = (value) => `${Math.round(100 * value)}`;
  const panels = company.playbooks.map((playbook, k) => {
    const truth = playbookRiskDifference(company, k, HORIZON);
    const x = {
      from: -0.25,
      to: 0.15,
      ticks: [-0.2, -0.1, 0, 0.1],
      format,
      label: 'risk of leaving, percentage points',
    };
    const own = panel({ left: 170 + k * 340, top: 50, width: 300, height: 130, title: playbook.name, x, y: { from: 0.4, to: 3.6 } }); // prettier-ignore
    own.line([own.across(0), 50], [own.across(0), 180], { colour: COLOURS.grey, dash: '4 3' });
    own.line([own.across(truth), 50], [own.across(truth), 180], { colour: COLOURS.green, width: 2 });
    readouts(k).forEach(({ accounts, estimate, lower, upper, isMismatch }, i) => {
      own.interval([lower, upper], 3 - i, { colour: COLOURS.blue });
      own.point([estimate, 3 - i], { colour: COLOURS.blue });
      if (isMismatch) throw new Error('The arms are not as they were assigned: nothing may be drawn.');
      const left = 170 + k * 340;
      own.write([k === 0 ? 160 : left - 8, own.up(3 - i) + 4], k === 0 ? `${accounts} accounts` : accounts, { anchor: 'end' }); // prettier-ignore
    });
    return own;
  });
  panels[0].write([170, 252], '● played to less held out, 95 %', { colour: COLOURS.blue });
  panels[0].write([420, 252], '| the planted truth', { colour: COLOURS.green });
  const description = 'Differences between accounts played to and held out, for three numbers of accounts. The intervals narrow towards the truth, which is 0 for the second playbook.'; // prettier-ignore
  return figure({ width: 830, height: 270, title: 'What two playbooks did', description }, panels);
}
