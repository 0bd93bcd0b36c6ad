/**
 * Libraries as the one script carries them. Lit is a copy of our own that no other Lit on the page should notice,
 * without what only other Lits, decorators, polyfills and mistaken developers need; floating-ui is without
 * middleware. A new version that is written otherwise fails the build, and this list is to be read again.
 */
import type { Plugin } from 'vite';

type Change = readonly [from: string | RegExp, to: string];

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
    // Accessors of our own, options nobody sets.
    [
      'const{get:e,set:r}=h(this.prototype,t)??{get(){return this[s]},set(t){this[s]=t}};return{get:e,set(s){const h=e?.call(this);r?.call(this,s),this.requestUpdate(t,h,i)},configurable:!0,enumerable:!0}',
      'return{get(){return this[s]},set(e){const h=this[s];this[s]=e,this.requestUpdate(t,h,i)},configurable:!0,enumerable:!0}',
    ],
    ['getOwnPropertyDescriptor:h,', ''],
    ['||i.useDefault&&i.reflect&&h===this._$Ej?.get(t)&&!this.hasAttribute(r._$Eu(t,i))', ''],
    [
      'C(t,s,{useDefault:i,reflect:e,wrapped:h},r){i&&!(this._$Ej??=new Map).has(t)&&(this._$Ej.set(t,r??s??this[t]),!0!==h||void 0!==r)||(this._$AL.has(t)||(this.hasUpdated||i||(s=void 0),this._$AL.set(t,s)),!0===e&&this._$Em!==t&&(this._$Eq??=new Set).add(t))}',
      'C(t,s,{reflect:e}){this._$AL.has(t)||(this.hasUpdated||(s=void 0),this._$AL.set(t,s)),!0===e&&this._$Em!==t&&(this._$Eq??=new Set).add(t)}',
    ],
    ['this[e]=r??this._$Ej?.get(e)??r', 'this[e]=r'],
    [
      'const t=this.constructor.elementProperties;if(t.size>0)for(const[s,i]of t){const{wrapped:t}=i,e=this[s];!0!==t||this._$AL.has(s)||void 0===e||this.C(s,void 0,i,e)}',
      '',
    ],
    ['static addInitializer(t){this._$Ei(),(this.l??=[]).push(t)}', ''],
    [',void 0!==t.l&&(this.l=[...t.l])', ''],
    [',this.constructor.l?.forEach(t=>t(this))', ''],
    ['removeController(t){this._$EO?.delete(t)}', ''],
    ['(void 0!==i.converter?.toAttribute?i.converter:u)', 'u'],
    [
      'h="function"==typeof t.converter?{fromAttribute:t.converter}:void 0!==t.converter?.fromAttribute?t.converter:u',
      'h=u',
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
    // No directives, no parts on elements, no templates compiled beforehand.
    [
      'function M(t,i,s=t,e){if(i===E)return i;let h=void 0!==e?s._$Co?.[e]:s._$Cl;const o=a(i)?void 0:i._$litDirective$;return h?.constructor!==o&&(h?._$AO?.(!1),void 0===o?h=void 0:(h=new o(t),h._$AT(t,s,e)),void 0!==e?(s._$Co??=[])[e]=h:s._$Cl=h),void 0!==h&&(i=M(t,h._$AS(t,i.values),h,e)),i}',
      'function M(t,i){return i}',
    ],
    ['else t.startsWith(o)&&(d.push({type:6,index:l}),r.removeAttribute(t));', ''],
    [
      ':1===r.type?i=new r.ctor(h,r.name,r.strings,this,t):6===r.type&&(i=new Z(h,this,t))',
      ':i=new r.ctor(h,r.name,r.strings,this,t)',
    ],
    [
      'e="number"==typeof s?this._$AC(t):(void 0===s.el&&(s.el=S.createElement(V(s.h,s.h[0]),this.options)),s);',
      'e=this._$AC(t);',
    ],
    [
      'this._$AV=[],this._$AN=void 0,this._$AD=t,this._$AM=i}get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(t){',
      'this._$AV=[],this._$AD=t}u(t){',
    ],
    ['(t?.creationScope??l).importNode', 'l.importNode'],
    ['class k{get _$AU(){return this._$AM?._$AU??this._$Cv}constructor', 'class k{constructor'],
    [
      'this._$AH=A,this._$AN=void 0,this._$AA=t,this._$AB=i,this._$AM=s,this.options=e,this._$Cv=e?.isConnected??!0}get parentNode(){let t=this._$AA.parentNode;const i=this._$AM;return void 0!==i&&11===t?.nodeType&&(t=i.parentNode),t}get startNode(){return this._$AA}get endNode(){return this._$AB}_$AI',
      'this._$AH=A,this._$AA=t,this._$AB=i,this.options=e}_$AI',
    ],
    ['for(this._$AP?.(!1,!0,s);t!==this._$AB;)', 'for(;t!==this._$AB;)'],
    ['}setConnected(t){void 0===this._$AM&&(this._$Cv=t,this._$AP?.(t))}}class H{', '}}class H{'],
    [
      'class H{get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}constructor',
      'class H{constructor',
    ],
    [
      'this._$AH=A,this._$AN=void 0,this.element=t,this.name=i,this._$AM=e,this.options=h',
      'this._$AH=A,this.element=t,this.name=i,this.options=h',
    ],
    // Neither SVG nor MathML stands in a template of its own.
    ['l=2===i?"<svg>":3===i?"<math>":""', 'l=""'],
    ['+(2===i?"</svg>":3===i?"</math>":"")', ''],
    [
      'if(this.el=S.createElement(f,e),P.currentNode=this.el.content,2===i||3===i){const t=this.el.content.firstChild;t.replaceWith(...t.childNodes)}',
      'this.el=S.createElement(f,e),P.currentNode=this.el.content;',
    ],
  ],
  '/lit-element/lit-element.js': [
    // Only directives ask whether they are connected.
    [
      ',this._$Do=void 0}createRenderRoot(){const t=super.createRenderRoot();return this.renderOptions.renderBefore??=t.firstChild,t}update(t){const r=this.render();this.hasUpdated||(this.renderOptions.isConnected=this.isConnected),super.update(t),this._$Do=e(',
      '}update(t){const r=this.render();super.update(t),e(',
    ],
    [
      'connectedCallback(){super.connectedCallback(),this._$Do?.setConnected(!0)}disconnectedCallback(){super.disconnectedCallback(),this._$Do?.setConnected(!1)}',
      '',
    ],
    [
      ',s.litElementHydrateSupport?.({LitElement:i});const o=s.litElementPolyfillSupport;o?.({LitElement:i});',
      ';',
    ],
    ['(s.litElementVersions??=[]).push("4.2.2");', ''],
  ],
  '/floating-ui.core.mjs': [
    // Nothing to run after the first placement, nor to lend to it.
    [/ {2}for \(let i = 0; i < middleware\.length[\s\S]*?\n {2}\}\n(?= {2}return \{\n {4}x,)/, ''],
    [/ {2}const platformWithDetectOverflow = [\s\S]*?\};\n/, ''],
    [/,\n {4}placement: statefulPlacement,\n {4}strategy,\n {4}middlewareData\n/, ''],
    // Panels open below or above.
    [/ {4}case 'right':[\s\S]*?default:\n[\s\S]*?\};\n/, ''],
  ],
};

export const leanLibraries: Plugin = {
  name: 'lean-libraries',
  apply: 'build',
  transform: {
    filter: { id: /\/(?:css-tag|reactive-element|lit-html|lit-element|floating-ui\.core)\.m?js$/ },
    handler(code, id) {
      const file = Object.keys(changes).find((end) => id.endsWith(end));
      let own = code;
      for (const [from, to] of changes[file ?? ''] ?? []) {
        const before = own;
        own = own.replace(from, () => to);
        if (own === before)
          this.error(`${file} is another version: it has no ${String(from).slice(0, 60)}`);
      }
      return { code: own, map: null };
    },
  },
};
