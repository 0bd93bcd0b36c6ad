import { expect } from '@open-wc/testing';
import { id, item, membershipLink, price } from '../../stories/cast.js';
import { buy, cleanUp, mount, payButton, press, radio, text, words } from './mount.js';

interface Sent {
  selection: { items: { priceId?: string }[] };
  totals: { total: number; recurring: { amount: number; interval: string } };
}

describe('a subscription link', () => {
  afterEach(cleanUp);

  it('offers its intervals as radios and sends the price of the chosen one', async () => {
    const { element, last } = await mount('pay-link-form', { link: membershipLink() });
    expect(radio(element, 'Monthly').checked).to.equal(true);
    await press(radio(element, 'Yearly'));
    await buy(element);
    const { selection, totals } = last<Sent>('submit');
    expect(selection.items[0]?.priceId).to.equal(id('price', 2));
    expect(totals.recurring).to.include({ amount: 9000, interval: 'year' });
  });

  const savings = [
    { prices: [900, 2500, 9000], said: ['Save 7%', '2 months free'] },
    { prices: [900, 1800, 9900], said: ['1 month free', '1 month free'] },
    { prices: [900, 2700, 12000], said: [undefined, undefined] },
    { prices: [1000, 2850, 10800], said: ['Save 5%', 'Save 10%'] },
  ];
  for (const { prices, said } of savings)
    it(`says what a longer interval saves: ${said.join(', ')}`, async () => {
      const [monthly, quarterly, yearly] = prices.map((unitAmount, index) =>
        price(index + 1, {
          unitAmount,
          interval: index === 2 ? 'year' : 'month',
          intervalCount: index === 1 ? 3 : 1,
        }),
      );
      const items = [item(1, { prices: [monthly!, quarterly!, yearly!] })];
      const { element } = await mount('pay-link-form', { link: { ...membershipLink(), items } });
      const saving = (name: string) =>
        /· (.*)/.exec(words(radio(element, name).closest('label')!))?.[1];
      expect(saving('Monthly')).to.equal(undefined);
      expect([saving('Every 3 months'), saving('Yearly')]).to.deep.equal(said);
    });

  it('says how to stop', async () => {
    const { element } = await mount('pay-link-form', { link: membershipLink() });
    expect(text(element)).to.include('You can cancel at any time.');
  });

  it('says what is due today, what recurs and when, before anything is paid', async () => {
    const { element } = await mount('pay-link-form', { link: membershipLink() });
    expect(text(element)).to.match(/Due today.*€9\.00/);
    expect(text(element)).to.include('Then €9.00 every month');
    expect(text(element)).to.include('Next charge on December 23, 2026');
    expect(words(payButton(element))).to.equal('Subscribe for €9.00');
  });

  it('says when a trial ends, and charges nothing today', async () => {
    const { element } = await mount('pay-link-form', { link: membershipLink(14) });
    expect(text(element)).to.include('Free until December 7, 2026, then €9.00 every month');
    expect(words(payButton(element))).to.equal('Start free trial');
  });

  it('names a one-time price as a fee, due today even in a trial', async () => {
    const link = membershipLink(14);
    const kit = item(2, { name: 'Welcome kit', prices: [price(9, { unitAmount: 1500 })] });
    const { element, last } = await mount('pay-link-form', {
      link: { ...link, items: [...link.items, kit] },
    });
    expect(text(element)).to.include('One-time fee');
    expect(last<Sent>('change').totals.total).to.equal(1500);
  });

  const captions = [
    { interval: 'day', intervalCount: 1, en: 'Daily', fr: 'Quotidien' },
    { interval: 'week', intervalCount: 1, en: 'Weekly', fr: 'Hebdomadaire' },
    { interval: 'month', intervalCount: 3, en: 'Every 3 months', fr: 'Tous les 3 mois' },
    { interval: 'year', intervalCount: 1, en: 'Yearly', fr: 'Annuel' },
  ] as const;
  for (const locale of ['en', 'fr'] as const)
    it(`names every interval in ${locale}`, async () => {
      const prices = captions.map(({ interval, intervalCount }, index) =>
        price(index + 1, { interval, intervalCount }),
      );
      const { element } = await mount('pay-link-form', {
        link: { ...membershipLink(), items: [item(1, { prices })] },
        attributes: { locale },
      });
      for (const caption of captions)
        expect(radio(element, caption[locale]).type).to.equal('radio');
    });
});
