'use client';

import { configure, type PayLinkButton, type PayLinkEvent, type Totals } from 'pay-link';
// Tells TSX of the tags; once is enough for all files.
import type {} from 'pay-link/react';
import { useCallback, useState } from 'react';
import { money } from './money';

// The server runs this too: there it changes nothing.
configure({ api: 'http://127.0.0.1:4242' });

export function Donation() {
  const [paid, setPaid] = useState<Totals>();

  // Of an element that a server has drawn React sets no property and hears no event of its own, although both could
  // be written as in any other TSX: https://github.com/react/react/issues/35446.
  const takeOver = useCallback((button: PayLinkButton) => {
    const thank = ({ detail }: PayLinkEvent<'pay-link-complete'>) => setPaid(detail.session.totals);
    button.metadata = { page: 'next' };
    button.messages = { text: { donateTotal: 'Light the stage with {total}' } };
    button.addEventListener('pay-link-complete', thank);
    return () => button.removeEventListener('pay-link-complete', thank);
  }, []);

  return (
    <>
      <pay-link-button
        ref={takeOver}
        link="keep-the-stage-lit"
        prefill-amount={2500}
        // The element has written its `state` before React compares it with what the server sent.
        suppressHydrationWarning
      >
        {/* For a buyer without JavaScript, and until it is there. */}
        <a href="http://127.0.0.1:4242/p/keep-the-stage-lit">Donate</a>
      </pay-link-button>
      <p role="status">{paid && `${money(paid)} for the stage. Thank you!`}</p>
    </>
  );
}
