// Says when the server cannot be reached, and when it can again.

import { Problem, ready } from './api.js';

const LOOK_AGAIN_MS = 5_000;

/** The line is shown once a request has failed for want of a connection, until one succeeds. */
export function watchConnection() {
  const line = document.getElementById('offline');
  let looking = null;
  const look = async () => {
    looking = null;
    try {
      await ready();
      line.hidden = true;
    } catch (error) {
      // A server that answers, whatever it answers, is there.
      if (error instanceof Problem && error.code !== 'network') line.hidden = true;
      else looking = setTimeout(look, LOOK_AGAIN_MS);
    }
  };
  addEventListener('unreachable', () => {
    line.hidden = false;
    looking ??= setTimeout(look, LOOK_AGAIN_MS);
  });
}
