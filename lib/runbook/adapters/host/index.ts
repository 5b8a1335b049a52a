export { givenTopology } from './given-topology';
export { SYSTEM_CLOCK } from './system-clock';
