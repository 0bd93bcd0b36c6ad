<?php
/**
 * Plugin Name:       PayLink
 * Description:       Sell by payment link: a block and a shortcode for the buttons and forms of your PayLink server.
 * Version:           0.1.0
 * Requires at least: 6.1
 * Requires PHP:      7.4
 * License:           MIT
 * Text Domain:       pay-link
 *
 * The page carries our elements as HTML, each with a link inside for who has no JavaScript, and the server's script
 * once, pinned by its digest: a browser runs the release that was taken over here, or none.
 */

defined( 'ABSPATH' ) || exit;

require_once __DIR__ . '/includes/attributes.php';
require_once __DIR__ . '/includes/release.php';
require_once __DIR__ . '/includes/element.php';
require_once __DIR__ . '/includes/settings.php';

add_action( 'init', 'pay_link_register' );
add_action( 'admin_menu', 'pay_link_settings_menu' );
add_action( 'admin_init', 'pay_link_settings_register' );
add_filter( 'script_loader_tag', 'pay_link_script_tag', 10, 2 );

function pay_link_register() {
	register_block_type( __DIR__ . '/block' );
	add_shortcode( 'pay_link', 'pay_link_shortcode' );
}
