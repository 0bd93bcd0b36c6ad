import { html, LitElement, type PropertyDeclarations, type TemplateResult } from 'lit';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { Desk } from '../desk.js';

export interface Bar {
  /** `2026-11-27`. */
  readonly date: string;
  readonly value: number;
}

const height = 220;

/**
 * @summary Days as bars. The picture is for who sees it; the same figures are in a table for who does not, and for
 * whoever wants them exactly.
 */
export class DeskChart extends LitElement {
  static override properties: PropertyDeclarations = {
    desk: { attribute: false },
    bars: { attribute: false },
    label: {},
    shown: { attribute: false },
  };

  declare desk: Desk;
  declare bars: readonly Bar[];
  declare label: string;
  /** How a value is written: `12`, `€12.00`. */
  declare shown: (value: number) => string;

  #plot: uPlot | undefined;
  readonly #size = new ResizeObserver(([entry]) => {
    if (entry) this.#plot?.setSize({ width: Math.floor(entry.contentRect.width), height });
  });
  readonly #scheme = matchMedia('(prefers-color-scheme: dark)');

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#scheme.addEventListener('change', this.#draw);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#scheme.removeEventListener('change', this.#draw);
    this.#size.disconnect();
    this.#plot?.destroy();
    this.#plot = undefined;
  }

  protected override updated(): void {
    this.#draw();
  }

  /** A canvas takes no colour from a style sheet: it is drawn anew where the scheme changes. */
  readonly #draw = (): void => {
    const place = this.querySelector<HTMLElement>('.plot');
    if (!place) return;
    this.#plot?.destroy();
    const data: uPlot.AlignedData = [
      this.bars.map(({ date }) => Date.parse(date) / 1_000),
      this.bars.map(({ value }) => value),
    ];
    this.#plot = new uPlot(this.#options(place), data, place);
    this.#size.observe(place);
  };

  #options(place: HTMLElement): uPlot.Options {
    const style = getComputedStyle(place);
    const of = (name: string) => style.getPropertyValue(name).trim();
    const day = new Intl.DateTimeFormat(this.desk.locale, {
      ...{ day: 'numeric', month: 'short', timeZone: 'UTC' },
    });
    const axis = {
      stroke: of('--muted'),
      font: `12px ${style.fontFamily}`,
      ticks: { show: false },
    };
    return {
      ...{ width: place.clientWidth || 300, height, legend: { show: false } },
      cursor: { show: false },
      scales: {
        x: { time: true, range: (_, least, greatest) => [least - 43_200, greatest + 43_200] },
        y: { range: (_, __, greatest) => [0, Math.max(greatest, 1) * 1.05] },
      },
      series: [
        {},
        {
          fill: of('--accent'),
          paths: (uPlot.paths.bars as uPlot.Series.BarsPathBuilderFactory)({
            size: [0.7, 24],
            radius: 0.15,
          }),
          points: { show: false },
        },
      ],
      axes: [
        {
          ...axis,
          grid: { show: false },
          values: (_, times) => times.map((time) => day.format(time * 1_000)),
        },
        {
          ...axis,
          grid: { stroke: of('--line'), width: 1 },
          // Half a sale is none.
          incrs: [1, 2, 5, 10, 20, 50]
            .flatMap((step) => [0, 2, 4, 6, 8, 10].map((zeros) => step * 10 ** zeros))
            .sort((a, b) => a - b),
          values: (_, values) => values.map((value) => this.shown(value)),
          size: (_, values) => 20 + Math.max(0, ...(values ?? []).map((text) => text.length)) * 7,
        },
      ],
    };
  }

  protected override render(): TemplateResult {
    const { words, locale } = this.desk;
    const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
    return html`<figure class="chart">
      <figcaption>${this.label}</figcaption>
      <div class="plot" aria-hidden="true"></div>
      <details class="figures">
        <summary>${words.link.asTable}</summary>
        <table class="list">
          <thead><tr><th scope="col">${words.link.day}</th><th scope="col" class="number">${this.label}</th></tr></thead>
          <tbody>${[...this.bars]
            .reverse()
            .map(
              ({ date, value }) =>
                html`<tr><th scope="row">${day.format(new Date(date))}</th><td class="number" data-label=${this.label}>${this.shown(value)}</td></tr>`,
            )}</tbody>
        </table>
      </details>
    </figure>`;
  }
}
