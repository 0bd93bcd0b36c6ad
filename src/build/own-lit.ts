/**
 * Lit as the one script carries it: a copy of our own that no other Lit on the page should notice, without what
 * only other Lits, decorators, polyfills and mistaken developers need. A new Lit that is written otherwise fails
 * the build, and this list is to be read again.
 */
import type { Plugin } from 'vite';

type Change = readonly [from: string, to: string];

const changes: Readonly<Record<string, readonly Change[]>> = {
  '/@lit/reactive-element/css-tag.js': [
    // Only our own `css` makes a CSSResult, of text alone.
    [
      'if(this._$cssResult$=!0,o!==s)throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");',
      '',
    ],
    [
      'const o=1===t.length?t[0]:e.reduce((e,s,o)=>e+(t=>{if(!0===t._$cssResult$)return t.cssText;if("number"==typeof t)return t;throw Error("Value passed to \'css\' function must be a \'css\' function result: "+t+". Use \'unsafeCSS\' to pass non-literal values, but take care to ensure page security.")})(s)+t[o+1],t[0]);return new n(o,t,s)',
      'return new n(t[0],t,s)',
    ],
    ['(void 0===t.ShadyCSS||t.ShadyCSS.nativeShadow)&&', ''],
    [
      'c=e?t=>t:t=>t instanceof CSSStyleSheet?(t=>{let e="";for(const s of t.cssRules)e+=s.cssText;return r(e)})(t):t',
      'c=t=>t',
    ],
  ],
  '/@lit/reactive-element/reactive-element.js': [
    ['p=a.reactiveElementPolyfillSupport,', ''],
    [',p?.({ReactiveElement:y}),(a.reactiveElementVersions??=[]).push("2.1.2")', ''],
    // Decorators leave their properties there.
    ['Symbol.metadata??=Symbol("metadata"),a.litPropertyMetadata??=new WeakMap;', ''],
    [
      'const t=this[Symbol.metadata];if(null!==t){const s=litPropertyMetadata.get(t);if(void 0!==s)for(const[t,i]of s)this.elementProperties.set(t,i)}',
      '',
    ],
    // We reflect and convert texts and booleans alone.
    ['case Object:case Array:t=null==t?t:JSON.stringify(t)', ''],
    [
      'case Number:i=null===t?null:Number(t);break;case Object:case Array:try{i=JSON.parse(t)}catch(t){i=null}',
      '',
    ],
  ],
  '/lit-html/lit-html.js': [
    // The name of a policy is taken once per page.
    ['createPolicy("lit-html"', 'createPolicy("pay-link"'],
    ['B=t.litHtmlPolyfillSupport;B?.(S,k),(t.litHtmlVersions??=[]).push("3.3.3");const D=', 'D='],
    // Neither SVG nor MathML stands in a template of its own.
    ['l=2===i?"<svg>":3===i?"<math>":""', 'l=""'],
    ['+(2===i?"</svg>":3===i?"</math>":"")', ''],
    [
      'if(this.el=S.createElement(f,e),P.currentNode=this.el.content,2===i||3===i){const t=this.el.content.firstChild;t.replaceWith(...t.childNodes)}',
      'this.el=S.createElement(f,e),P.currentNode=this.el.content;',
    ],
  ],
  '/lit-element/lit-element.js': [
    [
      ',s.litElementHydrateSupport?.({LitElement:i});const o=s.litElementPolyfillSupport;o?.({LitElement:i});',
      ';',
    ],
    ['(s.litElementVersions??=[]).push("4.2.2");', ''],
  ],
};

export const ownLit: Plugin = {
  name: 'own-lit',
  apply: 'build',
  transform: {
    filter: { id: /\/(?:css-tag|reactive-element|lit-html|lit-element)\.js$/ },
    handler(code, id) {
      const file = Object.keys(changes).find((end) => id.endsWith(end));
      let own = code;
      for (const [from, to] of changes[file ?? ''] ?? []) {
        if (!own.includes(from))
          this.error(`${file} is another Lit: it has no ${from.slice(0, 60)}`);
        own = own.replace(from, () => to);
      }
      return { code: own, map: null };
    },
  },
};
