import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Sheet } from './Sheet.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { isPhone } from './phone.ts'

/** A name and a phone: another keeper, another worker. */
export function PersonSheet(props: {
  readonly title: string | null
  readonly text: string
  readonly busy: boolean
  readonly error: unknown
  readonly onSure: (person: { phone: string; name: string }) => void
  readonly onClose: () => void
}) {
  const { t } = useTranslation()
  const [name, setName] = useState('')
  const [phone, setPhone] = useState('')
  const [tried, setTried] = useState(false)
  const wrong = isPhone(phone.trim()) ? null : t('attendance.importError.phoneInvalid')
  const sure = () => {
    setTried(true)
    if (wrong === null) props.onSure({ phone: phone.trim(), name: name.trim() })
  }
  return (
    <Sheet {...props} action={props.title ?? ''} blocked={name.trim() === ''} onSure={sure}>
      <TextField label={t('attendance.name')} value={name} onChange={setName} first />
      <TextField
        label={t('attendance.phone')}
        value={phone}
        onChange={setPhone}
        max={11}
        keys="numeric"
        wrong={tried ? wrong : null}
      />
    </Sheet>
  )
}
