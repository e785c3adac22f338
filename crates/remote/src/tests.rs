//! A real listener on the loopback plays the server, well-behaved or not.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    sync::mpsc::{Receiver, channel},
};

use motcua_generate::{Message, Role, testing::ScriptedGenerator};

use super::*;

/// What a server does with one connection after it has read the request.
type Serve = fn(&mut TcpStream);

/// Serves one connection after the other; returns the address, and what was asked each time.
fn server(serve: Vec<Serve>) -> (String, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("bound");
    let (asked, seen) = channel();
    thread::spawn(move || {
        for serve in serve {
            let (mut stream, _) = listener.accept().expect("a connection");
            asked.send(read_request(&stream)).expect("the test listens");
            serve(&mut stream);
        }
    });
    (format!("http://{address}"), seen)
}

fn read_request(stream: &TcpStream) -> String {
    let (mut reader, mut head, mut length) = (BufReader::new(stream), String::new(), 0);
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).expect("a line");
        if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().expect("a number");
        }
        if line.trim().is_empty() {
            break;
        }
        head.push_str(&line);
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).expect("the body");
    head + &String::from_utf8_lossy(&body)
}

fn say(stream: &mut TcpStream, text: &str) {
    // The other side may be gone already.
    let _ = stream.write_all(text.as_bytes());
    let _ = stream.flush();
}

const EVENTS: &str =
    "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n";

fn word(text: &str) -> String {
    format!(
        "data: {{\"choices\":[{{\"delta\":{{\"content\":\"{text}\"}},\"finish_reason\":null}}]}}\n\n"
    )
}

fn well(stream: &mut TcpStream) {
    let end = "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
    let usage =
        "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":2}}\n\n";
    let all = [EVENTS, ": hello\n\n", &word("Lệ "), &word("phí"), end, usage, "data: [DONE]\n\n"];
    say(stream, &all.concat());
}

fn cut(stream: &mut TcpStream) {
    say(stream, &[EVENTS, &word("Lệ ")].concat());
}

fn stall(stream: &mut TcpStream) {
    say(stream, &[EVENTS, &word("Lệ ")].concat());
    thread::sleep(Duration::from_secs(2));
}

fn broken(stream: &mut TcpStream) {
    say(stream, "HTTP/1.1 500 Oops\r\ncontent-length: 6\r\nconnection: close\r\n\r\nbroken");
}

fn garbage(stream: &mut TcpStream) {
    say(stream, "HTTP/1.1 200 OK\r\ncontent-length: 13\r\nconnection: close\r\n\r\n<html></html>");
}

fn request() -> Request {
    Request {
        messages: vec![Message { role: Role::User, text: "Lệ phí?".into() }],
        max_tokens: 9,
        temperature: 0.0,
        seed: 0,
        deadline: Duration::from_secs(5),
        shape: None,
    }
}

fn options(url: &str) -> Options {
    Options {
        model: Some("m".into()),
        key: Some(Key::new(" secret\n")),
        silence: Duration::from_millis(300),
        pause: Duration::ZERO,
        ..Options::new(url.to_owned())
    }
}

/// A generator whose list of models is not asked for again.
fn remote(options: Options, fallback: Option<LoadFallback>) -> Remote {
    let client = Client::new(&options).expect("an address");
    let fallback = fallback.map_or(Fallback::None, Fallback::Unloaded);
    Remote { client, options, fallback, trouble: None }
}

fn write(generator: &mut Remote) -> (String, Result<Finished, GenerateError>) {
    let mut text = String::new();
    let finished = generator.generate(&request(), &mut |piece| {
        text.push_str(piece);
        ControlFlow::Continue(())
    });
    (text, finished)
}

#[test]
fn what_a_server_writes_arrives() {
    let (url, seen) = server(vec![well]);
    let (text, finished) = write(&mut remote(options(&format!("{url}/v1/")), None));
    assert_eq!(text, "Lệ phí");
    let expected = Finished { tokens: 2, ..Finished::new(FinishReason::Stop, 7) };
    assert_eq!(finished, Ok(expected));
    let asked = seen.recv().expect("asked");
    assert!(asked.starts_with("POST /v1/chat/completions "), "{asked}");
    for part in
        ["Bearer secret", "\"model\": \"m\"", "\"stream\": true", "\"content\": \"Lệ phí?\""]
    {
        assert!(asked.contains(part), "{part} in {asked}");
    }
}

#[track_caller]
fn fails(serve: Serve, text: &str, reason: &str) {
    let (url, _seen) = server(vec![serve]);
    let mut generator = remote(options(&url), None);
    let started = Instant::now();
    let (written, outcome) = write(&mut generator);
    assert_eq!(written, text);
    let said = outcome.expect_err("it failed").to_string();
    assert!(said.contains(reason), "{said}");
    assert!(generator.info().trouble.is_some_and(|what| what.contains(&url)));
    assert!(started.elapsed() < Duration::from_millis(1_500), "it hung");
}

#[test]
fn failures_are_told_apart_and_hang_nobody() {
    fails(broken, "", "500: broken");
    fails(garbage, "", "<html>");
    fails(cut, "Lệ ", "ngắt giữa chừng");
    fails(stall, "Lệ ", "im lặng");
    fails(
        |stream| say(stream, &[EVENTS, "data: {\"error\":{\"message\":\"full\"}}\n\n"].concat()),
        "",
        "full",
    );
    fails(|stream| say(stream, &[EVENTS, "data: {oops\n\n"].concat()), "", "{oops");
}

#[test]
fn a_server_that_is_not_there_is_told_and_replaced() {
    // A port that was free a moment ago.
    let port = TcpListener::bind("127.0.0.1:0").and_then(|own| own.local_addr()).expect("a port");
    let load: LoadFallback = Box::new(|| {
        Ok(Box::new(ScriptedGenerator { script: "tại chỗ".into(), pace: Duration::ZERO }))
    });
    let mut generator = remote(options(&format!("http://{port}")), Some(load));
    let (text, finished) = write(&mut generator);
    assert_eq!(text, "tại chỗ");
    assert!(finished.is_ok());
    let info = generator.info();
    assert_eq!(info.name, "scripted");
    assert!(info.trouble.is_some_and(|what| what.contains("không kết nối được")));
}

#[test]
fn a_server_that_failed_is_left_alone_and_then_asked_again() {
    let (url, seen) = server(vec![broken, well]);
    let pause = Duration::from_millis(200);
    let mut generator = remote(Options { pause, ..options(&url) }, None);
    assert!(write(&mut generator).1.is_err());
    assert!(write(&mut generator).1.is_err());
    assert_eq!(seen.try_iter().count(), 1, "it was not left alone");
    thread::sleep(pause);
    assert_eq!(write(&mut generator).0, "Lệ phí");
    assert_eq!(generator.info().trouble, None);
}

#[test]
fn a_reader_who_leaves_closes_the_connection() {
    let (gone, left) = channel();
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("bound"));
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a connection");
        read_request(&stream);
        say(&mut stream, EVENTS);
        for count in 0..200 {
            if stream.write_all(word("chữ ").as_bytes()).is_err() {
                gone.send(count).expect("the test waits");
                return;
            }
            thread::sleep(Duration::from_millis(20));
        }
    });
    let mut generator = remote(options(&url), None);
    let finished = generator.generate(&request(), &mut |text| {
        if text.is_empty() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    assert_eq!(finished.map(|finished| finished.reason), Ok(FinishReason::Cancelled));
    let count = left.recv_timeout(Duration::from_secs(3)).expect("the server writes on for nobody");
    assert!(count < 20, "{count} words after the reader had left");
}

#[test]
fn addresses_that_cannot_be_asked_are_refused_without_a_password_in_the_words() {
    for url in ["https://gpu:8000", "gpu:8000", "http://me:hidden@gpu", "http://", "file:///etc"] {
        let error = connect(options(url), None).map(|_| ()).expect_err("refused");
        assert!(error.message.contains("http://máy:cổng"), "{}", error.message);
        assert!(!error.message.contains("hidden"), "{}", error.message);
    }
    assert_eq!(format!("{:?}", Key::new("secret")), "Key(…)");
}
