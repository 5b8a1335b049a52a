import { ClusterUnit, type ClusterUnitOptions } from '../../../lib/rehearsal/aurora/cluster-unit';
import type { PostgresMember } from '../../../lib/rehearsal/postgres/postgres-member';

/** A server that is killed between a look at it and what is done then, as one beside others is. */
function mortal(id: string, source?: PostgresMember) {
  const seen = { looks: 0, starts: 0, tuned: [] as unknown[] };
  const member = {
    ...{ id, source },
    server: {
      get isAwake(): boolean {
        seen.looks += 1;
        return seen.looks === 1;
      },
    },
    start: () => Promise.resolve(void (seen.starts += 1)),
    retune: (parameters: unknown) => Promise.resolve(void seen.tuned.push(parameters)),
  };
  return { seen, member: member as unknown as PostgresMember };
}

test('a writer that dies with its readers stays dead when nobody is waited for any more', async () => {
  const [writer, reader] = [mortal('a'), mortal('b')];
  const network = { admit: () => Promise.resolve({}) } as unknown as ClusterUnitOptions['network'];
  const unit = await ClusterUnit.open({
    ...{ region: 'eu-west-1', id: 'dublin', isPrimary: true, network },
    servers: [writer.member, reader.member],
  });
  await unit.bind([reader.member]).catch(() => undefined);
  writer.seen.looks = 0;
  reader.seen.looks = 1;
  expect(await unit.adjust()).toEqual([]);
  expect([writer.seen.starts, writer.seen.tuned.at(-1)]).toEqual([
    0,
    expect.arrayContaining([{ name: 'synchronous_standby_names', value: '', method: 'immediate' }]),
  ]);
});
