import { chargerError } from './errors.ts'

/** Who has a charger for himself. */
export interface Holder {
  /** `command`, `provisioning`, … */
  readonly task: string
  readonly operator: string | null
  readonly runId: string | null
}

export interface Leases {
  /** throws CHARGER_BUSY, naming who has it; returns how to give it back */
  take(name: string, holder: Holder): () => void
  holderOf(name: string): Holder | null
}

export function createLeases(): Leases {
  const held = new Map<string, Holder>()
  return {
    holderOf: (name) => held.get(name) ?? null,
    take(name, holder) {
      const other = held.get(name)
      if (other) throw busy(name, other)
      held.set(name, holder)
      return () => {
        if (held.get(name) === holder) held.delete(name)
      }
    },
  }
}

const busy = (name: string, { task, operator, runId }: Holder) =>
  chargerError('CHARGER_BUSY', 'held', `${name} is held by ${operator ?? 'the desk'} (${task}).`, {
    name,
    task,
    operator,
    runId,
  })
