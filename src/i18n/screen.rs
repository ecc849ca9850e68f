//! Words of the big screen: few, large, for people who see a draw for the first time.

use std::fmt::Display;

use super::Lang;
use crate::desk::screen::PublicName;
use crate::messages;

messages! {
    screen_title(year: impl Display, month: impl Display) => "{year} 年 {month}消防监督抽查", "Inspection draw, {month} {year}";
    screen_public => "公开抽取", "Public draw";
    screen_published_first(at: impl Display) => "{at} 先公布", "published first, {at}";
    screen_locked => "名录、额度都锁在码里，改动一处就对不上。", "Register and sizes are locked into the code: it fits no other.";
    screen_where(place: impl Display) => "公布在：{place}", "Published: {place}";
    screen_waiting => "随机数还没有产生，抽签号由承诺码和随机数一起算出。", "The random number does not exist yet; lottery numbers follow from it and the code together.";
    screen_read_out => "念出并记下，扫码自己核对", "Read it aloud, note it down, scan and check";
    screen_qr_commitment => "承诺码的二维码", "QR code of the commitment";
    screen_pool(stratum: impl Display, pool: impl Display) => "{stratum}，候选 {pool} 户，抽签号由小到大", "{stratum}, {pool} candidates, smallest number first";
    screen_pool_only(pool: impl Display) => "候选 {pool} 户，抽签号由小到大", "{pool} candidates, smallest number first";
    screen_places => "名额", "Places";
    screen_units => "户", "units";
    screen_so_far(n: impl Display, total: impl Display) => "已抽 {n} 户，共 {total} 户", "{n} of {total} units drawn";
    screen_next(group: impl Display, n: impl Display) => "下一组：{group}，名额 {n} 户", "Next: {group}, {n} places";
    screen_continued => "下一页：本组其余", "Next: the rest of this group";
    screen_last => "全部抽完", "All are drawn";
    screen_group_of(n: impl Display, total: impl Display) => "{n} / {total} 组", "Group {n} / {total}";
    screen_part_of(n: impl Display, total: impl Display) => "第 {n} 页，共 {total} 页", "page {n} of {total}";
    screen_groups => "各组", "Groups";
    screen_space => "空格", "Space";
    screen_or => "或", "or";
    screen_key_next => "下一组", "Next";
    screen_key_back => "上一组", "Back";
    screen_key_pause => "暂停", "Pause";
    screen_key_resume => "继续", "Go on";
    screen_key_leave => "退出", "Leave";
    screen_withheld => "依法不公开", "Withheld by law";
    screen_withheld_code(id: impl Display) => "代号 {id}", "code {id}";
    screen_nothing => "这次抽取还没有公布承诺，没有可以展示的内容。", "This draw has published no commitment yet: there is nothing to show.";
}

impl Lang {
    /// A unit's name, or that it is withheld, in a line.
    #[must_use]
    pub fn public_name(self, name: &PublicName) -> String {
        match name {
            PublicName::Open(name) => name.clone(),
            PublicName::Withheld(id) => {
                format!(
                    "{} {}",
                    self.screen_withheld(),
                    self.screen_withheld_code(id)
                )
            }
        }
    }
}
