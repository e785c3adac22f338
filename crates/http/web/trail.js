// The way back: a kiosk shows no browser around the page, and no visitor walks back into another's visit.

import { button } from './view.js';
import { say } from './words.js';

const HOME = '#/';
let trail = [];

/** Notes the page that is shown; going back to the one before does not make the way longer. */
export function noteStep() {
  const here = location.hash || HOME;
  if (trail.at(-2) === here) trail.pop();
  else if (trail.at(-1) !== here) trail.push(here);
}

export function forgetTrail() {
  trail = [];
}

export const backButton = () =>
  button(say('back'), () => { location.hash = trail.at(-2) ?? HOME; }, { kind: 'quiet back-step', picture: 'back' });
