import type { HelpTexts } from '../help.ts'

export const help: HelpTexts = {
  recharge: {
    what: 'Puts money on a room. The cursor is always in the search box; a sale takes five key presses and no mouse.',
    steps: [
      [
        'One sale',
        'Type a room, a meter number or pinyin initials, Enter; type the amount, Enter; check room, amount in words and balance, Enter.',
      ],
      [
        'Read the end',
        'Applied is green and prints the receipt; failed is red, nothing was posted; to be verified is amber and says when it asks again.',
      ],
      ['Step back', 'Esc; F4 prints the last receipt once more.'],
    ],
    words: [
      [
        'To be verified',
        'nobody knows yet whether it was posted: do not sell it again, go on with the next room',
      ],
      ['Three balances', 'balance, electricity and water subsidy stand alone and are never added'],
    ],
    wrong:
      'Without an open shift, count the drawer and open one. A receipt that did not come out does not undo the sale; it waits under Receipts.',
  },
  'recharge/records': {
    what: 'Every recharge and every state it went through: who, when, how much, what the platform answered.',
    steps: [
      [
        'Find one',
        'Search by room, order or receipt number, or choose dates, operator and state; the filter stays in the address.',
      ],
      [
        'Finish open ones',
        'Choose the state "needs a person", open one, check it now, or let a supervisor settle it.',
      ],
      ['Hand it to accounting', 'Export to Excel or CSV; order numbers stay text.'],
    ],
    words: [
      ['Not applied', 'known not to be on the platform; may be sent again under the same number'],
      ['Disputed', 'desk and platform say different things; a supervisor finds out'],
    ],
    wrong: 'If the sale you just made is missing, clear the filters. The total counts applied sales only.',
  },
  'recharge/records/:intentId': {
    what: 'All that happened to one recharge: each time it was sent or checked, each answer, its receipt and its refund.',
    steps: [
      ['Check', 'For one to be verified, "Check now" asks the platform at once.'],
      [
        'Send again',
        'One that was not applied can be sent again under the same number, so it cannot be posted twice.',
      ],
      [
        'Refund',
        'The cashier asks, another supervisor decides, and the money is recorded once it was given back.',
      ],
    ],
    words: [
      [
        'Settle',
        'when checking has stopped, a supervisor looks in the platform and writes the outcome and the reason here',
      ],
      ['Refund slip', 'paper for the resident to sign; it moves no money on the platform'],
    ],
    wrong:
      'Point at a grey button to read why. Nobody decides on his own request. When in doubt, check first and never send again.',
  },
  'recharge/receipts': {
    what: 'Receipts of applied recharges: those not printed yet come first, printed ones can be printed again.',
    steps: [
      ['Print what waits', 'Load paper, click Print in the row, and make sure that the paper came out.'],
      [
        'Print again',
        'Search by receipt number, order or room and click Reprint; the paper says which copy it is.',
      ],
      ['Change the looks', '"Receipt template" sets title, organisation, paper and numbering.'],
    ],
    words: [
      ['Receipt number', 'numbered without gaps, one for each sale; a reprint keeps it'],
      ['Waiting', 'the sale is good, the paper is not out yet'],
    ],
    wrong:
      'The column "why not printed" repeats what the printer said. If the size is off, choose the right paper, no margins, and a scale of 100 %.',
  },
  'recharge/receipts/template': {
    what: 'Decides what receipts say; the sample beside the form follows each change. Receipts that were printed stay as they are.',
    steps: [
      [
        'Contents',
        'Fill in title, organisation, phone and footer; choose whether balance, operator and QR code are printed.',
      ],
      ['Paper', '58 or 80 mm roll, or half an A4 sheet, as loaded in the printer.'],
      ['Numbering', 'From 1 each day or running on; the prefix has up to 8 letters or digits.'],
    ],
    words: [
      ['Footer', 'the last line, for example how refunds work or a phone number'],
      ['QR code', 'holds the order number; scan it to find the sale in Recharges'],
    ],
    wrong:
      'Nothing holds before you save. A new prefix is used from the next receipt on. Only supervisors and administrators change the template.',
  },
  'recharge/batch': {
    what: 'Recharges many rooms from one sheet, such as subsidies: a dry run first, then posting.',
    steps: [
      [
        'Prepare the sheet',
        'Download the sample or the template; the first row has the titles room, amount, note, then one room a row.',
      ],
      [
        'Dry run',
        'Drop the sheet here; each wrong row says why. Mend it and drop it again; what was posted is not repeated.',
      ],
      ['Post', 'Open the batch, choose the tender, confirm the sum in words, start; it can be paused.'],
    ],
    words: [
      ['Dry run', 'only checks, sends and posts nothing'],
      [
        'Elsewhere',
        'another batch posted the same room, amount and note; not repeated unless a person confirms',
      ],
    ],
    wrong:
      'Put the month into the note of a monthly subsidy. "Not one room by this name": write the whole path, such as East/Building 1/101. Save old .xls files as .xlsx. After a power cut, open the batch and resume.',
  },
  'recharge/batch/:batchId': {
    what: 'Each row of one batch: good, wrong, applied and to be verified.',
    steps: [
      ['Start', 'Click "Start posting", check rows, sum and words; each row becomes a sale of its own.'],
      ['Pause and resume', 'Pause at any time; after a restart it goes on with the rows that were not done.'],
      [
        'Mend',
        'Download the error list: only the rows not posted, with two more columns, which column is wrong and why; hand it in separately.',
      ],
      [
        'Once more',
        'Where a row posted already is another payment, click "Once more", check and confirm; your name is kept.',
      ],
    ],
    words: [
      ['Not all applied', 'some rows failed, are to be verified or are wrong; look at each'],
      ['To post', 'what a start posts, without the rows that another batch posted'],
    ],
    wrong:
      'Never sell a row again that is to be verified; open it and wait for its end. A shift must be open; a grey button says which role is needed.',
  },
}
