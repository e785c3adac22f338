//! The routes, their errors, and a dossier's life.

use std::{fs, io::BufRead, io::BufReader};

use serde_json::{Value, json};
use ureq::unversioned::multipart::{Form, Part};

use crate::product::{Server, client, get, post, reference, shared};

fn server() -> Server {
    Server::start(&["--model", "none", "--province", "Phú Thọ"])
}

#[test]
fn pages_come_with_a_strict_policy_and_their_type() {
    let server = server();
    for (path, kind) in
        [("/", "text/html"), ("/app.css", "text/css"), ("/app.js", "text/javascript")]
    {
        let response = client().get(server.url(path)).call().expect("answer");
        let header = |name: &str| {
            response.headers().get(name).expect(name).to_str().expect("text").to_owned()
        };
        assert_eq!(response.status(), 200);
        assert!(header("content-type").starts_with(kind), "{path}");
        assert!(header("content-security-policy").starts_with("default-src 'none'"));
        assert_eq!(header("x-content-type-options"), "nosniff");
    }
}

#[test]
fn the_page_asks_for_nothing_from_elsewhere() {
    let web = crate::product::root().join("crates/http/web");
    for entry in fs::read_dir(web).expect("web") {
        let path = entry.expect("entry").path();
        if path.is_dir() {
            continue;
        }
        let text = fs::read_to_string(&path).expect("text");
        for far in
            ["src=\"http", "href=\"http", "import('http", "from 'http", "url(http", "style=\""]
        {
            assert!(!text.contains(far), "{} has {far}", path.display());
        }
    }
}

#[test]
fn a_question_is_answered_at_once_or_as_it_grows() {
    let server = server();
    let question = json!({ "question": "dang ky khai sinh can giay to gi" });
    let (status, whole) = post(&server.url("/api/v1/questions"), &question);
    assert_eq!(status, 200);
    assert_eq!(whole["outcome"], "answered");
    assert_eq!(whole["procedure"]["code"], "1.001193");
    assert_eq!(whole["answer"]["basis"], "extract");
    let cited = |sentence: &Value| sentence["citations"].as_array().is_some_and(|c| !c.is_empty());
    assert!(whole["answer"]["sentences"].as_array().expect("sentences").iter().all(cited));

    let mut response = client()
        .post(server.url("/api/v1/questions"))
        .header("accept", "text/event-stream")
        .send_json(&question)
        .expect("a stream");
    let lines = BufReader::new(response.body_mut().as_reader()).lines().map_while(Result::ok);
    let events: Vec<String> =
        lines.filter_map(|line| line.strip_prefix("event: ").map(str::to_owned)).collect();
    assert_eq!(events.first().map(String::as_str), Some("evidence"));
    assert_eq!(events.last().map(String::as_str), Some("done"));
}

#[test]
fn what_a_person_picked_is_answered_whatever_else_the_question_means() {
    let server = server();
    let about = |chosen: bool| {
        let question = "đăng ký khai sinh cần giấy tờ gì";
        let body = json!({ "question": question, "procedure": "1.000656", "chosen": chosen });
        post(&server.url("/api/v1/questions"), &body).1["procedure"]["code"].clone()
    };
    assert_eq!(about(true), "1.000656");
    assert_eq!(about(false), "1.001193");
}

#[test]
fn every_error_has_a_code_a_sentence_a_hint_and_an_incident() {
    let server = server();
    let questions = server.url("/api/v1/questions");
    let handoffs = server.url("/api/v1/handoffs");
    let answered =
        |value| json!({ "procedure": "1.001193", "answers": { "hinh_thuc_nop": value } });
    let cases = [
        (post(&handoffs, &json!({})), 422, "empty_handoff"),
        (post(&handoffs, &json!({ "question": "a".repeat(2_000) })), 422, "bad_question"),
        (post(&handoffs, &json!({ "procedure": "9.999999" })), 404, "not_found"),
        (post(&handoffs, &answered("bay")), 422, "unknown_answer"),
        (get(&server.url("/api/v1/handoffs/00000000")), 401, "not_signed_in"),
        (
            get(&server.url("/api/v1/procedures/1.001193/qr.svg?answers=la:gi")),
            422,
            "unknown_answer",
        ),
        (post(&questions, &json!({ "question": "  ?! " })), 422, "bad_question"),
        (post(&questions, &json!({ "question": "a".repeat(20_000) })), 422, "bad_question"),
        (post(&questions, &json!({ "question": "a".repeat(100_000) })), 413, "body_too_large"),
        (post(&questions, &json!({ "cau_hoi": 1 })), 422, "bad_json"),
        (
            post(&questions, &json!({ "question": "phí?", "procedure": "9.999999" })),
            404,
            "not_found",
        ),
        (get(&server.url("/api/v1/procedures/9.999999")), 404, "not_found"),
        (get(&server.url("/api/v1/procedures/khong-phai-ma")), 404, "not_found"),
        (get(&server.url("/api/v1/procedures?page=mot")), 422, "bad_parameter"),
        (get(&server.url("/khong/co")), 404, "not_found"),
        (
            post(&server.url("/api/v1/dossiers/khong-co/check"), &json!({})),
            404,
            "dossier_not_found",
        ),
    ];
    for ((status, body), expected, code) in cases {
        assert_eq!((status, body["error"]["code"].as_str()), (expected, Some(code)), "{body}");
        for part in ["message", "hint", "incident"] {
            assert!(
                body["error"][part].as_str().is_some_and(|text| !text.is_empty()),
                "{code} {part}"
            );
        }
    }
}

#[test]
fn procedures_are_listed_read_narrowed_and_handed_to_a_phone() {
    let server = server();
    let (_, found) = get(&server.url("/api/v1/procedures?q=khai%20sinh"));
    assert!(found["procedures"].as_array().is_some_and(|list| !list.is_empty()));
    let (_, listed) = get(&server.url("/api/v1/procedures?level=commune&page=2"));
    assert_eq!(listed["page"], 2);
    let (_, birth) = get(&server.url("/api/v1/procedures/1.001193"));
    assert_eq!(birth["review"]["state"], "checked");
    let checklist = server.url("/api/v1/procedures/1.001193/checklist");
    let (_, whole) = get(&checklist);
    let open = whole["questions"].as_array().expect("questions").clone();
    let way = open.iter().find(|q| q["key"] == "hinh_thuc_nop").expect("asks how it is handed in");
    let first = way["answers"][0]["value"].as_str().expect("a value");
    let (_, narrowed) = get(&format!("{checklist}?answers=hinh_thuc_nop:{first}"));
    assert!(narrowed["questions"].as_array().expect("questions").len() < open.len());
    let (status, _) = get(&format!("{checklist}?answers=hinh_thuc_nop:bay"));
    assert_eq!(status, 422);
    let source = birth["sources"][0].clone();
    assert_eq!(birth["fees"][0]["source"], source);
    assert_eq!(narrowed["items"][0]["source"], source);
    assert_eq!(way["ask_en"], "How will you hand in the papers?");
}

#[test]
fn a_code_leads_a_phone_to_where_it_can_come() {
    let server = server();
    let picture = |query: &str, host: Option<&str>| {
        let request =
            client().get(server.url(&format!("/api/v1/procedures/1.001193/qr.svg{query}")));
        let request = host.into_iter().fold(request, |request, host| request.header("host", host));
        let mut answer = request.call().expect("an answer");
        (answer.status().as_u16(), answer.body_mut().read_to_string().expect("text"))
    };
    let (status, told) = picture("", None);
    assert_eq!(status, 409, "a phone cannot open 127.0.0.1");
    assert!(told.contains("no_address"));
    assert_eq!(picture("", Some("[::1]:8080")).0, 409);
    let (status, svg) = picture("", Some("motcua.test:8080"));
    assert!(status == 200 && svg.contains("<svg"));
    let (_, birth) = get(&server.url("/api/v1/procedures/1.001193"));
    let source = birth["sources"][0]["url"].as_str().expect("an address");
    let (status, svg) = picture(&format!("?source={source}"), None);
    assert!(status == 200 && svg.contains("<svg"), "its own internet leads a phone to a source");
    assert_eq!(picture("?source=https://example.org/", None).0, 404, "no address of anybody's");
}

#[test]
fn a_set_address_is_where_phones_are_led() {
    let server = Server::start(&["--model", "none", "--address", "https://motcua.example.gov.vn/"]);
    let (_, ready) = get(&server.url("/readyz"));
    assert_eq!(ready["address"], "https://motcua.example.gov.vn");
    let mut qr =
        client().get(server.url("/api/v1/procedures/1.001193/qr.svg")).call().expect("svg");
    assert!(qr.body_mut().read_to_string().expect("text").contains("<svg"));
}

#[test]
fn what_a_counter_does_every_day_comes_first() {
    let server = server();
    let (_, ready) = get(&server.url("/readyz"));
    assert_eq!(ready["address"], serde_json::Value::Null);
    let fields = ready["fields"].as_array().expect("fields");
    let counted: u64 = fields.iter().filter_map(|field| field["procedures"].as_u64()).sum();
    let (_, listed) = get(&server.url("/api/v1/procedures"));
    assert_eq!(Some(counted), listed["total"].as_u64(), "no field is left out");
    assert_eq!(fields[0]["share"], 1.0);
    assert!(fields.iter().any(|field| field["name"] == "Nuôi con nuôi"));
    let (_, events) = get(&server.url("/api/v1/life-events"));
    let needs = events["events"].as_array().expect("events").iter();
    let codes: Vec<_> = needs
        .flat_map(|event| event["needs"].as_array().expect("needs"))
        .map(|need| &need["code"])
        .collect();
    for procedure in listed["procedures"].as_array().expect("procedures") {
        assert!(codes.contains(&&procedure["code"]), "{procedure}");
    }
}

#[test]
fn a_fact_says_for_which_way_of_handing_in_it_holds() {
    let server = server();
    let question = json!({ "question": "đăng ký kết hôn cần giấy tờ gì" });
    let (_, asked) = post(&server.url("/api/v1/questions"), &question);
    let evidence = asked["evidence"].as_array().expect("evidence");
    let posted = evidence
        .iter()
        .find(|piece| piece["channels"] == json!(["online", "postal"]))
        .expect("a paper that goes along by post");
    let left = posted["by_channel"]["postal"].as_str().expect("what is left of it");
    assert!(!left.contains("Bản chụp") && !left.contains("khi:"), "{left}");
}

#[test]
fn the_description_names_every_route_of_the_contract_that_is_served() {
    let (_, description) = get(&server().url("/openapi.json"));
    for path in [
        "/api/v1/questions",
        "/api/v1/procedures",
        "/api/v1/procedures/{code}",
        "/api/v1/procedures/{code}/checklist",
        "/api/v1/procedures/{code}/qr.svg",
        "/api/v1/dossiers",
        "/api/v1/dossiers/{id}/documents",
        "/api/v1/dossiers/{id}/answers",
        "/api/v1/dossiers/{id}/check",
        "/api/v1/dossiers/{id}/report",
        "/api/v1/dossiers/{id}",
        "/healthz",
        "/readyz",
        "/metrics",
    ] {
        assert!(description["paths"][path].is_object(), "{path} is not described");
    }
}

#[test]
fn a_dossier_is_opened_filled_checked_and_forgotten() {
    let Some(shared) = shared() else { return };
    let arguments = reference(&shared);
    let arguments: Vec<&str> =
        arguments.iter().map(String::as_str).chain(["--model", "none"]).collect();
    let server = Server::start(&arguments);
    let (status, opened) =
        post(&server.url("/api/v1/dossiers"), &json!({ "procedure": "1.004194" }));
    assert_eq!(status, 201, "{opened}");
    let dossier = server.url(&format!("/api/v1/dossiers/{}", opened["id"].as_str().expect("id")));
    let folder = shared.join("eval/dev/dossiers/tam-tru-a");
    let mut sent = 0;
    for entry in fs::read_dir(folder).expect("a sample") {
        let path = entry.expect("entry").path();
        if path.extension().is_some_and(|extension| extension == "json") {
            continue;
        }
        let form = Form::new().part("file", Part::file(&path).expect("a file"));
        let response = client().post(format!("{dossier}/documents")).send(form).expect("answer");
        assert_eq!(response.status(), 200, "{}", path.display());
        sent += 1;
    }
    assert!(sent > 0);
    let (status, report) = post(&format!("{dossier}/check"), &json!({}));
    assert_eq!(status, 200);
    let rows = report["components"].as_array().expect("rows").len();
    assert_eq!(rows, 9, "every row of the record's list is reported");
    assert_ne!(report["verdict"], "complete", "a paper is lacking");
    let (status, again) = get(&format!("{dossier}/report"));
    assert_eq!((status, &again["verdict"]), (200, &report["verdict"]));
    let response = client().delete(&dossier).call().expect("answer");
    assert_eq!(response.status(), 204);
    assert_eq!(get(&format!("{dossier}/report")).0, 404);
}

#[test]
fn health_says_that_search_works_and_that_there_is_no_model() {
    let server = server();
    let (status, ready) = get(&server.url("/readyz"));
    assert_eq!(
        (status, &ready["status"], &ready["model"]["state"]),
        (200, &json!("ok"), &json!("absent"))
    );
    let mut metrics = client().get(server.url("/metrics")).call().expect("answer");
    assert_eq!(metrics.status(), 200);
    let _ = metrics.body_mut().read_to_string().expect("text");
}
