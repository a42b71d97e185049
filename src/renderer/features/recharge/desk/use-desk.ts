import type { InputRef } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useSearchParams } from 'react-router'
import { useClient } from '../../../api/client.ts'
import { useKeyHint } from '../../../app/keys.tsx'
import { useSite } from '../../../app/site.tsx'
import { TENDERS, useTender } from '../remembered.ts'
import { useFlow, type Confirmation, type Sale } from './flow.ts'
import { useDeskKey, useTypeAhead } from './use-desk-keys.ts'
import { usePrints } from './use-prints.ts'

export type Desk = ReturnType<typeof useDesk>

/** All that the desk holds: the step, what was typed, the cursor, the keys. */
export function useDesk() {
  const [flow, dispatch] = useFlow()
  const [query, setQuery] = useState('')
  const [amount, setAmount] = useState('')
  const [tender, setTender] = useTender()
  const search = useRef<InputRef>(null)
  const prints = usePrints()
  const post = usePost(dispatch)
  const { at } = flow.step
  const locked = useSite().hello.locked
  useEffect(() => {
    if (at === 'search' && !locked) search.current?.focus({ cursor: 'all' })
  }, [at, locked])
  useAskedRoom(dispatch)
  useTypeAhead(at === 'search', () => search.current?.focus())
  useNamedKeys({
    back: () => {
      if (at === 'search' && query !== '') setQuery('')
      else dispatch({ do: 'back' })
    },
    tender: () => {
      const next = TENDERS[(TENDERS.indexOf(tender) + 1) % TENDERS.length]
      if (next && (at === 'room' || at === 'search')) setTender(next)
    },
    print: () => {
      const last = flow.last ?? flow.followed.at(-1)
      if (last !== undefined && prints.of(last)?.at !== 'printing') prints.print(last)
    },
  })
  const send = async (sale: Sale, change: Confirmation = {}) => {
    dispatch({ do: 'post', change })
    if (!(await post({ ...sale, ...change }))) return
    setQuery('')
    setAmount('')
  }
  return {
    flow,
    dispatch,
    query,
    setQuery,
    amount,
    setAmount,
    tender,
    setTender,
    search,
    prints,
    send: (sale: Sale, change?: Confirmation) => void send(sale, change),
  }
}

/** Another page leads here for one room (`?room=`): it is chosen once, and the address says no more of it. */
function useAskedRoom(dispatch: ReturnType<typeof useFlow>[1]): void {
  const [params, setParams] = useSearchParams()
  const asked = params.get('room')
  useEffect(() => {
    if (asked === null) return
    dispatch({ do: 'choose', roomId: asked })
    setParams({}, { replace: true })
  }, [asked, dispatch, setParams])
}

/** Sends a sale once; a second press before the answer does nothing, whatever the screen shows. */
function usePost(dispatch: ReturnType<typeof useFlow>[1]) {
  const client = useClient()
  const busy = useRef(false)
  return async (sale: Sale): Promise<boolean> => {
    if (busy.current) return false
    busy.current = true
    try {
      const { intentId, roomId, amountFen, tender, confirmedDuplicate, confirmedLarge } = sale
      await client.call('recharge.create', {
        intentId,
        roomId,
        amountFen,
        tender,
        ...(confirmedDuplicate ? { confirmedDuplicate } : {}),
        ...(confirmedLarge ? { confirmedLarge } : {}),
      })
      dispatch({ do: 'saved' })
      return true
    } catch (error) {
      dispatch({ do: 'refused', error })
      return false
    } finally {
      busy.current = false
    }
  }
}

function useNamedKeys(keys: { back: () => void; tender: () => void; print: () => void }): void {
  useKeyHint('↑ ↓', 'recharge.key.choose')
  useKeyHint('Enter', 'recharge.key.next')
  useKeyHint('F2', 'recharge.key.tender')
  useKeyHint('F4', 'recharge.key.print')
  useKeyHint('F8', 'recharge.key.anyway')
  useDeskKey('Escape', keys.back)
  useDeskKey('F2', keys.tender)
  useDeskKey('F4', keys.print)
}
