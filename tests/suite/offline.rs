//! With no network at all the whole product works.

use std::process::Command;

use crate::product::{cache, program, root};

/// Runs a script of shell in a network namespace of its own, where only loopback is up.
fn without_network(script: &str) -> Option<std::process::Output> {
    let isolated = |script: &str| {
        Command::new("unshare")
            .args(["--user", "--map-root-user", "--net", "--", "bash", "-euc", script])
            .current_dir(root())
            .env("MOTCUA", program())
            .env("MOTCUA_CACHE", cache())
            .output()
    };
    match isolated("ip link set lo up") {
        Ok(output) if output.status.success() => Some(isolated(script).expect("runs")),
        _ => {
            println!("skipped: no network namespace can be made here");
            None
        }
    }
}

#[test]
fn questions_checks_and_pages_work_with_the_network_off() {
    let script = r#"
        ip link set lo up
        ! (exec 3<>/dev/tcp/192.0.2.1/80) 2>/dev/null
        "$MOTCUA" ask --model none "Đăng ký khai sinh cần giấy tờ gì?"
        "$MOTCUA" search "tạm trú"
        "$MOTCUA" check --procedure 1.001193 --json || [ $? = 1 ]
        "$MOTCUA" serve --model none --listen 127.0.0.1:18477 2>/dev/null &
        server=$!
        trap 'kill $server' EXIT
        for _ in $(seq 100); do (exec 3<>/dev/tcp/127.0.0.1/18477) 2>/dev/null && break; sleep 0.1; done
        exec 3<>/dev/tcp/127.0.0.1/18477
        printf 'GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n' >&3
        head -1 <&3
    "#;
    let Some(output) = without_network(script) else { return };
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}\n{}", String::from_utf8_lossy(&output.stderr));
    assert!(
        said.contains("1.001193") && said.contains("\"verdict\"") && said.contains("200 OK"),
        "{said}"
    );
}

#[test]
fn the_model_writes_with_the_network_off() {
    if !crate::product::is_fetched("smollm2-135m") {
        return;
    }
    let script = r#""$MOTCUA" ask --model smollm2-135m --json "Lệ phí chứng thực bản sao từ bản chính là bao nhiêu?""#;
    let Some(output) = without_network(script) else { return };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let answer: serde_json::Value = serde_json::from_slice(&output.stdout).expect("json");
    assert!(answer["timings_ms"]["first_token"].is_number(), "the model wrote: {answer}");
}
