/** The page behind a dialog stays where it is, by a sheet of the document: no element of it is touched. */

let sheet: CSSStyleSheet | undefined;
let holders = 0;

/** Locks the page until the answer is called; several dialogs share one lock. */
export function lockScroll(): () => void {
  if (!('adoptedStyleSheets' in document)) return () => undefined;
  if (!sheet) {
    sheet = new CSSStyleSheet();
    // In a layer, where what is important wins over whatever else a page says is important.
    sheet.insertRule('@layer{html{overflow:hidden!important}}');
  }
  const own = sheet;
  const { style } = (own.cssRules[0] as CSSLayerBlockRule).cssRules[0] as CSSStyleRule;
  // What is beside a scrollbar must not jump when the bar goes.
  if (!holders)
    style.scrollbarGutter = innerWidth > document.documentElement.clientWidth ? 'stable' : '';
  if (holders++ === 0) document.adoptedStyleSheets = [...document.adoptedStyleSheets, own];
  return () => {
    if (--holders === 0)
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== own);
  };
}
