//! Words of the verify page, of verification files, and of register changes.

use std::fmt::Display;

use super::{Both, Lang, both};
use crate::engine::calendar::YearMonth;
use crate::engine::ceremony::EntropyRecord;
use crate::engine::certificate::Certificate;
use crate::engine::changes::{Change, ChangeCounts};
use crate::engine::level::PointReason;
use crate::engine::pace::Stage;
use crate::engine::read::ReadError;
use crate::engine::verify::CheckCounts;
use crate::exchange::beside::Part;
use crate::exchange::links::Link;
use crate::exchange::report::Report;
use crate::exchange::verification::DocumentError;
use crate::messages;
use crate::model::{DrawLevel, Stratum};
use crate::workbook::register_changes::Reason;

messages! {
    nav_verify => "验证", "Verify";
    verify_title => "验证抽查结果", "Verify a draw";
    verify_offline => "不联网，文件只在本机读取，不上传", "No network: files are read on this computer and go nowhere";
    verify_how => "怎样验证", "How to verify";
    verify_to_workbook => "返回工作台", "Back to the workbench";
    verify_to_start => "打开工作台", "Open the workbench";
    verify_link => "验证抽查结果", "Verify a draw";
    verify_link_note => "收到公示的验证文件，在这里核对，也可以直接拖到本页；不需要工作簿。", "Check a published verification file here, or drop it onto this page; no workbook is needed.";
    verify_open_this => "打开验证", "Verify here";
    verify_save_file => "保存验证文件", "Save verification file";
    verify_saved(name: impl Display) => "验证文件已交给浏览器下载：{name}", "Verification file handed to the browser: {name}";
    verify_save_refused => "有单位的盐值已丢失，名录的校验码无法公布。请打开备份再试。", "A unit has lost its salt, so that its leaf cannot be published. Open a backup and try again.";

    verify_drop => "拖入验证文件、抽取证书、公布的名录，或公示的抽查计划（网页、表格），可以几个一起；或", "Drop a verification file, certificate, published register or the published plan (page or spreadsheet) here, several at once; or";
    verify_drop_more => "拖入另一个文件，例如公示的抽查计划，或", "Drop another file, such as the published plan, or";
    verify_choose => "选择文件", "Choose files";
    verify_files => "已打开的文件", "Files opened";
    verify_remove(name: impl Display) => "关闭 {name}", "Close {name}";
    verify_register => "公布的名录", "Published register";
    verify_own => "本工作簿的抽取", "A draw of this workbook";
    verify_own_action => "核对这次抽取", "Check this draw";
    verify_own_name(label: impl Display) => "本工作簿 {label}", "This workbook, {label}";
    verify_which => "核对哪一次", "Which draw";
    verify_draw_name(month: impl Display, number: impl Display) => "{month}第 {number} 号", "{month}, draw {number}";
    verify_empty_title => "任何人都可以核对一次抽查", "Anybody can check a draw";
    verify_empty_text => "打开公布的验证文件，本页把抽取从头算一遍：名录、额度、随机数、抽签号、日期和人员，逐项说明哪些对得上、哪些对不上。", "Open what was published and this page repeats the draw from the start: register, sizes, random number, lottery numbers, dates and officers. It says of each whether it holds.";
    verify_no_certificate => "还缺抽取证书。请打开证书，或含证书的验证文件。", "The certificate is lacking. Open it, or a verification file that holds it.";
    verify_refused_title(name: impl Display) => "{name} 不能核对", "{name} cannot be checked";
    verify_working => "正在核对", "Checking";
    stage_running => "正在模拟", "Simulating";
    verify_reading => "正在读取文件", "Reading files";
    verify_broke => "核对中断，文件没有问题也可能如此，请重新核对；再次中断时请告诉维护人员：", "The check broke off, which need not be the file's fault. Check again; if it breaks off again, tell whoever maintains this page:";
    verify_cancelled => "核对已取消。", "The check was cancelled.";
    verify_again => "重新核对", "Check again";
    verify_demo => "演示数据，不是公布的抽查结果", "Demo data, not a published draw";

    verify_checks => "逐项核对", "Checks";
    verify_failed_tag => "不一致", "Differs";
    verify_open_tag => "未能核对", "Open";
    verify_passed_tag => "通过", "Holds";
    verify_place => "哪里", "Where";
    verify_stated => "文件写的", "Stated";
    verify_found => "重算得到", "Worked out";
    verify_more(n: impl Display) => "还有 {n} 处，保存核对结果可以看全。", "{n} more; save the result to see them all.";
    verify_facts(month: impl Display, number: impl Display, at: impl Display, operator: impl Display) => "{month}第 {number} 号抽取，{at} 抽取，经办 {operator}", "Draw {number} for {month}, drawn {at} by {operator}";
    verify_supervisor(name: impl Display) => "，监督 {name}", ", watched by {name}";

    verify_brigade => "公布单位", "Published by";
    verify_brigade_bound => "写在冻结的年度计划里，校验码已核对", "as the frozen annual plan says, whose hash was checked";
    verify_brigade_unknown => "公布的内容没有写明，或年度计划对不上，不能确定是谁公布的", "Not stated in what is published, or the annual plan does not fit: who published it cannot be told";
    verify_outside(reason: impl Display) => "不在规定的最后两个工作日冻结名录，原因：{reason}", "The register was frozen outside the draw window, because: {reason}";
    verify_shown(at: impl Display, place: impl Display) => "抽取前于 {at} 在“{place}”公布了承诺码：", "Before the draw, at {at}, the commitment was shown at “{place}”:";
    verify_code_commitment => "这是抽取前公布的承诺码，与证书里的承诺相同", "This is the commitment shown before the draw; the certificate names the same";
    replay_title => "逐步重算", "Step by step";
    replay_note => "种子、号码与分界线、日期、人员", "seed, numbers and cut lines, days, officers";
    replay_seed => "种子：下面这一行的校验码。", "The seed: the hash of this line.";
    replay_numbers => "号码：每组候选按抽签号从小到大排，取满名额为止。右边“自己动手算一户”可以列出全部号码。", "Numbers: the candidates of each group in order of lottery number, the smallest drawn. All of them are listed under “one number by hand”.";
    replay_group => "组", "Group";
    replay_count => "候选与名额", "Candidates and places";
    replay_of(pool: impl Display, drawn: impl Display) => "{pool} 户取 {drawn} 户", "{drawn} of {pool}";
    replay_last => "最后抽中的", "Last drawn";
    replay_first => "分界线后第一户", "First beyond the cut line";
    replay_plan => "日期与人员：由种子排出，人员只写编号。", "Days and officers, laid from the seed; officers by their codes.";
    replay_day => "日期", "Day";
    replay_lead => "主办", "Lead";
    replay_member => "协办", "Member";
    hand_cut_line => "分界线：以上抽中，以下没有抽中", "Cut line: drawn above, not drawn below";
    verify_broken(number: impl Display, at: impl Display, reason: impl Display, approver: impl Display) => "第 {number} 号于 {at} 中止：{reason}（批准人 {approver}）", "Draw {number} was broken off at {at}: {reason} (approved by {approver})";
    verify_trail(words: impl Display) => "承诺时{words}", "When it was committed to: {words}";
    verify_unbound(parts: impl Display) => "这份文件由旧程序或其他程序写成，以下内容没有校验码约束，改了也看不出来，不要当作依据：{parts}", "An older or another program wrote this file. No hash binds the following, and a change would not show: do not rely on it: {parts}";
    link_first => "本年第一份", "first of its year";
    link_follows(number: impl Display) => "接着第 {number} 号", "follows draw {number}";
    link_lacking => "它写明的上一份没有打开", "the one it names before it is not open";
    link_other(number: impl Display) => "没有接着第 {number} 号：它写明的上一份是另一份证书", "does not follow draw {number}: it names another certificate before it";
    link_rival => "另有一份同年同号、内容不同的证书", "another certificate of its year and number says something else";
    link_changed => "写的校验码不是内容算出的", "its hash is not that of what it says";
    verify_officer_names => "文件写了检查人员的编号和姓名对照。这是公布单位自己写的，没有校验码约束，改了也看不出来。", "The file says which officer's code is whose. That is the publisher's word: no hash binds it, and a change would not show.";
    verify_code => "短码（由文件内容算出）", "Short code (worked out from the contents)";
    verify_code_typed => "听到或纸上的短码", "Short code heard or printed";
    verify_code_help => "16 位数字，空格不计；也可以填二维码的内容，或抽取前公布的承诺码。对照之后才知道是不是同一份证书。", "16 digits, spaces do not count; a QR code's text or the commitment shown before the draw does, too. Only a comparison shows that this is the same certificate.";
    verify_code_same => "相同，就是这一份", "The same: this is the one";
    verify_code_failed => "短码是这份内容的，但核对不一致，不能采信", "The code is that of these contents, but the checks differ: do not rely on it";
    verdict_other_code => "这不是念出的那一份", "This is not the one read aloud";
    verdict_other_code_meaning(counts: impl Display) => "短码与听到或纸上的不同：文件本身{counts}，但另有一份才是公布的。请先核对输入的短码，再向公布单位索取。", "The code differs from the one heard or printed. By itself the file gives {counts}, but what was published is another. Check the code as typed, then ask the publisher.";
    code_group_differs => "与听到的不同的数字加了底色", "Digits that differ from those heard are marked";
    verify_code_other => "不同，这不是念出的那一份", "Different: this is not the one read aloud";
    verify_code_short(n: impl Display) => "还差 {n} 位", "{n} digits to go";

    hand_title => "自己动手算一户", "Work one out yourself";
    hand_note => "不用本程序，任何电脑都能算", "On any computer, without this program";
    hand_unit => "单位", "Unit";
    hand_unit_help => "输入单位名称或编号，大小写都行。名称只公布抽中和顺延的单位；其他单位的编号可向公布单位询问。", "Type a unit's name or id, in capitals or not. Names are published of drawn and carried units; ask the publisher for other units' ids.";
    hand_unit_unnamed => "输入单位编号，大小写都行；这份文件没有公布单位名称。", "Type a unit's id, in capitals or not; this file publishes no names.";
    hand_no_name => "公布的名称里没有它。名称只公布抽中和顺延的单位：没有抽中的单位，请向公布单位问到编号再查。", "No published name holds this. Names are published of drawn and carried units alone: for a unit that was not drawn, ask the publisher for its id.";
    hand_several(n: impl Display) => "有 {n} 户的名称符合，选一户：", "{n} names fit; choose one:";
    hand_more(n: impl Display) => "还有 {n} 户，请把名称写全一些。", "{n} more: write more of the name.";
    hand_line => "把本次抽取的钥匙和单位编号用竖线连成一行，不留空格，不换行：", "Join the draw's key and the unit's id by a bar, no spaces, no end of line:";
    hand_shell => "在 Linux 或 macOS 的终端输入：", "In a terminal on Linux or macOS:";
    hand_windows => "Windows 上没有 PowerShell 的，在“命令提示符”依次输入两行：", "On Windows without PowerShell, at a command prompt, these two lines:";
    hand_shown => "屏幕显示 64 个字符，前 12 个就够对照：", "It shows 64 characters; the first 12 are enough to compare:";
    hand_published => "与证书公布的抽签号比较：", "Compared with the number in the certificate:";
    hand_not_listed => "证书只列出抽中和候补的抽签号，这户不在其中；它的号由你自己算出。", "The certificate lists only the drawn and the reserve; this unit is not among them, and its number is what you work out.";
    hand_same => "一致", "Same";
    hand_differs => "不一致", "Differs";
    hand_own => "你算出的抽签号", "The number you worked out";
    hand_own_help => "粘贴屏幕显示的字符，至少 12 个。", "Paste what your screen shows, at least 12 characters.";
    hand_own_same => "与本页算出的一致", "The same as worked out here";
    hand_own_differs => "与本页算出的不同。检查竖线、空格和换行。", "Not what this page works out. Look for spaces and ends of line.";
    hand_smaller(group: impl Display, n: impl Display, rank: impl Display, quota: impl Display) => "数一数同组（{group}）里有几户的号比它小：有 {n} 户，所以排第 {rank} 名；名额 {quota} 户，", "Count the smaller numbers in its group ({group}): {n}, so it ranks {rank}; places: {quota}. ";
    hand_drawn => "抽中。", "Drawn.";
    hand_not_drawn => "未抽中。", "Not drawn.";
    hand_list(group: impl Display, n: impl Display) => "列出 {group} 全部 {n} 户的抽签号", "List all {n} numbers of {group}";
    hand_list_title(group: impl Display) => "{group}的抽签号，从小到大", "Lottery numbers of {group}, smallest first";
    hand_no_unit => "没有这个编号的单位，或它不在本次抽取的候选里。", "No unit has this id, or it was no candidate of this draw.";
    hand_id_form => "单位编号由字母、数字和短横组成，例如 NG-02051。", "An id holds letters, digits and hyphens, such as NG-02051.";
    hand_nothing => "这次没有抽取任何单位。", "Nothing was drawn.";
    hand_rank => "名次", "Rank";

    verify_save => "保存核对结果", "Save the result";
    verify_save_json => "存为 JSON", "Save as JSON";
    verify_print => "打印", "Print";
    verify_checked_at(at: impl Display) => "核对时间 {at}", "Checked {at}";

    proves_title => "能证明什么，不能证明什么", "What this proves, and what it does not";
    proves_public => "用公开数，或见证人全部报数且至少一位诚实：公布承诺之后，没有人能左右抽取结果。", "With a public value, or with all witnesses' reveals and one of them honest, nobody could steer the draw after the commitment.";
    proves_local => "用本机随机数：不诚实的经办人可能先在别处试抽，挑一次公布。证书只能证明公布之后没有改动。", "With this computer's random number, a dishonest operator could have drawn elsewhere first. The certificate then proves only that nothing was changed since.";
    proves_register => "任何证书都不能证明名录是全的。名录是否应列尽列，要与市场监管部门的名单比对。", "No certificate can show that the register was complete. That takes a comparison with the market regulator's list.";
    proves_this_late(by: impl Display) => "本次用公开数，承诺时没有人能知道它；但抽取时已过备用接替的时间 {by}，用首选还是备用要看首选来源何时公布。", "This draw used a public value that nobody could know at commitment time; but it was drawn after the fallback took over at {by}, so which of the two counts depends on when the named value appeared.";
    proves_this_public => "本次用公开数，承诺时没有人能知道它。", "This draw used a public value that nobody could know at commitment time.";
    proves_this_witnesses(n: impl Display) => "本次由 {n} 位见证人全部报数。", "In this draw all {n} witnesses revealed.";
    proves_this_missing(names: impl Display) => "本次 {names} 没有报数。不报数的人多了一次选择，所以这次不能证明没有人左右结果。", "In this draw {names} did not reveal. Whoever withholds has one choice more, so it does not prove that nobody steered it.";
    proves_this_local => "本次用本机随机数。", "This draw used the computer's own random number.";

    how_one => "向公布单位索取这次抽取的验证文件（一个 JSON 文件），拖进本页。", "Ask the publisher for the draw's verification file (one JSON file) and drop it here.";
    how_two => "对照短码：本页算出的，应与抽取时念出的、计划首页和公示栏上的相同。", "Compare the short code worked out here with the one read aloud, printed on the plan and posted.";
    how_three => "任选一户，用“自己动手算一户”的命令算出抽签号，不必相信本程序。", "Choose any unit and work its number out yourself with the commands under “Work one out yourself”; there is no need to trust this program.";
    how_four => "要完全不依赖本程序，用下面的独立核对程序。它只有 340 行，只用 Python 自带的库，任何人都能读懂。", "To do without this program altogether, use the verifier below: 340 lines of Python with nothing but its standard library, for anybody to read.";
    how_script => "独立核对程序", "Stand-alone verifier";
    how_script_run => "与验证文件放在同一文件夹，运行：", "Put it beside the verification file and run:";
    how_script_save => "下载 verify.py", "Download verify.py";

    changes_title => "名录变更", "Register changes";
    changes_since(number: impl Display, at: impl Display) => "自第 {number} 号抽取（{at} 冻结）以来", "Since draw {number} (frozen {at})";
    changes_first => "这是第一次抽取，没有可比的名录。", "This is the first draw: there is no register to compare with.";
    changes_none => "名录没有变更。", "The register has not changed.";
    changes_show => "查看名录变更", "Show register changes";
    changes_line(words: impl Display) => "上次抽取以来名录变更：{words}", "Register changes since the last draw: {words}";
    changes_all => "全部", "All";
    change_joined => "新增", "Joined";
    change_returned => "恢复", "Returned";
    change_left => "退出", "Left";
    change_stratum => "换层", "Stratum";
    change_up => "升级", "Level up";
    change_down => "降级", "Level down";
    change_points => "分数变动", "Points";
    change_what => "变更", "Change";
    change_why => "依据", "Grounds";
    change_time => "到期自然变化，没有人改动", "By lapse of time; nobody changed it";
}

impl Lang {
    /// How a certificate stands to those open beside it.
    #[must_use]
    pub fn link(self, link: Link) -> String {
        match link {
            Link::First => self.link_first().to_owned(),
            Link::Follows(number) => self.link_follows(number),
            Link::Lacking => self.link_lacking().to_owned(),
            Link::Other(number) => self.link_other(number),
            Link::Rival => self.link_rival().to_owned(),
            Link::Changed => self.link_changed().to_owned(),
        }
    }

    /// What long work is at.
    #[must_use]
    pub fn stage(self, stage: Stage) -> String {
        match stage {
            Stage::Running => self.stage_running().to_owned(),
            Stage::Reading => self.verify_reading().to_owned(),
            Stage::Examining => self.verify_working().to_owned(),
            Stage::Planning { attempt, set_aside } => self.stage_planning(attempt, set_aside),
        }
    }

    /// 2026年8月 / August 2026.
    #[must_use]
    pub fn year_month(self, month: YearMonth) -> String {
        match self {
            Self::Zh => format!("{}年{}月", month.year(), month.month()),
            Self::En => format!("{} {}", self.month_name(month.month()), month.year()),
        }
    }

    /// 35 项核对，32 项通过，1 项不一致，2 项未能核对.
    #[must_use]
    pub fn verdict(self, counts: CheckCounts) -> String {
        let CheckCounts {
            passed,
            failed,
            open,
        } = counts;
        let total = passed + failed + open;
        let mut parts = match self {
            Self::Zh => vec![format!("{total} 项核对"), format!("{passed} 项通过")],
            Self::En => vec![format!("{total} checks"), format!("{passed} hold")],
        };
        if failed > 0 {
            parts.push(match self {
                Self::Zh => format!("{failed} 项不一致"),
                Self::En => format!("{failed} differ"),
            });
        }
        if open > 0 {
            parts.push(match self {
                Self::Zh => format!("{open} 项未能核对"),
                Self::En => format!("{open} open"),
            });
        }
        parts.join(if self == Self::Zh { "，" } else { ", " })
    }

    /// The verdict on claims and on what stands beside them.
    #[must_use]
    pub fn whole_verdict(self, report: &Report) -> String {
        let counts = self.verdict(report.counts);
        match (self, report.beside.differing.len()) {
            (_, 0) => counts,
            (Self::Zh, n) => format!("{counts}；证书以外 {n} 处不一致"),
            (Self::En, n) => format!("{counts}; beside the certificate {n} differ"),
        }
    }

    /// What the whole verdict means, in a sentence.
    #[must_use]
    pub fn whole_meaning(self, report: &Report) -> String {
        let CheckCounts { failed, open, .. } = report.counts;
        let differing = report.beside.differing.len() as u32;
        self.verdict_meaning(CheckCounts {
            failed: failed + differing,
            open,
            ..report.counts
        })
    }

    /// A part of a verification file beside certificate and register.
    #[must_use]
    pub const fn file_part(self, part: Part) -> &'static str {
        match (self, part) {
            (Self::Zh, Part::Name) => "文件自己写的名称",
            (Self::Zh, Part::Demo) => "是不是演示数据",
            (Self::Zh, Part::Changes) => "名录变更",
            (Self::Zh, Part::BrokenOff) => "中止的抽取",
            (Self::En, Part::Name) => "the name that the file gives itself",
            (Self::En, Part::Demo) => "whether the data are made up",
            (Self::En, Part::Changes) => "the register changes",
            (Self::En, Part::BrokenOff) => "the draws broken off",
        }
    }

    /// What is wrong with a part that is not what was committed to.
    #[must_use]
    pub const fn part_failure(self, part: Part) -> &'static str {
        match (self, part) {
            (Self::Zh, Part::Name | Part::Demo) => {
                "文件写的与承诺里的不同。文件在公布之后被改过，请向公布单位重新索取。"
            }
            (Self::Zh, Part::Changes) => {
                "名录变更的校验码与承诺里的不同：公布之后改过、删过或换过。请与公布单位的原件对照。"
            }
            (Self::Zh, Part::BrokenOff) => {
                "中止的抽取的校验码与承诺里的不同：公布之后改过、删过或换过。请与公布单位的《抽取登记》对照。"
            }
            (Self::En, Part::Name | Part::Demo) => {
                "The file says something else than the commitment. It was changed after publication: ask the publisher for it again."
            }
            (Self::En, Part::Changes) => {
                "The hash of the register changes is not the one committed to: they were changed, taken out or exchanged. Compare with the publisher's original."
            }
            (Self::En, Part::BrokenOff) => {
                "The hash of the draws broken off is not the one committed to: they were changed, taken out or exchanged. Compare with the publisher's register of draws."
            }
        }
    }

    /// Parts in a line.
    #[must_use]
    pub fn file_parts(self, parts: &[Part]) -> String {
        let words: Vec<&str> = parts.iter().map(|part| self.file_part(*part)).collect();
        words.join(if self == Self::Zh { "、" } else { ", " })
    }

    /// What the verdict means, in a sentence.
    #[must_use]
    pub fn verdict_meaning(self, counts: CheckCounts) -> String {
        self.of(match (counts.failed, counts.open) {
            (0, 0) => both(
                "抽取从头到尾都能重算，与公布的一致。",
                "The draw can be repeated from start to end, and agrees with what was published.",
            ),
            (0, _) => both(
                "没有发现不一致。未能核对的各项写明还缺什么。",
                "Nothing differs. Each open check says what is lacking.",
            ),
            (_, 0) => both(
                "有对不上的地方，列在最前。请保存核对结果。",
                "Some things do not agree; they come first. Save this result.",
            ),
            _ => both(
                "有对不上的地方，列在最前；另有几项缺材料。请保存核对结果。",
                "Some things do not agree and come first; others lack material. Save this result.",
            ),
        })
    }

    /// Why a file cannot be used for verification, and what mends it.
    #[must_use]
    pub fn document_error(self, error: &DocumentError) -> String {
        match error {
            DocumentError::File(error) => self.file_error(error),
            DocumentError::Read(error) => self.of(read_error(error)),
            DocumentError::Other { found } => self.of(other_document(found.as_deref())),
        }
    }

    /// What this certificate's entropy proves.
    #[must_use]
    pub fn proves_this(self, certificate: &Certificate) -> String {
        match &certificate.entropy {
            EntropyRecord::PublicValue { .. } => match certificate.drawn_after_fallback() {
                Some(by) => self.proves_this_late(by.format("%Y-%m-%d %H:%M")),
                None => self.proves_this_public().to_owned(),
            },
            EntropyRecord::Local { .. } => self.proves_this_local().to_owned(),
            EntropyRecord::Contributions { contributions } => {
                let missing: Vec<&str> = contributions
                    .iter()
                    .filter(|contribution| contribution.reveal.is_none())
                    .map(|contribution| contribution.promise.witness.as_str())
                    .collect();
                if missing.is_empty() {
                    self.proves_this_witnesses(contributions.len())
                } else {
                    let comma = if self == Self::Zh { "、" } else { ", " };
                    self.proves_this_missing(missing.join(comma))
                }
            }
        }
    }

    /// 新增 3，退出 1: what changed, leaving out what did not.
    #[must_use]
    pub fn change_counts(self, counts: &ChangeCounts) -> String {
        let parts = [
            (self.change_joined(), counts.joined),
            (self.change_returned(), counts.returned),
            (self.change_left(), counts.left),
            (self.change_stratum(), counts.stratum),
            (self.change_up(), counts.level_up),
            (self.change_down(), counts.level_down),
            (self.change_points(), counts.points),
        ];
        let parts: Vec<String> = parts
            .into_iter()
            .filter(|(_, count)| *count > 0)
            .map(|(words, count)| format!("{words} {count}"))
            .collect();
        parts.join(if self == Self::Zh { "，" } else { ", " })
    }

    /// What changed for a unit.
    #[must_use]
    pub fn change(self, change: &Change) -> String {
        match change {
            Change::Joined {
                stratum,
                level,
                points,
            } => self.entered(self.change_joined(), *stratum, *level, points),
            Change::Returned {
                stratum,
                level,
                points,
            } => self.entered(self.change_returned(), *stratum, *level, points),
            Change::Left {
                stratum,
                level,
                pending,
            } => {
                let pending = match (self, pending) {
                    (_, false) => "",
                    (Self::Zh, true) => "，有一次抽中的检查没有做",
                    (Self::En, true) => ", with a drawn visit not made",
                };
                let place = self.stratum_level(*stratum, *level);
                match self {
                    Self::Zh => format!("退出，原为 {place}{pending}"),
                    Self::En => format!("Left; was {place}{pending}"),
                }
            }
            Change::Stratum { from, to } => match self {
                Self::Zh => format!("{from} 层改为 {to} 层（{}）", self.stratum(*to)),
                Self::En => format!("Stratum {from} to {to} ({})", self.stratum(*to)),
            },
            Change::Level {
                from,
                to,
                gained,
                lost,
            } => {
                let levels = match self {
                    _ if from == to => self.level_result(to),
                    Self::Zh => format!("{from} 级变为 {to} 级"),
                    Self::En => format!("level {from} to {to}"),
                };
                let (open, close) = match self {
                    Self::Zh => ("：", "，"),
                    Self::En => (": ", ", "),
                };
                let gained = gained.iter().map(|part| format!("+ {}", self.points(part)));
                let lost = lost.iter().map(|part| format!("− {}", self.points(part)));
                let parts: Vec<String> = gained.chain(lost).collect();
                format!("{levels}{open}{}", parts.join(close))
            }
        }
    }

    /// On whose word a register change was made, from the trail.
    #[must_use]
    pub fn change_grounds(self, reasons: &[Reason]) -> String {
        if reasons.is_empty() {
            return self.change_time().to_owned();
        }
        let one = |reason: &Reason| {
            let action = self.action_name(&reason.action);
            let at = reason.at.format("%Y-%m-%d");
            let why = match self {
                _ if reason.why.is_empty() => String::new(),
                Self::Zh => format!("：{}", reason.why),
                Self::En => format!(": {}", reason.why),
            };
            format!("{at} {} {action}{why}", reason.who)
        };
        let words: Vec<String> = reasons.iter().map(one).collect();
        words.join(if self == Self::Zh { "；" } else { "; " })
    }

    fn points(self, (reason, points): &(PointReason, i8)) -> String {
        match self {
            Self::Zh => format!("{}（{points} 分）", self.point_reason(*reason)),
            Self::En => format!("{} ({points})", self.point_reason(*reason)),
        }
    }

    fn stratum_level(self, stratum: Stratum, level: DrawLevel) -> String {
        match self {
            Self::Zh => format!("{stratum} 层 {level} 级"),
            Self::En => format!("{stratum}, level {level}"),
        }
    }

    fn entered(
        self,
        words: &str,
        stratum: Stratum,
        level: DrawLevel,
        points: &[(PointReason, i8)],
    ) -> String {
        let place = self.stratum_level(stratum, level);
        let parts: Vec<String> = points
            .iter()
            .map(|(reason, points)| format!("{} {points}", self.point_reason(*reason)))
            .collect();
        let sum = parts.join(" + ");
        match self {
            Self::Zh => format!("{words}，{place}（{sum}）"),
            Self::En => format!("{words}: {place} ({sum})"),
        }
    }
}

fn read_error(error: &ReadError) -> Both {
    match error {
        ReadError::Format { found: Some(found) } => both(
            format!(
                "证书的格式“{found}”本程序不认识，只认识 frs1。请用更新的程序打开，或向公布单位索取原件。"
            ),
            format!(
                "The certificate's format “{found}” is unknown here; frs1 is known. Open it with a newer program, or ask the publisher for the original."
            ),
        ),
        ReadError::Format { found: None } => both(
            "证书没有写明格式，应为 frs1。文件可能被改过，请向公布单位索取原件。",
            "The certificate names no format; it should be frs1. It may have been changed: ask the publisher for the original.",
        ),
        ReadError::Shape {
            line,
            column,
            source,
        } => both(
            format!(
                "第 {line} 行第 {column} 列的内容不合格式（{source}）。文件被改过或不完整，请向公布单位索取原件。"
            ),
            format!(
                "Line {line}, column {column} does not fit the format ({source}). The file was changed or is incomplete: ask the publisher for the original."
            ),
        ),
        ReadError::NotUnderstood { path } => both(
            format!(
                "{path} 处多出或少了内容，不是公布时的样子。文件被改过，或由更新的程序写成；请向公布单位索取原件。"
            ),
            format!(
                "At {path} something was added or is missing. The file was changed, or written by a newer program: ask the publisher for the original."
            ),
        ),
    }
}

fn other_document(found: Option<&str>) -> Both {
    match found {
        Some(crate::workbook::FORMAT) => both(
            "这是工作簿（大队自己的全部数据），不是公布的文件。到“打开工作台”的首页选择它打开；要核对其中的抽取，打开后在月度抽查“保存验证文件”。",
            "This is a workbook (a brigade's own data), not something published. Choose it on the start page of the workbench; to check a draw in it, use “Save verification file” on the month page.",
        ),
        Some("double-random/month-plan") => both(
            "这是月度计划，只有名单，没有抽取的证据。请向公布单位索取验证文件。",
            "This is a month plan: a list without proof of the draw. Ask the publisher for the verification file.",
        ),
        Some(found) => both(
            format!("文件格式“{found}”不能核对。请选择验证文件、抽取证书或公布的名录。"),
            format!(
                "A file of the format “{found}” cannot be checked. Choose a verification file, a certificate or a published register."
            ),
        ),
        None => both(
            "不是验证文件、抽取证书或公布的名录。请核对文件名，或向公布单位索取。",
            "Neither a verification file nor a certificate nor a published register. Check the file's name, or ask the publisher.",
        ),
    }
}
