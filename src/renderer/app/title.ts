/** The window's title: the page, and before it how many alarms wait, so that a tab in the background tells. */
let page = ''
let waiting = 0

const show = () => {
  document.title = waiting > 0 ? `(${waiting}) ${page}` : page
}

export function setPageTitle(text: string): void {
  page = text
  show()
}

export function setWaitingAlarms(n: number): void {
  if (n === waiting) return
  waiting = n
  if (page !== '') show()
}
