import { ArrowLeftOutlined } from '@ant-design/icons'
import { Link } from 'react-router'

export interface Back {
  readonly to: string
  readonly label: string
}

/** To the list that this one thing stands in. */
export function BackLink({ to, label }: Back) {
  return (
    <Link className="sd-back" to={to}>
      <ArrowLeftOutlined /> {label}
    </Link>
  )
}
