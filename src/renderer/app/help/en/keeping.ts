import type { HelpTexts } from '../help.ts'

export const help: HelpTexts = {
  retention: {
    what: 'Retention and space: what the data takes on the disk, how long each kind is kept, and how files get smaller.',
    steps: [
      ['Look at the space', 'Space lists each kind by its size; what is free on the disk stands above it.'],
      ['Set rules', 'Days to keep, 0 for ever; press Dry run to see what would go, then save.'],
      [
        'Clear',
        'Kinds with a rule are cleared once a night, or now, from the dry run; thinning readings wants a day typed.',
      ],
      ['Shrink', 'Clearing leaves room inside the file; Shrink, when nobody works, makes it smaller.'],
    ],
    words: [
      ['Dry run', 'counts row by row what would go and stay, and changes nothing'],
      ['Thin out', 'two or three old readings a day stay; days and months are the same, hours become gaps'],
      ['Shrink', 'writes the file anew with every row it has; meanwhile it can only be read'],
    ],
    wrong:
      'What was cleared stays cleared, the rest goes the next time; only a backup brings it back. When the power fails while a file shrinks, it is still whole: shrink it again.',
  },
  backups: {
    what: 'Backups and restore: the backups the program makes by itself, sealed copies in a second place, the whole site in one file, and going back to a backup.',
    steps: [
      [
        'Look at backups',
        'Each one was opened and checked, and can be restored while it says so; the latest usable one stands above.',
      ],
      [
        'Set a second place',
        'A folder that exists on the computer of the program (a share or a stick will do), and a passphrase; keep that elsewhere.',
      ],
      [
        'Restore',
        'Open one, see first what will change, then type its day; the program closes and starts again.',
      ],
      [
        'Change the computer',
        'Export the whole site into one sealed file, and open it on the first screen of the new computer.',
      ],
    ],
    words: [
      ['Second place', 'sealed copies elsewhere, for the day this computer dies'],
      ['Passphrase', 'the program does not keep it; without it nobody opens the copies'],
    ],
    wrong:
      'If one failed, look at the disk space and whether the second place is connected. Restoring waits for open recharges: settle them first. The data of before is kept.',
  },
  updates: {
    what: 'Updates: find a new version at an address, in a folder on the network or on a stick, read its notes, download it, and install it when nobody works.',
    steps: [
      ['Set the source', 'An address, a folder, or the path of update.json; then save.'],
      [
        'Check and download',
        'Check for updates, read the notes, then download; it goes on where it broke. Nothing comes by itself.',
      ],
      [
        'Install',
        'Install and quit; while a recharge, a payment, chargers, a job or a command are under way, the button says what it waits for.',
      ],
      ['Later', 'Defer it for 7 days, and nothing is said of it so long.'],
    ],
    words: [
      ['Signature', 'proves who published it; it is checked again right before the start'],
      [
        'Put back',
        'when the new version cannot bring the data along, the data is as it was; install the version before again',
      ],
    ],
    wrong:
      'A refusal says why and what to do: a wrong signature, an older version. The portable folder and the host without a screen are replaced by hand, as documented. Without a network use a stick.',
  },
}
