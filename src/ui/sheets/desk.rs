//! A file that lies open: what it is asked, and what it says. One reads in a worker; tests
//! and `cargo xtask read` ask the same.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::told::{ListTold, OpenTold};
use crate::document::table::Table;
use crate::engine::pace::{Advance, Pace};
use crate::exchange::Record;
use crate::exchange::sheet::{
    Against, Book, Line, Refusal, TextEncoding, Wish, open, read, register_of, write,
};
use crate::model::field::RegisterKind;
use crate::model::{Agency, Engineer, InspectionItem, Officer, ResultLine, Unit};
use crate::ui::job::Refused;
use crate::workbook::Township;

/// Rows that go to the page at once: some milliseconds of its time.
const ROWS_A_PIECE: usize = 500;

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Request {
    /// To open a file, whose bytes come beside; its text in an encoding, where one was chosen.
    Open {
        file_name: String,
        encoding: Option<TextEncoding>,
    },
    /// To read the list.
    List(Box<ListWish>),
    /// To send the rows of the list as it was read last.
    Rows,
    /// To write a table as a workbook of Excel.
    Write(Box<Table>),
    /// To send the largest table as text.
    Texts,
}

/// How a list is to be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListWish {
    /// The register whose rows they are.
    pub register: RegisterKind,
    /// What a person chose and answered.
    pub wish: Wish,
    /// The brigade's townships.
    pub townships: Vec<Township>,
    /// Today.
    pub today: NaiveDate,
}

/// What is said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// The program runs, and can be asked.
    Ready,
    /// So far.
    Progress(Advance),
    /// The file is open.
    Opened(OpenTold),
    /// The list is read.
    Listed(Box<ListTold>),
    /// Some of the rows; more follow.
    Rows(Vec<Line>),
    /// There are no more rows.
    RowsDone,
    /// The largest table as text.
    Texts(Vec<Vec<String>>),
    /// The bytes of a workbook; in a browser they go as they are, not as text.
    Written(Vec<u8>),
    /// Nothing can be read, in words.
    Refused(Refused),
    /// The work broke; the words are for whoever mends it.
    Failed(String),
}

/// A file that lies open.
#[derive(Debug, Default)]
pub struct SheetDesk {
    book: Option<Book>,
    lines: Vec<Line>,
}

impl SheetDesk {
    /// Nothing lies open.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Answers a request; `bytes`: the file, where one is to be opened. Rows come in pieces
    /// through `say`, and so does everything else.
    pub async fn answer(
        &mut self,
        request: Request,
        bytes: &[u8],
        pace: &impl Pace,
        say: impl Fn(Answer),
    ) {
        match request {
            Request::Open {
                file_name,
                encoding,
            } => say(self.open(&file_name, bytes, encoding, pace).await),
            Request::List(wish) => say(self.list(*wish, pace).await),
            Request::Rows => {
                for piece in self.lines.chunks(ROWS_A_PIECE) {
                    say(Answer::Rows(piece.to_vec()));
                }
                say(Answer::RowsDone);
            }
            Request::Write(table) => say(Answer::Written(write(&table))),
            Request::Texts => {
                let book = self.book.as_ref();
                say(Answer::Texts(book.map(Book::texts).unwrap_or_default()));
            }
        }
    }

    async fn open(
        &mut self,
        file_name: &str,
        bytes: &[u8],
        encoding: Option<TextEncoding>,
        pace: &impl Pace,
    ) -> Answer {
        match open(file_name, bytes, encoding, pace).await {
            Ok(book) => {
                let told = OpenTold::of(&book, register_of(&book));
                self.book = Some(book);
                Answer::Opened(told)
            }
            Err(refusal) => refused(refusal),
        }
    }

    async fn list(&mut self, wish: ListWish, pace: &impl Pace) -> Answer {
        let read = match wish.register {
            RegisterKind::Units => self.list_of::<Unit>(&wish, pace).await,
            RegisterKind::Officers => self.list_of::<Officer>(&wish, pace).await,
            RegisterKind::Items => self.list_of::<InspectionItem>(&wish, pace).await,
            RegisterKind::Agencies => self.list_of::<Agency>(&wish, pace).await,
            RegisterKind::Engineers => self.list_of::<Engineer>(&wish, pace).await,
            RegisterKind::Results => self.list_of::<ResultLine>(&wish, pace).await,
        };
        read.unwrap_or_else(refused)
    }

    async fn list_of<T: Record>(
        &mut self,
        wish: &ListWish,
        pace: &impl Pace,
    ) -> Result<Answer, Refusal> {
        let book = self.book.as_ref().ok_or(Refusal::NoCells)?;
        let against = Against {
            townships: &wish.townships,
            today: Some(wish.today),
        };
        let mut reading = read::<T>(book, &wish.wish, against, pace).await?;
        self.lines = std::mem::take(&mut reading.lines);
        let told = ListTold::of(&reading, &book.sheets[reading.sheet]);
        Ok(Answer::Listed(Box::new(told)))
    }
}

fn refused(refusal: Refusal) -> Answer {
    Answer::Refused(Refused::of(|lang| lang.sheet_refusal(&refusal)))
}
