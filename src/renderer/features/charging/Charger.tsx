import { useTranslation } from 'react-i18next'

/** A charger in a row: what people call it, its code behind it. */
export function ChargerName({
  alias,
  deviceCode,
  port,
}: {
  alias: string
  deviceCode: string
  port?: number
}) {
  const { t } = useTranslation()
  return (
    <span>
      {alias === '' ? null : `${alias} `}
      <span className={alias === '' ? 'sd-code' : 'sd-code sd-quiet'}>{deviceCode}</span>
      {port === undefined ? null : ` · ${t('charging.portNo', { port })}`}
    </span>
  )
}

export const chargerText = (alias: string, deviceCode: string): string =>
  alias === '' ? deviceCode : `${alias}（${deviceCode}）`
