import type { Same } from '../key.ts'
import type { updates as zh } from '../zh-CN/updates.ts'

export const updates: Same<typeof zh> = {
  title: 'Updates',
  purpose: 'Where new versions come from, what is new, when they are installed; only what our key signed',
  running: 'This version',
  version: 'Version',
  checked: 'Last check',
  neverChecked: 'never yet',
  last: 'Last update',
  lastResult: {
    succeeded: '{{from}} was updated to {{to}}',
    notInstalled: '{{to}} was not installed; this is still {{from}}',
  },
  newest: 'This is the newest version',
  check: 'Check for updates',
  noSource: 'First say below where to look',
  noKey: 'This build has no update key: no updates',
  noKeyTodo:
    'Without a key a true installer cannot be told from a forged one. Install new versions by hand, or use a build that has a key.',
  offered: 'New version {{version}}',
  deferredUntil: 'Deferred until',
  download: 'Download',
  goOn: 'Go on downloading',
  cancel: 'Stop the download',
  progress: 'Progress of the download',
  defer: 'Defer for {{n}} days',
  install: 'Install and quit',
  installPurpose:
    'The signature is checked again and the database copied first. The new version brings the data along at its first start; if that fails it is put back.',
  started: 'The installer was started; this program quits.',
  waits: 'It can be installed when these are over: {{list}}',
  blocker: {
    recharge: 'a recharge under way',
    payment: 'somebody paying by phone',
    provisioning: 'chargers being set up',
    job: 'a running job',
    command: 'a meter command being sent',
  },
  byHand: 'It is proven; install it by hand as documented:',
  source: 'Source of updates',
  sourcePurpose:
    'An address, a shared folder, or a file on a stick. Looked at once a day; nothing is downloaded or installed by itself.',
  kind: { feed: 'Address', folder: 'Folder', file: 'File' },
  place: {
    feed: 'Address (https)',
    folder: 'Folder with update.json and the installers',
    file: 'Full path of update.json',
  },
  save: 'Save',
  problem: {
    insecure: { what: 'The address is not secure', todo: 'Use an https address.' },
    unreachable: {
      what: 'The source cannot be reached',
      todo: 'Look at the network and the address; try later.',
    },
    redirect: { what: 'The source points elsewhere; refused', todo: 'Enter the final address.' },
    notFound: {
      what: 'The source lacks a file',
      todo: 'It needs update.json and the installers; check the place.',
    },
    tooLarge: { what: 'A file is larger than it may be; refused', todo: 'Ask the publisher.' },
    malformed: {
      what: 'The release cannot be read',
      todo: 'Ask the publisher, or install a newer version by hand first.',
    },
    notSigned: {
      what: 'The signature is wrong; refused',
      todo: 'It was changed, or our publisher did not sign it. Do not install it by hand; ask the publisher.',
    },
    older: {
      what: 'The source has an older version; refused',
      todo: 'Going back is not supported; restore a backup instead.',
    },
    tooOld: {
      what: 'This version is too old to go there directly',
      todo: 'Install a version in between first.',
    },
    wrongPlatform: { what: 'There is no installer for this system', todo: 'Ask the publisher for one.' },
    truncated: { what: 'The download broke off', todo: 'What came is kept; go on downloading.' },
    wrongHash: {
      what: 'The installer is not what was signed; deleted',
      todo: 'Download it again; ask the publisher if it stays.',
    },
    notStarted: {
      what: 'The installer did not start',
      todo: 'Try again; a virus scanner may have stopped it. Else run the installer by hand.',
    },
    storage: { what: 'The disk takes no more', todo: 'Make room; check the rights of the data folder.' },
  },
}
