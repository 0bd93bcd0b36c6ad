/** What Prometheus reads: requests and happenings by process, how things stand from the database, and the process itself. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { RequestLine } from './routes/observe.js';
import type { Figures } from './store/figures.js';
import { type Happening, happenings } from './tally.js';

export interface Metrics {
  request(line: RequestLine): void;
  count(happening: Happening, times?: number): void;
  read(): Promise<{ readonly type: string; readonly text: string }>;
}

const helpOf: Record<string, [name: string, label: string, help: string]> = {
  sessions: ['paylink_sessions_total', 'event', 'Checkout sessions that began or ended so.'],
  payments: [
    'paylink_payments_total',
    'outcome',
    'Attempts to pay that ended so; late: after their session.',
  ],
  mails: ['paylink_mail_attempts_total', 'outcome', 'Attempts to send a receipt.'],
  messages: [
    'paylink_provider_messages_total',
    'outcome',
    'Messages of the payment provider that were taken or refused so.',
  ],
  deliveries: ['paylink_webhook_attempts_total', 'outcome', 'Attempts to deliver a webhook.'],
};

const figures: Record<keyof Figures, [name: string, help: string]> = {
  sessionsOpen: ['paylink_sessions_open', 'Sessions that are open, up to 10,000.'],
  deliveriesPending: ['paylink_webhooks_pending', 'Webhooks to be delivered, up to 10,000.'],
  deliveriesDue: ['paylink_webhooks_due', 'Of those, whose time has come.'],
  refundsPending: ['paylink_refunds_pending', 'Refunds whose outcome is not known yet.'],
  jobsWaiting: ['paylink_queue_jobs_waiting', 'Jobs of the queue that are due, up to 10,000.'],
  auditBroken: ['paylink_audit_violations', 'What the last audit found broken in the books.'],
  auditAgeSeconds: ['paylink_audit_age_seconds', 'Since the last audit ended.'],
  auditSeconds: ['paylink_audit_seconds', 'How long it took.'],
};

interface MetricsOptions {
  /** How things stand; where it fails, that alone is missing. */
  readonly readFigures: () => Promise<Figures>;
  readonly onError: (error: unknown) => void;
}

export function createMetrics({ readFigures, onError }: MetricsOptions): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Requests by method, pattern of the route and status.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers,
  });
  const counters = new Map(
    Object.entries(helpOf).map(([family, [name, label, help]]) => [
      family,
      new Counter({ name, help, labelNames: [label], registers }),
    ]),
  );
  const count: Metrics['count'] = (happening, times = 1) => {
    const [, family = '', outcome = ''] = /^([a-z]+)_(\w+)$/.exec(happening) ?? [];
    const label = helpOf[family]?.[1] ?? '';
    counters.get(family)?.inc({ [label]: outcome }, times);
  };
  // From nothing on, so that a first one is seen as a rise.
  for (const happening of happenings) count(happening, 0);
  const gauges = Object.entries(figures).map(
    ([figure, [name, help]]) =>
      [figure as keyof Figures, new Gauge({ name, help, registers })] as const,
  );
  const up = new Gauge({ name: 'paylink_database_up', help: 'Whether it answers.', registers });

  return {
    request({ method, route, status, ms }) {
      requests.observe({ method, route, status }, ms / 1_000);
    },
    count,
    async read() {
      const read = await readFigures().catch(onError);
      up.set(read ? 1 : 0);
      for (const [figure, gauge] of gauges) {
        const value = read?.[figure];
        gauge.reset();
        if (typeof value === 'number') gauge.set(value);
        else gauge.remove();
      }
      return { type: registry.contentType, text: await registry.metrics() };
    },
  };
}
