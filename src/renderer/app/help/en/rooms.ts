import type { HelpTexts } from '../help.ts'

export const help: HelpTexts = {
  rooms: {
    what: 'Finds a room by area, building and floor; on the right are balances and meters of the chosen room. The data is on this computer, also without a network.',
    steps: [
      [
        'Find a room',
        'Type its number, a meter or pinyin initials; or walk the tree with the arrow keys and press Enter.',
      ],
      ['Look at a building', 'Choose it: the right side counts its rooms and the inactive ones.'],
      ['Recharge', 'Choose the room and click Recharge; the desk opens with this room.'],
    ],
    words: [
      ['Unattached', "the room whose parent is missing in the vendor's list; kept in a place of its own"],
      ['Inactive', "no longer valid in the vendor's list; history stays, no recharge"],
    ],
    wrong:
      'An empty tree: set the campus system in Settings, then run a sync. A new room appears after the next sync.',
  },
  'rooms/low': {
    what: 'Rooms whose balance runs out: print notices, record who was told, go straight to the desk.',
    steps: [
      [
        'Set the limit',
        'Type an amount under "not above"; the list follows at once and the limit stays in the address.',
      ],
      [
        'Print notices',
        'Six on a page, to be cut along the lines; afterwards all of them can be recorded as told on paper.',
      ],
      ['Record a call', 'Click "Told", choose how, and write what was said.'],
    ],
    words: [
      ['As of', 'the balance was fetched then; it is not of this moment'],
      ['Last told', 'when and how somebody last reached the resident'],
    ],
    wrong:
      'A room that was just recharged stays here until the next sync or until you refresh its balance on its page.',
  },
  'rooms/:roomId': {
    what: 'All about one room: three balances, meters, recharges, costs and who was told.',
    steps: [
      ['Get the latest balance', '"Refresh balance" asks the platform at once; the time stands beside it.'],
      ['See usage', 'In the row of a meter click "Usage" to open its history.'],
      ['Keep it up to date', '"Mark" has every sync fetch the records of this room.'],
    ],
    words: [
      ['Share', "this room's part of what common areas cost"],
      [
        'Sum differs',
        "the vendor's total is not the sum of its parts; the vendor's word counts, this is only a hint",
      ],
    ],
    wrong:
      'No records: wait a moment, opening the room asks the platform once. When it cannot be reached, what was last fetched is shown with its time.',
  },
}
