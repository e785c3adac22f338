use serde::{Deserialize, Deserializer};

/// A procedure as a portal export states it: strings, faults included.
///
/// One line of a `.jsonl` reference file; [`crate::record_from_portal`] makes one from the
/// portal's own JSON.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the fields are the export's own; see the data's README")]
pub struct Record {
    #[serde(deserialize_with = "text")]
    pub code: String,
    #[serde(deserialize_with = "text")]
    pub name: String,
    #[serde(deserialize_with = "text")]
    pub field: String,
    #[serde(deserialize_with = "text")]
    pub ministry: String,
    #[serde(deserialize_with = "texts")]
    pub level: Vec<String>,
    #[serde(deserialize_with = "text")]
    pub decision: String,
    #[serde(deserialize_with = "text")]
    pub subjects: String,
    #[serde(deserialize_with = "texts")]
    pub agencies: Vec<String>,
    #[serde(deserialize_with = "text")]
    pub receiving: String,
    #[serde(deserialize_with = "text")]
    pub sequence: String,
    #[serde(deserialize_with = "entries")]
    pub channels: Vec<ChannelRecord>,
    #[serde(deserialize_with = "entries")]
    pub components: Vec<ComponentRecord>,
    #[serde(deserialize_with = "text")]
    pub components_raw: String,
    #[serde(deserialize_with = "text")]
    pub requirements: String,
    #[serde(deserialize_with = "texts")]
    pub result: Vec<String>,
    #[serde(deserialize_with = "entries")]
    pub legal_basis: Vec<LegalRecord>,
    #[serde(deserialize_with = "text")]
    pub keywords: String,
    #[serde(deserialize_with = "text")]
    pub url: String,
    #[serde(deserialize_with = "text")]
    pub fetched: String,
    #[serde(deserialize_with = "text")]
    pub scope: String,
}

/// A channel of a [`Record`].
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the fields are the export's own")]
pub struct ChannelRecord {
    #[serde(deserialize_with = "text")]
    pub channel: String,
    #[serde(deserialize_with = "text")]
    pub time_limit: String,
    #[serde(deserialize_with = "text")]
    pub fee: String,
    #[serde(deserialize_with = "text")]
    pub note: String,
}

/// A row of a [`Record`]'s component list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the fields are the export's own")]
pub struct ComponentRecord {
    #[serde(deserialize_with = "text")]
    pub case: String,
    #[serde(deserialize_with = "text")]
    pub name: String,
    #[serde(deserialize_with = "texts")]
    pub form: Vec<String>,
    #[serde(deserialize_with = "count")]
    pub originals: u32,
    #[serde(deserialize_with = "count")]
    pub copies: u32,
}

/// A document of a [`Record`]'s legal basis.
#[derive(Debug, Clone, Default)]
#[expect(missing_docs, reason = "the fields are the export's own")]
pub struct LegalRecord {
    pub code: String,
    pub name: String,
}

/// Exports differ in how they say that there is nothing, or only one: no field, `null`, a text where others have a
/// list, a number as text. All of that is understood; only what cannot be meant so is an error.
#[derive(Deserialize)]
#[serde(untagged)]
enum Loose<T> {
    Many(Vec<T>),
    One(T),
    Nothing(()),
}

fn loose<'de, T: Deserialize<'de>, D: Deserializer<'de>>(from: D) -> Result<Vec<T>, D::Error> {
    Ok(match Loose::deserialize(from)? {
        Loose::Many(all) => all,
        Loose::One(one) => vec![one],
        Loose::Nothing(()) => Vec::new(),
    })
}

fn text<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    Ok(Option::<String>::deserialize(from)?.unwrap_or_default())
}

fn texts<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
    loose(from)
}

fn entries<'de, T: Deserialize<'de>, D: Deserializer<'de>>(from: D) -> Result<Vec<T>, D::Error> {
    Ok(Option::<Vec<T>>::deserialize(from)?.unwrap_or_default())
}

fn count<'de, D: Deserializer<'de>>(from: D) -> Result<u32, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Count {
        Number(u32),
        Text(String),
        Nothing(()),
    }
    Ok(match Count::deserialize(from)? {
        Count::Number(number) => number,
        Count::Text(text) => text.trim().parse().unwrap_or_default(),
        Count::Nothing(()) => 0,
    })
}

impl<'de> Deserialize<'de> for LegalRecord {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Legal {
            Named(String),
            Whole {
                #[serde(default, deserialize_with = "text")]
                code: String,
                #[serde(default, deserialize_with = "text")]
                name: String,
            },
        }
        Ok(match Legal::deserialize(from)? {
            Legal::Named(name) => Self { code: String::new(), name },
            Legal::Whole { code, name } => Self { code, name },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_exports_leave_out_is_understood() {
        let line = r#"{"code": "1.001193", "level": "commune", "channels": null, "decision": null,
            "components": [{"name": "Tờ khai", "form": "Mẫu 09", "originals": "1", "copies": null, "case": null}],
            "legal_basis": ["Luật Hộ tịch", {"code": "123/2015/NĐ-CP", "name": null}]}"#;
        let record: Record = serde_json::from_str(line).expect("a record");
        assert_eq!(record.level, ["commune"]);
        assert_eq!(record.components[0].form, ["Mẫu 09"]);
        assert_eq!((record.components[0].originals, record.components[0].copies), (1, 0));
        assert_eq!(record.legal_basis[0].name, "Luật Hộ tịch");
        assert_eq!(record.legal_basis[1].code, "123/2015/NĐ-CP");
        assert!(serde_json::from_str::<Record>(r#"{"components": 3}"#).is_err());
    }
}
