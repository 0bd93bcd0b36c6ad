<?php
/** The element as it stands in the page. */

defined( 'ABSPATH' ) || exit;

/** [pay_link link="https://pay.example.com/p/shirt" label="Buy the shirt"] */
function pay_link_shortcode( $given ) {
	return pay_link_element( pay_link_attributes( (array) $given ) );
}

/** What the author of a page is told, and nobody else. */
function pay_link_note( $sentence ) {
	return current_user_can( 'edit_posts' ) ? '<p><em>' . esc_html( 'PayLink: ' . $sentence ) . '</em></p>' : '';
}

/**
 * The address of the link's own page, on the server that is settled and on no other: what runs on the page comes from
 * there. '' where there is none.
 */
function pay_link_address( $link, $server ) {
	if ( preg_match( '#^https?://#i', $link ) ) {
		return 0 === strpos( $link, $server . '/p/' ) ? $link : '';
	}
	return preg_match( '/^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/', $link ) ? $server . '/p/' . $link : '';
}

/** @param array $is as pay_link_attributes reads them */
function pay_link_element( $is ) {
	$server = pay_link_server();
	if ( '' === $server ) {
		return pay_link_note( __( 'say the address of your server under Settings → PayLink.', 'pay-link' ) );
	}
	$url = pay_link_address( $is['link'], $server );
	if ( '' === $url ) {
		/* translators: %s: the address of the payment server */
		return pay_link_note( sprintf( __( 'this link is no link of %s.', 'pay-link' ), $server ) );
	}
	wp_enqueue_script( 'pay-link' );
	$tag     = 'form' === $is['element'] ? 'pay-link-form' : 'pay-link-button';
	$written = array( 'link="' . esc_url( $url ) . '"' );
	foreach ( pay_link_written( $is ) as $name => $value ) {
		$written[] = '1' === $value && 'show-price' === $name ? $name : $name . '="' . esc_attr( $value ) . '"';
	}
	$label  = '' === $is['label'] ? __( 'Pay', 'pay-link' ) : $is['label'];
	$within = '<a href="' . esc_url( $url ) . '">' . esc_html( $label ) . '</a>';
	return '<' . $tag . ' ' . implode( ' ', $written ) . '>' . $within . '</' . $tag . '>';
}

const PAY_LINK_USUAL = array(
	'display' => 'modal',
	'theme'   => 'auto',
);

/** Without what is as it would be anyway, and without what only a button has. */
function pay_link_written( $is ) {
	$written = array();
	foreach ( $is as $name => $value ) {
		$is_ours    = in_array( $name, array( 'link', 'element', 'label' ), true );
		$is_buttons = in_array( $name, array( 'display', 'show_price' ), true ) && 'button' !== $is['element'];
		$is_usual   = '' === $value || ( isset( PAY_LINK_USUAL[ $name ] ) && PAY_LINK_USUAL[ $name ] === $value );
		if ( ! $is_ours && ! $is_buttons && ! $is_usual ) {
			$written[ str_replace( '_', '-', $name ) ] = $value;
		}
	}
	return $written;
}
