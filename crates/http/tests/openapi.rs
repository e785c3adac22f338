//! The description of the interface is locked: whoever changes it sees the difference.

#[test]
fn the_description_is_the_one_that_was_agreed() {
    let description = serde_json::to_value(motcua_http::openapi()).expect("json");
    insta::assert_json_snapshot!(description);
}
