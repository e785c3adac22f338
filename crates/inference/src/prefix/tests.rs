use super::*;

const KEY: ModelKey = ModelKey([7; 32]);

/// A cache of two layers, one head and two numbers that holds tokens, told by their values.
fn filled(tokens: &[u32]) -> Cache {
    let mut cache = Cache::new(2, 1, 2, 128);
    let first = cache.grow(tokens.len());
    for (at, token) in tokens.iter().enumerate() {
        for layer in 0..2 {
            let value = *token as f32 + 0.5 * layer as f32;
            cache.write(layer, first + at, &[value, -value], &[value, value]);
        }
    }
    cache
}

fn same(cache: &Cache, tokens: &[u32]) -> bool {
    let right = filled(tokens);
    cache.len() == tokens.len()
        && (0..2).all(|layer| {
            cache.read(layer, 0, 0, tokens.len()) == right.read(layer, 0, 0, tokens.len())
        })
}

fn prompt(evidence: u32, question: u32) -> Vec<u32> {
    (0..20).chain((0..60).map(|at| 100 * evidence + at)).chain([7000 + question; 3]).collect()
}

#[test]
fn a_prompt_asked_before_comes_back_up_to_where_it_differs() {
    let mut prefixes = Prefixes::new(1 << 20, None);
    let (one, other) = (prompt(1, 1), prompt(2, 1));
    prefixes.keep(&one, &filled(&one), false);
    prefixes.keep(&other, &filled(&other), false);
    let mut cache = filled(&other);
    let again = prompt(1, 2);
    assert_eq!(prefixes.restore(&again, &other, &mut cache), 80);
    assert!(same(&cache, &again[..80]));
    // What the cache holds already is only cut; the last token is always read.
    assert_eq!(prefixes.restore(&again[..80], &again[..80], &mut cache), 79);
    assert!(same(&cache, &again[..79]));
}

#[test]
fn a_changed_record_is_read_from_the_change_on() {
    let mut prefixes = Prefixes::new(1 << 20, None);
    let known = prompt(1, 1);
    prefixes.keep(&known, &filled(&known), false);
    let mut changed = known.clone();
    changed[30] += 1;
    let mut cache = Cache::new(2, 1, 2, 128);
    assert_eq!(prefixes.restore(&changed, &[], &mut cache), 30);
    assert!(same(&cache, &changed[..30]));
}

#[test]
fn the_budget_holds_and_the_longest_unused_goes() {
    let bytes = filled(&prompt(1, 1)).keep(83).bytes();
    let mut prefixes = Prefixes::new(2 * bytes, None);
    for evidence in 1..=3 {
        let prompt = prompt(evidence, 1);
        prefixes.keep(&prompt, &filled(&prompt), false);
    }
    let mut reach =
        |evidence| prefixes.restore(&prompt(evidence, 9), &[], &mut Cache::new(2, 1, 2, 128));
    assert_eq!([reach(1), reach(2), reach(3)], [20, 80, 80]);
}

#[test]
fn files_outlive_the_process_and_serve_only_their_model() {
    let folder = tempfile::tempdir().expect("folder");
    let open = |key| Prefixes::new(1 << 20, Some((folder.path().to_owned(), key)));
    let known = prompt(1, 1);
    open(KEY).keep(&known, &filled(&known), true);
    let mut cache = Cache::new(2, 1, 2, 128);
    assert_eq!(open(KEY).restore(&prompt(1, 2), &[], &mut cache), 80);
    assert!(same(&cache, &known[..80]));
    cache.truncate(0);
    assert_eq!(open(ModelKey([8; 32])).restore(&prompt(1, 2), &[], &mut cache), 0);
    // A cache of another shape takes nothing.
    assert_eq!(open(KEY).restore(&prompt(1, 2), &[], &mut Cache::new(3, 1, 2, 128)), 0);
}

#[test]
fn damaged_files_are_removed() {
    let known = prompt(1, 1);
    for damage in [20, 50, 90, 500, 900] {
        for cut in [false, true] {
            let folder = tempfile::tempdir().expect("folder");
            let open = || Prefixes::new(1 << 20, Some((folder.path().to_owned(), KEY)));
            open().keep(&known, &filled(&known), true);
            let files = || -> Vec<PathBuf> {
                let inner = std::fs::read_dir(folder.path()).expect("folder").next();
                let inner = inner.expect("one").expect("readable").path();
                std::fs::read_dir(inner)
                    .expect("folder")
                    .map(|one| one.expect("one").path())
                    .collect()
            };
            let path = files().remove(0);
            let mut bytes = std::fs::read(&path).expect("readable");
            if cut {
                bytes.truncate(damage);
            } else {
                bytes[damage] ^= 1;
            }
            std::fs::write(&path, bytes).expect("writable");
            let mut cache = Cache::new(2, 1, 2, 128);
            assert_eq!(open().restore(&prompt(1, 2), &[], &mut cache), 0, "{damage} {cut}");
            // Tokens that nobody asks for are never looked at further.
            assert!(files().is_empty() || damage == 90 && !cut, "{damage} {cut}");
        }
    }
}
