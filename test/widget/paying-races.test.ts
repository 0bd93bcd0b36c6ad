/** Answers that cross on their way, elements that come and go: no payment is lost by them, none made twice. */
import { expect } from '@open-wc/testing';
import type { CheckoutSession } from '../../src/contract/index.js';
import type { PayLinkForm } from '../../src/widget/index.js';
import { amountLink, byPhone, fakeClient, id, refuse, session } from '../../stories/cast.js';
import {
  box,
  button,
  buy,
  cleanUp,
  mount,
  pay,
  payButton,
  press,
  settled,
  text,
  type,
} from './mount.js';

const seen = (changes: Partial<CheckoutSession>) =>
  session(amountLink(), { ...byPhone, ...changes });

async function opened(opens: Partial<CheckoutSession> = byPhone) {
  const client = fakeClient();
  client.opens = opens;
  const stage = await mount('pay-link-form', { client, leaves: true });
  await buy(stage.element);
  const called = (name: string) => client.calls.filter(([call]) => call === name).length;
  return { ...stage, called };
}

/** An answer that comes when the test says so. */
function later<Answer>() {
  let answer: (value: Answer) => void = () => undefined;
  const promise = new Promise<Answer>((resolve) => {
    answer = resolve;
  });
  return { promise, answer };
}

const askPhone = async (element: PayLinkForm) => {
  await type(box(element, 'Mobile money number'), '+242 06 123 45 67');
  await pay(element);
};

describe('an answer that comes after the news', () => {
  afterEach(cleanUp);

  it('takes nothing back from a payment that is complete', async () => {
    const { element, client, names } = await opened();
    const late = later<CheckoutSession>();
    client.confirm = () => late.promise;
    await askPhone(element);
    client.happen(seen({ status: 'complete', paymentStatus: 'paid' }));
    await settled();
    late.answer(seen({ status: 'processing' }));
    await settled();
    expect(element.state).to.equal('done');
    expect(names().filter((name) => name === 'complete')).to.have.length(1);
  });

  it('does not hide a refusal behind a phone that is no longer asked', async () => {
    const { element, client } = await opened();
    const late = later<CheckoutSession>();
    client.confirm = () => late.promise;
    await askPhone(element);
    client.happen(seen({ failure: { code: 'insufficient_funds' } }));
    await settled();
    late.answer(seen({ status: 'processing' }));
    await settled();
    expect(text(element)).to.include('the balance is too low');
    expect(payButton(element).getAttribute('aria-disabled')).to.equal('false');
  });

  it('of a buyer who looks again does not offer to pay once more', async () => {
    const { element, client } = await opened();
    client.session_ = seen({ status: 'processing' });
    await askPhone(element);
    const late = later<CheckoutSession>();
    client.session = () => late.promise;
    document.dispatchEvent(new Event('visibilitychange'));
    client.happen(seen({ status: 'complete', paymentStatus: 'paid' }));
    await settled();
    late.answer(seen({}));
    await settled();
    expect(element.state).to.equal('done');
  });

  it('from a payment nobody can read leaves its buttons in use', async () => {
    const { element, client, called } = await opened();
    client.confirm = () => Promise.reject(refuse('conflict'));
    client.session_ = refuse('network');
    await askPhone(element);
    expect(payButton(element).getAttribute('aria-disabled')).to.equal('false');
    client.session_ = seen({ status: 'canceled' });
    await press(button(element, 'Cancel the payment'));
    expect(called('cancel')).to.equal(1);
    expect(element.state).to.equal('editing');
  });

  it('from a phone that may be asking says nothing of charges before it has looked', async () => {
    const { element, client } = await opened();
    client.confirm = () => Promise.reject(refuse('internal'));
    client.session_ = seen({ status: 'processing' });
    await askPhone(element);
    expect(text(element)).to.include('being confirmed').and.not.include('Nothing was charged');
  });
});

describe('a form that is taken out and put back', () => {
  afterEach(cleanUp);

  it('still hears of the payment behind a changed order, and can cancel it', async () => {
    const { element, client, names } = await opened();
    await press(button(element, 'Change the order'));
    element.remove();
    await settled();
    document.body.append(element);
    await settled();
    client.happen(seen({ status: 'complete', paymentStatus: 'paid' }));
    await settled();
    expect(names().at(-1)).to.equal('complete');
  });

  it('counts no seconds while it is out', async () => {
    const { element } = await opened();
    element.remove();
    await settled();
    const real = globalThis.setInterval;
    let started = 0;
    globalThis.setInterval = ((...rest: Parameters<typeof real>) => {
      started += 1;
      return real(...rest);
    }) as never;
    try {
      element.theme = 'dark';
      await settled();
      expect(started).to.equal(0);
    } finally {
      globalThis.setInterval = real;
    }
  });
});

describe('an order whose answer is lost', () => {
  afterEach(cleanUp);

  it('is no order of another link', async () => {
    const { element, client } = await mount('pay-link-form');
    client.refusals.push(refuse('network'));
    await buy(element);
    client.link = amountLink({ id: id('plink', 2), amount: 900 });
    element.setAttribute('link', id('plink', 2));
    await settled();
    await buy(element);
    expect(client.requests).to.have.length(2);
    expect(client.requests[1]?.request).not.to.have.property('replaces');
    expect(client.requests[1]?.request.expectedTotal).to.equal(900);
  });

  it('does not end the purchase by the payment that it replaced', async () => {
    const { element, client, names } = await opened();
    await press(button(element, 'Change the order'));
    client.refusals.push(refuse('network'));
    client.session_ = seen({ status: 'canceled' });
    await pay(element);
    expect(names()).not.to.include('cancel');
    expect(text(element)).to.include('There is no connection.');
    expect(button(element, 'Try again')).to.be.ok;
  });

  it('replaces the payment that was opened for a buyer who did not wait for it', async () => {
    const client = fakeClient();
    const late = later<CheckoutSession>();
    const open = client.openSession;
    client.openSession = async (...rest) => {
      await open(...rest);
      return late.promise;
    };
    const { element } = await mount('pay-link-form', { client });
    await buy(element);
    (element as unknown as { abandon(): void }).abandon();
    late.answer(seen({ id: id('cs', 7) }));
    await settled();
    client.openSession = open;
    await pay(element);
    expect(client.requests[1]?.request.replaces).to.equal(id('cs', 7));
  });
});

describe('what is paid where', () => {
  afterEach(cleanUp);

  it('asks no phone for an order that costs nothing', async () => {
    const client = fakeClient();
    client.opens = { ...byPhone, total: 0 };
    const { element } = await mount('pay-link-form', { client });
    element.addEventListener('pay-link-handoff', (event) => event.preventDefault());
    await buy(element);
    expect(text(element)).to.include('in another window').and.not.include('Mobile money');
  });

  it('is not canceled by the second half of a double press', async () => {
    const { element, called } = await opened();
    const cancel = button(element, 'Cancel the payment');
    cancel.dispatchEvent(new MouseEvent('click', { bubbles: true, detail: 2 }));
    await settled();
    expect(called('cancel')).to.equal(0);
    expect(element.state).to.equal('awaiting');
  });

  it('says at every step that no money moves where none does', async () => {
    const { element, client } = await opened({ ...byPhone, testMode: true });
    expect(text(element)).to.include('Test mode');
    client.happen(seen({ testMode: true, status: 'processing' }));
    await settled();
    expect(text(element)).to.include('Test mode');
    client.happen(seen({ testMode: true, status: 'complete' }));
    await settled();
    expect(text(element)).to.include('Test mode');
  });

  it('says in a frame, too, that a payment could not be canceled', async () => {
    const url = `${location.origin}/c/cs_1`;
    const { element, client } = await opened({ methods: ['page'], embeddable: true, url });
    client.session_ = refuse('network');
    await press(button(element, 'Cancel the payment'));
    expect(text(element)).to.include('There is no connection.');
  });

  it('gives the session an address of the page that is not too long', async () => {
    const before = location.href;
    history.replaceState(null, '', `?${'x'.repeat(2100)}`);
    try {
      const { client } = await opened();
      expect(client.requests[0]?.request.returnUrl).to.equal(
        `${location.origin}${location.pathname}`,
      );
    } finally {
      history.replaceState(null, '', before);
    }
  });
});
