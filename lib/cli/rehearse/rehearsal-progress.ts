import type { Act, Listener, Rehearsal, Stage } from '../../rehearsal';
import type { RunbookEvent, RunbookResult } from '../../runbook/contract';
import { report } from '../../runbook/execution';
import type { JournalRow } from '../../runbook/execution/ports';
import type { Io } from '../io';
import { LiveLines } from '../live-lines';
import { paintFor, type Paint } from '../paint';
import { cut } from '../runbook/paragraph';
import { span } from '../runbook/span';
import { taskList, TITLES } from '../runbook/task-list';

/** What a person sees while rehearsals are played. On stderr: stdout is for the outcome. */
export interface RehearsalProgress {
  /** One begins. */
  listen(title: string): Listener;
  /** It is over, and was judged. */
  judged(title: string, rehearsal: Rehearsal): void;
  note(text: string): void;
  /** Takes away what is not to stay. */
  end(): void;
}

type Phase = RunbookResult['phase'];

/** Everything that is played, in the order in which it begins. Redrawn in place on a terminal; else one line for every change. */
export function rehearsalProgress(titles: readonly string[], io: Io): RehearsalProgress {
  return io.stderr.isTTY ? liveProgress(titles, io) : lineProgress(io);
}

/** One rehearsal as it is watched. */
class Watch {
  readonly title: string;
  readonly #io: Io;
  state: 'waiting' | 'playing' | 'kept' | 'broken' = 'waiting';
  doing = 'not begun';
  #began = 0;
  #ended: number | undefined;
  #stage: Stage | undefined;
  #rows: JournalRow[] = [];
  #event: RunbookEvent = { mode: 'plan' };
  #result: RunbookResult | undefined;
  #runBegan = 0;
  #phaseBegan = 0;

  constructor(title: string, io: Io) {
    this.title = title;
    this.#io = io;
  }

  /** Seconds of the machine. */
  get elapsed(): number {
    return this.state === 'waiting' ? 0 : (this.#ended ?? this.#io.now()) - this.#began;
  }

  listener(changed: () => void): Listener {
    this.state = 'playing';
    this.doing = 'starting servers';
    this.#began = this.#io.now();
    const tell = (doing: string): void => {
      this.doing = doing;
      changed();
    };
    return {
      onRaised: (stage) => {
        this.#stage = stage;
        tell(`${stage.backend.members.length} servers run, and clients write`);
      },
      onAct: (act) => tell(actText(act)),
      onRow: (row) => {
        this.#take(row);
        const phase: Phase = this.#result?.phase ?? 'start';
        tell(this.#result?.outcome === 'IN_PROGRESS' ? `${phase}: ${TITLES[phase]}` : 'the run is over; clients go on');
      },
    };
  }

  over(isKept: boolean, doing: string): void {
    this.state = isKept ? 'kept' : 'broken';
    this.doing = doing;
    this.#ended = this.#io.now();
  }

  /** The phases of its run, by the clock of the cloud. */
  phases(width: number, paint: Paint): readonly string[] {
    if (this.#result === undefined || this.state !== 'playing') return [];
    const now = this.#now();
    const times = { elapsed: now - this.#runBegan, inPhase: now - this.#phaseBegan };
    return taskList({ event: this.#event, host: 'the embedded cloud', ...times, result: this.#result }, width, paint);
  }

  #take(row: JournalRow): void {
    // Another run has begun: what was seen of the one before is over.
    if (row.type === 'begun') {
      this.#rows = [];
      this.#runBegan = this.#now();
      this.#event = row.event;
    }
    this.#rows.push(row);
    const result = report(this.#rows, { command: () => '' });
    if (result.phase !== this.#result?.phase) this.#phaseBegan = this.#now();
    this.#result = result;
  }

  /** Seconds of the cloud. */
  #now(): number {
    return (this.#stage?.clock.now() ?? 0) / 1000;
  }
}

function actText({ text, member }: Act): string {
  return member === undefined ? text : `${member}: ${text}`;
}

function verdictText({ verdict }: Rehearsal): string {
  const broken = verdict.promises.filter(({ isKept }) => !isKept).map(({ id }) => id);
  return broken.length === 0 ? 'every promise kept' : `broken: ${broken.join(', ')}`;
}

const MARKS = { waiting: '[ ]', playing: '[>]', kept: '[x]', broken: '[!]' } as const;
const COLOURS = { playing: 'yellow', kept: 'green', broken: 'red' } as const;

function liveProgress(titles: readonly string[], io: Io): RehearsalProgress {
  const paint = paintFor(io.stderr, io.env);
  const watches = titles.map((title) => new Watch(title, io));
  const widest = Math.max(...titles.map((title) => title.length));
  const lineOf = ({ title, state, doing, elapsed }: Watch, width: number): string => {
    const line = cut(`${MARKS[state]} ${title.padEnd(widest)} ${span(elapsed).padStart(6)}  ${doing}`, width);
    return state === 'waiting' ? line : paint(COLOURS[state], line);
  };
  const live = new LiveLines(io, (width) => [
    ...watches.map((watch) => lineOf(watch, width)),
    // More would not fit on a screen.
    ...(watches.length === 1 ? (watches[0]?.phases(width, paint) ?? []) : []),
  ]);
  const named = (title: string): Watch | undefined => watches.find((watch) => watch.title === title);
  return {
    listen: (title) => named(title)?.listener(() => live.draw()) ?? {},
    judged(title, rehearsal) {
      named(title)?.over(rehearsal.verdict.isKept, verdictText(rehearsal));
      live.draw();
    },
    note: (text) => live.note(text),
    end: () => live.end(),
  };
}

function lineProgress(io: Io): RehearsalProgress {
  const began = io.now();
  const tell = (title: string, text: string): void => io.stderr.write(`+${span(io.now() - began)} ${title}: ${text}\n`);
  return {
    listen(title) {
      const watch = new Watch(title, io);
      let told = '';
      const listener = watch.listener(() => {
        if (watch.doing !== told) tell(title, watch.doing);
        told = watch.doing;
      });
      tell(title, watch.doing);
      return listener;
    },
    judged: (title, rehearsal) => tell(title, verdictText(rehearsal)),
    note: (text) => io.stderr.write(`${text}\n`),
    end: () => undefined,
  };
}
