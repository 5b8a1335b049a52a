import type { Clock } from '../clock';
import type { Instance, Timer } from './instance';
import type { InstanceBackend, WorkKind } from './instance-backend';
import type { Parameter } from './parameter-groups';
import { endOfStage, type Procedure, type ProcedureKind, type Stage } from './procedure';

/** Something that is due. */
interface Due {
  readonly at: number;
  readonly instance: Instance;
  readonly timer: keyof Instance['timers'] | undefined;
}

export interface ProgressOptions {
  /** By ARN. Progress changes it; so may others, between two calls. */
  readonly instances: Map<string, Instance>;
  readonly clock: Clock;
  readonly backend: InstanceBackend;
  /** What an instance's parameter group changes. */
  readonly parametersOf: (instance: Instance) => readonly Parameter[];
  /** Told of every change. */
  readonly onChange: (instance: Instance) => void;
  /** Told when an instance's deletion is over. */
  readonly onGone: (instance: Instance) => void;
}

/** Leads every instance through what was begun with it, as time passes. */
export class Progress {
  readonly #options: ProgressOptions;
  #cancelAlarm: () => void = () => undefined;

  constructor(options: ProgressOptions) {
    this.#options = options;
  }

  /** Begins a procedure now; one that runs already is over. */
  begin(arn: string, kind: ProcedureKind, stages: readonly Stage[]): void {
    this.#enter(arn, { kind, stages, since: this.#options.clock.now(), working: false });
    this.settle();
  }

  /** Begins a procedure as soon as the instance is through with the one that it is in. */
  queue(arn: string, kind: ProcedureKind, stages: readonly Stage[]): void {
    const running = this.#options.instances.get(arn)?.procedure;
    if (running) this.change(arn, { procedure: { ...running, kind, stages: [...running.stages, ...stages] } });
    else this.begin(arn, kind, stages);
  }

  change(arn: string, becomes: Partial<Instance>): void {
    const instance = this.#options.instances.get(arn);
    if (!instance) return;
    const changed = { ...instance, ...becomes };
    this.#options.instances.set(arn, changed);
    this.#options.onChange(changed);
  }

  /** Lets a change come by itself; of one kind, the last one asked for. */
  later(arn: string, kind: keyof Instance['timers'], timer: Timer): void {
    const timers = this.#options.instances.get(arn)?.timers;
    this.change(arn, { timers: { ...timers, [kind]: timer } });
    this.settle();
  }

  /** Carries out all that is due, each thing at its own time, and sets the alarm for what comes next. */
  settle(): void {
    const now = this.#options.clock.now();
    for (let due = this.#next(); due && due.at <= now; due = this.#next()) this.#carryOut(due);
    this.#cancelAlarm();
    const next = this.#next();
    this.#cancelAlarm = next ? this.#options.clock.alarm(next.at, () => this.settle()) : () => undefined;
  }

  /** Sends the backend to work on something that has no status of its own. */
  workAside(arn: string, kind: WorkKind): void {
    this.#work(arn, kind)?.catch(() => this.change(arn, { status: 'failed', procedure: undefined }));
  }

  #work(arn: string, kind: WorkKind): Promise<void> | undefined {
    const { instances, backend, parametersOf } = this.#options;
    const instance = instances.get(arn);
    if (!instance) return undefined;
    const source = instance.source === undefined ? undefined : instances.get(instance.source);
    return backend.carryOut({ kind, instance, source, parameters: parametersOf(instance) });
  }

  #next(): Due | undefined {
    const all = [...this.#options.instances.values()].flatMap(dueOf);
    return all.reduce<Due | undefined>((first, due) => (first && first.at <= due.at ? first : due), undefined);
  }

  #carryOut({ at, instance, timer }: Due): void {
    if (timer) {
      const { [timer]: rung, ...timers } = instance.timers;
      this.change(instance.arn, { ...rung?.becomes, timers });
      if (timer === 'securityGroups') this.workAside(instance.arn, 'configure');
    } else if (instance.procedure) {
      this.#advance(instance, instance.procedure, at);
    }
  }

  #advance(instance: Instance, { kind, stages }: Procedure, at: number): void {
    const rest = stages.slice(1);
    if (rest.length > 0) {
      this.#enter(instance.arn, { kind, stages: rest, since: at, working: false });
    } else if (kind !== 'deletion' || instance.status !== 'deleting') {
      this.change(instance.arn, { procedure: undefined });
    } else {
      this.#options.instances.delete(instance.arn);
      this.#options.onGone(instance);
    }
  }

  #enter(arn: string, procedure: Procedure): void {
    const [stage] = procedure.stages;
    this.change(arn, { ...stage?.becomes, status: stage?.status ?? 'available', procedure });
    const done = stage?.work && this.#work(arn, stage.work);
    if (!done) return;
    this.change(arn, { procedure: { ...procedure, working: true } });
    done.then(
      () => this.#finishWork(arn, stage),
      () => this.#failWork(arn, stage),
    );
  }

  /** A stage that took longer than the timetable says ends when its work does. */
  #finishWork(arn: string, stage: Stage): void {
    const procedure = this.#inStage(arn, stage);
    const instance = this.#options.instances.get(arn);
    if (!procedure || !instance) return;
    const isBorn = stage.work === 'create' || stage.work === 'replicate';
    const endpoint = isBorn ? this.#options.backend.adopt?.(instance) : undefined;
    const spent = (this.#options.clock.now() - procedure.since) / 1000;
    const stages = [{ ...stage, seconds: Math.max(stage.seconds, spent) }, ...procedure.stages.slice(1)];
    this.change(arn, { ...(endpoint && { endpoint }), procedure: { ...procedure, stages, working: false } });
    this.settle();
  }

  #failWork(arn: string, stage: Stage): void {
    if (this.#inStage(arn, stage)) this.change(arn, { status: 'failed', procedure: undefined });
  }

  /** Work may end when the instance is long in another stage, or gone. */
  #inStage(arn: string, stage: Stage): Procedure | undefined {
    const procedure = this.#options.instances.get(arn)?.procedure;
    return procedure?.stages[0] === stage ? procedure : undefined;
  }
}

function dueOf(instance: Instance): readonly Due[] {
  const end = instance.procedure && endOfStage(instance.procedure);
  const stage = end === undefined ? [] : [{ at: end, instance, timer: undefined }];
  const { parameters, securityGroups } = instance.timers;
  return [
    ...(parameters ? [{ at: parameters.at, instance, timer: 'parameters' as const }] : []),
    ...(securityGroups ? [{ at: securityGroups.at, instance, timer: 'securityGroups' as const }] : []),
    ...stage,
  ];
}
