//! Finds the way to a place in JSON that is being written, which only refusals and large integers need.

use std::ops::Range;

/// A step from a value to one inside it.
#[derive(Debug)]
pub(super) enum Step {
    Index(usize),
    Key(String),
}

/// An array or object around a place.
enum Around {
    /// The index of the current element.
    Array(usize),
    /// The range of the current key in the text, with its quotes. There is none before the first, nor after a comma.
    Object(Option<Range<usize>>),
}

/// Walks through JSON from its beginning.
pub(super) struct Walk<'t> {
    text: &'t [u8],
    at: usize,
    around: Vec<Around>,
}

impl<'t> Walk<'t> {
    /// Begins to walk through the text, which may end anywhere in a value.
    #[cold]
    pub fn new(text: &'t [u8]) -> Self {
        Self {
            text,
            at: 0,
            around: Vec::new(),
        }
    }

    /// Returns the way to the value at a place, which is not before that of the last call.
    pub fn to(&mut self, place: usize) -> Vec<Step> {
        while self.at < place {
            let byte = self.text[self.at];
            self.at += 1;
            match byte {
                b'[' => self.around.push(Around::Array(0)),
                b'{' => self.around.push(Around::Object(None)),
                b']' | b'}' => drop(self.around.pop()),
                b',' => match self.around.last_mut() {
                    Some(Around::Array(index)) => *index += 1,
                    Some(Around::Object(key)) => *key = None,
                    None => {}
                },
                b'"' => {
                    let string = self.string();
                    if let Some(Around::Object(key @ None)) = self.around.last_mut() {
                        *key = string;
                    }
                }
                _ => {}
            }
        }
        self.around.iter().filter_map(|around| self.step(around)).collect()
    }

    fn step(&self, around: &Around) -> Option<Step> {
        match around {
            Around::Array(index) => Some(Step::Index(*index)),
            Around::Object(key) => key.as_ref().map(|key| {
                let key = serde_json::from_slice(&self.text[key.clone()]).unwrap_or_default();
                Step::Key(key)
            }),
        }
    }

    /// Passes over the string that has begun. Returns its range, unless the text ends in it.
    fn string(&mut self) -> Option<Range<usize>> {
        let start = self.at - 1;
        while let Some(byte) = self.text.get(self.at) {
            self.at += 1;
            match byte {
                b'"' => return Some(start..self.at),
                b'\\' => self.at += 1,
                _ => {}
            }
        }
        self.at = self.text.len();
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The way to the end of a text.
    fn way(text: &str) -> String {
        let show = |step| match step {
            Step::Index(index) => format!("[{index}]"),
            Step::Key(key) => format!(".{key}"),
        };
        Walk::new(text.as_bytes())
            .to(text.len())
            .into_iter()
            .map(show)
            .collect()
    }

    #[test]
    fn leads_to_the_end_of_the_text() {
        for (text, expected) in [
            ("", ""),
            ("[", "[0]"),
            ("[1,", "[1]"),
            ("[[],[1,2],{\"a\":[", "[2].a[0]"),
            ("{", ""),
            ("{\"a\":", ".a"),
            ("{\"a\":\"b,c:]}\",", ""),
            ("{\"a\":\"b\",\"c\\\"d\":{\"e", ".c\"d"),
            ("{\"\\\\\":", ".\\"),
            ("{\"a\":{\"b\":[true,{\"c\":", ".a.b[1].c"),
            ("[\"a\\", "[0]"),
            ("{\"a\":[]}", ""),
        ] {
            assert_eq!(way(text), expected, "{text}");
        }
    }

    #[test]
    fn goes_on_from_the_last_place() {
        let text = "[0,{\"a\":[1,0]}]";
        let mut walk = Walk::new(text.as_bytes());
        assert_eq!(walk.to(1).len(), 1);
        let steps = walk.to(11);
        assert!(
            matches!(&steps[..], [Step::Index(1), Step::Key(key), Step::Index(1)] if key == "a"),
            "{steps:?}"
        );
    }
}
