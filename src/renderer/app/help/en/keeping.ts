import type { HelpTexts } from '../help.ts'

export const help: HelpTexts = {
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
