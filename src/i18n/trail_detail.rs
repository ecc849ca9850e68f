//! What an entry of the audit trail did, from its data, in words.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::Lang;
use crate::engine::calendar::YearDays;
use crate::model::field::RegisterKind;
use crate::model::{Agency, Described, Engineer, Officer, OfficerId, Stratum, Unit};
use crate::workbook::event::EventKind;

/// Millionths of a percent in a share's parts per billion.
const PPB_PER_PERCENT: f64 = 1e7;
/// Digits of a hash that tell it from others by eye.
const HASH_DIGITS: usize = 16;
/// Runs of ids, and changes of one field, that an entry lists at most.
const LISTED_MAX: usize = 60;
/// Changed fields that a line names.
const CHANGES_MAX: usize = 2;
/// The one field of a changed plan's detail that is no change.
const PLAN_YEAR: &str = "of_year";

impl Lang {
    /// The facts of an entry's detail: name and words of each.
    ///
    /// Of a changed record each field that changed is one fact, before → after. What a
    /// newer program wrote stays as it is written.
    #[must_use]
    pub fn trail_detail(self, action: &str, detail: &Value) -> Vec<(String, String)> {
        let Value::Object(fields) = detail else {
            return Vec::new();
        };
        let kind = EventKind::named(action);
        if matches!(kind, Some(EventKind::EditBrigade | EventKind::EditPlan)) {
            let year = fields.get(PLAN_YEAR);
            let year = year.map(|year| (self.detail_name("year"), year.to_string()));
            return year
                .into_iter()
                .chain(self.changed_fields(fields))
                .collect();
        }
        // What it was about comes first, then what changed in it.
        let (mut facts, mut changed) = (Vec::new(), Vec::new());
        let draw = draw_named(fields);
        for (key, value) in fields {
            match (key.as_str(), value) {
                // That of the visit, not of a draw.
                ("number", _) if kind == Some(EventKind::EnterResult) => {
                    facts.push((self.detail_name("numbers"), value.to_string()));
                }
                ("number", _) if draw.is_some() => {
                    let words = draw.map(|(year, number)| self.draw_of_year(year, number));
                    facts.push((self.detail_name(key), words.unwrap_or_default()));
                }
                // Said with its number.
                ("year", _) if draw.is_some() => {}
                ("field", Value::String(field)) => {
                    facts.push((self.detail_name(key), self.import_field(field)));
                }
                ("value", _) => {
                    let field = fields.get("field").and_then(Value::as_str);
                    let words = self.import_value(field.unwrap_or_default(), value);
                    facts.push((self.detail_name(key), words));
                }
                ("count", _) if fields.contains_key("how") => {
                    facts.push((self.detail_name("changed_count"), value.to_string()));
                }
                ("changes", Value::Object(changes)) => changed.extend(self.changed_fields(changes)),
                ("counts", Value::Object(counts)) => changed.push(self.counted(counts)),
                ("added" | "changed" | "removed" | "retired", Value::Array(ids)) => {
                    changed.push((self.detail_name(key), self.ids(ids)));
                }
                // What else it said stands in the raw data below.
                ("item", Value::Object(item)) => {
                    let name = item.get("name").unwrap_or(&Value::Null);
                    facts.push((self.detail_name("name"), self.detail_value("name", name)));
                }
                ("bearing", Value::Array(groups)) => {
                    changed.extend(
                        groups
                            .iter()
                            .take(LISTED_MAX)
                            .filter_map(|it| self.group(it)),
                    );
                    changed.extend(self.unlisted(groups.len()));
                }
                _ => facts.push((self.detail_name(key), self.detail_value(key, value))),
            }
        }
        facts.extend(changed);
        facts
    }

    /// What an entry changed that bears on a draw, of the one record that it is about, in
    /// a line; the first few of many fields.
    #[must_use]
    pub fn trail_bearing(self, action: &str, detail: &Value) -> String {
        fn of<R: Described>(field: &str) -> bool {
            R::field(field).is_some_and(|it| it.is_bearing)
        }
        let is_bearing: fn(&str) -> bool = match EventKind::named(action) {
            Some(EventKind::EditUnit) => of::<Unit>,
            Some(EventKind::EditOfficer) => of::<Officer>,
            Some(EventKind::EditAgency) => of::<Agency>,
            Some(EventKind::EditEngineer) => of::<Engineer>,
            Some(EventKind::CorrectVisit | EventKind::EnterResult) => |_| true,
            _ => |_| false,
        };
        let changes = detail.get("changes").and_then(Value::as_object);
        let changes = changes.into_iter().flatten();
        let bearing = changes.filter(|(field, _)| is_bearing(field));
        let bearing = bearing.map(|(field, change)| (field.clone(), change.clone()));
        let facts = self.changed_fields(&bearing.collect());
        let rest = if facts.len() > CHANGES_MAX { "…" } else { "" };
        let words = facts.iter().take(CHANGES_MAX);
        let words: Vec<String> = words
            .map(|(name, words)| format!("{name} {words}"))
            .collect();
        words.join(self.list_mark()) + rest
    }

    /// Runs of ids; of very many the first, and how many more the workbook file names.
    fn ids(self, ids: &[Value]) -> String {
        let words: Vec<&str> = ids
            .iter()
            .take(LISTED_MAX)
            .filter_map(Value::as_str)
            .collect();
        let mark = if self == Self::Zh { "、" } else { ", " };
        let more = self.unlisted(ids.len()).map(|(_, words)| words);
        let words = words.into_iter().map(str::to_owned).chain(more);
        words.collect::<Vec<_>>().join(mark)
    }

    /// That a list is longer than what is shown of it.
    fn unlisted(self, count: usize) -> Option<(String, String)> {
        let rest = count.checked_sub(LISTED_MAX).filter(|&rest| rest > 0)?;
        Some(match self {
            Self::Zh => (
                "其余".into(),
                format!("另有 {rest} 段，全部写在备份文件的操作记录里"),
            ),
            Self::En => (
                "More".into(),
                format!("{rest} more, all in the trail of the backup file"),
            ),
        })
    }

    /// A change that an import made to one field of several records.
    fn group(self, group: &Value) -> Option<(String, String)> {
        let field = group.get("field")?.as_str()?;
        let value = |key| self.import_value(field, group.get(key).unwrap_or(&Value::Null));
        let ids = self.ids(group.get("ids")?.as_array()?);
        let words = match self {
            Self::Zh => format!("{} → {}：{ids}", value("before"), value("after")),
            Self::En => format!("{} → {}: {ids}", value("before"), value("after")),
        };
        Some((self.import_field(field), words))
    }

    /// Each changed field as `before → after`; nested ones by their innermost difference.
    fn changed_fields(self, changes: &Map<String, Value>) -> Vec<(String, String)> {
        let mut facts = Vec::new();
        for (field, change) in changes {
            let Some([before, after]) = change.as_array().map(Vec::as_slice) else {
                continue;
            };
            self.difference(&mut vec![field.clone()], before, after, &mut facts);
        }
        facts
    }

    fn difference(
        self,
        path: &mut Vec<String>,
        before: &Value,
        after: &Value,
        facts: &mut Vec<(String, String)>,
    ) {
        if before == after {
            return;
        }
        let inner: Vec<(String, &Value, &Value)> = match (before, after) {
            (Value::Object(old), Value::Object(new)) if is_design(path) => old
                .iter()
                .filter_map(|(key, old)| Some((key.clone(), old, new.get(key)?)))
                .collect(),
            (Value::Array(old), Value::Array(new)) if is_design(path) && path.len() > 1 => old
                .iter()
                .zip(new)
                .enumerate()
                .map(|(at, (old, new))| (at.to_string(), old, new))
                .collect(),
            _ => {
                let (before, after) = (self.leaf(path, before), self.leaf(path, after));
                facts.push((self.path_name(path), format!("{before} → {after}")));
                return;
            }
        };
        for (key, before, after) in inner {
            path.push(key);
            self.difference(path, before, after, facts);
            path.pop();
        }
    }

    /// A changed value in words.
    fn leaf(self, path: &[String], value: &Value) -> String {
        let share = value.as_u64().filter(|_| is_share(path));
        let days = YearDays::deserialize(value).ok();
        match (share, days) {
            (Some(ppb), _) => format!("{}%", ppb as f64 / PPB_PER_PERCENT),
            (_, Some(days)) => self.year_days(&days),
            _ => self.import_value(path.first().map_or("", String::as_str), value),
        }
    }

    /// The days that are free and worked other than the week says.
    fn year_days(self, days: &YearDays) -> String {
        let list = |days: &BTreeSet<NaiveDate>| {
            let days = days.iter().map(|day| day.format("%m-%d").to_string());
            days.collect::<Vec<_>>().join(self.list_mark())
        };
        let (off, work) = (list(&days.off), list(&days.work));
        match self {
            Self::Zh => format!("放假 {off}；上班 {work}"),
            Self::En => format!("off {off}; worked {work}"),
        }
    }

    /// The name of a changed value: of a share its stratum and level, of a season its month.
    fn path_name(self, path: &[String]) -> String {
        let words: Vec<&str> = path.iter().map(String::as_str).collect();
        let number = |text: &str| text.parse::<u32>().ok();
        match words.as_slice() {
            ["design", "shares", stratum, level] => {
                let stratum = number(stratum).and_then(|at| Stratum::ALL.get(at as usize).copied());
                let stratum = stratum.map_or(String::new(), |stratum| stratum.to_string());
                format!(
                    "{} {stratum} {}",
                    self.detail_name("shares"),
                    self.level_result(level)
                )
            }
            ["design", "season", month] => {
                let month = number(month).map_or(String::new(), |at| self.month_name(at + 1));
                format!("{} {month}", self.detail_name("season"))
            }
            ["design", rest @ ..] => {
                let names: Vec<String> = rest.iter().map(|key| self.detail_name(key)).collect();
                names.join(" ")
            }
            [field, ..] => self.detail_name(field),
            [] => String::new(),
        }
    }

    /// Added, changed and removed records of an import.
    fn counted(self, counts: &Map<String, Value>) -> (String, String) {
        let count = |key: &str| counts.get(key).and_then(Value::as_u64).unwrap_or(0);
        let (added, changed, removed) = (count("added"), count("changed"), count("removed"));
        match self {
            Self::Zh => (
                "变化".into(),
                format!("新增 {added}，修改 {changed}，移出 {removed}"),
            ),
            Self::En => (
                "Changes".into(),
                format!("{added} added, {changed} changed, {removed} taken out"),
            ),
        }
    }

    /// A visit of several that were entered together.
    fn visit_entered(self, visit: &Value) -> String {
        if visit["draw"].is_object() {
            return self.detail_value("unit", &visit["unit"]);
        }
        let words = ["unit", "date", "finding"].map(|key| self.detail_value(key, &visit[key]));
        words.join(" ")
    }

    fn detail_value(self, key: &str, value: &Value) -> String {
        match (key, value) {
            ("finding", _) => self.word(value, Self::finding),
            ("visits", Value::Array(visits)) => {
                let visits = visits.iter().map(|visit| self.visit_entered(visit));
                visits.collect::<Vec<_>>().join(self.list_mark())
            }
            ("visit", Value::Object(_)) => self.visit_entered(value),
            ("numbers", Value::Array(numbers)) => {
                let numbers = numbers.iter().map(Value::to_string);
                numbers.collect::<Vec<_>>().join(self.list_mark())
            }
            ("outcome", _) => self.word(value, Self::outcome),
            ("form", _) => self.word(value, Self::other_kind),
            ("beyond", _) => self.word(value, Self::beyond_ground),
            ("papers", Value::Array(papers)) => {
                let words = papers.iter().map(|paper| {
                    let kind = self.word(&paper["kind"], Self::paper_kind);
                    let number = paper["number"].as_str().unwrap_or_default();
                    format!("{kind} {number}").trim().to_owned()
                });
                words.collect::<Vec<_>>().join(self.list_mark())
            }
            ("stand_ins", Value::Array(visits)) => {
                let words = visits.iter().map(|it| {
                    let by = it.get("by").and_then(Value::as_str);
                    let by = by.unwrap_or(self.nobody_stood_in());
                    let text = |key| it.get(key).and_then(Value::as_str).unwrap_or_default();
                    format!("{} {} {by}", text("date"), text("unit"))
                });
                words.collect::<Vec<_>>().join(self.list_mark())
            }
            ("absence", _) => serde_json::from_value(value.clone()).map_or_else(
                |_| value.to_string(),
                |kind| self.absence_kind(kind).to_owned(),
            ),
            ("ground", _) => serde_json::from_value(value.clone()).map_or_else(
                |_| value.to_string(),
                |ground| self.closed_ground(ground).to_owned(),
            ),
            ("confirmed", _) => serde_json::from_value(value.clone()).map_or_else(
                |_| value.to_string(),
                |it| self.confirmation(&it, OfficerId::to_string),
            ),
            ("how", Value::String(how)) => match (self, how.as_str()) {
                (Self::Zh, "set") => "改为".into(),
                (Self::Zh, "add") => "增加标签".into(),
                (Self::Zh, "remove") => "去掉标签".into(),
                (Self::Zh, "undo") => "撤销".into(),
                (Self::En, "undo") => "taken back".into(),
                (_, other) => other.to_owned(),
            },
            ("register", Value::String(name)) => {
                let register = RegisterKind::ALL.into_iter().find(|it| it.name() == name);
                register.map_or_else(|| name.clone(), |it| self.register_name(it).to_owned())
            }
            ("ids", Value::Array(ids)) => self.ids(ids),
            ("line", _) => serde_json::from_value(value.clone()).map_or_else(
                |_| value.to_string(),
                |kind| self.check_name(kind).to_owned(),
            ),
            ("bulletin", _) => serde_json::from_value(value.clone())
                .map_or_else(|_| value.to_string(), |of| self.bulletin(of, "")),
            ("fields", Value::Array(fields)) => {
                let fields = fields.iter().filter_map(Value::as_str);
                let names: Vec<String> = fields.map(|field| self.import_field(field)).collect();
                names.join(self.list_mark())
            }
            ("of", Value::String(action)) => self.action_name(action),
            ("mode", Value::String(mode)) => match (self, mode.as_str()) {
                (Self::Zh, "replace") => "整体替换".into(),
                (Self::Zh, "merge") => "合并".into(),
                (Self::En, "replace") => "replaced".into(),
                (Self::En, "merge") => "merged".into(),
                (_, other) => other.to_owned(),
            },
            (_, Value::String(text)) if is_hash(text) => {
                let digits = &text.as_bytes()[..HASH_DIGITS];
                let groups = digits.chunks(4).map(|group| String::from_utf8_lossy(group));
                format!("{} …", groups.collect::<Vec<_>>().join(" "))
            }
            _ => self.import_value(key, value),
        }
    }

    /// A value of a list of words; what it does not hold stays as it is written.
    fn word<T: DeserializeOwned>(self, value: &Value, of: fn(Self, T) -> &'static str) -> String {
        let known = serde_json::from_value(value.clone());
        known.map_or_else(|_| value.to_string(), |known| of(self, known).to_owned())
    }

    /// A draw by its whole name.
    fn draw_of_year(self, year: i64, number: u64) -> String {
        match self {
            Self::Zh => format!("{year}年第{number}次抽查"),
            Self::En => format!("{number} of {year}"),
        }
    }

    /// The name of a fact of the trail; of a record's field the name that files give it.
    fn detail_name(self, key: &str) -> String {
        let (zh, en) = match key {
            "number" | "draw" => ("抽取编号", "Draw number"),
            "month" => ("月份", "Month"),
            "adds_to" => ("补充的抽取", "Adds to draws"),
            "filter" => ("范围", "Whom it takes"),
            "pool" => ("候选", "Candidates"),
            "count" => ("抽取数", "To be drawn"),
            "unit" => ("单位", "Unit"),
            "day" => ("计划日期", "Planned day"),
            "lead" => ("主办", "Lead"),
            "member" => ("协办", "Member"),
            "officer" => ("执法人员", "Officer"),
            "first_day" => ("第一天", "First day"),
            "last_day" => ("最后一天", "Last day"),
            "absence" => ("登记为", "Entered as"),
            "stand_ins" => ("替换", "Stand-ins"),
            "ground" => ("情形", "Ground"),
            "confirmed" => ("核实", "Confirmed by"),
            "replaced_by" => ("递补单位", "Stepped in"),
            "passed_over" => ("跳过的候补", "Passed over"),
            "with_unit" => ("随单位检查", "Along with unit"),
            "register" => ("名录", "Register"),
            "record" => ("机构或工程师", "Agency or engineer"),
            "campaign" => ("专项序号", "Campaign no."),
            "check" => ("核查报告序号", "Report no."),
            "line" => ("核查内容", "What is checked"),
            "first" => ("核查期间起", "Covers from"),
            "last" => ("核查期间止", "Covers until"),
            "to_mend" => ("要整改", "To mend"),
            "to_explain" => ("要说明", "To explain"),
            "checker" => ("核查人", "Checked by"),
            "bulletin" => ("公示内容", "What was published"),
            "rows" => ("行数", "Lines"),
            "paper_hash" => ("公示内容散列值", "Hash of the paper"),
            "places" => ("公布在哪里", "Where"),
            "bunching" => ("集中录入的认定", "What counts as bunched"),
            "document" => ("方案文号", "Document"),
            "basis" => ("法律依据", "Legal basis"),
            "kind" => ("时段", "Occasion"),
            "size" => ("抽取数量", "Size"),
            "is_combined" => ("结合月度抽查", "Combined with the month"),
            "items" => ("检查事项", "Items"),
            "team" => ("检查人员", "Officers"),
            "visit" => ("检查任务", "Visit"),
            "numbers" => ("编号", "Numbers"),
            "is_unannounced" => ("不事先告知", "Unannounced"),
            "outcome" => ("检查结果", "Result"),
            "findings" => ("问题数", "Problems"),
            "is_accepted" => ("审核通过", "Accepted"),
            "reviewer" => ("审核人", "Reviewer"),
            "papers" => ("文书", "Papers"),
            "corrected" => ("已改正", "Corrected"),
            "left" => ("未改正", "Not corrected"),
            "entry" => ("序号", "No."),
            "form" => ("检查形式", "Kind of visit"),
            "beyond" => ("超次检查情形", "Ground beyond two visits"),
            "of_year" => ("年度", "Year"),
            "visits" => ("检查", "Visits"),
            "units" => ("单位数", "Units"),
            "snapshot_root" => ("名录根", "Register root"),
            "commitment" => ("承诺码", "Commitment"),
            "shown_at" => ("公布在", "Shown at"),
            "stored_at" => ("另一窗口保存于", "Other window saved"),
            "draws" => ("缺少的抽取", "Draws missing"),
            "draws_count" => ("抽取次数", "Draws"),
            "visits_count" => ("已查户次", "Visits made"),
            "archive" => ("归档文件散列值", "Hash of the archive"),
            "seed" => ("种子", "Seed"),
            "drawn" => ("抽中", "Drawn"),
            "set_aside" => ("顺延", "Set aside"),
            "certificate" => ("证书散列值", "Certificate's hash"),
            "nobody_revealed" => ("没有一位见证人报数", "Nobody revealed"),
            "missing" => ("未报数", "Withheld"),
            "approver" => ("批准人", "Approved by"),
            "opinion" => ("审批意见", "Opinion"),
            "made" => ("已查", "Made"),
            "unmade" => ("抽中未查", "Drawn, not made"),
            "floors_missed" => ("没有守住的底线", "Floors not met"),
            "ids" => ("单位", "Units"),
            "lines" => ("行数", "Rows"),
            "names" => ("名称", "Names"),
            "same" => ("一致", "Alike"),
            "lacking" => ("本库缺少", "Missing here"),
            "absent" => ("对方没有", "Not in the list"),
            "struck_off" => ("对方已注销", "Closed in the list"),
            "differing" => ("不一致", "Differing"),
            "fields" => ("字段", "Fields"),
            "of" => ("撤销的动作", "Action taken back"),
            "dormant_months" => ("无动静月数", "Months without a sign"),
            "version" => ("版本", "Version"),
            "items_count" => ("事项数", "Items"),
            "agency_share" => ("服务机构年度抽查比例", "Agencies' share of the year"),
            "engineer_share" => ("注册消防工程师年度抽查比例", "Engineers' share of the year"),
            "genesis" => ("计划散列值", "Hash of the plan"),
            "since" => ("起始日期", "Since"),
            "date" => ("日期", "Date"),
            "finding" => ("检查结果", "Finding"),
            "added" => ("新增的", "Added"),
            "changed" => ("修改的", "Changed"),
            "removed" => ("移出的", "Taken out"),
            "retired" => ("停用的", "Retired"),
            "years" => ("年度", "Years"),
            "year" => ("年度", "Year"),
            "file" => ("文件", "File"),
            "mode" => ("方式", "Way"),
            "fingerprint" => (
                "文件散列值（前 16 位）",
                "Hash of the file, first 16 digits",
            ),
            "records" => ("导入后共", "Records after"),
            "field" => ("字段", "Field"),
            "changed_count" => ("修改条数", "Records changed"),
            "how" => ("方式", "Way"),
            "value" => ("内容", "Value"),
            "from" => ("原位置", "From place"),
            "to" => ("新位置", "To place"),
            "at" => ("位置", "Place"),
            "short_name" => ("简称", "Short name"),
            "division" => ("行政区划代码", "Division code"),
            "unit_prefix" => ("单位编号前缀", "Prefix of unit ids"),
            "detachment" => ("支队", "Detachment"),
            "head" => ("大队主官", "Head of brigade"),
            "operator" => ("内勤", "Operator"),
            "supervisor" => ("监督人", "Supervisor"),
            "names_officers" => ("公示计划写检查人员姓名", "Published plans name officers"),
            "review_days" => ("标签、等级核对期限", "Review within days"),
            "townships" => ("街道乡镇", "Townships"),
            "brigade" => ("大队", "Brigade"),
            "key_categories" => ("重点行业", "Key industries"),
            "design" => ("抽查设计", "Design"),
            "shares" => ("比例", "Share"),
            "twice_level" => ("两次检查起始级", "Level of two visits"),
            "season" => ("季节权重", "Season weight"),
            "per_day" => ("每人每日检查数", "Visits per officer and day"),
            "capacity_permille" => ("容量（千分比）", "Capacity, per mille"),
            "daily_minimum" => ("每日一查", "One visit a day"),
            "points" => ("分值", "Points"),
            "green" => ("绿", "green"),
            "blue" => ("蓝", "blue"),
            "yellow" => ("黄", "yellow"),
            "red" => ("红", "red"),
            "credit_d" => ("信用D", "credit D"),
            "dishonest" => ("失信", "dishonesty"),
            "serious_violation" => ("严重违法", "serious violation"),
            "key_industry" => ("重点行业", "key industry"),
            "law_abiding" => ("守法良好", "law-abiding"),
            field => return self.import_field(field),
        };
        match self {
            Self::Zh => zh.to_owned(),
            Self::En => en.to_owned(),
        }
    }
}

/// The draw that a detail names by its number, with its year where that is said: by
/// itself, or by the month that was opened.
fn draw_named(fields: &Map<String, Value>) -> Option<(i64, u64)> {
    let of_month = || fields.get("month")?.as_str()?.get(..4)?.parse().ok();
    let year = fields.get("year").and_then(Value::as_i64);
    Some((
        year.or_else(of_month)?,
        fields.get("number").and_then(Value::as_u64)?,
    ))
}

/// Whether a path lies in the plan's design, whose parts are told one by one.
fn is_design(path: &[String]) -> bool {
    path.first().is_some_and(|first| first == "design")
}

fn is_share(path: &[String]) -> bool {
    let is_of_register = |key: &String| key.ends_with("_share");
    path.get(1).is_some_and(|key| key == "shares") || path.first().is_some_and(is_of_register)
}

fn is_hash(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::engine::design::AnnualDesign;

    /// Asserts what a detail says, facts joined as `name: words`.
    #[track_caller]
    fn check(lang: Lang, action: &str, detail: Value, expected: &[&str]) {
        let facts = lang.trail_detail(action, &detail).into_iter();
        let found: Vec<String> = facts
            .map(|(name, words)| format!("{name}: {words}"))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn changed_fields_are_told_with_both_values() {
        let detail = json!({
            "id": "NG-00007",
            "changes": { "phone": ["", "0319-5550000"], "risk": ["green", "red"] },
        });
        let zh = [
            "编号: NG-00007",
            "联系电话: 无 → 0319-5550000",
            "风险等级: 绿 → 红",
        ];
        check(Lang::Zh, "edit_unit", detail.clone(), &zh);
        let en = [
            "Id: NG-00007",
            "Telephone: None → 0319-5550000",
            "Risk tier: Green → Red",
        ];
        check(Lang::En, "edit_unit", detail, &en);
    }

    #[test]
    fn a_plan_tells_only_the_numbers_that_changed() {
        let before = AnnualDesign::default();
        let mut after = before.clone();
        after.shares[2][1] = after.shares[2][2];
        after.season[4] += 1;
        after.points.complaints = 2;
        let detail = json!({ "design": [before, after] });
        let (old, new) = (before.season[4], after.season[4]);
        let facts = Lang::Zh.trail_detail("edit_plan", &detail);
        assert_eq!(facts.len(), 3, "{facts:?}");
        let share = ("比例 C 1 级".to_owned(), "22% → 35%".to_owned());
        assert!(facts.contains(&share), "{facts:?}");
        let season = ("季节权重 5 月".to_owned(), format!("{old} → {new}"));
        assert!(facts.contains(&season), "{facts:?}");
        let points = ("分值 投诉举报".to_owned(), "1 → 2".to_owned());
        assert!(facts.contains(&points), "{facts:?}");
    }

    #[test]
    fn a_line_names_the_first_changes_that_bear_on_a_draw() {
        let changes = json!({ "phone": ["", "5550000"], "risk": ["green", "red"] });
        let mut detail = json!({ "id": "NG-00007", "changes": changes });
        let line = |detail: &Value| Lang::Zh.trail_bearing("edit_unit", detail);
        assert_eq!(line(&detail), "风险等级 绿 → 红");
        detail["changes"]["credit"] = json!(["a", "d"]);
        detail["changes"]["is_key"] = json!([false, true]);
        assert!(line(&detail).ends_with('…'), "{}", line(&detail));
        assert_eq!(line(&json!({ "id": "NG-00007" })), "");
        let visit = json!({ "unit": "NG-1", "changes": { "date": ["2026-01-28", null] } });
        let line = Lang::En.trail_bearing("correct_visit", &visit);
        assert_eq!(line, "Date 2026-01-28 → None");
    }

    #[test]
    fn a_draw_is_named_with_its_year_where_that_is_known() {
        let detail = json!({ "year": 2027, "number": 1, "shown_at": "公示栏" });
        let zh = ["抽取编号: 2027年第1次抽查", "公布在: 公示栏"];
        check(Lang::Zh, "commit_draw", detail.clone(), &zh);
        let en = ["Draw number: 1 of 2027", "Shown at: 公示栏"];
        check(Lang::En, "commit_draw", detail, &en);
        // An older program wrote the number alone.
        let detail = json!({ "number": 1, "shown_at": "公示栏" });
        check(
            Lang::Zh,
            "commit_draw",
            detail,
            &["抽取编号: 1", "公布在: 公示栏"],
        );
        // A visit's number is no draw's.
        let entered = json!({ "number": 312, "findings": 0 });
        check(
            Lang::Zh,
            "enter_result",
            entered,
            &["问题数: 0", "编号: 312"],
        );
        let opened = json!({ "month": "2027-02", "number": 2 });
        let zh = ["月份: 2027-02", "抽取编号: 2027年第2次抽查"];
        check(Lang::Zh, "open_draw", opened, &zh);
    }

    #[test]
    fn a_calendar_tells_its_days() {
        let days = json!({ "off": ["2027-02-08", "2027-02-09"], "work": ["2027-02-13"] });
        let detail = json!({ "years": [2027], "changes": { "2027": [null, days] } });
        let zh = ["年度: 2027", "2027: 无 → 放假 02-08、02-09；上班 02-13"];
        check(Lang::Zh, "import_holidays", detail, &zh);
    }

    #[test]
    fn imports_and_draws_are_told() {
        let import = json!({
            "file": "名录.json",
            "mode": "merge",
            "counts": { "added": 3, "changed": 1, "removed": 0 },
            "records": 2415,
        });
        let zh = [
            "文件: 名录.json",
            "方式: 合并",
            "导入后共: 2415",
            "变化: 新增 3，修改 1，移出 0",
        ];
        check(Lang::Zh, "import_units", import, &zh);
        let named = json!({
            "added": ["NG-02413…NG-02415", "NG-02419"],
            "bearing": [{ "field": "risk", "before": "green", "after": "red", "ids": ["NG-00001"] }],
        });
        let zh = [
            "新增的: NG-02413…NG-02415、NG-02419",
            "风险等级: 绿 → 红：NG-00001",
        ];
        check(Lang::Zh, "import_units", named, &zh);
        let draw = json!({ "seed": "ab".repeat(32), "missing": [] });
        check(
            Lang::En,
            "draw",
            draw,
            &["Withheld: None", "Seed: abab abab abab abab …"],
        );
    }

    #[test]
    fn what_is_not_known_stays_as_written() {
        check(Lang::Zh, "later", json!({ "novel": 7 }), &["novel: 7"]);
        check(Lang::Zh, "later", Value::Null, &[]);
    }
}
