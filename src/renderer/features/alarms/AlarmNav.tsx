import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'react-router'
import { useMay } from '../../app/site.tsx'

/** The pages about alarms, each one step from the others. */
export function AlarmNav() {
  const { t } = useTranslation()
  const { pathname } = useLocation()
  const leads = useMay('supervisor')
  const pages = [
    { to: '/alarms', label: t('alarms.title') },
    { to: '/alarms/rules', label: t('alarms.rules.title') },
    { to: '/alarms/log', label: t('alarms.log.title') },
    ...(leads ? [{ to: '/alarms/channels', label: t('alarms.channels.title') }] : []),
  ]
  return (
    <>
      {pages
        .filter(({ to }) => to !== pathname)
        .map(({ to, label }) => (
          <Link key={to} to={to}>
            <Button>{label}</Button>
          </Link>
        ))}
    </>
  )
}
