import type { HelpTexts } from '../help.ts'

export const help: HelpTexts = {
  alarms: {
    what: 'What is wrong, who deals with it, and what became of it. An alarm clears by itself when its cause is gone; its history stays.',
    steps: [
      [
        'Acknowledge',
        'Choose one, read subject and figure, click "Acknowledge"; others see that somebody looks at it.',
      ],
      ['Take it', 'Click "I will do it", and leave a comment when it is done.'],
      ['Snooze', 'When you know the cause, silence it for hours or days.'],
    ],
    words: [
      ['Cleared', 'the cause is gone, or somebody cleared it with a reason'],
      ['Digest', 'many of a kind become one; open it to see all'],
    ],
    wrong:
      'If the cause still holds after it was cleared by hand, it says so and does not ring again. If one keeps coming back, change its limit and hysteresis under rules.',
  },
  'alarms/rules': {
    what: 'Which conditions are watched and from where on they are an alarm; every rule can be switched and its limits changed.',
    steps: [
      ['Change a limit', 'Open a rule, change the limit or the second level, save; the next check uses it.'],
      ['Fewer alarms', 'A larger hysteresis or delay ignores what crosses for a moment.'],
      ['Switch off', 'Rules that do not fit this site; alarms that stand do not go with it.'],
    ],
    words: [
      ['Hysteresis', 'how far it has to go back before it can ring again'],
      ['Delay', 'how long it has to hold'],
    ],
    wrong:
      'If an alarm is missing, see whether its rule is on and when it was last checked. Only supervisors and administrators change rules.',
  },
  'alarms/log': {
    what: 'Each step of each alarm: when it was raised, who acknowledged it, what was said, how it ended.',
    steps: [
      ['Look something up', 'Filter by subject, rule or date and read it from below.'],
      ['Look at a person', 'Filter by operator to see what he dealt with.'],
      ['Hand it on', 'Filter, then export it for the supervisor or the vendor.'],
    ],
    words: [
      ['By itself', 'a step of the program, nobody took it'],
      ['Second level', 'it became worse than its first limit'],
    ],
    wrong:
      'Nothing can be edited or deleted here. If an entry is missing, widen the dates; what was put in a digest stands inside that one.',
  },
  'alarms/channels': {
    what: 'How alarms reach people: notifications of this computer, a webhook, a WeCom group robot, and what came of each message.',
    steps: [
      ['Set one up', 'Enter the address, choose which levels it gets, test it, then switch it on.'],
      ['See what was sent', 'The log below has time, answer and retries.'],
      ['Switch off', 'Alarms stay in the centre all the same.'],
    ],
    words: [
      ['Robot', 'added to a WeCom group, which gives an address for it'],
      ['Webhook', 'hands alarms to another program'],
    ],
    wrong:
      'A failed test says why: wrong address, not reachable, or refused. An alarm that could not be sent is not lost; the centre has it.',
  },
}
