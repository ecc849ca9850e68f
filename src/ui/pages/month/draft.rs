//! What is typed at a draw's commitment and entropy, kept while the page is built anew.
//!
//! A change of language or another page in between must not take words away: what is
//! left would be a weaker choice that nobody made. In memory alone: a witness's
//! words are secret and never go into the store.

use chrono::NaiveDateTime;
use leptos::prelude::*;

use crate::engine::ceremony::{PROMISE_SALT_DIGITS, PublicSource};
use crate::ui::app::random_hex;
use crate::workbook::request::{EntropyChoice, EntropyGiven, WitnessWords};

/// Random hexadecimal digits in a witness's promise, in bytes.
const WITNESS_SALT_BYTES: usize = PROMISE_SALT_DIGITS / 2;

/// Which source of entropy is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    Local,
    Witnesses,
    Public,
}

/// A witness's two inputs. They outlive the page that shows them, so they count their users.
#[derive(Debug, Clone)]
pub(super) struct WitnessInput {
    pub(super) key: u32,
    pub(super) name: ArcRwSignal<String>,
    pub(super) words: ArcRwSignal<String>,
}

impl WitnessInput {
    fn named(key: u32, name: &str) -> Self {
        Self {
            key,
            name: ArcRwSignal::new(name.to_owned()),
            words: ArcRwSignal::new(String::new()),
        }
    }

    fn promised(&self) -> WitnessWords {
        WitnessWords {
            name: self.name.get_untracked(),
            words: self.words.get_untracked(),
            salt: random_hex(WITNESS_SALT_BYTES),
        }
    }
}

/// The inputs of a public value.
#[derive(Debug, Clone, Copy)]
pub(super) struct PublicInput {
    pub(super) source: RwSignal<String>,
    pub(super) round: RwSignal<String>,
    pub(super) characters: RwSignal<String>,
    pub(super) fallback_source: RwSignal<String>,
    pub(super) fallback_round: RwSignal<String>,
    pub(super) fallback_characters: RwSignal<String>,
    pub(super) known_from: RwSignal<String>,
    pub(super) fallback_from: RwSignal<String>,
}

impl PublicInput {
    fn new() -> Self {
        let empty = || RwSignal::new(String::new());
        Self {
            source: empty(),
            round: empty(),
            characters: empty(),
            fallback_source: empty(),
            fallback_round: empty(),
            fallback_characters: empty(),
            known_from: empty(),
            fallback_from: empty(),
        }
    }

    fn all(self) -> [RwSignal<String>; 8] {
        [
            self.source,
            self.round,
            self.characters,
            self.fallback_source,
            self.fallback_round,
            self.fallback_characters,
            self.known_from,
            self.fallback_from,
        ]
    }

    /// The choice; times that cannot be read become the earliest, and numbers
    /// nought, which the draw refuses.
    fn choice(self) -> EntropyChoice {
        let time = |signal: RwSignal<String>| {
            let text = signal.get_untracked();
            NaiveDateTime::parse_from_str(&text, "%Y-%m-%dT%H:%M").unwrap_or_default()
        };
        let source = |[source, round, characters]: [RwSignal<String>; 3]| PublicSource {
            source: source.get_untracked().trim().to_owned(),
            round: round.get_untracked().trim().to_owned(),
            characters: characters
                .get_untracked()
                .trim()
                .parse()
                .unwrap_or_default(),
        };
        let fallback = [
            self.fallback_source,
            self.fallback_round,
            self.fallback_characters,
        ];
        EntropyChoice::Public {
            named: source([self.source, self.round, self.characters]),
            fallback: source(fallback),
            known_from: time(self.known_from),
            fallback_from: time(self.fallback_from),
        }
    }
}

/// What a witness says at the draw, or that he does not.
#[derive(Debug, Clone)]
pub(super) struct RevealInput {
    pub(super) name: String,
    pub(super) words: ArcRwSignal<String>,
    pub(super) is_withheld: ArcRwSignal<bool>,
}

/// The draft of the one draw that is open; all of it goes with the next draw.
#[derive(Debug, Clone, Copy)]
pub struct CeremonyDraft {
    /// The workbook's id and the draw's number.
    of: StoredValue<(String, u32)>,
    pub(super) source: RwSignal<Option<Source>>,
    pub(super) witnesses: RwSignal<Vec<WitnessInput>>,
    pub(super) public: PublicInput,
    pub(super) shown_at: RwSignal<String>,
    reveals: StoredValue<Vec<RevealInput>>,
    pub(super) value: RwSignal<String>,
    pub(super) is_fallback: RwSignal<bool>,
}

impl CeremonyDraft {
    /// An empty one; made where the whole page begins, so that it lasts as long.
    #[must_use]
    pub fn start() -> Self {
        Self {
            of: StoredValue::new(Default::default()),
            source: RwSignal::new(None),
            witnesses: RwSignal::new(vec![WitnessInput::named(0, "")]),
            public: PublicInput::new(),
            shown_at: RwSignal::new(String::new()),
            reveals: StoredValue::new(Vec::new()),
            value: RwSignal::new(String::new()),
            is_fallback: RwSignal::new(false),
        }
    }

    /// The draft of this draw: as it was left, or empty.
    pub(super) fn of_draw(workbook: &str, number: u32) -> Self {
        let draft = expect_context::<Self>();
        let is_other = draft
            .of
            .with_value(|(id, of)| id != workbook || *of != number);
        if is_other {
            draft.forget();
            draft.of.set_value((workbook.to_owned(), number));
        }
        draft
    }

    /// Forgets all, the witnesses' words above all.
    pub(super) fn forget(self) {
        self.source.set(None);
        self.witnesses.set(vec![WitnessInput::named(0, "")]);
        let texts = self.public.all().into_iter();
        texts
            .chain([self.shown_at, self.value])
            .for_each(|text| text.set(String::new()));
        self.reveals.set_value(Vec::new());
        self.is_fallback.set(false);
    }

    /// The chosen source with what is typed for it; none while none is chosen.
    pub(super) fn choice(self) -> Option<EntropyChoice> {
        Some(match self.source.get_untracked()? {
            Source::Local => EntropyChoice::Local,
            Source::Witnesses => EntropyChoice::Witnesses(
                self.witnesses
                    .with_untracked(|list| list.iter().map(WitnessInput::promised).collect()),
            ),
            Source::Public => self.public.choice(),
        })
    }

    /// Adds an empty row for a witness.
    pub(super) fn add_witness(self) {
        self.witnesses.update(|list| {
            let key = next_key(list);
            list.push(WitnessInput::named(key, ""));
        });
    }

    /// Puts people who stand in one row into a row each; words typed there stay with the first.
    pub(super) fn split_witness(self, key: u32, names: &[String]) {
        self.witnesses.update(|list| {
            let Some(at) = list.iter().position(|witness| witness.key == key) else {
                return;
            };
            let next = next_key(list);
            let (first, others) = names.split_first().expect("several names were found");
            list[at].name.set(first.clone());
            let others = others.iter().zip(next..);
            let rows: Vec<_> = others
                .map(|(name, key)| WitnessInput::named(key, name))
                .collect();
            list.splice(at + 1..at + 1, rows);
        });
    }

    /// A row for each witness who has promised, as they were left.
    pub(super) fn reveals(self, names: &[String]) -> Vec<RevealInput> {
        self.reveals.update_value(|list| {
            if !list.iter().map(|input| &input.name).eq(names) {
                *list = names
                    .iter()
                    .map(|name| RevealInput {
                        name: name.clone(),
                        words: ArcRwSignal::new(String::new()),
                        is_withheld: ArcRwSignal::new(false),
                    })
                    .collect();
            }
        });
        self.reveals.get_value()
    }
}

fn next_key(list: &[WitnessInput]) -> u32 {
    let keys = list.iter().map(|witness| witness.key + 1);
    keys.max().unwrap_or_default()
}

/// Names of those who have neither revealed nor are marked as withholding. Tracks all inputs.
pub(super) fn silent(reveals: &[RevealInput]) -> Vec<String> {
    let is_silent = |input: &&RevealInput| {
        let words = input.words.with(|words| words.trim().is_empty());
        words && !input.is_withheld.get()
    };
    reveals
        .iter()
        .filter(is_silent)
        .map(|input| input.name.clone())
        .collect()
}

/// What the witnesses say, for the action.
pub(super) fn given(reveals: &[RevealInput]) -> EntropyGiven {
    let words = reveals
        .iter()
        .map(|input| (!input.is_withheld.get_untracked()).then(|| input.words.get_untracked()));
    EntropyGiven::Witnesses(words.collect())
}
