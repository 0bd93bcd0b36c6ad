/** A real WordPress with our plugin, on a MariaDB of its own: Debian's, for the time of a test. */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const packages = ['wordpress', 'mariadb-server', 'php-cli', 'php-mysql'];
const source = '/usr/share/wordpress';
const plugin = new URL('../../src/wordpress/pay-link', import.meta.url).pathname;

const isRoot = process.getuid?.() === 0;
const isInstalled = () => existsSync(source) && existsSync('/usr/sbin/mariadbd');

/** @returns why there is no WordPress here; undefined where there is one, or one could be installed */
export function missingWordPress(): string | undefined {
  if (isInstalled()) return undefined;
  if (!isRoot || !existsSync('/usr/bin/apt-get'))
    return `it needs Debian’s packages ${packages.join(', ')}`;
  const options = ['install', '-y', '-qq', '--no-install-recommends', ...packages];
  spawnSync('apt-get', ['update', '-qq'], { stdio: 'inherit' });
  spawnSync('apt-get', options, {
    stdio: 'inherit',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  return isInstalled() ? undefined : `apt-get could not install ${packages.join(', ')}`;
}

export interface WordPress {
  readonly url: string;
  readonly user: string;
  readonly password: string;
  /** Runs PHP within it. @returns what it prints */
  php(code: string): string;
  stop(): Promise<void>;
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });

async function until(isThere: () => Promise<boolean> | boolean, what: string): Promise<void> {
  for (let time = 0; time < 150; time++) {
    if (await isThere()) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`${what} did not come up.`);
}

const gone = (child: ChildProcess): Promise<unknown> =>
  child.exitCode === null && child.signalCode === null
    ? new Promise((resolve) => child.once('exit', resolve))
    : Promise.resolve();

export async function openWordPress(): Promise<WordPress> {
  const folder = mkdtempSync(join(tmpdir(), 'wordpress-'));
  const [data, socket, site] = ['data', 'mysql.sock', 'site'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  const account = isRoot ? ['--user=mysql'] : [];
  mkdirSync(data);
  if (isRoot) {
    const id = (kind: string) => Number(execFileSync('id', [kind, 'mysql'], { encoding: 'utf8' }));
    for (const path of [folder, data]) chownSync(path, id('-u'), id('-g'));
  }
  execFileSync(
    'mariadb-install-db',
    [...account, `--datadir=${data}`, '--auth-root-authentication-method=normal'],
    { stdio: 'pipe' },
  );
  const database = spawn(
    '/usr/sbin/mariadbd',
    [
      ...['--no-defaults', ...account, `--datadir=${data}`, `--socket=${socket}`],
      ...['--skip-networking', `--pid-file=${join(folder, 'pid')}`],
    ],
    { stdio: 'ignore' },
  );
  const query = (sql: string) =>
    spawnSync('mariadb', ['--no-defaults', `--socket=${socket}`, '--user=root', '-e', sql]).status;
  await until(() => query('create database if not exists wordpress') === 0, 'MariaDB');

  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  cpSync(source, site, { recursive: true, dereference: true });
  cpSync(plugin, join(site, 'wp-content/plugins/pay-link'), { recursive: true });
  const theme = join(site, 'wp-content/themes/plain');
  mkdirSync(theme);
  writeFileSync(join(theme, 'style.css'), '/* Theme Name: Plain */');
  writeFileSync(join(theme, 'index.php'), themePage);
  writeFileSync(join(site, 'wp-config.php'), configOf(url, socket));
  const php = (code: string): string =>
    execFileSync('php', ['-r', `$_SERVER['HTTP_HOST'] = '127.0.0.1:${port}'; ${code}`], {
      cwd: site,
      encoding: 'utf8',
    });
  const [user, password] = ['merchant', 'a password of nobody'];
  php(`define('WP_INSTALLING', true); require 'wp-load.php';
    require_once ABSPATH . 'wp-admin/includes/upgrade.php';
    wp_install('A shop', '${user}', 'merchant@example.com', false, '', '${password}');`);
  const server = spawn('php', ['-S', `127.0.0.1:${port}`, '-t', site], {
    stdio: 'ignore',
    // More than one request at a time: WordPress calls itself.
    env: { ...process.env, PHP_CLI_SERVER_WORKERS: '4' },
    detached: true,
  });
  await until(
    () =>
      fetch(url).then(
        ({ ok }) => ok,
        () => false,
      ),
    'WordPress',
  );
  return {
    ...{ url, user, password },
    php: (code) => php(`require 'wp-load.php'; ${code}`),
    async stop() {
      // With its workers.
      if (server.pid) process.kill(-server.pid);
      database.kill();
      await Promise.all([gone(server), gone(database)]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Debian's package comes without a theme: what every theme does. */
const themePage = `<!doctype html><html <?php language_attributes(); ?>><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><?php wp_head(); ?></head><body><?php wp_body_open();
while (have_posts()) { the_post(); the_title('<h1>', '</h1>'); the_content(); }
wp_footer(); ?></body></html>`;

const configOf = (url: string, socket: string) => `<?php
define('DB_NAME', 'wordpress');
define('DB_USER', 'root');
define('DB_PASSWORD', '');
define('DB_HOST', 'localhost:${socket}');
define('DB_CHARSET', 'utf8mb4');
define('DB_COLLATE', '');
define('WP_HOME', '${url}');
define('WP_SITEURL', '${url}');
define('WP_HTTP_BLOCK_EXTERNAL', true);
define('WP_ACCESSIBLE_HOSTS', '127.0.0.1');
define('DISABLE_WP_CRON', true);
define('WP_DEFAULT_THEME', 'plain');
define('AUTOMATIC_UPDATER_DISABLED', true);
define('WP_DEBUG', true);
define('WP_DEBUG_DISPLAY', false);
define('WP_DEBUG_LOG', __DIR__ . '/debug.log');
$table_prefix = 'wp_';
if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
`;
