import type { HelpTexts } from '../help.ts'

export const help: HelpTexts = {
  lan: {
    what: 'What the mini-programs talk to: phones scan, order, pay and report work through it, on the local network only.',
    steps: [
      ['Start', 'Choose network card and port, click "Start"; put the address shown into the mini-program.'],
      [
        'New credentials',
        '"Generate" makes an appKey that is shown once; the old one can stay valid for some days.',
      ],
      ['Connect WeChat', 'Fill in login and payment and test them step by step.'],
    ],
    words: [
      ['Jam code', 'ends the signed text; the same on both sides'],
      ['AP isolation', 'the router keeps phones from seeing this computer'],
    ],
    wrong:
      'A phone cannot reach it: same Wi-Fi? Then follow "Firewall". If the port is taken use another. The request inspector says why requests are refused.',
  },
  'lan/requests': {
    what: 'Every request of the mini-programs as it comes; phones and keys are hidden, the last thousand are kept.',
    steps: [
      ['Find refused ones', 'Filter by "refused" and open one to see what is wrong.'],
      ['Hold still', 'P pauses and resumes.'],
      ['Compute a signature', 'C goes to the calculator; paste the parameters.'],
    ],
    words: [
      ['Code 2', 'wrong signature; open the request to see where it differs'],
      ['Replayed', 'the very same request again; it got the same answer and nothing was done twice'],
    ],
    wrong:
      'None at all: the service is off, or the phone uses another address. A restart empties the list; export what you want to keep.',
  },
  'lan/requests/:id': {
    what: 'All of one request: parameters, the text to sign, expected and given signature, which reading matched, the answer.',
    steps: [
      ['See the difference', 'Two lines of text are aligned and what differs is marked.'],
      ['Look at the clock', "When the phone's clock is far off the code is 1; set the phone's time."],
      ['Hand it to a developer', '"Export this request"; no key is in it.'],
    ],
    words: [
      ['Reading', 'the documents can be read in several ways; each of these is right'],
      ['●', 'stands for the jam code'],
    ],
    wrong:
      'Same text but another signature: jam code or appKey differ. If it is gone, it was not among the last thousand or the desk restarted; have it sent again.',
  },
}
