/** Which element draws which page. */
import { html, type TemplateResult } from 'lit';
import type { Desk } from '../desk.js';
import { missing } from '../parts/again.js';

export function pageOf(desk: Desk): TemplateResult {
  const { id } = desk.place;
  switch (desk.place.page) {
    case 'links':
      return html`<desk-links .desk=${desk}></desk-links>`;
    case 'link':
      return html`<desk-link .desk=${desk} .linkId=${id}></desk-link>`;
    case 'newLink':
      return html`<desk-link-form .desk=${desk}></desk-link-form>`;
    case 'editLink':
      return html`<desk-link-form .desk=${desk} .linkId=${id}></desk-link-form>`;
    case 'settings':
      return html`<desk-settings .desk=${desk}></desk-settings>`;
    case 'keys':
      return html`<desk-keys .desk=${desk}></desk-keys>`;
    case 'webhooks':
      return html`<desk-webhooks .desk=${desk}></desk-webhooks>`;
    case 'webhook':
      return html`<desk-webhook .desk=${desk} .endpointId=${id}></desk-webhook>`;
    case 'products':
      return html`<desk-products .desk=${desk}></desk-products>`;
    case 'newProduct':
      return html`<desk-new-product .desk=${desk}></desk-new-product>`;
    case 'product':
      return html`<desk-product .desk=${desk} .productId=${id}></desk-product>`;
    case 'codes':
      return html`<desk-codes .desk=${desk}></desk-codes>`;
    case 'newCode':
      return html`<desk-new-code .desk=${desk}></desk-new-code>`;
    case 'payments':
      return html`<desk-payments .desk=${desk}></desk-payments>`;
    case 'payment':
      return html`<desk-payment .desk=${desk} .paymentId=${id}></desk-payment>`;
    case 'subscriptions':
      return html`<desk-subscriptions .desk=${desk}></desk-subscriptions>`;
    case 'subscription':
      return html`<desk-subscription .desk=${desk} .subscriptionId=${id}></desk-subscription>`;
    default:
      return missing(desk);
  }
}
