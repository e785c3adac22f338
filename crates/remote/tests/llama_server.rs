//! Against a real llama.cpp server, which the test starts: needs `MOTCUA_TEST_PYTHON`, a Python with
//! `llama-cpp-python[server]`, and the small test model; says so and passes over without them.

use std::{
    env,
    net::TcpListener,
    ops::ControlFlow,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use motcua_generate::{FinishReason, Message, Request, Role};
use motcua_remote::{Key, Options, connect};

/// A server that is ended with the test.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The Python and the model, where both are there.
fn tools() -> Option<(PathBuf, PathBuf)> {
    let folder = env::var_os("MOTCUA_MODELS").map(PathBuf::from);
    let folder =
        folder.or_else(|| Some(Path::new(&env::var_os("HOME")?).join(".cache/motcua/models")))?;
    let model = folder.join("SmolLM2-135M-Instruct.Q4_1.gguf");
    let python = env::var_os("MOTCUA_TEST_PYTHON").map(PathBuf::from)?;
    let mut look = Command::new(&python);
    look.args(["-c", "import llama_cpp.server.app"]).stderr(Stdio::null());
    let has_server = look.status().is_ok_and(|status| status.success());
    (model.is_file() && has_server).then_some((python, model))
}

fn started(python: &Path, model: &Path) -> (Server, String) {
    let free = TcpListener::bind("127.0.0.1:0").and_then(|own| own.local_addr()).expect("a port");
    let mut command = Command::new(python);
    command.args(["-m", "llama_cpp.server", "--n_ctx", "1024", "--api_key", "khoa", "--model"]);
    command.arg(model).args(["--host", "127.0.0.1", "--port", &free.port().to_string()]);
    let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("starts");
    let (server, begun) = (Server(child), Instant::now());
    while std::net::TcpStream::connect(free).is_err() {
        assert!(begun.elapsed() < Duration::from_mins(2), "the server does not come up");
        thread::sleep(Duration::from_millis(100));
    }
    (server, format!("http://{free}/v1"))
}

#[test]
#[allow(clippy::print_stdout, reason = "says why it passes over")]
fn a_llama_server_writes_and_refuses_and_goes_away() {
    let Some((python, model)) = tools() else {
        println!(
            "passed over: MOTCUA_TEST_PYTHON has no llama-cpp-python[server], or no test model"
        );
        return;
    };
    let (server, url) = started(&python, &model);
    let wait = Duration::from_mins(2);
    let options =
        Options { key: Some(Key::new("khoa")), silence: wait, ..Options::new(url.clone()) };
    let mut generator = connect(options, None).expect("an address");
    assert_eq!(generator.info().trouble, None);
    let text = "Say the word hello.".to_owned();
    let request = Request {
        messages: vec![Message { role: Role::User, text }],
        max_tokens: 8,
        temperature: 0.0,
        seed: 0,
        deadline: wait,
        shape: None,
    };
    let mut written = String::new();
    let finished = generator.generate(&request, &mut |piece| {
        written.push_str(piece);
        ControlFlow::Continue(())
    });
    let finished = finished.expect("writes");
    assert!(!written.trim().is_empty() && finished.tokens > 0, "{written:?}, {finished:?}");
    assert!(matches!(finished.reason, FinishReason::Stop | FinishReason::Length));
    let left = generator.generate(&request, &mut |piece| {
        if piece.is_empty() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    assert_eq!(left.map(|finished| finished.reason), Ok(FinishReason::Cancelled));
    let keyless = connect(Options::new(url), None).expect("an address").info().trouble;
    assert!(keyless.is_some_and(|what| what.contains("401")), "it takes no key");
    drop(server);
    assert!(generator.generate(&request, &mut |_| ControlFlow::Continue(())).is_err());
    assert!(generator.info().trouble.is_some());
}
