import { expect } from '@open-wc/testing';
import { recall } from '../../src/widget/checkout/session-memory.js';
import { amountLink, closedLink, fakeClient, id, refuse, session } from '../../stories/cast.js';
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

describe('a purchase', () => {
  afterEach(cleanUp);

  it('tells its happenings in order, each once', async () => {
    const { element, client, names, last } = await mount('pay-link-form');
    await buy(element);
    expect(element.getAttribute('state')).to.equal('awaiting');
    client.happen(session(amountLink(), { status: 'processing' }));
    client.happen(session(amountLink(), { status: 'processing' }));
    client.happen(session(amountLink(), { status: 'complete', paymentStatus: 'paid' }));
    client.happen(session(amountLink(), { status: 'complete', paymentStatus: 'paid' }));
    await settled();
    expect(names()).to.deep.equal([
      'ready',
      'change',
      'change',
      'submit',
      'handoff',
      'processing',
      'complete',
    ]);
    expect(last('complete')).to.have.nested.property('session.status', 'complete');
    expect(element.getAttribute('state')).to.equal('done');
    expect(text(element)).to.include('Thank you').and.include('€25.00 paid');
  });

  it('gives details that are plain data', async () => {
    const { element, events } = await mount('pay-link-form');
    await buy(element);
    for (const { detail } of events) expect(structuredClone(detail)).to.deep.equal(detail);
  });

  it('says with every order what it should cost, where to return and what it replaces', async () => {
    const { element, client } = await mount('pay-link-form', {
      attributes: { reference: 'order_7', locale: 'en' },
    });
    element.metadata = { shelf: '4' };
    await buy(element);
    const { request, idempotencyKey } = client.requests[0]!;
    expect(request).to.deep.equal({
      customer: { email: 'ada@example.com' },
      reference: 'order_7',
      metadata: { shelf: '4' },
      locale: 'en',
      expectedTotal: 2500,
      returnUrl: location.href,
    });
    expect(idempotencyKey).to.match(/^[A-Za-z0-9]{24,}$/);
  });

  const cancelable = ['submit', 'handoff', 'complete'] as const;
  for (const name of cancelable)
    it(`lets the page prevent ${name}`, async () => {
      const { element, client } = await mount('pay-link-form');
      element.addEventListener(`pay-link-${name}`, (event) => event.preventDefault());
      await buy(element);
      expect(client.requests).to.have.length(name === 'submit' ? 0 : 1);
      client.happen(session(amountLink(), { status: 'complete' }));
      await settled();
      if (name === 'complete') expect(has(element, '.confirmation')).to.equal(false);
    });

  it('shows only what can be prevented as cancelable', async () => {
    const { element } = await mount('pay-link-form');
    const told: Record<string, boolean> = {};
    for (const name of ['submit', 'handoff', 'change', 'error'] as const)
      element.addEventListener(`pay-link-${name}`, (event) => {
        told[name] = event.cancelable;
        expect(event.bubbles && event.composed).to.equal(true);
      });
    await buy(element);
    expect(told).to.deep.equal({ change: false, submit: true, handoff: true });
  });

  it('goes back to the form when the buyer returns without paying', async () => {
    const { element, client, names } = await mount('pay-link-form');
    await buy(element);
    client.happen(session(amountLink(), { status: 'canceled' }));
    await settled();
    expect(names().at(-1)).to.equal('cancel');
    expect(element.state).to.equal('editing');
    expect(box(element, 'E-mail').value).to.equal('ada@example.com');
    expect(text(element)).to.include('Nothing was charged');
  });

  it('says why a payment did not work and offers to continue it', async () => {
    const { element, client, names } = await mount('pay-link-form');
    await buy(element);
    client.happen(session(amountLink(), { failure: { code: 'insufficient_funds' } }));
    await settled();
    expect(text(element)).to.include('the balance is too low');
    expect(find<HTMLAnchorElement>(element, 'a').href).to.match(
      /^https:\/\/pay.example.com\/c\/cs_/,
    );
    expect(names()).not.to.include('cancel');
  });

  it('replaces its own open payment, so that nobody blocks themselves', async () => {
    const { element, client } = await mount('pay-link-form');
    await buy(element);
    await press(button(element, 'Change the order'));
    await pay(element);
    expect(client.requests[1]?.request.replaces).to.equal(id('cs', 1));
  });

  it('needs no hand-off where nothing is to be paid any more', async () => {
    const client = fakeClient();
    client.openSession = async () => session(amountLink(), { status: 'complete' });
    const { element, names } = await mount('pay-link-form', { client });
    await buy(element);
    expect(names()).to.include('complete').and.not.include('handoff');
    expect(element.state).to.equal('done');
  });

  it('never goes to an address that is not safe, but says that it did not', async () => {
    const client = fakeClient();
    client.openSession = async () => session(amountLink(), { url: 'javascript:alert(1)' });
    const { element, last } = await mount('pay-link-form', { client, leaves: true });
    await buy(element);
    expect(last('error')).to.include({ code: 'handoff_blocked' });
    expect(has(element, 'a')).to.equal(false);
  });
});

describe('a field that is not right', () => {
  afterEach(cleanUp);

  it('is told when the buyer tries to pay, and is where the focus goes', async () => {
    const { element, names } = await mount('pay-link-form');
    const email = box(element, 'E-mail');
    expect(email.hasAttribute('aria-invalid')).to.equal(false);
    await pay(element);
    expect(email.getAttribute('aria-invalid')).to.equal('true');
    expect(messageOf(email)).to.equal('This is needed.');
    expect(focused()).to.equal(email);
    expect(names()).not.to.include('submit');
    await type(email, 'ada@example.com');
    expect(email.hasAttribute('aria-invalid')).to.equal(false);
  });

  it('is not told while it is being typed, only once it is left', async () => {
    const { element } = await mount('pay-link-form');
    const email = box(element, 'E-mail');
    await type(email, 'ada@');
    expect(email.hasAttribute('aria-invalid')).to.equal(false);
    payButton(element).focus();
    await settled();
    expect(messageOf(email)).to.include('does not look like an e-mail address');
  });

  it('does not keep the order from being priced', async () => {
    const { element, last } = await mount('pay-link-form');
    await type(box(element, 'E-mail'), 'nonsense');
    expect(last('change')).to.have.nested.property('totals.total', 2500);
  });

  it('asks for what the link collects, in the words browsers fill in', async () => {
    const { collect } = amountLink();
    const link = amountLink({ collect: { ...collect, name: 'required', phone: 'optional' } });
    const { element, client } = await mount('pay-link-form', { link });
    expect(box(element, 'E-mail').autocomplete).to.equal('email');
    expect(box(element, 'Name').autocomplete).to.equal('name');
    expect(box(element, 'Phone').autocomplete).to.equal('tel');
    await type(box(element, 'Name'), 'Ada');
    await buy(element);
    expect(client.requests[0]?.request.customer).to.deep.equal({
      name: 'Ada',
      email: 'ada@example.com',
    });
  });

  it('keeps all that autofill writes in one go', async () => {
    const { collect } = amountLink();
    const link = amountLink({ collect: { ...collect, name: 'required' } });
    const { element, client } = await mount('pay-link-form', { link });
    for (const [label, value] of [
      ['E-mail', 'ada@example.com'],
      ['Name', 'Ada'],
    ] as const) {
      const field = box(element, label);
      field.value = value;
      field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    }
    await settled();
    await pay(element);
    expect(client.requests[0]?.request.customer).to.deep.equal({
      email: 'ada@example.com',
      name: 'Ada',
    });
  });

  it('is told where the server found it', async () => {
    const client = fakeClient();
    const errors = [{ path: 'customer.email', code: 'invalid_email', message: '' }];
    client.refusals.push(refuse('invalid_selection', { errors }));
    const { element, last } = await mount('pay-link-form', { client });
    await buy(element);
    expect(last('error')).to.include({ code: 'invalid_selection', field: 'email' });
    expect(focused()).to.equal(box(element, 'E-mail'));
    expect(messageOf(box(element, 'E-mail'))).to.include('e-mail address');
  });
});

describe('when a payment cannot be opened', () => {
  afterEach(cleanUp);

  for (const code of ['network', 'timeout', 'rate_limited', 'provider_unavailable', 'internal'])
    it(`keeps what was typed after ${code} and offers another try`, async () => {
      const client = fakeClient();
      client.refusals.push(refuse(code, { retryAfter: 7 }));
      const { element, last } = await mount('pay-link-form', { client });
      await buy(element);
      expect(last('error')).to.include({ code, retryable: true });
      expect(box(element, 'E-mail').value).to.equal('ada@example.com');
      expect(text(element)).to.include('Try again in 7 seconds.');
      await press(button(element, 'Try again'));
      expect(element.state).to.equal('awaiting');
    });

  it('keeps its key across a lost connection, so that one press buys once', async () => {
    const client = fakeClient();
    client.refusals.push(refuse('network'), refuse('timeout'));
    const { element } = await mount('pay-link-form', { client });
    await buy(element);
    await pay(element);
    await pay(element);
    const keys = client.requests.map(({ idempotencyKey }) => idempotencyKey);
    expect(new Set(keys).size).to.equal(1);
    expect(keys).to.have.length(3);
  });

  it('makes a new key after any answer, and for another order', async () => {
    const client = fakeClient();
    client.refusals.push(refuse('provider_unavailable'), refuse('network'));
    const { element } = await mount('pay-link-form', { client });
    await buy(element);
    await pay(element);
    await type(box(element, 'E-mail'), 'eve@example.com');
    await pay(element);
    const keys = client.requests.map(({ idempotencyKey }) => idempotencyKey);
    expect(new Set(keys).size).to.equal(3);
  });

  it('replaces an order that was never answered by the one that was made of it', async () => {
    const client = fakeClient();
    client.refusals.push(refuse('network'));
    const { element } = await mount('pay-link-form', { client });
    await buy(element);
    await type(box(element, 'E-mail'), 'eve@example.com');
    await pay(element);
    const [lost, asked, last] = client.requests;
    expect(asked).to.deep.equal(lost);
    expect(last?.request.replaces).to.equal(id('cs', 1));
    expect(last?.request.customer).to.deep.equal({ email: 'eve@example.com' });
    expect(element.state).to.equal('awaiting');
  });

  it('shows the new total after a change of price and loses nothing', async () => {
    const client = fakeClient();
    const dearer = amountLink({ amount: 3000 });
    const { totals } = session(dearer);
    client.refusals.push(refuse('price_changed', { totals }));
    const { element } = await mount('pay-link-form', { client });
    client.link = dearer;
    await buy(element);
    expect(text(element)).to.include('The total is now €30.00');
    expect(words(payButton(element))).to.equal('Pay €30.00');
    expect(box(element, 'E-mail').value).to.equal('ada@example.com');
    await pay(element);
    expect(client.requests[1]?.request.expectedTotal).to.equal(3000);
  });

  it('closes when the last one was sold meanwhile, and keeps what was typed for the retry', async () => {
    const client = fakeClient();
    client.refusals.push(refuse('temporarily_sold_out'));
    const { element, last } = await mount('pay-link-form', { client });
    client.link = amountLink({ remaining: 0 });
    await buy(element);
    expect(last('unavailable')).to.include({ status: 'temporarily_sold_out' });
    client.link = amountLink();
    await press(button(element, 'Try again'));
    expect(box(element, 'E-mail').value).to.equal('ada@example.com');
  });

  it('closes when the link was used up meanwhile', async () => {
    const client = fakeClient();
    client.refusals.push(refuse('link_exhausted'));
    const { element, last } = await mount('pay-link-form', { client });
    client.link = closedLink({ status: 'exhausted' });
    await buy(element);
    expect(last('unavailable')).to.include({ status: 'exhausted' });
  });

  it('sends one order for two presses in a row', async () => {
    const { element, client } = await mount('pay-link-form');
    await type(box(element, 'E-mail'), 'ada@example.com');
    payButton(element).click();
    payButton(element).click();
    await settled();
    expect(client.requests).to.have.length(1);
  });
});

describe('a page that is shown again', () => {
  afterEach(cleanUp);

  const returned = async (seen: ReturnType<typeof session>) => {
    const first = await mount('pay-link-form');
    await buy(first.element);
    first.element.remove();
    const client = fakeClient();
    client.session_ = seen;
    return mount('pay-link-form', { client });
  };

  it('tells that it was paid, once, and starts afresh on a later load', async () => {
    const { element, names } = await returned(session(amountLink(), { status: 'complete' }));
    expect(names()).to.deep.equal(['complete']);
    expect(text(element)).to.include('Thank you');
    element.remove();
    const later = await mount('pay-link-form');
    expect(later.names()).to.deep.equal(['ready', 'change']);
  });

  it('thanks even where the purchase used the link up', async () => {
    const first = await mount('pay-link-form');
    await buy(first.element);
    first.element.remove();
    const client = fakeClient(closedLink({ status: 'exhausted' }));
    client.session_ = session(amountLink(), { status: 'complete' });
    const { names } = await mount('pay-link-form', { client });
    expect(names()).to.deep.equal(['complete']);
  });

  it('tells that it was canceled, and is ready for another try', async () => {
    const { element, names } = await returned(session(amountLink(), { status: 'canceled' }));
    expect(names()).to.deep.equal(['ready', 'change', 'cancel']);
    expect(element.state).to.equal('editing');
  });

  it('offers to continue a payment that is still open, and replaces it otherwise', async () => {
    const { element, client } = await returned(session());
    expect(text(element)).to.include('still open');
    expect(find<HTMLAnchorElement>(element, 'a.button').href).to.equal(session().url);
    await buy(element);
    expect(client.requests[0]?.request.replaces).to.equal(session().id);
  });

  it('waits for a payment that is being confirmed', async () => {
    const { element, client, names } = await returned(
      session(amountLink(), { status: 'processing' }),
    );
    expect(names().at(-1)).to.equal('processing');
    client.happen(session(amountLink(), { status: 'complete' }));
    await settled();
    expect(names().at(-1)).to.equal('complete');
    expect(element.state).to.equal('done');
  });

  it('asks when the browser brings the page back from its memory', async () => {
    const { element, client, names } = await mount('pay-link-form');
    await buy(element);
    client.session_ = session(amountLink(), { status: 'complete' });
    dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    await settled();
    expect(names().at(-1)).to.equal('complete');
  });

  it('forgets a payment the server does not know', async () => {
    const first = await mount('pay-link-form');
    await buy(first.element);
    first.element.remove();
    const { element } = await mount('pay-link-form');
    expect(element.state).to.equal('editing');
    expect(has(element, '.notice')).to.equal(false);
    expect(Object.keys(sessionStorage).filter((key) => !key.includes('draft'))).to.deep.equal([]);
    expect(recall('anything')).to.equal(undefined);
  });
});
