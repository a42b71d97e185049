import type { Same } from '../key.ts'
import type { audit as zh } from '../zh-CN/audit.ts'

export const audit: Same<typeof zh> = {
  title: 'Audit',
  purpose: 'Who changed what and when; each row carries the hash of the one before, so tampering shows',
  at: 'Time',
  operator: 'Operator',
  door: 'Door',
  doorName: { desktop: 'Desktop', browser: 'Browser', api: 'API', inproc: 'Program', start: 'Start' },
  operation: 'Operation',
  target: 'Target',
  outcome: 'Outcome',
  outcomeOk: 'done',
  before: 'Before',
  after: 'After',
  hash: 'Hash',
  nobody: 'not signed in',
  from: 'From',
  to: 'To',
  empty: 'No records yet',
  emptyTodo: 'Every change leaves a row here.',
}
