import type { MessageOverrides, Totals } from 'pay-link';
// Tells TSX of the tags; once is enough for all files.
import type {} from 'pay-link/preact';
import { useState } from 'preact/hooks';
import { money } from './money.ts';

const metadata = { page: 'preact' };
const messages: MessageOverrides = { text: { donateTotal: 'Light the stage with {total}' } };

export function App() {
  const [paid, setPaid] = useState<Totals>();
  return (
    <main>
      <h1>Thursday concerts</h1>
      <p>Free for everybody. You choose what they are worth.</p>
      <pay-link-button
        link="keep-the-stage-lit"
        prefill-amount={2500}
        metadata={metadata}
        messages={messages}
        onpay-link-complete={({ detail }) => setPaid(detail.session.totals)}
      />
      <p role="status">{paid && `${money(paid)} for the stage. Thank you!`}</p>
    </main>
  );
}
