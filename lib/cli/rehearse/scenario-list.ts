import type { Scenario } from '../../rehearsal';
import { wrapped, WIDTH } from '../runbook/paragraph';

/** Every scenario with what happens in it. */
export function scenarioList(scenarios: readonly Scenario[]): string {
  const widest = Math.max(...scenarios.map(({ name }) => name.length)) + 2;
  const lines = scenarios.flatMap(({ name, about }) =>
    wrapped(about, WIDTH - widest).map((line, index) => `${(index === 0 ? name : '').padEnd(widest)}${line}`),
  );
  return `${lines.join('\n')}\n`;
}
