import { expect } from '@open-wc/testing';
import type { Collect } from '../../src/contract/index.js';
import { amountLink, fakeClient, session } from '../../stories/cast.js';
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
  press,
  settled,
  text,
  type,
} from './mount.js';

const asking = (collect: Partial<Collect>) => {
  const link = amountLink();
  return { ...link, collect: { ...link.collect, ...collect } };
};

async function choose(element: HTMLElement, label: string, value: string): Promise<void> {
  const select = box(element, label) as unknown as HTMLSelectElement;
  select.value = value;
  select.dispatchEvent(new Event('change', { bubbles: true }));
  await settled();
}

const tick = (element: HTMLElement, name: string) =>
  press(find<HTMLInputElement>(element, `input[type=checkbox][name="${name}"]`));

const everywhere = { countries: null };

describe('an address', () => {
  afterEach(cleanUp);

  it('is asked for in the order of the country, and sent with the order', async () => {
    const client = fakeClient(asking({ shippingAddress: everywhere }));
    const { element } = await mount('pay-link-form', { client, attributes: { locale: 'en-US' } });
    await type(box(element, 'Full name'), 'Ada Ndinga');
    await type(box(element, 'Address'), '1 Main St');
    await type(box(element, 'City'), 'Springfield');
    await choose(element, 'State', 'NY');
    await type(box(element, 'ZIP code'), '12345');
    await buy(element);
    expect(client.requests[0]?.request.customer).to.deep.equal({
      email: 'ada@example.com',
      shippingAddress: {
        country: 'US',
        name: 'Ada Ndinga',
        line1: '1 Main St',
        city: 'Springfield',
        state: 'NY',
        postalCode: '12345',
      },
    });
  });

  it('tells browsers what goes where', async () => {
    const link = asking({ shippingAddress: everywhere });
    const { element } = await mount('pay-link-form', { link, attributes: { locale: 'en-US' } });
    const tokens = [...everything(element)]
      .filter((one) => one.matches('.address :is(input, select)'))
      .map((one) => one.getAttribute('autocomplete'));
    expect(tokens).to.deep.equal([
      'shipping country',
      'shipping name',
      'shipping address-line1',
      'shipping address-line2',
      'shipping address-level2',
      'shipping address-level1',
      'shipping postal-code',
    ]);
  });

  it('changes with the country, and keeps what both have', async () => {
    const client = fakeClient(asking({ shippingAddress: everywhere }));
    const { element } = await mount('pay-link-form', { client, attributes: { locale: 'en-US' } });
    await type(box(element, 'City'), 'Brazzaville');
    await choose(element, 'Country', 'CG');
    expect(box(element, 'City').value).to.equal('Brazzaville');
    expect(text(element)).not.to.include('ZIP code');
    const asked = client.calls.filter(([name]) => name === 'addressForm').map(([, of]) => of);
    expect(asked).to.deep.equal(['US', 'CG']);
  });

  it('is asked for anew, once, when the language of the page changes', async () => {
    const client = fakeClient(asking({ shippingAddress: everywhere }));
    const { element } = await mount('pay-link-form', { client, attributes: { locale: 'en-US' } });
    await type(box(element, 'City'), 'Springfield');
    element.locale = 'fr-CG';
    await settled();
    await type(box(element, 'City'), 'Shelbyville');
    const asked = client.calls.filter(([name]) => name === 'addressForm');
    expect(asked.map(([, country, locale]) => `${country} ${locale}`)).to.deep.equal([
      'US en-US',
      'US fr-CG',
    ]);
    expect(box(element, 'City').value).to.equal('Shelbyville');
  });

  it('offers the countries the link sells to, by their names in the buyer’s language', async () => {
    const link = asking({ shippingAddress: { countries: ['DE', 'CG'] } });
    const { element } = await mount('pay-link-form', { link, attributes: { locale: 'fr-CG' } });
    const options = [...find(element, 'select').children].map((one) => one.textContent?.trim());
    expect(options).to.deep.equal(['Allemagne', 'Congo-Brazzaville']);
    expect(find<HTMLSelectElement>(element, 'select').value).to.equal('CG');
  });

  for (const languages of [['es-419'], ['en-US@posix', 'fr-CG']])
    it(`takes no region of “${languages[0]}” for a country`, async () => {
      const own = Object.getOwnPropertyDescriptor(Navigator.prototype, 'languages')!;
      Object.defineProperty(navigator, 'languages', { value: languages, configurable: true });
      const link = asking({ shippingAddress: everywhere });
      const { element } = await mount('pay-link-form', { link, attributes: { locale: 'es-419' } });
      Object.defineProperty(navigator, 'languages', own);
      expect(element.state).to.equal('editing');
      expect(find<HTMLSelectElement>(element, 'select').value).to.match(/^[A-Z]{2}$|^$/);
    });

  it('says at each field what is missing or cannot be', async () => {
    const link = asking({ shippingAddress: everywhere });
    const { element } = await mount('pay-link-form', { link, attributes: { locale: 'en-US' } });
    await type(box(element, 'ZIP code'), '12');
    await buy(element);
    expect(focused()).to.equal(box(element, 'Full name'));
    expect(messageOf(box(element, 'City'))).to.equal('This is needed.');
    expect(messageOf(box(element, 'ZIP code'))).to.include('such as 95014');
    expect(messageOf(box(element, 'Apartment'))).to.equal('');
  });

  it('for the bill is the one of the parcel, unless it is another', async () => {
    const client = fakeClient(asking({ shippingAddress: everywhere, billingAddress: true }));
    const { element } = await mount('pay-link-form', { client, attributes: { locale: 'en-CG' } });
    await type(box(element, 'Full name'), 'Ada Ndinga');
    await type(box(element, 'Address'), '12 rue Mbochi');
    await type(box(element, 'City'), 'Brazzaville');
    await buy(element);
    const { customer } = client.requests[0]!.request;
    expect(customer?.billingAddress).to.deep.equal(customer?.shippingAddress);
    expect(customer?.billingAddress).to.include({ country: 'CG', city: 'Brazzaville' });
  });

  it('for the bill has fields of its own once it is another', async () => {
    const link = asking({ shippingAddress: everywhere, billingAddress: true });
    const { element } = await mount('pay-link-form', { link });
    await tick(element, 'billingDiffers');
    expect([...everything(element)].filter((one) => one.matches('.address'))).to.have.length(2);
    expect(find(element, '[autocomplete="billing country"]')).to.be.instanceOf(HTMLSelectElement);
  });

  it('asks no name where the link asks for one already', async () => {
    const link = asking({ shippingAddress: everywhere, name: 'required' });
    const { element } = await mount('pay-link-form', { link });
    expect(text(element)).not.to.include('Full name');
  });

  it('whose form cannot be had can be asked for again', async () => {
    const client = fakeClient(asking({ shippingAddress: everywhere }));
    const answer = client.addressForm!;
    client.addressForm = () => Promise.reject(new Error('offline'));
    const { element } = await mount('pay-link-form', { client });
    await buy(element);
    expect(client.requests).to.deep.equal([]);
    client.addressForm = answer;
    await press(button(element, 'Try again'));
    expect(box(element, 'Full name')).to.be.instanceOf(HTMLInputElement);
  });
});

describe('a phone', () => {
  afterEach(cleanUp);
  const callingCodes = { CG: '242', FR: '33' };

  const numbers = [
    { typed: '06 612 34 56', sent: '+242 06 612 34 56' },
    { typed: '+33 6 12 34 56 78', sent: '+33 6 12 34 56 78' },
    { typed: '0033 6 12 34 56 78', sent: '+33 6 12 34 56 78' },
  ];
  for (const { typed, sent } of numbers)
    it(`typed as ${typed} is sent as ${sent}`, async () => {
      const client = fakeClient(asking({ phone: 'required', callingCodes }));
      const { element } = await mount('pay-link-form', { client, attributes: { locale: 'fr-CG' } });
      await type(box(element, 'Téléphone'), typed);
      await buy(element);
      expect(client.requests[0]?.request.customer?.phone).to.equal(sent);
    });

  it('takes the code of another country', async () => {
    const client = fakeClient(asking({ phone: 'required', callingCodes }));
    const { element } = await mount('pay-link-form', { client, attributes: { locale: 'en-CG' } });
    const select = find<HTMLSelectElement>(element, '[autocomplete="tel-country-code"]');
    select.value = 'FR';
    select.dispatchEvent(new Event('change', { bubbles: true }));
    await type(box(element, 'Phone'), '6 12 34 56 78');
    await buy(element);
    expect(client.requests[0]?.request.customer?.phone).to.equal('+33 6 12 34 56 78');
  });
});

const question = { required: false, options: [], pattern: null, maxLength: null };

describe('a question of the merchant', () => {
  afterEach(cleanUp);

  const customFields: Collect['customFields'] = [
    { ...question, key: 'size', label: 'Frame', type: 'dropdown', options: ['Oak', 'Black'] },
    { ...question, key: 'club', label: 'Club', type: 'text', pattern: '[A-Z]{2}\\d{3}' },
    { ...question, key: 'age', label: 'Age', type: 'number', required: true },
    { ...question, key: 'news', label: 'News', type: 'checkbox' },
  ];

  it('is answered by its key, each in its type', async () => {
    const client = fakeClient(asking({ customFields }));
    const { element } = await mount('pay-link-form', { client });
    await choose(element, 'Frame', 'Oak');
    await type(box(element, 'Club'), 'AB123');
    await type(box(element, 'Age'), '41');
    await tick(element, 'customFields.news');
    await buy(element);
    expect(client.requests[0]?.request.customFields).to.deep.equal({
      size: 'Oak',
      club: 'AB123',
      age: 41,
      news: true,
    });
  });

  it('is checked before it is sent', async () => {
    const client = fakeClient(asking({ customFields }));
    const { element } = await mount('pay-link-form', { client });
    await type(box(element, 'Club'), 'ab');
    await type(box(element, 'Age'), 'old');
    await buy(element);
    expect(client.requests).to.deep.equal([]);
    expect(messageOf(box(element, 'Club'))).to.include('not in the expected form');
    expect(messageOf(box(element, 'Age'))).to.equal('This is not a number.');
  });

  it('may have a name that objects have too', async () => {
    const named = [{ ...question, key: 'toString', label: 'Odd', type: 'text', required: true }];
    const client = fakeClient(asking({ customFields: named as Collect['customFields'] }));
    const { element } = await mount('pay-link-form', { client });
    await buy(element);
    expect(messageOf(box(element, 'Odd'))).to.equal('This is needed.');
  });
});

describe('terms', () => {
  afterEach(cleanUp);
  const terms = { url: 'https://shop.example/terms' };

  it('are read in a tab of their own and accepted before paying', async () => {
    const client = fakeClient(asking({ terms }));
    const { element } = await mount('pay-link-form', { client });
    const anchor = find<HTMLAnchorElement>(element, 'a[target=_blank]');
    expect(anchor.href).to.equal(terms.url);
    expect(anchor.rel).to.include('noopener');
    await buy(element);
    expect(client.requests).to.deep.equal([]);
    expect(focused()).to.equal(find(element, '[name=terms]'));
    await tick(element, 'terms');
    await pay(element);
    expect(client.requests).to.have.length(1);
  });

  it('of an address nobody should follow are words without a link', async () => {
    const link = asking({ terms: { url: 'javascript:alert(1)' } });
    const { element } = await mount('pay-link-form', { link });
    expect(has(element, 'a[href]')).to.equal(false);
    expect(text(element)).to.include('terms and conditions');
  });
});

describe('what was typed', () => {
  afterEach(cleanUp);
  const link = asking({ name: 'required' });

  it('is there again after a reload of the page', async () => {
    const first = await mount('pay-link-form', { link });
    await type(box(first.element, 'Name'), 'Ada');
    await type(box(first.element, 'E-mail'), 'ada@example.com');
    first.element.remove();
    const { element } = await mount('pay-link-form', { link });
    expect(box(element, 'Name').value).to.equal('Ada');
    expect(box(element, 'E-mail').value).to.equal('ada@example.com');
  });

  it('wins over what the page filled in, which fills the rest', async () => {
    const first = await mount('pay-link-form', { link });
    await type(box(first.element, 'Name'), 'Ada');
    first.element.remove();
    const attributes = { 'prefill-name': 'Eve', 'prefill-email': 'eve@example.com' };
    const { element } = await mount('pay-link-form', { link, attributes });
    expect(box(element, 'Name').value).to.equal('Ada');
    expect(box(element, 'E-mail').value).to.equal('eve@example.com');
  });

  it('is forgotten once it is paid', async () => {
    const client = fakeClient(link);
    const { element } = await mount('pay-link-form', { client });
    await type(box(element, 'Name'), 'Ada');
    await buy(element);
    client.happen(session(link, { status: 'complete' }));
    await settled();
    expect(element.state).to.equal('done');
    expect(JSON.stringify({ ...sessionStorage })).not.to.include('Ada');
  });

  it('that somebody else wrote there does no harm', async () => {
    const first = await mount('pay-link-form', { link });
    await type(box(first.element, 'Name'), 'Ada');
    const [key = ''] = Object.keys(sessionStorage);
    first.element.remove();
    for (const nonsense of ['{', '[]', '7', '{"typed":null,"items":7}', '"x"']) {
      sessionStorage.setItem(key, nonsense);
      const { element } = await mount('pay-link-form', { link });
      expect(element.state, nonsense).to.equal('editing');
      element.remove();
    }
  });
});
