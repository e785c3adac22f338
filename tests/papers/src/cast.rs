//! The people, places and days of one dossier: invented, and consistent with each other.

use jiff::{
    ToSpan,
    civil::{Date, date},
};

use crate::chance::Chance;

/// Somebody.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    /// As on a birth certificate.
    pub(crate) name: String,
    pub(crate) man: bool,
    pub(crate) born: Date,
    /// Personal identification number, twelve digits: province, century and sex, year, six of chance.
    pub(crate) number: String,
    /// Two-level address.
    pub(crate) lives: String,
    /// When the card was issued.
    pub(crate) issued: Date,
}

/// Who and what a dossier is about.
#[derive(Debug, Clone)]
pub(crate) struct Cast {
    pub(crate) applicant: Person,
    pub(crate) spouse: Person,
    pub(crate) child: Person,
    /// A parent of the applicant, or a relation who died.
    pub(crate) dead: Person,
    /// Lets the house, sells the land, leads the company.
    pub(crate) owner: Person,
    /// Goes in the applicant's place.
    pub(crate) agent: Person,
    /// Signs for the authority.
    pub(crate) official: Person,
    pub(crate) ward: String,
    pub(crate) province: String,
    pub(crate) received: Date,
    /// When the papers of this case were written: some days before.
    pub(crate) written: Date,
    /// When authorities issued theirs.
    pub(crate) issued: Date,
    /// Numbers of papers.
    pub(crate) serial: Vec<String>,
    /// A paper that can run out has.
    pub(crate) run_out: bool,
    /// What is written by hand stands on rows of dots.
    pub(crate) dots: bool,
}

const FAMILY: &[&str] = &[
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ",
    "Hồ", "Ngô", "Dương", "Lý", "Đinh", "Mai", "Trịnh", "Tạ", "Chu", "Lưu", "Quách", "Nông", "Hà",
];
const MIDDLE_MAN: &[&str] =
    &["Văn", "Đức", "Quốc", "Minh", "Hữu", "Xuân", "Công", "Thanh", "Đình", "Ngọc"];
const MIDDLE_WOMAN: &[&str] =
    &["Thị", "Thị Thu", "Thị Mỹ", "Ngọc", "Thị Kim", "Thu", "Thị Hồng", "Bích"];
const GIVEN_MAN: &[&str] = &[
    "Hùng", "Dũng", "Tuấn", "Thắng", "Khoa", "Bình", "Long", "Phúc", "Cường", "Sơn", "Vinh",
    "Thịnh", "Đạt", "Quyết", "Toàn", "Hiếu",
];
const GIVEN_WOMAN: &[&str] = &[
    "Hương",
    "Lan",
    "Hạnh",
    "Nhung",
    "Thảo",
    "Trang",
    "Yến",
    "Oanh",
    "Phượng",
    "Hằng",
    "Loan",
    "Ngân",
    "Tuyết",
    "Duyên",
    "Quyên",
    "Thúy",
];
const WARDS: &[(&str, &str, &str)] = &[
    ("phường", "Vân Khê", "Phú Thọ"),
    ("xã", "Hương Sơn Tây", "Nghệ An"),
    ("phường", "Bến Đá", "Đồng Nai"),
    ("xã", "Tân Lộc Hạ", "Vĩnh Long"),
    ("xã", "Mường Lan", "Điện Biên"),
    ("phường", "An Cựu Đông", "Khánh Hòa"),
    ("phường", "Thạch Bàn Nam", "Bắc Ninh"),
    ("xã", "Ea Tam Thượng", "Đắk Lắk"),
];
const CODES: &[&str] = &["001", "025", "031", "036", "040", "048", "066", "079", "092", "095"];

impl Person {
    fn new(
        chance: &mut Chance,
        man: bool,
        years: (i64, i64),
        family: Option<&str>,
        lives: &str,
        on: Date,
    ) -> Self {
        let family = family.map_or_else(|| (*chance.pick(FAMILY)).to_owned(), str::to_owned);
        let (middle, given) =
            if man { (MIDDLE_MAN, GIVEN_MAN) } else { (MIDDLE_WOMAN, GIVEN_WOMAN) };
        let name = format!("{family} {} {}", chance.pick(middle), chance.pick(given));
        let year = i16::try_from(chance.below(years.0, years.1)).unwrap_or(1990);
        let born = date(year, chance.below(1, 13) as i8, chance.below(1, 29) as i8);
        // 0 and 1 are the twentieth century's men and women, 2 and 3 the next one's.
        let sex = u8::from(!man) + if year >= 2000 { 2 } else { 0 };
        let number = format!("{}{sex}{:02}{}", chance.pick(CODES), year % 100, chance.digits(6));
        let issued = on.checked_sub(chance.below(200, 1_500).days()).unwrap_or(on);
        Self { name, man, born, number, lives: lives.to_owned(), issued }
    }

    pub(crate) fn sex(&self) -> &'static str {
        if self.man { "Nam" } else { "Nữ" }
    }

    pub(crate) fn capitals(&self) -> String {
        self.name.to_uppercase()
    }

    pub(crate) fn family(&self) -> &str {
        self.name.split(' ').next().unwrap_or_default()
    }
}

impl Cast {
    /// The people of dossier `at` of a set.
    pub(crate) fn new(seed: u64, at: u64, received: Date) -> Self {
        let mut chance = Chance::new(seed, at);
        let c = &mut chance;
        let (kind, name, province) = *c.pick(WARDS);
        let ward = format!("{kind} {name}");
        let address = |c: &mut Chance| {
            let head = match kind {
                "phường" => format!(
                    "số {} đường {}, tổ {}",
                    c.below(2, 240),
                    c.pick(&["Lê Lợi", "Trần Phú", "Quang Trung", "Hùng Vương"]),
                    c.below(1, 20)
                ),
                _ => format!("thôn {}", c.pick(&["Đông", "Đoài", "Trung Tâm", "Tân Lập", "Số 4"])),
            };
            format!("{head}, {ward}, tỉnh {province}")
        };
        let home = address(c);
        let (other, third) = (address(c), address(c));
        let woman_applies = c.percent(50);
        let applicant = Person::new(c, !woman_applies, (1975, 2000), None, &home, received);
        let spouse = Person::new(c, woman_applies, (1975, 2000), None, &home, received);
        let father = if woman_applies { spouse.family() } else { applicant.family() }.to_owned();
        let boy = c.percent(50);
        let mut child = Person::new(c, boy, (2026, 2027), Some(&father), &home, received);
        child.born = received.checked_sub(c.below(12, 50).days()).unwrap_or(received);
        let own = applicant.family().to_owned();
        let old_man = c.percent(50);
        let dead = Person::new(c, old_man, (1935, 1955), Some(&own), &home, received);
        let (owner_is_man, agent_is_man) = (c.percent(50), c.percent(50));
        let owner = Person::new(c, owner_is_man, (1960, 1985), None, &other, received);
        let agent = Person::new(c, agent_is_man, (1970, 2000), None, &third, received);
        let official = Person::new(c, true, (1970, 1985), None, &third, received);
        let written = received.checked_sub(c.below(1, 9).days()).unwrap_or(received);
        let issued = received.checked_sub(c.below(20, 100).days()).unwrap_or(received);
        let serial = (0..12)
            .map(|_| {
                let n = c.below(2, 980);
                n.to_string()
            })
            .collect();
        let dots = c.percent(60);
        Self {
            applicant,
            spouse,
            child,
            dead,
            owner,
            agent,
            official,
            ward,
            province: province.to_owned(),
            received,
            written,
            issued,
            serial,
            run_out: false,
            dots,
        }
    }

    /// The mother of the child.
    pub(crate) fn mother(&self) -> &Person {
        if self.applicant.man { &self.spouse } else { &self.applicant }
    }

    /// The father of the child.
    pub(crate) fn father(&self) -> &Person {
        if self.applicant.man { &self.applicant } else { &self.spouse }
    }

    /// "Ủy ban nhân dân phường …".
    pub(crate) fn committee(&self) -> String {
        format!("Ủy ban nhân dân {}", self.ward)
    }

    /// When the one who died did: some weeks before.
    pub(crate) fn death(&self) -> Date {
        self.issued.checked_sub(2.days()).unwrap_or(self.issued)
    }

    /// "phường …, ngày 3 tháng 11 năm 2026".
    pub(crate) fn place_and(&self, day: Date) -> String {
        let ward = self.ward.split_once(' ').map_or(self.ward.as_str(), |(_, name)| name);
        format!("{ward}, {}", in_words(day))
    }
}

/// "ngày 03 tháng 11 năm 2026".
pub(crate) fn in_words(day: Date) -> String {
    day.strftime("ngày %d tháng %m năm %Y").to_string()
}

/// "03/11/2026".
pub(crate) fn short(day: Date) -> String {
    day.strftime("%d/%m/%Y").to_string()
}

/// So many days from then.
pub(crate) fn after(day: Date, days: i64) -> Date {
    day.checked_add(days.days()).unwrap_or(day)
}
