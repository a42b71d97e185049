import type { HelpTexts } from '../help.ts'

export const help: HelpTexts = {
  charging: {
    what: 'The charging business at a glance: orders, hours, money due and cash, against the same span before; what needs a person is on top.',
    steps: [
      ['Deal with things', 'Click a tile: ports, unpaid orders, withdrawals, coin purchases, refunds.'],
      ['See the busy hours', 'The map of ports and hours shows which are busiest.'],
      ['Change the span', 'Today, 7 days or 30 days.'],
    ],
    words: [
      ['Due', 'the amounts of orders, cancelled ones left out'],
      ['Cash', 'money that really came in, without coins'],
    ],
    wrong:
      'No orders: see whether the LAN service is on and the mini-program has its address. Figures go by the time of order, so they need not agree with the batches of withdrawals.',
  },
  'charging/ports': {
    what: 'The four ports of each charger as last reported; time left counts down from that report.',
    steps: [
      ['See it now', 'When you are near, open a row and read the ports over Bluetooth.'],
      ['Find broken ones', 'Filter by "broken" and send somebody.'],
      ['See orders', 'Open a row for the orders that run on its ports.'],
    ],
    words: [
      ['Reported at', 'when the charger or a phone last told this computer'],
      ['Should have ended', 'by the last report it is over; only another reading can tell'],
    ],
    wrong:
      'An old report is no fault: nobody used it since. If a port is free and a user cannot charge, read it once and look under Exceptions.',
  },
  'charging/orders': {
    what: 'One order for each charging, newest first; totals leave cancelled ones out.',
    steps: [
      ['Take cash', 'Open an unpaid one, click "Confirm payment", read the amount; it cannot be undone.'],
      ['Cancel', 'If it did not charge, cancel with a reason; held coins go back.'],
      ['Look at a user', 'Open an order for his last week and his page.'],
    ],
    words: [
      ['Being paid', 'a payment was begun on the phone and its end is not known'],
      ['Unit', 'half an hour; prices are per unit'],
    ],
    wrong:
      'For one being paid, ask the payment platform first, so that nobody pays twice. Money that comes in after it was settled is listed under refunds.',
  },
  'charging/abnormal': {
    what: 'Ports that do not fit their orders, orders not settled and money to give back, all in one place.',
    steps: [
      ['Read the ports first', 'In each row read the ports, then do what is proposed.'],
      ['Power off', 'When it charges without an order and you are sure; whoever uses it stops at once.'],
      ['Record a refund', 'Give the money back, then write here how.'],
    ],
    words: [
      ['Zombie', 'an order and its port that say different things'],
      ['Past its end', 'power was cut in between, so the time moved on'],
    ],
    wrong:
      'If the ports cannot be read, come closer or wait for the next report; never cut power by guess. The list checks itself every half minute.',
  },
  'charging/users': {
    what: 'People who charge with the mini-program: coins, unpaid orders, and whether they are on a blacklist.',
    steps: [
      [
        'Find somebody',
        'Search by phone or name; whole numbers are for supervisors and cashiers, and each look is audited.',
      ],
      ['Check the books', "Open the user's page for orders, coin ledger and purchases."],
      ['Who owes', 'Filter by "unpaid orders: yes".'],
    ],
    words: [
      ['Coins', 'bought in advance, can be given away, spent on orders, never below zero'],
      ['Held', 'coins kept back while a payment is under way'],
    ],
    wrong:
      'If coins did not arrive, see whether the purchase still waits. Somebody who is not listed never signed in to the mini-program.',
  },
  'charging/users/:user': {
    what: 'One user: orders, every movement of coins, purchases and blacklists.',
    steps: [
      ['See orders', 'The last 7 days; change the date to see older ones.'],
      ['Check coins', '"Ledger agrees with balance" is how it has to be; each movement has its cause.'],
      ['Restrict', 'Click "Add to blacklist" and choose whose chargers.'],
    ],
    words: [
      ['Coin ledger', 'every movement; the balance is its sum'],
      ['Given', 'sent to another user, who received it'],
    ],
    wrong:
      'If the ledger disagrees with the balance, confirm no purchases for this person; export ledger and audit for support. Do not mend it with gifts.',
  },
  'charging/coins': {
    what: 'Purchases of coins, waiting ones first; take the money, confirm here, and the coins are there.',
    steps: [
      ['Confirm', 'Open a waiting one, read amount and user, click "Confirm payment".'],
      ['Look at one person', 'Type the 11 digits of the phone.'],
      ['Sum up', 'Choose dates, read the total, export.'],
    ],
    words: [
      ['Waiting', 'ordered in the mini-program, money not taken yet'],
      ['Closed', 'the payment was not finished; no coins were given'],
    ],
    wrong:
      'It cannot be undone: count the money first. With WeChat Pay the desk asks for the result itself; only when the platform does not answer go on with a reason.',
  },
  'charging/blacklist': {
    what: 'Who may not use whose chargers. Only people who used them can be put on it.',
    steps: [
      ['Add', 'Click "Add", type the user\'s phone and choose the manager.'],
      ['Remove', 'Click "Remove" in the row; he can order again at once.'],
      ['Look up', 'Filter by the phone of user or manager.'],
    ],
    words: [
      ['Manager', 'who has chargers and their income; an operator of this desk is somebody else'],
      ['Running charge', 'not touched; it goes on to its end'],
    ],
    wrong:
      'If somebody cannot be added, he never ordered from this manager; check the number. Managers add people in the mini-program as well; it is the same list.',
  },
  'charging/managers': {
    what: 'The chargers of each manager, what can be withdrawn and what was paid out.',
    steps: [
      ['Look at one', 'Click a row for his orders, withdrawals and blacklist.'],
      [
        'Check income',
        'Withdrawable, being withdrawn and paid together are the income of his settled orders.',
      ],
      ['Export', 'At the end of the month for accounting.'],
    ],
    words: [
      ['Withdrawable', 'settled income that is in no batch yet'],
      ['Service', 'a share set in Settings, taken when he withdraws'],
    ],
    wrong:
      'If income is missing, look for orders that are not settled. A charger with the wrong owner is transferred in the registry; past orders and income stay where they are.',
  },
  'charging/cashouts': {
    what: 'Withdrawals managers asked for, waiting ones first; transfer the money, then record the outcome here.',
    steps: [
      ['Pay', 'Show the account, transfer in your bank, click "Paid"; it cannot be undone.'],
      ['Account changed', 'Call him first; two supervisors confirm one after the other.'],
      ['Cannot be paid', 'Click "Failed" with the reason; the orders can be withdrawn again.'],
    ],
    words: [
      ['Account changed', 'another account than the last paid one'],
      ['Batch', 'all orders of one request, decided once'],
    ],
    wrong:
      'You cannot be the second person yourself. Showing an account is audited. If name and account disagree, record it as failed and let him ask again.',
  },
  'charging/professions': {
    what: 'What users choose from when they first open the mini-program, such as student, teacher or staff.',
    steps: [
      ['Add', 'A number from 1 to 99 and a name of up to 20 characters.'],
      ['Rename', 'Click "Rename" in a row; everybody who chose it follows.'],
      ['Remove', 'Only while nobody has it.'],
    ],
    words: [
      ['Number', 'what the mini-program uses; do not change it once it is set'],
      ['Users', 'how many people chose it'],
    ],
    wrong:
      'If a number is taken, use another, or rename that row. What is removed disappears from the mini-program at once; the history of its orders stays as it was.',
  },
}
