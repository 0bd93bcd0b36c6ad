/** Coupons and promotion codes, as a merchant's server calls them. */
import { Hono } from 'hono';
import {
  couponSchema,
  couponUpdateSchema,
  newCouponSchema,
  newPromotionCodeSchema,
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
import { listOf, operation } from './operation.js';

export function promotionRoutes(): Hono<Env> {
  const routes = new Hono<Env>();
  const coupon = { answer: couponSchema() };
  const code = { answer: promotionCodeSchema() };

  routes.post(
    '/coupons',
    operation({ ...coupon, summary: 'Create a coupon', body: newCouponSchema(), status: 201 }),
    async (c) =>
      c.json(await createCoupon(c.get('backend'), await readJson(c, newCouponSchema())), 201),
  );
  routes.get(
    '/coupons',
    operation({ summary: 'List coupons', answer: listOf(couponSchema()), filters: {} }),
    async (c) => c.json(await readCoupons(c.get('backend'), readPage(c))),
  );
  routes.get('/coupons/:id', operation({ ...coupon, summary: 'Read a coupon' }), async (c) =>
    c.json(await readCoupon(c.get('backend'), c.req.param('id'))),
  );
  routes.patch(
    '/coupons/:id',
    operation({ ...coupon, summary: 'Change a coupon', body: couponUpdateSchema() }),
    async (c) => {
      const changes = await readJson(c, couponUpdateSchema());
      return c.json(await changeCoupon(c.get('backend'), c.req.param('id'), changes));
    },
  );

  routes.post(
    '/promotion-codes',
    operation({
      ...code,
      summary: 'Create a promotion code',
      body: newPromotionCodeSchema(),
      status: 201,
    }),
    async (c) => {
      const created = await readJson(c, newPromotionCodeSchema());
      return c.json(await createPromotionCode(c.get('backend'), created), 201);
    },
  );
  routes.get(
    '/promotion-codes',
    operation({
      summary: 'List promotion codes',
      answer: listOf(promotionCodeSchema()),
      filters: {},
    }),
    async (c) => c.json(await readPromotionCodes(c.get('backend'), readPage(c))),
  );
  routes.get(
    '/promotion-codes/:id',
    operation({ ...code, summary: 'Read a promotion code' }),
    async (c) => c.json(await readPromotionCode(c.get('backend'), c.req.param('id'))),
  );
  routes.patch(
    '/promotion-codes/:id',
    operation({ ...code, summary: 'Change a promotion code', body: promotionCodeUpdateSchema() }),
    async (c) => {
      const changes = await readJson(c, promotionCodeUpdateSchema());
      return c.json(await changePromotionCode(c.get('backend'), c.req.param('id'), changes));
    },
  );
  return routes;
}
