//! The entry point of the page, with its panic screen, and of the workers beside it.

#[cfg(target_arch = "wasm32")]
mod page {
    use wasm_bindgen::{JsCast, JsValue};

    /// The start script's failure screen, which needs nothing of this program.
    fn fail(message: &str) {
        let net = js_sys::Reflect::get(&js_sys::global(), &JsValue::from_str("__doubleRandom"));
        let fail = net.and_then(|net| js_sys::Reflect::get(&net, &JsValue::from_str("fail")));
        if let Ok(Ok(fail)) = fail.map(JsCast::dyn_into::<js_sys::Function>) {
            // Nothing is left to do where even this fails.
            let _ = fail.call1(&JsValue::NULL, &JsValue::from_str(message));
        }
    }

    /// Whether this is the page, and not a worker beside it.
    fn is_page() -> bool {
        js_sys::Reflect::has(&js_sys::global(), &JsValue::from_str("document")).unwrap_or(false)
    }

    /// In a worker: a panic is told to the page, which goes on.
    fn serve() {
        use double_random::ui::{job::Message, worker};
        std::panic::set_hook(Box::new(|panic| {
            worker::say(&Message::Failed(panic.to_string()));
        }));
        worker::serve();
    }

    pub(super) fn start() {
        if !is_page() {
            return serve();
        }
        std::panic::set_hook(Box::new(|panic| {
            console_error_panic_hook::hook(panic);
            fail(&panic.to_string());
        }));
        double_random::ui::mount();
    }
}

fn main() {
    #[cfg(target_arch = "wasm32")]
    page::start();
}
