import { StatisticsError, type StatisticsProblem } from '../statistics-error.js';

/** The problem and message with which a call is refused; fails on any other end of it. */
export function refusal(call: () => unknown): `${StatisticsProblem}: ${string}` {
  try {
    call();
  } catch (error) {
    if (error instanceof StatisticsError) return `${error.problem}: ${error.message}`;
    throw error;
  }
  throw new Error('The call was not refused.');
}
