export { canonical, isHostName } from './host-name';
export { Pointing, WRITE, type PointingOptions } from './pointing';
export { addressIn, addressText, SecretValue } from './secret-value';
export { obstacleOf, unreadable } from './unreadable';
