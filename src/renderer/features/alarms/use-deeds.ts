import { App } from 'antd'
import { useTranslation } from 'react-i18next'
import type { AlarmRow } from '#shared/contract/alarms.ts'
import { useErrorText } from '../../app/i18n/dynamic.ts'
import { useMay, useSite } from '../../app/site.tsx'
import { useWrite } from '../../api/queries.ts'
import { useReasons } from '../../app/why-not.tsx'

export const SNOOZES = [1, 8, 24, 168] as const
export type SnoozeHours = (typeof SNOOZES)[number]

const HOUR_MS = 3_600_000

/** What an operator may do with these alarms, and does. */
export function useDeeds(rows: readonly Pick<AlarmRow, 'id' | 'state'>[], done?: () => void) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const errorText = useErrorText()
  const site = useSite()
  const leads = useMay('supervisor')
  const acknowledge = useWrite('alarms.acknowledge')
  const snooze = useWrite('alarms.snooze')
  const assign = useWrite('alarms.assign')
  const open = rows.filter(({ state }) => state !== 'cleared').map(({ id }) => id)
  const after = async (work: Promise<{ changed: number }>) => {
    try {
      const { changed } = await work
      void message.info(t('alarms.done', { n: changed }))
      done?.()
    } catch (error) {
      void message.error(errorText(error).what)
    }
  }
  const raised = rows.filter(({ state }) => state === 'raised').map(({ id }) => id)
  const me = site.hello.operator?.name ?? ''
  const reasons = useReasons()
  const why = {
    acknowledge: reasons('alarms.acknowledge'),
    snooze: reasons('alarms.snooze'),
    assign: reasons('alarms.assign'),
  }
  return {
    why,
    leads,
    me,
    open,
    raised,
    acknowledge() {
      if (why.acknowledge === null && raised.length > 0) void after(acknowledge.mutateAsync({ ids: raised }))
    },
    snooze(hours: SnoozeHours) {
      const until = site.now() + hours * HOUR_MS
      if (why.snooze === null && open.length > 0) void after(snooze.mutateAsync({ ids: open, until }))
    },
    wake() {
      if (why.snooze === null && open.length > 0) void after(snooze.mutateAsync({ ids: open, until: null }))
    },
    assign(assignee: string | null) {
      if (why.assign === null && open.length > 0) void after(assign.mutateAsync({ ids: open, assignee }))
    },
  }
}
export type Deeds = ReturnType<typeof useDeeds>
