<?php
/**
 * The block in the page; since it is made anew each time, a new release needs no page to be saved again.
 *
 * @var array $attributes of the block, in camelCase
 */

defined( 'ABSPATH' ) || exit;

$pay_link_given = array();
foreach ( $attributes as $pay_link_name => $pay_link_value ) {
	$pay_link_given[ strtolower( preg_replace( '/[A-Z]/', '_$0', $pay_link_name ) ) ] = $pay_link_value;
}
printf( '<div %s>%s</div>', get_block_wrapper_attributes(), pay_link_element( pay_link_attributes( $pay_link_given ) ) ); // phpcs:ignore -- escaped where it is made
