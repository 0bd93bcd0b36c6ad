<?php
/** Settings → PayLink: the address of the server, and the release the pages run. */

defined( 'ABSPATH' ) || exit;

function pay_link_settings_menu() {
	add_options_page( 'PayLink', 'PayLink', 'manage_options', 'pay-link', 'pay_link_settings_page' );
}

function pay_link_settings_register() {
	register_setting(
		'pay_link',
		PAY_LINK_OPTION,
		array(
			'type'              => 'array',
			'sanitize_callback' => 'pay_link_settle',
		)
	);
}

/**
 * Saving takes over the newest release. What cannot be taken over changes nothing.
 *
 * @param mixed $given the form
 * @return array what is kept
 */
function pay_link_settle( $given ) {
	$before = get_option( PAY_LINK_OPTION );
	$before = is_array( $before ) ? $before : array();
	// WordPress cleans a new option twice; what was cleaned stays as it is.
	if ( ! is_array( $given ) || ! isset( $given['server'] ) || ! is_string( $given['server'] ) ) {
		return $before;
	}
	if ( isset( $given['release'] ) ) {
		return pay_link_is_release( $given['release'], $given['server'] ) ? $given : $before;
	}
	$server = pay_link_origin( $given['server'] );
	if ( '' === $server ) {
		pay_link_tell( __( 'Write the address of your server as https://pay.example.com.', 'pay-link' ) );
		return $before;
	}
	$release = pay_link_ask_release( $server );
	if ( is_string( $release ) ) {
		pay_link_tell( $release );
		return $before;
	}
	/* translators: %s: a version */
	pay_link_tell( sprintf( __( 'Your pages run version %s.', 'pay-link' ), $release['version'] ), 'success' );
	return array(
		'server'  => $server,
		'release' => $release,
	);
}

/** WordPress prints it as it comes, and some of it comes from the server that was named. */
function pay_link_tell( $sentence, $type = 'error' ) {
	add_settings_error( PAY_LINK_OPTION, 'pay-link', esc_html( $sentence ), $type );
}

/** Scheme, host and port of what was written; https, or http on this machine. '' for anything else. */
function pay_link_origin( $text ) {
	$parts = wp_parse_url( trim( $text ) );
	if ( ! is_array( $parts ) || empty( $parts['scheme'] ) || empty( $parts['host'] ) || isset( $parts['user'] ) ) {
		return '';
	}
	$host    = strtolower( $parts['host'] );
	$is_here = in_array( $host, array( 'localhost', '127.0.0.1', '[::1]' ), true );
	if ( 'https' !== $parts['scheme'] && ! ( 'http' === $parts['scheme'] && $is_here ) ) {
		return '';
	}
	$usual = 'https' === $parts['scheme'] ? 443 : 80;
	$port  = isset( $parts['port'] ) && $usual !== $parts['port'] ? ':' . $parts['port'] : '';
	return preg_match( '/^[a-z0-9.:\[\]-]+$/', $host ) ? $parts['scheme'] . '://' . $host . $port : '';
}

function pay_link_settings_page() {
	$release = pay_link_release();
	?>
	<div class="wrap">
		<h1>PayLink</h1>
		<form action="options.php" method="post">
			<?php settings_fields( 'pay_link' ); ?>
			<table class="form-table" role="presentation">
				<tr>
					<th scope="row"><label for="pay-link-server"><?php esc_html_e( 'Your server', 'pay-link' ); ?></label></th>
					<td>
						<input class="regular-text" type="url" id="pay-link-server" required placeholder="https://pay.example.com"
							name="<?php echo esc_attr( PAY_LINK_OPTION ); ?>[server]" value="<?php echo esc_attr( pay_link_server() ); ?>">
						<p class="description"><?php esc_html_e( 'Where your desk is, without /dashboard.', 'pay-link' ); ?></p>
					</td>
				</tr>
				<tr>
					<th scope="row"><?php esc_html_e( 'Your pages run', 'pay-link' ); ?></th>
					<td><?php echo esc_html( $release ? $release['version'] : __( 'nothing yet', 'pay-link' ) ); ?></td>
				</tr>
			</table>
			<?php submit_button( $release ? __( 'Save, and run the newest version', 'pay-link' ) : __( 'Save', 'pay-link' ) ); ?>
		</form>
		<h2><?php esc_html_e( 'Put it on a page', 'pay-link' ); ?></h2>
		<p><?php esc_html_e( 'Add the block “PayLink”, or write:', 'pay-link' ); ?></p>
		<p><code>[pay_link link="https://pay.example.com/p/shirt" label="Buy the shirt"]</code></p>
	</div>
	<?php
}
