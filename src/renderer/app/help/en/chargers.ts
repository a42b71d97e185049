import type { HelpTexts } from '../help.ts'

export const help: HelpTexts = {
  chargers: {
    what: 'Chargers nearby, the strongest first. Blink to see which is which, then choose some and install them.',
    steps: [
      ['Recognise one', 'Choose a row and press F2: its lights flash and nothing is changed.'],
      ['Scan a label', 'With the cursor in the search box, scan the label; the list goes to that charger.'],
      ['Install', 'Mark some with Space and press F8 to make a provisioning run.'],
    ],
    words: [
      ['Bluetooth name', 'BUC_ and 12 characters: its only identity on the air'],
      ['Faded', 'not heard for 10 s; grey after 30 s'],
    ],
    wrong:
      'None at all: see that it has power, come within 5 m, disconnect phones. If the line on top says that Bluetooth is off or not allowed, do what it says. Of two with one name, cut the power of one.',
  },
  'chargers/:name': {
    what: 'One charger: four ports, clock, commands, raw console and everything that was said to it.',
    steps: [
      ['Read its state', 'F9 reads the four ports; F2 blinks to make sure it is this one.'],
      [
        'Power a port',
        'When a port is free click "Power on", type minutes and a reason; stopping is here too.',
      ],
      ['Set the clock', 'When it is off by more than two seconds.'],
    ],
    words: [
      ['Broken (999)', 'the charger itself reports a broken port; it cannot be powered'],
      ['Jam code', 'six characters that sign commands; never shown'],
    ],
    wrong:
      'No reply does not mean not done: read the ports again. If a phone holds it, wait. Release it afterwards so that users can connect. Export the log for the maker.',
  },
  'chargers/registry': {
    what: 'The registry: code, alias, price and owner of every charger. Prices hold for new orders only.',
    steps: [
      ['Register', 'Provisioning does it by itself; or register by hand from the label, or import a sheet.'],
      ['Change many', 'Mark some and click "Change"; look at the preview first.'],
      ['Transfer', 'Give marked ones to another manager; all of them or none.'],
    ],
    words: [
      ['Code', 'the 1 to 8 characters on the label, as text'],
      ['No price', 'enabled and charged for, but the unit price is 0'],
    ],
    wrong:
      'If a code or name is taken, a label was used twice or misread; blink to find out. A charger with orders cannot be removed, only disabled.',
  },
  'chargers/registry/:deviceCode': {
    what: 'What is registered of one charger: code, alias, price, owner, how it talks, and what its ports last reported.',
    steps: [
      ['Change it', 'Edit alias, unit price or the most units; new orders use the new ones.'],
      ['Disable', 'Give a reason, which users get to see; enable it once it is repaired.'],
      ['On the spot', 'The Bluetooth page reads, blinks and sets the clock.'],
    ],
    words: [
      ['Most units', 'how many half hours may be bought at once, 1 to 12'],
      ['Profile', 'how this firmware wants its commands signed, found while installing'],
    ],
    wrong:
      'If it no longer answers after a new board, click "Forget profile"; the next connection finds it again. Unit price times most units stays below 1000 yuan.',
  },
  'chargers/labels': {
    what: 'QR labels for chargers: one code to bind it, one to charge with it, on label sheets or rolls.',
    steps: [
      ['Choose chargers', 'Search and add, or mark them in the registry and print from there.'],
      ['Choose paper', 'Pick the sheet; click the used places in the small picture to skip them.'],
      [
        'Print',
        'Print the calibration page on plain paper first, hold it against a sheet, then print or save a PDF.',
      ],
    ],
    words: [
      ['Shift', 'moves everything some millimetres when the printer is off'],
      ['Address', "what the code opens; {code} becomes the charger's code"],
    ],
    wrong:
      'If it is crooked, print at actual size without margins and measure the calibration line. If it does not fit, change the paper or make the code smaller.',
  },
  'chargers/runs': {
    what: 'Batches of chargers from found through clock and port tests to registered and labelled; failed ones wait for a retry at the end.',
    steps: [
      ['New run', 'Start from chargers nearby or from a list of codes.'],
      [
        'Go on',
        'Closing the laptop loses nothing; open the run and it continues with the first unfinished step.',
      ],
      ['Hand over', 'Open a finished run, print labels and the acceptance report.'],
    ],
    words: [
      ['Partly passed', 'some failed or were skipped; the report says why'],
      ['Acceptance report', 'what was done to each and who saw the lights, with the raw exchange'],
    ],
    wrong:
      'Only one run is active; pause or cancel it first. If the adapter is not the one you meant, look at Bluetooth in Settings.',
  },
  'chargers/runs/new': {
    what: 'List the chargers to install and check their codes; nothing is written to any of them before you begin.',
    steps: [
      ['Add', 'From those nearby, by pasting, scanning labels, or from a sheet.'],
      ['Check', 'Each line says what it found; "number in order" fills in missing codes.'],
      ['Begin', 'Choose the ports to test and press Ctrl Enter.'],
    ],
    words: [
      ['Not heard', 'no signal lately; it is looked for again after the start'],
      ['Two of one name', 'cut the power of one and wait half a minute'],
    ],
    wrong:
      'A taken code belongs to another charger: use another label. The list stays on this computer when you leave. A run takes 500 chargers at most.',
  },
  'chargers/runs/:runId': {
    what: 'A run under way: one line a charger from found to labelled. It asks whether a light is on, and a person answers.',
    steps: [
      ['Answer', 'Look at the light: Y or Enter for on, N for off, → for the next question.'],
      ['Pause', 'It stops after the present step; closing the laptop loses nothing.'],
      ['Retry', 'At the end put right what failed, each with its reason, and try again.'],
    ],
    words: [
      ['Installer mode', 'large text and buttons for one hand'],
      ['Read back', 'read again after writing; only the same value passes'],
    ],
    wrong:
      'After a minute the light goes off by itself; answer yes if it was on. Below −85 dBm come closer. A cancelled run cannot be continued.',
  },
}
