/** What the merchant settles for all of their links. */
import { Hono } from 'hono';
import { settingsSchema, settingsUpdateSchema } from '../../contract/index.js';
import {
  changeMerchantSettings,
  etagOfSettings,
  readMerchantSettings,
} from '../domain/settings.js';
import { readJson } from './body.js';
import type { Env } from './env.js';
import { operation } from './operation.js';

export function settingsRoutes(): Hono<Env> {
  const routes = new Hono<Env>();
  const settings = { answer: settingsSchema() };

  routes.get(
    '/settings',
    operation({
      ...settings,
      id: 'readSettings',
      summary: 'Read the settings',
      description:
        'What you settle once, for all of your links, and what the operator has settled.',
      etag: 'told',
    }),
    async (c) => {
      const read = await readMerchantSettings(c.get('backend'));
      c.header('ETag', etagOfSettings(read));
      return c.json(read);
    },
  );
  routes.patch(
    '/settings',
    operation({
      ...settings,
      id: 'updateSettings',
      summary: 'Change the settings',
      description:
        'Pages show the change at once. Links that have branding or origins of their own keep them.',
      body: settingsUpdateSchema(),
      etag: 'ifMatch',
      problems: ['precondition_failed'],
    }),
    async (c) => {
      const changes = await readJson(c, settingsUpdateSchema());
      const ifMatch = c.req.header('if-match');
      const changed = await changeMerchantSettings(c.get('backend'), changes, ifMatch);
      c.header('ETag', etagOfSettings(changed));
      return c.json(changed);
    },
  );
  return routes;
}
