import { BarChart, type BarChartOptions } from 'chartist';
import { html, LitElement, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { Desk } from '../desk.js';

export interface Bar {
  /** `2026-11-27`. */
  readonly date: string;
  readonly value: number;
}

const most = { labels: 7 };

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

  #chart: BarChart | undefined;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#chart?.detach();
    this.#chart = undefined;
  }

  protected override updated(): void {
    const place = this.querySelector('.plot');
    if (!place) return;
    const labels = this.bars.map(({ date }) => date);
    const data = { labels, series: [this.bars.map(({ value }) => value)] };
    if (this.#chart) this.#chart.update(data, this.#options());
    else this.#chart = new BarChart(place, data, this.#options());
  }

  #options(): BarChartOptions {
    const days = new Intl.DateTimeFormat(this.desk.locale, {
      ...{ day: 'numeric', month: 'short', timeZone: 'UTC' },
    });
    const every = Math.ceil(this.bars.length / most.labels);
    return {
      height: '12rem',
      low: 0,
      axisX: {
        showGrid: false,
        labelInterpolationFnc: (date, index) =>
          index % every ? null : days.format(new Date(`${date}`)),
      },
      axisY: {
        onlyInteger: true,
        offset: 56,
        labelInterpolationFnc: (value) => this.shown(Number(value)),
      },
      chartPadding: { top: 8, right: 8, bottom: 0, left: 0 },
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
