use super::*;

fn word(text: &str) -> Unit {
    Unit { begins: vec![text.to_owned()], continues: vec![format!(" {text}")], ..Unit::default() }
}

/// "Lệ phí: 8.000 đồng" with the detail "mỗi bản", of which the amount is needed, and "Nộp tờ khai".
fn shape() -> Shape {
    let head = Unit { opens: vec!["Lệ".into()], ..word("lệ") };
    let amount =
        Unit { continues: vec![": 8.000 đồng".into()], meets: 1, ..word("8.000 đồng") };
    let fee = Statement {
        mark: "[E2]".into(),
        spans: vec![vec![head, word("phí"), amount], vec![word("mỗi"), word("bản")]],
        needs: 1,
        least_units: 1,
        in_order: false,
    };
    let hand_in = Unit { opens: vec!["Nộp".into()], ..word("nộp") };
    let paper = Statement {
        mark: "[E3]".into(),
        spans: vec![vec![hand_in, word("tờ"), word("khai")]],
        needs: 0,
        least_units: 3,
        ..fee.clone()
    };
    Shape { statements: vec![fee, paper] }
}

/// How far a text can be written, and whether it may end there.
fn written(text: &str) -> (String, bool) {
    let automaton = shape().automaton();
    let (mut state, mut written) = (automaton.start(), String::new());
    for c in text.chars() {
        match automaton.walk(&state, c.to_string().as_bytes()) {
            Some(next) => state = next,
            None => break,
        }
        written.push(c);
    }
    (written, state.may_end())
}

#[track_caller]
fn whole(text: &str) {
    assert_eq!(written(text), (text.to_owned(), true));
}

#[track_caller]
fn stops(text: &str, at: &str, may_end: bool) {
    assert_eq!(written(text), (at.to_owned(), may_end), "{text}");
}

#[test]
fn pieces_are_joined_and_cited() {
    whole("Lệ phí: 8.000 đồng [E2].");
    whole("Lệ phí, 8.000 đồng. [E2]");
    whole("Lệ phí, 8.000 đồng [E2].\nNộp tờ khai [E3].");
    whole(" Nộp tờ khai [E3]. Lệ phí: 8.000 đồng [E2].");
}

#[test]
fn nothing_is_made_up_or_cut() {
    stops("Lệ phí: 9", "Lệ phí: ", false);
    stops("Lệ phí: 8.000 đ [E2]", "Lệ phí: 8.000 đ", false);
    stops("Lệ phí: 8.000 đồng nữa", "Lệ phí: 8.000 đồng ", false);
    stops("Lệ phí phí", "Lệ phí", false);
    stops("phí", "", false);
}

#[test]
fn a_sentence_says_what_it_must_and_cites_what_it_says() {
    stops("Lệ phí [E2].", "Lệ phí", false);
    stops("Lệ phí.", "Lệ phí", false);
    stops("Nộp tờ [E3]", "Nộp tờ ", false);
    stops("Lệ phí: 8.000 đồng [E3]", "Lệ phí: 8.000 đồng [E", false);
    stops("Nộp tờ khai. Lệ", "Nộp tờ khai. ", false);
}

#[test]
fn nothing_is_said_twice() {
    stops("Nộp tờ khai [E3]. Nộp", "Nộp tờ khai [E3]. ", false);
    stops("Lệ phí: 8.000 đồng, mỗi bản", "Lệ phí: 8.000 đồng", false);
    let all = "Nộp tờ khai [E3]. Lệ phí: 8.000 đồng [E2].";
    stops(&format!("{all} "), all, true);
}

#[test]
fn a_list_keeps_its_order() {
    let mut shape = shape();
    shape.statements.iter_mut().for_each(|statement| statement.in_order = true);
    let automaton = shape.automaton();
    let goes = |text: &str| automaton.walk(&automaton.start(), text.as_bytes()).is_some();
    assert!(!goes("Nộp"));
    assert!(goes("Lệ phí: 8.000 đồng [E2]. Nộp tờ khai [E3]."));
}

#[test]
fn what_cannot_be_made_is_left_out() {
    let mut shape = shape();
    shape.statements[0].needs = 2;
    let automaton = shape.automaton();
    assert_eq!(automaton.walk(&automaton.start(), "Lệ".as_bytes()), None);
    shape.statements.truncate(1);
    assert!(shape.automaton().start().may_end(), "nothing can be said");
}

/// Whatever is written, there is a way on until all is said.
#[test]
fn no_walk_ends_in_a_dead_end() {
    let automaton = shape().automaton();
    for seed in 0..500_u64 {
        let (mut state, mut random, mut length) = (automaton.start(), seed, 0);
        while length < 400 {
            let bytes = automaton.next_bytes(&state);
            if bytes.is_empty() {
                assert!(state.may_end(), "seed {seed}, after {length} bytes");
                break;
            }
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695);
            let byte = bytes[(random >> 33) as usize % bytes.len()];
            state = automaton.step(&state, byte).expect("it was offered");
            length += 1;
        }
    }
}

#[track_caller]
fn ahead(automaton: &Automaton, text: &str, goes_on: &str, sure: usize, ends: bool) {
    let state = automaton.walk(&automaton.start(), text.as_bytes()).expect("within the shape");
    let ahead = automaton.ahead(&state, 100);
    let bytes = String::from_utf8_lossy(&ahead.bytes);
    assert_eq!((&*bytes, ahead.sure, ahead.ends), (goes_on, sure, ends), "after {text:?}");
}

#[test]
fn what_follows_without_a_choice_is_told() {
    let automaton = shape().automaton();
    ahead(&automaton, "", "", 0, false);
    ahead(&automaton, "L", "ệ phí: 8.000 đồng [E2].", "ệ".len(), false);
    ahead(&automaton, "Lệ phí: 8", ".000 đồng [E2].", ".000 đồng".len(), false);
    ahead(&automaton, "Lệ phí: 8.000 đồng [", "E2].", 4, false);
    // Behind the last statement nothing may follow.
    let rest = "Nộp tờ khai [E3]. Lệ phí: 8.000 đồng [E2]";
    ahead(&automaton, rest, ".", 1, true);
    ahead(&automaton, &rest[..rest.len() - 3], "E2].", 4, true);
    let state = automaton.walk(&automaton.start(), "L".as_bytes()).expect("within the shape");
    assert_eq!(automaton.ahead(&state, 2).bytes, "ệ".as_bytes()[..2]);
}
