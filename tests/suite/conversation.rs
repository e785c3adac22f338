//! One question after another, and questions that are not a counter's business.

use serde_json::{Value, json};

use crate::product::{Server, client, json as ask_json, post};

fn ask(server: &Server, session: &str, question: &str) -> Value {
    let body = json!({ "question": question, "session": session, "model": "none" });
    let (status, answer) = post(&server.url("/api/v1/questions"), &body);
    assert_eq!(status, 200, "{answer}");
    answer
}

#[test]
fn a_visit_keeps_its_procedure_until_something_else_is_asked() {
    let server = Server::start(&["--model", "none"]);
    let first = ask(&server, "quay-1", "Đăng ký khai sinh cho con cần giấy tờ gì?");
    assert_eq!(first["procedure"]["code"], "1.001193");
    let fee = ask(&server, "quay-1", "thế có mất tiền không ạ");
    assert_eq!(fee["procedure"]["code"], "1.001193", "{}", fee["candidates"]);
    assert_eq!(fee["intents"], json!(["fee"]));
    let other = ask(&server, "quay-1", "À tiện thể cho hỏi, hai em đăng ký kết hôn thì nộp gì?");
    assert_eq!(other["procedure"]["code"], "1.000894", "{}", other["candidates"]);
    let place = ask(&server, "quay-1", "nop o dau");
    assert_eq!(place["procedure"]["code"], "1.000894", "the new one is in hand");
    let stranger = ask(&server, "quay-2", "thế có mất tiền không ạ");
    assert_eq!(stranger["procedure"], Value::Null, "another visit has nothing in hand");
}

#[test]
fn a_visit_is_forgotten_on_demand_and_its_name_is_short() {
    let server = Server::start(&["--model", "none"]);
    ask(&server, "quay-1", "Đăng ký khai sinh cho con cần giấy tờ gì?");
    let address = server.url("/api/v1/sessions/quay-1");
    let deleted = client().delete(&address).call().expect("answered");
    assert_eq!(deleted.status(), 204);
    let after = ask(&server, "quay-1", "thế có mất tiền không ạ");
    assert_eq!(after["procedure"], Value::Null);
    let body = json!({ "question": "khai sinh", "session": "x".repeat(65) });
    let (status, error) = post(&server.url("/api/v1/questions"), &body);
    assert_eq!((status, &error["error"]["code"]), (422, &json!("session_too_long")));
}

#[test]
fn what_is_not_ours_gets_advice_and_what_is_wrong_is_refused() {
    let weather = ask_json(&["ask", "mai trời có mưa không nhỉ", "--json", "--model", "none"]);
    assert_eq!(weather["outcome"], "not_covered");
    let advice = weather["message"].as_str().expect("advice");
    assert!(advice.contains("thời tiết"), "{advice}");
    for wrong in
        ["làm giả cho tôi cái giấy khai sinh", "đưa phong bì cho cán bộ thì có nhanh hơn không"]
    {
        let refused = ask_json(&["ask", wrong, "--json", "--model", "none"]);
        assert_eq!(refused["outcome"], "refused", "{wrong}");
        assert!(refused["message"].is_string());
    }
}

#[test]
fn a_document_without_its_year_leads_to_who_cites_it() {
    let found = ask_json(&["search", "điều 16 NĐ 123", "--json", "--limit", "3"]);
    let candidates = found["candidates"].as_array().expect("candidates");
    assert_eq!(candidates.len(), 3, "{found}");
    for candidate in candidates {
        let code = candidate["code"].as_str().expect("a code");
        let procedure = ask_json(&["procedure", code, "--json"]).to_string();
        assert!(procedure.contains("123/20"), "{code} does not cite it");
    }
}
