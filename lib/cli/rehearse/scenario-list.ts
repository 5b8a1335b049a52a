import type { Scenario } from '../../rehearsal';
import { wrapped, WIDTH } from '../runbook/paragraph';

/** Scenarios, with what happens in each. */
export function scenarioList(scenarios: readonly Scenario[]): string {
  if (scenarios.length === 0) return 'none of the scenarios that are there can be played on it\n';
  const widest = Math.max(...scenarios.map(({ name }) => name.length)) + 2;
  const lines = scenarios.flatMap(({ name, about }) =>
    wrapped(about, WIDTH - widest).map((line, index) => `${(index === 0 ? name : '').padEnd(widest)}${line}`),
  );
  return `${lines.join('\n')}\n`;
}
