import { useTranslation } from 'react-i18next'
import { NONE } from '../../app/format.ts'
import { useMay } from '../../app/site.tsx'

/** `138****1234`: in lists nobody's whole number stands about. */
export const maskPhone = (phone: string): string =>
  phone.length === 11 ? `${phone.slice(0, 3)}****${phone.slice(7)}` : phone

/** A phone number, masked; `whole` shows all of it to supervisors. */
export function Phone({ of, whole = false }: { of: string; whole?: boolean }) {
  const { t } = useTranslation()
  const may = useMay('supervisor')
  if (of === '') return <span className="sd-figure">{NONE}</span>
  if (whole && may) return <span className="sd-code">{of}</span>
  return (
    <span className="sd-figure" {...(whole ? { title: t('charging.hidden') } : {})}>
      {maskPhone(of)}
    </span>
  )
}

/** Name first, number behind it. */
export function Person({ name, phone, whole = false }: { name: string; phone: string; whole?: boolean }) {
  if (name === '') return <Phone of={phone} whole={whole} />
  return (
    <span>
      {name}{' '}
      <span className="sd-quiet">
        <Phone of={phone} whole={whole} />
      </span>
    </span>
  )
}
