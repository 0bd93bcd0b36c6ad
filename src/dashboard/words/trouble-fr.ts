/** Ce que le serveur refuse, en français. */
import type { troubleEn } from './trouble-en.js';

export const troubleFr: typeof troubleEn = {
  codes: {
    bad_answer:
      'Le serveur a répondu d’une façon que cette page ne connaît pas. Il a peut-être été mis à jour : rechargez la page.',
    conflict: 'Cela a changé entre-temps et ne peut pas se faire maintenant. Rechargez la page.',
    cross_site:
      'Le serveur connaît ce bureau sous une autre adresse. Ouvrez-le à cette adresse-là.',
    idempotency_in_flight: 'C’est déjà en cours. Attendez un instant.',
    internal:
      'Le serveur a rencontré une erreur. Réessayez ; si cela continue, son journal en dit plus.',
    link_not_found: 'Ce lien n’existe plus.',
    not_found: 'Cela n’existe plus.',
    precondition_failed: 'Quelqu’un d’autre l’a modifié entre-temps. Rechargez la page.',
    provider_unavailable: 'Votre prestataire de paiement ne répond pas. Réessayez dans un instant.',
    rate_limited: 'C’était trop à la fois. Attendez une minute, puis réessayez.',
    too_large: 'C’est trop à envoyer d’un coup. Raccourcissez les textes.',
    unavailable: 'Le serveur démarre ou s’arrête. Réessayez dans un instant.',
  },
  rules: {
    duplicate: 'Deux d’entre eux sont identiques.',
    invalid_text: 'Un caractère ne peut pas être conservé. Écrivez-le à nouveau.',
    not_found: 'Ce qui est choisi ici n’existe plus. Choisissez à nouveau.',
    not_public: 'Cette adresse n’est pas accessible depuis Internet.',
    taken: 'C’est déjà pris.',
  },
  rule: (detail) => `Ce n’est pas accepté : ${detail}`,
};
