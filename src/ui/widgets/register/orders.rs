//! The orders of a register by its texts, kept for its list and worked out ahead of the click
//! that asks for one.

use std::collections::BTreeMap;
use std::sync::{Arc, Weak};

use leptos::prelude::*;
use wasm_bindgen::JsValue;

use super::records_of;
use crate::desk::list::{Aspect, Index, Listed};
use crate::desk::name_order::Alphabet;
use crate::engine::pace::{Advance, AtOnce, Pace, at_once};
use crate::ui::app::App;
use crate::ui::task::{Running, WebPace};

/// What is known of one version of the register.
struct Kept<R: Listed> {
    of: Weak<Index<R>>,
    characters: Vec<char>,
    alphabet: Alphabet,
    orders: BTreeMap<&'static str, Arc<[u32]>>,
    /// The orders of the version before, from which those of this one begin.
    before: BTreeMap<&'static str, Arc<[u32]>>,
}

impl<R: Listed> Kept<R> {
    fn is_of(&self, index: &Arc<Index<R>>) -> bool {
        std::ptr::eq(self.of.as_ptr(), Arc::as_ptr(index))
    }

    /// Goes over to a version of the register.
    fn renew(&mut self, index: &Arc<Index<R>>, records: &[R]) {
        if self.is_of(index) {
            return;
        }
        self.of = Arc::downgrade(index);
        self.before.append(&mut self.orders);
        let characters = Aspect::characters(records);
        if self.characters != characters {
            self.alphabet = by_sound(&characters);
            self.characters = characters;
        }
    }
}

impl<R: Listed> Default for Kept<R> {
    fn default() -> Self {
        Self {
            of: Weak::new(),
            characters: Vec::new(),
            alphabet: Alphabet::default(),
            orders: BTreeMap::new(),
            before: BTreeMap::new(),
        }
    }
}

/// The orders of one register, as long as its page is open.
pub(super) struct Orders<R: Listed> {
    app: App,
    index: Memo<Arc<Index<R>>>,
    kept: StoredValue<Kept<R>>,
}

impl<R: Listed> Clone for Orders<R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R: Listed> Copy for Orders<R> {}

impl<R: Listed> Orders<R> {
    /// Begins to work them out, and again with each version of the register.
    pub fn new(app: App, index: Memo<Arc<Index<R>>>) -> Self {
        let kept = StoredValue::new(Kept::default());
        let orders = Self { app, index, kept };
        let running = StoredValue::new_local(None);
        Effect::new(move |_| {
            index.track();
            running.set_value(Some(Running::of(orders.work_ahead())));
        });
        orders
    }

    async fn work_ahead(self) {
        let pace = WebPace::of_page(|_| {});
        for aspect in Aspect::<R>::texts() {
            self.work_out(aspect, &pace).await;
        }
    }

    /// The places of all records in the order of a text. Whoever asks before it is ready
    /// waits for it.
    pub fn get(self, aspect: Aspect<R>) -> Arc<[u32]> {
        at_once(self.work_out(aspect, &AtOnce))
    }

    async fn work_out(self, aspect: Aspect<R>, pace: &impl Pace) -> Arc<[u32]> {
        let key = aspect.key();
        let index = self.index.get_untracked();
        let order = self.with_records(|kept, records| {
            kept.renew(&index, records);
            kept.orders.get(key).cloned()
        });
        if let Some(order) = order {
            return order;
        }
        let begun = Advance::running(0, index.rows.len());
        pace.rest(begun).await;
        let (names, before) = self.with_records(|kept, records| {
            let names = aspect.names(records, &kept.alphabet);
            (names, kept.before.get(key).cloned().unwrap_or_default())
        });
        pace.rest(begun).await;
        let order: Arc<[u32]> = names.order(&before, pace).await.into();
        self.kept.update_value(|kept| {
            // The register may have changed meanwhile.
            if kept.is_of(&index) {
                kept.orders.insert(key, order.clone());
            }
        });
        order
    }

    fn with_records<T>(self, work: impl FnOnce(&mut Kept<R>, &[R]) -> T) -> T {
        let mut kept = self.kept.write_value();
        records_of::<R, _>(self.app, |records| work(&mut kept, records))
    }
}

/// The browser knows how each character sounds.
fn by_sound(characters: &[char]) -> Alphabet {
    let text = |c: &char| JsValue::from_str(c.encode_utf8(&mut [0; 4]));
    let characters: js_sys::Array = characters.iter().map(text).collect();
    let locales = js_sys::Array::of1(&JsValue::from_str("zh-CN"));
    let collator = js_sys::Intl::Collator::new(&locales, &js_sys::Object::new());
    let sort = js_sys::Reflect::get(&characters, &JsValue::from_str("sort"));
    if let Ok(sort) = sort.map(js_sys::Function::from) {
        // Sorted in place; where the browser refuses, the order by code stays.
        let _ = sort.call1(&characters, &collator.compare());
    }
    let sorted = characters
        .iter()
        .filter_map(|text| text.as_string()?.chars().next());
    Alphabet::new(sorted)
}
