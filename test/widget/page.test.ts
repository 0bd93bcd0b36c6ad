import { expect, waitUntil } from '@open-wc/testing';
import { amountLink, session } from '../../stories/cast.js';
import { buy, everything, find, has, press, settled } from './mount.js';

const built = `${location.origin}/built/pay-link.js`;

const policy = [
  `default-src 'none'`,
  `script-src ${location.origin}`,
  `connect-src ${location.origin}`,
  `style-src 'none'`,
  `img-src https:`,
  `require-trusted-types-for 'script'`,
  `trusted-types pay-link`,
].join('; ');

interface Page {
  readonly window: Window & typeof globalThis;
  readonly errors: string[];
  readonly violations: string[];
}

/** A merchant's page in a frame of its own, with the script as it is built. */
async function page(body: string, { csp = '' } = {}): Promise<Page> {
  const frame = document.createElement('iframe');
  document.body.append(frame);
  const window = frame.contentWindow as Page['window'];
  const errors: string[] = [];
  const violations: string[] = [];
  const meta = csp ? `<meta http-equiv="Content-Security-Policy" content="${csp}">` : '';
  window.document.open();
  window.addEventListener('error', ({ message }) => errors.push(message));
  window.addEventListener('unhandledrejection', ({ reason }) => errors.push(String(reason)));
  window.document.addEventListener('securitypolicyviolation', (event) =>
    violations.push(`${event.violatedDirective} ${event.sourceFile ?? ''} ${event.sample ?? ''}`),
  );
  window.document.write(
    `<!doctype html><html lang="en"><head>${meta}</head><body>${body}</body></html>`,
  );
  window.document.close();
  await waitUntil(() => window.document.readyState === 'complete', 'the page loads', {
    timeout: 4000,
  });
  return { window, errors, violations };
}

const form = `<pay-link-form link="plink_000000000000000000000001"></pay-link-form>`;
const tag = `<script src="${built}"></script>`;

describe('a merchant’s page', () => {
  before(async () => {
    await fetch(built);
  });
  afterEach(() => {
    for (const frame of document.querySelectorAll('iframe')) frame.remove();
  });

  it('gets three elements and one global from one script', async () => {
    const { window, errors } = await page(tag);
    for (const name of ['pay-link-form', 'pay-link-modal', 'pay-link-button'])
      expect(window.customElements.get(name), name).to.be.a('function');
    expect(window.PayLink?.version).to.match(/^\d+\.\d+\.\d+/);
    expect(errors).to.deep.equal([]);
  });

  it('may load the script twice', async () => {
    const { window, errors } = await page(tag + tag);
    expect(errors).to.deep.equal([]);
    expect(window.document.createElement('pay-link-form')).to.have.property('state', 'idle');
  });

  it('keeps the version that came first, and takes none where one tag is taken', async () => {
    const other = `<script>customElements.define('pay-link-modal', class extends HTMLElement {});</script>`;
    const { window, errors } = await page(other + tag);
    expect(errors).to.deep.equal([]);
    expect(window.customElements.get('pay-link-form')).to.equal(undefined);
    expect(window.customElements.get('pay-link-button')).to.equal(undefined);
  });

  it('may name its backend before the script comes, and keeps its say', async () => {
    const before = `<script>PayLink = { api: '${location.origin}' }</script>`;
    const { window } = await page(before + tag);
    expect(window.PayLink?.api).to.equal(location.origin);
  });

  it('sells under the strictest policy, without one violation', async () => {
    const { window, errors, violations } = await page(tag, { csp: policy });
    const element = window.document.createElement('pay-link-button');
    element.link = 'plink_000000000000000000000001';
    const sent: string[] = [];
    element.client = {
      paymentLink: async () => amountLink({ branding: { accent: '#006644' } }),
      openSession: async () => {
        sent.push('order');
        return session();
      },
      watchSession: () => undefined,
    } as never;
    element.addEventListener('pay-link-handoff', (event) => event.preventDefault());
    window.document.body.append(element);
    await settled();
    await press(find(element, '[part=button]'));
    await waitUntil(() => has(element, 'form'));
    await buy(element);
    await settled();
    expect(sent).to.deep.equal(['order']);
    expect(violations).to.deep.equal([]);
    expect(errors).to.deep.equal([]);
    expect([...everything(element)].filter((one) => one.hasAttribute('style'))).to.deep.equal([]);
  });

  it('leaves the light DOM as it was', async () => {
    const { window } = await page(form + tag);
    const element = window.document.querySelector('pay-link-form') as HTMLElement;
    await settled();
    expect(element.childNodes).to.have.length(0);
    expect(element.getAttributeNames().sort()).to.deep.equal(['link', 'state']);
    expect(window.document.body.innerHTML).to.include('<pay-link-form link=');
  });

  it('finds its backend by the origin of the script', async () => {
    const { window } = await page(form + tag);
    const element = window.document.querySelector('pay-link-form') as HTMLElement;
    const asked = () =>
      window.performance.getEntriesByType('resource').map(({ name }) => name.split('?')[0]);
    await waitUntil(() => element.getAttribute('state') === 'unavailable');
    expect(asked()).to.include(
      `${location.origin}/v1/public/payment-links/plink_000000000000000000000001`,
    );
  });
});
