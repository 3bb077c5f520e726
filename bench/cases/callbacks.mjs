/** Functions of JavaScript that Rust calls in a call, beside napi-rs's `Function`. */

/** The number of calls that Rust makes each time, so that the call around them does not count. */
const TIMES = 100;

const half = (number) => number / 2;

export const title = 'a callback';
export const budget = [{ contender: 'exported', against: 'napi-rs', most: 1 }];
export const baseline = 'napi-rs';
export const contenders = ({ exported, napiRs }) => ({
  exported: times((f) => exported.call_times(TIMES, f)),
  'napi-rs': times((f) => napiRs.callTimes(TIMES, f)),
});

/** Makes the work of `n` callbacks, of which there are always whole calls. */
function times(call) {
  return (n) => {
    let sum = 0;
    for (let i = 0; i < n; i += TIMES) sum += call(half);
    return sum;
  };
}
