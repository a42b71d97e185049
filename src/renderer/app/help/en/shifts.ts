import type { HelpTexts } from '../help.ts'

export const help: HelpTexts = {
  shifts: {
    what: 'The time for which one cashier answers for one drawer: open it, move cash, count and close; a supervisor signs it off.',
    steps: [
      ['Open', 'Count the drawer, type the float (0 if it is empty), open.'],
      ['Move cash', 'For change or the bank use "Put in" or "Take out" and say what for.'],
      [
        'Close',
        '"Count and close": type the pieces of each kind; what should be there is shown only afterwards.',
      ],
    ],
    words: [
      ['Float', 'cash in the drawer when the shift begins'],
      ['Blind count', 'count first, then see what is expected'],
      ['X report', 'takings so far, without closing'],
    ],
    wrong:
      'A difference does not stop you: write the reason and it is kept as it is. Sales to be verified do not either; they appear later under "after the close".',
  },
  'shifts/list': {
    what: 'The cash of every shift: expected, counted, difference, who closed it and who signed.',
    steps: [
      [
        'Sign off',
        'Choose "to be signed", open a shift, check it and sign; your own shift is signed by another supervisor.',
      ],
      ['Look for differences', 'Filter by cashier and date and read the difference column; red is short.'],
      ['Export', 'For accounting; amounts are numbers and the sums agree.'],
    ],
    words: [
      ['Sign-off', 'a supervisor confirms the shift; nothing changes after that'],
      ['Expected cash', 'float plus cash sales, less refunds, with money put in and taken out'],
    ],
    wrong:
      'A cashier sees no expected cash before the count, and that is meant. If a shift is missing, widen the dates.',
  },
  'shifts/:shiftId': {
    what: 'The report of one shift: sales by tender, cash in the drawer, the count and the difference.',
    steps: [
      ['Print', 'The paper has places for the signatures of cashier and supervisor.'],
      ['Sign off', 'A supervisor checks and signs; the shift cannot change any more.'],
      ['See what came later', '"After the close" lists sales that had no end when the shift was closed.'],
    ],
    words: [
      ['First count', 'kept as well when somebody counted again'],
      ['Difference', 'counted less expected; above zero is over, below is short'],
    ],
    wrong:
      'A grey sign-off button: the shift is open, or it is your own. When the drawer disagrees, never change the figures; write the reason and leave it to the supervisor.',
  },
  reconciliation: {
    what: 'Holds the recharges of a day against the platform, one by one; each falls in one class, and what does not match gets an explanation.',
    steps: [
      [
        'Reconcile a day',
        'Choose the day and start; usually only rooms with recharges are asked, at the end of a month all rooms.',
      ],
      ['Look at the rest', 'Click "only here", "only there" or "differs" and open each.'],
      ['Sign off', 'A supervisor signs when all is explained; unmatched ones need a note.'],
    ],
    words: [
      ['Only there', 'on the platform but not here, mostly WeChat or campus card'],
      ['Open', 'no result yet, or its room was not asked yet'],
    ],
    wrong:
      'All rooms take long; stop and resume as you like. When the platform cannot be reached, what was done stays. Results after the signature are noted beside it and change no figure.',
  },
  'reconciliation/days': {
    what: 'The outcome of each day: reconciled or not, how much is unmatched, who signed.',
    steps: [
      ['Find missing days', 'Choose "not done" or "not finished" and open the day to go on.'],
      ['Look at a month', 'Set both dates and read "unmatched"; a click opens the day.'],
      ['Export', 'One row a day with who signed and when.'],
    ],
    words: [
      ['Matched amount', 'the sum of what both sides have alike'],
      ['Signed', 'confirmed by a supervisor; the figures stay'],
    ],
    wrong:
      'A day that is "not finished" was stopped or lost its connection; open it and click "Resume". Nothing that was done is done twice. Days in the future are never listed here.',
  },
}
