import { describe, expect, it } from 'vitest';
import { useHouse } from './house.js';
import { anna, invoice, type Json, make, seenBy } from './offers.js';

const house = useHouse();

const open = async (link: Json, request: object) =>
  house().call(
    'POST',
    `/v1/public/payment-links/${link.id}/sessions`,
    { ...anna, ...request },
    { key: null },
  );

const refusals = ({ body }: Json) =>
  (body.errors ?? []).map(({ path, code }: Json) => `${path} ${code}`).sort();

const merchantView = async (id: string) =>
  (await house().call('GET', `/v1/checkout-sessions/${id}`)).body;

const questions = [
  { key: 'size', label: 'T-shirt size', type: 'dropdown', options: ['S', 'M'], required: true },
  {
    key: 'club',
    label: 'Membership number',
    type: 'text',
    pattern: '[A-Z]{2}\\d{3}',
    maxLength: 5,
  },
  { key: 'age', label: 'Age', type: 'number' },
  { key: 'news', label: 'Send me news', type: 'checkbox' },
];

describe('custom fields', () => {
  it('are asked for as the merchant wrote them', async () => {
    const link = await invoice(house(), { customFields: questions });
    const whole = { required: false, options: [], pattern: null, maxLength: null };
    const expected = questions.map((question) => ({ ...whole, ...question }));
    expect(link.customFields).toEqual(expected);
    expect((await seenBy(house(), link)).collect.customFields).toEqual(expected);
  });

  it('come back to the merchant, not to buyers', async () => {
    const link = await invoice(house(), { customFields: questions });
    const customFields = { size: 'M', club: 'AB123', age: '41', news: true };
    const { status, body } = await open(link, { customFields });
    expect(status).toBe(201);
    expect(body).not.toHaveProperty('customFields');
    expect((await merchantView(body.id)).customFields).toEqual({ ...customFields, age: 41 });
  });

  it('that were left alone say so where it is a box, and nothing else', async () => {
    const link = await invoice(house(), { customFields: questions });
    const { body } = await open(link, { customFields: { size: 'S', age: '' } });
    expect((await merchantView(body.id)).customFields).toEqual({ size: 'S', news: false });
  });

  it.each([
    [{}, ['customFields.size required']],
    [{ size: 'XL' }, ['customFields.size unknown_option']],
    [{ size: 'S', club: 'xx123' }, ['customFields.club invalid_format']],
    [{ size: 'S', club: 'AB1234' }, ['customFields.club too_long']],
    [{ size: 'S', age: 'old' }, ['customFields.age not_a_number']],
    [{ size: 'S', age: true }, ['customFields.age not_a_number']],
    [{ size: 'S', news: 'yes' }, ['customFields.news unknown_option']],
    [{ size: 'S', shoe: '42' }, ['customFields.shoe not_expected']],
  ])('answered with %j are refused by name', async (customFields, expected) => {
    const link = await invoice(house(), { customFields: questions });
    const answer = await open(link, { customFields });
    expect(answer.status).toBe(422);
    expect(answer.body.code).toBe('invalid_selection');
    expect(refusals(answer)).toEqual(expected);
  });

  it('a required box must be ticked', async () => {
    const customFields = [{ key: 'ok', label: 'I am of age', type: 'checkbox', required: true }];
    const link = await invoice(house(), { customFields });
    expect(refusals(await open(link, { customFields: { ok: false } }))).toEqual([
      'customFields.ok required',
    ]);
    expect((await open(link, { customFields: { ok: true } })).status).toBe(201);
  });

  it('match a pattern that would keep a backtracking engine busy for ever, at once', async () => {
    const customFields = [{ key: 'code', label: 'Code', type: 'text', pattern: '(a+)+b' }];
    const link = await invoice(house(), { customFields });
    const started = performance.now();
    const answer = await open(link, { customFields: { code: 'a'.repeat(1000) } });
    expect(refusals(answer)).toEqual(['customFields.code invalid_format']);
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  const text = { key: 'a', label: 'A', type: 'text' };
  it.each([
    ['a key of ours', [{ ...text, key: 'constructor' }], 'customFields.0.key'],
    ['a key with a dot', [{ ...text, key: 'a.b' }], 'customFields.0.key'],
    ['the prototype', [{ ...text, key: '__proto__' }], 'customFields.0.key'],
    ['the same key twice', [text, text], 'customFields'],
    ['another type', [{ ...text, type: 'colour' }], 'customFields.0.type'],
    ['no options to choose from', [{ ...text, type: 'dropdown' }], 'customFields.0.options'],
    ['options of a text', [{ ...text, options: ['x'] }], 'customFields.0.options'],
    [
      'a pattern of a number',
      [{ ...text, type: 'number', pattern: 'x' }],
      'customFields.0.pattern',
    ],
    ['a pattern that is none', [{ ...text, pattern: '(' }], 'customFields.0.pattern'],
    ['a look-behind', [{ ...text, pattern: '(?<=a)b' }], 'customFields.0.pattern'],
    ['a length of none', [{ ...text, maxLength: 0 }], 'customFields.0.maxLength'],
    [
      'more than twenty',
      Array.from({ length: 21 }, (_, at) => ({ ...text, key: `k${at}` })),
      'customFields',
    ],
  ])('with %s cannot be made', async (_what, customFields, path) => {
    const answer = await house().call('POST', '/v1/payment-links', {
      type: 'amount',
      name: 'Invoice',
      currency: 'EUR',
      amount: 100,
      customFields,
    });
    expect(answer.status).toBe(422);
    expect(answer.body.errors.map(({ path }: Json) => path)).toContain(path);
  });

  it('can be changed and taken away', async () => {
    const link = await invoice(house(), {
      customFields: questions,
      termsUrl: 'https://a.example/t',
    });
    const patch = (changes: object) =>
      house().call('PATCH', `/v1/payment-links/${link.id}`, changes);
    expect((await patch({ name: 'Other' })).body.customFields).toHaveLength(4);
    const changed = (await patch({ customFields: null, termsUrl: null })).body;
    expect(changed).toMatchObject({ customFields: [], termsUrl: null });
  });
});

describe('addresses', () => {
  const berlin = { country: 'DE', line1: 'Ackerstr. 1', postalCode: '10115', city: 'Berlin' };
  const brazzaville = { country: 'CG', line1: '12 rue Mbochi', city: 'Brazzaville' };

  it('are asked for, to everywhere or to some countries', async () => {
    const link = await invoice(house(), {
      collectBillingAddress: true,
      collectShippingAddress: { countries: ['CG', 'FR'] },
    });
    expect(link).toMatchObject({
      collectBillingAddress: true,
      collectShippingAddress: { countries: ['CG', 'FR'] },
    });
    expect((await seenBy(house(), link)).collect).toMatchObject({
      billingAddress: true,
      shippingAddress: { countries: ['CG', 'FR'] },
    });
    const anywhere = await invoice(house(), { collectShippingAddress: true });
    expect(anywhere.collectShippingAddress).toBe(true);
    expect((await seenBy(house(), anywhere)).collect.shippingAddress).toEqual({ countries: null });
  });

  it('reach the merchant as they were given', async () => {
    const link = await invoice(house(), { collectShippingAddress: true });
    const shippingAddress = { ...brazzaville, name: 'Ada Ndinga' };
    const customer = { ...anna.customer, shippingAddress };
    const { status, body } = await open(link, { customer });
    expect(status).toBe(201);
    expect((await merchantView(body.id)).customer).toEqual({
      email: 'anna@example.com',
      name: null,
      phone: null,
      billingAddress: null,
      shippingAddress,
    });
  });

  const { line1, ...noStreet } = berlin;
  it.each([
    [undefined, ['customer.shippingAddress required']],
    [noStreet, ['customer.shippingAddress.line1 required']],
    [
      { ...berlin, postalCode: '1011' },
      ['customer.shippingAddress.postalCode invalid_postal_code'],
    ],
    [{ ...berlin, postalCode: ' ' }, ['customer.shippingAddress.postalCode required']],
    [
      { country: 'US', line1, city: 'Springfield', postalCode: '62701' },
      ['customer.shippingAddress.state required'],
    ],
    [{ country: 'GB', line1, city: 'London', postalCode: 'sw1a 1aa' }, undefined],
    [{ country: 'ZZ' }, ['customer.shippingAddress.country unknown_country']],
    [brazzaville, undefined],
    [berlin, undefined],
  ])('like %j are checked by their country', async (shippingAddress, expected) => {
    const link = await invoice(house(), { collectShippingAddress: true });
    const customer = { ...anna.customer, ...(shippingAddress && { shippingAddress }) };
    const answer = await open(link, { customer });
    expect(refusals(answer)).toEqual(expected ?? []);
    expect(answer.status).toBe(expected ? 422 : 201);
  });

  it('go only where the link sells to', async () => {
    const link = await invoice(house(), { collectShippingAddress: { countries: ['CG'] } });
    const customer = { ...anna.customer, shippingAddress: berlin };
    expect(refusals(await open(link, { customer }))).toEqual([
      'customer.shippingAddress.country unknown_country',
    ]);
  });

  it('of countries that do not exist cannot be sold to', async () => {
    const { body } = await house().call('POST', '/v1/payment-links', {
      type: 'amount',
      name: 'Invoice',
      currency: 'EUR',
      amount: 100,
      collectShippingAddress: { countries: ['ZZ'] },
    });
    expect(refusals({ body })).toEqual(['collectShippingAddress.countries.0 invalid']);
  });

  it('do not matter for a quote', async () => {
    const link = await invoice(house(), { collectShippingAddress: true, customFields: questions });
    const path = `/v1/public/payment-links/${link.id}/quote`;
    expect((await house().call('POST', path, {}, { key: null })).status).toBe(200);
  });
});

describe('the form of an address', () => {
  const formOf = async (query: string) =>
    (await house().call('GET', `/v1/public/address-form?${query}`, undefined, { key: null })).body;
  const namesIn = ({ lines }: Json) =>
    lines.map((line: Json) => line.map(({ name }: Json) => name).join(' '));
  const field = (form: Json, name: string) =>
    form.lines.flat().find((one: Json) => one.name === name);

  it('is in the order of the country, in the words of the language', async () => {
    const form = await formOf('country=DE&locale=de');
    expect(namesIn(form)).toEqual(['name', 'line1', 'line2', 'postalCode city']);
    expect(form.countryLabel).toBe('Land');
    expect(field(form, 'postalCode')).toMatchObject({
      label: 'Postleitzahl',
      required: true,
      example: '26133',
    });
    expect(field(form, 'line2').required).toBe(false);
  });

  it('offers states by their abbreviations', async () => {
    const form = await formOf('country=US&locale=en');
    expect(namesIn(form)).toEqual(['name', 'line1', 'line2', 'city state postalCode']);
    expect(field(form, 'state').options).toContainEqual({ value: 'NY', label: 'New York' });
    expect(field(form, 'postalCode').label).toBe('ZIP code');
  });

  it('is turned around for those who read Latin script', async () => {
    expect(namesIn(await formOf('country=JP&locale=ja'))[0]).toBe('postalCode');
    expect(namesIn(await formOf('country=JP&locale=fr'))[0]).toBe('name');
    const { options } = field(await formOf('country=JP&locale=en'), 'state');
    expect(options).toContainEqual({ value: 'Tokyo', label: 'Tokyo' });
  });

  it('asks no postal code where there are none', async () => {
    const form = await formOf('country=CG&locale=fr-CG');
    expect(namesIn(form)).toEqual(['name', 'line1', 'line2', 'city']);
    expect(form.lines[0][0].label).toBe('Nom complet');
  });

  it.each([
    ['locale=fr-CG', 'CG'],
    ['locale=pt', 'BR'],
    ['locale=nonsense%20', 'US'],
    ['country=XX&locale=de', 'DE'],
    ['', 'US'],
  ])('asked with “%s” is that of %s', async (query, country) => {
    expect((await formOf(query)).country).toBe(country);
  });

  it('exists for every country there is, in every language of ours', async () => {
    const { countries } = await formOf('');
    expect(countries.length).toBeGreaterThan(230);
    for (const country of countries) {
      const form = await formOf(`country=${country}&locale=sw`);
      expect(form.country).toBe(country);
      expect(namesIn(form).join(' ')).toContain('line1');
      for (const { label } of form.lines.flat()) expect(label).toBeTruthy();
    }
  });
});

describe('a phone', () => {
  it('comes with the calling codes of the world where it is asked for', async () => {
    const link = await invoice(house(), { collectPhone: 'required' });
    expect((await seenBy(house(), link)).collect.callingCodes).toMatchObject({
      CG: '242',
      DE: '49',
    });
    const plain = await invoice(house());
    expect((await seenBy(house(), plain)).collect).not.toHaveProperty('callingCodes');
  });

  it('is kept in international form, the trunk zero gone', async () => {
    const link = await invoice(house(), { collectPhone: 'required' });
    const { body } = await open(link, {
      customer: { ...anna.customer, phone: '+33 06 12 34 56 78' },
    });
    expect((await merchantView(body.id)).customer.phone).toBe('+33612345678');
  });

  it.each([
    ['+242 06 612 34 56', 201],
    ['+33 06 12 34 56 78', 201],
    ['+33 6 12', 422],
    ['+999 123456', 422],
    ['06 612 34 56', 201],
    ['call me', 422],
  ])('%s answers %i', async (phone, status) => {
    const link = await invoice(house(), { collectPhone: 'required' });
    const answer = await open(link, { customer: { ...anna.customer, phone } });
    expect(answer.status, answer.text).toBe(status);
  });
});

it('terms are shown by their address', async () => {
  const link = await make(house(), '/v1/payment-links', {
    type: 'amount',
    name: 'Invoice',
    currency: 'EUR',
    amount: 100,
    termsUrl: 'https://shop.example/terms',
  });
  expect((await seenBy(house(), link)).collect.terms).toEqual({
    url: 'https://shop.example/terms',
  });
});
