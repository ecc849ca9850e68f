//! Words of the comparison of a published plan with its certificate.

use std::fmt::Display;

use super::Lang;
use crate::exchange::paper_compare::{Compared, PaperDifference};
use crate::messages;

messages! {
    verify_paper_title => "与公示文件比对", "Compared with the published paper";
    verify_paper_same(n: impl Display) => "一致：公示的 {n} 户与抽取结果相同", "Agrees: the {n} units published are those drawn";
    verify_paper_differs(n: impl Display) => "有 {n} 处不同", "{n} differences";
    verify_paper_says => "公示文件", "Published paper";
    verify_paper_drawn => "抽取证书", "Certificate";
    verify_paper_more(n: impl Display) => "还有 {n} 处没有列出。", "{n} more are not listed.";
    verify_paper_ask => "公示文件没有写明为什么不同。请公布单位说明，或请上级消防救援机构核查。", "The paper does not say why it differs. Ask the publisher, or the superior authority.";
    verify_paper_none => "这个文件里没有找到单位名称一列，不能比对。请打开公示的抽查计划。", "No column of unit names was found in this file. Open the published plan.";
    verify_paper_file => "公示文件", "Published paper";
    verify_paper_broke(words: impl Display) => "读取中断，请再试一次：{words}", "Reading broke off, try again: {words}";
    paper_listed => "列有这一户", "listed";
    paper_not_listed => "没有这一户", "not listed";
    paper_not_drawn => "没有抽中", "not drawn";
    paper_drawn => "抽中", "drawn";
    paper_set_aside => "抽中，本月排不下，顺延", "drawn and set aside for a later month";
    paper_twice => "列了不止一次", "listed more than once";
    paper_once => "一次", "once";
    paper_count => "不写名称的户数", "Lines without a name";
    verify_paper_withheld(n: impl Display) => "依法不公开的 {n} 户只核户数。", "{n} units withheld by law are counted only.";
    verify_paper_since(n: impl Display) => "其中 {n} 户在抽取之后转为依法不公开。", "{n} of them were withheld after the draw.";
    paper_counted_only => "证书没有公布单位名称，公示文件没有单位编号，只能核户数。", "The certificate names no units and the paper gives no codes: lines are counted only.";
    paper_officer_names => "公示文件写了检查人员姓名；证书里只有编号，这一项不比对。", "The paper names officers; the certificate knows them by code, so they are not compared.";
    paper_by_officer_names => "检查人员按验证文件里的编号、姓名对照比对；这个对照是公布单位自己写的，没有校验码约束。", "Officers were compared by the verification file's list of codes and names: the publisher's word, bound by no hash.";
    paper_stated(word: impl Display, unit: impl Display, drawn: impl Display, paper: impl Display) => "公示文件写明“{word}”：{unit}，抽取时 {drawn}，公示 {paper}。", "The paper states “{word}”: {unit}, drawn {drawn}, published {paper}.";
    paper_stepped_in(word: impl Display, unit: impl Display) => "公示文件写明“{word}”：{unit}，由候补接替，不在抽取时的排期里。", "The paper states “{word}”: {unit} took another unit's place from the reserve.";
}

impl Lang {
    /// A difference as unit, what the paper says, what was drawn.
    #[must_use]
    pub fn paper_difference(self, difference: &PaperDifference) -> [String; 3] {
        let words = |unit: &String, paper: &str, drawn: &str| {
            [unit.clone(), paper.to_owned(), drawn.to_owned()]
        };
        match difference {
            PaperDifference::NotDrawn { unit } => {
                words(unit, self.paper_listed(), self.paper_not_drawn())
            }
            PaperDifference::NotInPaper { unit } => {
                words(unit, self.paper_not_listed(), self.paper_drawn())
            }
            PaperDifference::SetAside { unit } => {
                words(unit, self.paper_listed(), self.paper_set_aside())
            }
            PaperDifference::Twice { unit } => words(unit, self.paper_twice(), self.paper_once()),
            PaperDifference::Day { unit, paper, drawn } => {
                words(unit, paper, &self.month_day(*drawn))
            }
            PaperDifference::Officers { unit, paper, drawn } => words(unit, paper, drawn),
            PaperDifference::Count { paper, drawn } => [
                self.paper_count().to_owned(),
                paper.to_string(),
                drawn.to_string(),
            ],
        }
    }

    /// The whole comparison with a file, as text.
    #[must_use]
    pub fn paper_text(self, file: &str, compared: &Compared) -> String {
        let verdict = if compared.agrees() {
            self.verify_paper_same(compared.lines)
        } else {
            self.verify_paper_differs(compared.differences.len())
        };
        let mut lines = vec![format!("{} · {file}", self.verify_paper_title()), verdict];
        for difference in &compared.differences {
            let [unit, paper, drawn] = self.paper_difference(difference);
            let (of_paper, of_draw) = (self.verify_paper_says(), self.verify_paper_drawn());
            lines.push(format!(
                "    {unit}: {of_paper} {paper} | {of_draw} {drawn}"
            ));
        }
        lines.extend(self.paper_notes(compared));
        lines.join("\n") + "\n"
    }

    /// What is to be known beside the differences.
    #[must_use]
    pub fn paper_notes(self, compared: &Compared) -> Vec<String> {
        let mut notes = Vec::new();
        for change in &compared.stated {
            notes.push(if change.drawn.is_empty() {
                self.paper_stepped_in(&change.word, &change.unit)
            } else {
                self.paper_stated(&change.word, &change.unit, &change.drawn, &change.paper)
            });
        }
        if compared.withheld > 0 {
            notes.push(self.verify_paper_withheld(compared.withheld));
        }
        if compared.withheld_since > 0 {
            notes.push(self.verify_paper_since(compared.withheld_since));
        }
        if compared.is_counted_only {
            notes.push(self.paper_counted_only().to_owned());
        }
        if compared.has_officer_names {
            notes.push(self.paper_officer_names().to_owned());
        }
        if compared.is_by_officer_names {
            notes.push(self.paper_by_officer_names().to_owned());
        }
        notes
    }
}
