import { Client } from 'pg';
import { AppendingClient, TABLE, type Login } from './appending-client';
import type { Sample } from './contestant';

export interface PromotionOptions {
  /** The primary. */
  readonly old: Login;
  /** The server that is to be the primary. */
  readonly next: Login;
  /** Whether clients find it by now: with an endpoint it is the endpoint that says so. @default always */
  readonly isFound?: () => boolean;
  /** Kills the primary. @default nobody dies */
  readonly kill?: () => Promise<void>;
  /** What has to be waited for between the death and the invocation, and is not counted. */
  readonly before?: () => Promise<void>;
  /** What is measured. It may go on after the first write on the new primary. */
  readonly invoke: () => Promise<void>;
}

/** Milliseconds of writing before anything happens. */
const PEACE = 1000;
/** Milliseconds after which a promotion has failed. */
const PATIENCE = 120_000;

/** Writes to a primary, promotes another server, and sees when that one takes a write and what it lacks. */
export async function promotion(options: PromotionOptions): Promise<Sample> {
  const { old, next, isFound = () => true, kill, before, invoke } = options;
  const faithful = new AppendingClient({ name: 'old', where: () => old, pause: 5, retry: 100 }).start();
  const waiting = new AppendingClient({
    name: 'new',
    where: () => (isFound() ? next : undefined),
    pause: 5,
    retry: 1,
  });
  try {
    await faithful.first;
    await later(PEACE);
    const died = performance.now();
    await kill?.();
    await before?.();
    waiting.start();
    const began = performance.now();
    const [first] = await Promise.all([inTime(waiting.first), invoke()]);
    await Promise.all([faithful.stop(), waiting.stop()]);
    const acknowledged = [...faithful.acknowledged, ...waiting.acknowledged];
    const present = await idsOn(next);
    return {
      milliseconds: first - began,
      acknowledged: acknowledged.length,
      lost: acknowledged.filter((id) => !present.has(id)).length,
      ...(kill === undefined ? {} : { waited: began - died }),
    };
  } finally {
    await Promise.all([faithful.stop(), waiting.stop()]);
  }
}

/** Makes the table that is written into, and waits until the other server has it. */
export async function makeTable(on: Login, standby: Login, owner = on.user): Promise<void> {
  await asked(on, async (client) => {
    await client.query(`CREATE TABLE ${TABLE} (id text PRIMARY KEY)`);
    await client.query(`ALTER TABLE ${TABLE} OWNER TO ${client.escapeIdentifier(owner)}`);
  });
  const deadline = performance.now() + 10_000;
  for (;;) {
    const isThere = await asked(standby, async (client) => {
      const { rows } = await client.query<{ name: string | null }>('SELECT to_regclass($1)::text AS name', [TABLE]);
      return rows[0]?.name === TABLE;
    });
    if (isThere) return;
    if (performance.now() > deadline) throw new Error(`the standby on port ${standby.port} does not follow`);
    await later(20);
  }
}

async function idsOn(login: Login): Promise<ReadonlySet<string>> {
  return asked(login, async (client) => {
    const { rows } = await client.query<{ id: string }>(`SELECT id FROM ${TABLE}`);
    return new Set(rows.map(({ id }) => id));
  });
}

/** One session, for one purpose. */
export async function asked<T>(login: Login, ask: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ ...login, ssl: false, connectionTimeoutMillis: 5000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await ask(client);
  } finally {
    await client.end();
  }
}

export const later = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => void setTimeout(resolve, milliseconds));

async function inTime(first: Promise<number>): Promise<number> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no write on the new primary within ${PATIENCE / 1000} s`)), PATIENCE);
  });
  try {
    return await Promise.race([first, late]);
  } finally {
    clearTimeout(timer);
  }
}
