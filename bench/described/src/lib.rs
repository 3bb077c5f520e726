//! A library whose debug information is as large as that of one with many dependencies: a map is instantiated for
//! hundreds of types of keys, each of which has its own copy of all the code of the map.

use std::collections::BTreeMap;

/// Adds two numbers.
#[unsafe(no_mangle)]
pub extern "C" fn add(a: i64, b: i64) -> i64 {
    a.wrapping_add(b)
}

/// Sorts numbers by their remainders in a map whose keys have a type of their own for each `N`.
fn sorted<const N: usize>(numbers: &[u8]) -> usize {
    let mut map = BTreeMap::<[u8; N], Vec<[u8; N]>>::new();
    for number in numbers {
        map.entry([number % 16; N]).or_default().push([*number; N]);
    }
    map.range([1; N]..)
        .flat_map(|(_, found)| found.iter().filter(|each| each.first() > Some(&7)))
        .count()
}

macro_rules! table {
    ($($tens:literal)*) => {
        &[$(
            sorted::<{ 10 * $tens }>, sorted::<{ 10 * $tens + 1 }>, sorted::<{ 10 * $tens + 2 }>,
            sorted::<{ 10 * $tens + 3 }>, sorted::<{ 10 * $tens + 4 }>, sorted::<{ 10 * $tens + 5 }>,
            sorted::<{ 10 * $tens + 6 }>, sorted::<{ 10 * $tens + 7 }>, sorted::<{ 10 * $tens + 8 }>,
            sorted::<{ 10 * $tens + 9 }>,
        )*]
    };
}

type Sorted = fn(&[u8]) -> usize;

#[cfg(not(feature = "huge"))]
const TABLE: &[Sorted] = table!(0 1 2 3 4 5 6 7 8 9 10 11 12 13 14);

#[cfg(feature = "huge")]
const TABLE: &[Sorted] = table!(
    0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27
    28 29 30 31 32 33 34 35 36 37 38 39 40 41 42 43 44 45 46 47 48 49 50 51 52 53 54 55
    56 57 58 59 60 61 62 63 64 65 66 67 68 69 70 71 72 73 74 75 76 77 78 79 80 81 82 83
    84 85 86 87 88 89 90 91 92 93 94 95 96 97 98 99 100 101 102 103 104 105 106 107 108 109 110 111
    112 113 114 115 116 117 118 119 120 121 122 123 124 125 126 127 128 129 130 131 132 133 134 135 136 137 138 139
    140 141 142 143 144 145 146 147 148 149 150 151 152 153 154 155 156 157 158 159 160 161 162 163 164 165 166 167
    168 169 170 171 172 173 174 175 176 177 178 179 180 181 182 183 184 185 186 187 188 189
);

/// Calls the function for each size.
#[unsafe(no_mangle)]
pub extern "C" fn sort_all(seed: u8) -> usize {
    let numbers: Vec<u8> = (0..seed).collect();
    TABLE.iter().map(|sorted| sorted(&numbers)).sum()
}
