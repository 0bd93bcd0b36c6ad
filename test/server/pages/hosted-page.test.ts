import { describe, expect, test } from 'vitest';
import { hostedPage } from '../../../src/server/pages/hosted-page.js';
import {
  amountLink,
  buttonsOf,
  closedLink,
  hostedView,
  hostile,
  item,
  productLink,
  textOf,
} from './views.js';

const draw = async (changes: Parameters<typeof hostedView>[0] = {}) =>
  String(await hostedPage(hostedView(changes)));

describe('a link that can be bought', () => {
  test('says what it is and costs before the script has come', async () => {
    const page = await draw({ link: amountLink({ description: 'A cup, warm.' }) });
    const text = textOf(page);
    for (const part of ['Tea', '€25.00', 'A cup, warm.', 'Test mode']) expect(text).toContain(part);
    expect(page).toContain('<script async src="/pay-link.js"></script>');
    expect(page).toContain('api="https://pay.example"');
  });

  test('tells search engines what it costs, whatever its texts hold', async () => {
    const link = amountLink({
      name: 'Tea</script><script>alert(1)</script>',
      description: 'A & B',
    });
    const page = await draw({ link });
    const [, json = ''] = /<script type="application\/ld\+json">([^<]*)<\/script>/.exec(page) ?? [];
    expect(JSON.parse(json)).toMatchObject({
      ...{ '@type': 'Product', name: link.name, description: 'A & B' },
      offers: { '@type': 'Offer', price: '25.00', priceCurrency: 'EUR' },
    });
    expect(page).not.toContain('<script>alert');
    const free = await draw({ link: amountLink({ amount: null }) });
    expect(free).not.toContain('ld+json');
  });

  test('can be paid without a script where there is nothing to choose', async () => {
    const page = await draw();
    expect(page).toContain('method="post" action="/p/plink_000000000000000000000001"');
    expect(page).toContain('name="email" type="email" autocomplete="email"');
    expect(buttonsOf(page)).toEqual(['Pay €25.00']);
    expect(page).not.toContain('name="quantity"');
  });

  test('asks for the quantity within its limits and what is left', async () => {
    const [variant] = item().variants;
    const tea = item({ adjustableQuantity: true, variants: [{ ...variant!, stock: 3 }] });
    const page = await draw({ link: productLink([tea]) });
    expect(page).toMatch(/name="quantity"[^>]*min="1" max="3" value="1"/);
    expect(buttonsOf(page)).toEqual(['Pay']);
  });

  test('asks for a script where there is something to choose', async () => {
    const cup = item({ name: 'Cup', unitAmount: 900 });
    const page = await draw({ link: productLink([item(), cup]) });
    expect(page).not.toContain('<form');
    expect(page).toMatch(/<noscript><p>[^<]*JavaScript/);
    expect(textOf(page)).toContain('€34.00');
  });

  test('names the cheapest ticket, not the cheaper extra beside it', async () => {
    const seat = item({ name: 'Seat', minQuantity: 0, quantity: 0, adjustableQuantity: true });
    const poster = item({ name: 'Poster', unitAmount: 900, isOptional: true });
    const page = await draw({ link: productLink([seat, poster]) });
    expect(textOf(page)).toContain('From €25.00');
  });

  test('shows what was typed and what is wrong with it', async () => {
    const page = await draw({
      problem: { message: 'Please check the form.', fields: { email: 'No e-mail address.' } },
      typed: { email: 'nope' },
    });
    expect(page).toMatch(/value="nope"[^>]*aria-invalid="true"[^>]*aria-describedby="email-error"/);
    expect(page).toContain('<p id="email-error" class="error">No e-mail address.</p>');
  });

  test('hands the prefilled values to the element and to the plain form', async () => {
    const page = await draw({ attributes: { 'prefill-email': 'a@b.example', reference: 'r-1' } });
    expect(page).toContain('prefill-email="a@b.example"');
    expect(page).toContain('type="email" autocomplete="email" value="a@b.example"');
    expect(page).toContain('name="reference" value="r-1"');
  });

  test('tells messengers its title, price and address', async () => {
    const page = await draw({ link: amountLink({ imageUrl: 'https://shop.example/tea.png' }) });
    expect(page).toContain('property="og:title" content="Tea"');
    expect(page).toContain('property="og:description" content="€25.00"');
    expect(page).toContain('property="og:image" content="https://shop.example/tea.png"');
    expect(page).toContain('property="og:url" content="https://pay.example/p/tea"');
  });

  test('sends a form without JavaScript out of a frame: what answers it is framed by nobody', async () => {
    expect(await draw({ isEmbedded: true })).toMatch(/<form[^>]* target="_top"/);
    expect(await draw({})).not.toMatch(/<form[^>]* target=/);
  });

  test('has neither header nor footer in a frame', async () => {
    const page = await draw({ isEmbedded: true });
    expect(page).not.toMatch(/<header|<footer/);
  });
});

describe('a link that is closed', () => {
  const closed = [
    ['inactive', closedLink('inactive'), 'switched off', 'désactivé'],
    ['expired', closedLink('expired'), 'has ended', 'terminée'],
    ['exhausted', closedLink('exhausted'), 'All taken', 'Tout est pris'],
    ['sold out for now', amountLink({ remaining: 0 }), 'Sold out for the moment', 'Épuisé'],
    ['unknown', null, 'nothing here', 'rien ici'],
  ] as const;

  test.each(closed)('%s has words of its own in both languages', async (_, link, en, fr) => {
    expect(textOf(await draw({ link }))).toContain(en);
    expect(textOf(await draw({ link, locale: 'fr' }))).toContain(fr);
    expect(await draw({ link })).not.toContain('<pay-link-form');
  });

  test('passes on the merchant’s message and leads where the merchant wants', async () => {
    const page = await draw({
      link: closedLink('inactive', {
        inactiveMessage: 'Back in May.',
        fallbackUrl: 'https://shop.example/?from={PAYMENT_LINK_ID}',
      }),
    });
    expect(textOf(page)).toContain('Back in May.');
    expect(page).toContain('href="https://shop.example/?from=plink_000000000000000000000001"');
    expect(textOf(page)).toContain('Continue to shop.example');
  });
});

test('hostile text stays text', async () => {
  const everywhere = { name: hostile, description: hostile, submitMessage: hostile };
  const pages = await Promise.all([
    draw({
      link: amountLink({ ...everywhere, imageUrl: 'javascript:alert(1)' }),
      merchantName: hostile,
      attributes: { 'prefill-email': hostile, reference: hostile, 'x onload': 'alert(1)' },
      typed: { email: hostile },
      problem: { message: hostile, fields: { email: hostile } },
    }),
    draw({ link: productLink([item({ name: hostile }), item({ name: hostile })], everywhere) }),
    draw({
      link: closedLink('inactive', {
        name: hostile,
        inactiveMessage: hostile,
        fallbackUrl: 'javascript:alert(1)',
      }),
    }),
  ]);
  for (const page of pages) {
    expect(page).not.toContain('<script>');
    expect(page).not.toMatch(/<[^>]*\sonerror=(?![^"]*")/);
    expect(page).not.toMatch(/javascript:|onload/);
    expect(page).not.toMatch(/cc-|\sstyle="|<style/);
  }
});
