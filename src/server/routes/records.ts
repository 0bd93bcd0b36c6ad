/** What merchants read of their sales: sessions and payments. */
import { Hono } from 'hono';
import {
  merchantSessionSchema,
  Problem,
  paymentSchema,
  paymentStatuses,
  sessionStatuses,
} from '../../contract/index.js';
import { merchantSession, paymentView } from '../domain/session-view.js';
import { findSession, listSessions } from '../store/checkout-sessions.js';
import { findPayment, listPayments } from '../store/payments.js';
import { readChoice, readIdFilter, readLinkFilter, readPage } from './body.js';
import type { Env } from './env.js';
import { listOf, operation } from './operation.js';
import { readSpan } from './span.js';

interface Listed<Row> {
  readonly data: readonly Row[];
  readonly nextCursor: string | null;
}

const shown = <Row, View>({ data, nextCursor }: Listed<Row>, view: (row: Row) => View) => ({
  data: data.map(view),
  nextCursor,
});

function found<Row>(row: Row | undefined, what: string): Row {
  if (row === undefined) throw new Problem('not_found', `There is no ${what} of this id.`);
  return row;
}

export function recordRoutes(): Hono<Env> {
  const routes = new Hono<Env>();

  routes.get(
    '/checkout-sessions',
    operation({
      id: 'listCheckoutSessions',
      summary: 'List checkout sessions',
      description: 'Of every status, newest first.',
      answer: listOf(merchantSessionSchema()),
      filters: { status: sessionStatuses, paymentLinkId: null },
      span: true,
    }),
    async (c) => {
      const backend = c.get('backend');
      const status = readChoice(c, 'status', sessionStatuses);
      const filter = { status, paymentLinkId: readLinkFilter(c), created: readSpan(c) };
      const rows = await listSessions(backend.db, backend.account.id, filter, readPage(c));
      return c.json(shown(rows, (row) => merchantSession(backend, row)));
    },
  );
  routes.get(
    '/checkout-sessions/:id',
    operation({
      id: 'readCheckoutSession',
      summary: 'Read a checkout session',
      description: 'With who bought, what they answered, and what came of it.',
      answer: merchantSessionSchema(),
    }),
    async (c) => {
      const backend = c.get('backend');
      const row = await findSession(backend.db, c.req.param('id'), backend.account.id);
      return c.json(merchantSession(backend, found(row, 'checkout session')));
    },
  );
  routes.get(
    '/payments',
    operation({
      id: 'listPayments',
      summary: 'List payments',
      description: 'Every attempt to take money, newest first.',
      answer: listOf(paymentSchema()),
      filters: {
        status: paymentStatuses,
        paymentLinkId: null,
        checkoutSessionId: null,
        subscriptionId: null,
      },
      span: true,
    }),
    async (c) => {
      const { db, account } = c.get('backend');
      const filter = {
        status: readChoice(c, 'status', paymentStatuses),
        paymentLinkId: readLinkFilter(c),
        checkoutSessionId: readIdFilter(c, 'checkoutSessionId', 'checkoutSession'),
        subscriptionId: readIdFilter(c, 'subscriptionId', 'subscription'),
        created: readSpan(c),
      };
      return c.json(shown(await listPayments(db, account.id, filter, readPage(c)), paymentView));
    },
  );
  routes.get(
    '/payments/:id',
    operation({
      id: 'readPayment',
      summary: 'Read a payment',
      description: 'How the attempt ended, and what has gone back since.',
      answer: paymentSchema(),
    }),
    async (c) => {
      const { db, account } = c.get('backend');
      return c.json(
        paymentView(found(await findPayment(db, account.id, c.req.param('id')), 'payment')),
      );
    },
  );
  return routes;
}
