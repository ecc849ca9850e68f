//! The browser's local storage. The only file that touches it.

use gloo_storage::Storage as _;
use wasm_bindgen::JsValue;

use super::{Storage, StorageError};

/// A key that is written and removed to see whether writing is allowed.
const PROBE_KEY: &str = "double-random.probe";

/// The local storage of this page.
#[derive(Debug)]
pub struct BrowserStorage {
    // Private, so that only `open` makes one: without its check, reaching for
    // the storage of a page that is denied it would panic.
    _opened: (),
}

impl BrowserStorage {
    /// Opens the storage, if the browser lets this page.
    ///
    /// # Errors
    /// [`StorageError::Denied`] where the browser keeps nothing for this page,
    /// as some do at `file://`: then work in a [`super::MemoryStorage`] and say so.
    pub fn open() -> Result<Self, StorageError> {
        let window = web_sys::window().ok_or(StorageError::Denied)?;
        // The property itself throws SecurityError where storage is denied.
        window
            .local_storage()
            .map_err(|_| StorageError::Denied)?
            .ok_or(StorageError::Denied)?;
        let opened = Self { _opened: () };
        match opened.set(PROBE_KEY, "1") {
            // A full store can still be read, and written after something goes.
            Ok(()) | Err(StorageError::Full) => {}
            Err(error) => return Err(error),
        }
        opened.remove(PROBE_KEY)?;
        Ok(opened)
    }
}

/// What a thrown DOMException means.
fn meaning(thrown: &JsValue) -> StorageError {
    let name = js_sys::Reflect::get(thrown, &JsValue::from_str("name"))
        .ok()
        .and_then(|name| name.as_string())
        .unwrap_or_default();
    match name.as_str() {
        "SecurityError" => StorageError::Denied,
        "QuotaExceededError" | "NS_ERROR_DOM_QUOTA_REACHED" => StorageError::Full,
        _ => StorageError::Other,
    }
}

impl Storage for BrowserStorage {
    fn get(&self, key: &str) -> Result<Option<String>, StorageError> {
        gloo_storage::LocalStorage::raw()
            .get_item(key)
            .map_err(|thrown| meaning(&thrown))
    }

    fn set(&self, key: &str, value: &str) -> Result<(), StorageError> {
        gloo_storage::LocalStorage::raw()
            .set_item(key, value)
            .map_err(|thrown| meaning(&thrown))
    }

    fn remove(&self, key: &str) -> Result<(), StorageError> {
        gloo_storage::LocalStorage::raw()
            .remove_item(key)
            .map_err(|thrown| meaning(&thrown))
    }

    fn keys(&self) -> Result<Vec<String>, StorageError> {
        let storage = gloo_storage::LocalStorage::raw();
        let length = storage.length().map_err(|thrown| meaning(&thrown))?;
        let mut keys = Vec::with_capacity(length as usize);
        for index in 0..length {
            keys.extend(storage.key(index).map_err(|thrown| meaning(&thrown))?);
        }
        keys.sort_unstable();
        Ok(keys)
    }
}
