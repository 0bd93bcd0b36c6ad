import { describe, expect, it } from 'vitest';
import { type Embedding, kinds, snippet } from '../../src/dashboard/parts/embed-snippet.js';
import { services, shareAddress } from '../../src/dashboard/parts/share.js';

const url = 'https://pay.example/p/choir-trip';
const script = { src: 'https://pay.example/pay-link-1.0.0-abc.js', integrity: 'sha384-AAAA' };
const plain: Embedding = {
  ...{ element: 'button', display: 'modal', theme: 'auto', locale: '', label: '' },
  ...{ showPrice: false, email: '', name: '', amount: '', quantity: '', promotionCode: '' },
  reference: '',
};
const paste = (kind: (typeof kinds)[number], changes: Partial<Embedding> = {}) =>
  snippet({ kind, url, script, embedding: { ...plain, ...changes }, fallback: 'Choir trip' });

describe('what is pasted', () => {
  it('is the script of one version, and a button that is a link without it', () => {
    expect(paste('html')).toBe(`<script async src="https://pay.example/pay-link-1.0.0-abc.js"
  integrity="sha384-AAAA" crossorigin="anonymous"></script>

<pay-link-button link="https://pay.example/p/choir-trip">
  <a href="https://pay.example/p/choir-trip">Choir trip</a>
</pay-link-button>
`);
  });

  it('says only what was chosen', () => {
    const text = paste('html', {
      element: 'form',
      theme: 'dark',
      amount: '2500',
      display: 'popover',
    });
    expect(text).toContain('<pay-link-form');
    expect(text).toContain('theme="dark"');
    expect(text).toContain('prefill-amount="2500"');
    expect(text).not.toContain('display=');
  });

  it.each(kinds)('keeps hostile text a text in %s', (kind) => {
    const hostile = '"><script>alert(1)</script>{{x}}';
    const text = paste(kind, { label: hostile, name: hostile });
    // JSX reads a string in braces as a program would.
    if (kind === 'react') return expect(text.split(JSON.stringify(hostile)).length).toBe(3);
    expect(text).not.toContain('<script>alert');
    // Vue would compute what stands between double braces.
    if (kind === 'vue') expect(text).toMatch(/<a v-pre [^>]*>&quot;/);
  });

  it('asks of the framed page what attributes would ask of the element', () => {
    const text = paste('iframe', { locale: 'fr', email: 'a@b.example', amount: '100' });
    expect(text).toContain(
      `src="${url}?embed=1&amp;locale=fr&amp;prefill_email=a%40b.example&amp;prefill_amount=100"`,
    );
    expect(text).not.toContain('<script');
  });
});

describe('where a link is sent', () => {
  it.each(services)('%s gets the whole address, whatever the message holds', (service) => {
    const message = { text: 'A & B = 100 % "now"', url: `${url}?a=1&b=2`, subject: 'A & B' };
    const address = new URL(shareAddress(service, message));
    const whole = decodeURIComponent(address.href);
    expect(whole).toContain(`${url}?a=1&b=2`);
    expect(['https:', 'sms:', 'mailto:']).toContain(address.protocol);
    if (service === 'whatsapp')
      expect(address.searchParams.get('text')).toBe(`${message.text} ${message.url}`);
    expect(address.href).not.toContain('+');
  });
});
