<?php
/** Nothing of ours stays, on any site of a network. */

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

if ( is_multisite() ) {
	foreach ( get_sites( array( 'fields' => 'ids', 'number' => 0 ) ) as $pay_link_site ) {
		switch_to_blog( $pay_link_site );
		delete_option( 'pay_link' );
		restore_current_blog();
	}
} else {
	delete_option( 'pay_link' );
}
