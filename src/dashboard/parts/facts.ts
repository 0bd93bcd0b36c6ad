/** Names with their values, as lists of facts. */
import { html, nothing, type TemplateResult } from 'lit';

export type Fact = readonly [name: string, value: TemplateResult | string | null | undefined];

/** Those that are there. */
export function facts(all: readonly Fact[], look = 'facts'): TemplateResult | typeof nothing {
  const there = all.filter(([, value]) => value !== null && value !== undefined && value !== '');
  if (!there.length) return nothing;
  return html`<dl class=${look}>
    ${there.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}
  </dl>`;
}
