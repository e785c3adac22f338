//! The kiosk page in Debian's Chromium, as a person uses it.

use std::{
    net::TcpListener,
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;

use crate::product::{Server, shared};

/// A driver with a browser profile of its own; ended when dropped.
struct Driver {
    child: Child,
    port: u16,
    profile: tempfile::TempDir,
}

impl Driver {
    fn start() -> Option<Self> {
        let driver = Path::new("/usr/bin/chromedriver");
        if !driver.is_file() {
            println!("skipped: Debian's chromium-driver is not installed (make test installs it)");
            return None;
        }
        let free = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = free.local_addr().expect("address").port();
        drop(free);
        let child = Command::new(driver)
            .arg(format!("--port={port}"))
            .process_group(0)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the driver starts");
        Some(Self { child, port, profile: tempfile::tempdir().expect("folder") })
    }

    async fn browser(&self) -> Client {
        let arguments = [
            "--headless".to_owned(),
            "--no-sandbox".into(),
            "--disable-gpu".into(),
            "--disable-dev-shm-usage".into(),
            "--no-first-run".into(),
            "--disable-background-networking".into(),
            "--disable-component-update".into(),
            "--disable-sync".into(),
            "--window-size=1080,1600".into(),
            format!("--user-data-dir={}", self.profile.path().display()),
        ];
        let options = json!({ "goog:chromeOptions": { "args": arguments } });
        let serde_json::Value::Object(capabilities) = options else { unreachable!("an object") };
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(capabilities);
        let address = format!("http://127.0.0.1:{}", self.port);
        for _ in 0..100 {
            match builder.connect(&address).await {
                Ok(client) => return client,
                Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
            }
        }
        panic!("the browser never came up");
    }
}

impl Drop for Driver {
    /// Ends the driver and, after a failed visit, the browser it started: they are one group.
    fn drop(&mut self) {
        let group = format!("-{}", self.child.id());
        let _ = Command::new("kill").args(["-KILL", "--", &group]).status();
        let _ = self.child.wait();
    }
}

/// Runs a visit to the page at `path` of a server.
fn visit<F>(path: &str, steps: impl FnOnce(Client) -> F)
where
    F: Future<Output = ()>,
{
    let Some(driver) = Driver::start() else { return };
    let server = Server::start(&["--model", "none", "--province", "Phú Thọ"]);
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().expect("runtime");
    runtime.block_on(async {
        let browser = driver.browser().await;
        browser.goto(&server.url(path)).await.expect("the page opens");
        steps(browser.clone()).await;
        browser.close().await.expect("closes");
    });
}

/// Waits until the page says something.
async fn says(browser: &Client, words: &str) {
    for _ in 0..300 {
        let body = browser.find(Locator::Css("body")).await.expect("a body");
        if body.text().await.is_ok_and(|text| text.contains(words)) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let text = browser.find(Locator::Css("body")).await.expect("a body").text().await;
    panic!("the page never says {words:?}, but {text:?}");
}

#[test]
fn a_question_without_marks_gets_its_papers_and_sources() {
    visit("/", async |browser| {
        says(&browser, "trợ lý tự động (AI)").await;
        let field = browser.find(Locator::Css("textarea")).await.expect("the question field");
        field
            .send_keys("chung thuc ban sao tu ban chinh bao nhieu tien\u{e007}")
            .await
            .expect("typed");
        says(&browser, "2.000 đồng").await;
        says(&browser, "2.000815").await;
        says(&browser, "Nguồn trích dẫn").await;
        let helped = Locator::XPath("//button[normalize-space()='Có']");
        browser.find(helped).await.expect("the button").click().await.expect("clicked");
        says(&browser, "Cảm ơn ông/bà").await;
    });
}

#[test]
fn what_is_not_covered_is_said_kindly() {
    visit("/", async |browser| {
        let field = browser.find(Locator::Css("textarea")).await.expect("the question field");
        field.send_keys("hôm nay trời có mưa không\u{e007}").await.expect("typed");
        says(&browser, "không biết thời tiết").await;
    });
}

#[test]
fn a_phone_lands_on_the_procedure_and_its_checklist() {
    visit("/#/thu-tuc/1.001193", async |browser| {
        says(&browser, "Đăng ký khai sinh").await;
        says(&browser, "Tờ khai đăng ký khai sinh").await;
        says(&browser, "đối chiếu với nguồn").await;
    });
}

#[test]
fn papers_are_handed_in_and_checked() {
    let Some(shared) = shared() else { return };
    let paper: PathBuf = shared.join("eval/dev/dossiers/khai-sinh-c/to khai ks.pdf");
    let paper = paper.canonicalize().expect("a sample").to_string_lossy().into_owned();
    visit("/#/ho-so/1.001193", async move |browser| {
        says(&browser, "Đăng ký khai sinh").await;
        let input = browser.find(Locator::Css("input[type=file]")).await.expect("a file field");
        input.send_keys(&paper).await.expect("chosen");
        says(&browser, "to khai ks.pdf").await;
        let check = Locator::XPath(
            "//button[contains(., 'Kiểm tra') and not(@disabled) and not(contains(., 'của tôi'))]",
        );
        for _ in 0..300 {
            if let Ok(button) = browser.find(check).await
                && button.click().await.is_ok()
            {
                break;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        says(&browser, "Cán bộ tiếp nhận là người quyết định").await;
    });
}
