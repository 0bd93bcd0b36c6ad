/** Colours by their plain names, so that a merchant rarely has to look for one. */

const named: Readonly<Record<string, string>> = {
  ...{ black: '#16181d', noir: '#16181d', white: '#ffffff', blanc: '#ffffff' },
  ...{ grey: '#8a8f98', gray: '#8a8f98', gris: '#8a8f98', silver: '#c3c7ce', argent: '#c3c7ce' },
  ...{ red: '#c62828', rouge: '#c62828', pink: '#ec7fa9', rose: '#ec7fa9' },
  ...{ orange: '#ef7d1a', yellow: '#f4c20d', jaune: '#f4c20d', gold: '#c9a227', or: '#c9a227' },
  ...{ green: '#2e7d32', vert: '#2e7d32', olive: '#6b7033', kaki: '#7c7a4f', khaki: '#7c7a4f' },
  ...{ blue: '#1e56c8', bleu: '#1e56c8', navy: '#1f2a44', marine: '#1f2a44' },
  ...{ turquoise: '#22a7a0', violet: '#6a3fa0', purple: '#6a3fa0', mauve: '#a98bc8' },
  ...{ brown: '#6d4526', marron: '#6d4526', brun: '#6d4526', beige: '#d9c7a3', sand: '#d9c7a3' },
  ...{ sable: '#d9c7a3', cream: '#f3ead3', bordeaux: '#6b1f2e', burgundy: '#6b1f2e' },
};

/** Undefined where the name says none that is known. The last word that is one decides: “Bleu marine”, “Light grey”. */
export function colorOf(name: string): string | undefined {
  const words =
    name
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .match(/[a-z]+/g) ?? [];
  return words.reduceRight<string | undefined>(
    (found, word) => found ?? plainColor(word),
    undefined,
  );
}

/** Feminine French names one as well: verte, grise, blanche. */
function plainColor(word: string): string | undefined {
  const plain = word
    .replace(/^blanche/, 'blanc')
    .replace(/^creme/, 'cream')
    .replace(/^violette/, 'violet');
  const isNamed = (text: string) => Object.hasOwn(named, text);
  const found = [plain, plain.replace(/e$/, ''), plain.replace(/s$/, '')].find(isNamed);
  return found && named[found];
}

/** Whether a choice is one of colours, by its name. */
export const isAboutColors = (name: string): boolean =>
  /^(colou?rs?|couleurs?|teintes?)$/i.test(name.trim());
