/** Coupons and promotion codes, as a merchant's server calls them. */
import { Hono } from 'hono';
import {
  type Coupon,
  couponSchema,
  couponUpdateSchema,
  newCouponSchema,
  newPromotionCodeSchema,
  type PromotionCode,
  promotionCodeSchema,
  promotionCodeUpdateSchema,
} from '../../contract/index.js';
import {
  changeCoupon,
  changePromotionCode,
  createCoupon,
  createPromotionCode,
  readCoupon,
  readCoupons,
  readPromotionCode,
  readPromotionCodes,
} from '../domain/coupon.js';
import { readJson, readPage } from './body.js';
import type { Env } from './env.js';
import { makeOnce } from './make-once.js';
import { listOf, operation } from './operation.js';
import { answerVersion, changeVersion, kindOf } from './versions.js';

const coupons = kindOf<Coupon>({
  ...{ table: 'coupon', changeable: ['name', 'metadata'] },
  read: readCoupon,
});

const codes = kindOf<PromotionCode>({
  table: 'promotion_code',
  changeable: ['isActive', 'expiresAt', 'maxRedemptions', 'metadata'],
  read: (backend, id) => readPromotionCode(backend, id),
});

export function promotionRoutes(): Hono<Env> {
  const routes = new Hono<Env>();
  const coupon = { answer: couponSchema() };
  const code = { answer: promotionCodeSchema() };

  routes.post(
    '/coupons',
    operation({
      ...coupon,
      id: 'createCoupon',
      summary: 'Create a coupon',
      description: 'Says what is taken off; buyers get it by a promotion code.',
      body: newCouponSchema(),
      status: 201,
    }),
    async (c) => {
      const backend = c.get('backend');
      const asked = await readJson(c, newCouponSchema());
      const made = await makeOnce(c, {
        kind: 'coupon',
        make: (id) => createCoupon(backend, id, asked),
        read: (id) => readCoupon(backend, id),
      });
      return c.json(made, 201);
    },
  );
  routes.get(
    '/coupons',
    operation({
      id: 'listCoupons',
      summary: 'List coupons',
      description: 'Newest first.',
      answer: listOf(couponSchema()),
      filters: {},
    }),
    async (c) => c.json(await readCoupons(c.get('backend'), readPage(c))),
  );
  routes.get(
    '/coupons/:id',
    operation({
      ...coupon,
      id: 'readCoupon',
      summary: 'Read a coupon',
      description: 'What it takes off, and for how long.',
      etag: 'told',
    }),
    async (c) => answerVersion(c, coupons, await readCoupon(c.get('backend'), c.req.param('id'))),
  );
  routes.patch(
    '/coupons/:id',
    operation({
      ...coupon,
      id: 'updateCoupon',
      summary: 'Change a coupon',
      description: 'Its name and metadata; what it takes off stays.',
      body: couponUpdateSchema(),
      etag: 'ifMatch',
      problems: ['precondition_failed'],
    }),
    async (c) => {
      const changes = await readJson(c, couponUpdateSchema());
      return changeVersion(c, coupons, (backend, id) => changeCoupon(backend, id, changes));
    },
  );

  routes.post(
    '/promotion-codes',
    operation({
      ...code,
      id: 'createPromotionCode',
      summary: 'Create a promotion code',
      description: 'The word buyers type. Without a `code` one is made up.',
      body: newPromotionCodeSchema(),
      status: 201,
    }),
    async (c) => {
      const backend = c.get('backend');
      const asked = await readJson(c, newPromotionCodeSchema());
      const made = await makeOnce(c, {
        kind: 'promotionCode',
        make: (id) => createPromotionCode(backend, id, asked),
        read: (id) => readPromotionCode(backend, id),
      });
      return c.json(made, 201);
    },
  );
  routes.get(
    '/promotion-codes',
    operation({
      id: 'listPromotionCodes',
      summary: 'List promotion codes',
      description: 'Of all coupons, newest first.',
      answer: listOf(promotionCodeSchema()),
      filters: {},
    }),
    async (c) => c.json(await readPromotionCodes(c.get('backend'), readPage(c))),
  );
  routes.get(
    '/promotion-codes/:id',
    operation({
      ...code,
      id: 'readPromotionCode',
      summary: 'Read a promotion code',
      description: 'Its conditions, and how often it was used.',
      etag: 'told',
    }),
    async (c) =>
      answerVersion(c, codes, await readPromotionCode(c.get('backend'), c.req.param('id'))),
  );
  routes.patch(
    '/promotion-codes/:id',
    operation({
      ...code,
      id: 'updatePromotionCode',
      summary: 'Change a promotion code',
      description:
        'Switches it on and off, or changes its limits. They cannot fall below what is used and held.',
      body: promotionCodeUpdateSchema(),
      etag: 'ifMatch',
      problems: ['precondition_failed'],
    }),
    async (c) => {
      const changes = await readJson(c, promotionCodeUpdateSchema());
      return changeVersion(c, codes, (backend, id) => changePromotionCode(backend, id, changes));
    },
  );
  return routes;
}
