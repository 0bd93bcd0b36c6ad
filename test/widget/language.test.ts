import { expect } from '@open-wc/testing';
import { en } from '../../src/widget/i18n/en.js';
import { fr } from '../../src/widget/i18n/fr.js';
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
    const { element } = await mount('pay-link-form', { attributes: { locale: 'de-AT' } });
    expect(words(payButton(element))).to.match(/^Pay € ?25,00$/);
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

  it('has the same placeholders in every language', () => {
    const placeholders = (value: unknown): unknown =>
      typeof value === 'string'
        ? [...value.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort()
        : Object.fromEntries(
            Object.entries(value as object).map(([key, one]) => [key, placeholders(one)]),
          );
    expect(placeholders(fr)).to.deep.equal(placeholders(en));
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
