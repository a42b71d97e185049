import type { Same } from '../key.ts'
import type { setup as zh } from '../zh-CN/setup.ts'

export const setup: Same<typeof zh> = {
  step: {
    imr: 'Remote metering',
    campus: 'Campus system',
    water: 'Water',
    bluetooth: 'Bluetooth',
    lan: 'LAN service',
    backups: 'Backup place',
    summary: 'Summary',
  },
  purpose: {
    imr: 'Electricity meters and readings come from the remote metering system. Ask its vendor for address, account and password; test, and save when it passes.',
    campus:
      'Rooms, balances and recharges go through the campus system. Ask who runs it for address, account and password; test, and save when it passes.',
    water:
      'Water meters and usage come from the water system. Ask its vendor for the address and how it knows you; test, save, then go on.',
    bluetooth:
      'Chargers are installed over Bluetooth. See whether that of this computer works; without chargers, skip it.',
    lan: 'Mini-programs order, pay and report work through this computer. Only if you need it: choose network card and port, then start it.',
    backups:
      'This computer backs itself up every 15 minutes when something changed; nothing to do. Choose a folder elsewhere as well (a stick, a share, another disk): every copy goes there encrypted, and from there you go on when this computer breaks or is lost.',
    summary: 'What is done and what is not; the rest stays on Today until it is done or not wanted.',
  },
  without: {
    imr: 'Later: meters, readings and usage reports stay empty; all else works.',
    campus: 'Later: no recharges, rooms and balances stay empty; all else works.',
    water: 'Later: the pages under Water stay empty; all else works.',
    bluetooth: 'Without it this computer cannot find, install or control chargers; all else works.',
    lan: 'Off: phones cannot scan, order, pay or report work; all else works.',
    backups:
      'Later: copies lie on this computer only; when its disk breaks or it is lost, books and records are gone with it. Backups can be set at any time.',
  },
  begin: { title: 'This computer', fresh: 'Start anew', move: 'Move from another computer' },
  move: {
    export:
      'At the old computer: open Backups, choose "Export the site…" and set a passphrase. If it is broken, take the newest copy from the stick or share.',
    carry: 'Copy that file to this computer, or plug in the stick it lies on.',
    open: 'Enter its path and passphrase below, then sign in with the same names and PINs as before.',
    stop: 'From then on use this computer only: two that both take money end in books that do not match.',
  },
  saveNext: 'Save and go on',
  next: 'Go on',
  finish: 'Done, go to Today',
  look: 'Only want to look first? Practice mode is a simulated site; all its data is invented.',
  remaining: 'Not set up yet',
  dismiss: 'Do not show again',
  toIt: 'Do it',
  done: 'Done',
  check: {
    imr: 'Remote metering',
    campus: 'Campus system',
    water: 'Water',
    sync: 'First sync',
    people: 'Other operators',
    bluetooth: 'Bluetooth',
    lan: 'LAN service',
    backups: 'Backup place',
  },
  todo: {
    imr: 'no address: no meters and readings',
    campus: 'no address: no recharges',
    water: 'no address: no water data',
    sync: 'nothing was fetched completely yet',
    people: 'only the administrator: add cashiers and supervisors',
    bluetooth: 'not known to work: no chargers can be installed',
    lan: 'off: phones cannot connect',
    backups: 'copies on this computer only: gone when it breaks',
  },
  practice: {
    title: 'Practice mode',
    means:
      'Opens a simulated site beside this one: meters, rooms, chargers and phones are simulated, in a data folder of its own that is removed afterwards. No real data is touched, no real system is called, and papers say "practice".',
    start: 'Open the practice site',
    again: 'Open the practice site again',
    stop: 'End practice',
    starting: 'Preparing the simulated site; this takes some seconds.',
    window:
      'The simulated site opens in a window of its own within seconds; close that window to end practice.',
    link: 'It did not open? Click here (within half a minute)',
  },
}
