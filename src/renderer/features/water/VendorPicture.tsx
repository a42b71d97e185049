import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRead } from '../../api/queries.ts'
import { Notice, Reading } from '../../ui/states.tsx'

/** The vendor's own chart: asked for only when somebody opens it (I-29, W-26). */
export function VendorPicture({ deviceCode }: { deviceCode: string }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  return (
    <section>
      <h2 className="sd-quiet">{t('water.detail.vendor')}</h2>
      <div className="sd-stack">
        <div className="sd-actions">
          <Button onClick={() => setOpen(!open)}>
            {t(open ? 'water.detail.close' : 'water.detail.open')}
          </Button>
          <span className="sd-quiet">{t('water.detail.vendorNote')}</span>
        </div>
        {open ? <Picture deviceCode={deviceCode} /> : null}
      </div>
    </section>
  )
}

function Picture({ deviceCode }: { deviceCode: string }) {
  const { t } = useTranslation()
  const found = useRead('water.picture', { device_code: deviceCode }, { keepPrevious: false })
  return (
    <Reading read={found} lines={5}>
      {({ picture, problem, host }) =>
        picture ? (
          <img
            className="water-picture"
            alt={t('water.detail.vendor')}
            src={`data:${picture.type};base64,${picture.base64}`}
          />
        ) : (
          <Notice tone="attention">
            {t(`water.detail.problem.${problem ?? 'none'}`, { host: host ?? '' })}
          </Notice>
        )
      }
    </Reading>
  )
}
