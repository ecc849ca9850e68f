//! Words by which a commitment is shown to others: a message, a sheet to post.

use std::fmt::Display;

use super::Lang;
use crate::engine::ceremony::{EntropyPlan, PublicSource};
use crate::messages;
use crate::workbook::draw::Committed;

messages! {
    announce_note => "本页不联网，不会自己公布。请现在把承诺码发到公布处，别人看到之后，再产生随机数。", "This page is not on the network and publishes nothing by itself. Send the code to where it is to be shown now; make the random number once others have seen it.";
    announce_copy_code => "复制承诺码", "Copy the code";
    announce_copy_message => "复制消息", "Copy the message";
    announce_message => "发出去的消息", "Message to send";
    announce_title(year: impl Display, month: impl Display) => "{year}年{month}“双随机、一公开”抽查承诺", "Commitment to the double random draw, {month} {year}";
    announce_entropy => "随机数来源", "Random number";
    announce_fixed => "固定时间", "Fixed";
    announce_place => "公布处", "Shown at";
    announce_posted => "张贴时间", "Posted";
    announce_seen => "见到的人签名", "Seen by";
    announce_occasion => "抽取内容", "What is drawn";
    announce_reason => "不在抽取窗口内的原因", "Why outside the draw window";
}

impl Lang {
    /// Where the random number will come from, in a line.
    #[must_use]
    pub fn entropy_promised(self, entropy: &EntropyPlan) -> String {
        let source = |source: &PublicSource| format!("{} {}", source.source, source.round);
        match entropy {
            EntropyPlan::Local => self.entropy_local().to_owned(),
            EntropyPlan::Contributions { promises } => {
                let names = promises.iter().map(|promise| promise.witness.as_str());
                let names: Vec<&str> = names.collect();
                match self {
                    Self::Zh => format!("{}：{}", self.entropy_witnesses(), names.join("、")),
                    Self::En => format!("{}: {}", self.entropy_witnesses(), names.join(", ")),
                }
            }
            EntropyPlan::PublicValue {
                named,
                fallback,
                known_from,
                fallback_from,
            } => {
                let (named, fallback) = (source(named), source(fallback));
                let (from, by) = (
                    known_from.replace('T', " "),
                    fallback_from.replace('T', " "),
                );
                match self {
                    Self::Zh => {
                        format!(
                            "公开数：{named}，最早 {from} 公布；{by} 还没有公布的，用{fallback}"
                        )
                    }
                    Self::En => format!(
                        "public value: {named}, not before {from}; if it has not appeared by {by}, {fallback}"
                    ),
                }
            }
        }
    }

    /// The message by which a commitment is shown to others.
    #[must_use]
    pub fn commitment_message(self, brigade: &str, label: &str, committed: &Committed) -> String {
        let commitment = &committed.commitment;
        let month = self.year_month(commitment.month);
        let month = if commitment.occasion.is_month() {
            month
        } else {
            format!("{month} {} ", self.occasion_name(&commitment.occasion))
        };
        let (code, at) = (committed.hash, self.paper_time(committed.at));
        let entropy = self.entropy_promised(&commitment.entropy);
        let disclosed = commitment.disclosed.as_ref();
        let demo = match disclosed.is_some_and(|disclosed| disclosed.is_demo) {
            true => format!("（{}）", self.band_demo()),
            false => String::new(),
        };
        match self {
            Self::Zh => format!(
                "【抽查承诺】{demo}{brigade}{month}“双随机、一公开”抽查，抽取编号 {label}。\n承诺码：{code}\n{at}固定，名录、额度、休假与回避都已锁定；随机数此后产生（{entropy}）。\n请保存这条消息。抽取后公布验证文件，任何人都可以核对这个码。"
            ),
            Self::En => format!(
                "[Commitment] {demo}{brigade}, double random draw for {month}, number {label}.\nCode: {code}\nFixed {at}: register, quota, leave and avoidance are locked; the random number comes later ({entropy}).\nPlease keep this message. The draw's verification file will be published, and anybody can hold this code against it."
            ),
        }
    }
}
