/** What our own pages say in French. */
import type { FailureCode, Interval } from '../../contract/index.js';
import type { Words } from './words-en.js';

const every: Record<Interval, [one: string, many: string]> = {
  day: ['par jour', 'tous les {n} jours'],
  week: ['par semaine', 'toutes les {n} semaines'],
  month: ['par mois', 'tous les {n} mois'],
  year: ['par an', 'tous les {n} ans'],
};

const failures: Record<FailureCode, { title: string; text: string }> = {
  declined: {
    title: 'Le paiement a été refusé',
    text: 'Rien n’a été débité. Réessayez ou payez autrement.',
  },
  insufficient_funds: {
    title: 'Le solde du compte est insuffisant',
    text: 'Rien n’a été débité. Rechargez le compte et réessayez, ou payez autrement.',
  },
  rejected_by_payer: {
    title: 'La demande a été rejetée sur le téléphone',
    text: 'Rien n’a été débité. Si c’était une erreur, demandez une nouvelle validation.',
  },
  timed_out: {
    title: 'Personne n’a validé à temps',
    text: 'Rien n’a été débité. Gardez le téléphone à portée de main et réessayez.',
  },
  payer_not_found: {
    title: 'Ce numéro n’a pas de compte mobile money',
    text: 'Rien n’a été débité. Vérifiez le numéro et réessayez, ou utilisez-en un autre.',
  },
  payer_limit_reached: {
    title: 'Le compte a atteint son plafond',
    text: 'Rien n’a été débité. Réessayez demain ou utilisez un autre compte.',
  },
  not_allowed: {
    title: 'Ce compte ne peut pas effectuer ce paiement',
    text: 'Rien n’a été débité. Réessayez avec un autre compte.',
  },
  too_many_attempts: {
    title: 'Trop de tentatives',
    text: 'Le paiement a été annulé après cinq échecs. Rien n’a été débité. Vous pouvez recommencer.',
  },
  provider_error: {
    title: 'Le service de paiement a rencontré un problème',
    text: 'Rien n’a été débité. Patientez un instant et réessayez.',
  },
};

export const fr: Words = {
  testBanner: 'Mode test',
  testBannerText: 'Aucun argent ne circule ici.',
  poweredBy: 'Paiements par PayLink',
  deskNeedsScript: 'Le bureau a besoin de JavaScript. Activez-le pour ce site.',
  backToShop: 'Retour à la boutique',
  closeWindow: 'Fermer cette fenêtre',
  startAgain: 'Recommencer',
  photoOf: (name) => `Image : ${name}`,

  yourOrder: 'Votre commande',
  each: (amount) => `${amount} l’unité`,
  quantity: 'Quantité',
  subtotal: 'Sous-total',
  discount: (code) => `Réduction ${code}`,
  total: 'Total',
  totalToday: 'Total aujourd’hui',
  perInterval: (interval, count) => every[interval][count === 1 ? 0 : 1].replace('{n}', `${count}`),
  recurs: (amount, period) => `Puis ${amount} ${period}`,
  renews: (amount, period) => `Renouvelé à ${amount} ${period}`,
  trialEnds: (date) => `Essai gratuit jusqu’au ${date}`,
  nextCharge: 'Prochain prélèvement',
  fullFrom: (date, amount, period) => `À partir du ${date} : ${amount} ${period}`,
  trialDays: (days) => (days === 1 ? '1 jour gratuit' : `${days} jours gratuits`),

  payTitle: (name) => `Payer ${name}`,
  sandboxTitle: 'Bac à sable : choisissez la suite',
  sandboxText:
    'Ici, un prestataire demanderait une carte. Dans le bac à sable, c’est vous qui décidez.',
  pay: (amount) => `Payer ${amount}`,
  decline: 'Refuser',
  cancel: 'Annuler',
  orByPhone: 'Ou valider par téléphone',
  mobileMoneyText: 'Avec mobile money, vous confirmez le paiement sur votre téléphone.',
  phone: 'Numéro de téléphone',
  phoneHint: 'Avec l’indicatif du pays, par exemple +242 06 123 45 67',
  phoneFaulty: 'Ce numéro n’est pas lisible. Écrivez-le avec l’indicatif du pays.',
  approveByPhone: 'Valider par téléphone',
  testNumbers: 'Numéros de test',
  testOutcomes: [
    'accepté',
    'rejeté par le payeur',
    'solde insuffisant',
    'délai dépassé',
    'numéro inconnu',
    'accepté après 20 secondes',
  ],
  anyOther: 'tout autre numéro',
  approvesAfter3: 'accepté après 3 secondes',
  timeLeft: 'Temps restant pour payer :',
  duration: (minutes) => (minutes <= 1 ? 'moins d’une minute' : `${minutes} minutes`),
  minutesTemplate: '{n} minutes',
  extend: 'J’ai besoin de plus de temps',
  extended: 'Vous avez maintenant plus de temps.',
  notExtended: 'Le délai ne peut plus être prolongé.',

  notPaidTitle: 'Votre paiement n’est pas terminé',
  paysAt: (host) => `Vous payez sur la page sécurisée de ${host}, puis vous revenez ici.`,
  continueToPayment: 'Continuer vers le paiement',
  justPaid: 'Vous venez de payer ? Patientez un instant : cette page l’affichera d’elle-même.',
  notCanceled: {
    title: 'L’annulation n’a pas abouti',
    text: 'Le service de paiement ne répond pas. Patientez un instant et réessayez.',
  },
  preparingTitle: 'Votre paiement se prépare',
  preparingText: 'Dans quelques secondes, vous pourrez continuer ici.',
  noWayTitle: 'Ce paiement ne peut pas continuer',
  noWayText:
    'Le vendeur encaisse désormais autrement. Recommencez ; si vous avez déjà payé, écrivez au vendeur.',

  approveTitle: 'Validez sur votre téléphone',
  approveText: (phone) => `Une demande a été envoyée au ${phone}.`,
  approveSteps: [
    'Ouvrez la demande de votre compte mobile money.',
    'Vérifiez le montant et confirmez avec votre code PIN.',
    'Gardez cette page ouverte ou revenez plus tard : elle affiche le résultat.',
  ],
  approveUntil: 'Temps restant pour valider :',
  confirmingTitle: 'Confirmation du paiement',
  confirmingText:
    'Cela prend en général quelques secondes. Vous pouvez laisser cette page ouverte ou revenir.',
  confirmingSlowText:
    'Le plus souvent, cela prend quelques secondes ; un prélèvement bancaire peut prendre quelques jours. Vous pouvez fermer cette page et revenir.',
  waiting: 'En attente de la réponse …',

  completeTitle: 'Merci, c’est payé',
  completeFreeTitle: 'Merci, tout est prêt',
  completeText: (name) => `${name} a bien reçu votre paiement.`,
  givenBackTitle: 'Le paiement a été remboursé',
  givenBackText: (name, amount) =>
    `${name} vous a remboursé ${amount}. Le versement peut prendre quelques jours.`,
  partlyGivenBackText: (name, amount) =>
    `${name} a bien reçu votre paiement et vous en a remboursé ${amount}.`,
  givenBack: 'Remboursé',
  completeFreeText: (name) => `${name} a bien reçu votre commande. Rien n’est à payer aujourd’hui.`,
  receiptSent: (to) => `Nous avons envoyé un reçu à ${to}.`,
  receiptOnItsWay: (to) => `Un reçu est en route vers ${to}.`,
  receipt: 'Confirmation',
  amountPaid: 'Montant payé',
  date: 'Date',
  paidTo: 'Payé à',
  reference: 'Référence',
  sessionId: 'Numéro de paiement',
  print: 'Imprimer',

  expiredTitle: 'Le délai de paiement est écoulé',
  expiredText: 'Rien n’a été débité. Recommencez quand vous voulez.',
  canceledTitle: 'Le paiement a été annulé',
  canceledText: 'Rien n’a été débité. Vous pouvez recommencer.',
  failures,

  from: (amount) => `À partir de ${amount}`,
  free: 'Gratuit',
  amountBetween: (min, max) => `Vous choisissez : de ${min} à ${max}`,
  amountFrom: (min) => `Vous choisissez, à partir de ${min}`,
  amountChosen: 'Vous choisissez le montant',
  availableUntil: 'Disponible jusqu’au',
  secure: 'Le total vous est montré encore une fois avant de payer.',
  email: 'E-mail',
  name: 'Nom',
  optional: 'facultatif',
  submit: {
    pay: (amount) => `Payer ${amount}`.trim(),
    book: (amount) => (amount ? `Réserver pour ${amount}` : 'Réserver'),
    donate: (amount) => `Donner ${amount}`.trim(),
    subscribe: () => 'S’abonner',
  },
  problems: {
    invalid_selection: 'Il manque quelque chose ou une saisie est inexacte. Voyez les champs.',
    validation_failed: 'Il manque quelque chose ou une saisie est inexacte. Voyez les champs.',
    out_of_stock: 'Il n’en reste pas autant. Choisissez une quantité plus petite.',
    temporarily_sold_out: 'Ce qui reste est en cours de paiement. Réessayez dans quelques minutes.',
    price_changed: 'Le prix a changé depuis l’ouverture de cette page. Vérifiez-le à nouveau.',
    rate_limited: 'Trop de demandes en peu de temps. Patientez une minute et réessayez.',
    provider_unavailable: 'Le service de paiement ne répond pas. Rien n’a été débité. Réessayez.',
    internal: 'Cela n’a pas fonctionné et rien n’a été débité. Réessayez.',
  },
  fieldProblems: {
    required: 'Ce champ est nécessaire.',
    invalid_email: 'Ce n’est pas une adresse e-mail. Exemple : nom@exemple.com.',
    invalid_phone: 'Ce n’est pas un numéro de téléphone. Écrivez-le avec l’indicatif du pays.',
    too_few: 'C’est moins que le minimum par achat.',
    too_many: 'C’est plus que le maximum par achat.',
    out_of_stock: 'Il n’en reste pas autant.',
    invalid: 'Veuillez vérifier ce champ.',
  },
  needsScript:
    'Pour choisir ici, il faut JavaScript. Activez-le ou ouvrez cette page dans un autre navigateur.',
  late: 'C’est plus long que d’habitude.',
  loadAgain: 'Recharger la page',
  inactive: ['Ce lien est désactivé', 'Le vendeur n’accepte pas de paiement ici pour le moment.'],
  expired: ['Cette offre est terminée', 'Le délai pour la payer est écoulé.'],
  exhausted: ['Tout est pris', 'Ce lien a été utilisé autant de fois que possible.'],
  soldOut: [
    'Épuisé pour le moment',
    'Ce qui reste est en cours de paiement. Réessayez dans quelques minutes.',
  ],
  tryAgain: 'Réessayer',
  continueTo: (host) => `Continuer vers ${host}`,

  notFoundTitle: 'Il n’y a rien ici',
  notFoundText:
    'L’adresse est peut-être mal saisie ou périmée. Demandez-en une nouvelle à la personne qui l’a envoyée.',
  busyTitle: 'Trop de tentatives',
  busyText: 'Cette étape n’a rien débité. Patientez une minute et rechargez la page.',
  errorTitle: 'Un problème est survenu chez nous',
  awayText:
    'Nous ne pouvons pas afficher cette page pour l’instant. L’ouvrir n’a rien débité. Réessayez dans une minute.',
  errorText:
    'Nous ne savons peut-être pas encore comment cette étape s’est terminée. Patientez un instant, puis rouvrez votre paiement : il dit s’il est réglé.',
  errorNumber: 'Si vous nous écrivez, donnez ce numéro :',
};
