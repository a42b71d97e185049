import type { HelpTexts } from '../help.ts'

export const help: HelpTexts = {
  meters: {
    what: 'Latest reading and state of every electricity and water meter, from the local data, also without a network.',
    steps: [
      [
        'Find a meter',
        'Press / and type its number, place, house or user; move with the arrows, open with Enter.',
      ],
      [
        'Find trouble',
        'Choose "silent for over 48 hours", "offline" or "off"; the filter stays in the address.',
      ],
      ['Commands to many', 'Mark some meters, then read, open or close them from the bar below.'],
    ],
    words: [
      ['Age', 'how long ago the last reading was taken'],
      ['Removed', "not in the vendor's last complete list; history stays"],
      ['Gate', 'supply on or off: breaker tripped or valve shut is off'],
    ],
    wrong:
      'An empty list: set and test the remote metering system in Settings, then sync. For old readings see "as of".',
  },
  'meters/:meterId': {
    what: 'The history of one meter: usage, readings, bands, power quality, consumption records and commands.',
    steps: [
      [
        'See a span',
        'Choose 7 days, a month, a year or your own; zoom with the wheel. The table below has the same numbers.',
      ],
      [
        'Compare',
        'With the span before, last year, or other meters; only days with readings on both sides count.',
      ],
      ['Get the latest', '"Update now" fetches only this meter and this span.'],
    ],
    words: [
      ['No reading', 'hatched; never filled in'],
      ['Reset', 'the register fell: exchanged or cleared; left out of the total'],
      ['Coverage 28/31', '28 of 31 days have readings'],
    ],
    wrong:
      'Close gaps in the coverage calendar of Sync. A wrong reading is never overwritten; its correction stands beside it. Campus meters have no history; look at the same meter in the remote system.',
  },
  'meter-commands': {
    what: 'Commands that people sent to meters (close, open, read now) and what came of each.',
    steps: [
      ['Send one', "In the list of meters or on a meter's page; read what follows before you confirm."],
      ['Look at results', 'Filter by result; somebody should go and see those that are "not confirmed".'],
      ['Stop a batch', 'The line on top says how many wait; "Stop sending" ends it.'],
    ],
    words: [
      ['Accepted', 'the vendor has it, the meter has not done it yet'],
      ['Unclear', 'no answer came; the meter is being checked and the command is not repeated'],
      ['Second person', "another supervisor's PIN, needed to cut off many"],
    ],
    wrong:
      'Without a connection nothing can be sent, and nothing is kept for later. Before you open a supply, make sure that nobody works on it.',
  },
  'meter-commands/protected': {
    what: 'Meters whose supply must not simply be cut, such as fire pumps and machine rooms.',
    steps: [
      ['Add one', 'Click "Protect", find the meter by number or place, and write why.'],
      ['Take one off', 'Click "Remove" in its row; the audit keeps who did it.'],
      ['Check the list', 'Search by place or reason, export it and have the electrician look at it.'],
    ],
    words: [
      ['Protected', 'a batch close leaves it out; closing it alone needs a supervisor on the spot'],
      ['Second confirmation', 'another supervisor types name and PIN'],
    ],
    wrong:
      'New pumps and machine rooms do not get here by themselves; add them when they are installed. When all chosen meters are protected, nothing was sent at all.',
  },
  images: {
    what: 'Check what cameras read: accept, correct, reject or skip; sixty in a quarter of an hour by keys alone.',
    steps: [
      [
        'One image',
        'Compare the dial with the number; accept when they agree, otherwise type the right reading and press Enter.',
      ],
      [
        'Hard to read',
        'Zoom in and drag it or move it by the arrow keys, turn it, change the contrast; if nothing helps, reject it and it does not count.',
      ],
      ['Undo', '"Undo the last one". F1 shows all keys.'],
    ],
    words: [
      ['Went back', 'less than before: misread, or the meter was exchanged'],
      ['Grew too fast', 'much more than this meter usually uses'],
    ],
    wrong:
      'A missing image says why in its place: the vendor gave none, or its host is not allowed; an administrator can allow it in Settings. A correction never loses the original reading.',
  },
  reports: {
    what: 'Ten reports on usage, groups, regions, ranking, anomalies, reading success, arrears and takings, all from the local data.',
    steps: [
      [
        'Make one',
        'Choose report and dates, by day or by month; screen, file and paper have the same figures.',
      ],
      ['Hand it over', 'Export XLSX for accounting, or print A4 with time and operator in the footer.'],
      ['All in one book', 'Export several reports as one Excel file.'],
    ],
    words: [
      ['As of', 'how far the data reaches'],
      ['Coverage', 'how many days should have readings and how many do'],
    ],
    wrong:
      'When a total looks small, read the coverage first: days without readings are not guessed. If the columns do not fit, take at most 31 days or go by month.',
  },
  'reports/closed': {
    what: 'Which days were closed, by whom, how often they were computed anew, why, and how much changed.',
    steps: [
      ['See what changed', 'Open a row: the meters that differ before and after.'],
      ['Close a day', 'In Reports choose the daily report, take the day once it is over, click Close.'],
      ['Look at a span', 'Set both dates and export it for the auditors.'],
    ],
    words: [
      ['Closed', 'the usage of that day is settled; late readings no longer change it'],
      ['Computed anew', 'a new version from the readings of now; the old one stays'],
    ],
    wrong:
      'Readings that come after the close do not count by themselves: compute the day anew and give the reason. Old versions can be opened at any time.',
  },
  'reports/:report': {
    what: 'One report: its span on top, the table, the total in the last row. All filters stand in the address, so it can be bookmarked.',
    steps: [
      ['Change the span', 'Change dates, kind or region and the table follows; click a head to sort.'],
      ['Go to the source', 'Click a meter or a room to see its own days.'],
      ['Export and print', 'The file has the figures of the screen; look at the preview before printing.'],
    ],
    words: [
      ['Reset', 'the register fell; that part is left out'],
      ['Estimated', 'an end is more than a day from the end of the month'],
      ['Reading success', 'days with a reading out of days that should have one'],
    ],
    wrong:
      "For an empty meter, open it, see which days are missing and fetch them in Sync. A figure that differs from last month's print came from a day that was not closed.",
  },
  'meters/events': {
    what: 'Where registers fell or jumped; until somebody decides, these readings do not count in usage.',
    steps: [
      ['Look at one', 'Open a row for the readings before and then, and go and see the meter if need be.'],
      [
        'Decide',
        'Exchanged, cleared, rolled over, misread or true: choose one and say why; usage follows at once.',
      ],
      ['Find open ones', 'Choose "to be decided" and begin with the oldest.'],
    ],
    words: [
      ['Roll-over', 'it reached its last digit and began at zero again'],
      ['Reset', 'the register fell close to zero: cleared or exchanged'],
      ['Misread', 'one or two readings are far off, those around are fine'],
    ],
    wrong:
      'A wrong decision can be taken again; the original readings stay. When a whole building jumps together, ask the vendor first.',
  },
  'meter-imports': {
    what: 'Readings and data of meters that came from sheets: who, when, which file. They stand beside the vendor data and can be withdrawn as a whole.',
    steps: [
      [
        'Import readings',
        'Download the template, fill in meter, time and reading; look at the dry run row by row, then import.',
      ],
      [
        'Import data',
        'The meter number is needed; an empty cell changes nothing, - goes back to the vendor value.',
      ],
      ['Withdraw', 'Open an import, give the reason, and take all of it back; the record stays.'],
    ],
    words: [
      ['Dry run', 'only checks, changes nothing'],
      ['Present value', 'what stands here before the import'],
    ],
    wrong:
      'If a meter is unknown, Excel probably dropped its leading zeros: make the column text. The same file twice changes nothing.',
  },
}
