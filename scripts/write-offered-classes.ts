/**
 * Writes lib/topology/offered-classes-table.ts and class-limits-table.ts. Takes minutes, so it is run by hand when the
 * validator is upgraded: `npm run build && node dist/scripts/write-offered-classes.js`. A test compares tables and validator.
 */
import { writeFileSync } from 'node:fs';
import { ClassProbe, PROBED, type Pair } from './class-probe';
import { limitsText, offersText } from './class-tables';

const probe = new ClassProbe();
const offers = probe.offers();
const known = (engine: string) =>
  [...new Set(offers.flatMap((offer) => (offer.engine === engine ? offer.classes : [])))].toSorted();

writeFileSync('lib/topology/offered-classes-table.ts', offersText(offers));

// An engine whose name says its licence, or that it is a cluster, has the versions, and the limits, of the one without.
const engines = Object.keys(PROBED).filter((name) => !name.includes(' '));
const limits = engines.flatMap((engine) =>
  probe.versions(engine).map((version) => {
    const asked = known(engine).map((size): Pair => [version, size]);
    return { engine, version, refused: probe.refused(engine, asked).map(([, size]) => size) };
  }),
);
writeFileSync('lib/topology/class-limits-table.ts', limitsText(limits, known));
