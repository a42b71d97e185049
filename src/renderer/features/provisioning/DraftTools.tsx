import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DEVICE_CODE } from '#shared/chargers.ts'
import { useRead } from '../../api/queries.ts'
import { nextCode, numberRows } from './draft.ts'
import type { Draft } from './use-draft.ts'

/** Codes in use that are looked at for the next free one. */
const LOOK_AT = 200

/** Fills missing codes one after another, from the next free one; empties the list. */
export function DraftTools({ draft }: { draft: Draft }) {
  const { t } = useTranslation()
  const last = useRead('devices.list', { sort: 'deviceCode', order: 'descending', limit: LOOK_AT })
  const [typed, setTyped] = useState<string | null>(null)
  const used = (last.data?.rows ?? []).map(({ deviceCode }) => deviceCode)
  const own = draft.rows.map(({ deviceCode }) => deviceCode)
  const suggested = last.data ? nextCode([...used, ...own]) : ''
  const first = typed ?? suggested
  const missing = draft.rows.some(({ deviceCode, name }) => deviceCode === '' && name !== '')
  return (
    <span className="run-tools">
      {missing ? (
        <>
          <label className="run-from">
            <span className="sd-quiet">{t('provisioning.create.numberFrom')}</span>
            <Input
              size="small"
              className="sd-code"
              maxLength={8}
              value={first}
              onChange={(event) => setTyped(event.target.value.trim())}
            />
          </label>
          <Button
            size="small"
            title={t('provisioning.create.numberHint')}
            disabled={!DEVICE_CODE.test(first)}
            onClick={() => {
              draft.setCodes(numberRows(draft.rows, first, used))
              setTyped(null)
            }}
          >
            {t('provisioning.create.number')}
          </Button>
        </>
      ) : null}
      <Button size="small" type="text" onClick={draft.clear}>
        {t('provisioning.create.clear')}
      </Button>
    </span>
  )
}
