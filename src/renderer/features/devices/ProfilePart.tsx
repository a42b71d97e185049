import { useTranslation } from 'react-i18next'
import type { DeviceRow } from '#shared/contract/devices.ts'
import { useWrite } from '../../api/queries.ts'
import { MayButton } from '../../app/why-not.tsx'
import { Code, Facts } from '../../ui/figures.tsx'
import { EmptyState, ErrorState } from '../../ui/states.tsx'

/** How its firmware wants its frames (B-07), as the probe found it. */
export function ProfilePart({ device }: { device: DeviceRow }) {
  const { t } = useTranslation()
  const write = useWrite('devices.update')
  const { profile } = device
  if (profile === null) return <EmptyState what={t('devices.one.none')} />
  return (
    <div className="sd-stack device-profile">
      <Facts
        facts={[
          { label: t('devices.one.jamParity'), value: t(`devices.one.parity.${profile.jamParity}`) },
          { label: t('devices.one.sigCase'), value: t(`devices.one.case.${profile.sigCase}`) },
          { label: t('devices.one.tsFormat'), value: t(`devices.one.ts.${profile.tsFormat}`) },
          { label: t('devices.one.minutesWidth'), value: t(`devices.one.width.${profile.minutesWidth}`) },
          { label: t('devices.one.blink'), value: <Code>{profile.blink}</Code> },
          {
            label: t('devices.one.layout'),
            value: profile.layout ? (
              <Code>
                {[profile.layout.service, profile.layout.write, profile.layout.notify]
                  .map(shortUuid)
                  .join(' / ')}
              </Code>
            ) : (
              t('devices.one.layoutNone')
            ),
          },
        ]}
      />
      <div className="sd-actions">
        <MayButton
          operation="devices.update"
          title={t('devices.one.forgetHint')}
          loading={write.isPending}
          onClick={() => write.mutate({ deviceCode: device.deviceCode, profile: null })}
        >
          {t('devices.one.forget')}
        </MayButton>
        <span className="sd-quiet">{t('devices.one.forgetHint')}</span>
      </div>
      {write.error ? <ErrorState error={write.error} brief /> : null}
    </div>
  )
}

/** The Bluetooth base: `0000ffe000001000800000805f9b34fb` is ffe0. */
const shortUuid = (uuid: string) => /^0000(.{4})00001000800000805f9b34fb$/.exec(uuid)?.[1] ?? uuid
