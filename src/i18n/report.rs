//! The report of a verification as a text for people.

use super::Lang;
use crate::engine::verify::Outcome;
use crate::exchange::report::Report;
use crate::model::CandidateId;

impl Lang {
    /// The whole report, failures first, every difference; lines end with LF.
    #[must_use]
    pub fn report_text(self, report: &Report, name: impl Fn(&CandidateId) -> String) -> String {
        let draw = self.verify_draw_name(self.year_month(report.month), report.number);
        let mut lines = vec![
            format!("{} · {draw}", self.verify_title()),
            self.whole_verdict(report),
            self.whole_meaning(report),
            String::new(),
            format!(
                "{}  {}",
                self.verify_brigade(),
                report
                    .beside
                    .brigade
                    .as_deref()
                    .unwrap_or(self.verify_brigade_unknown())
            ),
            format!("{}  {}", self.verify_code(), report.short_code),
            format!("{}  {}", self.certificate(), report.certificate),
            format!("{}  {}", self.commitment_code(), report.commitment),
            self.verify_checked_at(report.checked_at.format("%Y-%m-%d %H:%M")),
            format!("{}  {}", self.verify_files(), report.files.join("  ")),
            String::new(),
        ];
        let beside = &report.beside;
        for part in &beside.differing {
            let tag = self.verify_failed_tag();
            lines.push(format!("[{tag}] {}", self.file_part(*part)));
            lines.push(format!("    {}", self.part_failure(*part)));
        }
        if !beside.unbound.is_empty() {
            lines.push(self.verify_unbound(self.file_parts(&beside.unbound)));
            lines.push(String::new());
        }
        if beside.names_officers {
            lines.push(self.verify_officer_names().to_owned());
            lines.push(String::new());
        }
        for check in report.in_order() {
            let claim = self.claim(check.claim);
            match &check.outcome {
                Outcome::Passed { checked } => {
                    lines.push(format!("[{}] {claim}", self.verify_passed_tag()));
                    lines.push(format!("    {}", self.claim_checked(check.claim, *checked)));
                }
                Outcome::NotCheckable { why } => {
                    lines.push(format!("[{}] {claim}", self.verify_open_tag()));
                    lines.push(format!("    {}", self.lacking(*why)));
                }
                Outcome::Failed { differences } => {
                    lines.push(format!("[{}] {claim}", self.verify_failed_tag()));
                    for difference in differences {
                        lines.push(format!(
                            "    {}: {} {} | {} {}",
                            self.place(&difference.at, &name),
                            self.verify_stated(),
                            self.datum(&difference.stated),
                            self.verify_found(),
                            self.datum(&difference.found),
                        ));
                    }
                    lines.push(format!("    {}", self.claim_failure(check.claim)));
                }
            }
        }
        lines.push(String::new());
        lines.push(self.proves_title().to_owned());
        for words in [
            self.proves_public(),
            self.proves_local(),
            self.proves_register(),
        ] {
            lines.push(format!("  - {words}"));
        }
        lines.join("\n") + "\n"
    }
}
