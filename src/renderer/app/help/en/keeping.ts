import type { HelpTexts } from '../help.ts'

export const help: HelpTexts = {
  retention: {
    what: 'Retention and space: what the data takes on the disk, how many days each kind is kept, and a dry run before anything is cleared.',
    steps: [
      ['Look at the space', 'The table has size and rows of each kind; free space stands above it.'],
      ['Set rules', 'Days to keep, 0 for ever; press Dry run first, then save.'],
      ['Clear', 'It happens once a night, or now; thinning readings wants a day typed.'],
    ],
    words: [
      ['Dry run', 'counts row by row what would go and stay, and changes nothing'],
      ['Thin out', 'two or three old readings a day stay; days and months are the same, hours become gaps'],
    ],
    wrong:
      'What was cleared before a stop stays cleared, the rest goes the next time. Only a backup brings it back; money, audit and attendance are never cleared.',
  },
  backups: {
    what: 'Backups and restore: copies made by themselves, a second place, how long things are kept, and how to go back to a backup.',
    steps: [
      ['Look at backups', 'Each one was opened and checked; time and size stand beside it.'],
      [
        'Set a second place',
        'A folder, a share or a USB stick, with a passphrase; keep the passphrase elsewhere.',
      ],
      ['Restore', 'Choose one, see first what will change, then confirm.'],
    ],
    words: [
      ['Second place', 'a sealed copy elsewhere, for the day this computer dies'],
      ['Passphrase', 'opens that copy; without it nobody can'],
    ],
    wrong:
      'If one failed, look at the disk space and whether the second place is connected. Finish recharges before you restore; the files of before are kept.',
  },
  updates: {
    what: 'Updates of this program from an address, a folder on the network or a file: check, read the notes, choose the time.',
    steps: [
      ['Check', 'Look for a new version and read its notes.'],
      ['Install', 'While no recharge is open; the data is backed up before.'],
      ['Later', 'Put it off for some days and be reminded.'],
    ],
    words: [
      ['Signature', 'proves who published it; without it nothing is installed'],
      ['Roll-back', 'back to the version before, when the new one cannot open the data'],
    ],
    wrong:
      'A refusal says why: wrong signature, an older version, or a recharge without an end. Without a network use an update file from a USB stick.',
  },
}
