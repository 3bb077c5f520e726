//! Full-text search, with tantivy, in an index in memory.

use std::sync::RwLock;

use rustdll::{export, Cancel, Error, Progress, Record};
use tantivy::collector::{Collector, TopDocs};
use tantivy::query::{EnableScoring, Query, QueryParser};
use tantivy::schema::{Schema, Value, STORED, TEXT};
use tantivy::{doc, Index, IndexReader, IndexWriter, TantivyDocument};

use crate::counts::counted;

/// The memory, in bytes, that tantivy fills before it writes a segment.
const BUDGET: usize = 50_000_000;

/// The number of documents after which the kernel asks for cancellation.
const STEP: usize = 256;

/// The most results of a search.
const MOST: usize = 100;

/// The index that is searched, once there is one.
static CURRENT: RwLock<Option<IndexReader>> = RwLock::new(None);

/// A document to be found.
#[derive(Record)]
pub struct Document {
    /// What is returned as the result.
    pub title: String,
    /// What is searched besides the title.
    pub body: String,
}

/// A document that was found.
#[derive(Record)]
pub struct Hit {
    /// The title of the document.
    pub title: String,
    /// The relevance: greater is better.
    pub score: f32,
}

/// Makes a new index and replaces the current one by it. A call that is cancelled or fails leaves the current one.
///
/// # Errors
///
/// Those of tantivy.
#[export]
pub fn index(documents: Vec<Document>, cancel: &Cancel, progress: &Progress) -> Result<usize, Error> {
    counted(cancel, || {
        let mut schema = Schema::builder();
        let title = schema.add_text_field("title", TEXT | STORED);
        let body = schema.add_text_field("body", TEXT);
        let index = Index::create_in_ram(schema.build());
        let mut writer: IndexWriter = index.writer_with_num_threads(1, BUDGET)?;
        let total = documents.len();
        for (done, document) in documents.into_iter().enumerate() {
            if done % STEP == 0 {
                cancel.check()?;
                progress.set(done, total);
            }
            writer.add_document(doc!(title => document.title, body => document.body))?;
        }
        cancel.check()?;
        progress.message("committing");
        writer.commit()?;
        let reader = index.reader()?;
        // A call that was cancelled meanwhile must not replace anything.
        cancel.check()?;
        *CURRENT.write().unwrap_or_else(|poisoned| poisoned.into_inner()) = Some(reader);
        progress.set(total, total);
        Ok(total)
    })
}

/// Returns the documents that match a query best. A query has words, `"phrases"`, `AND`, `OR`, `-not` and `title:word`.
///
/// # Errors
///
/// `E_QUERY` if the query cannot be read, `E_LIMIT` if `limit` is not from 1 to 100.
#[export]
pub fn search(query: &str, limit: usize, cancel: &Cancel) -> Result<Vec<Hit>, Error> {
    counted(cancel, || {
        if !(1..=MOST).contains(&limit) {
            return Err(Error::new(format!("the limit is {limit}, and not from 1 to {MOST}")).with_code("E_LIMIT"));
        }
        let current = CURRENT.read().unwrap_or_else(|poisoned| poisoned.into_inner()).clone();
        let Some(reader) = current else {
            return Ok(Vec::new());
        };
        let searcher = reader.searcher();
        let schema = searcher.schema();
        let (title, body) = (schema.get_field("title")?, schema.get_field("body")?);
        let query = QueryParser::for_index(searcher.index(), vec![title, body])
            .parse_query(query)
            .map_err(|error| Error::from(error).with_code("E_QUERY"))?;
        let weight = query.weight(EnableScoring::enabled_from_searcher(&searcher))?;
        let best = TopDocs::with_limit(limit).order_by_score();
        let mut found = Vec::new();
        for (number, segment) in (0..).zip(searcher.segment_readers()) {
            cancel.check()?;
            found.push(best.collect_segment(weight.as_ref(), number, segment)?);
        }
        best.merge_fruits(found)?
            .into_iter()
            .map(|(score, address)| {
                let document: TantivyDocument = searcher.doc(address)?;
                let title = document.get_first(title).and_then(|value| value.as_str());
                Ok(Hit {
                    title: title.unwrap_or_default().to_owned(),
                    score,
                })
            })
            .collect()
    })
}
