/** What web-test-runner needs of a browser, for engines it has no launcher of its own for: one window, one file after the other. */
import { launchFirefox, launchWebKit } from './launch.mjs';

/** As large as the window of the Chromium launcher: some tests tell what is beside what. */
const size = { width: 800, height: 600 };

async function firefoxWindow() {
  const browser = await launchFirefox();
  const page = await browser.newPage();
  await page.setViewport(size);
  return { goto: (url) => page.goto(url), close: () => browser.close() };
}

async function webKitWindow() {
  const { driver, close } = await launchWebKit();
  const window = driver.manage().window();
  await window.setRect({ x: 0, y: 0, ...size });
  // The browser's own bars take a part of what was asked for.
  const [width, height] = await driver.executeScript('return [innerWidth, innerHeight]');
  await window.setRect({
    width: 2 * size.width - width,
    height: 2 * size.height - height,
  });
  return { goto: (url) => driver.get(url), close };
}

const windows = { firefox: firefoxWindow, webkit: webKitWindow };

/**
 * @param {'firefox' | 'webkit'} name
 * @returns {import('@web/test-runner-core').BrowserLauncher}
 */
export function engineLauncher(name) {
  let opening;
  let active;
  return {
    name,
    type: name,
    concurrency: 1,
    async startSession(id, url) {
      opening ??= windows[name]();
      active = { id, url };
      await (await opening).goto(url);
    },
    isActive: (id) => active?.id === id,
    getBrowserUrl: () => active?.url,
    async stopSession() {
      active = undefined;
      // Whatever still runs on the page ends with it.
      await (await opening).goto('about:blank');
      return {};
    },
    startDebugSession: () => Promise.reject(new Error(`${name} is not debugged from here`)),
    stop: async () => (await opening)?.close(),
  };
}
