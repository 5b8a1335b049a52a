/**
 * The regions of Google Cloud in which Cloud SQL can be, as of 2026-09.
 *
 * Written down by hand after Google's page "Instance locations"; no package lists them, so that no test can compare.
 */
const REGIONS: Readonly<Record<string, readonly string[]>> = {
  africa: ['south1'],
  asia: [
    ...['east1', 'east2', 'northeast1', 'northeast2', 'northeast3', 'south1', 'south2'],
    ...['southeast1', 'southeast2', 'southeast3'],
  ],
  australia: ['southeast1', 'southeast2'],
  europe: [
    ...['central2', 'north1', 'north2', 'southwest1', 'west1', 'west10', 'west12'],
    ...['west2', 'west3', 'west4', 'west6', 'west8', 'west9'],
  ],
  me: ['central1', 'central2', 'west1'],
  northamerica: ['northeast1', 'northeast2', 'south1'],
  southamerica: ['east1', 'west1'],
  us: ['central1', 'east1', 'east4', 'east5', 'south1', 'west1', 'west2', 'west3', 'west4'],
};

const NAMES = new Set(Object.entries(REGIONS).flatMap(([area, places]) => places.map((place) => `${area}-${place}`)));

/** Every region, in no particular order. */
export function googleRegions(): readonly string[] {
  return [...NAMES];
}

export function isGoogleRegion(region: string): boolean {
  return NAMES.has(region);
}
