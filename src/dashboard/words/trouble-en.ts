/** What the server refuses, in English. */
export const troubleEn = {
  codes: {
    bad_answer:
      'The server answered in a way this page does not know. It may have been updated: load the page anew.',
    conflict: 'It has changed in the meantime, so this cannot be done now. Load the page anew.',
    cross_site: 'The server knows this desk under another address. Open it at that one.',
    idempotency_in_flight: 'The same is being done already. Wait a moment.',
    internal: 'Something went wrong on the server. Try again; if it stays so, its log tells more.',
    link_not_found: 'This link is not there any more.',
    not_found: 'This is not there any more.',
    precondition_failed: 'Somebody else has changed it in the meantime. Load the page anew.',
    provider_unavailable: 'Your payment provider does not answer. Try again in a moment.',
    rate_limited: 'That was too much at once. Wait a minute, then try again.',
    too_large: 'This is too much to be sent at once. Shorten the texts.',
    unavailable: 'The server is starting or stopping. Try again in a moment.',
  },
  rules: {
    duplicate: 'Two of them are the same.',
    invalid_text: 'A character in it cannot be kept. Write it anew.',
    not_found: 'What is chosen here is not there any more. Choose again.',
    not_public: 'This address is not reachable from the internet.',
    taken: 'This is taken already.',
  },
  rule: (detail: string) => `This is not accepted: ${detail}`,
};
