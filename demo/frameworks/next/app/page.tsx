import { Donation } from './donation';

/** Drawn on the server, like all that is imported here. */
export default function Page() {
  return (
    <main>
      <h1>Thursday concerts</h1>
      <p>Free for everybody. You choose what they are worth.</p>
      <Donation />
    </main>
  );
}
