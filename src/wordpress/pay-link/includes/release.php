<?php
/** Which script the pages carry: the release that was taken over from the server, by address and digest. */

defined( 'ABSPATH' ) || exit;

const PAY_LINK_OPTION = 'pay_link';

/** The origin of the payment server; '' until it is settled. */
function pay_link_server() {
	$option = get_option( PAY_LINK_OPTION );
	return is_array( $option ) && isset( $option['server'] ) ? $option['server'] : '';
}

/** @return array|null version, src and integrity */
function pay_link_release() {
	$option = get_option( PAY_LINK_OPTION );
	return is_array( $option ) && isset( $option['release'] ) ? $option['release'] : null;
}

/**
 * Asks the server for its newest release.
 *
 * @param string $server its origin
 * @return array|string the release, or why there is none, in a sentence
 */
function pay_link_ask_release( $server ) {
	$answer = wp_remote_get( $server . '/pay-link.json', array( 'timeout' => 10, 'redirection' => 0 ) );
	if ( is_wp_error( $answer ) ) {
		/* translators: 1: an address, 2: what went wrong */
		return sprintf( __( '%1$s could not be reached: %2$s', 'pay-link' ), $server, $answer->get_error_message() );
	}
	$read = json_decode( wp_remote_retrieve_body( $answer ), true );
	if ( 200 !== wp_remote_retrieve_response_code( $answer ) || ! pay_link_is_release( $read, $server ) ) {
		/* translators: %s: an address */
		return sprintf( __( '%s does not answer as a PayLink server.', 'pay-link' ), $server );
	}
	return array(
		'version'   => $read['version'],
		'src'       => $read['src'],
		'integrity' => $read['integrity'],
	);
}

/** From this server and no other, whatever it answers. */
function pay_link_is_release( $read, $server ) {
	return is_array( $read )
		&& isset( $read['version'], $read['src'], $read['integrity'] )
		&& is_string( $read['version'] ) && 1 === preg_match( '/^[0-9A-Za-z.+-]{1,40}$/D', $read['version'] )
		&& is_string( $read['src'] ) && 0 === strpos( $read['src'], $server . '/pay-link-' )
		&& is_string( $read['integrity'] ) && 1 === preg_match( '#^sha384-[A-Za-z0-9+/]{64}$#', $read['integrity'] );
}

/** Known to WordPress; it stands on the pages that have an element, and on no other. */
function pay_link_register_script() {
	$release = pay_link_release();
	if ( $release ) {
		wp_register_script( 'pay-link', $release['src'], array(), null, true );
	}
}
add_action( 'wp_enqueue_scripts', 'pay_link_register_script' );

function pay_link_script_tag( $tag, $handle ) {
	$release = pay_link_release();
	if ( 'pay-link' !== $handle || ! $release ) {
		return $tag;
	}
	return str_replace(
		'<script ',
		'<script async integrity="' . esc_attr( $release['integrity'] ) . '" crossorigin="anonymous" ',
		$tag
	);
}
