import type { HelpTexts } from '../help.ts'

export const help: HelpTexts = {
  '': {
    what: 'The first thing to look at: what needs a person now, then usage of the last 14 days and how fresh the data of each system is.',
    steps: [
      [
        'Deal with one thing',
        'Click a tile under "Needs a person": it opens its list, already filtered. Come back and the number has changed.',
      ],
      [
        'See how fresh the data is',
        '"Where the data comes from" says which systems are connected and up to when; if it is old, go to Sync.',
      ],
      ['Find anything', 'Press Ctrl K and type a room, a meter, a charger or a page.'],
    ],
    words: [
      [
        'To be verified',
        'a recharge was sent and it is not certain whether it was posted; the system asks again by itself',
      ],
      ['Quarantined rows', 'data from a vendor that could not be understood, kept as it came'],
    ],
    wrong:
      'A tile that is gone means that nothing of its kind is left. When the status bar says the connection is lost, the page shows what was there before; nothing is lost.',
  },
}
