//! What speaks for a candidate, in numbers.

/// One thing that speaks for or against a candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(usize)]
pub(crate) enum Sign {
    /// The score of the lexical search, as a share of the best one.
    Lexical,
    /// How much of the question its words explain.
    Explained,
    /// How much of its name the question covers.
    Covered,
    /// How many neighbouring words of the question stand in its name or sayings.
    Phrases,
    /// How alike the question and the best of its sayings are, word by word.
    Saying,
    /// How alike the question and the best saying of its families are: what people say who may
    /// mean it or one of its siblings.
    Family,
    /// How near the question's vector is to the name's.
    NameNear,
    /// How near the question's vector is to that of the best of its sayings.
    SayingNear,
    /// How near the question's vector is to that of the best saying of its families.
    FamilyNear,
    /// A form or a document that it uses was named.
    Named,
    /// The question holds its whole name.
    WholeName,
    /// It is a variant that the question clearly asks for.
    VariantMeant,
    /// It is a variant of which the question holds a cue.
    VariantAsked,
    /// It is a variant of which the question holds no cue.
    VariantUnasked,
    /// A commune handles it.
    Commune,
    /// A province handles it, no commune does.
    Province,
    /// How much of a counter's business its field is.
    Field,
    /// Its file was checked or approved.
    Checked,
    /// Only its name is known.
    NameOnly,
    /// Its name and content disagree.
    Suspect,
    /// Citizens may not apply.
    NotForCitizens,
    /// It holds in one province only.
    OneProvince,
    /// It has sayings: people ask for it.
    HasSayings,
    /// How many of those who leave open which of its family is meant mean it.
    Usual,
}

impl Sign {
    pub(crate) const ALL: [Self; 24] = [
        Self::Lexical,
        Self::Explained,
        Self::Covered,
        Self::Phrases,
        Self::Saying,
        Self::Family,
        Self::NameNear,
        Self::SayingNear,
        Self::FamilyNear,
        Self::Named,
        Self::WholeName,
        Self::VariantMeant,
        Self::VariantAsked,
        Self::VariantUnasked,
        Self::Commune,
        Self::Province,
        Self::Field,
        Self::Checked,
        Self::NameOnly,
        Self::Suspect,
        Self::NotForCitizens,
        Self::OneProvince,
        Self::HasSayings,
        Self::Usual,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Lexical => "lexical",
            Self::Explained => "explained",
            Self::Covered => "covered",
            Self::Phrases => "phrases",
            Self::Saying => "saying",
            Self::Family => "family",
            Self::NameNear => "name_near",
            Self::SayingNear => "saying_near",
            Self::FamilyNear => "family_near",
            Self::Named => "named",
            Self::WholeName => "whole_name",
            Self::VariantMeant => "variant_meant",
            Self::VariantAsked => "variant_asked",
            Self::VariantUnasked => "variant_unasked",
            Self::Commune => "commune",
            Self::Province => "province",
            Self::Field => "field",
            Self::Checked => "checked",
            Self::NameOnly => "name_only",
            Self::Suspect => "suspect",
            Self::NotForCitizens => "not_for_citizens",
            Self::OneProvince => "one_province",
            Self::HasSayings => "has_sayings",
            Self::Usual => "usual",
        }
    }
}

/// A candidate's signs, each about 0 to 1.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Signs([f32; Sign::ALL.len()]);

impl Signs {
    pub(crate) fn set(&mut self, sign: Sign, value: f32) {
        self.0[sign as usize] = value;
    }

    pub(crate) fn add(&mut self, sign: Sign, value: f32) {
        self.0[sign as usize] += value;
    }

    pub(crate) fn get(&self, sign: Sign) -> f32 {
        self.0[sign as usize]
    }

    pub(crate) fn values(&self) -> &[f32; Sign::ALL.len()] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_in_their_places() {
        for (at, sign) in Sign::ALL.iter().enumerate() {
            assert_eq!(*sign as usize, at);
        }
    }
}
