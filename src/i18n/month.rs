//! Words of the monthly draw: its steps, tables, ceremony and printed plan.

use std::fmt::Display;

use chrono::NaiveDate;

use super::Lang;
use crate::engine::calendar::YearMonth;
use crate::engine::cell::Cell;
use crate::engine::draw::DrawGroup;
use crate::engine::duty::NoPair;
use crate::engine::level::PointReason;
use crate::engine::month::SetAsideReason;
use crate::engine::occasion::{Occasion, Supplement};
use crate::engine::quota::Mode;
use crate::messages;
use crate::model::CandidateId;
use crate::workbook::VisitSource;

/// Contested units that a message names; the record holds them all.
const NAMED_MAX: usize = 8;

messages! {
    act_supplement => "补充抽查", "Supplementary draw";
    act_supplement_consequence(month: impl Display) => "按现在的名录和计划重算 {month}的名额，已抽的一户不动，只补抽各组少抽的；重新走承诺、随机数、抽取，编号接着排。有检查安排的人员当天不再派。", "The sizes of {month} are worked out again by the register and plan as they stand; nothing drawn changes, and only what each group lacks is drawn. It takes a commitment and a random number of its own, numbered on. Officers with a visit on a day get no other one.";
    supplement_reason => "订正了什么", "What was mended";
    supplement_reason_help => "例如：比对住建名单后补录 12 户。会写进承诺和证书。", "For example: 12 units found by comparing lists. It stands in commitment and certificate.";
    draws_of_month => "本月各次抽取", "Draws of the month";
    draw_link(number: impl Display, name: impl Display) => "第 {number} 号 {name}", "No. {number}, {name}";
    month_title(month: impl Display) => "{month}抽查", "{month} draw";
    month_nav_previous => "上一月", "Previous month";
    month_nav_next => "下一月", "Next month";
    month_choose => "选择月份", "Choose a month";

    step_freeze => "冻结名录", "Freeze register";
    step_sizes => "额度", "Quota";
    step_commit => "承诺", "Commitment";
    step_entropy => "随机数", "Random number";
    step_draw => "抽取", "Draw";
    step_approve => "审批", "Approval";
    approved_fact(day: impl Display, who: impl Display) => "{day} {who}", "{day} {who}";
    approve_plan => "批准计划", "Approve plan";
    approve_title(month: impl Display) => "批准 {month}计划", "Approve the plan of {month}";
    approve_consequence => "批准后才能登记检查。批准人、日期和意见印在计划末页，不能撤回；计划的改动另作记录。", "Visits can be entered once the plan is approved. Approver, day and opinion stand on the plan's last page and cannot be taken back; changes of the plan are records of their own.";
    approve_day => "批准日期", "Approved on";
    approve_opinion => "审批意见", "Opinion";
    approve_opinion_start => "同意，按计划实施。", "Agreed. Carry it out as planned.";
    approve_approver_help => "大队主官", "The head of the brigade";
    approve_done(month: impl Display) => "{month}计划已批准", "Plan of {month} approved";
    approve_waits => "计划等待大队主官批准，批准后才能登记检查。", "The plan waits for the head of the brigade: visits are entered once it is approved.";
    approve_first => "计划批准后再登记", "Entered once the plan is approved";
    paper_approved(who: impl Display, day: impl Display) => "{who} {day}", "{who}, {day}";
    step_plan => "排期配人", "Dates and officers";

    draw_state_none => "未抽取", "Not drawn";
    draw_state_sized => "已冻结", "Frozen";
    draw_state_committed => "已承诺", "Committed";
    draw_state_drawn => "已抽取，待审批", "Drawn, to be approved";
    draw_done(month: impl Display, n: impl Display) => "{month}：{n} 户已抽出，日期和人员已排好", "{month}: {n} units drawn, dates and officers laid";
    draw_state_approved => "已批准", "Approved";
    draw_state_numbered => "已抽出，正在排期", "Drawn, dates being laid";
    draw_state_broken => "已中止", "Broken off";

    window_now(first: impl Display, last: impl Display) => "抽取窗口 {first}至{last}，现在可以抽取", "Draw window {first} to {last}: open now";
    window_later(first: impl Display, last: impl Display) => "抽取窗口 {first}至{last}，未到", "Draw window {first} to {last}: not open yet";
    window_past(first: impl Display, last: impl Display) => "抽取窗口 {first}至{last}，已过", "Draw window {first} to {last}: over";
    window_reason => "不在窗口内抽取的原因", "Reason for drawing outside the window";
    window_reason_help => "原因会写进抽取记录和操作记录，随计划公示。", "The reason goes into the draw's record and the audit trail, and is published.";
    opened_in_window(at: impl Display) => "{at} 冻结，在窗口期内", "Frozen {at}, inside the window";
    opened_outside(at: impl Display, reason: impl Display) => "{at} 冻结，不在窗口期：{reason}", "Frozen {at}, outside the window: {reason}";
    drawn_in_window(at: impl Display) => "{at} 抽取，在窗口期内", "Drawn {at}, inside the window";
    drawn_outside(at: impl Display, reason: impl Display) => "{at} 抽取，不在窗口期：{reason}", "Drawn {at}, outside the window: {reason}";

    act_open => "冻结名录，定额度", "Freeze and size";
    act_open_consequence(month: impl Display, units: impl Display) => "冻结现在的名录（{units} 户）并算出 {month}的额度，占用下一个抽取编号。之后改动名录不影响这次抽取。", "Freezes the register as it stands ({units} units), works out the quota for {month} and uses the next draw number. Later changes of the register do not touch this draw.";
    pending_at_freeze(n: impl Display) => "还有 {n} 户过了计划日期、没有登记检查，冻结后顺延到这个月，占 {n} 个名额；已经查过的请先登记。", "{n} visits are past their day and not entered: they will be carried into this month and take {n} of its places; enter those that were made first.";
    freezing(units: impl Display) => "正在冻结 {units} 户并计算额度……", "Freezing {units} units and working out the quota…";
    act_commit => "固定承诺", "Fix commitment";
    act_draw => "抽取并排期", "Draw and schedule";
    act_break_off => "中止抽取", "Break off";
    act_break_off_title(month: impl Display) => "中止 {month}抽取", "Break off the {month} draw";
    act_break_off_consequence(number: impl Display) => "第 {number} 号抽取作废，编号保留，原因公示。只有随机数还没有人能知道时才可以中止。", "Draw {number} is void, its number stays used and the reason is published. Possible only while nobody can know the random number.";
    act_break_off_unrevealed => "中止：没有人报数", "Break off: nobody revealed";
    act_break_off_unrevealed_consequence(number: impl Display) => "第 {number} 号抽取作废，编号保留，公示“没有一位见证人报数”和原因。只要有一位见证人报过数，就不能中止：他手里有与承诺相符的原话，可以当场否认。", "Draw {number} is void, its number stays used, and “nobody revealed” is published with the reason. If even one witness revealed, it must not be broken off: he holds the words that fit his promise and can contradict.";
    nobody_revealed => "没有一位见证人报数", "nobody revealed";
    nobody_revealed_note => "全体见证人都没有报数，算不出结果。请再请他们报一次；确实没有一位肯报的，只能中止这次抽取，用下一个编号重新承诺。", "No witness revealed, so nothing can be drawn. Ask them once more; if really nobody will, this draw can only be broken off and the month committed to anew under the next number.";
    break_off_witnesses => "见证人已经承诺，只能完成；没有一位报数的，在下面中止", "The witnesses have promised: finish it; if none of them reveals, break it off below";
    break_off_too_late => "随机数可能已有人知道，只能完成", "Someone may know the random number: finish it";
    month_passed => "这个月没有抽取，之后的月份已经抽取，不能再补。", "This month was not drawn, and later ones are: it cannot be drawn any more.";
    act_export_plan => "导出计划", "Export plan";
    act_print_plan => "打印计划", "Print plan";
    act_print_commitment => "打印承诺", "Print commitment";
    act_big_screen => "大屏展示", "Big screen";
    act_record_visit => "登记检查", "Record visit";
    approver => "批准人", "Approved by";
    reason => "原因", "Reason";

    trial_title => "试算", "Trial";
    trial_note => "按现在的名录试算，不占用抽取编号，也不产生随机数。", "Worked out from the register as it stands: no draw number used, no random number made.";
    no_plan_title => "年度计划还没有冻结", "The annual plan is not frozen";
    no_plan_text => "先在年度计划里核对比例与容量并冻结，才能抽取。", "Check shares and capacity on the annual plan page and freeze it; then draw.";
    go_plan => "去年度计划", "Go to annual plan";

    sizes_title => "各组额度", "Quota by group";
    sizes_caption(n: impl Display, groups: impl Display) => "{groups} 组，共 {n} 户", "{n} visits in {groups} groups";
    col_group => "组", "Group";
    col_size => "总数 N", "Units N";
    col_target => "全年目标 T", "Target T";
    col_committed => "已查或待查 K", "Committed K";
    col_demand => "还需", "Still due";
    col_pool => "候选 R", "Pool R";
    col_quota => "本月名额 n", "Places n";
    col_chance => "中签率", "Chance";
    carried_visits => "顺延", "Carried";
    carried_in => "上月顺延", "Carried in";
    carried_takes => "以前抽中、还没查的，先占名额", "Drawn before and not yet visited; they take their places first";
    early_note => "E 优先：A、B 层里达到“两次检查”起点等级、今年还没有查、五月底前可以查的单位，单独成组，五月底前先查一次，满六个月后年内还来得及查第二次。", "E, early: units of A and B at or above the level of two visits, not yet visited this year and free by the end of May. They make a group of their own and are seen by May, so that a second visit still fits six months later.";
    total => "合计", "Total";
    loads_title => "往后各月", "Months to come";
    loads_due => "可排", "Due";
    loads_capacity => "容量", "Places";
    loads_drawn => "拟抽", "To draw";
    theta_note => "能按时完成的最小均匀负荷", "The smallest even load that still finishes in time";

    infeasible_title(first: impl Display, last: impl Display, lack: impl Display) => "排不下：{first}至 {last}缺 {lack} 户的位置", "Does not fit: {first} to {last} lack places for {lack} visits";
    blocked_title(n: impl Display) => "{n} 户本月没有可派的执法人员组合", "{n} units have no permitted pair of officers this month";
    at_risk_title(stratum: impl Display, lack: impl Display) => "{stratum}底线可能缺 {lack} 户", "The floor of {stratum} may lack {lack} units";
    at_risk_remedy => "请支队借调一名执法人员，或复核回避关系。", "Borrow an officer from the detachment, or examine the avoidance again.";
    calendar_missing(year: impl Display) => "{year}年放假安排未导入，按周一至周五计算", "The holidays of {year} are not imported: counting Monday to Friday";

    entropy_title => "随机数从哪里来", "Where the random number comes from";
    entropy_local => "本机随机数", "This computer's random number";
    entropy_local_note => "最简单。但经办人可能先在别处试抽，所以只能证明过程没有改动。", "The simplest. The operator could have drawn elsewhere first, so it proves only that nothing was changed.";
    entropy_witnesses => "见证人报数", "Witnesses' words or dice";
    entropy_witnesses_note => "每位见证人先各自写下词语或骰子点数，承诺公布后再报出。只要有一位见证人诚实，就没有人能左右结果。", "Each witness writes down words or dice first and reveals them after the commitment. With one honest witness nobody can steer the result.";
    entropy_public => "公开数", "Public value";
    entropy_public_note => "例如当晚的彩票开奖号码。承诺时没有人能知道它，证明力最强。", "Such as tonight's lottery numbers. Nobody can know it at commitment time: the strongest proof.";
    witness_number(n: impl Display) => "见证人 {n}", "Witness {n}";
    witness_name => "姓名", "Name";
    witness_words => "词语或骰子点数", "Words or dice";
    witness_words_help => "现在由见证人自己输入，不显示；抽取时要再报一次，请写在纸上。", "Typed by the witness now and not shown; to be said again at the draw, so write it down.";
    witness_add => "添加见证人", "Add witness";
    witness_remove(n: impl Display) => "去掉见证人 {n}", "Remove witness {n}";
    witness_several(count: impl Display) => "像是 {count} 个人写在一行。一位见证人一行，各报各的。", "This looks like {count} people in one row. One row a witness, each with words of his own.";
    witness_split(count: impl Display) => "分成 {count} 行", "Split into {count} rows";
    commit_lacks_source => "先选随机数从哪里来", "Choose where the random number comes from";
    commit_lacks_place => "先填承诺码在哪里公布", "Say where the commitment is shown";
    reveals_lacking(names: impl Display) => "还没有报数：{names}。不肯报的，勾选“没有报数”。", "Not revealed yet: {names}. Mark whoever withholds as withheld.";
    draw_number_after(number: impl Display, broken: impl Display) => "第 {number} 号，第 {broken} 号已中止", "Number {number}; number {broken} was broken off";
    witness_withheld => "没有报数", "Withheld";
    public_source => "来源", "Source";
    public_round => "期号", "Round";
    public_fallback_source => "备用来源", "Fallback source";
    public_fallback_round => "备用期号", "Fallback round";
    public_known_from => "最早公布时间", "Earliest known";
    public_fallback_from => "备用接替时间", "Fallback takes over";
    public_characters => "公布的数共几位", "Letters and digits of the value";
    public_characters_help => "开奖号码按公布顺序共几位，例如排列五是 5 位，双色球七个号码是 14 位。只数字母和数字。", "How many letters and digits the value has in the order published, such as 5, or 14 for seven numbers of two digits.";
    public_fallback_characters => "备用的数共几位", "Letters and digits of the fallback";
    public_value => "公布的数", "The value";
    public_value_help(source: impl Display, n: impl Display) => "{source}，共 {n} 位，按公布的顺序录入，一位数前的 0 也算", "{source}: {n} letters and digits, in the order published, leading zeros too";
    public_value_canonical(value: impl Display, found: impl Display, n: impl Display) => "将以这个写法抽取：{value}（{found} 位，应为 {n} 位）", "Will be drawn with: {value} ({found} of {n})";
    public_late(by: impl Display) => "现在已过 {by}。首选来源的数 {by} 之前已经公布的，仍然用它，哪怕现在才录入；之前没有公布的，只能用备用来源的数。证书会请查验的人去查公布时间。", "It is past {by}. If the named value appeared before {by} it still counts, even if it is typed in only now; if not, only the fallback counts. The certificate asks whoever checks it to look up when it appeared.";
    public_is_fallback => "首选来源没有按时公布，用备用来源", "The named source did not appear in time; use the fallback";
    shown_at => "承诺码在哪里公布", "Where the commitment is shown";
    shown_at_help => "例如大队公示栏、微信群、监督人手机。固定之后给出承诺码，可以复制、作为消息发出、打印张贴；别人先看到，承诺才有用。", "Such as the notice board, a chat group, the supervisor's phone. Once fixed, its code can be copied, sent as a message or printed; it proves something only if others see it first.";
    commitment_code => "承诺码", "Commitment";
    commitment_note => "名录、额度、休假与回避、随机数的来源都锁在这个码里，之后改动一处就对不上。", "Register, quota, leave, avoidance and the source of the random number are locked in this code; any later change shows.";
    committed_at(at: impl Display, place: impl Display) => "{at} 固定，公布处：{place}", "Fixed {at}, to be shown at: {place}";
    stage_planning(attempt: impl Display, set_aside: impl Display) => "正在排期配人：第 {attempt} 次尝试，已搁置 {set_aside} 户", "Laying dates and teams: attempt {attempt}, {set_aside} visits set aside";
    laying_note => "随机数和抽出的单位已经记下，不能取消，也不能重来。关闭本页也不会丢：再打开时接着排期，结果一样。", "The random number and the units drawn are on record and can be neither cancelled nor repeated. Closing this page loses nothing: it goes on when opened again, with the same result.";
    ceremony_stale => "另一个窗口保存了更新的数据，本窗口的抽取步骤没有执行。先重新载入本页，再从那里继续。", "Another window has saved newer data; this step of the draw was not taken here. Reload this page first and go on from there.";
    draws_would_be_lost(numbers: impl Display) => "不能打开：同一本工作簿在这里已有第 {numbers} 号抽取，要打开的这一份没有，或者不一样。抽过的不能丢掉。现有的工作簿没有改动；只需要其中的名录时，导入单位、人员或事项文件，先看对比。", "Not opened: draw {numbers} of the same workbook is on record here, and the one to be opened lacks it or has it otherwise. What is drawn stays drawn. The present workbook is unchanged; if only registers are wanted, import units, officers or items with their preview.";
    opened_older(numbers: impl Display) => "这个浏览器记得同一本工作簿的第 {numbers} 号抽取，打开的这一份没有，或者不一样。已写进操作记录。有更新的备份时，请改为打开它；重抽会被看出来。", "This browser remembers draw {numbers} of the same workbook, which this file lacks or has otherwise. That is in the audit trail now. If there is a newer backup, open it instead: a repeated draw will show.";
    local_generate_note => "按下按钮时由本机产生，事先没有人知道。", "Made by this computer when you press the button; nobody knows it before.";
    seed => "种子", "Seed";
    random_number => "随机数", "Random number";
    witnesses => "见证人", "Witnesses";

    late_only(n: impl Display) => "只看过了计划日期、未登记的（{n} 户）", "Only those past their day and not entered ({n})";
    stat_drawn => "新抽中", "Newly drawn";
    stat_carried_in => "上月顺延", "Carried in";
    stat_second => "第二次", "Second visits";
    stat_per_day => "每天", "Per day";
    stat_carried => "顺延下月", "Carried out";
    per_day_range(min: impl Display, max: impl Display) => "{min} 至 {max}", "{min} to {max}";
    col_number => "序号", "No.";
    col_unit => "单位", "Unit";
    col_code => "统一社会信用代码", "Credit code";
    col_address => "地址", "Address";
    col_level => "层 级", "Level";
    col_tier => "风险", "Tier";
    paper_items(n: impl Display) => "抽查事项清单第 {n} 版", "Item list, version {n}";
    col_items => "检查事项", "Items";
    col_officers => "主办、协办", "Lead, member";
    col_day => "计划日期", "Planned";
    col_deadline => "检查时限", "Deadline";
    col_note => "备注", "Note";
    visits_on_day(n: impl Display) => "{n} 户", "{n} visits";
    plan_empty => "这个月没有抽到任务。", "Nothing was drawn for this month.";

    draw_number => "抽取编号", "Draw number";
    short_code => "证书短码（可念读）", "Short code (to read aloud)";
    certificate => "抽取证书", "Draw certificate";
    certificate_differs(kept: impl Display, found: impl Display) => "由记录重做的证书与抽取时的不同：当时的散列值是 {kept}，现在是 {found}。请不要公布，用抽取时的程序版本另存，并报告这个问题。", "The certificate made again from the record differs from the one made at the draw: its hash was {kept}, now it is {found}. Do not publish it; save it with the version of the program that drew, and report this.";
    candidates => "候选", "Candidates";
    candidates_text(pool: impl Display, out: impl Display) => "{pool} 户，{out} 户因间隔或次数不在池", "{pool} units; {out} outside by interval or count";
    stays_drawn => "抽中即定，不能重抽。配不出人的按规则顺延下月，停用的单位标为作废，都留在操作记录里。候补递补和人员缺席换人，本程序现在还不会做：请按公布的候补、该户的抽签名单依次人工安排，写进检查记录。", "What is drawn stays drawn. What finds no team is carried by rule and a retired unit's visit is marked void; all of it stays in the trail. Replacing a closed unit from the reserve, or an absent officer from the visit's own list, is not yet done by this program: arrange it by hand in the published order, and enter it in the record of the visit.";
    set_aside_title(n: impl Display) => "{n} 户顺延下月", "{n} visits carried into next month";

    paper_title(year: impl Display, month: impl Display) => "{year}年{month}“双随机、一公开”消防监督抽查计划", "Double random inspection plan, {month} {year}";
    paper_continued => "（续）", " (continued)";
    paper_drawn_at => "抽取时间", "Drawn";
    paper_short_code => "证书短码", "Short code";
    paper_commitment => "承诺码前 16 位", "Commitment, first 16";
    paper_outside => "不在规定的最后两个工作日冻结名录，原因", "The register was frozen outside the draw window, because";
    paper_unit_id => "单位编号", "Unit id";
    paper_withheld => "不公开", "Withheld";
    paper_page(page: impl Display, total: impl Display) => "第 {page} 页，共 {total} 页", "Page {page} of {total}";
    paper_unit_name => "单位名称", "Unit";
    paper_address => "单位地址", "Address";
    paper_class => "单位类别", "Class";
    paper_tier => "风险等级", "Tier";
    paper_officers => "检查人员", "Officers";
    paper_summary(n: impl Display, a: impl Display, b: impl Display, c: impl Display, also: impl Display, days: impl Display) => "合计 {n} 户：人员密集重点 {a} 户，其他重点 {b} 户，一般单位 {c} 户（{also}）。检查分布在 {days} 个工作日。同一单位全年不超过两次，间隔满六个月。", "{n} visits: densely populated key {a}, other key {b}, general {c} ({also}), on {days} working days. No unit more than twice a year nor within six months.";
    paper_also(second: impl Display, carried: impl Display) => "其中第二次检查 {second} 户，上月顺延 {carried} 户", "second visits {second}, carried in {carried}";
    paper_opinion => "大队主官审批意见", "Opinion of the head of brigade";
    paper_signature => "签名", "Signatures";
    paper_head => "大队主官", "Head of brigade";
    paper_maker => "制　　表", "Prepared by";
    paper_date => "日　　期", "Date";
    paper_seal => "单位公章", "Seal";
    paper_seal_here => "盖章处", "Seal";
    paper_verify => "怎样验证：任何人都可以用抽取记录里的钥匙和单位编号重算抽签号，与公布的对照；电话核对时，四位一组念读证书短码。", "To verify: anybody can work a lottery number out again from the draw's key and the unit's id; by telephone, read the short code aloud in groups of four.";
    visit_date => "检查日期", "Date of the visit";
    visit_date_wrong => "请填写检查日期。", "Fill in the date of the visit.";
    day_other(planned: impl Display) => "计划日期是 {planned}。", "It was planned for {planned}.";
    day_rest(date: impl Display, weekday: impl Display) => "{date}（{weekday}）是休息日。", "{date} ({weekday}) is a day off.";
    day_sure => "日期核对过，就是这一天", "The date is right";
    days_sure(n: impl Display) => "有 {n} 户不在计划日期或在休息日，日期核对过", "{n} are on another than the planned day or on a day off: the dates are right";
    day_unsure => "日期与计划不同，或是休息日。请改日期，或勾选“日期核对过”再登记。", "The date is another than planned, or a day off. Change it, or tick that it is right.";
    act_correct_visit => "更正登记", "Correct the entry";
    correct_consequence(name: impl Display) => "{name}：改正登记的日期或结果。原来的和改正后的都写进操作记录；已经抽取的月份不变。", "{name}: corrects the date or the result. Old and new values stay in the audit trail; months that are drawn do not change.";
    correct_reason => "更正原因", "Reason for the correction";
    correct_reason_help => "例如：日期抄错，以检查记录为准。", "For example: the date was copied wrongly; the record of the visit counts.";
    visit_unmade => "没有检查，登记错了", "Not visited: entered by mistake";
    visit_corrected(name: impl Display) => "已更正 {name} 的登记", "Entry of {name} corrected";
    act_enter_visits => "批量登记", "Enter visits";
    act_enter_demo_month => "演示：登记全月", "Demo: enter the month";
    entry_due(n: impl Display) => "{n} 户的计划日期已到，等待登记", "{n} visits are due and not entered";
    enter_note => "下面都按计划日期、未发现问题填好。有例外的逐户改；没有查的去掉勾选。按一次按钮全部登记，有一户不合规则就都不登记。", "All are filled in on their planned day with nothing found. Change the exceptions; untick what was not made. One button enters them all, or none if one breaks a rule.";
    enter_left(shown: impl Display, left: impl Display) => "先列出 {shown} 户，登记后再列其余 {left} 户。", "The first {shown} are listed; the other {left} follow once these are entered.";
    enter_choose => "登记", "Enter";
    enter_chosen(n: impl Display) => "登记 {n} 户", "Enter {n} visits";
    visits_recorded(n: impl Display) => "已登记 {n} 户的检查", "{n} visits recorded";
    cancel_word => "取消", "Cancel";
    visit_finding => "检查结果", "Result";
    visit_made_as_planned => "已检查", "Made";
    visit_made(date: impl Display) => "{date} 已检查", "Made on {date}";
    certificate_qr => "抽取编号、证书短码和证书散列值的二维码", "QR code of draw number, short code and the certificate's hash";
    certificate_anyone => "任何人都可以验证", "Anyone can verify it";
    visit_void => "作废，单位已停用", "Void, unit retired";
    visit_recorded(name: impl Display) => "已登记 {name} 的检查", "Visit to {name} recorded";
}

impl Lang {
    /// 2026年7月30日9时42分, as printed documents write it.
    #[must_use]
    pub fn paper_time(self, at: chrono::NaiveDateTime) -> String {
        match self {
            Self::Zh => at.format("%Y年%-m月%-d日%-H时%M分").to_string(),
            Self::En => at.format("%-d %B %Y %H:%M").to_string(),
        }
    }

    /// 2026年7月30日, as printed documents write it.
    #[must_use]
    pub fn paper_day(self, day: chrono::NaiveDate) -> String {
        match self {
            Self::Zh => day.format("%Y年%-m月%-d日").to_string(),
            Self::En => day.format("%-d %B %Y").to_string(),
        }
    }

    /// A group's name: C 层 3 级, early, second visits.
    #[must_use]
    pub fn draw_group(self, group: DrawGroup) -> String {
        match (self, group) {
            (Self::Zh, DrawGroup::First(Cell::Of(stratum, level))) => {
                format!("{stratum} 层 {level} 级")
            }
            (Self::En, DrawGroup::First(Cell::Of(stratum, level))) => {
                format!("{stratum}, level {level}")
            }
            (Self::Zh, DrawGroup::First(Cell::Early)) => "E 优先（五月前）".into(),
            (Self::En, DrawGroup::First(Cell::Early)) => "E, early (by May)".into(),
            (Self::Zh, DrawGroup::Second) => "第二次检查".into(),
            (Self::En, DrawGroup::Second) => "Second visits".into(),
            (Self::Zh, DrawGroup::Combined) => "专项，本月计划内的".into(),
            (Self::En, DrawGroup::Combined) => "Campaign, in the month's plan".into(),
            (Self::Zh, DrawGroup::Campaign) => "专项，另抽的".into(),
            (Self::En, DrawGroup::Campaign) => "Campaign, drawn besides".into(),
            (Self::Zh, DrawGroup::Register) => "机构或工程师".into(),
            (Self::En, DrawGroup::Register) => "Institutions or engineers".into(),
        }
    }

    /// A draw among those of a year: its month, and what it is for unless it is
    /// the monthly one.
    #[must_use]
    pub fn draw_name(self, month: YearMonth, occasion: &Occasion) -> String {
        let month = self.month_name(month.month());
        if occasion.is_month() {
            month
        } else {
            format!("{month} {}", self.occasion_name(occasion))
        }
    }

    /// What a draw is for, in a word or two.
    #[must_use]
    pub fn occasion_name(self, occasion: &Occasion) -> String {
        match (self, occasion) {
            (Self::Zh, Occasion::Month) => "月度抽查".into(),
            (Self::En, Occasion::Month) => "monthly draw".into(),
            (Self::Zh, Occasion::Supplementary(_)) => "补充抽查".into(),
            (Self::En, Occasion::Supplementary(_)) => "supplementary draw".into(),
            (_, Occasion::Campaign(campaign)) => campaign.name.clone(),
            (_, Occasion::Register(own)) => self.own_draw(own.register).into(),
        }
    }

    /// What a draw besides the monthly one draws, and from when on it is laid out.
    #[must_use]
    pub fn occasion(self, occasion: &Occasion) -> Option<String> {
        match (self, occasion) {
            (_, Occasion::Month | Occasion::Register(_)) => None,
            (Self::Zh, Occasion::Supplementary(Supplement { reason, from, .. })) => {
                Some(format!("补充抽查：{reason}；{from} 起排期"))
            }
            (Self::En, Occasion::Supplementary(Supplement { reason, from, .. })) => Some(format!(
                "Supplementary draw: {reason}; visits from {from} on"
            )),
            (Self::Zh, Occasion::Campaign(campaign)) => Some(format!(
                "专项：{}；{}；{} 起排期",
                campaign.name, campaign.filter, campaign.from
            )),
            (Self::En, Occasion::Campaign(campaign)) => Some(format!(
                "Campaign: {}; {}; visits from {} on",
                campaign.name, campaign.filter, campaign.from
            )),
        }
    }

    /// A cell's name.
    #[must_use]
    pub fn cell(self, cell: Cell) -> String {
        self.draw_group(DrawGroup::First(cell))
    }

    /// Which rule gave the sizes.
    #[must_use]
    pub const fn quota_mode(self, mode: Mode) -> &'static str {
        match (self, mode) {
            (Self::Zh, Mode::Full) => "按计划全部排得下",
            (Self::Zh, Mode::WithoutEarly) => "高等级单位不再单独提前，其余排得下",
            (Self::Zh, Mode::WhatFits) => "排不下，能排多少抽多少",
            (Self::En, Mode::Full) => "Everything fits as planned",
            (Self::En, Mode::WithoutEarly) => "Fits once high levels are no longer brought forward",
            (Self::En, Mode::WhatFits) => "Does not fit: what fits is drawn",
        }
    }

    /// How a visit came into the month; empty for an ordinary first one.
    #[must_use]
    pub const fn visit_source(self, source: VisitSource) -> &'static str {
        match (self, source) {
            (_, VisitSource::First) => "",
            (Self::Zh, VisitSource::Second) => "第二次",
            (Self::Zh, VisitSource::Carried) => "顺延",
            (Self::En, VisitSource::Second) => "Second",
            (Self::En, VisitSource::Carried) => "Carried",
            (Self::Zh, VisitSource::Campaign) => "专项",
            (Self::En, VisitSource::Campaign) => "Campaign",
            (Self::Zh, VisitSource::Replacement) => "递补",
            (Self::En, VisitSource::Replacement) => "Stepped in",
        }
    }

    /// What gives points.
    #[must_use]
    pub fn point_reason(self, reason: PointReason) -> &'static str {
        match (self, reason) {
            (_, PointReason::Tier(tier)) => self.tier(tier),
            (Self::Zh, PointReason::CreditD) => "信用D",
            (Self::Zh, PointReason::Dishonest) => "失信",
            (Self::Zh, PointReason::Complaints) => "投诉",
            (Self::Zh, PointReason::SeriousViolation) => "严重违法",
            (Self::Zh, PointReason::KeyIndustry) => "重点行业",
            (Self::Zh, PointReason::LawAbiding) => "守法良好",
            (Self::En, PointReason::CreditD) => "Credit D",
            (Self::En, PointReason::Dishonest) => "Dishonesty",
            (Self::En, PointReason::Complaints) => "Complaints",
            (Self::En, PointReason::SeriousViolation) => "Violation",
            (Self::En, PointReason::KeyIndustry) => "Key industry",
            (Self::En, PointReason::LawAbiding) => "Law-abiding",
        }
    }

    /// Why no pair of officers is permitted.
    #[must_use]
    pub fn no_pair(
        self,
        why: &NoPair,
        name: impl Fn(&crate::model::OfficerId) -> String,
    ) -> String {
        match (self, why) {
            (Self::Zh, NoPair::NoOfficers) => "解禁后的工作日没有两名在岗人员，或没有主办。".into(),
            (Self::En, NoPair::NoOfficers) => {
                "No working day from its release on has two officers with a lead.".into()
            }
            (_, NoPair::Avoidance { officers }) => {
                let names: Vec<String> = officers.iter().map(name).collect();
                match self {
                    Self::Zh => format!("{}须回避，其余人员配不成一组。", names.join("、")),
                    Self::En => format!(
                        "{} must keep away; the others make no pair.",
                        names.join(", ")
                    ),
                }
            }
        }
    }

    /// Why a visit was set aside.
    #[must_use]
    pub fn set_aside(
        self,
        why: &SetAsideReason,
        name: impl Fn(&crate::model::OfficerId) -> String,
    ) -> String {
        match (self, why) {
            (_, SetAsideReason::NoPair { why }) => self.no_pair(why, name),
            (
                Self::Zh,
                SetAsideReason::LateTail {
                    from,
                    places,
                    visits,
                },
            ) => format!(
                "{}起只有 {places} 个位置，却有 {} 户到那时才可检查；抽签号最大的顺延。",
                self.month_day(*from),
                visits.len()
            ),
            (
                Self::En,
                SetAsideReason::LateTail {
                    from,
                    places,
                    visits,
                },
            ) => format!(
                "From {} on there are {places} places for {} visits released then; the largest lottery number is carried.",
                self.month_day(*from),
                visits.len()
            ),
            (
                _,
                SetAsideReason::Contested {
                    visits,
                    days,
                    officers,
                },
            ) => {
                let names: Vec<String> = officers.iter().map(name).collect();
                self.contested(visits, days, &names)
            }
        }
    }

    /// Visits, their days and the officers for whom they compete; no officers
    /// where a visit lacks a pair on the day on which it was laid.
    fn contested(self, visits: &[CandidateId], days: &[NaiveDate], officers: &[String]) -> String {
        let named = visits.iter().take(NAMED_MAX).map(ToString::to_string);
        let units = named.collect::<Vec<_>>().join(self.list_mark());
        let more = match (self, visits.len() > NAMED_MAX) {
            (_, false) => "",
            (Self::Zh, true) => "等",
            (Self::En, true) => ", …",
        };
        let days: Vec<String> = days.iter().map(|day| self.month_day_short(*day)).collect();
        let (count, days) = (visits.len(), days.join(self.list_mark()));
        let officers = officers.join(self.list_mark());
        match (self, officers.is_empty()) {
            (Self::Zh, false) => format!(
                "{count} 户（{units}{more}）在 {days} 争用{officers}，配不齐；抽签号最大的顺延。"
            ),
            (Self::En, false) => format!(
                "{count} visits ({units}{more}) on {days} compete for {officers}; the largest lottery number is carried."
            ),
            (Self::Zh, true) => format!(
                "{count} 户（{units}{more}）排在 {days}，当天没有一对可派的人员；抽签号最大的顺延。"
            ),
            (Self::En, true) => format!(
                "{count} visits ({units}{more}) were laid on {days}, when no permitted pair is there; the largest lottery number is carried."
            ),
        }
    }
}
