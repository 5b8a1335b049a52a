import { describeSchedules, HALF } from '../_helpers/random-schedules';

describeSchedules(0, HALF);
