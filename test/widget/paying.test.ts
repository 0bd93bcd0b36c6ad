/** From an open payment to its outcome, where the buyer pays without leaving the page. */
import { expect } from '@open-wc/testing';
import type { CheckoutSession } from '../../src/contract/index.js';
import {
  amountLink,
  byPhone,
  fakeClient,
  id,
  productLink,
  refuse,
  session,
  shirt,
  variant,
} from '../../stories/cast.js';
import {
  box,
  button,
  buy,
  cleanUp,
  everything,
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

const number = '+242 06 123 45 67';
const seen = (changes: Partial<CheckoutSession>) =>
  session(amountLink(), { ...byPhone, ...changes });

/** A form whose order is open, and can be paid as the session says. */
async function opened(opens: Partial<CheckoutSession> = byPhone, link = amountLink()) {
  const client = fakeClient(link);
  client.opens = opens;
  const stage = await mount('pay-link-form', { client, leaves: true });
  await buy(stage.element);
  const called = (name: string) => client.calls.filter(([call]) => call === name);
  return { ...stage, called };
}

const phoneBox = (element: HTMLElement) => box(element, 'Mobile money number');
const link = (element: HTMLElement, name: string) =>
  [...everything(element)].find(
    (one) => one.localName === 'a' && words(one) === name,
  ) as HTMLAnchorElement;

describe('paying by mobile money', () => {
  afterEach(cleanUp);

  it('happens in the form: a number is asked for, then its phone', async () => {
    const { element, client, names } = await opened();
    await type(phoneBox(element), number);
    client.session_ = seen({
      status: 'processing',
      approvalExpiresAt: '2026-11-23T09:01:30.000Z',
    });
    await pay(element);
    expect(client.calls.at(-1)).to.deep.equal(['confirm', id('cs', 1), { phone: number }]);
    expect(text(element)).to.include('Approve €25.00 on your phone').and.include('Time left: 1:');
    client.happen(seen({ status: 'complete', paymentStatus: 'paid' }));
    await settled();
    expect(element.state).to.equal('done');
    expect(names().filter((name) => name !== 'change')).to.deep.equal([
      'ready',
      'submit',
      'handoff',
      'processing',
      'complete',
    ]);
  });

  it('says whose number it is, once that can be told', async () => {
    const { element } = await opened();
    expect(messageOf(phoneBox(element))).to.include('country code');
    await type(phoneBox(element), '00242 05');
    expect(messageOf(phoneBox(element))).to.equal('Airtel Money');
    await type(phoneBox(element), '+49 30');
    expect(messageOf(phoneBox(element))).to.include('country code');
  });

  it('takes the number the buyer has given before', async () => {
    const collect = {
      ...amountLink().collect,
      phone: 'optional' as const,
      callingCodes: { CG: '242' },
    };
    const client = fakeClient(amountLink({ collect }));
    client.opens = byPhone;
    const { element } = await mount('pay-link-form', { client, leaves: true });
    await type(box(element, 'Phone'), number);
    await buy(element);
    expect(phoneBox(element).value).to.equal(number);
  });

  it('asks for a number that is missing, and says what is wrong with one that is not', async () => {
    const { element, client, called } = await opened();
    await pay(element);
    expect(called('confirm')).to.have.length(0);
    expect(focused()).to.equal(phoneBox(element));
    expect(messageOf(phoneBox(element))).to.include('This is needed.');
    await type(phoneBox(element), '06');
    expect(phoneBox(element).hasAttribute('aria-invalid')).to.equal(false);
    client.session_ = refuse('validation_failed');
    await pay(element);
    expect(phoneBox(element).getAttribute('aria-invalid')).to.equal('true');
    expect(messageOf(phoneBox(element))).to.include('not in the expected form');
    expect(phoneBox(element).value).to.equal('06');
  });

  it('can be tried again in the same payment after a refusal, with the number kept', async () => {
    const { element, client, names } = await opened();
    await type(phoneBox(element), number);
    client.session_ = seen({ status: 'processing' });
    await pay(element);
    client.happen(seen({ failure: { code: 'insufficient_funds' } }));
    await settled();
    expect(text(element)).to.include('the balance is too low');
    expect(focused()?.textContent).to.include('the balance is too low');
    expect(phoneBox(element).value).to.equal(number);
    await pay(element);
    expect(client.requests).to.have.length(1);
    expect(names()).not.to.include('cancel');
    client.happen(seen({ status: 'complete' }));
    await settled();
    expect(element.state).to.equal('done');
  });

  it('keeps the number where there is no connection, and tells the page', async () => {
    const { element, client, last } = await opened();
    await type(phoneBox(element), number);
    client.session_ = refuse('network');
    await pay(element);
    expect(text(element)).to.include('There is no connection.');
    expect(last('error')).to.include({ code: 'network', retryable: true });
    expect(phoneBox(element).value).to.equal(number);
    client.session_ = seen({ status: 'processing' });
    await pay(element);
    expect(text(element)).not.to.include('There is no connection.');
  });

  it('asks once for two presses in a row', async () => {
    const { element, client, called } = await opened();
    await type(phoneBox(element), number);
    client.confirm = async (...rest) => {
      client.calls.push(['confirm', ...rest]);
      return new Promise(() => undefined);
    };
    payButton(element).click();
    payButton(element).click();
    await settled();
    expect(called('confirm')).to.have.length(1);
  });

  it('looks again where the payment is not where this page thinks it is', async () => {
    const { element, client } = await opened();
    await type(phoneBox(element), number);
    client.confirm = async () => {
      throw refuse('conflict');
    };
    client.session_ = seen({ status: 'complete', paymentStatus: 'paid' });
    await pay(element);
    expect(element.state).to.equal('done');
  });

  it('leaves for the payment page where the buyer would rather', async () => {
    const { element, events } = await opened();
    const handoffs = () => events.filter(({ name }) => name === 'handoff').length;
    element.addEventListener('pay-link-handoff', (event) => event.preventDefault());
    await press(link(element, 'Pay another way'));
    expect(handoffs()).to.equal(2);
    expect(text(element)).to.include('open in another window');
  });

  it('does not happen where the page asked for the payment page', async () => {
    const client = fakeClient();
    client.opens = byPhone;
    const { element } = await mount('pay-link-form', {
      client,
      attributes: { handoff: 'redirect' },
    });
    await buy(element);
    expect(has(element, 'input[type=tel]')).to.equal(false);
  });
});

describe('a place that is held', () => {
  afterEach(cleanUp);

  it('is counted down by the server’s clock, whatever the buyer’s says', async () => {
    const real = Date.now;
    Date.now = () => real() + 86_400_000;
    try {
      const { element } = await opened();
      expect(text(element)).to.match(/Held for you for (?:10:00|9:59)/);
    } finally {
      Date.now = real;
    }
  });

  it('is said to run out, and can be held longer once', async () => {
    const expiresAt = '2026-11-23T09:00:55.000Z';
    const { element, client, called } = await opened({ ...byPhone, expiresAt });
    expect(words(find(element, '[data-live]'))).to.match(/^Held for you for 0:5\d/);
    client.session_ = seen({ expiresAt: '2026-11-23T09:15:55.000Z', extendable: false });
    await press(button(element, 'I need more time'));
    expect(called('extend')).to.have.length(1);
    expect(text(element)).to.match(/Held for you for 15:5\d/);
    expect(text(element)).not.to.include('I need more time');
  });

  it('is given back at once by a buyer who cancels', async () => {
    const { element, client, called, names } = await opened();
    client.session_ = seen({ status: 'canceled' });
    await press(button(element, 'Cancel the payment'));
    expect(called('cancel')).to.have.length(1);
    expect(names().at(-1)).to.equal('cancel');
    expect(text(element)).to.include('Nothing was charged');
    expect(box(element, 'E-mail').value).to.equal('ada@example.com');
    client.session_ = undefined;
    await pay(element);
    expect(client.requests[1]?.request).not.to.have.property('replaces');
  });

  it('that has run out leaves what was typed, and another try', async () => {
    const { element, client } = await opened();
    client.happen(seen({ status: 'expired' }));
    await settled();
    expect(text(element)).to.include('took too long');
    expect(box(element, 'E-mail').value).to.equal('ada@example.com');
    await pay(element);
    expect(phoneBox(element)).to.be.ok;
  });

  it('is still followed while the buyer changes the order', async () => {
    const { element, client, names } = await opened();
    await press(button(element, 'Change the order'));
    expect(element.state).to.equal('editing');
    client.happen(seen({ status: 'complete', paymentStatus: 'paid' }));
    await settled();
    expect(names().at(-1)).to.equal('complete');
    expect(element.state).to.equal('done');
  });

  it('does not look sold out to the buyer it is held for', async () => {
    const first = await opened();
    first.element.remove();
    const client = fakeClient(amountLink({ remaining: 0 }));
    client.session_ = seen({});
    const { element, names } = await mount('pay-link-form', { client });
    expect(names()).not.to.include('unavailable');
    expect(text(element)).to.include('still open');
    await buy(element);
    expect(client.requests[0]?.request.replaces).to.equal(id('cs', 1));
  });

  it('leaves the last piece of the stock to the buyer it is held for', async () => {
    const stocked = (stock: number) => productLink([shirt({ variants: [variant(1, { stock })] })]);
    const first = await opened(byPhone, stocked(1) as never);
    const held = session(stocked(1), byPhone, first.client.requests[0]?.request);
    first.element.remove();
    const client = fakeClient(stocked(0));
    client.session_ = held;
    const { element } = await mount('pay-link-form', { client });
    await buy(element);
    expect(client.requests).to.have.length(1);
  });

  it('goes on where the element is moved in the page, and where it was out of it', async () => {
    const { element, client } = await opened();
    await type(phoneBox(element), number);
    client.session_ = seen({ status: 'processing' });
    await pay(element);
    const other = document.createElement('section');
    document.body.append(other);
    other.append(element);
    await settled();
    expect(text(element)).to.include('being confirmed');
    other.remove();
    await settled();
    document.body.append(element);
    client.happen(seen({ status: 'complete', paymentStatus: 'paid' }));
    await settled();
    expect(element.state).to.equal('done');
  });
});

describe('the payment page in a frame', () => {
  afterEach(cleanUp);

  const framed = { methods: ['page'], embeddable: true, url: `${location.origin}/c/cs_1` };
  const frameOf = (element: HTMLElement) => find<HTMLIFrameElement>(element, 'iframe');
  const say = (data: unknown, { origin = location.origin, source = null as unknown } = {}) =>
    dispatchEvent(new MessageEvent('message', { data, origin, source: source as Window }));
  const hello = { type: 'pay-link', session: id('cs', 1) };

  it('is named, and is the session’s', async () => {
    const { element } = await opened(framed);
    expect(frameOf(element).title).to.equal('Payment page');
    expect(frameOf(element).src).to.equal(`${location.origin}/c/cs_1?embed=1`);
  });

  it('is listened to only as a hint, from itself and from its own origin', async () => {
    const { element, client, called } = await opened(framed);
    const source = frameOf(element).contentWindow;
    const origins = [
      'null',
      '',
      'https://evil.example',
      `${location.origin}.evil.example`,
      location.origin.replace('http', 'https'),
      location.origin.toUpperCase(),
    ];
    for (const origin of origins) say(hello, { origin, source });
    for (const other of [null, window, window.parent]) say(hello, { source: other });
    for (const data of [
      null,
      'paid',
      {},
      { ...hello, session: id('cs', 2) },
      { ...hello, type: 'x' },
    ])
      say(data, { source });
    say({ ...hello, status: 'complete' }, { origin: 'null', source });
    await settled();
    expect(called('session')).to.have.length(0);
    client.session_ = session(amountLink(), { ...framed, status: 'complete' });
    say(hello, { source });
    await settled();
    expect(called('session')).to.have.length(1);
    expect(element.state).to.equal('done');
  });

  it('is left where the page does not come, by a link', async () => {
    const clock = setTimeout;
    const timers: (() => void)[] = [];
    globalThis.setTimeout = ((task: () => void, time = 0) =>
      time >= 2000 ? timers.push(task) : clock(task, time)) as never;
    try {
      const { element } = await opened(framed);
      expect(link(element, 'Continue to payment')).to.equal(undefined);
      for (const task of timers) task();
      await settled();
      expect(link(element, 'Continue to payment').href).to.equal(`${location.origin}/c/cs_1`);
      expect(has(element, 'iframe')).to.equal(true);
    } finally {
      globalThis.setTimeout = clock;
    }
  });
});
