import type { MessageOverrides, Totals } from 'pay-link';
// Tells TSX of the tags; once is enough for all files.
import type {} from 'pay-link/solid';
import { createSignal, Show } from 'solid-js';
import { money } from './money.ts';

const metadata = { page: 'solid' };
const messages: MessageOverrides = { text: { donateTotal: 'Light the stage with {total}' } };

export function App() {
  const [paid, setPaid] = createSignal<Totals>();
  return (
    <main>
      <h1>Thursday concerts</h1>
      <p>Free for everybody. You choose what they are worth.</p>
      <pay-link-button
        link="keep-the-stage-lit"
        prefill-amount={2500}
        prop:metadata={metadata}
        prop:messages={messages}
        on:pay-link-complete={({ detail }) => setPaid(detail.session.totals)}
      />
      <p role="status">
        <Show when={paid()}>{(totals) => `${money(totals())} for the stage. Thank you!`}</Show>
      </p>
    </main>
  );
}
