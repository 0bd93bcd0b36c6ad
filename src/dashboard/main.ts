/** The desk's elements. All of them are ours alone: the page around them is the server's. */
import './styles/desk.css';
import './styles/frame.css';
import './styles/boxes.css';
import './styles/fields.css';
import './styles/lists.css';
import './styles/products.css';
import './styles/sales.css';
import './styles/settings.css';
import { DeskCodeLimits } from './code-form/limits-dialog.js';
import { PayLinkDesk } from './frame.js';
import { DeskCodes } from './pages/codes.js';
import { DeskKeys } from './pages/keys.js';
import { DeskLink } from './pages/link.js';
import { DeskLinkForm } from './pages/link-form.js';
import { DeskLinks } from './pages/links.js';
import { DeskNewCode } from './pages/new-code.js';
import { DeskNewProduct } from './pages/new-product.js';
import { DeskPayment } from './pages/payment.js';
import { DeskPayments } from './pages/payments.js';
import { DeskProduct } from './pages/product.js';
import { DeskProducts } from './pages/products.js';
import { DeskSettings } from './pages/settings.js';
import { PayLinkSignIn } from './pages/sign-in.js';
import { DeskSubscription } from './pages/subscription.js';
import { DeskSubscriptions } from './pages/subscriptions.js';
import { DeskWebhook } from './pages/webhook.js';
import { DeskWebhooks } from './pages/webhooks.js';
import { watchPresses } from './parts/after-press.js';
import { DeskCancel } from './parts/cancel-dialog.js';
import { DeskChart } from './parts/chart.js';
import { DeskEmbed } from './parts/embed-panel.js';
import { DeskPreview } from './parts/preview.js';
import { DeskProductPrices } from './parts/product-prices.js';
import { DeskProductSkus } from './parts/product-skus.js';
import { DeskRefund } from './parts/refund-dialog.js';
import { DeskSecret } from './parts/secret.js';
import { DeskShare } from './parts/share-panel.js';
import { DeskVisits } from './parts/visits-panel.js';
import { DeskDeliveries } from './webhooks/deliveries.js';
import { DeskTrial } from './webhooks/trial.js';

const elements = {
  'pay-link-sign-in': PayLinkSignIn,
  'desk-preview': DeskPreview,
  'desk-chart': DeskChart,
  'desk-share': DeskShare,
  'desk-visits': DeskVisits,
  'desk-embed': DeskEmbed,
  'desk-secret': DeskSecret,
  'desk-link': DeskLink,
  'desk-links': DeskLinks,
  'desk-link-form': DeskLinkForm,
  'desk-settings': DeskSettings,
  'desk-keys': DeskKeys,
  'desk-webhooks': DeskWebhooks,
  'desk-webhook': DeskWebhook,
  'desk-trial': DeskTrial,
  'desk-deliveries': DeskDeliveries,
  'desk-products': DeskProducts,
  'desk-new-product': DeskNewProduct,
  'desk-product': DeskProduct,
  'desk-product-skus': DeskProductSkus,
  'desk-product-prices': DeskProductPrices,
  'desk-codes': DeskCodes,
  'desk-code-limits': DeskCodeLimits,
  'desk-new-code': DeskNewCode,
  'desk-payment': DeskPayment,
  'desk-payments': DeskPayments,
  'desk-refund': DeskRefund,
  'desk-subscription': DeskSubscription,
  'desk-subscriptions': DeskSubscriptions,
  'desk-cancel': DeskCancel,
  'pay-link-desk': PayLinkDesk,
};

watchPresses();
for (const [tag, element] of Object.entries(elements)) customElements.define(tag, element);
