export type { LagCurve, LagPicture } from './lag-picture';
export { ticksOf } from './ticks';
export { momentText } from './moment-text';
