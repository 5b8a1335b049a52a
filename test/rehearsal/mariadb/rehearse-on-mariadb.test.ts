import { forgetTemplate, isFit, SCENARIOS } from '../../../lib/rehearsal';
import { define } from '../../../lib/topology';
import { expectKept, INPUT, play } from '../_helpers/play';
import { expectedIn, seenIn } from '../_helpers/seen-in';

// Real servers, where other tests run beside.
jest.setTimeout(180_000);
afterAll(forgetTemplate);

const FITTING = SCENARIOS.filter((each) => isFit(each, define(INPUT)));

test.concurrent.each(FITTING.map(({ name }) => name))('in %s every promise is kept on MariaDB', async (name) => {
  const rehearsal = await play(name, { engine: 'mariadb' });
  const { engine, topology } = rehearsal;
  expectKept(
    rehearsal,
    { engine, told: topology.engine.name, seen: seenIn(name, rehearsal) },
    { engine: 'mariadb', told: 'mariadb', seen: expectedIn(name) },
  );
});
