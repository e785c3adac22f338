//! The reading child on its own; the product starts it as `motcua intake-worker`.

fn main() -> std::process::ExitCode {
    motcua_intake::worker_main()
}
