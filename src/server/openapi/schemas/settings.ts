import {
  type ApiKey,
  apiKeySchema,
  newApiKeySchema,
  type Settings,
  settingsSchema,
  settingsUpdateSchema,
} from '../../../contract/index.js';
import { described } from '../described.js';
import { backendUrl, minute, shop, storyId } from '../story.js';

const given: Settings = {
  object: 'settings',
  name: 'Red Shop',
  branding: { accent: '#b3261e', radius: 8 },
  allowedOrigins: [shop],
  locale: 'en',
  email: 'till@shop.example',
  countsVisits: true,
  sendsReceipts: false,
  provider: 'sandbox',
  testMode: true,
  publicUrl: backendUrl,
  updatedAt: minute,
};

const key: ApiKey = {
  id: storyId('apiKey'),
  object: 'api_key',
  name: 'The shop’s server',
  hint: 'k3Yz',
  createdAt: minute,
  lastUsedAt: null,
  revokedAt: null,
};

const words = {
  name: 'What the merchant is called, on every page that buyers see.',
  branding: 'Colours and shape of links; what a link says of its own counts first, field by field.',
  allowedOrigins:
    'The sites that may embed links which name none themselves, by origin; null = any, without frames.',
  locale: 'The language of the desk, and of what is written to the merchant.',
  email: 'Whom copies of receipts go to; null = nobody.',
  countsVisits: 'Whether the views of links are counted.',
};

export const settings = [
  described('SettingsUpdate', settingsUpdateSchema(), {
    description: 'What is absent is kept; `null` clears.',
    fields: words,
    examples: {
      'A red shop': { name: 'Red Shop', branding: { accent: '#b3261e', radius: 8 } },
      'In French, on one site': { locale: 'fr', allowedOrigins: [shop] },
    },
  }),
  described('Settings', settingsSchema(), {
    description: 'What the merchant has settled, and the operator.',
    fields: {
      ...words,
      sendsReceipts:
        'Whether buyers are sent receipts: the operator has set up a way to send mail.',
      provider: 'Who moves the money.',
      publicUrl: 'The address under which buyers come.',
    },
    examples: { 'A red shop': given },
  }),
  described('NewApiKey', newApiKeySchema(), {
    description: 'What it is for, so that it is known which one to revoke.',
    examples: { 'For a server': { name: 'The shop’s server' } },
  }),
  described('ApiKey', apiKeySchema(), {
    description: 'Lets in who shows it, to all that the merchant may.',
    fields: {
      name: 'What it is for; null of one that was made by a command.',
      hint: 'Its last four characters.',
      lastUsedAt: 'When it was last shown, to the minute; null = never.',
      revokedAt: 'Since when it opens nothing; null while it does.',
      key: 'The key itself; only in the answer that makes it.',
    },
    examples: {
      'As it is read': key,
      'As it was made': { ...key, key: 'sk_ThisIsNobodysKeyAndOpensNothingAtAllk3Yz' },
    },
  }),
];
