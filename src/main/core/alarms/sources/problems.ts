import type { AlarmRule } from '#shared/alarms.ts'
import type { ChangedArea } from '#shared/contract/events.ts'
import type { Problem } from '../../settings/index.ts'
import type { AlarmSource } from '../types.ts'

/** A rule about a problem that `system.status` tells of: it holds or it does not. */
function problemSource(
  rule: AlarmRule,
  code: Problem['code'],
  wakes: readonly ChangedArea[],
  problems: () => readonly Problem[],
  nameOf: (data: Record<string, unknown>) => string,
): AlarmSource {
  return {
    rule,
    wakes,
    pace: 'quick',
    facts: () =>
      problems()
        .filter((problem) => problem.code === code)
        .map(({ data = {} }) => ({ subject: nameOf(data), name: () => nameOf(data), value: 1 })),
  }
}

const fileOf = ({ file }: Record<string, unknown>) => (typeof file === 'string' ? file : '')
const listener = ({ host, port }: Record<string, unknown>) => `${String(host)}:${String(port)}`

/** Facts of the desk itself, as `system.status` has them. */
export const problemSources = (problems: () => readonly Problem[]): AlarmSource[] => [
  problemSource('lanDown', 'LAN_NOT_LISTENING', ['lan', 'system', 'settings'], problems, listener),
  problemSource('storeDamaged', 'STORE_DAMAGED', ['system'], problems, fileOf),
]
