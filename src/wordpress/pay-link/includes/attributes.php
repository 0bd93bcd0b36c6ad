<?php
/** What a block or shortcode may say of an element, and as what attribute it is written. */

defined( 'ABSPATH' ) || exit;

/** Each by its name in a shortcode; a block writes the same in camelCase. */
const PAY_LINK_ATTRIBUTES = array(
	'link'                   => 'address',
	'element'                => array( 'button', 'form' ),
	'label'                  => 'text',
	'display'                => array( 'modal', 'popover', 'page' ),
	'theme'                  => array( 'auto', 'light', 'dark' ),
	'locale'                 => 'text',
	'show_price'             => 'flag',
	'prefill_amount'         => 'number',
	'prefill_quantity'       => 'number',
	'prefill_promotion_code' => 'text',
	'reference'              => 'text',
);

/**
 * @param array $given as the author wrote it
 * @return array with every name of the list; what was not given or cannot be is ''
 */
function pay_link_attributes( $given ) {
	$read = array();
	foreach ( PAY_LINK_ATTRIBUTES as $name => $kind ) {
		$value         = isset( $given[ $name ] ) ? $given[ $name ] : '';
		$read[ $name ] = pay_link_value( is_scalar( $value ) ? $value : '', $kind );
	}
	// The link is the one thing that decides; a slug, an id or the address as it is copied at the desk.
	$read['element'] = 'form' === $read['element'] ? 'form' : 'button';
	return $read;
}

function pay_link_value( $value, $kind ) {
	if ( is_array( $kind ) ) {
		return in_array( $value, $kind, true ) ? $value : '';
	}
	// What an address may hold, `%20` too.
	if ( 'address' === $kind ) {
		return preg_match( '#^[^\s<>"\']{1,500}$#D', trim( (string) $value ) ) ? trim( (string) $value ) : '';
	}
	if ( 'flag' === $kind ) {
		return true === $value || in_array( strtolower( (string) $value ), array( '1', 'true', 'yes' ), true ) ? '1' : '';
	}
	if ( 'number' === $kind ) {
		return preg_match( '/^\d{1,15}$/', (string) $value ) ? (string) $value : '';
	}
	return trim( sanitize_text_field( (string) $value ) );
}
