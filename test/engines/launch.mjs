/** Starts the engines that tests meet: Chromium and Firefox by WebDriver BiDi or CDP, WebKit by WebDriver. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer from 'puppeteer-core';
import { Builder, Capabilities } from 'selenium-webdriver';
import { browserArgs, findBrowser, findFirefox, findWebKit } from '../browser.mjs';

/** Every run begins with a browser that remembers nothing, and leaves nothing behind. */
function newHome() {
  const home = mkdtempSync(join(tmpdir(), 'paylink-engine-'));
  return {
    home,
    forget: () => rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }),
  };
}

export const launchChromium = () =>
  puppeteer.launch({ executablePath: findBrowser(), args: browserArgs, headless: true });

/** @returns {Promise<import('puppeteer-core').Browser>} */
export async function launchFirefox() {
  const { home, forget } = newHome();
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: findFirefox(),
    headless: true,
    env: { ...process.env, HOME: home },
    extraPrefsFirefox: {
      // Every window takes itself for the one in front, as people's windows are.
      'focusmanager.testmode': true,
      'intl.accept_languages': 'en-GB, en',
      'ui.prefersReducedMotion': 0,
    },
  });
  browser.once('disconnected', forget);
  return browser;
}

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

/** A screen without a monitor. @returns its name, once it is lit */
async function openScreen() {
  const screen = spawn(
    findWebKit().screen,
    ['-displayfd', '1', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const number = await new Promise((resolve, reject) => {
    screen.once('error', reject);
    screen.once('exit', (code) => reject(new Error(`The screen went out: ${code}`)));
    screen.stdout.once('data', (text) => resolve(String(text).trim()));
  });
  return { display: `:${number}`, close: () => screen.kill() };
}

async function answers(address) {
  for (let tries = 0; tries < 100; tries++) {
    try {
      if ((await fetch(`${address}/status`)).ok) return;
    } catch {
      // Not yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${address} did not answer for ten seconds`);
}

/** WebKitGTK's own little browser. @returns {Promise<{ driver: import('selenium-webdriver').WebDriver, close(): Promise<void> }>} */
export async function launchWebKit() {
  const { driver: driverPath, browser } = findWebKit();
  const { home, forget } = newHome();
  const screen = process.env.DISPLAY ? undefined : await openScreen();
  const port = await freePort();
  const server = spawn(driverPath, [`--port=${port}`], {
    stdio: 'ignore',
    env: {
      ...process.env,
      ...(screen && { DISPLAY: screen.display }),
      ...{ HOME: home, XDG_RUNTIME_DIR: home, LANG: 'en_GB.UTF-8', LANGUAGE: 'en_GB:en' },
      // There is no graphics card, and no desktop to ask for settings.
      ...{ LIBGL_ALWAYS_SOFTWARE: '1', GSETTINGS_BACKEND: 'memory', GIO_USE_VFS: 'local' },
    },
  });
  const address = `http://127.0.0.1:${port}`;
  const end = () => {
    process.off('exit', end);
    server.kill();
    screen?.close();
    forget();
  };
  // Also where whoever tests here ends early: nobody else would close the browser.
  process.on('exit', end);
  try {
    await answers(address);
    const capabilities = new Capabilities({
      browserName: 'MiniBrowser',
      'webkitgtk:browserOptions': { binary: browser, args: ['--automation'] },
    });
    const driver = await new Builder().usingServer(address).withCapabilities(capabilities).build();
    return {
      driver,
      close: async () => {
        await driver.quit().catch(() => undefined);
        end();
      },
    };
  } catch (error) {
    end();
    throw error;
  }
}
