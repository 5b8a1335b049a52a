import type uPlot from 'uplot';
import { momentText, type LagPicture } from '..';
import { lagChart } from './lag-chart';

/** The picture of one rehearsal: what part of it is shown, and what there is to be said about a moment. */
export class Timeline {
  readonly #figure: HTMLElement;
  readonly #lanes: HTMLElement;
  readonly #track: HTMLElement;
  readonly #readout: HTMLElement;
  readonly #crosshair = document.createElement('div');
  readonly #picture: LagPicture;
  readonly #chart: uPlot;
  #from = 0;
  #to: number;
  #moment: number | undefined;

  constructor(figure: HTMLElement) {
    this.#figure = figure;
    this.#lanes = part(figure, '.lanes');
    this.#track = part(figure, '.track');
    this.#readout = part(figure, '.readout');
    this.#picture = JSON.parse(part(figure, 'script').textContent) as LagPicture;
    this.#to = this.#picture.seconds;
    this.#crosshair.className = 'crosshair';
    this.#crosshair.hidden = true;
    this.#lanes.append(this.#crosshair, this.#readout);
    const place = part(figure, '.chart');
    this.#chart = lagChart({
      place,
      picture: this.#picture,
      gutter: () => this.#track.getBoundingClientRect().left - place.getBoundingClientRect().left,
      onView: (from, to) => this.#show(from, to),
    });
    this.#listen(place);
  }

  #listen(place: HTMLElement): void {
    for (const button of this.#figure.querySelectorAll<HTMLButtonElement>('.zoom button')) {
      button.addEventListener('click', () => {
        this.#chart.setScale('x', { min: Number(button.dataset['from']), max: Number(button.dataset['to']) });
      });
    }
    for (const bar of this.#figure.querySelectorAll<HTMLElement>('.track [title]')) {
      // Said by the readout instead.
      bar.dataset['title'] = bar.title;
      bar.removeAttribute('title');
    }
    this.#lanes.addEventListener('pointermove', ({ clientX }) => {
      const { left, width } = this.#track.getBoundingClientRect();
      this.#point(this.#from + ((clientX - left) / width) * (this.#to - this.#from));
    });
    this.#lanes.addEventListener('pointerleave', () => this.#point(undefined));
    this.#lanes.tabIndex = 0;
    this.#lanes.setAttribute('role', 'group');
    this.#lanes.setAttribute('aria-label', 'Timeline: left and right arrow keys tell what was when');
    this.#lanes.addEventListener('keydown', (event) => this.#steer(event));
    this.#lanes.addEventListener('blur', () => this.#point(undefined));
    const redraw = (): void => this.#chart.redraw(false, true);
    const fit = (): void => this.#chart.setSize({ width: place.clientWidth, height: this.#chart.height });
    new ResizeObserver(fit).observe(place);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);
    // The style sheet has the width of a sheet of paper for it, which is light.
    addEventListener('beforeprint', () => {
      document.documentElement.dataset['print'] = '';
      fit();
      redraw();
    });
    addEventListener('afterprint', () => {
      delete document.documentElement.dataset['print'];
      fit();
      redraw();
    });
  }

  #show(from: number, to: number): void {
    [this.#from, this.#to] = [from, to];
    this.#figure.style.setProperty('--from', String(from));
    this.#figure.style.setProperty('--span', String(to - from));
    for (const button of this.#figure.querySelectorAll<HTMLButtonElement>('.zoom button')) {
      const isShown = Number(button.dataset['from']) === from && Number(button.dataset['to']) === to;
      button.setAttribute('aria-pressed', String(isShown));
    }
    this.#point(undefined);
  }

  #steer(event: KeyboardEvent): void {
    const step = ((this.#to - this.#from) / 100) * (event.shiftKey ? 10 : 1);
    const moment = this.#moment ?? this.#from;
    if (event.key === 'ArrowRight') this.#point(moment + step);
    else if (event.key === 'ArrowLeft') this.#point(moment - step);
    else if (event.key === 'Escape') this.#point(undefined);
    else return;
    event.preventDefault();
  }

  /** Tells what was at that moment; nothing, if it is none that is shown. */
  #point(moment: number | undefined): void {
    const isShown = moment !== undefined && moment >= this.#from && moment <= this.#to;
    this.#moment = isShown ? moment : undefined;
    this.#crosshair.hidden = this.#readout.hidden = !isShown;
    if (!isShown) return;
    const edge = this.#lanes.getBoundingClientRect();
    const { left, width } = this.#track.getBoundingClientRect();
    const x = left - edge.left + ((moment - this.#from) / (this.#to - this.#from)) * width;
    this.#crosshair.style.left = `${x}px`;
    this.#readout.textContent = [momentText(moment), ...this.#barsAt(moment), ...this.#lagAt(moment)].join('\n');
    this.#readout.style.left = `${Math.max(0, Math.min(x - this.#readout.offsetWidth / 2, edge.width - this.#readout.offsetWidth))}px`;
  }

  #barsAt(moment: number): readonly string[] {
    return [...this.#figure.querySelectorAll<HTMLElement>('.bar')]
      .filter(({ style }) => number(style, '--a') <= moment && moment < number(style, '--b'))
      .map(
        (bar) =>
          `${part(bar.closest<HTMLElement>('.lane') ?? this.#lanes, 'h4').textContent.trim()}, ${bar.dataset['title'] ?? ''}`,
      );
  }

  /** As it was measured last, no longer than two of RDS's minutes ago. */
  #lagAt(moment: number): readonly string[] {
    return this.#picture.curves.flatMap(({ member, points }) => {
      const [at, lag] = points.findLast(([when]) => when <= moment) ?? [];
      if (at === undefined || lag === undefined || lag === null || moment - at > 120) return [];
      return `lag of ${member}: ${Math.round(lag * 10) / 10}s, measured at ${momentText(at)}`;
    });
  }
}

function part(of: HTMLElement, selector: string): HTMLElement {
  const found = of.querySelector<HTMLElement>(selector);
  if (found === null) throw new TypeError(`the page has no ${selector}`);
  return found;
}

const number = (style: CSSStyleDeclaration, name: string): number => Number(style.getPropertyValue(name));
