/**
 * Libraries as the one script carries them. Lit is a copy of our own that no other Lit on the page should notice,
 * without what only other Lits, decorators, polyfills and mistaken developers need; floating-ui is without
 * middleware. A new version that is written otherwise fails the build, and this list is to be read again.
 */
import type { Plugin } from 'vite';
import { forBuyers } from './for-buyers.ts';

type Change = readonly [from: string | RegExp, to: string];

const changes: Readonly<Record<string, readonly Change[]>> = {
  '/@lit/reactive-element/css-tag.js': [
    // Only our own `css` makes a CSSResult, of text alone, and only our own elements ask for its sheet.
    [
      'constructor(t,e,o){if(this._$cssResult$=!0,o!==s)throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");this.cssText=t,this.t=e}',
      'constructor(t){this.cssText=t}',
    ],
    // A document adopts only sheets of its own: an element may be moved into a frame.
    [
      'get styleSheet(){let t=this.o;const s=this.t;if(e&&void 0===t){const e=void 0!==s&&1===s.length;e&&(t=o.get(s)),void 0===t&&((this.o=t=new CSSStyleSheet).replaceSync(this.cssText),e&&o.set(s,t))}return t}toString(){return this.cssText}',
      'sheetIn(t){return this.t!==t&&(this.o=new(this.t=t).CSSStyleSheet).replaceSync(this.cssText),this.o}',
    ],
    [
      'const o=1===t.length?t[0]:e.reduce((e,s,o)=>e+(t=>{if(!0===t._$cssResult$)return t.cssText;if("number"==typeof t)return t;throw Error("Value passed to \'css\' function must be a \'css\' function result: "+t+". Use \'unsafeCSS\' to pass non-literal values, but take care to ensure page security.")})(s)+t[o+1],t[0]);return new n(o,t,s)',
      'return new n(t[0])',
    ],
    [',s=Symbol(),o=new WeakMap;', ';'],
    ['new n("string"==typeof t?t:t+"",void 0,s)', 'new n(t)'],
    ['t=>t instanceof CSSStyleSheet?t:t.styleSheet', 't=>t.sheetIn(s.ownerDocument.defaultView)'],
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
    // Our elements describe their properties themselves, named by texts; no option of them is left to a default.
    [
      'static getPropertyDescriptor(t,s,i){const{get:e,set:r}=h(this.prototype,t)??{get(){return this[s]},set(t){this[s]=t}};return{get:e,set(s){const h=e?.call(this);r?.call(this,s),this.requestUpdate(t,h,i)},configurable:!0,enumerable:!0}}',
      '',
    ],
    [
      'if(s.state&&(s.attribute=!1),this._$Ei(),this.prototype.hasOwnProperty(t)&&((s=Object.create(s)).wrapped=!0),this.elementProperties.set(t,s),!s.noAccessor){const i=Symbol(),h=this.getPropertyDescriptor(t,i,s);void 0!==h&&e(this.prototype,t,h)}',
      's.state&&(s.attribute=!1),this._$Ei(),this.elementProperties.set(t,s),e(this.prototype,t,this.getPropertyDescriptor(t,Symbol(),s))',
    ],
    ['s=[...r(t),...o(t)];for', 's=r(t);for'],
    ['getOwnPropertySymbols:o,', ''],
    ['getOwnPropertyDescriptor:h,', ''],
    ['static getPropertyOptions(t){return this.elementProperties.get(t)??b}', ''],
    [',b={attribute:!0,type:String,converter:u,reflect:!1,useDefault:!1,hasChanged:f}', ''],
    ['createProperty(t,s=b){', 'createProperty(t,s){'],
    [
      'requestUpdate(t,s,i,e=!1,h){if(void 0!==t){const r=this.constructor;if(!1===e&&(h=this[t]),i??=r.getPropertyOptions(t),!((i.hasChanged??f)(h,s)||i.useDefault&&i.reflect&&h===this._$Ej?.get(t)&&!this.hasAttribute(r._$Eu(t,i))))return;this.C(t,s,i)}',
      'requestUpdate(t,s,i){if(void 0!==t){if(!f(this[t],s))return;this.C(t,s,i)}',
    ],
    [
      'C(t,s,{useDefault:i,reflect:e,wrapped:h},r){i&&!(this._$Ej??=new Map).has(t)&&(this._$Ej.set(t,r??s??this[t]),!0!==h||void 0!==r)||(this._$AL.has(t)||(this.hasUpdated||i||(s=void 0),this._$AL.set(t,s)),!0===e&&this._$Em!==t&&(this._$Eq??=new Set).add(t))}',
      'C(t,s,{reflect:e}){this._$AL.has(t)||(this.hasUpdated||(s=void 0),this._$AL.set(t,s)),e&&this._$Em!==t&&(this._$Eq??=new Set).add(t)}',
    ],
    // What was set before the element was known: few keys of its own against many properties.
    [
      'for(const i of s.keys())this.hasOwnProperty(i)&&(',
      'for(const i of Object.keys(this))s.has(i)&&(',
    ],
    [
      'const t=this.constructor.elementProperties;if(t.size>0)for(const[s,i]of t){const{wrapped:t}=i,e=this[s];!0!==t||this._$AL.has(s)||void 0===e||this.C(s,void 0,i,e)}',
      '',
    ],
    // Plain lists of styles, two of the hooks, no initializers.
    [
      'static finalizeStyles(s){const i=[];if(Array.isArray(s)){const e=new Set(s.flat(1/0).reverse());for(const s of e)i.unshift(t(s))}else void 0!==s&&i.push(t(s));return i}',
      '',
    ],
    ['this.elementStyles=this.finalizeStyles(this.styles)', 'this.elementStyles=this.styles'],
    [
      'let t=!1;const s=this._$AL;try{t=this.shouldUpdate(s),t?(this.willUpdate(s),this._$EO?.forEach(t=>t.hostUpdate?.()),this.update(s)):this._$EM()}catch(s){throw t=!1,this._$EM(),s}t&&this._$AE(s)}willUpdate(t){}_$AE(t){this._$EO?.forEach(t=>t.hostUpdated?.()),this.hasUpdated||(this.hasUpdated=!0,this.firstUpdated(t)),this.updated(t)}',
      'const t=this._$AL;try{this.willUpdate(t),this.update(t)}catch(t){throw this._$EM(),t}this.hasUpdated=!0,this.updated(t)}',
    ],
    ['shouldUpdate(t){return!0}', ''],
    ['updated(t){}firstUpdated(t){}', ''],
    ['return this.getUpdateComplete()}getUpdateComplete(){return this._$ES}', 'return this._$ES}'],
    [
      'const t=this.scheduleUpdate();return null!=t&&await t,!this',
      'return this.performUpdate(),!this',
    ],
    ['scheduleUpdate(){return this.performUpdate()}', ''],
    ['static addInitializer(t){this._$Ei(),(this.l??=[]).push(t)}', ''],
    [',void 0!==t.l&&(this.l=[...t.l])', ''],
    [',this.constructor.l?.forEach(t=>t(this))', ''],
    ['removeController(t){this._$EO?.delete(t)}', ''],
    // We reflect and convert texts and booleans alone.
    [
      'u={toAttribute(t,s){switch(s){case Boolean:t=t?l:null;break;case Object:case Array:t=null==t?t:JSON.stringify(t)}return t},fromAttribute(t,s){let i=t;switch(s){case Boolean:i=null!==t;break;case Number:i=null===t?null:Number(t);break;case Object:case Array:try{i=JSON.parse(t)}catch(t){i=null}}return i}},',
      '',
    ],
    ['c=a.trustedTypes,l=c?c.emptyScript:"",', ''],
    [
      'const h=(void 0!==i.converter?.toAttribute?i.converter:u).toAttribute(s,i.type);this._$Em=t,null==h?this.removeAttribute(e):this.setAttribute(e,h)',
      'this._$Em=t,i.type?this.toggleAttribute(e,s):this.setAttribute(e,s)',
    ],
    [
      'const t=i.getPropertyOptions(e),h="function"==typeof t.converter?{fromAttribute:t.converter}:void 0!==t.converter?.fromAttribute?t.converter:u;this._$Em=e;const r=h.fromAttribute(s,t.type);this[e]=r??this._$Ej?.get(e)??r,this._$Em=null',
      'this._$Em=e,this[e]=i.elementProperties.get(e).type?null!==s:s,this._$Em=null',
    ],
    [',u as defaultConverter', ''],
  ],
  '/lit-html/lit-html.js': [
    // The name of a policy is taken once per page.
    ['createPolicy("lit-html"', 'createPolicy("pay-link"'],
    ['B=t.litHtmlPolyfillSupport;B?.(S,k),(t.litHtmlVersions??=[]).push("3.3.3");const D=', 'D='],
    [
      'const e=s?.renderBefore??i;let h=e._$litPart$;if(void 0===h){const t=s?.renderBefore??null;e._$litPart$=h=new k(i.insertBefore(c(),t),t,void 0,s??{})}return h._$AI(t),h',
      'const e=i._$litPart$??=new k(i.appendChild(c()),null,void 0,s);e._$AI(t)',
    ],
    // No directives, no parts on elements, no templates compiled beforehand, nothing to be left unchanged.
    [
      'function M(t,i,s=t,e){if(i===E)return i;let h=void 0!==e?s._$Co?.[e]:s._$Cl;const o=a(i)?void 0:i._$litDirective$;return h?.constructor!==o&&(h?._$AO?.(!1),void 0===o?h=void 0:(h=new o(t),h._$AT(t,s,e)),void 0!==e?(s._$Co??=[])[e]=h:s._$Cl=h),void 0!==h&&(i=M(t,h._$AS(t,i.values),h,e)),i}',
      '',
    ],
    [
      'class Z{constructor(t,i,s){this.element=t,this.type=6,this._$AN=void 0,this._$AM=i,this.options=s}get _$AU(){return this._$AM._$AU}_$AI(t){M(this,t)}}const j={M:h,P:o,A:n,C:1,L:N,R,D:d,V:M,I:k,H,N:L,U:z,B:I,F:Z},',
      'const j=0,',
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
    ['t=M(this,t,i),a(t)?', 'a(t)?'],
    ['t!==this._$AH&&t!==E&&this._(t)', 't!==this._$AH&&this._(t)'],
    ['t=M(this,t,i,0),o=!a(t)||t!==this._$AH&&t!==E,', 'o=!a(t)||t!==this._$AH,'],
    ['r=M(this,e[s+n],i,n),r===E&&(r=this._$AH[n]),', 'r=e[s+n],'],
    // A listener is a function or nothing, without options, and always meant for the element around.
    [
      '_$AI(t,i=this){if((t=M(this,t,i,0)??A)===E)return;const s=this._$AH,e=t===A&&s!==A||t.capture!==s.capture||t.once!==s.once||t.passive!==s.passive,h=t!==A&&(s===A||e);e&&this.element.removeEventListener(this.name,this,s),h&&this.element.addEventListener(this.name,this,t),this._$AH=t}handleEvent(t){"function"==typeof this._$AH?this._$AH.call(this.options?.host??this.element,t):this._$AH.handleEvent(t)}',
      '_$AI(t){const i=t===A;i!==(this._$AH===A)&&this.element[i?"removeEventListener":"addEventListener"](this.name,this),this._$AH=t}handleEvent(t){this._$AH.call(this.options.host,t)}',
    ],
    ['constructor(t,i,s,e,h){super(t,i,s,e,h),this.type=5}', ''],
    ['constructor(){super(...arguments),this.type=3}', ''],
    ['constructor(){super(...arguments),this.type=4}', ''],
    // Many values come as an array.
    ['d(t)?this.k(t)', 'u(t)?this.k(t)'],
    // No values in comments, nor in elements of raw text.
    ['(y.test(u[2])&&(n=RegExp("</"+u[2],"g")),c=p)', 'c=p'],
    [
      'if(y.test(r.tagName)){const t=r.textContent.split(o),i=t.length-1;if(i>0){r.textContent=s?s.emptyScript:"";for(let s=0;s<i;s++)r.append(t[s],c()),P.nextNode(),d.push({type:2,index:++l});r.append(t[i],c())}}}else if(8===r.nodeType)if(r.data===n)d.push({type:2,index:l});else{let t=-1;for(;-1!==(t=r.data.indexOf(o,t+1));)d.push({type:7,index:l}),t+=o.length-1}l++',
      '}else r.data===n&&d.push({type:2,index:l});l++',
    ],
    // A part needs not know what it is part of.
    [
      'this._$AV=[],this._$AN=void 0,this._$AD=t,this._$AM=i}get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(t){',
      'this._$AV=[],this._$AD=t}u(t){',
    ],
    ['(t?.creationScope??l).importNode', 'l.importNode'],
    ['class k{get _$AU(){return this._$AM?._$AU??this._$Cv}constructor', 'class k{constructor'],
    [
      'this.type=2,this._$AH=A,this._$AN=void 0,this._$AA=t,this._$AB=i,this._$AM=s,this.options=e,this._$Cv=e?.isConnected??!0}get parentNode(){let t=this._$AA.parentNode;const i=this._$AM;return void 0!==i&&11===t?.nodeType&&(t=i.parentNode),t}get startNode(){return this._$AA}get endNode(){return this._$AB}_$AI',
      'this._$AH=A,this._$AA=t,this._$AB=i,this.options=e}_$AI',
    ],
    ['for(this._$AP?.(!1,!0,s);t!==this._$AB;)', 'for(;t!==this._$AB;)'],
    ['}setConnected(t){void 0===this._$AM&&(this._$Cv=t,this._$AP?.(t))}}class H{', '}}class H{'],
    [
      'class H{get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}constructor',
      'class H{constructor',
    ],
    [
      'this.type=1,this._$AH=A,this._$AN=void 0,this.element=t,this.name=i,this._$AM=e,this.options=h',
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
    ['render(){return r}', ''],
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
  applyToEnvironment: forBuyers,
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
