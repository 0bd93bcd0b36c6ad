/** Ce que le bureau dit du catalogue, en français. */
import type { productsEn } from './products-en.js';

const shown = (n: number) => n.toLocaleString('fr');
const count = (n: number, one: string, many: string) => `${shown(n)} ${n < 2 ? one : many}`;

export const productsFr: typeof productsEn = {
  title: 'Produits',
  create: 'Nouveau produit',
  emptyTitle: 'Votre premier produit',
  emptyText:
    'Un produit est ce que vous vendez, avec ses prix et son stock. Créez-le une fois, puis mettez-le sur autant de liens de paiement que vous voulez : le stock est compté sur tous.',
  emptyWays: [
    ['Avec des tailles ou des couleurs', 'Chaque taille et chaque couleur a son propre stock.'],
    [
      'Payé encore et encore',
      'Une adhésion ou une boîte chaque mois : donnez-lui un prix récurrent.',
    ],
    ['En plusieurs monnaies', 'Un seul produit, un prix dans chacune : euros ici, francs là.'],
  ],
  searchLabel: 'Chercher par nom ou référence',
  show: 'Montrer',
  shows: { active: 'En vente', archived: 'Archivés', all: 'Tous' },
  nothingFound: 'Aucun produit ne correspond à ce que vous cherchez.',
  nothingArchived: 'Rien n’est archivé.',
  onlySearched: (n) =>
    `Cherché parmi ${n < 2 ? 'le produit le plus récent' : `les ${shown(n)} produits les plus récents`}. « En voir plus » ajoute les plus anciens.`,
  showAll: 'Voir tous les produits',
  shown: (n) => count(n, 'produit', 'produits'),
  name: 'Nom',
  prices: 'Prix',
  stock: 'Stock',
  state: 'État',
  states: { active: 'En vente', archived: 'Archivé', soldOut: 'Épuisé', noPrice: 'Sans prix' },
  notCounted: 'Non compté',
  andUncounted: (n) => `${shown(n)}, et d’autres non comptés`,
  pieces: (n) => shown(n),
  combinationsOf: (n) => count(n, 'combinaison', 'combinaisons'),
  morePrices: (n) => `et ${count(n, 'autre prix', 'autres prix')}`,
  freeDays: (n) => `d’abord ${count(n, 'jour gratuit', 'jours gratuits')}`,
  types: {
    physical: 'Un objet envoyé ou retiré',
    digital: 'Un fichier ou un accès',
    service: 'Un service',
  },

  newTitle: 'Nouveau produit',
  createIt: 'Créer le produit',
  created: 'Le produit est créé. Mettez-le maintenant sur un lien.',
  type: 'De quel genre de chose s’agit-il ?',
  typeStays: 'Cela ne peut pas être changé plus tard.',
  nameHint: 'Comme les clients le liront : « T-shirt de la chorale ».',
  description: 'Description',
  imageUrl: 'Adresse d’une image',
  imageHint: 'Elle doit commencer par https://',
  imageOf: (name) => `Image de ${name || 'ce produit'}`,

  pricesTitle: 'Prix',
  pricesHint:
    'Un lien vend dans une seule monnaie et prend les prix qui conviennent. Un prix ne change pas plus tard : on l’archive et on le remplace.',
  price: (n) => `Prix ${n}`,
  amount: 'Montant',
  currency: 'Monnaie',
  howOften: 'Comment est-il payé ?',
  once: 'Une fois',
  rhythms: { day: 'Par jour', week: 'Par semaine', month: 'Par mois', year: 'Par an' },
  everyHowMany: {
    day: 'Tous les combien de jours ?',
    week: 'Toutes les combien de semaines ?',
    month: 'Tous les combien de mois ?',
    year: 'Tous les combien d’ans ?',
  },
  trialDays: 'Jours gratuits au début',
  trialHint: 'Vide : le premier paiement est pris tout de suite.',
  moreOfPrice: 'Plus',
  providerPriceId: 'Son nom chez votre prestataire de paiement',
  providerHint:
    'Seulement si votre prestataire renouvelle les abonnements par un prix à lui, comme price_1AbC…',
  addPrice: 'Ajouter un autre prix',
  removePrice: (n) => `Retirer le prix ${n}`,

  optionsTitle: 'Choix',
  optionsHint:
    'Si les clients choisissent une taille, une couleur, une sorte. Laissez cela s’il n’y a rien à choisir.',
  addOption: 'Ajouter un choix',
  option: (n) => `Choix ${n}`,
  optionName: 'Ce qu’on choisit',
  optionNameHint: 'Taille, Couleur, Parfum…',
  values: 'Ce qu’il y a à choisir',
  valuesHint: 'L’un après l’autre, séparés par une virgule : S, M, L',
  valuesGiven: 'Ce qu’il y a déjà',
  removeValue: (value) => `Retirer ${value}`,
  colorOf: (value) => `Couleur de ${value}`,
  areColors: 'Ce sont des couleurs : les montrer comme telles',
  removeOption: (name) => `Retirer le choix ${name || 'sans nom'}`,

  skusTitle: 'Combinaisons',
  skusHint:
    'Décochez ce que vous ne vendez pas. Un champ vide veut dire : comme le produit, ou non compté.',
  stockTitle: 'Stock',
  skuOf: 'Combinaison',
  sell: (name) => `Vendre ${name}`,
  skuCode: 'Référence',
  skuCodeHint: 'Votre propre numéro, si vous en avez un.',
  ownPrice: (currency) => `Son prix, ${currency}`,
  onHand: 'Combien il y en a',
  onHandHint: 'Vide : ce n’est pas compté, et jamais épuisé.',
  ownImage: 'Son image',
  cell: (what, name) => `${what} : ${name}`,
  forAll: 'La même chose pour toutes les combinaisons',
  fillIn: 'Remplir',
  filledIn: (n) => `Rempli pour ${count(n, 'combinaison', 'combinaisons')}.`,
  manyCombinations: (n) =>
    `Cela fait ${shown(n)} combinaisons, chacune avec son stock à suivre. Une question sur le lien de paiement ne suffirait-elle pas ?`,
  tooManyCombinations: (n, most) =>
    `Cela ferait ${n > 1_000_000 ? 'des millions de' : shown(n)} combinaisons ; il peut y en avoir ${shown(most)}. Retirez des valeurs.`,

  problems: {
    optionName: 'Que choisit-on ici ? Donnez-lui un nom.',
    sameName: 'Un autre choix porte le même nom.',
    noValues: 'Écrivez ce qu’il y a à choisir.',
    tooManyValues: 'Cent au plus pour un choix.',
    longValue: '60 caractères au plus pour chacun.',
    noneSold: 'Au moins une combinaison doit être vendue.',
    between: (least, most) => `Écrivez un nombre entier de ${shown(least)} à ${shown(most)}.`,
    step: (amount) => `Votre prestataire de paiement ne prend que des multiples de ${amount}.`,
    reserved:
      'C’est moins que ce que des paiements en cours retiennent. Attendez qu’ils soient faits ou finis.',
    notSaved: 'Pas encore enregistré. Appuyez sur Entrée pour réessayer.',
  },

  backToList: 'Tous les produits',
  makeLink: 'En faire un lien',
  details: 'Nom, description et image',
  saved: 'Enregistré.',
  kind: 'Genre',
  archivedNote:
    'Ce produit est archivé : on ne peut plus le mettre sur de nouveaux liens. Les liens qui le vendent déjà continuent.',
  skusEditTitle: 'Stock, prix particuliers et images',
  skusEditHint: 'Chaque champ est enregistré quand vous le quittez.',
  itself: 'Le produit lui-même',
  held: (n) => `dont ${shown(n)} ${n < 2 ? 'retenu' : 'retenus'} par des paiements en cours`,
  cellSaved: (what, name) => `${what} de ${name} : enregistré.`,
  priceColumn: 'Prix',
  howOftenColumn: 'Comment il est payé',
  providerColumn: 'Chez le prestataire',
  trialColumn: 'Gratuit au début',
  archivedPrices: (n) => count(n, 'prix archivé', 'prix archivés'),
  noPrices: 'Il ne reste aucun prix : personne ne peut acheter ceci avant que vous en ajoutiez un.',
  addPriceTitle: 'Ajouter un prix',
  addThisPrice: 'Ajouter ce prix',
  priceAdded: 'Le prix est ajouté. Les liens dans sa monnaie le proposent.',
  archivePrice: 'Archiver',
  archivePriceOf: (price) => `Archiver le prix ${price}`,
  askArchivePrice: (price) => `Archiver le prix ${price} ?`,
  askArchivePriceText:
    'Les liens ne le proposent plus. Les abonnements qui le paient continuent à ce prix. Il ne peut pas revenir, mais vous pouvez ajouter le même à nouveau.',
  askLastPriceText:
    'C’est le dernier prix : tant que vous n’en ajoutez pas un autre, personne ne peut acheter ce produit.',
  priceArchived: 'Le prix est archivé.',
  archive: 'Archiver le produit',
  archiveTitle: 'Il n’est plus vendu ?',
  archiveText:
    'Un produit archivé ne peut plus être mis sur de nouveaux liens. Les liens qui le vendent déjà continuent : désactivez-les pour y mettre fin.',
  askArchive: (name) => `Archiver ${name} ?`,
  askArchiveText:
    'On ne pourra plus le mettre sur de nouveaux liens. Cela ne peut pas être défait : pour le vendre encore sur de nouveaux liens, il faudrait créer le produit à nouveau.',
  archived: (name) => `${name} est archivé.`,
};
