import { LockOutlined, UnlockOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../app/site.tsx'
import { lockStateOf, type Lock } from './lock.ts'

/** Beside a day or a shift: closed, or about to be; nothing where it is free. */
export function LockMark({ lock, at }: { lock: Lock | null; at: number }) {
  const { t } = useTranslation()
  const format = useFormat()
  const state = lockStateOf(lock, at, format.now())
  if (state === 'free' || lock === null) return null
  const text = t(`timesheets.lock.mark.${state}`, { until: format.full(lock.graceUntil).slice(0, 16) })
  const Icon = state === 'locked' ? LockOutlined : UnlockOutlined
  return <Icon role="img" aria-label={text} title={text} />
}
