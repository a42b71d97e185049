import type { HelpTexts } from '../help.ts'

export const help: HelpTexts = {
  alarms: {
    what: 'What is wrong, who deals with it, and what became of it. An alarm clears by itself when its cause is gone; its history stays.',
    steps: [
      [
        'Acknowledge',
        'Open one, read subject and figure, click "Acknowledge" or press A: others see that somebody looks at it. Ticked rows go together.',
      ],
      [
        'Assign',
        'M makes it yours, or choose an assignee; giving it to others takes a supervisor. Comment when it is done.',
      ],
      [
        'Snooze',
        'When you know the cause, silence it for 1 hour to 7 days; it rings earlier when it becomes worse.',
      ],
    ],
    words: [
      ['Cleared', 'the cause is gone, or somebody cleared it with a reason'],
      ['Digest', 'many of a kind become one; open it, then "Open" lists them'],
    ],
    wrong:
      'If the cause still holds after it was cleared by hand, it says so and does not ring again. If one keeps coming back, change its limit and hysteresis under rules.',
  },
  'alarms/rules': {
    what: 'Which conditions are watched and from where on they are an alarm; every rule can be switched and its limits changed.',
    steps: [
      ['Change a limit', 'Open a rule, change the limit or the second level, save; the next check uses it.'],
      ['Fewer alarms', 'A larger hysteresis or delay ignores what crosses for a moment.'],
      [
        'Switch off',
        'Rules that do not fit this site; its open alarms are cleared with it, their history stays.',
      ],
    ],
    words: [
      ['Hysteresis', 'how far it has to go back before it can ring again'],
      ['Delay', 'how long it has to hold; a restart of the program counts on'],
    ],
    wrong:
      'If an alarm is missing, see whether its rule is on and when it was last checked. Only supervisors and administrators change rules.',
  },
  'alarms/log': {
    what: 'Each step of each alarm: when it was raised, who acknowledged it, what was said, how it ended.',
    steps: [
      ['Look at a day', 'Choose the dates; the newest stands on top.'],
      ['Look something up', 'Open the alarm itself: its history has each step.'],
      ['Hand it on', 'Choose the dates, export, and filter the sheet by operator or rule.'],
    ],
    words: [
      ['By itself', 'a step of the program, nobody took it'],
      ['Second level', 'it became worse than its first limit'],
    ],
    wrong:
      'Nothing can be edited or deleted here. If an entry is missing, widen the dates; the steps of what a digest stands for are here too.',
  },
  'alarms/channels': {
    what: 'How alarms leave this computer: a webhook, a WeCom group robot, and what came of each message. Notices of the desktop are switched in the settings.',
    steps: [
      [
        'Set one up',
        'Under Settings enter address and key, choose from which severity on, switch it on; back here send a test.',
      ],
      ['See what was sent', 'The log below has time, answer and retries.'],
      ['Switch off', 'In the settings; the list of alarms has them all the same.'],
    ],
    words: [
      [
        'Robot',
        'added to a WeCom group; what follows key= in its address is the key and is entered by itself',
      ],
      ['Webhook', 'hands alarms to another program'],
    ],
    wrong:
      'A failed test says why: no address, not reachable, or refused. What did not arrive is tried six times within three hours, over a restart too; the list of alarms has it in any case.',
  },
}
