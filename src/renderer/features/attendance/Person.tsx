import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isMasked, maskPhone } from '#shared/privacy.ts'
import { useWrite } from '../../api/queries.ts'
import { NONE } from '../../app/format.ts'
import { useWhyNot } from '../../app/why-not.tsx'

interface PersonProps {
  readonly name: string
  readonly phone: string | null
  readonly whole?: boolean
}

/** Somebody of a project: name first, masked number behind it; `whole` shows it as the core lets this operator see it. */
export function Person({ name, phone, whole = false }: PersonProps) {
  if (phone === null || phone === '') return <span>{name === '' ? NONE : name}</span>
  const number = whole ? (
    <Number key={phone} of={phone} />
  ) : (
    <span className="sd-figure">{maskPhone(phone)}</span>
  )
  if (name === '') return number
  return (
    <span>
      {name} <span className="sd-quiet">{number}</span>
    </span>
  )
}

/** The core sent it whole, or masked: then each look at the whole of it is audited. */
function Number({ of }: { of: string }) {
  const { t } = useTranslation()
  const why = useWhyNot('attendance.reveal')
  const [shown, setShown] = useState<string | null>(null)
  const reveal = useWrite('attendance.reveal', { onSuccess: ({ phone }) => setShown(phone) })
  if (!isMasked(of)) return <span className="sd-code">{of}</span>
  if (why !== null)
    return (
      <span className="sd-figure" title={why}>
        {of}
      </span>
    )
  const toggle = () => (shown === null ? reveal.mutate({ phone: of }) : setShown(null))
  return (
    <span>
      <span className="sd-code">{shown ?? of}</span>
      <Button size="small" type="link" loading={reveal.isPending} onClick={toggle}>
        {t(shown === null ? 'charging.showPhone' : 'charging.hidePhone')}
      </Button>
    </span>
  )
}
