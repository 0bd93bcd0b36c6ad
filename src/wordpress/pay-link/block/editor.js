/** The block in the editor: what it will be, and the choices beside it. Plain script: WordPress brings all it uses. */
(({ blocks, blockEditor, components, element, i18n }) => {
  const { createElement: el, Fragment } = element;
  const { __ } = i18n;
  const { InspectorControls, useBlockProps } = blockEditor;
  const { PanelBody, Placeholder, SelectControl, TextControl, ToggleControl } = components;

  const choice = (value, label) => ({ value, label });

  function Edit({ attributes, setAttributes, isSelected }) {
    const isButton = attributes.element === 'button';
    const text = (name, label, help) =>
      el(TextControl, {
        ...{ key: name, label, help, value: attributes[name] },
        onChange: (value) => setAttributes({ [name]: value }),
      });
    const select = (name, label, options) =>
      el(SelectControl, {
        ...{ key: name, label, options, value: attributes[name] },
        onChange: (value) => setAttributes({ [name]: value }),
      });
    const link = text(
      'link',
      __('Link', 'pay-link'),
      __('Its address, as you copy it at the desk.', 'pay-link'),
    );
    return el(
      Fragment,
      null,
      el(
        InspectorControls,
        null,
        el(
          PanelBody,
          { title: __('What buyers see', 'pay-link') },
          link,
          select('element', __('As', 'pay-link'), [
            choice('button', __('a button', 'pay-link')),
            choice('form', __('the form in the page', 'pay-link')),
          ]),
          isButton ? text('label', __('On the button', 'pay-link')) : null,
          isButton
            ? select('display', __('The form opens', 'pay-link'), [
                choice('modal', __('in a dialog', 'pay-link')),
                choice('popover', __('beside the button', 'pay-link')),
                choice('page', __('on its own page', 'pay-link')),
              ])
            : null,
          isButton
            ? el(ToggleControl, {
                label: __('With the price', 'pay-link'),
                checked: attributes.showPrice,
                onChange: (showPrice) => setAttributes({ showPrice }),
              })
            : null,
          select('theme', __('Colours', 'pay-link'), [
            choice('auto', __('as the page', 'pay-link')),
            choice('light', __('light', 'pay-link')),
            choice('dark', __('dark', 'pay-link')),
          ]),
        ),
        el(
          PanelBody,
          { title: __('Filled in beforehand', 'pay-link'), initialOpen: false },
          text(
            'prefillAmount',
            __('Amount', 'pay-link'),
            __('In the smallest unit: 2500 is €25.00.', 'pay-link'),
          ),
          text('prefillQuantity', __('Quantity', 'pay-link')),
          text('prefillPromotionCode', __('Promotion code', 'pay-link')),
          text(
            'reference',
            __('Reference', 'pay-link'),
            __('Comes back with the payment.', 'pay-link'),
          ),
          text('locale', __('Language', 'pay-link'), __('Empty: that of the page.', 'pay-link')),
        ),
      ),
      el(
        'div',
        useBlockProps(),
        // While it is being written the field stays where it is.
        attributes.link && !isSelected
          ? el(
              'p',
              {
                style: { padding: '12px 16px', border: '1px solid currentColor', borderRadius: 8 },
              },
              el('strong', null, isButton ? attributes.label || __('Pay', 'pay-link') : 'PayLink'),
              ' ',
              attributes.link,
            )
          : el(Placeholder, { icon: 'cart', label: 'PayLink' }, link),
      ),
    );
  }

  blocks.registerBlockType('pay-link/element', { edit: Edit, save: () => null });
})(window.wp);
