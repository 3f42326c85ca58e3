// Stanford's heart transplants, the data on which the wrong design looks best: by patient (jasa in reference-r.json), and
// in (start, stop] rows as survival publishes them (data-heart.json).
import { readFileSync } from 'node:fs';
import { coxRegression, immortalTimeLesson, kaplanMeier, landmarkRows } from '../../../libs/statistics/dist/index.js';
import { COLOURS, figure, panel } from '../svg.mjs';

const LANDMARK = 30;
const reference = new URL('../../../libs/statistics/reference/survival/', import.meta.url);
const read = (file) => JSON.parse(readFileSync(new URL(file, reference), 'utf8'));
const { jasa } = read('reference-r.json');
const { start, stop: time, event, transplant } = read('data-heart.json').columns;

const chosen = (rows, is) => {
  const keep = Array.from(rows.time.keys()).filter((i) => is(i));
  const pick = (column) => column && keep.map((i) => column[i]);
  return { time: pick(rows.time), event: pick(rows.event), start: pick(rows.start) };
};
const both = (rows, reached) => [1, 0].map((state) => kaplanMeier(chosen(rows, (i) => reached[i] === state)));

export const name = 'immortal-time';
export function draw() {
  const ever = jasa.reached.map((at, i) => (at !== null && at <= jasa.time[i] ? 1 : 0));
  const landmark = landmarkRows(jasa, { at: LANDMARK });
  const switched = { start, time, event };
  const varying = coxRegression({ ...switched, covariates: { transplant } });
  const lesson = immortalTimeLesson(jasa, [LANDMARK]);
  const ratio = (fit) => fit.coefficients[0].ratio.toFixed(2);
  const designs = [
    ['Wrong: fixed at the start', both(jasa, ever), ratio(lesson.naive), 'days since acceptance'],
    [`Landmark at day ${LANDMARK}`, both(landmark, landmark.reached), ratio(lesson.landmarks[0].fit), `days since day ${LANDMARK}`],
    ['Switched on when reached', both(switched, transplant), ratio(varying), 'days since acceptance'],
  ]; // prettier-ignore
  const panels = designs.map(([title, curves, hazardRatio, label], k) => {
    const x = { from: 0, to: 600, ticks: [0, 200, 400, 600], label };
    const y = { from: 0, to: 1, ticks: [0, 0.5, 1], format: (value) => `${100 * value} %` };
    const own = panel({ left: 60 + k * 290, top: 50, width: 230, height: 210, title, x, y });
    curves.forEach(({ time, survival }, group) =>
      own.step(Array.from(time), survival, { colour: [COLOURS.blue, COLOURS.orange][group], dash: group === 0 ? '' : '6 3' }),
    ); // prettier-ignore
    own.write([60 + k * 290 + 226, 66], `hazard ratio ${hazardRatio}`, { anchor: 'end', weight: 600 });
    return own;
  });
  panels[0].write([60, 325], '— reached the milestone (transplant)', { colour: COLOURS.blue });
  panels[0].write([330, 325], '- - not reached', { colour: COLOURS.orange });
  const description = `Survival by whether a transplant was had, in three designs of the same data. Hazard ratios ${designs.map((one) => one[2]).join(', ')}.`;
  return figure({ width: 900, height: 340, title: 'One data set, three designs', description }, panels);
}
