import { expect, waitUntil } from '@open-wc/testing';
import type { PayLinkModal } from '../../src/widget/index.js';
import { amountLink, fakeClient, id, refuse, session } from '../../stories/cast.js';
import {
  box,
  button,
  buy,
  cleanUp,
  find,
  focused,
  has,
  mount,
  press,
  settled,
  text,
  type,
} from './mount.js';

const dialogOf = (element: HTMLElement) => find<HTMLDialogElement>(element, 'dialog');

describe('the modal', () => {
  afterEach(cleanUp);

  it('asks for nothing and shows nothing before it is opened', async () => {
    const { element, client } = await mount('pay-link-modal');
    expect(client.calls).to.have.length(0);
    expect(element.getAttribute('state')).to.equal('idle');
    expect(dialogOf(element).open).to.equal(false);
  });

  it('opens a native modal dialog named after the link, and reflects it', async () => {
    const { element, names } = await mount('pay-link-modal');
    expect(element.show()).to.equal(true);
    await settled();
    expect(dialogOf(element).matches(':modal')).to.equal(true);
    expect(element.hasAttribute('open')).to.equal(true);
    expect(element.getAttribute('state')).to.equal('editing');
    expect(names()).to.deep.equal(['open', 'ready', 'change']);
    expect(find(element, '#title').textContent?.trim()).to.equal('Invoice 2026-118');
    expect(dialogOf(element).getAttribute('aria-labelledby')).to.equal('title');
    expect(text(element).match(/Invoice 2026-118/g)).to.have.length(1);
  });

  it('opens by its attribute too, and closes when that goes', async () => {
    const { element, names, last } = await mount('pay-link-modal', { attributes: { open: '' } });
    expect(dialogOf(element).open).to.equal(true);
    element.removeAttribute('open');
    await settled();
    expect(dialogOf(element).open).to.equal(false);
    expect(names().filter((name) => name === 'open')).to.have.length(1);
    expect(last('close')).to.deep.equal({ reason: 'api' });
  });

  it('stays closed where the page prevents it', async () => {
    const { element, client, names } = await mount('pay-link-modal');
    element.addEventListener('pay-link-open', (event) => event.preventDefault());
    expect(element.show()).to.equal(false);
    element.open = true;
    await settled();
    expect(dialogOf(element).open).to.equal(false);
    expect(element.open).to.equal(false);
    expect(client.calls).to.have.length(0);
    expect(names()).not.to.include('close');
  });

  const ways = {
    button: (element: HTMLElement) => button(element, 'Close').click(),
    escape: (element: HTMLElement) =>
      dialogOf(element).dispatchEvent(new Event('cancel', { cancelable: true })),
    backdrop: (element: HTMLElement) => {
      dialogOf(element).dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
      dialogOf(element).click();
    },
    api: (element: HTMLElement) => (element as unknown as { close(): void }).close(),
  };
  for (const [reason, close] of Object.entries(ways))
    it(`closes by ${reason} and says so, once`, async () => {
      const { element, last, names } = await mount('pay-link-modal', { attributes: { open: '' } });
      close(element);
      await settled();
      expect(dialogOf(element).open).to.equal(false);
      expect(element.open).to.equal(false);
      expect(last('close')).to.deep.equal({ reason });
      expect(names().filter((name) => name === 'close')).to.have.length(1);
    });

  it('stays open where a press only ends on the backdrop', async () => {
    const { element } = await mount('pay-link-modal', { attributes: { open: '' } });
    box(element, 'E-mail').dispatchEvent(
      new PointerEvent('pointerdown', { bubbles: true, composed: true }),
    );
    dialogOf(element).click();
    await settled();
    expect(element.open).to.equal(true);
  });

  it('keeps what was typed while it is closed, and asks for its link once', async () => {
    const { element, client } = await mount('pay-link-modal', { attributes: { open: '' } });
    await type(box(element, 'E-mail'), 'ada@example.com');
    element.close();
    await settled();
    element.show();
    await settled();
    expect(box(element, 'E-mail').value).to.equal('ada@example.com');
    expect(client.calls.filter(([name]) => name === 'paymentLink')).to.have.length(1);
  });

  it('gives the focus back to what opened it', async () => {
    const { element } = await mount('pay-link-modal');
    const opener = document.createElement('button');
    document.body.append(opener);
    opener.focus();
    element.show();
    await settled();
    expect(focused()).to.equal(find(element, '#title'));
    element.close();
    expect(document.activeElement).to.equal(opener);
    opener.remove();
  });

  it('leaves the focus near itself where the opener has gone', async () => {
    const { element } = await mount('pay-link-modal');
    const opener = document.createElement('button');
    document.body.append(opener);
    opener.focus();
    element.show();
    await settled();
    opener.remove();
    element.close();
    expect(document.activeElement).to.equal(element);
  });

  it('holds the page still without touching its elements', async () => {
    const { element } = await mount('pay-link-modal', { attributes: { open: '' } });
    expect(getComputedStyle(document.documentElement).overflow).to.equal('hidden');
    expect(document.documentElement.hasAttribute('style')).to.equal(false);
    element.close();
    expect(getComputedStyle(document.documentElement).overflow).not.to.equal('hidden');
  });

  it('lets the page move again when it is removed while open', async () => {
    const { element } = await mount('pay-link-modal', { attributes: { open: '' } });
    element.remove();
    expect(getComputedStyle(document.documentElement).overflow).not.to.equal('hidden');
  });

  it('thanks, closes as complete, and starts afresh the next time', async () => {
    const { element, client, last, names } = await mount('pay-link-modal', {
      attributes: { open: '' },
    });
    await buy(element);
    client.happen(session(amountLink(), { status: 'complete' }));
    await settled();
    expect(element.getAttribute('state')).to.equal('done');
    await press(button(element, 'Done'));
    expect(last('close')).to.deep.equal({ reason: 'complete' });
    expect(names().slice(-2)).to.deep.equal(['complete', 'close']);
    element.show();
    await settled();
    expect(element.getAttribute('state')).to.equal('editing');
    expect(box(element, 'E-mail').value).to.equal('');
  });

  it('gives up waiting for an answer when it is closed, with the same key later', async () => {
    const client = fakeClient();
    const { openSession } = client;
    client.openSession = (_link, request, options) => {
      client.openSession = openSession;
      client.requests.push({ request, idempotencyKey: options.idempotencyKey });
      return new Promise(() => undefined);
    };
    const { element } = await mount('pay-link-modal', { client, attributes: { open: '' } });
    await buy(element);
    expect(element.getAttribute('state')).to.equal('submitting');
    element.close();
    element.show();
    await settled();
    await buy(element);
    const keys = client.requests.map(({ idempotencyKey }) => idempotencyKey);
    expect(keys).to.have.length(2);
    expect(new Set(keys).size).to.equal(1);
  });

  it('shows the parts a page may style', async () => {
    const { element } = await mount('pay-link-modal', { attributes: { open: '' } });
    for (const part of ['dialog', 'header', 'title', 'close', 'form', 'input', 'submit', 'total'])
      expect(has(element, `[part~=${part}]`), part).to.equal(true);
    const inner = find(element, 'pay-link-form').getAttribute('exportparts');
    expect(inner).to.include('submit').and.include('error');
  });
});

describe('the button', () => {
  afterEach(cleanUp);

  const own = (element: HTMLElement) => find<HTMLButtonElement>(element, '[part=button]');

  it('opens the form of its link in a modal', async () => {
    const { element, names } = await mount('pay-link-button');
    expect(element.getAttribute('state')).to.equal('idle');
    await press(own(element));
    expect(dialogOf(element).matches(':modal')).to.equal(true);
    expect(names()).to.deep.equal(['open', 'ready', 'change']);
    expect(element.getAttribute('state')).to.equal('editing');
  });

  it('tells everything on itself, as the element the page wrote', async () => {
    const { element, client } = await mount('pay-link-button');
    const targets = new Set<EventTarget | null>();
    for (const name of ['open', 'ready', 'submit', 'handoff', 'complete', 'close'] as const)
      document.addEventListener(`pay-link-${name}`, ({ target }) => targets.add(target), {
        once: true,
      });
    await press(own(element));
    await buy(element);
    client.happen(session(amountLink(), { status: 'complete' }));
    await settled();
    await press(button(element, 'Done'));
    expect([...targets]).to.deep.equal([element]);
  });

  it('takes its link, backend and words from the <a> inside, which is not shown', async () => {
    const inside = '<a href="https://pay.example.com/p/poster">Buy the poster</a>';
    const { element, client } = await mount('pay-link-button', {
      attributes: { link: '' },
      inside,
    });
    expect(own(element).textContent?.trim()).to.equal('Buy the poster');
    expect(element.querySelector('a')?.assignedSlot).to.equal(null);
    expect(element.innerHTML).to.equal(inside);
    await press(own(element));
    expect(client.calls.find(([name]) => name === 'paymentLink')?.[1]).to.equal('poster');
  });

  it('prefers its own content, then its label, then what the link is for', async () => {
    const content = await mount('pay-link-button', {
      inside: '<b>Now</b>',
      attributes: { label: 'L' },
    });
    expect(has(content.element, 'slot:not([name])')).to.equal(true);
    const label = await mount('pay-link-button', { attributes: { label: 'Join us' } });
    expect(own(label.element).textContent?.trim()).to.equal('Join us');
    const link = amountLink({ submitType: 'donate' });
    const auto = await mount('pay-link-button', { link });
    await waitUntil(() => own(auto.element).textContent?.trim() === 'Donate', 'words', {
      timeout: 4000,
    });
  });

  it('shows the price when asked to', async () => {
    const attributes = { label: 'Pay', 'show-price': '' };
    const { element } = await mount('pay-link-button', { attributes });
    await waitUntil(() => has(element, '.price'), 'price', { timeout: 4000 });
    expect(find(element, '.price').textContent).to.equal('€25.00');
  });

  it('stays hidden where the page hides it, asleep or awake', async () => {
    const crowd = document.createElement('div');
    for (let number = 0; number < 40; number++) {
      const element = document.createElement('pay-link-button');
      Object.assign(element, { link: id('plink', 1), client: fakeClient(), hidden: true });
      crowd.append(element);
    }
    document.body.append(crowd);
    const shown = () =>
      [...crowd.children].filter((one) => getComputedStyle(one).display !== 'none').length;
    expect(shown()).to.equal(0);
    await waitUntil(() => [...crowd.children].every(({ shadowRoot }) => shadowRoot), 'drawn', {
      timeout: 4000,
    });
    expect(shown()).to.equal(0);
    crowd.remove();
  });

  it('moved while it sleeps wakes where it is put', async () => {
    const crowd = document.createElement('div');
    for (let number = 0; number < 30; number++)
      crowd.append(Object.assign(document.createElement('pay-link-button'), { label: 'Pay' }));
    document.body.append(crowd);
    const last = crowd.lastElementChild!;
    expect(last.hasAttribute('asleep')).to.equal(true);
    last.remove();
    await settled();
    document.body.append(last);
    expect(last.hasAttribute('asleep')).to.equal(false);
    await settled();
    expect(has(last as HTMLElement, '[part=button]')).to.equal(true);
    last.remove();
    crowd.remove();
  });

  it('leaves the dialog inside alone where nothing changed', async () => {
    const { element } = await mount('pay-link-button', { attributes: { label: 'Pay' } });
    await press(own(element));
    const modal = find(element, 'pay-link-modal') as PayLinkModal;
    await modal.updateComplete;
    const { requestUpdate } = modal;
    let updates = 0;
    modal.requestUpdate = (...change) => {
      requestUpdate.apply(modal, change);
      if (modal.isUpdatePending) updates++;
    };
    element.requestUpdate();
    await element.updateComplete;
    expect(updates).to.equal(0);
  });

  it('draws a few at once and a crowd little by little, and asks for what is seen alone', async () => {
    const client = fakeClient();
    const crowd = document.createElement('div');
    for (let number = 0; number < 300; number++) {
      const element = document.createElement('pay-link-button');
      Object.assign(element, { link: id('plink', 1), client });
      crowd.append(element);
    }
    document.body.append(crowd);
    const drawn = () => [...crowd.children].filter(({ shadowRoot }) => shadowRoot).length;
    expect(drawn()).to.equal(20);
    await waitUntil(() => drawn() === 300, 'all drawn', { timeout: 4000 });
    await waitUntil(() => client.calls.length > 0, 'asked', { timeout: 4000 });
    expect(client.calls.length).to.be.below(250);
    crowd.remove();
  });

  it('asks for nothing while its words are known and nobody comes near', async () => {
    const { element, client } = await mount('pay-link-button', { attributes: { label: 'Pay' } });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(client.calls).to.have.length(0);
    element.dispatchEvent(new PointerEvent('pointerenter'));
    await settled();
    expect(client.calls.map(([name]) => name)).to.deep.equal(['paymentLink']);
  });

  it('shows the trouble in the dialog where there is no address to follow', async () => {
    const { element, last } = await mount('pay-link-button', {
      link: refuse('network'),
      attributes: { label: 'Pay' },
    });
    await press(own(element));
    expect(last('error')).to.include({ code: 'network' });
    expect(button(element, 'Try again')).to.be.instanceOf(HTMLButtonElement);
  });

  it('takes up its payment when the page is shown again', async () => {
    const attributes = { label: 'Pay' };
    const first = await mount('pay-link-button', { attributes });
    await press(own(first.element));
    await buy(first.element);
    first.element.remove();
    const client = fakeClient();
    client.session_ = session(amountLink(), { status: 'complete' });
    const { element, names } = await mount('pay-link-button', { client, attributes });
    await settled();
    expect(names()).to.deep.equal(['open', 'complete']);
    expect(dialogOf(element).open).to.equal(true);
  });
});

describe('a modal in a hurry', () => {
  afterEach(cleanUp);
  const isLocked = () => getComputedStyle(document.documentElement).overflow === 'hidden';

  it('opened, closed and opened again leaves no lock behind', async () => {
    const { element } = await mount('pay-link-modal');
    element.show();
    await element.updateComplete;
    element.close();
    element.show();
    await settled();
    expect(find<HTMLDialogElement>(element, 'dialog').open).to.equal(true);
    element.close();
    await settled();
    expect(isLocked()).to.equal(false);
  });

  it('taken out of the page and put back is modal again', async () => {
    const { element } = await mount('pay-link-modal');
    element.show();
    await settled();
    element.remove();
    expect(isLocked()).to.equal(false);
    document.body.append(element);
    await settled();
    expect(find(element, 'dialog').matches(':modal')).to.equal(true);
    element.close();
    await settled();
    expect(isLocked()).to.equal(false);
  });
});
