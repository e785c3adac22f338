//! A paper as its parts, before it is laid out as PDF or Word.

/// One part of a paper, from top to bottom.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Block {
    /// Quốc hiệu; an authority stands left of it.
    Head { authority: Vec<String>, number: Option<String> },
    /// What form it is, small, right of the top.
    Form(String),
    /// The title.
    Title(String),
    /// The line under it.
    Under(String),
    /// To whom it is addressed.
    To(String),
    /// A label and what was written behind it; a blank one has dots.
    Field { label: String, value: Option<String> },
    /// A number with a box for each digit.
    Boxes { label: String, value: Option<String> },
    /// A paragraph as printed.
    Text(String),
    /// A heading inside the paper.
    Heading(String),
    /// Rows of cells; the first is the head.
    Table(Vec<Vec<String>>),
    /// Place and day, right.
    Day(String),
    /// Those who sign, side by side.
    Signed(Vec<Signer>),
    /// A drawing of a parcel or a house.
    Drawing,
    /// The next page.
    NewPage,
}

/// Who signs.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Signer {
    /// "CHỦ TỊCH", "Người yêu cầu"; lines.
    pub(crate) role: Vec<String>,
    /// The name under the signature.
    pub(crate) name: Option<String>,
    /// Whether there is a signature.
    pub(crate) signs: bool,
    /// The words round a seal.
    pub(crate) seal: Option<String>,
}

/// In what form a paper is handed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Copy {
    Original,
    /// A grey copy with the red attestation of a commune.
    Certified,
    /// A grey copy; some carry a stamp that says so.
    Plain {
        stamped: bool,
    },
}

/// What sheet it is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sheet {
    White,
    /// A plastic card.
    Card,
    /// The red-rimmed sheet of a land certificate.
    Rimmed,
}

/// A paper.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Paper {
    /// What it is, as a person would name the file.
    pub(crate) name: &'static str,
    pub(crate) blocks: Vec<Block>,
    pub(crate) copy: Copy,
    pub(crate) sheet: Sheet,
    /// Behind written values the dots of the form go on.
    pub(crate) dots: bool,
    /// Who certifies copies, with day and number.
    pub(crate) certifier: (String, String, String),
    /// Of another day's form: what the form's line said then.
    pub(crate) old_form: Option<&'static str>,
}

pub(crate) fn field(label: &str, value: &str) -> Block {
    Block::Field { label: label.to_owned(), value: Some(value.to_owned()) }
}

pub(crate) fn signer(role: &str, name: &str) -> Signer {
    let role = role.split('\n').map(str::to_owned).collect();
    Signer { role, name: Some(name.to_owned()), signs: true, seal: None }
}

/// Somebody who signs and seals for an authority.
pub(crate) fn sealed(role: &str, name: &str, seal: &str) -> Signer {
    Signer { seal: Some(seal.to_owned()), ..signer(role, name) }
}

impl Paper {
    /// The form as it comes from the printer.
    pub(crate) fn blank(mut self) -> Self {
        for block in &mut self.blocks {
            match block {
                Block::Field { value, .. } | Block::Boxes { value, .. } => *value = None,
                Block::Day(day) => {
                    "............, ngày ...... tháng ...... năm ..........".clone_into(day);
                }
                Block::Table(rows) => {
                    for row in rows.iter_mut().skip(1) {
                        row.iter_mut().for_each(String::clear);
                    }
                }
                Block::To(to) => ".......................................".clone_into(to),
                _ => {}
            }
        }
        self.unsigned()
    }

    /// Nobody has signed it.
    pub(crate) fn unsigned(mut self) -> Self {
        for block in &mut self.blocks {
            if let Block::Signed(signers) = block {
                for signer in signers {
                    (signer.name, signer.signs) = (None, false);
                }
            }
        }
        self
    }

    /// The same on the form of another day.
    pub(crate) fn on_old_form(mut self) -> Self {
        let Some(old) = self.old_form else { return self };
        for block in &mut self.blocks {
            if let Block::Form(form) = block {
                old.clone_into(form);
            }
        }
        self
    }

    /// What stands on each page, line by line, as far as it is known.
    pub(crate) fn text(&self) -> Vec<String> {
        let mut pages = vec![Vec::new()];
        for block in self.all_blocks() {
            let Some(page) = pages.last_mut() else { break };
            match block {
                Block::NewPage => pages.push(Vec::new()),
                other => page.extend(lines(&other)),
            }
        }
        pages.into_iter().map(|lines: Vec<String>| lines.join("\n")).collect()
    }

    /// With what a copy carries beyond the paper itself.
    pub(crate) fn all_blocks(&self) -> Vec<Block> {
        let mut blocks = self.blocks.clone();
        if self.copy == Copy::Certified {
            let (authority, day, name) = &self.certifier;
            blocks.push(Block::Heading("CHỨNG THỰC BẢN SAO ĐÚNG VỚI BẢN CHÍNH".to_owned()));
            blocks.push(Block::Text(day.clone()));
            let role = format!("TM. {}\nCHỦ TỊCH", authority.to_uppercase());
            blocks.push(Block::Signed(vec![sealed(&role, name, authority)]));
        }
        blocks
    }
}

fn lines(block: &Block) -> Vec<String> {
    match block {
        Block::Head { authority, number } => {
            let mut lines = authority.clone();
            lines.extend(number.clone());
            lines.push("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM".to_owned());
            lines.push("Độc lập - Tự do - Hạnh phúc".to_owned());
            lines
        }
        Block::Form(text)
        | Block::Title(text)
        | Block::Under(text)
        | Block::Text(text)
        | Block::Heading(text)
        | Block::Day(text) => vec![text.clone()],
        Block::To(to) => vec![format!("Kính gửi: {to}")],
        Block::Field { label, value } | Block::Boxes { label, value } => {
            vec![format!(
                "{label}: {}",
                value.as_deref().unwrap_or("...............................")
            )]
        }
        Block::Table(rows) => rows.iter().map(|row| row.join(" ")).collect(),
        Block::Signed(signers) => {
            let roles = signers.iter().flat_map(|signer| signer.role.clone());
            roles.chain(signers.iter().filter_map(|signer| signer.name.clone())).collect()
        }
        Block::Drawing | Block::NewPage => Vec::new(),
    }
}
