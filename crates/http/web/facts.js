// Time, fee and place for the way in which papers are handed in.

import { sourceButton } from './source.js';
import { CHANNEL_NAMES, el, fold, langOf } from './view.js';
import { say } from './words.js';

/** Ways of handing in that some facts are told for. */
export const knownChannels = (facts) =>
  CHANNEL_NAMES.filter(([channel]) => facts.some(({ channels }) => channels.includes(channel)));

/** One way is shown at a time, the first that the procedure knows; the others are a touch away. */
export function channelFacts({ code, times, fees, places, agencies }) {
  const all = [...times, ...fees, ...places];
  if (!all.length && !agencies.length) return null;
  const known = knownChannels(all);
  const channels = known.length ? known : [CHANNEL_NAMES[0]];
  const table = el('div', { class: 'fact-grid', id: 'fact-grid' });
  const paper = el('p', { class: 'print-only' });
  const show = ([channel, words]) => {
    const here = (fact) => !fact.channels.length || fact.channels.includes(channel);
    paper.replaceChildren(...(channels.length > 1 ? [el('strong', { text: words })] : []));
    table.replaceChildren(
      cell(say('facts.time'), times.filter(here), code),
      cell(say('facts.fee'), fees.filter(here), code),
      cell(say('facts.place'), placeFacts(places.filter(here), agencies), code));
  };
  show(channels[0]);
  return el('section', { class: 'facts-card card' },
    el('h2', { text: say('facts.title') }),
    channels.length > 1 ? channelChips(channels, show, channels[0], table.id) : null, paper, table);
}

/** Who decides is part of where: at the counter both are one question. */
function placeFacts(places, agencies) {
  if (!agencies.length) return places;
  return [...places, { name: say('facts.agency'), text: agencies.join('; ') }];
}

/** Chips of which one is pressed; `id` names what they show. */
export function channelChips(channels, show, chosen, id) {
  const chips = channels.map((channel, at) => el('button', {
    type: 'button', class: 'chip', 'aria-pressed': String(channel === chosen), 'aria-controls': id, text: channel[1],
    on: {
      click: () => {
        chips.forEach((chip, other) => chip.setAttribute('aria-pressed', String(other === at)));
        show(channel);
      },
    },
  }));
  return el('div', { class: 'chips no-print', role: 'group', 'aria-label': say('facts.how') }, chips);
}

/** What holds for everybody stands open; what holds in a special case only is folded, unless it is all. */
function cell(title, list, code) {
  const special = list.filter(({ condition }) => condition);
  const general = list.filter(({ condition }) => !condition);
  const folded = general.length > 0 && special.length > 0;
  return el('div', { class: 'fact-cell' }, el('h3', { text: title }),
    list.length ? facts(title, folded ? general : list, code) : el('p', { class: 'small', text: say('facts.unknown') }),
    folded ? fold(say('facts.some', { n: special.length }), facts(title, special, code)) : null);
}

/** A name that the one before had is not said twice. */
const facts = (title, list, code) => list.map(({ name, text, condition, source }, at) => el('div', { class: 'one-fact' },
  name && String(name) !== String(list[at - 1]?.name ?? '') ? el('p', { class: 'small', lang: langOf(name), text: name }) : null,
  el('p', { class: 'value' }, el('span', { lang: 'vi', text }), sourceButton({ name: name || title, words: text, source, code })),
  condition ? el('p', { class: 'clause' }, say('facts.when'), el('span', { lang: 'vi', text: condition })) : null));
