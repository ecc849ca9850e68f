//! `cargo xtask read`: what the page's preview would show of a list, one line of JSON a
//! file.

#[cfg(not(target_arch = "wasm32"))]
mod line;

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    native::main()
}

#[cfg(target_arch = "wasm32")]
const fn main() {}

#[cfg(not(target_arch = "wasm32"))]
mod native {
    use std::path::Path;
    use std::process::ExitCode;
    use std::time::{SystemTime, UNIX_EPOCH};

    use chrono::{DateTime, NaiveDate};
    use double_random::demo;
    use double_random::engine::pace::{AtOnce, at_once};
    use double_random::exchange::sheet::{Against, open, register_of};
    use double_random::i18n::Lang;
    use double_random::model::field::RegisterKind;
    use double_random::model::{Agency, Engineer, InspectionItem, Officer, ResultLine, Unit};
    use double_random::workbook::Township;

    use crate::line::Line;

    const USAGE: &str =
        "cargo xtask read [--as units|officers|items|agencies|engineers|results] FILE…";

    pub(super) fn main() -> ExitCode {
        let mut arguments: Vec<String> = std::env::args().skip(1).collect();
        let mut register = None;
        if arguments.first().is_some_and(|word| word == "--as") && arguments.len() > 1 {
            let word = arguments.remove(1);
            arguments.remove(0);
            let mut registers = RegisterKind::ALL.into_iter();
            register = registers.find(|register| register.name() == word);
            if register.is_none() {
                eprintln!("error: no such register: {word}\n\n{USAGE}");
                return ExitCode::FAILURE;
            }
        }
        if arguments.is_empty() {
            eprintln!("{USAGE}");
            return ExitCode::FAILURE;
        }
        // Those of the place that the program is made for.
        let townships = demo::brigade(2026, demo::SEED).brigade.townships;
        for file in &arguments {
            match serde_json::to_string(&read(file, register, &townships)) {
                Ok(line) => println!("{line}"),
                Err(error) => eprintln!("error: {file}: {error}"),
            }
        }
        ExitCode::SUCCESS
    }

    fn read(file: &str, register: Option<RegisterKind>, townships: &[Township]) -> Line {
        let bytes = match std::fs::read(file) {
            Ok(bytes) => bytes,
            Err(error) => return Line::refused(file, error.to_string()),
        };
        let name = Path::new(file).file_name().unwrap_or_default();
        let book = match at_once(open(&name.to_string_lossy(), &bytes, None, &AtOnce)) {
            Ok(book) => book,
            Err(refusal) => return Line::refused(file, Lang::Zh.sheet_refusal(&refusal)),
        };
        let today = today();
        let against = Against { townships, today };
        match register.unwrap_or_else(|| register_of(&book)) {
            RegisterKind::Units => Line::of::<Unit>(file, &book, against),
            RegisterKind::Officers => Line::of::<Officer>(file, &book, against),
            RegisterKind::Items => Line::of::<InspectionItem>(file, &book, against),
            RegisterKind::Agencies => Line::of::<Agency>(file, &book, against),
            RegisterKind::Engineers => Line::of::<Engineer>(file, &book, against),
            RegisterKind::Results => Line::of::<ResultLine>(file, &book, against),
        }
    }

    /// Today in China.
    fn today() -> Option<NaiveDate> {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).ok()?;
        let seconds = i64::try_from(since.as_secs()).ok()? + 8 * 3_600;
        DateTime::from_timestamp(seconds, 0).map(|now| now.date_naive())
    }
}
