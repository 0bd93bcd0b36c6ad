import { expect, waitUntil } from '@open-wc/testing';
import { ar } from '../../src/widget/i18n/languages/ar.js';
import { es } from '../../src/widget/i18n/languages/es.js';
import { ja } from '../../src/widget/i18n/languages/ja.js';
import { amountLink } from '../../stories/cast.js';
import { box, cleanUp, find, mount, payButton, settled, text, type, words } from './mount.js';

const root = (element: HTMLElement) => find(element, '.root');

describe('language', () => {
  afterEach(cleanUp);

  it('follows the attribute before anything else', async () => {
    const { element } = await mount('pay-link-form', { attributes: { locale: 'fr', lang: 'en' } });
    expect(words(payButton(element))).to.equal('Payer 25,00 €');
    expect(root(element).lang).to.equal('fr');
  });

  it('follows the nearest lang, also through the shadow root of another element', async () => {
    const host = document.createElement('div');
    host.lang = 'fr';
    document.body.append(host);
    const { element } = await mount('pay-link-form');
    host.attachShadow({ mode: 'open' }).append(element);
    await settled();
    expect(words(payButton(element))).to.equal('Payer 25,00 €');
    host.lang = 'en';
    await settled();
    expect(words(payButton(element))).to.equal('Pay €25.00');
    host.remove();
  });

  it('follows a change of the page, and keeps what was typed', async () => {
    const { element } = await mount('pay-link-form');
    await type(box(element, 'E-mail'), 'ada@example.com');
    document.documentElement.lang = 'fr-CH';
    await settled();
    expect(words(payButton(element))).to.include('Payer');
    expect(box(element, 'E-mail').value).to.equal('ada@example.com');
  });

  it('hands the language down to the dialog of a button', async () => {
    document.documentElement.lang = 'fr';
    const { element } = await mount('pay-link-button', { attributes: { label: 'x' } });
    find(element, '[part=button]').click();
    await settled();
    expect(words(payButton(element))).to.equal('Payer 25,00 €');
    document.documentElement.lang = 'en';
    await settled();
    expect(words(payButton(element))).to.equal('Pay €25.00');
  });

  it('speaks English, with the numbers of the buyer, where we lack the language', async () => {
    const { element } = await mount('pay-link-form', { attributes: { locale: 'sv-SE' } });
    expect(words(payButton(element))).to.match(/^Pay 25,00.€$/);
    expect(root(element).lang).to.equal('en');
  });

  for (const locale of ['', 'nonsense_of-a-tag-!', 'x'])
    it(`does not stumble over the locale “${locale}”`, async () => {
      const { element } = await mount('pay-link-form', { attributes: { locale } });
      expect(element.state).to.equal('editing');
    });

  it('takes other words from the page', async () => {
    const { element } = await mount('pay-link-form');
    element.messages = { text: { payTotal: 'Settle {total}' }, fields: { required: 'Bitte!' } };
    await settled();
    expect(words(payButton(element))).to.equal('Settle €25.00');
    payButton(element).click();
    await settled();
    expect(text(element)).to.include('Bitte!');
  });
});

describe('a language that is not in the script', () => {
  afterEach(cleanUp);

  // The first file asked for is built first.
  before(async function () {
    this.timeout(30_000);
    await fetch('/locales/pl.json');
  });

  const api = location.origin;
  const fetches = (tag: string) =>
    performance.getEntriesByName(`${api}/locales/${tag}.json`, 'resource').length;
  const until = (holds: () => boolean) => waitUntil(holds, 'never came to be', { timeout: 4000 });

  it('is fetched once, for everyone who reads it', async () => {
    const [one, other] = [
      await mount('pay-link-form', { attributes: { locale: 'de-AT', api } }),
      await mount('pay-link-form', { attributes: { locale: 'de', api } }),
    ];
    await until(() => one.element.state === 'editing' && other.element.state === 'editing');
    expect(words(payButton(one.element))).to.match(/^€ 25,00 /);
    expect(words(payButton(other.element))).to.match(/^25,00.€ /);
    expect(root(one.element).lang).to.equal('de');
    expect(fetches('de')).to.equal(1);
  });

  it('is read from right to left where it is written so', async () => {
    const { element } = await mount('pay-link-form', { attributes: { locale: 'ar-EG', api } });
    await until(() => element.state === 'editing');
    expect([root(element).lang, root(element).dir]).to.deep.equal(['ar', 'rtl']);
    expect(box(element, ar.text.email).getBoundingClientRect().width).to.be.above(100);
  });

  it('waits for somebody to read it', async () => {
    const { element } = await mount('pay-link-button', {
      attributes: { locale: 'nl', api, label: 'Betaal' },
    });
    expect(fetches('nl')).to.equal(0);
    element.dispatchEvent(new PointerEvent('pointerenter'));
    await until(() => fetches('nl') === 1);
  });

  it('is on the button that has no words of its own', async () => {
    const { element } = await mount('pay-link-button', { attributes: { locale: 'es', api } });
    await until(() => words(find(element, '[part=button]')) === es.text.pay);
  });

  it('takes over when it is here, and keeps what was typed', async () => {
    const { element } = await mount('pay-link-form', { attributes: { locale: 'en', api } });
    await type(box(element, 'E-mail'), 'ada@example.com');
    element.locale = 'ja';
    await element.updateComplete;
    expect(words(payButton(element))).to.equal('Pay €25.00');
    await until(() => root(element).lang === 'ja');
    expect(box(element, ja.text.email).value).to.equal('ada@example.com');
  });

  it('is asked for again by the next form, where the backend had a bad moment', async () => {
    const { fetch } = window;
    let tries = 0;
    window.fetch = async () => new Response('', { status: ++tries && 404 });
    const attributes = { locale: 'ko', api };
    const first = await mount('pay-link-form', { attributes });
    await until(() => first.element.state === 'editing');
    expect([tries, root(first.element).lang]).to.deep.equal([1, 'en']);
    window.fetch = fetch;
    const { element } = await mount('pay-link-form', { attributes });
    await until(() => root(element).lang === 'ko');
  });

  it('is English, with the numbers of the buyer, where it cannot be had', async () => {
    const api = 'http://127.0.0.1:9';
    const { element } = await mount('pay-link-form', { attributes: { locale: 'tr', api } });
    await until(() => element.state === 'editing');
    expect(words(payButton(element))).to.equal('Pay €25,00');
    expect(root(element).lang).to.equal('en');
  });
});

describe('theme', () => {
  afterEach(cleanUp);

  const isDark = (element: HTMLElement) => root(element).classList.contains('dark');

  it('is light on a page that says nothing, whatever the system prefers', async () => {
    const { element } = await mount('pay-link-form');
    expect(isDark(element)).to.equal(false);
  });

  it('follows the color-scheme of the page', async () => {
    const { element } = await mount('pay-link-form');
    document.documentElement.style.colorScheme = 'dark';
    await settled();
    expect(isDark(element)).to.equal(true);
  });

  it('follows the attribute before the page', async () => {
    document.documentElement.style.colorScheme = 'dark';
    const { element } = await mount('pay-link-form', { attributes: { theme: 'light' } });
    expect(isDark(element)).to.equal(false);
  });

  it('puts branding above the defaults and the page above branding', async () => {
    const link = amountLink({ branding: { accent: '#ffdd00', radius: 4 } });
    const { element } = await mount('pay-link-form', { link });
    const style = () => getComputedStyle(payButton(element));
    expect(style().backgroundColor).to.equal('rgb(255, 221, 0)');
    expect(style().color).to.equal('rgb(0, 0, 0)');
    expect(style().borderRadius).to.equal('4px');
    element.style.setProperty('--pay-link-accent', 'rgb(1, 2, 3)');
    expect(style().backgroundColor).to.equal('rgb(1, 2, 3)');
    expect(element.shadowRoot?.querySelector('[style]')).to.equal(null);
  });

  const unreadable = {
    'words on the surface': {
      branding: { text: '#999999', surface: '#cccccc' },
      shown: { text: '#16181d', surface: '#ffffff' },
    },
    'quiet words': { branding: { muted: '#bbbbbb' }, shown: { muted: '#16181d' } },
    'quiet words of ours on a surface of theirs': {
      branding: { surface: '#b8b8b8' },
      shown: { surface: '#b8b8b8', text: '#16181d', muted: '#16181d' },
    },
    'what is wrong': { branding: { danger: '#ffaaaa' }, shown: { danger: '#16181d' } },
    'words on the accent': {
      branding: { accent: '#ffdd00', onAccent: '#ffffff' },
      shown: { accent: '#ffdd00', 'on-accent': '#000000' },
    },
    'links of a bright accent': {
      branding: { accent: '#ffee00' },
      shown: { accent: '#ffee00', ink: '#16181d' },
    },
  };
  for (const [name, { branding, shown }] of Object.entries(unreadable))
    it(`shows ${name} in colours that can be read, and tells the merchant once`, async () => {
      const warnings: string[] = [];
      const { warn } = console;
      console.warn = (text: string) => warnings.push(text);
      const { element } = await mount('pay-link-form', { link: amountLink({ branding }) });
      await mount('pay-link-form', { link: amountLink({ branding }) });
      console.warn = warn;
      const style = getComputedStyle(root(element));
      for (const [token, color] of Object.entries(shown))
        expect([token, style.getPropertyValue(`--_${token}`)]).to.deep.equal([token, color]);
      expect(new Set(warnings)).to.have.length(warnings.length);
      expect(warnings[0]).to.match(/^PayLink: #\w{6} \(.* has a contrast of [1-4]\.\d:1/);
    });

  it('says nothing about branding that can be read, and lets it hold', async () => {
    const branding = { accent: '#7a1f3d', surface: '#fff8e7', text: '#3a1f00' };
    const warnings: string[] = [];
    const { warn } = console;
    console.warn = (text: string) => warnings.push(text);
    const { element } = await mount('pay-link-form', { link: amountLink({ branding }) });
    console.warn = warn;
    const style = getComputedStyle(root(element));
    expect(style.getPropertyValue('--_text')).to.equal('#3a1f00');
    expect(style.getPropertyValue('--_ink')).to.equal('#7a1f3d');
    expect(warnings).to.deep.equal([]);
  });

  it('looks again when the scheme of the page changes', async () => {
    const link = amountLink({ branding: { accent: '#7a1f3d' } });
    const { element } = await mount('pay-link-form', { link });
    const ink = () => getComputedStyle(root(element)).getPropertyValue('--_ink');
    expect(ink()).to.equal('#7a1f3d');
    document.documentElement.style.colorScheme = 'dark';
    await settled();
    expect(ink()).to.equal('#f1f3f6');
  });

  it('is readable on a branded surface, whatever the theme', async () => {
    const link = amountLink({ branding: { surface: '#fff8e7' } });
    const { element } = await mount('pay-link-form', { link, attributes: { theme: 'dark' } });
    await settled();
    expect(isDark(element)).to.equal(false);
  });

  it('lets nothing of the page leak in', async () => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('* { all: unset !important } body { letter-spacing: 9px; color: red }');
    document.adoptedStyleSheets = [sheet];
    const { element } = await mount('pay-link-form');
    const { letterSpacing, color, display } = getComputedStyle(root(element));
    document.adoptedStyleSheets = [];
    expect([letterSpacing, color, display]).to.deep.equal(['normal', 'rgb(22, 24, 29)', 'block']);
  });
});
