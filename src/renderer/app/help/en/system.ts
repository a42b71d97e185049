import type { HelpTexts } from '../help.ts'

export const help: HelpTexts = {
  sync: {
    what: 'Fetches the data of each system to this computer: how it is connected, which days are missing, what was fetched.',
    steps: [
      ['Fetch now', '"Sync now"; "Resume" goes on where it stopped.'],
      ['Close gaps', 'In the coverage calendar click a day, Shift-click another, and fetch.'],
      ['See unreadable rows', '"Quarantine" has the raw text and the reason, to export for the vendor.'],
    ],
    words: [
      ['Complete', 'all that the vendor says it has for that day'],
      ['Partial', 'some windows are unfinished and will be fetched again'],
    ],
    wrong:
      'After a wrong password or account it stops, so that the account is not locked; mend it in Settings and sync. The vendor allows a call every two seconds; slow is normal.',
  },
  operators: {
    what: 'Who may sign in and what they may do. Everybody has a name and a PIN of his own; do not share.',
    steps: [
      ['Add one', 'Name, PIN and roles; attendance needs the phone number.'],
      ['Forgotten PIN', 'Open the operator, type a new PIN twice, save.'],
      ['Somebody leaves', 'Tick "disabled"; the history stays, he cannot sign in.'],
    ],
    words: [
      ['Role', 'cashier, supervisor, installer, meters, attendance, viewer; an administrator has all'],
      ['Fast change', 'at the top right; another person signs in on the same screen'],
    ],
    wrong:
      'The last administrator cannot be disabled. Five wrong PINs close the door for half a minute, doubling each time: wait instead of trying on.',
  },
  audit: {
    what: 'Who changed what, when and through which door, with before and after; each row carries a hash, so tampering shows.',
    steps: [
      ['Look something up', 'Choose operation, operator and dates; a click shows before and after.'],
      ['Keep a copy', 'Export it each month and store it elsewhere.'],
      ['Check it', 'An exported file can be verified without this program.'],
    ],
    words: [
      ['Hash', 'made of this row and the one before; a missing or changed row breaks it'],
      ['Door', 'desktop, browser, API, or the program itself'],
    ],
    wrong:
      'Nothing can be deleted or edited; a mistake is put right by a later row. Passwords and PINs never appear here.',
  },
  settings: {
    what: 'Site name and zone, address and account of the three vendor systems, sync, Bluetooth, shifts and security.',
    steps: [
      ['Change a connection', 'Fill it in, click "Test connection" to see which step fails, then save.'],
      ['Automatic lock', 'Under Security set after how many idle minutes.'],
      ['Appearance', 'Language and theme on the right, for this window only.'],
    ],
    words: [
      ['Fixed by file', 'given with --config at the start; change that file'],
      ['Secret', 'stored encrypted and never shown again'],
    ],
    wrong:
      'When a test proposes a value, click "Use". A grey save button: nothing changed, or you are no administrator. The zone changes daily usage; leave it once the site runs.',
  },
  diagnostics: {
    what: 'The state of each part, what went wrong, and what to do about it.',
    steps: [
      ['See problems', 'Each line says why and what comes next.'],
      ['Hand over to support', '"Make a bundle" lists what is inside; no secrets.'],
      ['Look at space', '"Data" has the size of both files and the time of the last backup.'],
    ],
    words: [
      ['Site file', 'money, people, settings; backed up every 15 minutes when something changed'],
      ['History file', 'readings, which can be fetched again'],
    ],
    wrong:
      "A damaged file: stop working and start from the last backup as described. When a vendor's clock is far off, first set the clock of this computer right.",
  },
  style: {
    what: 'Samples for those who make and translate screens: three page templates and all states, light and dark side by side. Daily work does not need it.',
    steps: [
      ['Compare', 'After a change of colours or texts see whether both are readable.'],
      ['States', 'Loading, empty, error, stale, not allowed: one of each.'],
      ['Language', 'Switch to the other language and look for text that does not fit.'],
    ],
    words: [
      ['List, detail, desk', 'the only three templates'],
      ['Skeleton', 'grey shapes before data comes; no fault'],
    ],
    wrong:
      'Data and buttons here are samples and change nothing. If something is hard to read, note the theme and tell support.',
  },
  licences: {
    what: 'The open-source software in this program and the full text of each licence, as delivered with it.',
    steps: [
      ['Look one up', 'Find it by name and read its version and licence.'],
      ['Hand it over', 'Export saves a text file with the full terms; after a search, of what was found.'],
      ['Go back', 'Click back on top, or press Ctrl K for another page.'],
    ],
    words: [
      ['Licence', 'how its authors allow it to be used, copied and changed'],
      ['Version', 'the one that was packed into this program'],
    ],
    wrong:
      'An empty list: this program was not packaged; when run from source, see the licence files in node_modules. Daily work does not need this page.',
  },
  'operators/permissions': {
    what: 'What each role may do. An administrator can take some of it away; it only gets less, never more than the role has.',
    steps: [
      [
        'Withhold something',
        'Find the line and the column of the role and choose "No"; of sales and receipts "Own only" is possible. It holds at once.',
      ],
      ['Give it back', 'Choose "All" again, or "Reset all" at the top; the audit keeps who changed it.'],
      ['Look at one person', 'With several roles, one that allows it is enough.'],
    ],
    words: [
      ['Permission', 'what of a role was left to it'],
      ['Second person', 'somebody else with the role types a PIN of his own'],
    ],
    wrong:
      'When a button is grey, point at it to read which role is missing, then see here whether it was withheld. An administrator keeps everything, so that settings can always be changed.',
  },
}
