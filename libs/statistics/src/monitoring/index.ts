export { ALERT_START, alertStep, type AlertRule, type AlertState, type AlertStep } from './alert-state.js';
export { countRange, type CountDay, type CountHistory } from './count-range.js';
export {
  CUSUM_START,
  cusumChart,
  cusumStep,
  type CusumAlarm,
  type CusumChart,
  type CusumState,
} from './cusum-chart.js';
export { cusumRunLength, cusumThreshold, siegmundRunLength, type ChartSides, type CusumDesign } from './cusum-run-length.js'; // prettier-ignore
export { ewmaChart, ewmaLimits, type Baseline, type EwmaChart, type EwmaChartOptions, type EwmaLimits, type EwmaPoint } from './ewma-chart.js'; // prettier-ignore
export { ewmaRunLength, ewmaWidth, type EwmaDesign } from './ewma-run-length.js';
export type { ExpectedRange, RangeOptions } from './expected-range.js';
export { proportionRange, type ProportionDay, type ProportionHistory } from './proportion-range.js';
