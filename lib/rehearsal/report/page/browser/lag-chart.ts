import uPlot from 'uplot';
import { momentText, ticksOf, type LagPicture } from '..';

/** Pixels. */
const HEIGHT = 176;
const MARK = 72;
/** Curves that lie upon each other are seen all the same. */
const DASHES = [[], [9, 5], [3, 4], [12, 4, 3, 4]];

export interface LagChartOptions {
  readonly place: HTMLElement;
  readonly picture: LagPicture;
  /** Pixels from the left edge of the place to where the lanes begin. */
  readonly gutter: () => number;
  /** What part of the time is shown was changed, here or by somebody else. */
  readonly onView: (from: number, to: number) => void;
}

/** The lag of every member, over the same axis of time as the lanes above. Its colours are those of the style sheet, now. */
export function lagChart({ place, picture, gutter, onView }: LagChartOptions): uPlot {
  const { curves, objective, seconds } = picture;
  const style = getComputedStyle(place);
  const colour = (name: string) => (): string => style.getPropertyValue(`--${name}`).trim();
  const line = { stroke: colour('line'), width: 1 };
  const text = { stroke: colour('faint'), font: `12px ${style.fontFamily}`, ticks: { show: false } };
  const shape: uPlot.Options = {
    ...{ width: place.clientWidth, height: HEIGHT, padding: [12, 0, 0, 0], legend: { show: false } },
    scales: {
      // The last measurement may be later than the last of all writes.
      x: { time: false, range: (_, from, to) => [Math.max(0, from), Math.min(seconds, to)] },
      y: { range: (_, __, highest) => [0, Math.max(objective, highest) * 1.1] },
    },
    axes: [
      {
        ...text,
        grid: line,
        size: 28,
        splits: (_, __, from, to) => [...ticksOf(from, to, place.clientWidth / MARK)],
        values: (_, marks) => marks.map(momentText),
      },
      { ...text, grid: line, size: gutter, gap: 8 },
    ],
    series: [
      {},
      { stroke: colour('faint'), width: 1.5, dash: [6, 5], points: { show: false } },
      ...curves.map((curve, index): uPlot.Series => {
        const stroke = colour(`m${curve.colour}`);
        return {
          label: curve.member,
          stroke,
          width: 2,
          dash: DASHES[index % DASHES.length] ?? [],
          points: { size: 5, fill: stroke, stroke },
        };
      }),
    ],
    cursor: { x: false, y: false, drag: { x: true, y: false } },
    hooks: { setScale: [(plot, key) => key === 'x' && onView(plot.scales['x']?.min ?? 0, plot.scales['x']?.max ?? 0)] },
  };
  return new uPlot(shape, aligned(picture, seconds), place);
}

/** Every curve over all moments. The objective goes from edge to edge, and so does the picture. */
function aligned({ curves, objective }: LagPicture, seconds: number): uPlot.AlignedData {
  const tables = curves.map(({ points }): uPlot.AlignedData => [
    points.map(([at]) => at),
    points.map(([, lag]) => lag),
  ]);
  return uPlot.join([
    [
      [0, seconds],
      [objective, objective],
    ],
    ...tables,
  ]);
}
