//! The page's entry point: a panic screen, then the page.

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

    pub(super) fn start() {
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
