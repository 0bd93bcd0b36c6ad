import { describe, expect, it } from 'vitest';
import type { Settings, WebhookDelivery } from '../../src/contract/index.js';
import { faultOf, settingsBody, settingsDraftOf } from '../../src/dashboard/settings-form/draft.js';
import {
  emptyEndpoint,
  endpointBody,
  endpointDraftOf,
} from '../../src/dashboard/webhooks/draft.js';
import { lookAgainIn, secondsOf, whyFailed } from '../../src/dashboard/webhooks/shown.js';
import { wordsIn } from '../../src/dashboard/words/words.js';

const words = wordsIn('en');
const language = { words, locale: 'en' };

const settings: Settings = {
  object: 'settings',
  ...{ name: 'Red Shop', locale: 'fr', email: null, countsVisits: true, sendsReceipts: false },
  branding: { accent: '#b3261e', radius: 8 },
  allowedOrigins: ['https://shop.example', 'https://www.shop.example'],
  ...{ provider: 'sandbox', testMode: true, publicUrl: 'http://127.0.0.1' },
  updatedAt: '2026-01-01T00:00:00.000Z',
};
const draft = settingsDraftOf(settings);

describe('the settings as they are written', () => {
  it('say what they were read as', () => {
    const { body, mistakes } = settingsBody(draft, language);
    expect(mistakes).toEqual({});
    const { name, locale, email, branding, allowedOrigins, countsVisits } = settings;
    expect(body).toEqual({ name, locale, email, branding, allowedOrigins, countsVisits });
  });

  it('clear what is emptied', () => {
    const branding = settingsDraftOf({ ...settings, branding: null }).branding;
    const { body } = settingsBody({ ...draft, branding, allowedOrigins: ' \n ' }, language);
    expect(body).toMatchObject({ branding: null, allowedOrigins: null, email: null });
  });

  it('take websites as they are copied, each once', () => {
    const allowedOrigins = ' https://shop.example/ \n\nhttps://shop.example\nHTTPS://Shop.example/';
    const { body, mistakes } = settingsBody({ ...draft, allowedOrigins }, language);
    expect(mistakes).toEqual({});
    expect(body.allowedOrigins).toEqual(['https://shop.example']);
  });

  it.each([
    ['name', { name: ' ' }, words.problems.required],
    ['name', { name: 'x'.repeat(101) }, words.problems.tooLong],
    ['email', { email: 'nobody' }, words.settings.emailFault],
    ['allowedOrigins', { allowedOrigins: 'https://a.example/shop' }, words.problems.origin],
    ['allowedOrigins', { allowedOrigins: 'shop' }, words.problems.origin],
    [
      'branding.gap',
      { branding: { ...draft.branding, gap: '2' } },
      words.products.problems.between(4, 32),
    ],
    [
      'branding.radius',
      { branding: { ...draft.branding, radius: 'round' } },
      words.problems.integer,
    ],
  ])('say beside %s what is wrong with %j', (field, changes, sentence) => {
    const { mistakes } = settingsBody({ ...draft, ...changes }, language);
    expect(mistakes).toEqual({ [field]: sentence });
  });

  it('have a sentence for what only the server knows', () => {
    expect(faultOf(words, 'email', 'custom')).toBe(words.settings.emailFault);
  });
});

describe('an address for notices as it is written', () => {
  const url = 'https://shop.example/hook';

  it('hears everything, or what was ticked', () => {
    const all = { ...emptyEndpoint, url: ` ${url} ` };
    expect(endpointBody(all, words)).toEqual({ body: { url, eventTypes: [] }, mistakes: {} });
    const some = {
      ...{ ...all, hearsAll: false },
      eventTypes: ['payment.failed', 'payment.succeeded'] as const,
    };
    expect(endpointBody(some, words).body.eventTypes).toEqual([
      'payment.succeeded',
      'payment.failed',
    ]);
  });

  it('does not take nothing for everything', () => {
    const { mistakes } = endpointBody({ url, hearsAll: false, eventTypes: [] }, words);
    expect(mistakes).toEqual({ eventTypes: words.webhooks.chooseSome });
  });

  it.each(['', 'shop.example', 'ftp://shop.example', 'http://shop.example/hook'])(
    'refuses %j',
    (typed) => {
      expect(endpointBody({ ...emptyEndpoint, url: typed }, words).mistakes).toHaveProperty('url');
    },
  );

  it('comes back as it was', () => {
    const endpoint = {
      ...{ id: 'we_000000000000000000000000', object: 'webhook_endpoint', url, isEnabled: true },
      eventTypes: ['payment.failed'],
      ...{ disabledReason: null, disabledAt: null, failingSince: null },
      ...{ previousSecretExpiresAt: null, createdAt: settings.updatedAt },
    } as Parameters<typeof endpointDraftOf>[0];
    const read = endpointDraftOf(endpoint);
    expect(read).toEqual({ url, hearsAll: false, eventTypes: ['payment.failed'] });
  });
});

describe('what was sent', () => {
  const attempt = (responseStatus: number | null, error: string | null) => ({
    ...{ startedAt: settings.updatedAt, durationMs: 20, responseStatus, error },
  });

  it.each([
    [attempt(200, null), ''],
    [attempt(302, 'answered 302'), words.webhooks.why.status(302)],
    [attempt(404, 'answered 404'), words.webhooks.why.status(404)],
    [attempt(null, 'no answer in time'), words.webhooks.why.late],
    [attempt(null, 'refused: not a public address'), words.webhooks.why.refused],
    [attempt(null, 'ECONNREFUSED'), words.webhooks.why.nobody],
    [attempt(null, 'ENOTFOUND'), words.webhooks.why.unknownName],
    [attempt(null, 'DEPTH_ZERO_SELF_SIGNED_CERT'), words.webhooks.why.unsafe],
    [attempt(null, 'ECONNRESET'), words.webhooks.why.lost('ECONNRESET')],
  ])('%j is told in a sentence', (one, sentence) => {
    expect(whyFailed(words, one)).toBe(sentence);
  });

  it('is looked at again when something is due, and not otherwise', () => {
    const now = Date.parse('2026-01-01T00:00:00.000Z');
    const delivery = (status: string, nextAttemptAt: string | null) =>
      ({ status, nextAttemptAt }) as WebhookDelivery;
    expect(lookAgainIn([delivery('delivered', null), delivery('pending', null)], now)).toBe(
      undefined,
    );
    expect(lookAgainIn([delivery('pending', '2025-12-31T23:00:00.000Z')], now)).toBe(1_500);
    expect(lookAgainIn([delivery('pending', '2026-01-01T00:00:30.000Z')], now)).toBe(31_000);
    expect(lookAgainIn([delivery('pending', '2026-01-02T00:00:00.000Z')], now)).toBe(600_000);
  });

  it('took as long as can be said', () => {
    expect(secondsOf('en', 3)).toBe('0.01');
    expect(secondsOf('fr', 1234)).toBe('1,23');
    expect(secondsOf('en', 15_004)).toBe('15');
  });
});
