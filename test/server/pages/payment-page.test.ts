import { describe, expect, test } from 'vitest';
import { failureCodes, sessionStatuses } from '../../../src/contract/index.js';
import { paymentPage } from '../../../src/server/pages/payment-page.js';
import { buttonsOf, hostile, paymentView, textOf, totalsOf } from './views.js';

const draw = async (...view: Parameters<typeof paymentView>) =>
  String(await paymentPage(paymentView(...view)));

describe('an open session', () => {
  test('offers to pay first, then to decline and to cancel, by plain forms', async () => {
    const page = await draw();
    expect(buttonsOf(page).slice(0, 3)).toEqual(['Pay €25.00', 'Decline', 'Cancel']);
    expect(page).toContain('method="post" action="/c/cs_aaaaaaaaaaaaaaaaaaaaaaaa/outcome"');
    for (const outcome of ['succeeded', 'declined', 'canceled'])
      expect(page).toContain(`name="outcome" value="${outcome}"`);
  });

  test('speaks French', async () => {
    const page = await draw({ locale: 'fr' }, { currency: 'XAF', totals: totalsOf(25000, 'XAF') });
    expect(page).toContain('<html lang="fr"');
    expect(buttonsOf(page)[0]).toMatch(/^Payer 2\s500\sFCFA$/);
    expect(buttonsOf(page).slice(1, 3)).toEqual(['Refuser', 'Annuler']);
  });

  test('shows every line with its quantity, the discount and the total', async () => {
    const totals = totalsOf(5800, 'EUR');
    const [line] = totals.lines;
    const page = await draw(
      {},
      {
        total: 5300,
        totals: {
          ...totals,
          lines: [{ ...line!, name: 'Shirt · M', quantity: 2, unitAmount: 2900 }],
          discounts: [{ code: 'SPRING', duration: 'once' as const, amountOff: 500, amount: 500 }],
          discount: 500,
          total: 5300,
        },
      },
    );
    const text = textOf(page);
    for (const part of ['Shirt · M × 2', '€29.00 each', 'Discount SPRING', '−€5.00', '€53.00'])
      expect(text).toContain(part);
  });

  test('says when a trial ends and what comes then', async () => {
    const totals = {
      ...totalsOf(0, 'EUR'),
      recurring: {
        amount: 900,
        interval: 'month' as const,
        intervalCount: 1,
        trialEndsAt: '2026-12-07T23:30:00.000Z',
        nextChargeAt: '2026-12-07T23:30:00.000Z',
      },
    };
    const text = textOf(await draw({}, { total: 0, totals }));
    expect(text).toContain('Free trial until December 7, 2026');
    expect(text).toContain('Then €9.00 every month');
  });

  test.each(failureCodes)('explains %s in words and offers another try', async (code) => {
    for (const locale of ['en', 'fr'] as const) {
      const page = await draw({ locale }, { failure: { code } });
      expect(page).toContain('role="alert"');
      expect(textOf(page)).toMatch(/No money was taken|débité/);
      if (code.includes('_')) expect(textOf(page)).not.toContain(code);
      expect(buttonsOf(page)[0]).toMatch(/^Pa/);
    }
  });

  test('keeps the number that could not be read and names the fault', async () => {
    const page = await draw({ phone: { value: '06 x', isFaulty: true } });
    expect(page).toMatch(/<input id="phone"[^>]*value="06 x"[^>]*aria-invalid="true"/);
    expect(textOf(page)).toContain('not a phone number we can read');
  });

  test('asks for a phone only where mobile money is offered', async () => {
    expect(await draw({}, { methods: ['page'] })).not.toContain('name="phone"');
  });

  test('counts the time left without the browser’s clock', async () => {
    expect(await draw()).toContain('data-countdown="1800"');
  });
});

describe('an open session that is paid on the provider’s page', () => {
  const address = 'https://checkout.example/pay/1';
  const place = { at: 'provider', address } as const;

  test.each(['en', 'fr'] as const)('leads there in %s, and names the place', async (locale) => {
    const page = await draw({ place, locale });
    expect(page).toMatch(new RegExp(`<a [^>]*href="${address}" target="_top">Contin`));
    expect(textOf(page)).toContain('checkout.example');
    expect(page).toContain('action="/c/cs_aaaaaaaaaaaaaaaaaaaaaaaa/cancel"');
    expect(page).not.toMatch(/sandbox:|bac à sable|outcome/i);
  });

  test('waits in the place for the way there, and says where there is none', async () => {
    expect(await draw({ place: { at: 'preparing' } })).toContain('http-equiv="refresh"');
    const page = await draw({ place: { at: 'nowhere' } });
    expect(page).toMatch(/href="https:\/\/pay\.example\/p\/tea"[^>]*>Start again/);
    expect(page).not.toContain('<form');
  });

  test('leads nowhere a browser must not go', async () => {
    const hidden = { at: 'provider', address: 'javascript:alert(1)' } as const;
    expect(await draw({ place: hidden })).not.toContain('javascript:');
  });
});

describe('a session under way', () => {
  test('waits for the phone visibly, and refreshes itself without a script', async () => {
    const approval = { phone: '+242 06 ••• •• 01', until: '2026-11-23T12:01:30.000Z' };
    const page = await draw({ approval }, { status: 'processing' });
    expect(textOf(page)).toContain('+242 06 ••• •• 01');
    expect(page).toContain('role="status"');
    expect(page).toContain('<noscript><meta http-equiv="refresh" content="3"></noscript>');
    expect(page).toContain('data-session="cs_aaaaaaaaaaaaaaaaaaaaaaaa" data-status="processing"');
  });
});

describe('a finished session', () => {
  test('confirms what was paid, to whom, and the way back', async () => {
    const page = await draw(
      { reference: 'order-1' },
      { status: 'complete', paymentStatus: 'paid' },
    );
    const text = textOf(page);
    for (const part of ['it is paid', 'Tea &amp; Co', '€25.00', 'order-1'])
      expect(text).toContain(part);
    expect(page).toMatch(/href="https:\/\/shop\.example\/"[^>]*>Back to the shop/);
    expect(page).not.toContain('data-session=');
  });

  test('says before the payment what a discounted subscription costs later', async () => {
    const recurring = {
      ...{ amount: 450, interval: 'month' as const, intervalCount: 1, trialEndsAt: null },
      ...{ nextChargeAt: '2026-12-23T00:00:00.000Z', fullAmount: 900 },
      discountEndsAt: '2027-02-23T00:00:00.000Z',
    };
    const page = await draw({}, { totals: { ...totalsOf(450, 'EUR'), recurring } });
    expect(textOf(page)).toContain('Renews at €4.50 every month');
    expect(textOf(page)).toContain('From February 23, 2027: €9.00 every month');
  });

  const subscription = {
    ...({ status: 'active', isByHand: false, cancelAt: null, canceledAt: null } as const),
    nextChargeAt: '2027-02-23T00:00:00.000Z',
    amount: 900,
    interval: 'month' as const,
    intervalCount: 3,
  };

  test('names the next charge of a subscription', async () => {
    const page = await draw({ subscription }, { status: 'complete', paymentStatus: 'paid' });
    expect(textOf(page)).toContain('February 23, 2027');
    expect(textOf(page)).toContain('Next charge');
    expect(textOf(page)).toContain('€9.00 every 3 months');
  });

  test.each([
    [{ isByHand: true }, 'Next payment, to be made by you', 'Prochain paiement, à faire par vous'],
    [{ status: 'past_due' as const }, 'Due since', 'Dû depuis le'],
    [{ cancelAt: '2027-02-23T00:00:00.000Z' }, 'Ends on', 'Se termine le'],
    [
      { canceledAt: '2027-01-05T00:00:00.000Z', nextChargeAt: null, status: 'canceled' as const },
      'Ended on January 5, 2027',
      'Terminé le 5 janvier 2027',
    ],
  ])('says of a subscription that is %j how it stands', async (change, english, french) => {
    const view = { subscription: { ...subscription, ...change } };
    for (const [locale, words] of [
      ['en', english],
      ['fr', french],
    ] as const) {
      const text = textOf(
        await draw({ ...view, locale }, { status: 'complete', paymentStatus: 'paid' }),
      );
      expect(text).toContain(words);
      expect(text).not.toMatch(/Next charge|Prochain prélèvement/);
    }
  });

  test.each([
    ['en', 2500, 'The payment was given back', 'has given €25.00 back'],
    ['en', 500, 'Thank you, it is paid', 'has given €5.00 of it back'],
    ['fr', 2500, 'Le paiement a été remboursé', 'vous a remboursé 25,00'],
    ['fr', 500, 'Merci, c’est payé', 'vous en a remboursé 5,00'],
  ] as const)('says in %s that %i was given back', async (locale, givenBack, title, words) => {
    const page = await draw({ locale, givenBack }, { status: 'complete', paymentStatus: 'paid' });
    expect(page).toContain(`<h1>${title}</h1>`);
    expect(page).toMatch(new RegExp(`<title>${title}`));
    expect(textOf(page)).toContain(words);
  });

  test.each(['expired', 'canceled'] as const)(
    'that is %s offers to start again',
    async (status) => {
      const page = await draw({}, { status });
      expect(page).toMatch(/href="https:\/\/pay\.example\/p\/tea"[^>]*>Start again/);
      expect(page).not.toContain('<form');
    },
  );

  test('says so when too many attempts ended it', async () => {
    const failure = { code: 'too_many_attempts' };
    expect(textOf(await draw({}, { status: 'canceled', failure }))).toContain('five attempts');
  });
});

describe('in every state', () => {
  test.each(sessionStatuses)('%s: no card field, nothing inline', async (status) => {
    const page = await draw({}, { status });
    expect(page).not.toMatch(/cc-|\sstyle=|\son[a-z]+=|<style/);
    expect(page).not.toMatch(/<script(?![^>]*src=)/);
    expect(textOf(page)).toContain('Test mode');
  });

  test.each(sessionStatuses)('%s: hostile text stays text', async (status) => {
    const page = await draw(
      {
        linkName: hostile,
        merchantName: hostile,
        reference: hostile,
        imageUrl: 'javascript:alert(1)',
        backUrl: 'javascript:alert(1)',
        linkUrl: 'javascript:alert(1)',
        phone: { value: hostile, isFaulty: true },
        approval: { phone: hostile, until: '2026-11-23T12:01:00.000Z' },
      },
      { status, failure: { code: hostile } },
    );
    expect(page).not.toContain('<script>');
    expect(page).not.toMatch(/<img[^>]*onerror/);
    expect(page).not.toContain('javascript:');
  });
});
