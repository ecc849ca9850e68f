//! Words of 逐条完善: what is to be mended in a record, and the walk from one to the next.

use std::fmt::Display;

use super::Lang;
use crate::desk::problems::Problem;
use crate::messages;

messages! {
    mend_start(n: impl Display) => "逐条完善 {n}", "Mend {n} one by one";
    mend_head => "要完善的", "To mend";
    mend_save_next => "保存，下一条", "Save, next";
    mend_skip => "跳过", "Skip";
    mend_leave => "退出完善", "Stop mending";
    mend_key => "保存，下一条：Ctrl+Enter", "Save, next: Ctrl+Enter";
    mend_done(saved: impl Display, total: impl Display) => "已走完 {total} 条，保存 {saved} 条", "All {total} seen, {saved} saved";
    mend_complete(complete: impl Display, total: impl Display, percent: impl Display) => "完整 {complete} / {total}（{percent}%）", "Complete {complete} / {total} ({percent}%)";
}

impl Lang {
    /// What is to be mended, and how.
    #[must_use]
    pub fn problem(self, problem: &Problem) -> String {
        let name = self.import_field(problem.field());
        match (self, problem) {
            (Self::Zh, Problem::Missing { .. }) => format!("缺“{name}”"),
            (Self::En, Problem::Missing { .. }) => format!("{name} lacks"),
            (Self::Zh, Problem::OrganisationCheck { .. }) => {
                format!("“{name}”中组织机构代码的校验位不符，旧代码可能如此，请再核对一次")
            }
            (Self::En, Problem::OrganisationCheck { .. }) => format!(
                "{name}: the organisation code inside fails its check; old codes may. Compare it once more"
            ),
            (Self::Zh, Problem::NotDense { category }) => format!(
                "类别“{category}”按消防法第七十三条属人员密集场所，没有勾选；不是的可以不改"
            ),
            (Self::En, Problem::NotDense { category }) => format!(
                "By its category {category} a densely populated place (Fire Protection Law, art. 73), and not marked; leave it where it is none"
            ),
            (Self::Zh, Problem::Day { day, .. }) => format!("“{name}”的 {day} 不可能，请改正"),
            (Self::En, Problem::Day { day, .. }) => format!("{name}: {day} cannot be. Correct it"),
            (Self::Zh, Problem::Phone { found, .. }) => {
                format!("“{name}”的“{found}”不像电话号码，请核对")
            }
            (Self::En, Problem::Phone { found, .. }) => {
                format!("{name}: \"{found}\" is hardly a telephone number. Check it")
            }
            (Self::Zh, Problem::Twin { other }) => {
                format!("与 {other} 名称、地址都相同，请核对是否同一单位")
            }
            (Self::En, Problem::Twin { other }) => {
                format!("{other} has the same name and address. Check whether the two are one")
            }
        }
    }
}
