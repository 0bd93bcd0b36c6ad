/** The shape of a form while its link is on the way, so that nothing jumps when it comes. */
import { html } from 'lit';
import type { Speech } from '../i18n/speech.js';

export const skeleton = (speech: Speech) => html`
  <div class="skeleton" role="status">
    <span class="visually-hidden">${speech.say('loading')}</span>
    <div class="bone title"></div>
    <div class="bone line"></div>
    <div class="bone box-shape"></div>
    <div class="bone box-shape"></div>
    <div class="bone button-shape"></div>
  </div>
`;
