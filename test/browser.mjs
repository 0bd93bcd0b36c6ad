/** The browsers that tests drive: those that are there, or such as are installed now. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const usualPaths = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

/** Playwright keeps a folder for each build it has installed. */
function playwrightBuilds() {
  const cache =
    process.env.PLAYWRIGHT_BROWSERS_PATH ||
    {
      darwin: join(homedir(), 'Library/Caches/ms-playwright'),
      win32: join(process.env.LOCALAPPDATA ?? homedir(), 'ms-playwright'),
    }[process.platform] ||
    join(homedir(), '.cache/ms-playwright');
  if (!existsSync(cache)) return [];
  return readdirSync(cache)
    .filter((name) => /^chromium-\d+$/.test(name))
    .sort((one, other) => Number(other.slice(9)) - Number(one.slice(9)))
    .flatMap((name) =>
      [
        'chrome-linux/chrome',
        'chrome-linux64/chrome',
        'chrome-mac/Chromium.app/Contents/MacOS/Chromium',
        'chrome-mac-arm64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
        'chrome-win/chrome.exe',
        'chrome-win64/chrome.exe',
      ].map((path) => join(cache, name, path)),
    );
}

/** @returns {string | undefined} */
export const findBrowser = () =>
  [process.env.CHROME_PATH, ...usualPaths, ...playwrightBuilds()].find(
    (path) => path && existsSync(path),
  );

const firstOf = (paths) => paths.find((path) => path && existsSync(path));

/** @returns {string | undefined} */
export const findFirefox = () =>
  firstOf([
    process.env.FIREFOX_PATH,
    '/usr/bin/firefox-esr',
    '/usr/lib/firefox-esr/firefox-esr',
    '/usr/bin/firefox',
    '/Applications/Firefox.app/Contents/MacOS/firefox',
    'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
  ]);

/** WebKitGTK's driver, its little browser, and a screen for it where there is none. */
export function findWebKit() {
  const driver = firstOf([process.env.WEBKIT_DRIVER_PATH, '/usr/bin/WebKitWebDriver']);
  const folders = ['x86_64-linux-gnu/', 'aarch64-linux-gnu/', ''].flatMap((machine) =>
    ['4.1', '6.0', '4.0'].map((version) => `/usr/lib/${machine}webkit2gtk-${version}`),
  );
  const browser = firstOf([
    process.env.WEBKIT_PATH,
    ...folders.map((folder) => `${folder.replace('webkit2gtk-6.0', 'webkitgtk-6.0')}/MiniBrowser`),
  ]);
  const screen = firstOf(['/usr/bin/Xvfb']);
  return driver && browser && (screen || process.env.DISPLAY)
    ? { driver, browser, screen }
    : undefined;
}

const run = (command, args) => {
  console.log(`$ ${command} ${args.join(' ')}`);
  return spawnSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32' }).status;
};

const mayInstall = () =>
  process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

function install(...packages) {
  run('apt-get', ['update', '-qq']);
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages]);
}

/** What `find` finds, also after an installation where one is allowed; undefined where there is none to be had. */
function findOrInstall(name, find, packages) {
  const found = find();
  if (found || !mayInstall()) return found;
  console.log(`No ${name} was found: installing one.`);
  install(...packages);
  return find();
}

export const installFirefox = () => findOrInstall('Firefox', findFirefox, ['firefox-esr']);

export const installWebKit = () =>
  findOrInstall('WebKit', findWebKit, ['webkit2gtk-driver', 'xvfb']);

/** Finds a browser or installs one, saying what it does. */
export function needBrowser() {
  const found = findBrowser();
  if (found) return found;
  console.log('No Chromium or Chrome was found (set CHROME_PATH if there is one): installing one.');
  if (mayInstall()) {
    install('chromium');
    const installed = findBrowser();
    if (installed) return installed;
  }
  const manifest = new URL('../node_modules/playwright-core/package.json', import.meta.url);
  const { version } = JSON.parse(readFileSync(manifest, 'utf8'));
  run('npx', ['--yes', `playwright@${version}`, 'install', 'chromium']);
  const installed = findBrowser();
  if (installed) return installed;
  throw new Error('There is no browser to test with: install Chromium and set CHROME_PATH to it.');
}

/**
 * Root has no sandbox to run in; the next keep the browser from calling home; the last let a window
 * behind another go on drawing, or nothing would ever come into view there.
 */
export const browserArgs = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
  '--disable-background-timer-throttling',
];
