import type { Same } from '../key.ts'
import type { setup as zh } from '../zh-CN/setup.ts'

export const setup: Same<typeof zh> = {
  step: {
    imr: 'Remote metering',
    campus: 'Campus system',
    water: 'Water',
    bluetooth: 'Bluetooth',
    lan: 'LAN service',
    summary: 'Summary',
  },
  purpose: {
    imr: 'Enter address and account of the remote metering system; test, then save.',
    campus: 'Enter address and account of the campus system; test, then save.',
    water: 'Enter the address of the water system and how it knows you; test, then save it here.',
    bluetooth: 'See whether the Bluetooth of this computer works.',
    lan: 'Mini-programs come in here: choose network card and port, and whether it runs now.',
    summary: 'What is done and what is not; the rest stays on Today until it is done or not wanted.',
  },
  without: {
    imr: 'Later: meters, readings and usage reports stay empty; all else works.',
    campus: 'Later: no recharges, rooms and balances stay empty; all else works.',
    water: 'Later: the pages under Water stay empty; all else works.',
    bluetooth: 'Without it this computer cannot find, install or control chargers; all else works.',
    lan: 'Off: phones cannot scan, order, pay or report work; all else works.',
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
  },
  todo: {
    imr: 'no address: no meters and readings',
    campus: 'no address: no recharges',
    water: 'no address: no water data',
    sync: 'nothing was fetched completely yet',
    people: 'only the administrator: add cashiers and supervisors',
    bluetooth: 'not known to work: no chargers can be installed',
    lan: 'off: phones cannot connect',
  },
  practice: {
    title: 'Practice mode',
    means:
      'Opens a simulated site beside this one: meters, rooms, chargers and phones are simulated, in a data folder of its own that is removed afterwards. No real data is touched, no real system is called, and papers say "practice".',
    start: 'Open the practice site',
    again: 'Open the practice site again',
    stop: 'End practice',
    starting: 'Preparing the simulated site; this takes some seconds.',
    link: 'It did not open? Click here (within half a minute)',
  },
}
