// Keys for those who work here all day. None of them takes a key away from somebody who is typing.

const typing = (target) => target.closest?.('input, textarea, select, [contenteditable]');

/** Keys that lead to pages: Alt and the letter, so that a screen reader's own keys stay free. */
export function shortcuts(pages) {
  addEventListener('keydown', (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey) return;
    const page = pages[event.key.toLowerCase()];
    if (!page) return;
    event.preventDefault();
    location.hash = page;
  });
}

/** Whether single letters act. Remembered on this machine: whoever cannot use them today cannot tomorrow. */
const OFF = 'motcua-keys-off';
export const keysAct = () => localStorage.getItem(OFF) === null;

/** Turns single letters off, or on again (WCAG 2.1.4). */
export function setKeys(act) {
  if (act) localStorage.removeItem(OFF);
  else localStorage.setItem(OFF, '');
}

/** Keys of a page, while it is shown: returns what takes them away. */
export function keys(actions) {
  const listen = (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || typing(event.target) || !keysAct()) return;
    const action = actions[event.key.toLowerCase()];
    if (!action) return;
    event.preventDefault();
    action();
  };
  addEventListener('keydown', listen);
  return () => removeEventListener('keydown', listen);
}
