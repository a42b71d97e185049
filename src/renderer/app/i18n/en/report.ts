import type { Same } from '../key.ts'
import type { report as zh } from '../zh-CN/report.ts'

export const report: Same<typeof zh> = {
  resumed: 'Went on where the last run stopped',
  windowsDone: 'Periods completed: {{count}}',
  rows: 'Rows received: {{count}}',
  quarantined: 'Rows not understood: {{count}}; they are kept in quarantine with the reason',
  retired: 'Meters missing from the latest catalogue: {{count}}; marked inactive, history kept',
  unstable:
    "{{dataset}}: the vendor's data changed while it was read ({{from}} to {{to}}); read again and checked",
  windowPartial: '{{dataset}} {{from}} is unfinished ({{reason}}); the next sync goes on from here',
  clockBehind:
    "{{dataset}} is unfinished: the vendor's clock is {{days}} days behind this computer's, and those days cannot be asked for; check both clocks, the next sync after that fetches them",
  gaveUp: '{{windows}} periods failed in a row, so it stopped; check the network, starting again goes on',
  datasetFailed: '{{dataset}} is unfinished ({{reason}}); what came is kept, the next sync goes on',
  notSupported: 'The vendor has no interface for “{{dataset}}”; skipped',
  roomsRetired:
    'rooms or buildings not in the newest list: {{count}}, marked as not in use; their history stays',
  noRooms: 'The list of the platform is empty, so no room was retired; check that the account may see rooms',
  roomsUnlinked: 'nodes whose parent is not in the list: {{count}}, shown as not linked',
  roomCycles: 'nodes that hold themselves: {{count}} ({{first}}), cut there; ask the platform to correct it',
  roomPartial: 'The records of room {{room}} are not complete ({{reason}}); the next sync tries again',
  roomCardFailed:
    'The balances and meters of room {{room}} did not come ({{reason}}); the next sync tries again',
  roomsGaveUp: 'rooms failed in a row: {{count}}, so it stopped; the next run goes on from here',
  nightRooms: 'rooms fetched tonight: {{done}} of {{total}}',
  duplicates: 'Rows that came twice: {{count}}; kept once',
  regionsRetired: 'Regions missing from the latest list: {{count}}; marked as not in use',
  roomsCompared: 'rooms compared: {{count}}',
  roomNotCompared: 'Room {{room}} could not be compared ({{message}}); comparing again goes on from here',
  attendanceBook: 'workers and months written: {{workers}}, {{months}}',
  retention: {
    readings:
      'Meter readings: {{thinned}} meter days thinned, {{goes}} readings cleared, {{stays}} left; {{left}} days stay whole',
    conflicts: 'Conflicting readings: {{goes}} rows cleared, {{stays}} left',
    quarantine: 'Quarantined rows: {{goes}} rows cleared, {{stays}} left',
    jobs: 'Ended jobs: {{goes}} rows cleared, {{stays}} left',
    deliveries: 'Alarm deliveries: {{goes}} rows cleared, {{stays}} left',
    alarms: 'Cleared alarms: {{goes}} rows cleared, {{stays}} left',
    exchanges: 'Charger exchanges: {{goes}} rows cleared, {{stays}} left',
    waterReadings: 'Water readings as sent: {{goes}} rows cleared, {{stays}} left',
    bands: 'Readings by band: {{goes}} rows cleared, {{stays}} left',
    phases: 'Voltage, current and power: {{goes}} rows cleared, {{stays}} left',
    consumption: "The vendor's consumption: {{goes}} rows cleared, {{stays}} left",
    shrunk: '{{file}}: from {{beforeBytes}} to {{afterBytes}}',
  },
  reportBook: 'Wrote {{rows}} rows',
  meterImport: 'Imported: {{new}} new, {{changed}} changed, {{same}} same, {{error}} wrong',
  meterImportDry:
    'Dry run: {{new}} new, {{changed}} changed, {{same}} same, {{error}} wrong; nothing changed',
  attendanceLimited: 'Only the last two months were written: this phone is not VIP',
}
