/** Les réglages du bureau, en français. */
import type { keysEn, secretEn, settingsEn } from './settings-en.js';

export const secretFr: typeof secretEn = {
  copy: 'Copier le secret',
  kept: 'C’est gardé',
};

export const keysFr: typeof keysEn = {
  title: 'Clés d’API',
  lead: 'Une clé ouvre ce bureau, et permet à vos logiciels de créer des liens et de lire les paiements. Qui l’a peut tout ce que vous pouvez : donnez à chaque personne et à chaque programme la sienne.',
  create: 'Créer une clé',
  createTitle: 'Nouvelle clé',
  name: 'À quoi sert-elle ?',
  nameHint: 'Pour la reconnaître : « Site », « Comptabilité », « Bureau de Grâce ».',
  madeTitle: 'Votre nouvelle clé',
  madeText:
    'Elle n’est montrée que maintenant. Gardez-la dans un gestionnaire de mots de passe ou là où votre logiciel la lit ; personne ne peut vous la montrer à nouveau.',
  key: 'Clé d’API',
  lost: 'La clé a été créée, mais son texte n’est pas arrivé. Révoquez-la et créez-en une autre.',
  list: 'Clés',
  column: 'Clé',
  unnamed: 'Créée sur le serveur',
  ends: (hint) => `finit par ${hint}`,
  created: 'Créée',
  lastUsed: 'Dernière utilisation',
  status: 'État',
  valid: 'Valable',
  revoked: 'Révoquée',
  revokedOn: (when) => `Révoquée le ${when}`,
  revoke: 'Révoquer',
  revokeNamed: (name, hint) => `Révoquer ${name} (${hint})`,
  revokeTitle: (name) => `Révoquer la clé « ${name} » ?`,
  revokeText:
    'Les logiciels qui s’en servent sont refusés dès maintenant, et les bureaux ouverts avec elle sont fermés, celui-ci aussi si c’est la vôtre. On ne peut pas revenir en arrière.',
  revokedNow: (name) => `« ${name} » est révoquée.`,
  lastOne: 'La seule clé valable. Créez-en une autre avant de la révoquer.',
  showRevoked: (n) => `Clés révoquées (${n})`,
};

export const settingsFr: typeof settingsEn = {
  nav: 'Réglages',
  general: 'Boutique',
  codes: 'Codes promotionnels',
  keys: 'Clés d’API',
  webhooks: 'Avis aux logiciels',
  title: 'Boutique',
  shop: 'Votre boutique',
  name: 'Nom de la boutique',
  nameHint: 'Les clients le lisent sur chaque page où ils vous paient.',
  locale: 'Langue de ce bureau',
  localeOfBrowser: 'Celle du navigateur',
  locales: { en: 'English', fr: 'Français' },
  email: 'E-mail pour les avis de paiement',
  emailHint: 'Vide : pas d’avis.',
  emailUnsent:
    'Rien n’y est encore envoyé, car ce serveur ne peut pas envoyer d’e-mails : voir « Reçus ».',
  branding: 'Apparence de vos formulaires',
  brandingHint: 'Celle de chaque lien qui n’a pas la sienne.',
  preview: 'Ce que voient les clients',
  previewName: 'Facture 2041',
  origins: 'Vos sites',
  allowedOrigins: 'Seuls ces sites peuvent intégrer vos liens',
  originsHint:
    'Un par ligne, comme https://boutique.example. Vide : tous les sites. Un lien qui nomme les siens les garde.',
  visits: 'Visites',
  countsVisits: 'Compter combien de fois vos liens sont vus',
  visitsHint:
    'Seules des sommes sont gardées, par lien et par jour : aucun cookie n’est posé, et rien n’est retenu de qui c’était.',
  receipts: 'Reçus',
  receiptsOn: 'Les clients reçoivent un reçu par e-mail quand ils ont payé.',
  receiptsOff: 'Les clients ne reçoivent pas de reçu : ce serveur ne peut pas envoyer d’e-mails.',
  receiptsHow:
    'Pour les activer, la personne qui gère le serveur y règle SMTP_URL et MAIL_FROM, puis le redémarre.',
  server: 'Ce serveur',
  serverHint: 'Réglé là où le serveur tourne, pas ici.',
  provider: 'Les paiements passent par',
  providers: {
    sandbox: 'Sandbox : les paiements sont joués',
    stripe: 'Stripe',
    yabetoo: 'Yabetoo',
  },
  side: 'Argent',
  testSide: 'Essai : aucun argent réel ne circule',
  liveSide: 'Argent réel',
  publicUrl: 'Adresse',
  changed: 'Dernier changement',
  save: 'Enregistrer',
  saved: 'Vos réglages sont enregistrés.',
  unsaved: 'Pas encore enregistré.',
  emailFault: 'Ce n’est pas une adresse e-mail.',
  conflict: 'Quelqu’un d’autre a changé les réglages entre-temps',
};
