/**
 * From the invocation to the first acknowledged write on the new primary: ours beside what Debian's packages do, in one run.
 *
 * `npm run bench:failover -- [RUNS]`: so many of each, one after the other in turns; five by default. Exits with 1 when ours is
 * slower than it may be, or has lost a write of a planned run.
 */
import type { Contestant } from './contestant';
import { PATRONI_FAILOVER, PATRONI_SWITCHOVER } from './debian/patroni';
import { REPMGR_PROMOTE, REPMGR_SWITCHOVER } from './debian/repmgr';
import { LIMIT } from './limit';
import { judged, tableOf, type Result } from './summary';
import { OUR_FAILOVER, OUR_SWITCHOVER } from './understudy';

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

const CONTESTANTS: readonly Contestant[] = [
  ...[LIMIT, OUR_SWITCHOVER, REPMGR_SWITCHOVER, PATRONI_SWITCHOVER],
  ...[OUR_FAILOVER, REPMGR_PROMOTE, PATRONI_FAILOVER],
];

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function main(): Promise<void> {
  const runs = Number(process.argv[2] ?? 5);
  if (!Number.isInteger(runs) || runs < 1) throw new Error(`${runs} runs; allowed: 1 or more; for example 5`);
  const results: readonly (Result & { readonly samples: Result['samples'][number][] })[] = CONTESTANTS.map(
    (contestant) => ({ contestant, samples: [] }),
  );
  for (let turn = 1; turn <= runs; turn += 1) {
    for (const { contestant, samples } of results) {
      const { name, missing, run } = CONTESTANTS.find((each) => each === contestant) ?? LIMIT;
      if (missing !== undefined) continue;
      const sample = await run();
      samples.push(sample);
      process.stderr.write(`${turn}/${runs} ${name}: ${Math.round(sample.milliseconds)} ms, ${sample.lost} lost\n`);
    }
  }
  for (const line of tableOf(results)) say(line);
  for (const missing of new Set(CONTESTANTS.flatMap((each) => each.missing ?? []))) say(missing);
  const judgements = judged(results);
  for (const { sentence, isMet } of judgements) say(isMet === false ? `${sentence}: NOT MET` : sentence);
  process.exitCode = judgements.some(({ isMet }) => isMet === false) ? 1 : 0;
}

void main();
