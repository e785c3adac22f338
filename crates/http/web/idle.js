// A kiosk is shared: what one visitor leaves on the screen is wiped before the next one comes.

import { say, write } from './words.js';

const SIGNS_OF_LIFE = ['pointerdown', 'pointermove', 'keydown', 'input', 'wheel', 'touchmove'];

/** Calls `wipe` when nobody has touched the page for long and nobody answers the countdown. */
export function watchIdle({ somethingToWipe, wipe }) {
  const dialog = /** @type {HTMLDialogElement} */ (document.getElementById('idle'));
  const left = document.getElementById('idle-left');
  const text = document.getElementById('idle-text');
  let timer = null;
  let ticking = null;

  // The times stand in the page itself, beside the words that mention them.
  const seconds = (name) => Number(document.documentElement.dataset[name]);

  function rest() {
    clearTimeout(timer);
    timer = setTimeout(ask, seconds('idleSeconds') * 1000);
  }

  function ask() {
    if (!somethingToWipe()) { rest(); return; }
    // By the clock, not by counting: a sleeping tablet must not give the next visitor more time.
    const end = Date.now() + seconds('countdownSeconds') * 1000;
    const tick = () => {
      const remaining = Math.max(0, Math.ceil((end - Date.now()) / 1000));
      left.textContent = String(remaining);
      if (remaining === 0) finish();
    };
    write(text, '', say('idle.text', { n: seconds('countdownSeconds') }));
    tick();
    dialog.showModal();
    ticking = setInterval(tick, 250);
  }

  function stay() {
    clearInterval(ticking);
    if (dialog.open) dialog.close();
    rest();
  }

  function finish() {
    stay();
    wipe();
  }

  document.getElementById('idle-stay').addEventListener('click', stay);
  document.getElementById('idle-finish').addEventListener('click', finish);
  // Escape closes a dialog: that is a sign of life too.
  dialog.addEventListener('close', stay);
  for (const event of SIGNS_OF_LIFE) {
    addEventListener(event, () => { if (!dialog.open) rest(); }, { passive: true });
  }
  rest();
}
