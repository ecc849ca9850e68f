//! A QR code as a drawing.

use leptos::prelude::*;
use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};

/// Smallest side that is drawn, in units of the drawing; style sheets give the real one.
const SIDE_MIN: u32 = 120;

/// `text` as a QR code, as the text of a drawing that has no name of its own.
#[must_use]
pub fn qr_drawing(text: &str) -> Option<String> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let drawing = code
        .render::<svg::Color>()
        .quiet_zone(true)
        .min_dimensions(SIDE_MIN, SIDE_MIN)
        .build();
    // The crate writes a whole document; inside HTML its first line must go.
    let inner = match drawing.split_once("?>") {
        Some((_, svg)) => svg.to_owned(),
        None => drawing,
    };
    Some(inner.replacen("<svg ", "<svg aria-hidden=\"true\" ", 1))
}

/// `text` as a QR code with its quiet zone, black on white in both themes so that telephones
/// read it; nothing where the text does not fit. `label` is its accessible name.
pub fn qr_code(text: &str, label: &'static str) -> AnyView {
    let Some(inner) = qr_drawing(text) else {
        return ().into_any();
    };
    // The box around it has the name.
    view! { <div class="qr" role="img" aria-label=label inner_html=inner></div> }.into_any()
}
