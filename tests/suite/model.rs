//! A real model, small enough for every run: what it writes is held to the evidence like any other.

use crate::{
    product::{is_fetched, json, motcua, run},
    questions::stray_number,
};

#[test]
fn a_real_model_gets_no_stray_number_through() {
    if !is_fetched("smollm2-135m") {
        return;
    }
    for question in [
        "Lệ phí chứng thực bản sao từ bản chính là bao nhiêu?",
        "Đăng ký tạm trú bao lâu thì xong?",
    ] {
        let answer = json(&["ask", "--json", "--model", "smollm2-135m", question]);
        assert_eq!(answer["outcome"], "answered", "{question}");
        assert!(answer["timings_ms"]["first_token"].is_number(), "it wrote: {answer}");
        assert_eq!(stray_number(&answer), None, "{question}");
    }
}

#[test]
fn fetched_models_verify_and_a_changed_byte_does_not() {
    if !is_fetched("smollm2-135m") {
        return;
    }
    let fetched = run(&["models", "verify"]);
    let said = String::from_utf8_lossy(&fetched.stdout).into_owned();
    assert!(fetched.status.success() && said.contains("đúng      smollm2-135m"), "{said}");
    let folder = tempfile::tempdir().expect("folder");
    let path = folder.path().join("SmolLM2-135M-Instruct.Q4_1.gguf");
    std::fs::write(&path, vec![0_u8; 98_362_432]).expect("write");
    let verify =
        motcua(&["models", "verify"]).env("MOTCUA_MODELS", folder.path()).output().expect("runs");
    assert_eq!(verify.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&verify.stdout).contains("SAI"));
}

#[test]
fn what_is_no_model_is_told_in_one_line() {
    let folder = tempfile::tempdir().expect("folder");
    for (name, bytes) in
        [("empty.gguf", &b""[..]), ("cut.gguf", b"GGUF\x03\x00\x00\x00"), ("text.gguf", b"khong")]
    {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).expect("write");
        let output =
            motcua(&["ask", "đăng ký khai sinh", "--model"]).arg(&path).output().expect("runs");
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{name}: {said}");
        assert!(
            said.contains("--model none") && said.trim().lines().count() == 1,
            "{name}: {said}"
        );
    }
}

#[test]
fn a_model_that_is_not_there_is_told_with_what_to_do() {
    let folder = tempfile::tempdir().expect("folder");
    let output = motcua(&["ask", "đăng ký khai sinh", "--model", "default"])
        .env("MOTCUA_MODELS", folder.path())
        .output()
        .expect("runs");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("motcua models fetch"));
}
