import { expect } from '@open-wc/testing';
import { id, item, price, productLink, shirt, ticketLink, variant } from '../../stories/cast.js';
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
  radio,
  text,
  type,
  words,
} from './mount.js';

interface Sent {
  selection: { items: { itemId: string; skuId?: string; priceId?: string; quantity: number }[] };
  totals: { total: number } | null;
}

describe('a product link', () => {
  afterEach(cleanUp);

  it('sends the variant of the chosen options, at its own price', async () => {
    const { element, last } = await mount('pay-link-form', { link: productLink([shirt()]) });
    await press(radio(element, 'L'));
    await buy(element);
    const { selection, totals } = last<Sent>('submit');
    expect(selection.items).to.deep.equal([
      { itemId: id('plitem', 1), skuId: id('sku', 3), quantity: 1 },
    ]);
    expect(totals?.total).to.equal(2200);
  });

  it('names neither variant nor price where there is one of each', async () => {
    const { element, last } = await mount('pay-link-form', { link: productLink() });
    await buy(element);
    expect(last<Sent>('submit').selection.items).to.deep.equal([
      { itemId: id('plitem', 1), quantity: 1 },
    ]);
  });

  it('sends the price where an item has several, and the buyer chooses among them', async () => {
    const prices = [price(1, { unitAmount: 1000 }), price(2, { unitAmount: 1500 })];
    const { element, last } = await mount('pay-link-form', {
      link: productLink([item(1, { prices })]),
    });
    await press(radio(element, '€15.00'));
    await buy(element);
    expect(last<Sent>('submit').selection.items[0]?.priceId).to.equal(id('price', 2));
    expect(last<Sent>('submit').totals?.total).to.equal(1500);
  });

  it('starts with the first variant that can be had', async () => {
    const variants = [
      variant(1, { attributes: { Size: 'S' }, stock: 0 }),
      variant(2, { attributes: { Size: 'M' }, stock: 1 }),
    ];
    const options = [{ name: 'Size', values: ['S', 'M'] }];
    const { element } = await mount('pay-link-form', {
      link: productLink([item(1, { options, variants })]),
    });
    expect(radio(element, 'M').checked).to.equal(true);
    expect(find(element, 'legend').textContent).to.equal('Size');
  });

  it('lets a sold out variant be chosen and read, and says why it cannot be paid', async () => {
    const { element, client } = await mount('pay-link-form', { link: productLink([shirt()]) });
    const red = radio(element, 'Red');
    expect(words(red.parentElement as HTMLElement)).to.include('Sold out');
    expect(red.disabled).to.equal(false);
    await press(red);
    await buy(element);
    expect(client.requests).to.have.length(0);
    const group = find(element, '[role=radiogroup][aria-invalid=true]');
    expect(messageOf(group)).to.equal('This is sold out.');
    expect(focused()).to.equal(red);
  });

  it('marks what does not exist in the chosen size, and follows the buyer who wants it', async () => {
    const { element, last } = await mount('pay-link-form', { link: productLink([shirt()]) });
    await press(radio(element, 'L'));
    expect(words(radio(element, 'Red').parentElement as HTMLElement)).to.include('Unavailable');
    await press(radio(element, 'Red'));
    expect(radio(element, 'M').checked).to.equal(true);
    expect(radio(element, 'Red').checked).to.equal(true);
    expect(last<Sent>('change').selection.items[0]?.skuId).to.equal(id('sku', 2));
  });

  it('follows to a variant that can be had, where there is one', async () => {
    const axes = ['S', 'M', 'L'];
    const link = productLink([
      shirt({
        options: [
          { name: 'Size', values: axes },
          { name: 'Colour', values: ['Blue', 'Red'] },
        ],
        variants: [
          variant(1, { attributes: { Size: 'S', Colour: 'Blue' } }),
          variant(2, { attributes: { Size: 'M', Colour: 'Red' }, stock: 0 }),
          variant(3, { attributes: { Size: 'L', Colour: 'Red' }, stock: 4 }),
        ],
      }),
    ]);
    const { element } = await mount('pay-link-form', { link });
    await press(radio(element, 'Red'));
    expect(radio(element, 'L').checked).to.equal(true);
  });

  it('says so where a value cannot be had in any way', async () => {
    const link = productLink([
      shirt({
        options: [{ name: 'Colour', values: ['Blue', 'Red', 'Green'] }],
        variants: ['Blue', 'Red'].map((Colour, at) => variant(at, { attributes: { Colour } })),
      }),
    ]);
    const { element, last } = await mount('pay-link-form', { link });
    await press(radio(element, 'Green'));
    expect(last<Sent>('change').totals).to.equal(null);
    await buy(element);
    expect(messageOf(find(element, '[role=radiogroup][aria-invalid=true]'))).to.equal(
      'This combination is not available.',
    );
  });

  it('shows swatches beside the names of colours', async () => {
    const { element } = await mount('pay-link-form', { link: productLink([shirt()]) });
    const drawn = [...everything(element)].filter((one) => one.matches('.swatch circle'));
    expect(drawn.map((one) => one.getAttribute('fill'))).to.deep.equal(['Blue', 'Red']);
  });

  it('takes the colours the merchant gave, and leaves sizes alone', async () => {
    const options = [
      { name: 'Size', values: ['M', 'L'] },
      { name: 'Colour', values: ['Sand', 'Red'], swatches: { Sand: '#d9c7a3' } },
    ];
    const { element } = await mount('pay-link-form', { link: productLink([shirt({ options })]) });
    const drawn = [...everything(element)].filter((one) => one.matches('.swatch circle'));
    expect(drawn.map((one) => one.getAttribute('fill'))).to.deep.equal(['#d9c7a3', 'Red']);
  });

  it('steps a quantity between its limits and stops there', async () => {
    const { element, last } = await mount('pay-link-form', { link: productLink([shirt()]) });
    const more = button(element, 'One more of T-shirt');
    const fewer = button(element, 'One less of T-shirt');
    expect(fewer.getAttribute('aria-disabled')).to.equal('true');
    for (let times = 0; times < 6; times++) await press(more);
    expect(box(element, 'Quantity').value).to.equal('4');
    expect(more.getAttribute('aria-disabled')).to.equal('true');
    expect(text(element)).to.include('Only 4 left');
    expect(last<Sent>('change').totals?.total).to.equal(8000);
  });

  const typed = [
    { quantity: '5', says: 'Only 4 left.' },
    { quantity: '0', says: 'At least 1.' },
    { quantity: 'two', says: '“two” is not a whole number.' },
    { quantity: '1.5', says: '“1.5” is not a whole number.' },
  ];
  for (const { quantity, says } of typed)
    it(`answers a typed quantity of “${quantity}” with: ${says}`, async () => {
      const { element, client } = await mount('pay-link-form', { link: productLink([shirt()]) });
      const field = box(element, 'Quantity');
      await type(field, quantity);
      await buy(element);
      expect(messageOf(field)).to.include(says);
      expect(field.value).to.equal(quantity);
      expect(focused()).to.equal(field);
      expect(client.requests).to.have.length(0);
    });

  it('says the limit of the merchant where that is lower than the stock', async () => {
    const link = productLink([item(1, { adjustableQuantity: true, maxQuantity: 3 })]);
    const { element } = await mount('pay-link-form', { link });
    expect(text(element)).to.include('At most 3');
    await type(box(element, 'Quantity'), '4');
    await buy(element);
    expect(messageOf(box(element, 'Quantity'))).to.include('At most 3.');
  });

  it('adds an optional item by its box, and takes it out again', async () => {
    const wrap = item(2, {
      name: 'Gift wrap',
      isOptional: true,
      unitAmount: 300,
      prices: [price(2, { unitAmount: 300 })],
    });
    const { element, last } = await mount('pay-link-form', { link: productLink([item(1), wrap]) });
    expect(last<Sent>('change').totals?.total).to.equal(1800);
    const toggle = find<HTMLInputElement>(element, 'input[type=checkbox]');
    await press(toggle);
    expect(last<Sent>('change').totals?.total).to.equal(2100);
    expect(last<Sent>('change').selection.items).to.have.length(2);
    await press(toggle);
    expect(last<Sent>('change').selection.items).to.have.length(1);
  });

  it('fills the quantity of the first item in beforehand', async () => {
    const link = productLink([item(1, { adjustableQuantity: true })]);
    const attributes = { 'prefill-quantity': '3' };
    const { element } = await mount('pay-link-form', { link, attributes });
    expect(words(payButton(element))).to.equal('Pay €54.00');
  });

  it('shows pictures only from safe addresses, and tells them nothing', async () => {
    const link = productLink([
      item(1, { imageUrl: 'https://img.example.com/a.jpg' }),
      item(2, { imageUrl: 'javascript:alert(1)' }),
    ]);
    const { element } = await mount('pay-link-form', { link });
    expect(find<HTMLImageElement>(element, 'img').referrerPolicy).to.equal('no-referrer');
    expect(has(element, 'img:not([src^="https:"])')).to.equal(false);
  });
});

describe('a link with ticket categories', () => {
  afterEach(cleanUp);

  it('starts from none and cannot be paid before one is taken', async () => {
    const { element, last, client } = await mount('pay-link-form', { link: ticketLink() });
    expect(last<Sent>('change').totals).to.equal(null);
    await buy(element);
    expect(text(element)).to.include('Choose at least one.');
    expect(client.requests).to.have.length(0);
    expect(last('submit')).to.equal(undefined);
  });

  it('takes several categories, each with its own price and capacity', async () => {
    const { element, last } = await mount('pay-link-form', { link: ticketLink() });
    await press(button(element, 'One more of Standing'));
    await press(button(element, 'One more of Standing'));
    await press(button(element, 'One more of Seated'));
    expect(words(payButton(element))).to.equal('Book for €60.00');
    await type(box(element, 'Quantity · Seated'), '4');
    await pay(element);
    expect(messageOf(box(element, 'Quantity · Seated'))).to.include('Only 3 left.');
    await type(box(element, 'Quantity · Seated'), '');
    expect(last<Sent>('change').selection.items).to.deep.equal([
      { itemId: id('plitem', 1), quantity: 2 },
    ]);
  });
});

describe('a draft on a link that was changed', () => {
  afterEach(cleanUp);

  it('gives up what can no longer be chosen, and can be paid', async () => {
    const before = productLink([
      item(1, { adjustableQuantity: true, maxQuantity: 5 }),
      item(2, { name: 'Frame', isOptional: true }),
    ]);
    const first = await mount('pay-link-form', { link: before });
    await type(box(first.element, 'Quantity'), '2');
    first.element.remove();
    const after = productLink([item(1), item(2, { name: 'Frame' })]);
    const { element, client } = await mount('pay-link-form', { link: after });
    await buy(element);
    const { request } = client.requests[0]!;
    expect(request.items?.map(({ quantity }) => quantity)).to.deep.equal([1, 1]);
  });
});
