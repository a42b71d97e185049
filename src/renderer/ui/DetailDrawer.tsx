import { Button, Drawer } from 'antd'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

/** The essentials of a row beside its list; Esc closes it. */
export function DetailDrawer<Row>(props: {
  /** null: closed */
  row: Row | null
  title: (row: Row) => ReactNode
  body: (row: Row, close: () => void) => ReactNode
  link?: ((row: Row) => string) | undefined
  onClose: () => void
}) {
  const { t } = useTranslation()
  // keeps the last row drawn while the drawer slides out
  const [shown, setShown] = useState(props.row)
  if (props.row !== null && props.row !== shown) setShown(props.row)
  const link =
    shown !== null && props.link ? (
      <Link to={props.link(shown)}>
        <Button type="primary">{t('common.action.open')}</Button>
      </Link>
    ) : null
  return (
    <Drawer
      open={props.row !== null}
      onClose={props.onClose}
      size={420}
      mask={false}
      title={shown === null ? null : props.title(shown)}
      extra={link}
    >
      {shown === null ? null : props.body(shown, props.onClose)}
    </Drawer>
  )
}
