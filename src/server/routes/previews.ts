/** What a merchant asks before a link is made or changed. Nothing is done, so there is nothing to be done once. */
import { Hono } from 'hono';
import { linkUpdateSchema, newLinkSchema, publicLinkSchema } from '../../contract/index.js';
import { previewChanges, previewNewLink } from '../domain/link-preview.js';
import { readJson, readJsonIfAny } from './body.js';
import type { Env } from './env.js';
import { operation } from './operation.js';

export function previewRoutes(): Hono<Env> {
  const routes = new Hono<Env>();
  const shown = { answer: publicLinkSchema() };

  routes.post(
    '/payment-links/preview',
    operation({
      ...shown,
      id: 'previewPaymentLink',
      summary: 'See a payment link before it is made',
      description:
        'What buyers would be shown of it. Everything is checked as at its creation, and nothing is kept: the ids in the answer lead nowhere.',
      body: newLinkSchema(),
    }),
    async (c) => c.json(await previewNewLink(c.get('backend'), await readJson(c, newLinkSchema()))),
  );
  routes.post(
    '/payment-links/:id/preview',
    operation({
      ...shown,
      id: 'previewPaymentLinkUpdate',
      summary: 'See a payment link before it is changed',
      description:
        'What buyers would be shown of it after the change; without a body, what they are shown. Everything is checked as at the change, and nothing is kept.',
      body: linkUpdateSchema(),
      isBodyOptional: true,
    }),
    async (c) => {
      const changes = await readJsonIfAny(c, linkUpdateSchema());
      return c.json(await previewChanges(c.get('backend'), c.req.param('id'), changes));
    },
  );
  return routes;
}
