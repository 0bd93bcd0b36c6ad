/** A merchant's records as files. */
import { Hono } from 'hono';
import { paymentStatuses } from '../../contract/index.js';
import { csvStream } from '../csv.js';
import { paymentColumns, paymentPages } from '../domain/payment-export.js';
import { readNow } from '../store/database.js';
import { readChoice, readLinkFilter } from './body.js';
import type { Env } from './env.js';
import { operation } from './operation.js';
import { readSpan } from './span.js';

const example = `${paymentColumns.join(',')}
2030-05-04T09:30:00.000Z,pay_Example00000000000000001,succeeded,20.00,2000,EUR,0.00,,plink_Example00000000000000001,Summer tee,cs_Example00000000000000001,anna@example.com,Anna,order-17,stripe,pi_1,false,
`;

export function exportRoutes(): Hono<Env> {
  const routes = new Hono<Env>();
  routes.get(
    '/exports/payments.csv',
    operation({
      id: 'exportPayments',
      summary: 'Export payments as a table',
      description:
        'Every attempt to take money, newest first, as CSV in UTF-8 with a byte order mark. `amount` and `refunded` are decimal numbers in the currency’s major unit. A cell that a spreadsheet would take for a formula begins with an apostrophe. The file is sent as it is read: one that breaks off is not whole.',
      choices: { status: paymentStatuses, paymentLinkId: null },
      span: true,
      file: { type: 'text/csv', example },
    }),
    async (c) => {
      const backend = c.get('backend');
      const filter = {
        status: readChoice(c, 'status', paymentStatuses),
        paymentLinkId: readLinkFilter(c),
        created: readSpan(c),
      };
      const today = (await readNow(backend.db)).slice(0, 10);
      const table = await csvStream(paymentColumns, paymentPages(backend, filter));
      return c.body(table as unknown as ReadableStream, 200, {
        'Content-Type': 'text/csv; charset=utf-8',
        'Content-Disposition': `attachment; filename="payments-${today}.csv"`,
        'Cache-Control': 'no-store',
      });
    },
  );
  return routes;
}
