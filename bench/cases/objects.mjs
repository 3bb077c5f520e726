/** Objects that stay in Rust, beside those of a class of napi-rs. */

export const works = [
  {
    title: 'a method of an object',
    budget: [{ contender: 'exported', against: 'napi-rs', most: 0.1 }],
    baseline: 'napi-rs',
    contenders: ({ exported, napiRs }) => ({
      exported: (n) => {
        const counter = new exported.Counter(0);
        let sum = 0;
        for (let i = 0; i < n; i++) sum = counter.add(i);
        counter.close();
        return sum;
      },
      'napi-rs': (n) => {
        const counter = new napiRs.Counter(0);
        let sum = 0;
        for (let i = 0; i < n; i++) sum = counter.add(i);
        return sum;
      },
    }),
  },
  {
    title: 'a step of an iterator',
    // The sums differ.
    unlike: ['a call'],
    budget: [{ contender: 'exported', against: 'a call', most: 1.5 }],
    baseline: 'a call',
    contenders: ({ exported, napiRs }) => ({
      exported: (n) => {
        let sum = 0;
        for (const number of exported.numbers_below(n)) sum += number;
        return sum;
      },
      'napi-rs': (n) => {
        let sum = 0;
        for (const number of new napiRs.NumbersBelow(n)) sum += number;
        return sum;
      },
      'a call': (n) => {
        const counter = new exported.Counter(0);
        let sum = 0;
        for (let i = 0; i < n; i++) sum += counter.add(i);
        counter.close();
        return sum;
      },
    }),
  },
  {
    title: 'an object, made and closed',
    budget: [{ contender: 'exported', against: 'napi-rs', most: 0.6 }],
    baseline: 'napi-rs',
    contenders: ({ exported, napiRs }) => ({
      exported: (n) => {
        let sum = 0;
        for (let i = 0; i < n; i++) {
          const counter = new exported.Counter(i);
          sum += counter.add(1);
          counter.close();
        }
        return sum;
      },
      // Its objects cannot be closed: they are dropped when they have been collected.
      'napi-rs': (n) => {
        let sum = 0;
        for (let i = 0; i < n; i++) sum += new napiRs.Counter(i).add(1);
        return sum;
      },
    }),
  },
];
