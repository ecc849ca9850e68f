//! Words of the help page.

use std::fmt::Display;

use crate::messages;

messages! {
    help_title => "帮助", "Help";
    help_facts => "本页不联网，所有说明都在这个文件里", "No network: all of this is in the file";
    help_what => "这个程序做什么", "What this program does";
    help_what_text => "管理单位和执法人员名录，把年度抽查计划分解到月，按抽签号抽取单位，安排日期和执法人员，打印月抽查计划。每个抽签号任何人都能重算。", "It keeps the registers of units and officers, turns the annual plan into months, draws units by lottery numbers, lays dates and teams, and prints the month's plan. Anybody can work every lottery number out again.";
    help_steps => "从建库到第一次抽取", "From the registers to the first draw";
    help_step1 => "在“单位”“执法人员”“事项清单”里录入，或用“导入名单”把 Excel 表格拖进来。说不准的先问，导入前先看变化，原样留一份快照，一次撤销。", "Enter units, officers and items, or drop an Excel list. What is not clear is asked, a preview shows each change, a snapshot is kept, and one click takes it back.";
    help_step2 => "在“年度计划”核对比例、季节和容量。排不下时，页面说明缺在哪几个月、缺多少、怎样补救。冻结计划得到它的散列值。", "Check shares, season and capacity on the annual plan. Where it does not fit, the page names months, lack and remedies. Freezing gives the plan its hash.";
    help_step3 => "每月最后两个工作日，在“月度抽查”冻结名录、固定承诺，把承诺码发出去，再产生随机数抽取。不在窗口内抽取要写明原因。", "In the last two working days of a month freeze the register, fix the commitment and send its code round, then draw. Outside the window a reason is needed.";
    help_step4 => "打印计划，签名盖章；检查后登记日期和结果，几户可以一起“批量登记”；登记错了的，写明原因更正。", "Print the plan for signature and seal; enter each visit's date and result, several in one go; a wrong entry is corrected with its reason.";
    help_step5 => "常按 Ctrl S 保存备份。换电脑、换浏览器、清理浏览器前一定先备份。", "Press Ctrl S often. Always save a backup before changing computer or browser, or cleaning it.";
    help_step6 => "每年 11 月前后国务院公布下一年的放假安排：在“设置与备份”的“放假安排”里粘贴通知全文，或点日期，再做下一年的计划。", "About November the State Council announces next year's holidays: paste the notice's text under Settings, Holidays, or click the days, before planning that year.";
    help_number => "自己算一个抽签号", "Work out a lottery number yourself";
    help_number_text => "把钥匙和单位编号用竖线连成一行，不留空格，不换行，算 SHA-256。64 个字符就是抽签号，小的先抽中。单位卡上有每一户的这一行。", "Join key and unit id by a bar, without spaces or line end, and take its SHA-256. The 64 characters are the lottery number; the smallest are drawn. Each unit's card shows its line.";
    help_number_windows => "Windows 上没有 PowerShell 的：把这一行存成 a.txt（末尾不换行），在命令提示符运行 certutil -hashfile a.txt SHA256。", "Windows without PowerShell: save the line as a.txt (no line end) and run certutil -hashfile a.txt SHA256.";
    help_proof => "能证明什么，不能证明什么", "What a draw proves, and what not";
    help_proof1 => "用公开数，或所有见证人都报数且至少一人诚实：承诺之后没有人能左右结果。", "With a public value, or with all witnesses revealing and one honest: nobody could steer the result after the commitment.";
    help_proof2 => "用本机随机数：经办人可能先在别处试抽，只能证明抽取之后没有改动。", "With this computer's number: the operator could have drawn elsewhere first; it proves only that nothing was changed afterwards.";
    help_proof3 => "任何证书都不能证明名录齐全；名录是否齐全要与市场监管名单比对。", "No certificate shows that the register was complete; that takes a comparison with the market regulator's list.";
    help_roles => "这个页面管得住什么，管不住什么", "What this page can hold people to, and what not";
    help_roles1 => "没有服务器，也没有账号和密码：谁在操作、谁批准、谁审核、谁签名，都是写下的姓名。程序核对姓名之间的规则，比如审核人不是去检查的两个人，核查人不是大队主官；它不能证明坐在电脑前的是本人。", "There is no server, no account and no password: who works here, approves, reviews or signs is a name that is written down. Rules between names are held (the reviewer is none of the two who went, the checker is not the head); that the person at the desk is the one named cannot be proved.";
    help_roles2 => "每一步都记进操作记录，改动旧记录会断链；抽取之前的记录由公布的承诺码锁定。它不能阻止有人拿旧备份重来，所以报告要打印、签名、盖章，报支队备案：纸上的才是别人手里的凭据。", "Every step stands in the trail; changing an old entry breaks its chain, and a published commitment binds what came before a draw. It cannot keep anybody from starting again from an old backup. So reports are printed, signed, sealed and filed: what is on paper is in other hands.";
    help_roles3 => "日期来自这台电脑的时钟。时钟拨错，期限和录入时间也就错；登记的检查时间、扫码时间，要与官方系统对照。", "Days come from this computer's clock. If it is wrong, so are terms and times of entry; hold times of visits and scans against the official system.";
    help_routes => "页面地址", "Addresses of the pages";
    help_routes_note => "地址只用 # 之后的部分；记录在后面加编号，筛选在问号后面。", "Only the part after # is used; a record adds its id, filters follow a question mark.";
    help_files => "文件格式", "File formats";
    help_files_text => "名单可以是 Excel、WPS、CSV 等表格；本程序自己的文件是 UTF-8 的 JSON。format 说明种类，version 说明版本；比程序新的版本不读也不改；不认识的字段原样保留；抽取里算过散列值的部分多出字段时，文件不打开。", "Lists may be tables of Excel, WPS, CSV and others; this program's own files are JSON in UTF-8. format names the kind and version its version; newer versions are refused and left alone; unknown fields are kept; inside what a draw has hashed they are refused.";
    help_schema(name: impl Display) => "{name} 的 JSON Schema", "JSON Schema of {name}";
    help_limits => "上限", "Limits";
    help_limits_text(units: impl Display, officers: impl Display, megabytes: impl Display) => "单位 {units} 户，执法人员 {officers} 人，文件 {megabytes} MB。浏览器为本页保存约 500 万个字符，约合 9 万户。", "{units} units, {officers} officers, files of {megabytes} MB. The browser keeps about 5 million characters, about 90 000 units.";
    help_keys => "键盘操作", "Keys";
}
