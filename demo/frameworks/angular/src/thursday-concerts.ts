import { Component, CUSTOM_ELEMENTS_SCHEMA, signal } from '@angular/core';
import type { MessageOverrides, PayLinkEvent } from 'pay-link';
import { money } from './money';

@Component({
  selector: 'thursday-concerts',
  // Without it Angular looks for a component of that name.
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    <main>
      <h1>Thursday concerts</h1>
      <p>Free for everybody. You choose what they are worth.</p>
      <pay-link-button
        link="keep-the-stage-lit"
        prefill-amount="2500"
        [metadata]="metadata"
        [messages]="messages"
        (pay-link-complete)="thank($event)"
      />
      <p role="status">
        @if (paid(); as sum) {
          {{ sum }} for the stage. Thank you!
        }
      </p>
    </main>
  `,
})
export class ThursdayConcerts {
  protected readonly metadata = { page: 'angular' };
  protected readonly messages: MessageOverrides = {
    text: { donateTotal: 'Light the stage with {total}' },
  };
  protected readonly paid = signal('');

  protected thank({ detail }: PayLinkEvent<'pay-link-complete'>): void {
    this.paid.set(money(detail.session.totals));
  }
}
