//! Tokens as the GGUF file defines them.

use std::collections::HashMap;

use candle_core::quantized::{
    gguf_file::{Content, Value},
    tokenizer::TokenizerFromGguf,
};
use tokenizers::{
    AddedToken, Tokenizer,
    decoders::{byte_fallback::ByteFallback, fuse::Fuse, sequence::Sequence as Decoders},
    models::bpe::{BPE, Merges, Vocab},
    normalizers::{Prepend, Replace, Sequence as Normalizers},
    pre_tokenizers::{byte_level::ByteLevel, digits::Digits, sequence::Sequence as PreTokenizers},
};

use crate::gguf::as_number;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// A tokenizer with the tokens at which a model stops.
pub(crate) struct Tokens {
    pub(crate) tokenizer: Tokenizer,
    spelling: Spelling,
    pub(crate) stops: Vec<u32>,
    pub(crate) bos: String,
    pub(crate) eos: String,
}

/// How tokens are spelt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Spelling {
    /// A letter stands for each byte.
    Bytes,
    /// As they are, `▁` for a space, `<0x0A>` for a byte.
    Pieces,
}

/// Tokens that end a turn in the chat formats of the supported architectures.
const TURN_ENDS: [&str; 6] =
    ["<|im_end|>", "<|endoftext|>", "<|eot_id|>", "<|end_of_text|>", "<end_of_turn>", "</s>"];

impl Tokens {
    pub(crate) fn read(content: &Content) -> Result<Self> {
        let kind = text(content, "tokenizer.ggml.model").unwrap_or_default();
        let (tokenizer, spelling) = match kind {
            "llama" => (sentence_pieces(content)?, Spelling::Pieces),
            _ => (byte_pairs(content)?, Spelling::Bytes),
        };
        let special = |key: &str| number(content, key).and_then(|id| tokenizer.id_to_token(id));
        let bos = special("tokenizer.ggml.bos_token_id").unwrap_or_default();
        let eos = special("tokenizer.ggml.eos_token_id").unwrap_or_default();
        let named = TURN_ENDS.iter().filter_map(|token| tokenizer.token_to_id(token));
        let mut stops: Vec<u32> = ["tokenizer.ggml.eos_token_id", "tokenizer.ggml.eot_token_id"]
            .iter()
            .filter_map(|key| number(content, key))
            .chain(named)
            .collect();
        stops.sort_unstable();
        stops.dedup();
        Ok(Self { tokenizer, spelling, stops, bos, eos })
    }

    /// The tokens of a text, as far as it is one.
    pub(crate) fn cut(&self, text: &[u8]) -> Vec<u32> {
        let text = text.utf8_chunks().next().map_or("", |chunk| chunk.valid());
        let encoded = self.tokenizer.encode_fast(text, false);
        encoded.map(|encoded| encoded.get_ids().to_vec()).unwrap_or_default()
    }

    /// The bytes that each token writes; none for those that are no text.
    pub(crate) fn texts(&self) -> Vec<(u32, Vec<u8>)> {
        let letters = byte_letters();
        let added = self.tokenizer.get_added_tokens_decoder();
        let vocabulary = self.tokenizer.get_vocab(false).into_iter();
        let plain = vocabulary.filter(|(_, id)| !added.contains_key(id));
        plain
            .filter_map(|(spelt, id)| {
                let text = match self.spelling {
                    Spelling::Bytes => spelt.chars().map(|c| letters.get(&c).copied()).collect(),
                    Spelling::Pieces => Some(piece_bytes(&spelt)),
                };
                Some((id, text?))
            })
            .collect()
    }
}

/// Byte-level pairs, as GPT-2 and its heirs have them.
fn byte_pairs(content: &Content) -> Result<Tokenizer> {
    let mut tokenizer = Tokenizer::from_gguf(content)?;
    if text(content, "tokenizer.ggml.pre") == Some("smollm") {
        // candle takes it for plain GPT-2, which puts a space first and keeps digits together.
        let bytes = ByteLevel::new(false, true, true);
        let split = PreTokenizers::new(vec![Digits::new(true).into(), bytes.into()]);
        tokenizer.with_pre_tokenizer(Some(split));
    }
    Ok(tokenizer)
}

/// What SentencePiece writes for a space.
const SPACE: &str = "▁";
const CONTROL: u32 = 3;
const USER_DEFINED: u32 = 4;

/// SentencePiece's pairs: the file has scores instead of merges, and a pair merges the earlier the
/// better the score of what it makes.
fn sentence_pieces(content: &Content) -> Result<Tokenizer> {
    let pieces = strings(content, "tokenizer.ggml.tokens")?;
    let scores = list(content, "tokenizer.ggml.scores")?;
    let scores: Vec<f32> = scores.iter().map(|score| score.to_f32().unwrap_or(f32::MIN)).collect();
    let kinds = list(content, "tokenizer.ggml.token_type")?;
    let kinds: Vec<u32> = kinds.iter().filter_map(as_number).collect();
    let vocab: Vocab = (0_u32..).zip(&pieces).map(|(id, piece)| (piece.clone(), id)).collect();
    let merges = merges(&pieces, &scores, &vocab);
    let model = BPE::builder().vocab_and_merges(vocab, merges).byte_fallback(true).fuse_unk(true);
    let mut tokenizer = Tokenizer::new(model.build()?);
    let mut normalizers = Vec::new();
    if flag(content, "tokenizer.ggml.add_space_prefix").unwrap_or(true) {
        normalizers.push(Prepend::new(SPACE.to_owned()).into());
    }
    normalizers.push(Replace::new(" ", SPACE)?.into());
    tokenizer.with_normalizer(Some(Normalizers::new(normalizers)))?;
    tokenizer.with_decoder(Some(Decoders::new(vec![
        Replace::new(SPACE, " ")?.into(),
        ByteFallback::new().into(),
        Fuse::new().into(),
    ])));
    let of_kind = |kind: u32| {
        let those = pieces.iter().zip(&kinds).filter(move |(_, k)| **k == kind);
        those.map(move |(piece, _)| {
            AddedToken::from(piece.clone(), kind == CONTROL).normalized(false)
        })
    };
    tokenizer.add_special_tokens(of_kind(CONTROL).collect::<Vec<_>>())?;
    tokenizer.add_tokens(of_kind(USER_DEFINED).collect::<Vec<_>>())?;
    Ok(tokenizer)
}

/// What a piece writes.
fn piece_bytes(piece: &str) -> Vec<u8> {
    let byte = piece.strip_prefix("<0x").and_then(|rest| rest.strip_suffix('>'));
    match byte.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
        Some(byte) => vec![byte],
        None => piece.replace(SPACE, " ").into_bytes(),
    }
}

/// The letter that stands for each byte in byte-level pairs: those that can be printed stand for
/// themselves, the others for letters from `Ā` on (GPT-2's `bytes_to_unicode`).
fn byte_letters() -> HashMap<char, u8> {
    let printed = |byte: u8| matches!(byte, b'!'..=b'~' | 0xa1..=0xac | 0xae..=0xff);
    let plain = (0..=u8::MAX).filter(|byte| printed(*byte)).map(|byte| (char::from(byte), byte));
    let others = ('\u{100}'..).zip((0..=u8::MAX).filter(|byte| !printed(*byte)));
    plain.chain(others).collect()
}

fn merges(pieces: &[String], scores: &[f32], vocab: &Vocab) -> Merges {
    let mut found: Vec<(f32, usize, String, String)> = Vec::new();
    for (piece, score) in pieces.iter().zip(scores) {
        for (at, _) in piece.char_indices().skip(1) {
            let (left, right) = piece.split_at(at);
            if vocab.contains_key(left) && vocab.contains_key(right) {
                let rank = vocab.get(left).copied().unwrap_or(u32::MAX) as usize;
                found.push((*score, rank, left.to_owned(), right.to_owned()));
            }
        }
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    found.into_iter().map(|(_, _, left, right)| (left, right)).collect()
}

fn list<'a>(content: &'a Content, key: &str) -> Result<&'a Vec<Value>> {
    let value = content.metadata.get(key).ok_or_else(|| format!("the file lacks `{key}`"))?;
    Ok(value.to_vec()?)
}

fn strings(content: &Content, key: &str) -> Result<Vec<String>> {
    list(content, key)?.iter().map(|value| Ok(value.to_string()?.clone())).collect()
}

fn text<'a>(content: &'a Content, key: &str) -> Option<&'a str> {
    content.metadata.get(key)?.to_string().ok().map(String::as_str)
}

fn number(content: &Content, key: &str) -> Option<u32> {
    as_number(content.metadata.get(key)?)
}

fn flag(content: &Content, key: &str) -> Option<bool> {
    content.metadata.get(key)?.to_bool().ok()
}
