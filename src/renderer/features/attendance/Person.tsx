import { NONE } from '../../app/format.ts'
import { Person as Named } from '../charging/Phone.tsx'

/** Somebody of a project: name first, masked number behind it; `whole` shows the number to supervisors. */
export function Person({
  name,
  phone,
  whole = false,
}: {
  name: string
  phone: string | null
  whole?: boolean
}) {
  if (phone === null || phone === '') return <span>{name === '' ? NONE : name}</span>
  return <Named name={name} phone={phone} whole={whole} />
}
