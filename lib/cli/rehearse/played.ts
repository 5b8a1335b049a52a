import type { Rehearsal, Stage } from '../../rehearsal';
import type { Io } from '../io';
import { playAll, type PlayAll } from './play-all';
import { rehearsalProgress } from './rehearsal-progress';

/** Shows what was seen. @param stage the servers, when they are kept */
type Show = (rehearsals: readonly Rehearsal[], stage?: Stage) => Promise<void>;

const TITLES = { postgres: 'PostgreSQL', mariadb: 'MariaDB' } as const;

/**
 * Plays everything while a person watches, and shows it.
 *
 * At Ctrl-C the servers end by themselves before anybody here hears of it, and their folders are gone: the rest of the play, which
 * talks to nobody any more, is not waited for.
 *
 * @param mayKeep the servers of the only rehearsal are left until Ctrl-C
 */
export async function played(
  all: Omit<PlayAll, 'progress' | 'onRaised' | 'keep'>,
  show: Show,
  mayKeep: boolean,
): Promise<'over' | 'interrupted'> {
  const { io, plays, engine, scale } = all;
  const raised: Stage[] = [];
  const interrupted = interruption(io);
  io.stderr.write(`rehearsing on real ${TITLES[engine]} servers, up to ${scale} times as fast as time\n`);
  const progress = rehearsalProgress(
    plays.map(({ title }) => title),
    io,
  );
  const kept: Stage[] = [];
  const keep = async (stage: Stage, rehearsal: Rehearsal): Promise<void> => {
    progress.end();
    await show([rehearsal], stage);
    kept.push(stage);
    await interrupted.heard;
  };
  const playing = playAll({ ...all, progress, onRaised: (stage) => raised.push(stage), ...(mayKeep && { keep }) });
  try {
    const ending = await Promise.race([playing, interrupted.heard]);
    progress.end();
    if (ending === 'interrupted') {
      // What is left of the play finds nobody any more, and may fail over it.
      const rest = playing.catch(() => undefined);
      const isKept = kept.length > 0;
      if (isKept) await rest;
      io.stderr.write(`${removedText(raised, isKept)}\n`);
      return isKept ? 'over' : 'interrupted';
    }
    await show(ending);
    return 'over';
  } finally {
    progress.end();
    interrupted.forget();
  }
}

interface Interruption {
  readonly heard: Promise<'interrupted'>;
  readonly forget: () => void;
}

function interruption(io: Io): Interruption {
  let tell = (): void => undefined;
  const heard = new Promise<'interrupted'>((resolve) => (tell = () => resolve('interrupted')));
  return { heard, forget: io.onInterrupt(tell) };
}

function removedText(raised: readonly Stage[], isJudged: boolean): string {
  const servers = raised.reduce((sum, { backend }) => sum + backend.members.length, 0);
  const folders = raised.map(({ backend }) => backend.folder).join(' and ');
  const what = servers === 0 ? 'what had been started was ended' : `${servers} servers were ended`;
  const where = servers === 0 ? 'its folder' : folders;
  return `${isJudged ? '' : 'Interrupted, and nothing judged: '}${what}, and ${where} removed.`;
}
