import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

export function ToSync() {
  const { t } = useTranslation()
  return (
    <Link to="/sync">
      <Button>{t('water.toSync')}</Button>
    </Link>
  )
}
