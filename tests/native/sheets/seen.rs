//! Lists of every register as people keep them, each with its three figures: rows under the
//! heads, rows taken, and rows refused or asked about; and what its first record says.

use double_random::exchange::Record;
use double_random::exchange::sheet::{AskKind, NoteKind, Reading, SkipWhy, Wish, register_of};
use double_random::model::field::RegisterKind;
use double_random::model::{Agency, Engineer, InspectionItem, Officer, ResultLine, Unit};
use serde_json::Value;

use super::make::C::{self, N, O, S};
use super::make::Xlsx;
use super::{assert_sum, opened, reading};

type Figures = (u32, u32, u32);

fn read<T: Record>(name: &str, bytes: &[u8]) -> Reading<T> {
    let book = opened(name, bytes).unwrap_or_else(|refusal| panic!("{name}: {refusal:?}"));
    let reading = reading(&book, &Wish::default());
    let reading = reading.unwrap_or_else(|refusal| panic!("{name}: {refusal:?}"));
    assert_sum(name, &reading);
    reading
}

fn figures<T: Record>(reading: &Reading<T>) -> Figures {
    let asked: u32 = reading.asked.iter().map(|asked| asked.count).sum();
    let open = reading.refused_rows.len() as u32 + asked;
    (reading.rows_count, reading.ready_count, open)
}

/// What the first record says in a field; nothing where its row does not.
fn first<T: Record>(reading: &Reading<T>, field: &str) -> String {
    let row = reading.rows.rows.first().expect("a row");
    match T::field(field).expect("a field") {
        _ if !row.patch.gives(field) => String::new(),
        of => match of.json(row.patch.values()) {
            Value::String(text) => text,
            other => other.to_string(),
        },
    }
}

/// A text file: its figures, and fields of its first record.
fn check<T: Record>(text: &str, right: Figures, fields: &[(&str, &str)]) -> Reading<T> {
    let reading = read::<T>("a.csv", text.as_bytes());
    let told = format!("{text}\n{:?}\n{:?}", reading.asked, reading.problems);
    assert_eq!(figures(&reading), right, "{told}");
    for (field, value) in fields {
        assert_eq!(first(&reading, field), *value, "{field}: {told}");
    }
    reading
}

fn skipped<T: Record>(reading: &Reading<T>, why: SkipWhy) -> usize {
    let skipped = reading.skipped.iter();
    skipped.filter(|it| it.why == why).count()
}

#[test]
fn a_head_that_tells_of_something_else_is_left_to_the_person() {
    check::<Unit>(
        "单位名称,计划检查日期,是否治安重点单位,纳税信用等级,房东联系方式,townName\n\
         苏村粮店,2026-12-20,是,A,0319-5220000,苏村镇\n",
        (1, 1, 0),
        &[
            ("name", "苏村粮店"),
            ("inspections", ""),
            ("is_key", ""),
            ("credit", ""),
            ("phone", ""),
        ],
    );
    check::<ResultLine>(
        "单位名称,上次检查日期,本次检查时间,检查人员,检查结果,是否存在问题,发现隐患（处）,问题清单\n\
         苏村粮店,2025-08-01,2026-03-05,张三、李四,未发现问题,否,0,\n",
        (1, 1, 0),
        &[("date", "2026-03-05"), ("problem", "")],
    );
    // A visit's beginning says its day where no column does.
    check::<ResultLine>(
        "单位名称,检查开始时间,检查结束时间,检查人员\n苏村粮店,2026-03-05 09:00:00,2026-03-05 10:00:00,张三、李四\n",
        (1, 1, 0),
        &[("date", "2026-03-05")],
    );
    check::<Agency>(
        "机构名称,营业执照有效期,资质证书有效期限,质量负责人,法定代表人姓名\n\
         甲公司,2030-01-01,2025.1.1 - 2027.1.1,李四,张三\n",
        (1, 1, 0),
        &[("qualified_until", "2027-01-01"), ("legal_person", "张三")],
    );
}

#[test]
fn a_group_of_columns_that_is_somebody_elses_gives_the_unit_nothing() {
    let mut book = Xlsx::new();
    book.merges = &["C1:D1", "A1:A2", "B1:B2"];
    let book = book.sheet(
        "甲",
        "visible",
        &[
            &[S("场所名称"), S("地址"), S("维保单位"), O],
            &[O, O, S("名称"), S("联系电话")],
            &[
                S("苏村粮店"),
                S("苏村1号"),
                S("安泰公司"),
                S("0319-5550000"),
            ],
        ],
    );
    let reading = read::<Unit>("a.xlsx", &book.bytes());
    assert_eq!(first(&reading, "name"), "苏村粮店");
    assert_eq!(first(&reading, "phone"), "");
}

#[test]
fn days_and_what_stands_behind_them() {
    check::<Unit>(
        "单位名称,第一次检查日期,第二次检查日期,复查日期\n苏村粮店,2026-03-06,2026-09-01,2026-10-01\n",
        (1, 1, 0),
        &[(
            "inspections",
            r#"[{"date":"2026-03-06","finding":"unknown"},{"date":"2026-09-01","finding":"unknown"}]"#,
        )],
    );
    let two = check::<Unit>(
        "单位名称,最近检查日期\n苏村粮店,2026-03-06  2026-09-01\n大村饭店,2026-03-06 复查\n",
        (2, 2, 0),
        &[],
    );
    assert_eq!(two.rows.rows[0].patch.values().inspections.len(), 2);
    // A 复查 is no visit of its own: the value is listed.
    assert_eq!((two.problems.len(), two.problems[0].row_number), (1, 3));
    check::<Officer>(
        "姓名,执法证号,有效期\n张三,1305001,2022年6月1日 — 2027年5月31日\n",
        (1, 1, 0),
        &[("certificate_until", "2027-05-31")],
    );
}

#[test]
fn signs_that_mark_are_asked_about_and_strokes_are_blank() {
    check::<Unit>(
        "单位名称,重点单位\n苏村粮店,★\n大村饭店,\n垂杨小学,-\n",
        (3, 3, 1),
        &[("is_key", "")],
    );
    check::<Unit>(
        "单位名称,重点单位\n苏村粮店,✅\n大村饭店,❌\n",
        (2, 2, 0),
        &[("is_key", "true")],
    );
    // One word that strays makes a column of key units no column of categories.
    check::<Unit>(
        "单位名称,单位类别\n苏村粮店,重点单位\n大村饭店,一般单位\n垂杨小学,重点单位\n镇东网吧,九小场所\n",
        (4, 4, 1),
        &[("is_key", "true"), ("category", "")],
    );
    check::<Unit>(
        "单位名称,信用等级\n苏村粮店,A-\n大村饭店,A\n",
        (2, 2, 1),
        &[("credit", "")],
    );
    check::<Unit>(
        "单位名称,风险等级\n苏村粮店,YELLOW\n大村饭店,ORANGE\n",
        (2, 2, 2),
        &[("risk", "")],
    );
    check::<Unit>(
        "单位名称,建筑面积（亩）\n苏村粮店,15\n",
        (1, 1, 0),
        &[("floor_area_m2", "")],
    );
}

#[test]
fn rows_that_are_no_units() {
    let sums = check::<Unit>(
        "乡镇,单位名称,地址,联系电话\n苏村镇,苏村粮店,苏村1号,0319-5220000\n苏村镇小计,1家,,\n\
         段芦头镇,大村饭店,大村5号,0319-5220001\n,段芦头镇小计：1家,,\n,累计,2,\n",
        (5, 2, 3),
        &[("name", "苏村粮店")],
    );
    assert_eq!(skipped(&sums, SkipWhy::Total), 3);
    let feet = check::<Unit>(
        "单位名称,地址,责任人,联系电话\n1,2,3,4\n一、学校（1家）,,,\n垂杨小学,垂杨1号,王一,0319-5220000\n\
         打印时间：2026-05-06 10:30,,,\n—— 以下无正文 ——,,,\n2026年5月6日,,,\n南宫市消防救援大队,,,\n",
        (7, 1, 1),
        &[("name", "垂杨小学")],
    );
    assert_eq!(skipped(&feet, SkipWhy::Note), 5);
    assert_eq!(skipped(&feet, SkipWhy::Instruction), 1);
    // A list of names alone is one, and so is a long tail of them.
    check::<Unit>(
        "单位名称,地址,责任人\n苏村粮店,,\n大村饭店,,\n",
        (2, 2, 0),
        &[],
    );
    let tail: String = (1..=20).map(|at| format!("垂杨{at}店,,\n")).collect();
    check::<Unit>(
        &format!("单位名称,地址,责任人\n苏村粮店,苏村1号,王一\n{tail}"),
        (21, 21, 0),
        &[],
    );
    // Names that begin like a mark are names.
    check::<Unit>(
        "单位名称,地址\n样例打印店,苏村1号\n格式工厂网吧,苏村2号\n填写人生书店,苏村3号\n",
        (3, 3, 0),
        &[("name", "样例打印店")],
    );
}

#[test]
fn another_table_below_and_a_second_list_beside() {
    let below = check::<Unit>(
        "序号,单位名称,地址,电话\n1,苏村粮店,苏村1号,0319-5220000\n\
         序号,单位名称,电话,地址\n2,大村饭店,0319-5220001,大村5号\n",
        (3, 1, 0),
        &[],
    );
    assert_eq!(skipped(&below, SkipWhy::OtherTable), 2);
    let again = check::<Unit>(
        "序号,单位名称,地址\n1,苏村粮店,苏村1号\n序号,单位名称,地址\n2,大村饭店,大村5号\n",
        (3, 2, 0),
        &[],
    );
    assert_eq!(skipped(&again, SkipWhy::Heads), 1);
    let beside = check::<Unit>(
        "序号,单位名称,地址,序号,单位名称,地址\n1,苏村粮店,苏村1号,2,大村饭店,大村5号\n",
        (1, 1, 0),
        &[],
    );
    let noted = beside.noted.iter();
    let beside = noted.filter(|it| it.kind == NoteKind::SideBySide);
    assert_eq!(beside.map(|it| it.count).sum::<u32>(), 1);
}

#[test]
fn words_for_nothing_refuse_no_row() {
    let blank = check::<Unit>(
        "单位名称,统一社会信用代码,地址,责任人\n苏村粮店,办理中,苏村1号,同上\n大村饭店,0,待核实,李四 11010519491231002X\n",
        (2, 2, 0),
        &[("code", ""), ("responsible", "")],
    );
    check::<Unit>(
        "序,单位名称,信用代码,建筑面积\n1,苏村粮店,代码：92130581MA0CWX2K9Y(1-1),约1200平左右\n2,,,\n",
        (2, 1, 0),
        &[("code", "92130581MA0CWX2K9Y"), ("floor_area_m2", "1200")],
    );
    // Nobody's number of an identity card comes in behind a name.
    assert_eq!(blank.problems.len(), 1);
    assert_eq!(first(&blank, "address"), "苏村1号");
    check::<Unit>(
        "单位名称,经营状态\n苏村粮店,正常（已关门）\n大村饭店,存续（在营、开业、在册）\n垂杨小学,营业执照过期\n",
        (3, 3, 2),
        &[],
    );
    // A spreadsheet has made a day of a name: the row is not taken under it.
    let made = Xlsx::of(&[&[S("单位名称"), S("地址")], &[C::D("46214"), S("苏村1号")]]);
    let made = read::<Unit>("a.xlsx", &made);
    assert_eq!(figures(&made), (1, 0, 1));
}

#[test]
fn one_officer_a_row() {
    let list = check::<Officer>(
        "姓名,执法证号,有效期至,职务\n领导班子,,,\n张三,1305001,2027-05-31,参谋\n张三、李四,1305002,2027-05-31,参谋\n\
         赵六(借调),1305003,2027-05-31,参谋\n周 八  吴 九,1305004,2027-05-31,参谋\n王  五,办理中,,消防文员\n共3人,,,\n",
        // A heading, two in one cell (twice), a name with more, a clerk, a sum.
        (7, 3, 6),
        &[("name", "张三")],
    );
    assert_eq!(skipped(&list, SkipWhy::Total), 1);
    let clerk = list
        .asked
        .iter()
        .find(|it| it.question.kind == AskKind::Word);
    let clerk = &clerk.expect("what a clerk is").question;
    assert_eq!(
        (clerk.field.as_str(), clerk.value.as_str()),
        ("role", "消防文员")
    );
    check::<Officer>(
        "姓名,执法证件号码,在岗状态\n张三,1305001,在职（借调支队）\n李四,1305002,在编在岗\n",
        (2, 2, 1),
        &[("certificate_number", "1305001")],
    );
    let dots = "姓名,执法证号\n买买提·艾力,1305001\n欧阳 修,1305002\n";
    check::<Officer>(dots, (2, 2, 0), &[("name", "买买提·艾力")]);
}

#[test]
fn items_with_their_own_ways() {
    let percent = Xlsx::of(&[
        &[S("序号"), S("抽查事项"), S("抽查比例"), S("抽查方式")],
        &[
            N("1"),
            S("消防安全制度"),
            C::P("0.8"),
            S("现场检查\n网络监测"),
        ],
    ]);
    let percent = read::<InspectionItem>("a.xlsx", &percent);
    assert_eq!(first(&percent, "share"), "80%");
    assert_eq!(first(&percent, "method"), "现场检查、网络监测");
    // Numbers that begin anew in each group refuse nothing.
    check::<InspectionItem>(
        "序号,抽查事项,抽查对象,抽查比例\n1,消防安全制度,社会单位,80%\n1,维保质量,社会单位,10%\n",
        (2, 2, 2),
        &[("name", "消防安全制度")],
    );
    // Which subject an item belongs to is asked where its words are another's.
    let subjects = check::<InspectionItem>(
        "序号,抽查事项,检查内容\n1,消防安全制度,例如：是否上墙\n2,社会消防技术服务活动监督抽查,服务质量\n",
        (2, 2, 1),
        &[("content", "例如：是否上墙")],
    );
    assert_eq!(subjects.asked[0].question.field, "subject");
}

#[test]
fn services_and_numbers_of_agencies() {
    let services = check::<Agency>(
        "机构名称,服务类别,从业人员数量\n甲公司,维保（含检测、评估）,12\n乙公司,1、维保 2、评估,6\n丙公司,①检测②维保/评估,3\n",
        (3, 3, 0),
        &[
            ("employees_count", "12"),
            ("services", r#"["维保（含检测、评估）"]"#),
        ],
    );
    let of = |at: usize| services.rows.rows[at].patch.values().services.len();
    assert_eq!((of(1), of(2)), (2, 3));
    let zeros = Xlsx::of(&[&[S("姓名"), S("执法证号")], &[S("张三"), C::Z("12345")]]);
    let zeros = read::<Officer>("a.xlsx", &zeros);
    assert_eq!(first(&zeros, "certificate_number"), "00012345");
    check::<Engineer>(
        "姓名,注册证编号,注册有效期止,受聘机构\n张三,B1,2024/05/06 ~ 2027/05/05,甲公司\n",
        (1, 1, 0),
        &[("registered_until", "2027-05-05"), ("employer", "甲公司")],
    );
}

#[test]
fn a_list_is_known_by_what_settles_it() {
    for (text, kind) in [
        (
            "单位名称,单位地址,检查日期,检查人员,检查结果,违法行为,消防安全责任人,联系电话\n甲,乙,2026-03-05,丙,丁,,戊,1\n",
            RegisterKind::Results,
        ),
        (
            "姓名,级别,执法证编号,单位名称,有效期至,联系电话\n张三,一级,1,大队,2027-01-01,1\n",
            RegisterKind::Officers,
        ),
        (
            "养老机构名称,机构地址,联系电话\n甲,乙,1\n",
            RegisterKind::Units,
        ),
    ] {
        let book = opened("a.csv", text.as_bytes()).unwrap();
        assert_eq!(register_of(&book), kind, "{text}");
    }
    // Of two sheets the one that is the register's own, and not the longer one.
    let officers: &[&[C<'_>]] = &[
        &[S("姓名"), S("执法证号"), S("有效期至")],
        &[S("张三"), S("1305001"), S("2027-05-31")],
    ];
    let engineers: &[&[C<'_>]] = &[
        &[
            S("姓名"),
            S("注册证号"),
            S("级别"),
            S("有效期至"),
            S("聘用单位"),
        ],
        &[S("王五"), S("B1"), S("一级"), S("2027-05-31"), S("甲公司")],
        &[S("赵六"), S("B2"), S("一级"), S("2027-05-31"), S("甲公司")],
    ];
    let book = Xlsx::new().sheet("工程师", "visible", engineers);
    let book = book.sheet("执法人员", "visible", officers);
    let reading = read::<Officer>("a.xlsx", &book.bytes());
    assert_eq!(first(&reading, "name"), "张三");
}

#[test]
fn brackets_and_groups_say_whose_a_column_is() {
    check::<Unit>(
        "单位名称（曾用名）,单位名称（现用名）,是否重点单位（治安）,风险等级（食品安全）,检查日期（计划）,地址（注册）,经营地址\n\
         甲店,乙店,是,红,2026-05-06,甲路1号,乙路2号\n",
        (1, 1, 0),
        &[
            ("name", "乙店"),
            ("is_key", ""),
            ("risk", ""),
            ("inspections", ""),
            ("address", "乙路2号"),
        ],
    );
    let mut book = Xlsx::new();
    book.merges = &["A1:A2", "B1:C1", "D1:E1"];
    let book = book.sheet(
        "甲",
        "visible",
        &[
            &[S("姓名"), S("驾驶证"), O, S("执法证"), O],
            &[O, S("证号"), S("有效期"), S("证号"), S("有效期")],
            &[
                S("张三"),
                S("J1"),
                S("2035-01-01"),
                S("1305001"),
                S("2026-12-31"),
            ],
        ],
    );
    let reading = read::<Officer>("a.xlsx", &book.bytes());
    assert_eq!(first(&reading, "certificate_number"), "1305001");
    assert_eq!(first(&reading, "certificate_until"), "2026-12-31");
    // One head over the first and the last day, and one over two names.
    let mut book = Xlsx::new();
    book.merges = &["B1:C1"];
    let book = book.sheet(
        "甲",
        "visible",
        &[
            &[S("姓名"), S("有效期"), O],
            &[S("张三"), S("2023-01-01"), S("2028-12-31")],
        ],
    );
    let reading = read::<Officer>("a.xlsx", &book.bytes());
    assert_eq!(first(&reading, "certificate_until"), "2028-12-31");
    check::<ResultLine>(
        "单位名称,检查日期,检查人员,检查人员,检查结果\n苏村粮店,2026-03-05,张三,李四,未发现问题\n",
        (1, 1, 0),
        &[("officers", "张三、李四")],
    );
    // Where the facts are from makes them nobody else's; a licence's end is no certificate's.
    let mut book = Xlsx::new();
    book.merges = &["A1:C1", "D1:E1"];
    let book = book.sheet(
        "甲",
        "visible",
        &[
            &[S("营业执照信息"), O, O, S("资质证书"), O],
            &[
                S("机构名称（与营业执照一致）"),
                S("统一社会信用代码（营业执照号）"),
                S("有效期至"),
                S("资质证书编号"),
                S("有效期至"),
            ],
            &[
                S("甲公司"),
                S("92130581MA0CWX2K9Y"),
                S("2050-01-01"),
                S("Z1"),
                S("2026-12-31"),
            ],
        ],
    );
    let reading = read::<Agency>("a.xlsx", &book.bytes());
    assert_eq!(first(&reading, "name"), "甲公司");
    assert_eq!(first(&reading, "code"), "92130581MA0CWX2K9Y");
    assert_eq!(first(&reading, "qualified_until"), "2026-12-31");
    // Side by side the second list's days are not the first's.
    check::<Officer>(
        "姓名,执法证号,有效期,姓名,执法证号,有效期\n张三,1,2027-05-31,李四,2,2028-05-31\n",
        (1, 1, 0),
        &[("certificate_until", "2027-05-31")],
    );
    let beside = check::<Unit>(
        "单位名称,地址,检查日期,单位名称,地址,检查日期\n甲店,甲路,2026-03-06,乙店,乙路,2026-04-06\n",
        (1, 1, 0),
        &[],
    );
    assert_eq!(beside.rows.rows[0].patch.values().inspections.len(), 1);
    check::<ResultLine>(
        "执法单位名称,被查单位,检查日期,检查人员\n南宫市消防救援大队,苏村粮店,2026-03-05,张三\n",
        (1, 1, 0),
        &[("name", "苏村粮店")],
    );
    check::<Engineer>(
        "姓名,单位注册号,单位资质有效期,注册证号\n张三,D1,2030-01-01,B1\n",
        (1, 1, 0),
        &[("registration_number", "B1"), ("registered_until", "")],
    );
}

#[test]
fn obvious_columns_of_long_ledgers_are_read() {
    for head in [
        "最近一次监督检查时间",
        "最近监督检查日期",
        "2025年检查日期",
        "上年度检查时间",
        "一季度检查时间",
    ] {
        let text = format!("单位名称,{head}\n苏村粮店,2026-03-06\n");
        let reading = check::<Unit>(&text, (1, 1, 0), &[]);
        assert!(reading.rows.rows[0].patch.gives("inspections"), "{head}");
    }
    for (head, field) in [
        ("是否为消防安全重点单位", "is_key"),
        ("是否属于人员密集场所", "is_densely_populated"),
    ] {
        let text = format!("单位名称,{head}\n苏村粮店,是\n");
        check::<Unit>(&text, (1, 1, 0), &[(field, "true")]);
    }
    check::<Officer>(
        "姓名,执法证到期日期,是否具有主办资格,是否在岗\n张三,2027-05-31,是,是\n",
        (1, 1, 0),
        &[("certificate_until", "2027-05-31"), ("may_lead", "true")],
    );
    // Of two columns the one that says it, and not the one that may say something else.
    check::<Unit>(
        "医院名称,监管级别,是否消防安全重点单位,状态,经营状态,法定代表人/负责人\n县医院,大队,是,已审核,停业,王一\n",
        (1, 1, 1),
        &[("is_key", "true"), ("responsible", "王一")],
    );
    check::<Unit>(
        "单位名称,风险等级（红橙黄蓝）\n苏村粮店,黄\n",
        (1, 1, 1),
        &[("risk", "")],
    );
    check::<Unit>(
        "单位名称,重点单位\n苏村粮店,是\n大村饭店,同上\n",
        (2, 2, 1),
        &[("is_key", "true")],
    );
    // A further page may call a column otherwise.
    let pages = check::<Unit>(
        "单位名称,地址,联系电话\n苏村粮店,苏村1号,0319-5220000\n单位名称,地址,电话\n大村饭店,大村5号,0319-5220001\n",
        (3, 2, 0),
        &[],
    );
    assert_eq!(skipped(&pages, SkipWhy::Heads), 1);
}

#[test]
fn what_a_heading_says_of_the_rows_below_it() {
    let below = check::<Officer>(
        "姓名,执法证号,职务\n一、监督执法人员,,\n张三,1305001,参谋\n二、辅助人员（文员）,,\n赵六,,\n布仁巴雅尔,1305003,参谋\n",
        (5, 3, 4),
        &[("name", "张三")],
    );
    let asked = below.asked.iter().map(|it| &it.question);
    let roles = asked.filter(|it| it.kind == AskKind::Word);
    let roles: Vec<&str> = roles.map(|it| it.value.as_str()).collect();
    assert_eq!(roles, ["二、辅助人员（文员）"]);
    let month = Xlsx::of(&[
        &[S("单位名称"), S("最近检查日期")],
        &[S("苏村粮店"), C::M("46266")],
    ]);
    let month = read::<Unit>("a.xlsx", &month);
    assert_eq!(
        (first(&month, "inspections").as_str(), month.problems.len()),
        ("", 1)
    );
    check::<Unit>(
        "单位名称,地址,责任人,最近检查日期\n××饭店,××街1号,张 三,2025-01-01\n苏村粮店,苏村1号,张三 李四,1900-01-01\n\
         制表人：王五,审核：李四,,\n",
        (3, 1, 0),
        &[("responsible", "张三 李四"), ("inspections", "")],
    );
}

#[test]
fn what_servers_write_around_a_list() {
    // A remark on a cell is not what stands in it.
    let remarked = r#"<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="甲"><Table><Row><Cell><Data ss:Type="String">单位名称</Data></Cell><Cell><Data ss:Type="String">地址</Data></Cell></Row><Row><Cell><Data ss:Type="String">苏村粮店</Data><Comment><ss:Data>已核对</ss:Data></Comment></Cell><Cell><Data ss:Type="String">苏村1号</Data></Cell></Row></Table></Worksheet></Workbook>"#;
    let remarked = read::<Unit>("a.xls", remarked.as_bytes());
    assert_eq!(first(&remarked, "name"), "苏村粮店");
    // Heads that stay in sight have a table of their own.
    let apart = "<table><tr><th>单位名称</th><th>地址</th></tr></table>\
        <table><tr><td>苏村粮店</td><td>苏村1号</td></tr><tr><td>大村饭店</td><td>大村5号</td></tr></table>";
    let apart = read::<Unit>("a.xls", apart.as_bytes());
    assert_eq!(
        (figures(&apart), first(&apart, "name").as_str()),
        ((2, 2, 0), "苏村粮店")
    );
    // A workbook whose part has a number counts its days all the same.
    let mut book = Xlsx::new();
    book.is_1904 = true;
    let rows: &[&[C<'_>]] = &[
        &[S("单位名称"), S("最近检查日期")],
        &[S("苏村粮店"), C::D("44686")],
    ];
    let parts = book.sheet("甲", "visible", rows).parts();
    let named = parts
        .iter()
        .map(|(name, text)| (name.replace("xl/workbook.xml", "xl/workbook22.xml"), text))
        .map(|(name, text)| {
            (
                name.replace("rels/workbook.xml", "rels/workbook22.xml"),
                text.as_bytes(),
            )
        });
    let numbered = read::<Unit>("a.xlsx", &super::make::zip(named));
    let visits = &numbered.rows.rows[0].patch.values().inspections;
    assert_eq!(visits[0].date.to_string(), "2026-05-06");
}
