//! Words of the fairness test.

use std::fmt::Display;

use crate::messages;

messages! {
    nav_insight => "研判", "Insight";
    nav_fairness => "公平检验", "Fairness test";
    fair_facts => "用现有名录、人员和计划反复模拟，结果不计入任何抽取", "Simulated on today's registers and plan; nothing of it counts as a draw";
    fair_start => "开始检验", "Start test";
    fair_save => "保存检验结果", "Save test result";
    fair_choices => "检验什么", "What is tested";
    fair_kind => "检验对象", "Kind";
    fair_kind_month(month: impl Display) => "下一次抽取（{month}）", "The next draw ({month})";
    fair_kind_years(month: impl Display) => "整年（自 {month}起）", "Whole years (from {month} on)";
    fair_runs => "模拟次数", "Number of runs";
    fair_teams => "同时排日期、配人员", "With days and teams";
    fair_churn => "年内变化", "Changes during the year";
    fair_churn_none => "名录和出勤不变", "Nothing changes";
    fair_churn_lively => "有增减、变级、专项、请假", "Units come, go, change level; campaigns; leave";
    fair_working => "正在模拟", "Simulating";
    fair_broken(words: impl Display) => "模拟中断：{words}。名录没有改动，可以重新开始。", "The simulation broke off: {words}. The registers are unchanged; start again.";
    fair_none => "选好后开始检验。检验在后台进行，可以随时取消，取消后一切如前。", "Choose and start. The test runs in the background and can be cancelled at any time; nothing changes then.";
    fair_no_quota => "下一次抽取没有名额，没有可检验的机会。", "The next draw has no places, so there is no chance to test.";
    fair_done_at(time: impl Display, runs: impl Display) => "{time} 完成，{runs} 次", "Finished {time}, {runs} runs";

    fair_month_ok(runs: impl Display, p: impl Display) => "在 {runs} 次模拟抽取中，各组单位的中签率与应有的一致；若一切公平，出现这么大或更大偏差的可能为 p {p}", "In {runs} simulated draws the units' chances are as they should be; if all is fair, a deviation as large as this or larger has the chance p {p}";
    fair_month_bad(runs: impl Display, p: impl Display) => "在 {runs} 次模拟抽取中，实际与应有的偏差大于偶然所能解释：若一切公平，这样的偏差的可能只有 p {p}", "In {runs} simulated draws the deviation from what should be is larger than chance explains: if all is fair, it has the chance p {p} only";
    fair_teams_verdict(officers: impl Display, pairs: impl Display, aside: impl Display) => "处境相同的人员分到的任务，p {officers}；处境相同的搭档，p {pairs}；每次平均顺延 {aside} 户。", "Visits of officers in equal position: p {officers}; of pairs in equal position: p {pairs}; set aside a run: {aside}.";
    fair_few_runs => "有的组次数还少，那里的 p 只供参考；增加模拟次数可使它可靠。", "Some groups have too few runs for their p to be relied on; more runs mend that.";
    fair_plain => "卡方：把每户实际中签次数与应有次数之差平方相加，再除以公平时应有的波动；公平时它约等于自由度（候选数减一）。p 是公平时卡方这么大或更大的可能，小于 0.001 才算异常。", "Chi-square: the squared differences between each unit's draws and those expected, summed and divided by the spread that fair draws have; fair draws give about the degrees of freedom (candidates less one). p is the chance that fair draws give so much or more; below 0.001 it counts as wrong.";
    fair_groups_title => "各组中签率", "Chances by group";
    fair_promised => "应有", "Due";
    fair_realised => "实际", "Realised";
    fair_range => "实际最低至最高", "Realised, least to most";
    fair_chi => "卡方 / 自由度", "Chi-square / degrees";
    fair_p => "p", "p";
    fair_certain => "全部抽取", "all drawn";
    fair_legend_promised => "应有", "due";
    fair_legend_realised => "实际", "realised";
    fair_chart_label(what: impl Display, promised: impl Display, least: impl Display, most: impl Display) => "{what}：应有 {promised}，实际 {least} 至 {most}", "{what}: due {promised}, realised {least} to {most}";
    fair_officers_title => "各人任务", "Visits by officer";
    fair_officers_caption => "每次平均户次；应有是处境相同者的平均", "Visits a run; due is the mean of officers in equal position";
    fair_officer => "执法人员", "Officer";
    fair_present => "在岗天数", "Days present";
    fair_by_presence => "按在岗应分", "By presence";
    fair_as_lead => "其中主办", "As lead";
    fair_pairs_title => "各对搭档", "Visits by pair";
    fair_pairs_caption(n: impl Display) => "{n} 对，偏差大的在前", "{n} pairs, largest deviation first";
    fair_pair => "搭档", "Pair";
    fair_deviation => "偏差", "Deviation";

    fair_years_ok(runs: impl Display, feasible: impl Display) => "在 {runs} 个模拟年度中，排得下的 {feasible} 个年度全部守住底线，没有一户一年查三次或六个月内查两次", "In {runs} simulated years all {feasible} feasible ones kept every floor; no unit was visited three times or twice within six months";
    fair_years_bad(broken: impl Display, third: impl Display, soon: impl Display) => "没有做到：排得下却未守住底线的年度 {broken} 个，一年第三次检查 {third} 次，间隔不足六个月 {soon} 次", "Not kept: {broken} feasible years missed a floor, {third} third visits, {soon} visits within six months";
    fair_years_chance_bad(p: impl Display) => "底线都守住了，但中签机会的偏差大于偶然所能解释：p {p}", "All floors were kept, but chances deviate more than chance explains: p {p}";
    fair_years_more(start: impl Display, met: impl Display, runs: impl Display, p: impl Display) => "年初判为排得下 {start} 年；守住全部底线 {met} / {runs} 年。各组全年首次检查的次数与应有的相比，p {p}。", "Judged feasible at the start: {start} years; all floors met in {met} of {runs}. First visits over the year against those due: p {p}.";
    fair_floors_title => "底线", "Legal floors";
    fair_least => "最低", "Least";
    fair_mean => "平均", "Mean";
    fair_most => "最高", "Most";
    fair_missed => "未守住", "Missed";
    fair_years_count(n: impl Display) => "{n} 年", "{n} years";
    fair_months_title => "各月首次检查", "First visits by month";
    fair_full => "排得下", "Fits";
    fair_without_early => "不再提前", "Not early";
    fair_what_fits => "排不下", "Does not fit";
    fair_units_title => "每户全年首次检查的期望次数", "Expected first visits a unit and year";
    fair_units_caption => "年初各组单位，按可查月份。应有 = 历次进入候选时的中签率之和，即期望抽中的次数；是次数，不是概率，所以可以略大于 1", "Units of the first register by group and month of release. Due = the sum of the chances n/R of the draws in whose pool a unit stood, the expected number of visits: a number, not a probability, so it can be a little above 1";
    fair_release => "可查月份", "Free from";
    fair_units => "户数", "Units";
    fair_z => "偏差（标准误）", "Deviation (standard errors)";
    fair_failed_title => "未守住底线的年度", "Years that missed a floor";
    fair_failed_row(run: impl Display, a: impl Display, b: impl Display, c: impl Display) => "第 {run} 年：A 差 {a} 户，B 差 {b} 户，C 差 {c} 户。", "Year {run}: A lacks {a}, B {b}, C {c} units.";
    fair_failed_infeasible => "这一年有月份排不下，当月已点名。", "A month of it did not fit, and was named then.";
    fair_failed_unmade(n: impl Display) => "十二月有 {n} 户次抽取后未查。", "{n} drawn visits were not made in December.";
    fair_failed_feasible => "各月都排得下，却没有守住。", "All its months fitted, and yet a floor was missed.";
}
