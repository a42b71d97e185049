import type { HelpTexts } from '../help.ts'

export const help: HelpTexts = {
  'attendance/gang': {
    what: 'Everybody of a project today: who waits, who is at work, whose end is missing. Mark many and act once.',
    steps: [
      [
        'Confirm starts',
        'Mark with Space, or all with Ctrl A, then Enter; each start is the time he asked for.',
      ],
      ['Record ends', 'Mark those at work, press E and type the time; empty is now.'],
      ['Reject', 'Mark those who wait and press R; they can ask again.'],
    ],
    words: [
      ['Waiting', 'the worker asked, the keeper has not answered'],
      ['Usually', "when this person's last shifts ended"],
    ],
    wrong:
      '"Look only": the phone of your account is not the keeper\'s. A wrong time cannot be changed directly; propose a correction and the other side decides.',
  },
  attendance: {
    what: 'Attendance projects: one owner, one keeper, any number of workers.',
    steps: [
      ['New project', 'Give it a name and the phone of its keeper.'],
      ['Add people', 'Open it and add one by one or import a sheet.'],
      ['Change the keeper', "On the project's page; from that moment the new one confirms."],
    ],
    words: [
      ['Keeper', 'the one phone that confirms starts and records ends'],
      ['Owner', 'who made the project; changes its keeper and locks periods'],
    ],
    wrong:
      'If you see no project, have an administrator put your phone into your account under Operators. Ordinary accounts have up to three projects; VIP phones have no limit.',
  },
  'attendance/projects/:projectId': {
    what: 'One project: its keeper, its workers, who kept it before, and its log.',
    steps: [
      ['Add people', 'Type phone and name, or import a sheet (the sample shows its columns).'],
      ['Take one off', 'Click "Remove"; record his end first if he is at work. His hours stay.'],
      ['See what happened', 'The log says who did what and when.'],
    ],
    words: [
      ['Used the mini-program', 'he signed in with this phone'],
      ['Keepers before', 'who kept the project from when to when'],
    ],
    wrong:
      'A keeper cannot be a worker of the same project: choose another keeper, or leave him out. The phone must be the one he signs in with, else he does not see the project.',
  },
  'attendance/calendar': {
    what: 'Who worked on each day and how long; a night shift stands on the day it began.',
    steps: [
      ['Look at a day', 'Choose it with the arrows and press Enter for its records.'],
      ['Look at one person', 'Choose him on top; only his shifts stay.'],
      ['Another month', 'PageUp and PageDown.'],
    ],
    words: [
      ['No end', 'confirmed and never ended; no time is invented'],
      ['Correction waits', 'somebody proposed other times'],
    ],
    wrong:
      'Hours look small: shifts that wait or have no end do not count. A night shift that seems a day early is right; the day it began counts.',
  },
  'attendance/records': {
    what: 'Each shift: who asked, who confirmed, when it ended, how often it was corrected.',
    steps: [
      ['Find one', 'Filter by project, worker, dates and state.'],
      ['See its history', 'Open a row; both sides see the same history.'],
      ['Export', 'Hours as decimals or as hours and minutes.'],
    ],
    words: [
      ['Cancelled', 'the worker took his request back; no hours'],
      ['Elsewhere too', 'the time overlaps with another project; ask'],
    ],
    wrong:
      'If only two months are shown, the account is an ordinary one; VIP phones see all. To change a time, open the shift and propose it; nobody edits it directly.',
  },
  'attendance/records/:recordId': {
    what: 'All of one shift: start, end, hours, history, and a correction that waits.',
    steps: [
      ['Confirm', 'The keeper confirms or rejects a request.'],
      ['Propose other times', 'Type new start and end and why; it holds when the other side agrees.'],
      ['Open it again', 'In a locked period the owner opens this one record for some hours, with a reason.'],
    ],
    words: [
      ['Times before', 'kept in the record for ever'],
      ['Override', 'only this record is open, and it closes by itself'],
    ],
    wrong:
      '"The other side has to answer": who proposed it cannot agree to it. Hours always follow from start and end and are never typed.',
  },
  'attendance/corrections': {
    what: 'Changes proposed by one side and answered by the other; until then the old times count.',
    steps: [
      ['Answer', 'Filter by "waiting for me", read old → new, agree or not.'],
      ['Remind', 'Call the one who has to answer when it has waited long.'],
      ['Withdraw', 'Your own can be withdrawn; the old times count.'],
    ],
    words: [
      ['Applied', 'both agreed; the new times count, the old ones are kept'],
      ['Who answers', "the worker to the keeper's, the keeper to the worker's"],
    ],
    wrong:
      'If the shift changed meanwhile, this correction is void; propose it again. In a locked period the owner opens the record first.',
  },
  'attendance/notices': {
    what: 'Which answers workers asked to be told of, and when they were; once for each request.',
    steps: [
      ['Who waits', 'Filter by "waiting" and deal with the request under today\'s gang.'],
      ['Look up somebody', 'Search by name or phone.'],
      ['Check', 'Click a row to open the shift.'],
    ],
    words: [
      ['Notice', 'he asked in the mini-program to be told of the answer'],
      ['Told', 'the notice was handed to the mini-program'],
    ],
    wrong:
      'If he says that nothing came: the phone must be on the same network for the mini-program to fetch it. Those who did not ask are not told; that is their own choice.',
  },
  'attendance/sheet': {
    what: 'The month: one row a person, one column a day. Check, lock, print for signatures, export.',
    steps: [
      ['Check', 'First deal with waiting shifts and missing ends; the line on top counts them.'],
      ['Lock', 'After the pay run lock through a day, with some days of grace.'],
      ['Signatures', 'Print the sheet; each page has totals and a column to sign.'],
    ],
    words: [
      ['Grace', 'days after the lock in which times can still change'],
      ['Not counted', 'shifts waiting, without end, or rejected'],
    ],
    wrong:
      'The owner can lift a lock with a reason, which stays in the log. Minutes are added first and turned into hours last, so totals never drift.',
  },
  'attendance/statistics': {
    what: 'Hours by project, worker and day, week or month; darker means more.',
    steps: [
      ['Choose rows and columns', 'Workers or projects down, days, weeks or months across.'],
      ['Look into a cell', 'Click it for the records of that person and those days.'],
      ['Export', 'As on the screen, in decimals or hours and minutes.'],
    ],
    words: [
      ['Week', 'begins on Monday'],
      ['Day of a shift', 'the day it began; night shifts are not split'],
    ],
    wrong:
      'With many rows only some are drawn first; "show all" draws the rest. If it differs from the pay sheet, look for corrections that were agreed after the lock.',
  },
}
