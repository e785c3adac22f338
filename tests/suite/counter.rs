//! What officials do at their counter: sign in, receive a dossier, decide, print, come back to it.

use std::{
    io::Write as _,
    path::Path,
    process::{Output, Stdio},
};

use serde_json::{Value, json};
use ureq::unversioned::multipart::{Form, Part};

use crate::product::{Server, client, motcua};

pub(crate) const PASSWORD: &str = "một câu dễ nhớ";

/// A command on the store of a folder.
pub(crate) fn command(data: &Path, arguments: &[&str]) -> std::process::Command {
    let mut command = motcua(arguments);
    command.env("MOTCUA_DATA", data);
    command
}

fn run(data: &Path, arguments: &[&str]) -> Output {
    command(data, arguments).output().expect("the program starts")
}

pub(crate) fn add_official(data: &Path, login: &str, role: &str) {
    let arguments = ["officials", "add", login, "--role", role, "--password-stdin"];
    let mut child = command(data, &arguments).stdin(Stdio::piped()).spawn().expect("starts");
    let mut input = child.stdin.take().expect("piped");
    input.write_all(PASSWORD.as_bytes()).expect("written");
    drop(input);
    assert!(child.wait().expect("ends").success());
}

fn server(data: &Path) -> Server {
    Server::start_command(
        command(data, &["serve", "--listen", "127.0.0.1:0"]),
        &["--model", "none"],
    )
}

/// Somebody at a browser of their own.
#[derive(Clone)]
pub(crate) struct Desk {
    pub(crate) origin: String,
    pub(crate) cookie: String,
}

impl Desk {
    pub(crate) fn sign_in(server: &Server, login: &str) -> Self {
        let body = json!({ "login": login, "password": PASSWORD });
        let url = server.url("/api/v1/counter/sign-in");
        let response = client().post(url).send_json(&body).expect("an answer");
        assert_eq!(response.status(), 200);
        let cookie = response.headers()["set-cookie"].to_str().expect("text").to_owned();
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
        Self {
            origin: server.url(""),
            cookie: cookie.split(';').next().expect("a pair").to_owned(),
        }
    }

    fn send(&self, method: &str, path: &str, body: &Value, origin: Option<&str>) -> (u16, Value) {
        let mut request = ureq::http::Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.origin))
            .header("content-type", "application/json")
            .header("cookie", &self.cookie);
        if let Some(origin) = origin {
            request = request.header("origin", origin);
        }
        let body = if method == "GET" { String::new() } else { body.to_string() };
        let request = request.body(body).expect("a request");
        let mut response = client().run(request).expect("an answer");
        let status = response.status().as_u16();
        (status, response.body_mut().read_json().unwrap_or(Value::Null))
    }

    pub(crate) fn get(&self, path: &str) -> (u16, Value) {
        self.send("GET", path, &Value::Null, None)
    }

    /// Posts to a server that may go down meanwhile; the status, if there is one.
    pub(crate) fn try_post(&self, path: &str, body: &Value) -> Option<u16> {
        let request = client().post(format!("{}{path}", self.origin));
        let sent = request.header("cookie", &self.cookie).send_json(body).ok()?;
        Some(sent.status().as_u16())
    }

    pub(crate) fn post(&self, path: &str, body: &Value) -> (u16, Value) {
        self.send("POST", path, body, None)
    }

    /// Hands in a file.
    fn upload(&self, dossier: &str, name: &str, bytes: &[u8]) -> u16 {
        self.try_upload(dossier, name, bytes).expect("an answer")
    }

    /// Hands in a file to a server that may go down meanwhile.
    pub(crate) fn try_upload(&self, dossier: &str, name: &str, bytes: &[u8]) -> Option<u16> {
        let form = Form::new().part("file", Part::bytes(bytes).file_name(name));
        let request = client().post(format!("{}{dossier}/documents", self.origin));
        let sent = request.header("cookie", &self.cookie).send(form);
        sent.ok().map(|response| response.status().as_u16())
    }

    /// A file of the server's: its status, type and bytes.
    fn file(&self, path: &str) -> (u16, String, Vec<u8>) {
        let request = client().get(format!("{}{path}", self.origin)).header("cookie", &self.cookie);
        let mut response = request.call().expect("an answer");
        let headers = response.headers();
        let kind = headers["content-type"].to_str().expect("text").to_owned();
        assert_eq!(headers["x-content-type-options"], "nosniff");
        let bytes = response.body_mut().read_to_vec().expect("a body");
        (response.status().as_u16(), kind, bytes)
    }
}

#[test]
fn a_case_lives_through_checks_decisions_letters_and_a_power_cut() {
    let data = tempfile::tempdir().expect("folder");
    add_official(data.path(), "lan", "official");
    let mut first = server(data.path());
    let desk = Desk::sign_in(&first, "lan");
    let cases = "/api/v1/counter/cases";
    let request = json!({ "procedure": "1.001266", "applicant": "Vũ Thị Mận" });
    let (status, opened) = desk.post(cases, &request);
    assert_eq!(status, 201, "{opened}");
    let code = opened["code"].as_str().expect("a code").to_owned();
    let dossier = format!("/api/v1/dossiers/{}", opened["dossier"].as_str().expect("an id"));
    // Somebody sent by the owner: a second paper is due.
    let sent = json!({ "answers": { "nguoi_nop": "ca_nhan" } });
    assert_eq!(desk.send("PATCH", &format!("{dossier}/answers"), &sent, None).0, 204);
    let (status, report) = desk.post(&format!("{dossier}/check"), &json!({}));
    assert_eq!(status, 200);
    assert!(!report["findings"].as_array().expect("findings").is_empty(), "{report}");
    let decision = format!("{dossier}/findings/0/decision");
    let reject = json!({ "decision": "reject", "reason": "Đã xem bản giấy, số 025087001234" });
    // Whoever is not signed in decides nothing of a case, even with the dossier's name.
    let stranger = client().post(first.url(&decision)).send_json(&reject).expect("an answer");
    assert_eq!(stranger.status(), 401);
    assert_eq!(desk.post(&decision, &reject).0, 200);
    for (method, part) in
        [("POST", "/check"), ("GET", "/report"), ("GET", "/letters/02.pdf"), ("DELETE", "")]
    {
        let nobody = Desk { origin: first.url(""), cookie: String::new() };
        let (status, _) = nobody.send(method, &format!("{dossier}{part}"), &json!({}), None);
        assert_eq!(status, 401, "{method} {part}");
    }
    // A letter says what the official found: while findings are undecided it needs their reason.
    let told = report["findings"].as_array().expect("findings").iter().enumerate();
    let told: Vec<usize> =
        told.filter(|(_, one)| one["severity"] != "info").map(|(at, _)| at).collect();
    assert!(told.len() > 1, "this test leaves one undecided: {report}");
    let letter = |more: &str| desk.get(&format!("{dossier}/letters/02.pdf?applicant=Man{more}"));
    let (status, refused) = letter("");
    assert_eq!((status, &refused["error"]["code"]), (409, &json!("letter_not_supported")));
    let left = format!("Còn {} phát hiện", told.len() - 1);
    assert!(refused["error"]["message"].as_str().is_some_and(|said| said.contains(&left)));
    assert_eq!(letter("&reason=V%E1%BA%ABn%20l%E1%BA%ADp").0, 200);
    for at in told.into_iter().filter(|at| *at > 0) {
        let path = format!("{dossier}/findings/{at}/decision");
        assert_eq!(desk.post(&path, &json!({ "decision": "accept" })).0, 200);
    }
    assert_eq!(letter("").0, 200);
    first.kill();

    let second = server(data.path());
    let desk = Desk { origin: second.url(""), cookie: desk.cookie };
    let (status, kept) = desk.get(&format!("{cases}/{}", code.to_lowercase()));
    assert_eq!(status, 200, "still signed in, and the case is there: {kept}");
    assert_eq!(kept["applicant"], "Vũ Thị Mận");
    let decided = &kept["history"][0]["report"]["findings"][0]["decision"];
    assert_eq!(
        (&decided["accepted"], &decided["reason"]),
        (&json!(false), &json!("Đã xem bản giấy, số …"))
    );
    let timeline = kept["timeline"].as_array().expect("a timeline");
    let actions: Vec<_> =
        timeline.iter().map(|done| done["action"].as_str().unwrap_or("")).collect();
    assert_eq!(actions[..3], ["case_opened", "checked", "decided"], "{kept}");
    assert!(timeline.iter().all(|done| done["official"] == "lan"), "{kept}");

    // Taken in hand again it is as it was left, and the next check is its second version.
    let (status, again) = desk.post(&format!("{cases}/{code}/dossier"), &json!({}));
    assert_eq!(status, 200, "{again}");
    assert_eq!(again["report"]["findings"][0]["decision"]["accepted"], false);
    let dossier = format!("/api/v1/dossiers/{}", again["dossier"].as_str().expect("an id"));
    assert_eq!(desk.post(&format!("{dossier}/check"), &json!({})).0, 200);
    let state = desk.send(
        "PUT",
        &format!("{cases}/{code}/state"),
        &json!({ "state": "to_supplement" }),
        None,
    );
    assert_eq!(state.0, 204);
    assert_eq!(desk.get(&format!("{cases}?q=vu%20thi%20man")).1["total"], 1, "found without marks");
    let (_, listed) = desk.get(&format!("{cases}?state=to_supplement&mine=true"));
    assert_eq!(
        (&listed["total"], &listed["cases"][0]["versions"]),
        (&json!(1), &json!(2)),
        "{listed}"
    );
    assert_eq!(desk.get(&format!("{cases}?state=none-such")).0, 422);
    let total = |query: &str| desk.get(&format!("{cases}?{query}")).1["total"].clone();
    let verdict = report["verdict"].as_str().expect("a verdict");
    let day = listed["cases"][0]["received_on"].as_str().expect("a day");
    let that = format!("verdict={verdict}&official=lan&procedure=1.001266&from={day}&to={day}");
    assert_eq!((total(&that), total("verdict=none")), (json!(1), json!(0)));
    assert_eq!((total("official=minh"), total("to=2020-01-01")), (json!(0), json!(0)));
    assert_eq!(desk.get(&format!("{cases}?from=hom-qua")).0, 422);
    assert_eq!(listed["choices"]["officials"], json!([{ "value": "lan", "name": "lan" }]));
    assert_eq!(listed["choices"]["procedures"][0]["value"], "1.001266");
    assert_eq!(desk.get(&format!("{cases}/HS-NONE")).0, 404);
}

#[test]
fn each_may_do_what_their_role_allows_and_no_other_page_may_do_it_for_them() {
    let data = tempfile::tempdir().expect("folder");
    for (login, role) in [("lan", "official"), ("hoa", "supervisor"), ("quan.tri", "admin")] {
        add_official(data.path(), login, role);
    }
    let server = server(data.path());
    for path in ["me", "cases", "officials"] {
        let url = server.url(&format!("/api/v1/counter/{path}"));
        assert_eq!(client().get(url).call().expect("an answer").status(), 401, "{path}");
    }
    let (lan, hoa) = (Desk::sign_in(&server, "lan"), Desk::sign_in(&server, "hoa"));
    let admin = Desk::sign_in(&server, "quan.tri");
    let officials = "/api/v1/counter/officials";
    assert_eq!(
        (lan.get(officials).0, hoa.get(officials).0, admin.get(officials).0),
        (403, 403, 200)
    );
    let (_, opened) = lan.post("/api/v1/counter/cases", &json!({ "procedure": "1.001193" }));
    let case = format!("/api/v1/counter/cases/{}", opened["code"].as_str().expect("a code"));
    assert_eq!(lan.send("DELETE", &case, &Value::Null, None).0, 403);
    let foreign = hoa.send("DELETE", &case, &Value::Null, Some("http://elsewhere.example"));
    assert_eq!((foreign.0, &foreign.1["error"]["code"]), (403, &json!("foreign_page")));
    let own = format!("http://{}", server.address);
    assert_eq!(hoa.send("DELETE", &case, &Value::Null, Some(&own)).0, 204);
    assert_eq!(lan.get(&case).1["is_erased"], true);
    let gone = lan.post(&format!("{case}/dossier"), &json!({}));
    assert_eq!((gone.0, &gone.1["error"]["code"]), (410, &json!("case_erased")));
    let report = |desk: &Desk, file: &str| {
        let url = format!("{}/api/v1/counter/reports/{file}", desk.origin);
        let request = client().get(url).header("cookie", &desk.cookie);
        let mut response = request.call().expect("an answer");
        (response.status().as_u16(), response.body_mut().read_to_vec().expect("a body"))
    };
    assert_eq!(report(&lan, "figures.pdf").0, 403);
    assert!(report(&hoa, "figures.pdf").1.starts_with(b"%PDF-"));
    let workbook = std::io::Cursor::new(report(&hoa, "figures.xlsx").1);
    let mut sheets = zip::ZipArchive::new(workbook).expect("a workbook");
    assert!(sheets.by_name("xl/worksheets/sheet8.xml").is_ok());
    assert_eq!(report(&hoa, "figures.docx").0, 404);
    // A locked official is out at once.
    let lock = json!({ "is_active": false });
    assert_eq!(admin.send("PATCH", &format!("{officials}/lan"), &lock, None).0, 200);
    assert_eq!(lan.get("/api/v1/counter/me").0, 401);
    let last = admin.send("PATCH", &format!("{officials}/quan.tri"), &lock, None);
    assert_eq!((last.0, &last.1["error"]["code"]), (409, &json!("last_admin")));
}

#[test]
fn an_admin_mends_a_procedure_and_it_is_served_under_their_name() {
    let data = tempfile::tempdir().expect("folder");
    add_official(data.path(), "lan", "official");
    add_official(data.path(), "quan.tri", "admin");
    let server = server(data.path());
    let (lan, admin) = (Desk::sign_in(&server, "lan"), Desk::sign_in(&server, "quan.tri"));
    let path = "/api/v1/counter/corpus/1.001193";
    let (status, read) = lan.get(path);
    assert_eq!((status, &read["review"]["state"]), (200, &json!("checked")));
    let file = read["file"].as_str().expect("a file");
    let source = &read["requirements"][0]["sources"][0]["document"];
    assert!(source.as_str().is_some_and(|name| name.contains("1.001193")), "{read}");
    let keep = |desk: &Desk, file: &str, dry: bool| {
        desk.send("PUT", path, &json!({ "file": file, "dry_run": dry }), None)
    };
    assert_eq!(keep(&lan, file, true).0, 403);
    let (status, refused) = keep(&admin, &file.replace("code = ", "cod = "), false);
    assert_eq!((status, &refused["error"]["code"]), (422, &json!("bad_procedure_file")));
    let renamed = file.replacen("Đăng ký khai sinh", "Đăng ký khai sinh (mẫu duyệt)", 1);
    assert_eq!(keep(&admin, &renamed, true).0, 200);
    assert_eq!(lan.get(path).1["review"]["state"], "checked", "a check keeps nothing");
    assert_eq!(keep(&admin, &renamed, false).0, 200);
    let started = std::time::Instant::now();
    let approved = loop {
        let (_, now) = lan.get(path);
        if now["review"]["state"] == "approved" {
            break now;
        }
        assert!(started.elapsed().as_secs() < 30, "{now}");
        std::thread::sleep(std::time::Duration::from_millis(100));
    };
    assert_eq!(approved["name"], "Đăng ký khai sinh (mẫu duyệt)");
    assert!(
        approved["review"]["text"].as_str().is_some_and(|text| text.contains("quan.tri")),
        "{approved}"
    );
    // A command of the same folder sees it too.
    let procedure = run(data.path(), &["procedure", "1.001193", "--json"]);
    assert!(String::from_utf8_lossy(&procedure.stdout).contains("(mẫu duyệt)"));
}

#[test]
fn a_row_is_mended_by_a_form_and_what_is_open_cannot_be_approved() {
    let data = tempfile::tempdir().expect("folder");
    add_official(data.path(), "lan", "official");
    add_official(data.path(), "quan.tri", "admin");
    let server = server(data.path());
    let (lan, admin) = (Desk::sign_in(&server, "lan"), Desk::sign_in(&server, "quan.tri"));
    let path = "/api/v1/counter/corpus/1.001193";
    let (_, read) = admin.get(path);
    let row = &read["requirements"][0];
    let id = row["id"].as_str().expect("an id");
    let mend = |desk: &Desk, file: &str, form: &Value| {
        let body = json!({ "file": file, "requirement": form });
        desk.send("POST", &format!("{path}/requirements/{id}"), &body, None)
    };
    // A draft of which the machine could not read who needs its first row.
    let file = read["file"].as_str().expect("a file");
    let lines = file.lines().filter(|line| !line.starts_with("on = "));
    let open = lines.collect::<Vec<_>>().join("\n");
    let open = open.replacen("state = \"checked\"", "state = \"draft\"", 1);
    let open =
        open.replacen(&format!("id = \"{id}\""), &format!("id = \"{id}\"\npending = true"), 1);
    let keep = |file: &str| admin.send("PUT", path, &json!({ "file": file }), None);
    let (status, refused) = keep(&open);
    assert_eq!((status, &refused["error"]["code"]), (422, &json!("bad_procedure_file")));
    let hint = refused["error"]["hint"].as_str().expect("a hint");
    assert!(hint.contains("Sửa dòng này"), "{hint}");
    let (_, now) = admin.get(path);
    assert_eq!(now["history"], json!([]), "nobody approved anything");

    let mut form = row["form"].clone();
    form["needed"] = json!("by_all");
    form["any_of"][0]["papers"][0]["quantity"] = json!(2);
    assert_eq!(mend(&lan, &open, &form).0, 403);
    let (status, mended) = mend(&admin, &open, &form);
    assert_eq!((status, &mended["requirements"][0]["pending"]), (200, &json!(false)), "{mended}");
    assert_eq!(mended["requirements"][0]["form"]["any_of"][0]["papers"][0]["quantity"], 2);
    assert_eq!(keep(mended["file"].as_str().expect("a file")).0, 200);
    assert_eq!(admin.get(path).1["history"].as_array().map(Vec::len), Some(1));

    form["any_of"] = json!([]);
    let (status, refused) = mend(&admin, &open, &form);
    assert_eq!((status, &refused["error"]["code"]), (422, &json!("bad_requirement")));
}

/// A page with nothing on it, which is to be seen all the same.
const BLANK_PAGE: &str = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n\
    2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n\
    3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 300]>>endobj\n\
    trailer<</Size 4/Root 1 0 R>>\n%%EOF";

#[test]
fn pages_of_a_case_are_seen_by_officials_and_end_with_it() {
    let data = tempfile::tempdir().expect("folder");
    add_official(data.path(), "hoa", "supervisor");
    let server = server(data.path());
    let hoa = Desk::sign_in(&server, "hoa");
    let (_, opened) =
        hoa.post("/api/v1/counter/cases", &json!({ "procedure": "1.001193", "applicant": "Mận" }));
    let code = opened["code"].as_str().expect("a code").to_owned();
    let dossier = format!("/api/v1/dossiers/{}", opened["dossier"].as_str().expect("an id"));
    assert_eq!(hoa.upload(&dossier, "giay to.pdf", BLANK_PAGE.as_bytes()), 200);
    let text = "GIẤY CHỨNG SINH\nHọ và tên mẹ: Vũ Thị Mận\n";
    assert_eq!(hoa.upload(&dossier, "giay.txt", text.as_bytes()), 200);
    let (_, read) = hoa.get(&format!("{dossier}/documents"));
    let page = |at: usize| read["documents"][at]["pages"][0].clone();
    assert_eq!(page(1)["picture"], Value::Null, "a text has no pages to be seen");
    let facts = read["documents"][1]["facts"].as_array().expect("facts");
    let found: Vec<_> = facts.iter().map(|fact| (&fact["kind"], &fact["line"])).collect();
    assert_eq!(found, [(&json!("title"), &json!(0)), (&json!("person"), &json!(1))]);

    let picture = page(0)["picture"].as_str().expect("an address").to_owned();
    let (status, kind, bytes) = hoa.file(&picture);
    assert_eq!((status, kind.as_str(), &bytes[..3]), (200, "image/jpeg", &[0xff, 0xd8, 0xff][..]));
    let nobody = Desk { origin: server.url(""), cookie: String::new() };
    assert_eq!(nobody.file(&picture).0, 401);
    assert_eq!(hoa.file(&picture.replace("/1", "/2")).0, 404);
    // A citizen's own dossier keeps nothing to look at.
    let (_, own) = nobody.post("/api/v1/dossiers", &json!({ "procedure": "1.001193" }));
    let own = format!("/api/v1/dossiers/{}", own["id"].as_str().expect("an id"));
    assert_eq!(nobody.upload(&own, "giay to.pdf", BLANK_PAGE.as_bytes()), 200);
    let (_, unseen) = nobody.get(&format!("{own}/documents"));
    assert_eq!(unseen["documents"][0]["pages"][0]["picture"], Value::Null);

    assert_eq!(hoa.post(&format!("{dossier}/check"), &json!({})).0, 200);
    let safe = tempfile::tempdir().expect("folder");
    let copy = safe.path().join("copy");
    let copy = copy.to_str().expect("text");
    assert!(run(data.path(), &["data", "backup", copy]).status.success());
    let case = format!("/api/v1/counter/cases/{code}");
    assert_eq!(hoa.send("DELETE", &case, &Value::Null, None).0, 204);
    assert_eq!(hoa.file(&picture).0, 404);
    assert!(!data.path().join("pages").join(&code).exists());
    // A restore brings the pages back with what they belong to, and an export can take them along.
    let other = tempfile::tempdir().expect("folder");
    assert!(run(other.path(), &["data", "restore", copy]).status.success());
    assert!(other.path().join("pages").join(&code).is_dir());
    let out = safe.path().join("pages");
    let out = out.to_str().expect("text");
    let exported = run(other.path(), &["data", "export", "--pages", out]);
    assert!(String::from_utf8_lossy(&exported.stdout).contains("\"page_of\""), "{exported:?}");
    assert!(Path::new(out).join(&code).is_dir());
    assert!(run(other.path(), &["data", "erase", &code]).status.success());
    assert!(!other.path().join("pages").join(&code).exists());
}

/// Asks until the answer is as wanted: the server looks at its files a few times a second.
fn until(wanted: impl Fn() -> bool) {
    let started = std::time::Instant::now();
    while !wanted() {
        assert!(started.elapsed().as_secs() < 30, "it never came");
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
}

#[test]
fn a_centre_hides_what_it_does_not_take_in_and_shows_first_what_it_pins() {
    let data = tempfile::tempdir().expect("folder");
    for (login, role) in [("lan", "official"), ("quan.tri", "admin")] {
        add_official(data.path(), login, role);
    }
    let server = server(data.path());
    let (lan, admin) = (Desk::sign_in(&server, "lan"), Desk::sign_in(&server, "quan.tri"));
    let code = "1.004194";
    let show = |desk: &Desk, shown: &str| {
        let path = format!("/api/v1/counter/corpus/{code}/shown");
        desk.send("PUT", &path, &json!({ "shown": shown }), None).0
    };
    let listed = || lan.get("/api/v1/procedures").1;
    let before = listed();
    assert_ne!(before["procedures"][0]["code"], code, "this test pins what is first anyway");
    assert_eq!((show(&lan, "hidden"), show(&admin, "shiny")), (403, 422));
    assert_eq!(show(&admin, "hidden"), 204);
    until(|| listed()["total"] != before["total"]);
    let (status, told) = lan.get(&format!("/api/v1/procedures/{code}"));
    assert_eq!((status, &told["error"]["code"]), (404, &json!("procedure_hidden")));
    let ask = |body: &Value| lan.post("/api/v1/questions", body);
    let (_, asked) = ask(&json!({ "question": "dang ky tam tru bao lau thi xong" }));
    assert_eq!((&asked["procedure"], &asked["not_here"]["code"]), (&Value::Null, &json!(code)));
    let told = asked["message"].as_str().expect("words");
    assert!(told.contains("không tiếp nhận") && told.contains("Đăng ký tạm trú"), "{told}");
    let (_, other) = ask(&json!({ "question": "đăng ký kết hôn cần giấy tờ gì" }));
    assert_eq!((&other["outcome"], &other["not_here"]), (&json!("answered"), &Value::Null));
    let candidates = asked["candidates"].as_array().expect("candidates");
    assert!(candidates.iter().all(|one| one["code"] != code), "{asked}");
    let (_, named) = ask(&json!({ "question": format!("thủ tục {code} cần giấy tờ gì") }));
    assert!(
        named["message"].as_str().is_some_and(|said| said.contains("không tiếp nhận")),
        "{named}"
    );
    let in_hand = json!({ "question": "mất bao lâu", "procedure": code });
    assert_eq!(ask(&in_hand).1["error"]["code"], "procedure_hidden");
    assert_eq!(lan.post("/api/v1/dossiers", &json!({ "procedure": code })).0, 404);
    let (_, events) = lan.get("/api/v1/life-events");
    assert!(!events.to_string().contains(code));
    let (_, desk) = lan.get("/api/v1/counter/corpus");
    assert_eq!(
        desk["shown"],
        json!([{ "code": code, "name": desk["shown"][0]["name"], "shown": "hidden" }])
    );

    assert_eq!(show(&admin, "pinned"), 204);
    until(|| listed()["procedures"][0]["code"] == code);
    assert_eq!(show(&admin, "plain"), 204);
    until(|| listed() == before);
    let (_, read) = lan.get(&format!("/api/v1/counter/corpus/{code}"));
    let history = read["history"].as_array().expect("a history");
    let actions: Vec<_> =
        history.iter().map(|done| done["action"].as_str().unwrap_or("")).collect();
    assert_eq!(actions, ["procedure_hidden", "procedure_pinned", "procedure_plain"]);
    assert!(history.iter().all(|done| done["official"] == "quan.tri"), "{history:?}");
}

#[test]
fn what_changed_in_the_corpus_is_told_part_by_part() {
    let data = tempfile::tempdir().expect("folder");
    add_official(data.path(), "quan.tri", "admin");
    let server = server(data.path());
    let admin = Desk::sign_in(&server, "quan.tri");
    let desk = || admin.get("/api/v1/counter/corpus").1;
    assert_eq!(desk()["changes"], json!([]), "read for the first time");
    let path = "/api/v1/counter/corpus/1.001193";
    let file = admin.get(path).1["file"].as_str().expect("a file").to_owned();
    let renamed = file.replacen("Đăng ký khai sinh", "Đăng ký khai sinh (mẫu duyệt)", 1);
    let kept = admin.send("PUT", path, &json!({ "file": renamed, "dry_run": false }), None);
    assert_eq!(kept.0, 200);
    until(|| desk()["changes"] != json!([]));
    let set = desk()["changes"][0].clone();
    assert_eq!(
        (&set["new_count"], &set["gone_count"], &set["changed_count"]),
        (&json!(0), &json!(0), &json!(1))
    );
    let changed = &set["changed"][0];
    assert_eq!((&changed["code"], &changed["parts"]), (&json!("1.001193"), &json!(["name"])));
}

#[test]
fn an_export_tells_whose_law_changed_and_what_our_own_files_were_written_from() {
    let data = tempfile::tempdir().expect("folder");
    add_official(data.path(), "quan.tri", "admin");
    // A record as a portal has it: it cites a law that is gone, and one that only another title speaks of.
    let record = json!({
        "code": "9.990001", "name": "Hưởng bảo hiểm xã hội một lần", "fetched": "2026-01-01",
        "components": [{ "name": "Đơn đề nghị", "originals": 1, "copies": 0 }],
        "legal_basis": [
            { "code": "58/2014/QH13", "name": "Luật Bảo hiểm xã hội" },
            { "code": "43/2024/QH15", "name": "Luật sửa đổi một số điều của Luật Đất đai số 45/2013/QH13" },
        ],
    });
    let rows: Vec<_> =
        (0..33).map(|row| json!({ "name": format!("Tờ khai, dòng {row}") })).collect();
    let ours = json!({
        "code": "1.001193", "name": "Đăng ký khai sinh", "components": rows, "receiving": "UBND cấp xã",
        "channels": [{
            "channel": "Trực tiếp", "time_limit": "1 (đơn vị không hiển thị)", "fee": "Lệ phí : 8000 Đồng", "note": "",
        }],
    });
    let export = data.path().join("cong.jsonl");
    std::fs::write(&export, format!("{record}\n{ours}\n")).expect("written");
    let mut serve = command(data.path(), &["serve", "--listen", "127.0.0.1:0", "--corpus"]);
    serve.arg(&export);
    let server = Server::start_command(serve, &["--model", "none"]);
    let admin = Desk::sign_in(&server, "quan.tri");
    let (_, read) = admin.get("/api/v1/counter/corpus/1.001193");
    let first = &read["requirements"][0];
    let row = format!("Tờ khai, dòng {}", first["rows"][0]);
    assert!(first["source_text"].as_str().is_some_and(|text| text.contains(&row)), "{first}");
    // Time, cost and place stand beside the record's own words too.
    let facts = read["facts"].as_array().expect("facts");
    let said: Vec<_> = facts.iter().map(|one| (&one["kind"], &one["source_texts"][0])).collect();
    let expected = [
        (json!("time"), json!("Trực tiếp: 1 (đơn vị không hiển thị)")),
        (json!("fee"), json!("Trực tiếp: Lệ phí : 8000 Đồng")),
        (json!("place"), json!("UBND cấp xã")),
    ];
    assert!(said.iter().zip(&expected).all(|(said, one)| *said == (&one.0, &one.1)), "{facts:?}");
    let desk = admin.get("/api/v1/counter/corpus").1;
    let law = desk["law"].as_array().expect("a list");
    let of = |number: &str| law.iter().find(|one| one["number"] == number);
    let gone = of("58/2014/QH13").expect("told");
    assert_eq!((&gone["change"], &gone["by"]), (&json!("replaced"), &json!("41/2024/QH15")));
    let cites = |one: &Value| {
        let all = one["procedures"].as_array().expect("a list");
        all.iter().any(|procedure| procedure["code"] == "9.990001")
    };
    assert!(cites(gone) && gone["source"].is_string(), "{gone}");
    assert!(law.iter().filter(|one| one["number"] != "58/2014/QH13").all(|one| !cites(one)));
}

#[test]
fn guessing_passwords_is_held_back() {
    let data = tempfile::tempdir().expect("folder");
    add_official(data.path(), "lan", "official");
    let server = server(data.path());
    let guess = || {
        let body = json!({ "login": "lan", "password": "mat khau 12345" });
        let url = server.url("/api/v1/counter/sign-in");
        client().post(url).send_json(&body).expect("an answer").status().as_u16()
    };
    assert_eq!((0..6).map(|_| guess()).collect::<Vec<_>>(), [401, 401, 401, 401, 401, 429]);
}

#[test]
fn a_backup_brings_back_what_a_lost_folder_held() {
    let (data, safe) = (tempfile::tempdir().expect("folder"), tempfile::tempdir().expect("folder"));
    add_official(data.path(), "lan", "official");
    let copy = safe.path().join("copy");
    let copy = copy.to_str().expect("text");
    let list =
        |data: &Path| String::from_utf8(run(data, &["officials", "list"]).stdout).expect("text");
    let before = list(data.path());
    assert!(before.contains("lan"), "{before}");
    assert!(run(data.path(), &["data", "backup", copy]).status.success());
    add_official(data.path(), "minh", "official");
    let refused = run(data.path(), &["data", "restore", copy]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("--replace"));
    let working = server(data.path());
    let refused = run(data.path(), &["data", "restore", copy, "--replace"]);
    assert_eq!(refused.status.code(), Some(2), "cases would be lost under a server");
    assert!(String::from_utf8_lossy(&refused.stderr).contains("máy chủ đang chạy"));
    drop(working);
    assert!(run(data.path(), &["data", "restore", copy, "--replace"]).status.success());
    assert_eq!(list(data.path()), before);
    let empty = tempfile::tempdir().expect("folder");
    assert!(run(empty.path(), &["data", "restore", copy]).status.success());
    assert_eq!(list(empty.path()), before);
    let broken = safe.path().join("broken");
    std::fs::create_dir(&broken).expect("folder");
    std::fs::write(broken.join("motcua.db"), "no database at all, but long enough")
        .expect("written");
    let refused =
        run(empty.path(), &["data", "restore", broken.to_str().expect("text"), "--replace"]);
    assert_eq!(refused.status.code(), Some(2));
    assert_eq!(list(empty.path()), before, "a broken backup replaces nothing");
    let damaged = tempfile::tempdir().expect("folder");
    std::fs::copy(broken.join("motcua.db"), damaged.path().join("motcua.db")).expect("copied");
    let told = run(damaged.path(), &["officials", "list"]);
    assert!(String::from_utf8_lossy(&told.stderr).contains("data restore"), "{told:?}");
    assert!(run(damaged.path(), &["data", "restore", copy, "--replace"]).status.success());
    assert_eq!(list(damaged.path()), before);
    let exported = run(empty.path(), &["data", "export"]);
    let lines = String::from_utf8(exported.stdout).expect("text");
    assert!(lines.lines().all(|line| serde_json::from_str::<Value>(line).is_ok()), "{lines}");
    assert!(lines.contains("official_added"), "{lines}");
}
