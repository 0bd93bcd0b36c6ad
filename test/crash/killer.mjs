/** Preloaded into a server by the crash proof: ends the process, as a kill does, when it passes a step so many times. */
import { subscribe } from 'node:diagnostics_channel';

const [name, times] = (process.env.KILL_AT ?? '').split(':');
let left = Number(times);

subscribe('paylink:step', (passed) => {
  if (passed !== name) return;
  left -= 1;
  if (left === 0) process.kill(process.pid, 'SIGKILL');
});
