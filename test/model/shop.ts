/**
 * What a shop promises, written down once more and by itself: links with limits and stock, sessions, attempts to pay.
 * It knows nothing of how the server does it.
 */
export const lifetime = 900;

export interface Link {
  readonly stock: number | null;
  isActive: boolean;
  amount: number;
  limit: number | null;
  /** Sold and not given back. */
  shelf: number;
}

export type SessionStatus = 'open' | 'processing' | 'complete' | 'expired' | 'canceled';
type Hold = 'reserved' | 'confirmed' | 'released';

export interface Payment {
  status:
    | 'processing'
    | 'succeeded'
    | 'failed'
    | 'refunded'
    | 'partially_refunded'
    | 'needs_review';
  refunded: number;
}

export interface Session {
  readonly link: Link;
  readonly quantity: number;
  readonly total: number;
  status: SessionStatus;
  hold: Hold;
  endsAt: number;
  isExtended: boolean;
  failures: number;
  readonly payments: Map<number, Payment>;
  readonly heard: Set<string>;
}

export type Told = 'processing' | 'succeeded' | 'failed' | 'canceled';

export class Shop {
  now = 0;
  readonly links: Link[] = [];
  readonly sessions: Session[] = [];

  held(link: Link, hold: Hold): number {
    return this.sessions.filter((one) => one.link === link && one.hold === hold).length;
  }

  pieces(link: Link): { stock: number; reserved: number } {
    const reserved = this.sessions
      .filter((one) => one.link === link && one.hold === 'reserved')
      .reduce((sum, { quantity }) => sum + quantity, 0);
    return { stock: link.shelf, reserved };
  }

  private hasUse(link: Link): boolean {
    if (link.limit === null) return true;
    return this.held(link, 'confirmed') + this.held(link, 'reserved') < link.limit;
  }

  private hasPieces(link: Link, quantity: number): boolean {
    if (link.stock === null) return true;
    const { stock, reserved } = this.pieces(link);
    return stock - reserved >= quantity;
  }

  /** @returns the codes that fit a refusal; none where it must be granted. */
  buy(link: Link, quantity: number): string[] {
    if (!link.isActive) return ['link_inactive'];
    if (link.limit !== null && this.held(link, 'confirmed') >= link.limit)
      return ['link_exhausted'];
    const soldOut = ['temporarily_sold_out', 'out_of_stock'];
    if (!this.hasUse(link) || !this.hasPieces(link, quantity)) return soldOut;
    this.sessions.push({
      ...{ link, quantity, total: link.amount * quantity, status: 'open', hold: 'reserved' },
      ...{ endsAt: this.now + lifetime, isExtended: false, failures: 0 },
      ...{ payments: new Map(), heard: new Set() },
    });
    return [];
  }

  /** @returns whether the limit may be set: never below what is used and reserved. */
  setLimit(link: Link, limit: number | null): boolean {
    const taken = this.held(link, 'confirmed') + this.held(link, 'reserved');
    if (limit !== null && limit < taken) return false;
    link.limit = limit;
    return true;
  }

  private end(session: Session, status: 'canceled' | 'expired'): void {
    session.status = status;
    session.hold = 'released';
  }

  pass(seconds: number): void {
    this.now += seconds;
    for (const session of this.sessions) this.expire(session);
  }

  private expire(session: Session): void {
    if (session.status === 'open' && this.now >= session.endsAt) this.end(session, 'expired');
  }

  /** @returns true: a session that is past it answers as it is. */
  cancel(session: Session): true {
    this.expire(session);
    if (session.status === 'open') this.end(session, 'canceled');
    return true;
  }

  extend(session: Session): boolean {
    this.expire(session);
    if (session.status !== 'open' || session.isExtended) return false;
    session.isExtended = true;
    session.endsAt += lifetime;
    return true;
  }

  /** Any event, in any order, as often as it likes. */
  tell(session: Session, attempt: number, told: Told): void {
    const event = `${attempt} ${told}`;
    if (session.heard.has(event)) return;
    session.heard.add(event);
    if (told === 'canceled') {
      if (session.status === 'open') this.end(session, 'canceled');
      return;
    }
    const payment = session.payments.get(attempt) ?? { status: 'processing', refunded: 0 };
    session.payments.set(attempt, payment);
    if (told === 'processing') {
      if (payment.status === 'processing' && session.status === 'open')
        session.status = 'processing';
    } else if (told === 'failed') this.fail(session, payment);
    else this.succeed(session, payment);
  }

  private fail(session: Session, payment: Payment): void {
    if (payment.status !== 'processing') return;
    payment.status = 'failed';
    session.failures += 1;
    const isAlive = session.status === 'open' || session.status === 'processing';
    const isUnderWay = [...session.payments.values()].some((one) => one.status === 'processing');
    if (isAlive && session.failures >= 5) this.end(session, 'canceled');
    else if (isAlive && !isUnderWay) session.status = 'open';
  }

  private succeed(session: Session, payment: Payment): void {
    if (payment.status !== 'processing' && payment.status !== 'failed') return;
    const isPaidBefore = [...session.payments.values()].some((one) =>
      ['succeeded', 'refunded', 'partially_refunded'].includes(one.status),
    );
    if (isPaidBefore) {
      payment.status = 'needs_review';
      return;
    }
    payment.status = 'succeeded';
    if (session.hold === 'released') {
      // Late money: the place once more, or the money back.
      if (!this.hasUse(session.link) || !this.hasPieces(session.link, session.quantity)) {
        payment.status = 'refunded';
        payment.refunded = session.total;
        return;
      }
    }
    session.status = 'complete';
    session.hold = 'confirmed';
    if (session.link.stock !== null) session.link.shelf -= session.quantity;
  }

  /** @returns whether it may be made */
  refund(session: Session, payment: Payment, amount: number | undefined, release: boolean) {
    const left = session.total - payment.refunded;
    const wanted = amount ?? left;
    const isPaid = payment.status === 'succeeded' || payment.status === 'partially_refunded';
    if (!isPaid || wanted > left) return false;
    payment.refunded += wanted;
    payment.status = payment.refunded === session.total ? 'refunded' : 'partially_refunded';
    if (release && session.hold === 'confirmed') {
      session.hold = 'released';
      if (session.link.stock !== null) session.link.shelf += session.quantity;
    }
    return true;
  }
}
