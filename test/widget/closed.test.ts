import { expect } from '@open-wc/testing';
import {
  amountLink,
  closedLink,
  fakeClient,
  item,
  productLink,
  refuse,
  variant,
} from '../../stories/cast.js';
import { box, button, cleanUp, find, has, mount, press, settled, text, type } from './mount.js';

describe('a link that cannot be bought from', () => {
  afterEach(cleanUp);

  const closed = [
    { link: closedLink(), status: 'inactive', says: 'is not active' },
    { link: closedLink({ status: 'expired' }), status: 'expired', says: 'has expired' },
    {
      link: closedLink({ status: 'exhausted' }),
      status: 'exhausted',
      says: 'has been used up',
    },
    {
      link: amountLink({ remaining: 0 }),
      status: 'temporarily_sold_out',
      says: 'paid for by others',
    },
    {
      link: productLink([item(1, { variants: [variant(1, { stock: 0 })] })]),
      status: 'temporarily_sold_out',
      says: 'paid for by others',
    },
    { link: refuse('link_not_found'), status: 'not_found', says: 'does not exist' },
  ];
  for (const { link, status, says } of closed)
    it(`says that it is ${status}, once`, async () => {
      const { element, names, last } = await mount('pay-link-form', { link });
      expect(names()).to.deep.equal(['unavailable']);
      expect(last('unavailable')).to.include({ status });
      expect(element.getAttribute('state')).to.equal('unavailable');
      expect(text(element)).to.include(says);
      expect(has(element, 'form')).to.equal(false);
    });

  it('speaks in the words of the merchant and leads where the merchant wants', async () => {
    const fallbackUrl = 'https://shop.example.com/spring';
    const link = closedLink({ inactiveMessage: 'Back in spring.', fallbackUrl });
    const { element, last } = await mount('pay-link-form', { link });
    expect(text(element)).to.include('Back in spring.');
    expect(find<HTMLAnchorElement>(element, 'a').href).to.equal(fallbackUrl);
    expect(last('unavailable')).to.have.nested.property('link.status', 'inactive');
  });

  it('never leads to an address that is not safe', async () => {
    const link = closedLink({ fallbackUrl: 'javascript:alert(1)' });
    const { element } = await mount('pay-link-form', { link });
    expect(has(element, 'a')).to.equal(false);
  });

  it('can be asked for again when everything was held by others', async () => {
    const client = fakeClient(amountLink({ remaining: 0 }));
    const { element, names } = await mount('pay-link-form', { client });
    client.link = amountLink({ remaining: 1 });
    await press(button(element, 'Try again'));
    expect(element.state).to.equal('editing');
    expect(names()).to.deep.equal(['unavailable', 'ready', 'change']);
    expect(client.calls.at(-1)?.[2]).to.include({ fresh: true });
  });

  for (const code of ['network', 'timeout', 'bad_answer', 'internal'])
    it(`offers another try after ${code}`, async () => {
      const client = fakeClient(refuse(code));
      const { element, names, last } = await mount('pay-link-form', { client });
      expect(names()).to.deep.equal(['error']);
      expect(last('error')).to.include({ code, retryable: true });
      expect(last('error').message).to.be.a('string').and.not.equal('');
      client.link = amountLink();
      await press(button(element, 'Try again'));
      expect(element.state).to.equal('editing');
    });

  it('follows a new link and forgets the old one', async () => {
    const { element, client, names } = await mount('pay-link-form');
    await type(box(element, 'E-mail'), 'ada@example.com');
    element.link = 'another-link';
    await settled();
    expect(client.calls.at(-1)?.[1]).to.equal('another-link');
    expect(names().filter((name) => name === 'ready')).to.have.length(2);
    expect(box(element, 'E-mail').value).to.equal('');
  });

  it('lets only the newest link be drawn, however late an older one answers', async () => {
    const client = fakeClient();
    const answers: ((link: ReturnType<typeof amountLink>) => void)[] = [];
    client.paymentLink = () => new Promise((resolve) => answers.push(resolve));
    const { element } = await mount('pay-link-form', { client });
    element.link = 'second';
    await settled();
    answers[1]?.(amountLink({ name: 'Second' }));
    await settled();
    answers[0]?.(amountLink({ name: 'First' }));
    await settled();
    expect(text(element)).to.include('Second').and.not.include('First');
  });
});

describe('what a merchant may write wrongly', () => {
  afterEach(cleanUp);

  const mistakes = [
    { attributes: { link: 'plink_short' }, code: 'invalid_link' },
    { attributes: { link: 'https://pay.example.com/elsewhere' }, code: 'invalid_link' },
    { attributes: { link: '' }, code: 'invalid_link' },
    { attributes: { reference: 'order #7' }, code: 'invalid_reference' },
    { attributes: { reference: 'x'.repeat(201) }, code: 'invalid_reference' },
  ];
  for (const { attributes, code } of mistakes)
    it(`is told as ${code} for ${JSON.stringify(attributes).slice(0, 40)}`, async () => {
      const { element, client, last, names } = await mount('pay-link-form', { attributes });
      expect(names()).to.deep.equal(['error']);
      expect(last('error')).to.include({ code, retryable: false });
      expect(text(element)).to.include(last('error').message);
      expect(client.calls).to.have.length(0);
    });

  it('is one sentence in the console where no backend is named', async () => {
    const said: unknown[][] = [];
    const { error } = console;
    console.error = (...words) => void said.push(words);
    const element = document.createElement('pay-link-form');
    const codes: string[] = [];
    element.addEventListener('pay-link-error', ({ detail }) => codes.push(detail.code));
    element.link = 'poster';
    document.body.append(element);
    await settled();
    console.error = error;
    element.remove();
    expect(codes).to.deep.equal(['api_missing']);
    expect(said).to.have.length(1);
    expect(said[0]?.[0]).to.match(/^PayLink: <pay-link-form .*api_missing.*PayLink\.api/);
  });
});
