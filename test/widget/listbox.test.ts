import { expect } from '@open-wc/testing';
import { id, productLink, shoe } from '../../stories/cast.js';
import {
  buy,
  cleanUp,
  find,
  focused,
  has,
  messageOf,
  mount,
  press,
  settled,
  words,
} from './mount.js';

const opener = (element: HTMLElement) =>
  find<HTMLButtonElement>(element, '[aria-haspopup=listbox]');
const list = (element: HTMLElement) => find(element, '[role=listbox]');

async function key(name: string): Promise<void> {
  const event = new KeyboardEvent('keydown', { key: name, bubbles: true, composed: true });
  focused()?.dispatchEvent(event);
  await frame();
}

/** A popover tells that it opened in a task of its own. */
async function frame(): Promise<void> {
  await new Promise(requestAnimationFrame);
  await settled();
}

async function openList() {
  const mounted = await mount('pay-link-form', { link: productLink([shoe()]) });
  await press(opener(mounted.element));
  await frame();
  return mounted;
}

describe('a long axis', () => {
  afterEach(cleanUp);

  it('is a list that opens, named by the axis and by what is chosen', async () => {
    const { element } = await mount('pay-link-form', { link: productLink([shoe()]) });
    expect(has(element, '[type=radio]')).to.equal(false);
    const button = opener(element);
    const names = button.getAttribute('aria-labelledby')?.split(' ') ?? [];
    const root = button.getRootNode() as ShadowRoot;
    expect(names.map((name) => words(root.getElementById(name)!))).to.deep.equal(['Size', '37']);
    expect(button.getAttribute('aria-expanded')).to.equal('false');
  });

  it('opens beside its button with the chosen value in focus', async () => {
    const { element } = await openList();
    expect(opener(element).getAttribute('aria-expanded')).to.equal('true');
    expect(words(focused()!)).to.equal('37');
    const [above, below] = [opener(element), list(element)].map((one) =>
      one.getBoundingClientRect(),
    );
    expect(below!.left).to.be.closeTo(above!.left, 2);
    expect(below!.width).to.be.at.least(above!.width - 2);
    const isBelow = Math.abs(below!.top - above!.bottom) < 12;
    const isAbove = Math.abs(below!.bottom - above!.top) < 12;
    expect(isBelow || isAbove).to.equal(true);
    expect(below!.top).to.be.at.least(0);
    expect(below!.bottom).to.be.at.most(innerHeight);
  });

  it('is walked by arrows, ends and letters, and chosen by enter', async () => {
    const { element, last } = await openList();
    await key('ArrowDown');
    expect(words(focused()!)).to.equal('38');
    await key('End');
    expect(words(focused()!)).to.equal('45');
    await key('Home');
    await key('4');
    expect(words(focused()!)).to.include('40');
    await key('ArrowDown');
    await key('Enter');
    expect(focused()).to.equal(opener(element));
    expect(words(opener(element))).to.equal('41');
    expect(list(element).matches(':popover-open')).to.equal(false);
    expect(
      last<{ selection: { items: { skuId: string }[] } }>('change').selection.items[0]?.skuId,
    ).to.equal(id('sku', 5));
  });

  it('opens by an arrow, and leaves by tab with what was chosen before', async () => {
    const { element } = await mount('pay-link-form', { link: productLink([shoe()]) });
    opener(element).focus();
    await key('ArrowDown');
    expect(words(focused()!)).to.equal('37');
    await key('ArrowDown');
    await key('Tab');
    expect(list(element).matches(':popover-open')).to.equal(false);
    expect(words(opener(element))).to.equal('37');
  });

  it('shows what has sold out, and says so when it is chosen', async () => {
    const { element, client } = await openList();
    const gone = [...list(element).children].find((one) => words(one).startsWith('40'));
    expect(words(gone!)).to.equal('40 Sold out');
    await press(gone as HTMLElement);
    await buy(element);
    expect(client.requests).to.deep.equal([]);
    expect(messageOf(opener(element))).to.include('This is sold out.');
    expect(focused()).to.equal(opener(element));
  });
});
