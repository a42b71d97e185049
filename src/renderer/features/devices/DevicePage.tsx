import { App, Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useParams } from 'react-router'
import type { DeviceRow } from '#shared/contract/devices.ts'
import { useRead, useWrite } from '../../api/queries.ts'
import { codeOf, useErrorText } from '../../app/i18n/dynamic.ts'
import { useMay } from '../../app/site.tsx'
import { MayButton } from '../../app/why-not.tsx'
import { DetailPage } from '../../ui/DetailPage.tsx'
import { Code, State } from '../../ui/figures.tsx'
import { NotThere } from '../../ui/NotThere.tsx'
import { Reading } from '../../ui/states.tsx'
import { useDeviceFacts } from './DeviceEssentials.tsx'
import { EditForm } from './EditForm.tsx'
import { EnableDialog } from './EnableDialog.tsx'
import { labelsPath, radioPath } from './paths.ts'
import { ProfilePart } from './ProfilePart.tsx'
import './devices.css'

/** One charger as the registry knows it; its radio has a page of its own. */
export function DevicePage() {
  const { t } = useTranslation()
  const { deviceCode = '' } = useParams()
  const device = useRead('devices.get', { deviceCode }, { keepPrevious: false })
  if (device.error && ['NOT_FOUND', 'INVALID_INPUT'].includes(codeOf(device.error)))
    return (
      <NotThere
        what={t('devices.notFound')}
        action={
          <Link to="/chargers/registry">
            <Button>{t('devices.back')}</Button>
          </Link>
        }
      />
    )
  return (
    <Reading read={device} lines={12}>
      {(data) => <OneDevice device={data} />}
    </Reading>
  )
}

function OneDevice({ device }: { device: DeviceRow }) {
  const { t } = useTranslation()
  const facts = useDeviceFacts(device)
  const title = device.alias || device.deviceCode
  return (
    <DetailPage
      title={title}
      purpose={
        <>
          <Code>{device.deviceCode}</Code> · <Code>{device.btName}</Code>
        </>
      }
      titleText={title}
      state={
        <State tone={device.state === 0 ? 'good' : 'attention'}>
          {t(device.state === 0 ? 'devices.enabled' : 'devices.disabled')}
        </State>
      }
      back={{ to: '/chargers/registry', label: t('devices.back') }}
      actions={<Actions device={device} />}
      facts={facts}
      main={<EditForm key={device.updatedAt} device={device} />}
      tabs={[{ key: 'radio', label: t('devices.one.radio'), children: <ProfilePart device={device} /> }]}
    />
  )
}

function Actions({ device }: { device: DeviceRow }) {
  const { t } = useTranslation()
  const [turning, setTurning] = useState(false)
  const installer = useMay('installer', 'supervisor')
  const to = device.state === 0 ? 1 : 0
  return (
    <>
      <Remove device={device} />
      <MayButton operation="devices.updateMany" onClick={() => setTurning(true)}>
        {t(to === 1 ? 'devices.disable' : 'devices.enable')}
      </MayButton>
      <EnableDialog codes={[device.deviceCode]} to={to} open={turning} onClose={() => setTurning(false)} />
      {installer ? (
        <>
          <Link to={labelsPath([device.deviceCode])}>
            <Button>{t('devices.labels')}</Button>
          </Link>
          <Link to={radioPath(device.btName)}>
            <Button type="primary">{t('devices.radioPage')}</Button>
          </Link>
        </>
      ) : null}
    </>
  )
}

function Remove({ device }: { device: DeviceRow }) {
  const { t } = useTranslation()
  const { modal, message } = App.useApp()
  const errorText = useErrorText()
  const navigate = useNavigate()
  const remove = useWrite('devices.remove', { onSuccess: () => void navigate('/chargers/registry') })
  const code = device.deviceCode
  const ask = () =>
    void modal.confirm({
      title: t('devices.removeTitle', { code }),
      content: t('devices.removeText'),
      okText: t('devices.remove'),
      okButtonProps: { danger: true },
      cancelText: t('common.action.cancel'),
      onOk: () =>
        remove.mutate(
          { deviceCode: code },
          {
            onError: (error) => {
              const { what, todo } = errorText(error)
              void message.error(`${what} · ${todo}`)
            },
          },
        ),
    })
  return (
    <MayButton operation="devices.remove" danger type="text" onClick={ask}>
      {t('devices.remove')}
    </MayButton>
  )
}
