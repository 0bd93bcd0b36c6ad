/** What happens, counted by the process in which it does. Added up over all of them each is counted once. */
export const happenings = [
  'sessions_opened',
  'sessions_completed',
  'sessions_expired',
  'sessions_canceled',
  'payments_succeeded',
  'payments_failed',
  'payments_late',
  'payments_needs_review',
  'messages_heard',
  'messages_unsigned',
  'messages_refused',
  'deliveries_delivered',
  'deliveries_failed',
  'deliveries_given_up',
  'mails_accepted',
  'mails_failed',
  'mails_given_up',
] as const;

export type Happening = (typeof happenings)[number];
export type Tally = (happening: Happening, times?: number) => void;
