import { describe, expect, it } from 'vitest';
import { StartRefused } from '../../src/server/data-folder.js';
import { paymentsIn } from '../../src/server/provider-settings.js';
import { readSettings } from '../../src/server/settings.js';

const key = `sk_${'a'.repeat(24)}`;
const secret = 's'.repeat(32);
const stripe = {
  PROVIDER: 'stripe',
  STRIPE_SECRET_KEY: 'sk_test_51Habcdefghij',
  STRIPE_WEBHOOK_SECRET: 'whsec_abcdefghij',
};
const yabetoo = {
  PROVIDER: 'yabetoo',
  YABETOO_SECRET_KEY: 'sk_live_abcdefghij',
  YABETOO_WEBHOOK_SECRET: 'shared between us',
};
const mail = { SMTP_URL: 'smtp://mail.example', MAIL_FROM: 'shop@example.com' };
const standIn = 'http://127.0.0.1:9000';
const https = { PUBLIC_URL: 'https://pay.example.com' };
const { PROVIDER: _stripe, ...stripeKeys } = stripe;
const postgres = 'postgres://user:pw@db.example:5432/paylink';

describe('the environment', () => {
  it('needs nothing', () => {
    expect(readSettings({})).toEqual({
      port: 4242,
      host: '127.0.0.1',
      publicUrl: 'http://127.0.0.1:4242',
      provider: { name: 'sandbox', isLive: false, keys: undefined },
      databaseUrl: undefined,
      dataDir: '.data',
      apiKey: undefined,
      secretKey: undefined,
      trustProxy: 0,
      isLimited: true,
      retentionDays: 90,
      metricsToken: undefined,
      mail: undefined,
      logLevel: 'info',
      drainSeconds: 0,
    });
  });

  it.each([
    [{ PORT: '8080' }, { port: 8080, publicUrl: 'http://127.0.0.1:8080' }],
    [{ HOST: '0.0.0.0' }, { host: '0.0.0.0', publicUrl: 'http://127.0.0.1:4242' }],
    [{ HOST: '::1' }, { publicUrl: 'http://[::1]:4242' }],
    [{ HOST: 'localhost' }, { publicUrl: 'http://localhost:4242' }],
    [{ PUBLIC_URL: 'https://pay.example.com' }, { publicUrl: 'https://pay.example.com' }],
    [{ PUBLIC_URL: 'https://pay.example.com/' }, { publicUrl: 'https://pay.example.com' }],
    [{ PUBLIC_URL: 'http://localhost:9' }, { publicUrl: 'http://localhost:9' }],
    [{ DATA_DIR: '/srv/paylink' }, { dataDir: '/srv/paylink' }],
    [{ API_KEY: key }, { apiKey: key }],
    [{ SECRET_KEY: secret }, { secretKey: secret }],
    [{ DATABASE_URL: postgres, SECRET_KEY: secret }, { databaseUrl: postgres }],
    [{ PROVIDER: 'sandbox' }, { provider: { name: 'sandbox', isLive: false } }],
    [
      stripe,
      {
        provider: {
          ...{ name: 'stripe', isLive: false },
          keys: { secretKey: stripe.STRIPE_SECRET_KEY, apiUrl: undefined },
        },
      },
    ],
    [{ ...stripe, STRIPE_SECRET_KEY: 'rk_test_51Habcdefghij' }, {}],
    [
      { ...stripe, ...https, STRIPE_SECRET_KEY: 'rk_live_51Habcdefghij' },
      { provider: { isLive: true } },
    ],
    [
      { ...stripe, STRIPE_SECRET_KEY: 'sk_live_51Habcdefghij', STRIPE_API_URL: `${standIn}/` },
      { provider: { isLive: true, keys: { apiUrl: standIn } } },
    ],
    [
      { ...yabetoo, ...https, YABETOO_WEBHOOK_SECRET: 'between-us' },
      { provider: { name: 'yabetoo', isLive: true } },
    ],
    [{ TRUST_PROXY: '2' }, { trustProxy: 2 }],
    [{ RATE_LIMITS: 'off' }, { isLimited: false }],
    [{ METRICS_TOKEN: 'm'.repeat(16) }, { metricsToken: 'm'.repeat(16) }],
    [
      mail,
      {
        mail: {
          ...{ host: 'mail.example', port: 587, isSecure: false, needsTls: false, isHere: false },
          ...{ login: undefined, from: { name: undefined, address: 'shop@example.com' } },
        },
      },
    ],
    [
      {
        SMTP_URL: 'smtps://shop:p%40ss@mail.example:2465',
        MAIL_FROM: 'Tea & Co <tea+pay@example.com>',
      },
      {
        mail: {
          ...{ port: 2465, isSecure: true, needsTls: true },
          login: { user: 'shop', password: 'p@ss' },
          from: { name: 'Tea & Co', address: 'tea+pay@example.com' },
        },
      },
    ],
    [{ ...mail, SMTP_URL: 'smtps://mail.example' }, { mail: { port: 465 } }],
    [
      { ...mail, SMTP_URL: 'smtp://a:b@[::1]:25/' },
      { mail: { host: '::1', port: 25, isHere: true, needsTls: false } },
    ],
    [{ RETENTION_DAYS: '0' }, { retentionDays: 0 }],
    [{ LOG_LEVEL: 'error' }, { logLevel: 'error' }],
    [{ DRAIN_SECONDS: '5' }, { drainSeconds: 5 }],
    [
      { PORT: ' 8080 ', API_KEY: '', SECRET_KEY: '  ' },
      { port: 8080, apiKey: undefined },
    ],
  ])('may say %j', (environment, settings) => {
    expect(readSettings(environment)).toMatchObject(settings);
  });

  it.each([
    ['PORT', { PORT: 'http' }],
    ['PORT', { PORT: '65536' }],
    ['PORT', { PORT: '-1' }],
    ['PORT', { PORT: '80.5' }],
    ['PORT', { PORT: '0x50' }],
    ['PUBLIC_URL', { PUBLIC_URL: 'pay.example.com' }],
    ['PUBLIC_URL', { PUBLIC_URL: 'http://pay.example.com' }],
    ['PUBLIC_URL', { PUBLIC_URL: 'http://127.0.0.1.evil.example' }],
    ['PUBLIC_URL', { PUBLIC_URL: 'ftp://localhost' }],
    ['PUBLIC_URL', { PUBLIC_URL: 'https://pay.example.com/shop' }],
    ['PUBLIC_URL', { PUBLIC_URL: 'https://me:pw@pay.example.com' }],
    ['PUBLIC_URL', { HOST: '192.168.1.20' }],
    ['DATABASE_URL', { DATABASE_URL: 'mysql://db.example', SECRET_KEY: secret }],
    ['SECRET_KEY', { DATABASE_URL: postgres }],
    ['SECRET_KEY', { SECRET_KEY: 'short' }],
    ['API_KEY', { API_KEY: 'sk_short' }],
    ['API_KEY', { API_KEY: `pk_${'a'.repeat(24)}` }],
    ['API_KEY', { API_KEY: `sk_${'a'.repeat(23)}-` }],
    ['PROVIDER', { PROVIDER: 'paypal' }],
    ['PROVIDER', { PROVIDER: 'Stripe' }],
    ['STRIPE_SECRET_KEY', { PROVIDER: 'stripe' }],
    ['STRIPE_SECRET_KEY', { ...stripe, STRIPE_SECRET_KEY: '' }],
    ['STRIPE_SECRET_KEY', { ...stripe, STRIPE_SECRET_KEY: 'pk_test_51Habcdefghij' }],
    ['STRIPE_SECRET_KEY', { ...stripe, STRIPE_SECRET_KEY: 'whsec_abcdefghij' }],
    ['STRIPE_WEBHOOK_SECRET', { ...stripe, STRIPE_WEBHOOK_SECRET: undefined }],
    ['STRIPE_WEBHOOK_SECRET', { ...stripe, STRIPE_WEBHOOK_SECRET: stripe.STRIPE_SECRET_KEY }],
    ['STRIPE_SECRET_KEY', stripeKeys],
    ['STRIPE_SECRET_KEY', { ...stripeKeys, ...yabetoo, ...https }],
    ['STRIPE_WEBHOOK_SECRET', { STRIPE_WEBHOOK_SECRET: 'whsec_abcdefghij' }],
    ['STRIPE_API_URL', { STRIPE_API_URL: standIn }],
    ['STRIPE_API_URL', { ...stripe, STRIPE_API_URL: 'http://api.example.com' }],
    ['STRIPE_API_URL', { ...stripe, STRIPE_API_URL: `${standIn}/v1` }],
    ['STRIPE_API_URL', { ...stripe, STRIPE_API_URL: 'api.stripe.com' }],
    ['YABETOO_SECRET_KEY', { ...yabetoo, ...https, YABETOO_SECRET_KEY: 'pk_live_abcdefghij' }],
    ['YABETOO_WEBHOOK_SECRET', { ...yabetoo, ...https, YABETOO_WEBHOOK_SECRET: 'short' }],
    ['RATE_LIMITS', { ...stripe, RATE_LIMITS: 'off' }],
    ['PUBLIC_URL', { ...stripe, STRIPE_SECRET_KEY: 'sk_live_51Habcdefghij' }],
    ['PUBLIC_URL', { ...yabetoo, YABETOO_WEBHOOK_SECRET: 'between-us' }],
    ['TRUST_PROXY', { TRUST_PROXY: 'yes' }],
    ['TRUST_PROXY', { TRUST_PROXY: '-1' }],
    ['TRUST_PROXY', { TRUST_PROXY: '10.0.0.0/8' }],
    ['RATE_LIMITS', { RATE_LIMITS: 'no' }],
    ['METRICS_TOKEN', { METRICS_TOKEN: 'short' }],
    ['MAIL_FROM', { SMTP_URL: mail.SMTP_URL }],
    ['SMTP_URL', { MAIL_FROM: mail.MAIL_FROM }],
    ['SMTP_URL', { ...mail, SMTP_URL: 'https://mail.example' }],
    ['SMTP_URL', { ...mail, SMTP_URL: 'mail.example:587' }],
    ['SMTP_URL', { ...mail, SMTP_URL: 'smtp://' }],
    ['SMTP_URL', { ...mail, SMTP_URL: 'smtp://mail.example:99999' }],
    ['SMTP_URL', { ...mail, SMTP_URL: 'smtp://mail.example/?logger=true' }],
    ['SMTP_URL', { ...mail, SMTP_URL: 'smtp://shop@mail.example' }],
    ['SMTP_URL', { ...mail, SMTP_URL: 'smtp://shop:%ff@mail.example' }],
    ['MAIL_FROM', { ...mail, MAIL_FROM: 'shop' }],
    ['MAIL_FROM', { ...mail, MAIL_FROM: 'a@example.com, b@example.com' }],
    ['MAIL_FROM', { ...mail, MAIL_FROM: 'Shop <shop@example.com' }],
    ['RETENTION_DAYS', { RETENTION_DAYS: 'ever' }],
    ['RETENTION_DAYS', { RETENTION_DAYS: '3651' }],
    ['LOG_LEVEL', { LOG_LEVEL: 'loud' }],
    ['DRAIN_SECONDS', { DRAIN_SECONDS: '61' }],
    ['DRAIN_SECONDS', { DRAIN_SECONDS: '5s' }],
  ])('stops the start with one sentence that names a wrong %s: %j', (name, environment) => {
    const start = () => readSettings(environment);
    expect(start).toThrow(StartRefused);
    expect(start).toThrow(new RegExp(`^${name} [^\n]*\\.$`));
  });

  it('names all that is missing of a provider at once', () => {
    expect(() => readSettings({ PROVIDER: 'stripe' })).toThrow(
      'STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET are missing: with PROVIDER stripe both must be set.',
    );
    expect(() => readSettings({ ...yabetoo, YABETOO_WEBHOOK_SECRET: '' })).toThrow(
      'YABETOO_WEBHOOK_SECRET is missing: with PROVIDER yabetoo it must be set.',
    );
  });

  it.each([
    [{}, /^Payments: the sandbox, no money moves\.$/],
    [stripe, /test side: no money moves\.$/],
    [{ ...yabetoo, ...https, YABETOO_WEBHOOK_SECRET: 'between-us' }, /live side: real money moves/],
    [
      { ...stripe, STRIPE_SECRET_KEY: 'sk_live_51Habcdefghij', STRIPE_API_URL: standIn },
      /^(?!.*real money).* stand-in: STRIPE_API_URL is http:\/\/127\.0\.0\.1:9000/,
    ],
  ])('says whether money moves with %j', (environment, sentence) => {
    expect(paymentsIn(readSettings(environment).provider)).toMatch(sentence);
  });

  it('keeps secrets out of what it says', () => {
    for (const environment of [
      { API_KEY: 'sk_secret-12345' },
      { SECRET_KEY: 'a-secret' },
      { ...mail, SMTP_URL: 'smtp://shop:a-secret@mail.example/inbox' },
      { ...stripe, STRIPE_SECRET_KEY: 'pk_a-secret' },
      { ...stripe, STRIPE_WEBHOOK_SECRET: 'a-secret' },
      { ...stripeKeys, STRIPE_SECRET_KEY: 'sk_live_a-secret' },
    ])
      expect(() => readSettings(environment)).toThrow(/^(?!.*(secret-12345|a-secret))/);
  });
});
