import { useCallback, useEffect, useRef, useState } from 'react'
import type { Run } from '#shared/contract/provisioning.ts'
import { useWrite } from '../../api/queries.ts'
import { useSite } from '../../app/site.tsx'
import { questionKey, questionsOf, shownOf, type Asked, type Focus, type Shown } from './questions.ts'

/** A key struck within this time was meant for the question before. */
const READ_MS = 350
const TICK_MS = 500

export interface Answering {
  readonly shown: Shown
  readonly waiting: readonly Asked[]
  readonly busy: boolean
  readonly error: unknown
  readonly answer: (ok: boolean) => void
  /** only where the question is whether to switch on again */
  readonly lit: (() => void) | null
  readonly look: (name: string) => void
  /** the next of those that wait */
  readonly next: () => void
}

export function useAnswer(run: Run): Answering {
  const now = useNow()
  const [focus, setFocus] = useState<Focus | null>(null)
  const write = useWrite('provisioning.answer')
  const shown = shownOf(run, focus, now)
  const waiting = questionsOf(run)
  const asked = shown.kind === 'question' ? shown.asked : null
  const key = asked ? questionKey(asked) : null
  const since = useSince(key)
  const [sent, setSent] = useState<string | null>(null)
  const busy = write.isPending || (key !== null && sent === key)
  const send = useCallback(
    (said: { ok: boolean; lit?: true }) => {
      if (!asked || key === null || busy || performance.now() - since.current.at < READ_MS) return
      const { device, step } = asked
      setSent(key)
      setFocus({ name: device.name, answeredAt: now })
      write.mutate(
        { id: run.id, name: device.name, step: step.step, ...said },
        { onError: () => setSent(null) },
      )
    },
    [asked, key, busy, since, now, run.id, write],
  )
  const answer = (ok: boolean) => send({ ok })
  const lit = asked?.step.question?.code === 'switchOnAgain' ? () => send({ ok: true, lit: true }) : null
  const look = (name: string) => setFocus({ name, answeredAt: null })
  const next = () => {
    const at = waiting.findIndex(({ device }) => device.name === asked?.device.name)
    const to = waiting[(at + 1) % Math.max(1, waiting.length)]
    if (to) look(to.device.name)
  }
  return { shown, waiting, busy, error: write.error, answer, lit, look, next }
}

/** The host's time, twice a second: lights go out by themselves. */
function useNow(): number {
  const site = useSite()
  const [now, setNow] = useState(site.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(site.now()), TICK_MS)
    return () => clearInterval(timer)
  }, [site])
  return now
}

/** Since when this question stands there. */
function useSince(key: string | null) {
  const since = useRef({ key: '', at: Number.NEGATIVE_INFINITY })
  useEffect(() => {
    since.current = { key: key ?? '', at: performance.now() }
  }, [key])
  return since
}
