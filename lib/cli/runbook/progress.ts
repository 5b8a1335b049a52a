import type { RunbookEvent, RunbookResult } from '../../runbook/contract';
import type { Io } from '../io';
import { paintFor } from '../paint';
import { WIDTH } from './paragraph';
import { span } from './span';
import { taskList, TITLES } from './task-list';

/** What a person sees while a question is answered. On stderr: stdout is for the answer. */
export interface Progress {
  /** A run, as status tells of it. */
  see(result: RunbookResult): void;
  /** Something to be read that stays. */
  note(text: string): void;
  /** Takes away what is not to stay. */
  end(): void;
}

/** Redrawn in place on a terminal; else one line for every change. */
export function progressOf(event: RunbookEvent, host: string, io: Io): Progress {
  return io.stderr.isTTY ? liveProgress(event, host, io) : lineProgress(io);
}

/**
 * Only moves the cursor up and clears what is below: nothing is switched that would have to be switched back, so however the
 * process ends, the terminal is as it was.
 */
function liveProgress(event: RunbookEvent, host: string, io: Io): Progress {
  const { stderr } = io;
  const paint = paintFor(stderr, io.env);
  const stop = new AbortController();
  const began = io.now();
  let phaseBegan = began;
  let result: RunbookResult | undefined;
  let height = 0;
  const clear = (): void => {
    if (height > 0) stderr.write(`\u001B[${height}A\r\u001B[J`);
    height = 0;
  };
  const draw = (): void => {
    const now = io.now();
    // Some terminals say that they have no columns at all.
    // A line that reaches the edge would take two rows, and the cursor would not go up far enough.
    const width = Math.max(20, (stderr.columns || WIDTH) - 1);
    const watched = { event, host, result, elapsed: now - began, inPhase: now - phaseBegan };
    const lines = taskList(watched, width, paint);
    clear();
    stderr.write(lines.map((line) => `${line}\n`).join(''));
    height = lines.length;
  };
  void everySecond(draw, io, stop.signal);
  return {
    see(next) {
      if (next.phase !== result?.phase) phaseBegan = io.now();
      result = next;
      draw();
    },
    note(text) {
      clear();
      stderr.write(`${text}\n`);
      draw();
    },
    end() {
      stop.abort();
      clear();
    },
  };
}

async function everySecond(draw: () => void, io: Io, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    draw();
    await io.wait(1, signal);
  }
}

function lineProgress(io: Io): Progress {
  const began = io.now();
  const told = new Set<string>();
  const tell = (text: string): void => {
    if (told.has(text)) return;
    told.add(text);
    io.stderr.write(`+${span(io.now() - began)} ${text}\n`);
  };
  return {
    see({ outcome, phase: doing, timings, waitingFor }) {
      for (const { phase, seconds } of timings) {
        if (phase !== 'start') tell(`${phase}: done in ${span(seconds)}`);
      }
      if (outcome !== 'IN_PROGRESS') return;
      if (doing !== 'start') tell(`${doing}: ${TITLES[doing]}`);
      if (waitingFor !== undefined) tell(`${doing}: waiting for ${waitingFor}`);
    },
    note: (text) => io.stderr.write(`${text}\n`),
    end: () => undefined,
  };
}
