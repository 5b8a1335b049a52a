/** What a metric has sent, minute by minute; undefined: nothing. */
export type Series = (metricName: string, of: string, minute: number) => number | undefined;

export type AlarmState = 'OK' | 'ALARM';

type Samples = readonly (number | undefined)[];

interface MetricStat {
  readonly Metric: { readonly MetricName: string; readonly Dimensions: readonly { readonly Value: string }[] };
  readonly Stat: string;
}

/** An alarm as a template has it. */
interface Alarm {
  readonly MetricName?: string;
  readonly Dimensions?: MetricStat['Metric']['Dimensions'];
  readonly Statistic?: string;
  readonly Metrics?: readonly { readonly Id: string; readonly Expression?: string; readonly MetricStat?: MetricStat }[];
  readonly Threshold: number;
  readonly ComparisonOperator: keyof typeof COMPARISONS;
  readonly EvaluationPeriods: number;
  readonly DatapointsToAlarm?: number;
  readonly TreatMissingData: string;
}

const COMPARISONS = {
  GreaterThanThreshold: (value: number, threshold: number) => value > threshold,
  GreaterThanOrEqualToThreshold: (value: number, threshold: number) => value >= threshold,
  LessThanThreshold: (value: number, threshold: number) => value < threshold,
};

/** The minutes at which an alarm is red, as CloudWatch's user guide says that it evaluates alarms. */
export function redMinutes(template: unknown, series: Series, minutes: number): readonly number[] {
  const alarm = template as Alarm;
  const { EvaluationPeriods: periods, DatapointsToAlarm: needed = periods, TreatMissingData: missing } = alarm;
  if (missing !== 'breaching' && missing !== 'notBreaching') throw new Error(`${missing} is not played`);
  const isBreaching = (value: number | undefined): boolean =>
    value === undefined ? missing === 'breaching' : COMPARISONS[alarm.ComparisonOperator](value, alarm.Threshold);
  return Array.from({ length: minutes }, (_, index) => index).filter((minute) => {
    if (minute < periods) return false;
    const window = Array.from({ length: periods }, (_, index) => minute - periods + 1 + index);
    return valuesOf(alarm, series, window).filter(isBreaching).length >= needed;
  });
}

function valuesOf(alarm: Alarm, series: Series, window: readonly number[]): Samples {
  const samplesOf = ({ Metric, Stat }: MetricStat): Samples =>
    window.map((minute) => {
      const value = series(Metric.MetricName, Metric.Dimensions[0]?.Value ?? '', minute);
      return Stat === 'SampleCount' && value !== undefined ? 1 : value;
    });
  if (alarm.Metrics === undefined) {
    const { MetricName = '', Dimensions = [], Statistic = '' } = alarm;
    return samplesOf({ Metric: { MetricName, Dimensions }, Stat: Statistic });
  }
  const named = new Map(
    alarm.Metrics.flatMap(({ Id, MetricStat }) => (MetricStat ? [[Id, samplesOf(MetricStat)]] : [])),
  );
  const [expression = ''] = alarm.Metrics.flatMap(({ Expression }) => Expression ?? []);
  return new MetricMath(expression, named, window.length).value();
}

type Pointwise = (...values: readonly number[]) => number;

/** As much of CloudWatch's metric math as the alarms use. A point that lacks an operand has no value. */
class MetricMath {
  readonly #tokens: string[];
  readonly #named: ReadonlyMap<string, Samples>;
  readonly #length: number;

  constructor(expression: string, named: ReadonlyMap<string, Samples>, length: number) {
    this.#tokens = expression.match(/[A-Za-z_]\w*|[\d.]+|[<>]=?|[-+/*(),[\]]/g) ?? [];
    this.#named = named;
    this.#length = length;
  }

  value(): Samples {
    const value = this.#comparison();
    if (this.#tokens.length > 0) throw new Error(`${this.#tokens.join(' ')} is not played`);
    return value;
  }

  #comparison(): Samples {
    return this.#chain(() => this.#quotient(), {
      '<': (a = 0, b = 0) => Number(a < b),
      '>': (a = 0, b = 0) => Number(a > b),
    });
  }

  #quotient(): Samples {
    return this.#chain(() => this.#atom(), { '/': (a = 0, b = 1) => a / b });
  }

  #chain(next: () => Samples, operators: Readonly<Record<string, Pointwise>>): Samples {
    let left = next();
    for (let act = operators[this.#tokens[0] ?? '']; act; act = operators[this.#tokens[0] ?? '']) {
      this.#tokens.shift();
      left = pointwise(act, left, next());
    }
    return left;
  }

  #atom(): Samples {
    const token = this.#tokens.shift() ?? '';
    if (/^\d/.test(token)) return Array.from({ length: this.#length }, () => Number(token));
    if (this.#tokens[0] !== '(') {
      const samples = this.#named.get(token);
      if (samples === undefined) throw new Error(`${token} is not named`);
      return samples;
    }
    return call(token, this.#list(')'));
  }

  /** What stands between brackets; a list within a call is its arguments. */
  #list(end: string): Samples[] {
    const values: Samples[] = [];
    for (this.#tokens.shift(); this.#tokens[0] !== end;) {
      if (this.#tokens[0] === '[') values.push(...this.#list(']'));
      else values.push(this.#comparison());
      if (this.#tokens[0] === ',') this.#tokens.shift();
    }
    this.#tokens.shift();
    return values;
  }
}

function pointwise(act: Pointwise, ...operands: readonly Samples[]): Samples {
  return (operands[0] ?? []).map((_, index) => {
    const values = operands.map((each) => each[index]);
    return values.some((value) => value === undefined) ? undefined : act(...(values as number[]));
  });
}

const EMPTY: Samples = [];

function call(name: string, values: readonly Samples[]): Samples {
  const [first = EMPTY, second = EMPTY, third = EMPTY] = values;
  switch (name) {
    case 'IF':
      return first.map((condition, index) =>
        condition === undefined ? undefined : (condition === 0 ? third : second)[index],
      );
    case 'RATE':
      return first.map((value, index) => {
        const before = first[index - 1];
        return value === undefined || before === undefined ? undefined : (value - before) / 60;
      });
    case 'SUM':
      return first.map((_, index) => {
        const there = values.flatMap((each) => each[index] ?? []);
        return there.length === 0 ? undefined : there.reduce((sum, value) => sum + value, 0);
      });
    // What has sent nothing at all is not filled.
    case 'FILL':
      return first.every((value) => value === undefined) ? first : first.map((value, index) => value ?? second[index]);
    case 'RUNNING_SUM': {
      let sum = 0;
      return first.map((value) => (value === undefined ? undefined : (sum += value)));
    }
    default:
      throw new Error(`${name} is not played`);
  }
}
