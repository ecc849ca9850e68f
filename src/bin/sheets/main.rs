//! The program that reads spreadsheets, in a worker beside the page. On its own, so that the
//! page's start need not wait for it.

#[cfg(target_arch = "wasm32")]
fn main() {
    use double_random::ui::sheets::{desk::Answer, served};
    std::panic::set_hook(Box::new(|panic| {
        double_random::ui::worker::say(&Answer::Failed(panic.to_string()));
    }));
    served::serve();
}

#[cfg(not(target_arch = "wasm32"))]
const fn main() {}
