import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { maskPhone } from '#shared/privacy.ts'
import { useWrite } from '../../api/queries.ts'
import { NONE } from '../../app/format.ts'
import { useMay } from '../../app/site.tsx'
import { useWhyNot } from '../../app/why-not.tsx'

type Whose = 'user' | 'manager'

/** A phone number, masked as it came or by the list; with `whole` all of it, to who may see it. */
export function Phone({ of, whole }: { of: string; whole?: Whose }) {
  const may = useMay('supervisor')
  if (of === '') return <span className="sd-figure">{NONE}</span>
  if (!whole) return <span className="sd-figure">{maskPhone(of)}</span>
  return may ? <span className="sd-code">{of}</span> : <Revealable key={of} of={of} whose={whole} />
}

/** The core sent it masked; each look at the whole of it is audited. */
function Revealable({ of, whose }: { of: string; whose: Whose }) {
  const { t } = useTranslation()
  const why = useWhyNot('users.reveal')
  const [shown, setShown] = useState<string | null>(null)
  const reveal = useWrite('users.reveal', { onSuccess: ({ phone }) => setShown(phone) })
  if (why !== null)
    return (
      <span className="sd-figure" title={why}>
        {of}
      </span>
    )
  const toggle = () => (shown === null ? reveal.mutate({ whose, phone: of }) : setShown(null))
  return (
    <span className="cg-reveal">
      <span className="sd-code">{shown ?? of}</span>
      <Button size="small" type="link" loading={reveal.isPending} onClick={toggle}>
        {t(shown === null ? 'charging.showPhone' : 'charging.hidePhone')}
      </Button>
    </span>
  )
}

/** Name first, number behind it. */
export function Person({ name, phone, whole }: { name: string; phone: string; whole?: Whose }) {
  const number = <Phone of={phone} {...(whole ? { whole } : {})} />
  if (name === '') return number
  return (
    <span>
      {name} <span className="sd-quiet">{number}</span>
    </span>
  )
}
