import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { NotThere } from '../ui/NotThere.tsx'

export function NotFound() {
  const { t } = useTranslation()
  const action = (
    <Link to="/">
      <Button>{t('shell.toToday')}</Button>
    </Link>
  )
  return <NotThere what={t('shell.notFound')} todo={t('shell.notFoundTodo')} action={action} />
}
