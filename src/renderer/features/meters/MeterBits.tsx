import { Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import type { MeterRow } from '#shared/contract/meters.ts'
import { NONE } from '../../app/format.ts'
import { useFormat } from '../../app/site.tsx'
import { State, Time } from '../../ui/figures.tsx'
import { gateWord, isCut, SILENT_MS } from './words.ts'

/** 电表, 水表; an unknown class shows the vendor's own code (I-10). */
export function KindText({ row }: { row: Pick<MeterRow, 'kind' | 'typeCode'> }) {
  const { t } = useTranslation()
  if (row.kind !== 'unknown' || row.typeCode === '') return t(`meters.kind.${row.kind}`)
  return t('meters.kindCode', { code: row.typeCode })
}

export function OnlineState({ row }: { row: Pick<MeterRow, 'online' | 'onlineRaw'> }) {
  const { t } = useTranslation()
  if (row.online === 'unknown') return <State>{row.onlineRaw || t('meters.online.unknown')}</State>
  return (
    <State tone={row.online === 'offline' ? 'attention' : 'neutral'}>
      {t(`meters.online.${row.online}`)}
    </State>
  )
}

/** 跳闸 of a breaker, 关阀 of a valve; a word of the vendor that is none we know stands as it came (I-09). */
export function GateState({ row }: { row: Pick<MeterRow, 'kind' | 'gate' | 'gateRaw'> }) {
  const { t } = useTranslation()
  const word = gateWord(row.kind, row.gate)
  if (word === 'none') return <State>{row.gateRaw || NONE}</State>
  return <State tone={isCut(row) ? 'attention' : 'neutral'}>{t(`meters.gate.${word}`)}</State>
}

/** How long ago a meter was read; marked when that is longer than two days. */
export function Age({ at }: { at: number | null }) {
  const format = useFormat()
  if (at === null) return NONE
  const silent = format.now() - at > SILENT_MS
  return (
    <State tone={silent ? 'attention' : 'neutral'}>
      <span title={format.full(at)}>{format.age(at)}</span>
    </State>
  )
}

/** When, and how long ago. */
export function ReadAt({ at }: { at: number | null }) {
  return (
    <>
      <Time at={at} />
      {at === null ? null : ' · '}
      {at === null ? null : <Age at={at} />}
    </>
  )
}

export function Removed({ row }: { row: Pick<MeterRow, 'active'> }) {
  const { t } = useTranslation()
  if (row.active) return null
  return (
    <Tooltip title={t('meters.inactiveHint')}>
      <span className="sd-chip" data-tone="neutral">
        {t('meters.inactive')}
      </span>
    </Tooltip>
  )
}
