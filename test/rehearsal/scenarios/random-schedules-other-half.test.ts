import { COUNT, describeSchedules, HALF } from '../_helpers/random-schedules';

describeSchedules(HALF, COUNT);
