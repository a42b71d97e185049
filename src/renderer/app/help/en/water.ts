import type { HelpTexts } from '../help.ts'

export const help: HelpTexts = {
  water: {
    what: 'What each water meter settled and counted, as the water system recorded it, kept on this computer.',
    steps: [
      ['Find a meter', 'Type its number, a user or an address; choose region and dates.'],
      ['See usage', '"Usage" opens the daily usage of this meter.'],
      ['Check the source', 'Open a row and read "Raw": what the vendor sent, unchanged.'],
    ],
    words: [
      ['Water flow', "one settlement in the vendor's records"],
      ['Total flow', 'the register since the meter was installed'],
      ['Settled flow', 'what was charged this time'],
    ],
    wrong:
      "No data: start a water sync in Sync. Regions come from the vendor's answer to a query; the rows themselves have none, so they cannot be checked one by one.",
  },
  'water/watch': {
    what: 'Water meters somebody should look at: silent, battery low, flow at night, flow without a pause, no flow at all.',
    steps: [
      ['Choose what to look for', 'Each kind says how it judges; days and limits can be changed.'],
      ['Send somebody', 'Sort by address, export or print for the repair crew.'],
      ['Check one', 'Click a row to see its last 31 days.'],
    ],
    words: [
      ['Night flow', 'it runs between 2 and 5 on most nights: perhaps a leak'],
      ['Continuous', 'never a pause between readings'],
      ['Silent', 'no reading for more than these days'],
    ],
    wrong:
      'Meters read once a day cannot show night or continuous flow, so fewer can be judged than there are. The battery has no unit; set the limit as the maker says.',
  },
  'water/arrears': {
    what: 'Accounts that owe water money, with the rooms and meters linked to them, the largest first.',
    steps: [
      [
        'Remind',
        'Open a row for the phone number (complete only for those allowed), and record the call on the room.',
      ],
      ['Find the room', 'Linked ones can be clicked; link the others under Water links.'],
      ['Export', 'Filter, then export; account codes stay text.'],
    ],
    words: [
      ['Arrears', 'what the vendor says is owed, above zero only, never netted with the balance'],
      ['Link', 'room, meter and account that belong together'],
    ],
    wrong:
      'Somebody who paid stays here until the next water sync; see "as of". Money is taken in the vendor\'s system, not here.',
  },
  'water/accounts': {
    what: 'Balance, consumption and arrears of water accounts; three figures that stand alone and are not netted.',
    steps: [
      ['Find somebody', 'Search by name, user code or house.'],
      ['See the phone', '"Show phone", for supervisors and cashiers; each time goes to the audit.'],
      ['See payments', 'Open a row and go to the payments of its meter.'],
    ],
    words: [
      ['Last billing', 'the last month the vendor settled'],
      ['Consumed', 'what the vendor took off in total'],
    ],
    wrong:
      "A balance and arrears at once are no contradiction: the vendor keeps two books. If the resident says otherwise, the vendor's system decides; note the raw row and its time.",
  },
  'water/readings': {
    what: 'Every register a water meter delivered, with battery and state, newest first.',
    steps: [
      ['Check a meter', 'Type its number, choose dates, and look for holes in time.'],
      ['Look at batteries', 'Sort by battery and change the low ones first.'],
      ['Export', 'Filter, then export XLSX; times are in the zone of the site.'],
    ],
    words: [
      ['Collected', 'one time the collector fetched the register'],
      ['State', 'what the meter says of itself, unchanged'],
    ],
    wrong:
      'Two readings of one instant stay side by side. If nothing new comes, see whether Schedules has failures, and whether a whole building is silent.',
  },
  'water/payments': {
    what: 'What was paid into water accounts: who, when, how much, how, and what was left after it.',
    steps: [
      ['Look at one person', 'Type the user or the code and choose dates.'],
      ['Check one payment', "Open a row for the raw text; the time is the vendor's collection time."],
      ['Sum up', 'Filter by method, read the total under the table, export.'],
    ],
    words: [
      ['Surplus', 'what was in the account after the payment'],
      ['State', "the vendor's word, unchanged"],
    ],
    wrong:
      "These are the vendor's records; this desk takes no water money and changes none. If a resident paid and it is not here, sync first, then ask the vendor.",
  },
  'water/schedules': {
    what: 'Scheduled tasks in the water system: failed ones first, then by time.',
    steps: [
      ['Look at failures', 'Start with "failed", open a row for its result and how often it was tried.'],
      ['By collector', 'Enter the collectors in Settings to filter by them.'],
      ['Check a meter', 'Type its number to see when its tasks ran.'],
    ],
    words: [
      ['Collector', 'the device that talks for a group of meters'],
      ['Times', 'how often it was tried'],
    ],
    wrong:
      "If everything under one collector fails, it probably has no power or no network; look at it first. Tasks are changed in the vendor's system; here they are only shown.",
  },
  'water/operations': {
    what: 'Who did what to which meter in the water system, from which address, and when.',
    steps: [
      ['Check a meter', 'Type its number to see who moved its valve or changed it.'],
      ['Check a person', 'Filter by operator, then by date.'],
      ['Keep evidence', 'Export it with its times for the supervisor.'],
    ],
    words: [
      ['Kind', "the vendor's classes, unchanged"],
      ['IP', 'the network address it came from'],
    ],
    wrong:
      "This is the log of the vendor's system. Who did what on this desk stands in the Audit. If nothing is here, run a water sync once, then look again with wider dates.",
  },
  'water/links': {
    what: 'Which room, meter and account belong together: equal numbers are linked by themselves, the rest by hand or from a sheet.',
    steps: [
      ['Link one', 'Click "Add a link" and fill in at least two; rooms are found by pinyin as well.'],
      [
        'Import many',
        'Download the sample with the columns room, meter and user code; look at the result, then import.',
      ],
      ['Unlink', 'Remove a link made by hand; the automatic one stays.'],
    ],
    words: [
      ['Automatic', 'the numbers are equal, so the system linked them'],
      ['Unlinked', 'accounts that show no room in the list of arrears'],
    ],
    wrong:
      'If a room is not found, write its whole path. Importing a file twice changes nothing the second time: every row is "same".',
  },
  'water/devices/:deviceCode': {
    what: 'All about one water meter: usage of 31 days, accounts, readings, payments, tasks and operations.',
    steps: [
      ['See usage', 'The table under the chart has the same numbers; days without a reading stay empty.'],
      ["See the vendor's chart", '"Fetch and show": only then the desk fetches it.'],
      ['Find the cause', 'Look at tasks and operations of the day where the line breaks off.'],
    ],
    words: [
      ['Last collected', 'when the last reading was taken'],
      ['Battery', 'as the meter reports it; the maker sets the unit'],
    ],
    wrong:
      "A chart that cannot be fetched says why; if its host is not the vendor's own, an administrator can allow it in Settings. If the meter is unknown, sync first.",
  },
}
