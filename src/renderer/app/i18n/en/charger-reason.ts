import type { Same } from '../key.ts'
import type { chargerReason as zh } from '../zh-CN/charger-reason.ts'

export const chargerReason: Same<typeof zh> = {
  radioUnavailable: 'Bluetooth does not work on this computer: switch it on, allow this program, try again',
  notHeard: 'Not heard within {{seconds}} s: check its power and the name, come closer, try again',
  ambiguous: 'Two devices near here use this name: switch one of them off, try again',
  held: 'Another task is using it: wait for that to end, try again',
  unreachable:
    'Heard, but takes no connection: a phone may hold it, or it is too far; come closer, try again',
  discoveryTimeout:
    'Connected, but it does not say what it offers: cut its power for some seconds, try again',
  noService: 'Connected, but it has no serial service known here: wrong device or firmware, ask the maker',
  subscribeFailed: 'Connected, but its replies do not arrive: cut its power for some seconds, try again',
  writeFailed: 'The command could not be sent: come closer, try again',
  noReply: 'No reply to {{command}}: come closer; if it stays silent, cut its power for some seconds',
  lost: 'The connection broke: too far away, or its power was cut; come closer, check its supply',
  badReply: 'The reply to {{command}} makes no sense ({{reply}}): try once more, else ask the maker',
  deviceFailure: 'The charger says {{command}} failed (1): try once more, else replace it',
  timestampRejected: 'Still refuses the time after its clock was set (2): its clock is broken, ask the maker',
  signatureRejected: 'Refuses the signature (3): its Bluetooth name or jam code is another, check the label',
  unknownStatus: 'Answered {{command}} with status {{status}}, which the document lacks: ask the maker',
  noProfile: 'Refuses every known way of signing: wrong firmware, ask the maker',
  clockOff: 'Its clock cannot be read or stays wrong after it was set: ask the maker',
  portBusy: 'Somebody charges at port {{port}}, {{minutes}} min left: wait for the end, try again',
  portBroken: 'Port {{port}} says it is broken (999): repair or replace this charger',
  portUnknown: 'It did not report port {{port}}: try once more, else ask the maker',
  powerOnUnknown: 'Nobody can tell whether port {{port}} is on: look at its light, wait a minute, try again',
  stillOn:
    'Says it is off, but port {{port}} has {{minutes}} min left: unplug the load, wait for its end, try again',
  cancelled: 'Cancelled',
  internal: 'A fault in this program: try once more, else hand the log to support',
  weakSignal: 'Too weak ({{median}} dBm, at least {{limit}} dBm is needed): come closer, try again',
  notSeen: 'Port {{port}}: you saw no light, or the load did not charge; check wiring and socket',
  codeTaken: 'Code {{deviceCode}} is registered for another one ({{btName}}): begin again with another code',
  nameTaken: 'Registered already under code {{deviceCode}}: use that one, or change the registry first',
  skippedByHand: '{{by}} left it out',
}
