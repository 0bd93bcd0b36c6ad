import { expect } from '@open-wc/testing';
import { amountLink, donationLink, fakeClient, refuse, ticketLink } from '../../stories/cast.js';
import {
  box,
  button,
  buy,
  cleanUp,
  find,
  focused,
  has,
  messageOf,
  mount,
  pay,
  payButton,
  press,
  settled,
  text,
  type,
  words,
} from './mount.js';

const summer = { code: 'SUMMER', percentOff: 10, duration: 'once' } as const;

function shopClient(link = amountLink({ allowPromotionCodes: true })) {
  const client = fakeClient(link);
  client.codes = {
    SUMMER: summer,
    LARGE: { code: 'LARGE', amountOff: 500, duration: 'once', minimumAmount: 2000 },
    OLD: refuse('promotion_code_expired'),
  };
  return client;
}

async function withCode(element: HTMLElement, code: string): Promise<void> {
  await type(box(element, 'Promotion code'), code);
  await press(button(element, 'Apply'));
}

describe('a promotion code', () => {
  afterEach(cleanUp);

  it('is asked for only where the link takes codes', async () => {
    const { element } = await mount('pay-link-form', { link: amountLink() });
    expect(has(element, 'details')).to.equal(false);
  });

  it('waits behind a few words, and opens to be typed', async () => {
    const { element } = await mount('pay-link-form', { client: shopClient() });
    await press(find(element, 'summary'));
    expect(focused()).to.equal(box(element, 'Promotion code'));
  });

  it('lowers the total, and goes to the server with the order', async () => {
    const client = shopClient();
    const { element, last } = await mount('pay-link-form', { client });
    await withCode(element, ' SUMMER ');
    expect(words(payButton(element))).to.equal('Pay €22.50');
    expect(text(element)).to.include('Discount SUMMER').and.to.include('10% off');
    expect(words(focused()!)).to.equal('Remove');
    expect(last('change')).to.have.nested.property('totals.discount', 250);
    await buy(element);
    expect(client.requests[0]?.request).to.include({
      promotionCode: 'SUMMER',
      expectedTotal: 2250,
    });
  });

  it('is applied by the enter key, which does not pay', async () => {
    const client = shopClient();
    const { element, names } = await mount('pay-link-form', { client });
    const code = box(element, 'Promotion code');
    await type(code, 'SUMMER');
    const enter = new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true });
    code.dispatchEvent(enter);
    await settled();
    expect(enter.defaultPrevented).to.equal(true);
    expect(words(payButton(element))).to.equal('Pay €22.50');
    expect(names()).not.to.include('submit');
  });

  it('can be taken off again', async () => {
    const { element } = await mount('pay-link-form', { client: shopClient() });
    await withCode(element, 'SUMMER');
    await press(button(element, 'Remove'));
    expect(words(payButton(element))).to.equal('Pay €25.00');
    expect(focused()?.localName).to.equal('summary');
  });

  it('says at the field why it is refused, and forgets that once another is typed', async () => {
    const { element, last } = await mount('pay-link-form', { client: shopClient() });
    await withCode(element, 'OLD');
    const code = box(element, 'Promotion code');
    expect(messageOf(code)).to.equal('This code has expired.');
    expect(code.value).to.equal('OLD');
    expect(focused()).to.equal(code);
    expect(last('error')).to.include({ code: 'promotion_code_expired', field: 'promotionCode' });
    await type(code, 'OLDE');
    expect(code.getAttribute('aria-invalid')).to.equal(null);
  });

  it('that was typed but not applied is applied before paying', async () => {
    const client = shopClient();
    const { element } = await mount('pay-link-form', { client });
    await type(box(element, 'Promotion code'), 'SUMMER');
    await buy(element);
    expect(client.requests[0]?.request).to.include({
      promotionCode: 'SUMMER',
      expectedTotal: 2250,
    });
  });

  it('that is refused then stops the payment once, not twice', async () => {
    const client = shopClient();
    const { element } = await mount('pay-link-form', { client });
    await type(box(element, 'Promotion code'), 'OLD');
    await buy(element);
    expect(client.requests).to.deep.equal([]);
    expect(focused()).to.equal(box(element, 'Promotion code'));
    await pay(element);
    expect(client.requests[0]?.request).to.include({ expectedTotal: 2500 });
    expect(client.requests[0]?.request).not.to.have.property('promotionCode');
  });

  it('that was used up meanwhile is taken off, told at its field, and kept as typed', async () => {
    const client = shopClient();
    const { element } = await mount('pay-link-form', { client });
    await withCode(element, 'SUMMER');
    client.refusals.push(
      refuse('promotion_code_used_up', {
        errors: [{ path: 'promotionCode', code: 'promotion_code_used_up', message: '' }],
      }),
    );
    await buy(element);
    const code = box(element, 'Promotion code');
    expect(code.value).to.equal('SUMMER');
    expect(messageOf(code)).to.equal('This code has been used up.');
    expect(words(payButton(element))).to.equal('Pay €25.00');
    expect(focused()).to.equal(code);
  });

  it('goes out of an order that falls below its minimum, and comes back', async () => {
    const link = donationLink({ allowPromotionCodes: true, suggestedAmounts: null });
    const { element, last } = await mount('pay-link-form', { client: shopClient(link) });
    await type(box(element, 'Amount…'), '30');
    await withCode(element, 'LARGE');
    expect(words(payButton(element))).to.equal('Donate €25.00');
    await type(box(element, 'Amount…'), '15');
    expect(words(payButton(element))).to.equal('Donate €15.00');
    expect(text(element)).to.include('From €20.00 on');
    expect(last('change').selection).not.to.have.property('promotionCode');
    await type(box(element, 'Amount…'), '20');
    expect(words(payButton(element))).to.equal('Donate €15.00');
    expect(last('change')).to.have.nested.property('selection.promotionCode', 'LARGE');
  });

  it('without anything to pay yet sends the buyer to choose first', async () => {
    const link = { ...ticketLink(), allowPromotionCodes: true };
    const client = shopClient(link as never);
    const { element } = await mount('pay-link-form', { client });
    await withCode(element, 'SUMMER');
    expect(text(element)).to.include('Choose at least one.');
    expect(box(element, 'E-mail').getAttribute('aria-invalid')).to.equal(null);
    expect(client.calls.map(([name]) => name)).not.to.include('quote');
  });

  it('of the page is applied by itself, without taking the focus', async () => {
    const client = shopClient();
    const attributes = { 'prefill-promotion-code': 'SUMMER' };
    const { element } = await mount('pay-link-form', { client, attributes });
    expect(words(payButton(element))).to.equal('Pay €22.50');
    expect(focused()).to.equal(document.body);
  });

  it('of the page waits until there is something it could be for', async () => {
    const client = shopClient({ ...ticketLink(), allowPromotionCodes: true } as never);
    const attributes = { 'prefill-promotion-code': 'SUMMER' };
    const { element } = await mount('pay-link-form', { client, attributes });
    expect(box(element, 'Promotion code').value).to.equal('SUMMER');
    await press(button(element, 'One more of Standing'));
    await settled();
    expect(words(payButton(element))).to.equal('Book for €13.50');
    expect(find(element, '.promotion').textContent).to.include('SUMMER');
  });

  it('refused for a small order is tried again when the order has grown', async () => {
    const client = shopClient(donationLink({ allowPromotionCodes: true, suggestedAmounts: null }));
    const refused = refuse('promotion_code_minimum_not_met');
    client.codes = { LARGE: refused };
    const { element } = await mount('pay-link-form', { client });
    await type(box(element, 'Amount'), '10');
    await type(box(element, 'E-mail'), 'ada@example.com');
    await withCode(element, 'LARGE');
    expect(text(element)).to.include('too small for this code');
    client.codes = {
      LARGE: { code: 'LARGE', amountOff: 500, duration: 'once', minimumAmount: 2000 },
    };
    await type(box(element, 'Amount'), '50');
    expect(text(element)).not.to.include('too small for this code');
    await pay(element);
    expect(client.requests[0]?.request).to.include({ promotionCode: 'LARGE', expectedTotal: 4500 });
  });

  it('typed and deleted again leaves its box open', async () => {
    const { element } = await mount('pay-link-form', { client: shopClient() });
    await press(find(element, 'summary'));
    await type(box(element, 'Promotion code'), 'S');
    await type(box(element, 'Promotion code'), '');
    expect(find<HTMLDetailsElement>(element, 'details').open).to.equal(true);
  });

  it('that is refused is where the focus stays, whatever else is wrong', async () => {
    const { element } = await mount('pay-link-form', { client: shopClient() });
    await pay(element);
    await withCode(element, 'OLD');
    expect(focused()).to.equal(box(element, 'Promotion code'));
  });
});
