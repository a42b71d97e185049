import { maskPhone } from '#shared/privacy.ts'
import { NONE } from '../../app/format.ts'
import { useMay } from '../../app/site.tsx'

interface PersonProps {
  readonly name: string
  readonly phone: string | null
  readonly whole?: boolean
}

/** Somebody of a project: name first, masked number behind it; `whole` shows the number to supervisors. */
export function Person({ name, phone, whole = false }: PersonProps) {
  const may = useMay('supervisor')
  if (phone === null || phone === '') return <span>{name === '' ? NONE : name}</span>
  const number = (
    <span className={whole && may ? 'sd-code' : 'sd-figure'}>{whole && may ? phone : maskPhone(phone)}</span>
  )
  if (name === '') return number
  return (
    <span>
      {name} <span className="sd-quiet">{number}</span>
    </span>
  )
}
