use motcua_generate::shape::{Statement, Unit};

use super::*;

/// Tokens of one to three letters, out of order, some of which end within a letter.
fn vocabulary() -> Vocabulary {
    let pieces: [&[u8]; 13] = [
        b"b",
        b"a",
        b" ",
        b"ab",
        b"b c",
        b".",
        b"[E2].",
        b" [",
        b"E2].",
        b"\xc4",
        b"\x91",
        "đ".as_bytes(),
        b"",
    ];
    Vocabulary::new((0..).zip(pieces.into_iter().map(<[u8]>::to_vec)).collect())
}

/// "Ab" or "ab c", "đ".
fn shape() -> Shape {
    let unit = |text: &str, continues: &str| Unit {
        opens: vec![text.to_owned()],
        begins: vec![text.to_owned()],
        continues: vec![continues.to_owned()],
        meets: 0,
    };
    let statement = Statement {
        mark: "[E2]".into(),
        spans: vec![vec![unit("ab", ""), unit("c", " c")], vec![unit("đ", "")]],
        needs: 0,
        least_units: 1,
        in_order: false,
    };
    Shape { statements: vec![statement] }
}

fn allowed(text: &str) -> Vec<u32> {
    let automaton = shape().automaton();
    let state = automaton.walk(&automaton.start(), text.as_bytes()).expect("within the shape");
    let mut found = Vec::new();
    vocabulary().allowed(&automaton, &state, &mut found);
    found
}

#[test]
fn just_the_tokens_that_go_on_are_allowed() {
    assert_eq!(allowed(""), [1, 2, 3, 9, 11]);
    assert_eq!(allowed("a"), [0, 4]);
    assert_eq!(allowed("ab"), [2, 5, 7]);
    assert_eq!(allowed("ab ["), [8]);
    assert_eq!(allowed("đ"), [2, 5, 7]);
}

/// The search through the order finds what trying every token finds.
#[test]
fn the_search_is_exact() {
    let (vocabulary, automaton) = (vocabulary(), shape().automaton());
    let mut state = automaton.start();
    for byte in "ab c. [E2]".bytes() {
        let mut found = Vec::new();
        vocabulary.allowed(&automaton, &state, &mut found);
        let tried = (0..13).filter(|token| {
            vocabulary.text(*token).is_some_and(|text| automaton.walk(&state, text).is_some())
        });
        assert_eq!(found, tried.collect::<Vec<u32>>());
        state = automaton.step(&state, byte).expect("within the shape");
    }
    assert!(state.may_end());
}
