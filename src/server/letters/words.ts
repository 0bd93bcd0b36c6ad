/** What letters say that no page does. */
import type { PageLocale } from '../pages/words.js';

const en = {
  /** As the language sets it behind a word. */
  colon: ':',
  test: 'TEST – no money was moved',
  testText: 'This is a test: nothing was bought and nothing was charged.',
  receiptSubject: (shop: string, amount: string) => `Your receipt from ${shop}: ${amount}`,
  receiptTitle: 'Thank you, it is paid',
  receiptText: (shop: string) => `${shop} has received your payment.`,
  orderSubject: (shop: string) => `Your order with ${shop} is confirmed`,
  orderTitle: 'Thank you, you are all set',
  orderText: (shop: string) => `${shop} has received your order. Nothing was charged today.`,
  renewalSubject: (shop: string, amount: string) => `Your renewal with ${shop}: ${amount}`,
  renewalTitle: 'Your subscription goes on',
  renewalText: (shop: string) => `${shop} has received the payment for the next period.`,
  refundSubject: (shop: string, amount: string) => `Your refund from ${shop}: ${amount}`,
  refundTitle: 'Money is on its way back to you',
  refundText: (shop: string) =>
    `${shop} has paid you back. Until it is in your account it may take some days.`,
  refunded: 'Refunded',
  paid: 'Paid',
  noticeSubject: (amount: string, link: string) => `New payment: ${amount} for ${link}`,
  noticeTitle: 'New payment',
  noticeText: (link: string) => `Somebody has paid by your link “${link}”.`,
  newOrderSubject: (link: string) => `New order: ${link}`,
  newOrderTitle: 'New order',
  newOrderText: (link: string) =>
    `Somebody has ordered by your link “${link}”. Nothing is due yet.`,
  buyer: 'Buyer',
  confirmation: 'Your confirmation',
  seePayment: 'The payment',
  manage: 'Manage or cancel your subscription',
  manageText: 'Whoever has this address can cancel it: do not pass it on.',
  foot: (shop: string) => `You receive this because you bought something from ${shop}.`,
  noticeFoot: 'You receive this because your account names this address for receipts.',
};

export type LetterWords = typeof en;

const fr: LetterWords = {
  colon: '\u00a0:',
  test: 'TEST – aucun argent n’a été transféré',
  testText: 'Ceci est un test : rien n’a été acheté et rien n’a été débité.',
  receiptSubject: (shop, amount) => `Votre reçu de ${shop} : ${amount}`,
  receiptTitle: 'Merci, c’est payé',
  receiptText: (shop) => `${shop} a bien reçu votre paiement.`,
  orderSubject: (shop) => `Votre commande chez ${shop} est confirmée`,
  orderTitle: 'Merci, tout est prêt',
  orderText: (shop) => `${shop} a bien reçu votre commande. Rien n’a été débité aujourd’hui.`,
  renewalSubject: (shop, amount) => `Votre renouvellement chez ${shop} : ${amount}`,
  renewalTitle: 'Votre abonnement continue',
  renewalText: (shop) => `${shop} a bien reçu le paiement de la prochaine période.`,
  refundSubject: (shop, amount) => `Votre remboursement de ${shop} : ${amount}`,
  refundTitle: 'Vous êtes remboursé',
  refundText: (shop) =>
    `${shop} vous a remboursé. Il peut s’écouler quelques jours avant que l’argent soit sur votre compte.`,
  refunded: 'Remboursé',
  paid: 'Payé',
  noticeSubject: (amount, link) => `Nouveau paiement : ${amount} pour ${link}`,
  noticeTitle: 'Nouveau paiement',
  noticeText: (link) => `Quelqu’un a payé par votre lien « ${link} ».`,
  newOrderSubject: (link) => `Nouvelle commande : ${link}`,
  newOrderTitle: 'Nouvelle commande',
  newOrderText: (link) =>
    `Quelqu’un a commandé par votre lien « ${link} ». Rien n’est dû pour l’instant.`,
  buyer: 'Acheteur',
  confirmation: 'Votre confirmation',
  seePayment: 'Le paiement',
  manage: 'Gérer ou résilier votre abonnement',
  manageText: 'Qui a cette adresse peut le résilier : ne la transmettez pas.',
  foot: (shop) => `Vous recevez ce message parce que vous avez acheté chez ${shop}.`,
  noticeFoot:
    'Vous recevez ce message parce que votre compte indique cette adresse pour les reçus.',
};

export const letterWordsIn = (locale: PageLocale): LetterWords => ({ en, fr })[locale];
