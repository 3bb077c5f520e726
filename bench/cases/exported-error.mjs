/** An error of an exported function, thrown and caught. */

export const title = 'exported, an error thrown and caught';

export const budget = [{ contender: 'exported', against: 'napi-rs', most: 1.2 }];

export const baseline = 'napi-rs';

export function contenders({ exported, napiRs }) {
  return {
    exported: (n) => {
      let sum = 0;
      for (let i = 0; i < n; i++) {
        try {
          exported.divide(i, 0);
        } catch (error) {
          sum += error.message.length;
        }
      }
      return sum;
    },
    'napi-rs': (n) => {
      let sum = 0;
      for (let i = 0; i < n; i++) {
        try {
          napiRs.divide(i, 0);
        } catch (error) {
          sum += error.message.length;
        }
      }
      return sum;
    },
    JSON: (n) => {
      let sum = 0;
      for (let i = 0; i < n; i++) {
        try {
          const result = JSON.parse(exported.divide_json(JSON.stringify([i, 0])));
          if ('Err' in result) throw new Error(result.Err);
        } catch (error) {
          sum += error.message.length;
        }
      }
      return sum;
    },
  };
}
