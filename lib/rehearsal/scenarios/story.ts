import type { RunbookEvent, RunbookResult } from '../../runbook/contract';
import { report } from '../../runbook/execution';
import type { JournalRow } from '../../runbook/execution/ports';
import { formatDuration, parseDuration, type MemberId } from '../../topology';
import type { Stage } from '../stage/stage';
import { bestCandidate } from './best-candidate';
import type { Cast } from './cast';
import { momentOf, type Moment } from './moment';
import { Life, mortalPorts } from './mortal-ports';
import { performAct } from './perform-act';
import type { Act, RehearsedRun } from './rehearsal';
import type { Scenario } from './scenario';
import type { ActInput, Deed, RequestInput } from './scenario-schema';

/** Hears what happens while it happens. */
export interface Listener {
  /** The servers run. */
  onRaised?(stage: Stage): void;
  onAct?(act: Act): void;
  onRow?(row: JournalRow, run: number): void;
  onRun?(run: RehearsedRun): void;
}

/** A run that was begun, or is about to. */
interface Running {
  readonly life: Life;
  readonly rows: JournalRow[];
  isOver: boolean;
}

type Timing = Pick<ActInput, 'at' | 'when' | 'after'>;

/** What keeps a server from answering, or from taking writes, by what takes it back: one that was killed does not live because it is thawed. */
const HEALS: Readonly<Partial<Record<Deed, Deed>>> = { start: 'kill', thaw: 'freeze', 'empty-disk': 'fill-disk' };
const HURTS: readonly Deed[] = Object.values(HEALS);

/** Plays one scenario on a stage: acts at their time, runs at theirs. */
export class Story {
  readonly acts: Act[] = [];
  readonly runs: RehearsedRun[] = [];
  /** What was done to whom, and not taken back. */
  readonly #hurts = new Map<MemberId, Set<Deed>>();
  readonly #stage: Stage;
  readonly #scenario: Scenario;
  readonly #listener: Listener;
  readonly #running: readonly Running[];
  readonly #waiting = new Set<() => void>();
  readonly #began: number;
  #target: MemberId;

  constructor(stage: Stage, scenario: Scenario, listener: Listener = {}) {
    this.#stage = stage;
    this.#scenario = scenario;
    this.#listener = listener;
    this.#began = stage.clock.now();
    this.#target = bestCandidate(stage.topology) ?? stage.topology.primary;
    this.#running = scenario.runs.map(() => ({ life: new Life(), rows: [], isOver: false }));
  }

  /** Until the last run is over, and every act that has a time has happened. One whose moment never comes does not happen. */
  async play(): Promise<void> {
    const { acts = [], runs } = this.#scenario;
    const timed = acts.map((act) => this.#act(act));
    await Promise.all(runs.map((request, index) => this.#request(request, index)));
    this.#waiting.clear();
    await Promise.all(
      timed.filter((_, index) => acts[index]?.when === undefined || this.#isCome(momentIn(acts[index]))),
    );
  }

  async #act(act: ActInput): Promise<void> {
    await this.#time(act);
    if (act.do === 'kill-runbook') this.#killRunbook();
    else if (act.do === 'declare') this.#declare();
    else await this.#perform(act);
  }

  async #perform(act: ActInput): Promise<void> {
    for (const done of await performAct(act, this.#stage, this.#cast)) {
      if (done.member !== undefined) this.#note(done.member, act.do);
      this.#tell(done);
    }
  }

  #note(member: MemberId, deed: Deed): void {
    const hurts = this.#hurts.get(member) ?? new Set<Deed>();
    this.#hurts.set(member, hurts);
    if (HURTS.includes(deed)) hurts.add(deed);
    // A process that has ended hangs no more.
    const healed = deed === 'kill' ? 'freeze' : HEALS[deed];
    if (healed !== undefined) hurts.delete(healed);
  }

  /** Who can answer nobody, or take no writes, because of what was done to it. */
  get hurt(): ReadonlySet<MemberId> {
    return new Set([...this.#hurts].flatMap(([member, { size }]) => (size > 0 ? member : [])));
  }

  async #request(request: RequestInput, index: number): Promise<void> {
    if (request.at === undefined && request.when === undefined) {
      if (index > 0) await this.#come({ kind: 'end', run: index });
      if (request.after !== undefined) await this.#stage.clock.wait(parseDuration(request.after));
    } else {
      await this.#time(request);
    }
    const running = this.#running[index];
    if (running === undefined) return;
    await (request.resume === undefined ? this.#begin(request, index) : this.#resume(request.resume - 1, index));
    running.isOver = true;
    this.#look();
  }

  /**
   * As a person does it: a plan, and its approval. Who is to be promoted is named: of two who are equally far, first the one
   * and then the other may be a moment ahead, and the approval of one is none of the other.
   */
  async #begin(request: RequestInput, index: number): Promise<void> {
    const { mode, accept = {} } = request;
    const consent: Partial<RunbookEvent> = {
      ...(accept.dataLoss === undefined ? {} : { acceptDataLoss: parseDuration(accept.dataLoss) }),
      ...(accept.splitBrainRisk === undefined ? {} : { acceptSplitBrainRisk: accept.splitBrainRisk }),
      ...(accept.findings === undefined ? {} : { override: accept.findings }),
    };
    const wish = request.target === undefined ? {} : { target: request.target };
    const first = await this.#ask({ mode: 'plan', ...wish, ...consent }, index);
    if (first?.plan?.mode !== mode) return;
    const { target } = first.plan;
    this.#target = target;
    const second = wish.target === target ? first : await this.#ask({ mode: 'plan', target, ...consent }, index);
    if (second?.planHash === undefined) return;
    await this.#ask({ mode, target, reason: 'a rehearsal', approve: second.planHash, ...consent }, index);
  }

  async #resume(earlier: number, index: number): Promise<void> {
    const { mode } = this.#scenario.runs[earlier] ?? {};
    const begun = this.#running[earlier]?.rows[0];
    if (mode === undefined || begun?.type !== 'begun') return;
    await this.#ask({ mode, reason: 'a rehearsal', runId: begun.runId }, index);
  }

  async #ask(event: RunbookEvent, index: number): Promise<RunbookResult | undefined> {
    const { life, rows: all } = this.#running[index] ?? { life: new Life(), rows: [] as JournalRow[] };
    const rows: JournalRow[] = [];
    const isPlan = event.mode === 'plan';
    const onRow = (row: JournalRow): void => {
      rows.push(row);
      if (isPlan) return;
      all.push(row);
      this.#listener.onRow?.(row, index + 1);
      this.#look();
    };
    const [began, holder] = [this.#stage.clock.now(), `operator ${index + 1}`];
    const ports = mortalPorts(this.#stage.ports, life);
    const answer = this.#stage.ask(event, { host: { holder, onRow }, ports, over: life.over });
    const result = await Promise.race([answer, life.over]);
    const run = {
      began,
      ended: this.#stage.clock.now(),
      request: index + 1,
      holder,
      event,
      rows,
      ...(result && { result }),
    };
    this.runs.push(run);
    this.#listener.onRun?.(run);
    return result;
  }

  #killRunbook(): void {
    for (const [index, { life, rows, isOver }] of this.#running.entries()) {
      if (isOver || life.isOver || rows.length === 0) continue;
      life.end();
      this.#tell({ at: this.#stage.clock.now(), text: `the runbook of operator ${index + 1} is killed` });
    }
  }

  /** What a person does after a promotion: the program says who is primary now, and has the new replicas. */
  #declare(): void {
    this.#stage.declare(this.#promoted);
    const { topology: declared } = this.#stage;
    this.#target = bestCandidate(declared) ?? declared.primary;
    this.#tell({ at: this.#stage.clock.now(), text: `the program declares ${declared.primary} as the primary` });
  }

  get #promoted(): MemberId {
    const rows = this.#running.flatMap((each) => each.rows);
    const row = rows.findLast((each) => each.type === 'promoted');
    return row?.type === 'promoted' ? row.member : this.#stage.topology.primary;
  }

  get #cast(): Cast {
    return { topology: this.#stage.topology, target: this.#target };
  }

  #tell(act: Act): void {
    this.acts.push(act);
    this.#listener.onAct?.(act);
  }

  async #time({ at, when, after = '0s' }: Timing): Promise<void> {
    const { clock } = this.#stage;
    if (when !== undefined) await this.#come(momentOf(when));
    else await clock.wait(Math.max(0, parseDuration(at ?? '0s') - (clock.now() - this.#began) / 1000));
    await clock.wait(parseDuration(after));
  }

  #come(moment: Moment): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (!this.#isCome(moment)) return;
        this.#waiting.delete(look);
        resolve();
      };
      this.#waiting.add(look);
      look();
    });
  }

  #look(): void {
    for (const look of [...this.#waiting]) look();
  }

  #isCome(moment: Moment): boolean {
    if (moment.kind === 'end') return this.#running[moment.run - 1]?.isOver === true;
    const asked = moment.run === undefined ? this.#running : this.#running.slice(moment.run - 1, moment.run);
    return asked.some(({ rows }) => isCome(moment, rows));
  }
}

function isCome(moment: Exclude<Moment, { kind: 'end' }>, rows: readonly JournalRow[]): boolean {
  switch (moment.kind) {
    case 'row':
      return rows.length >= moment.row;
    case 'call':
      return rows.some((row) => row.type === 'attempt' && row.phase === moment.phase);
    case 'phase':
      return rows.some((_, index) => phaseAfter(rows.slice(0, index + 1)) === moment.phase);
  }
}

const phaseAfter = (rows: readonly JournalRow[]): string => report(rows, { command: () => '' }).phase;

const momentIn = (act: ActInput | undefined): Moment => momentOf(act?.when ?? 'end of run 1');

/** When a scenario's clients stop, after everything else: a minute unless it says something else. */
export const aftermathOf = ({ aftermath = formatDuration(60) }: Scenario): number => parseDuration(aftermath);
