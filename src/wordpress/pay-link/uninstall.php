<?php
/** Nothing of ours stays. */

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

delete_option( 'pay_link' );
