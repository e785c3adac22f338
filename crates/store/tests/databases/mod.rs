//! The same tests on SQLite and on a PostgreSQL server of their own.

use std::{
    fs,
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        OnceLock,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use motcua_store::{PICTURES, Store, copy_pictures};

/// Runs a test on a new store of each kind.
pub(crate) fn on_each(test: impl Fn(Store)) {
    test(Store::in_memory().expect("a store"));
    test(Store::connect(&new_database()).expect("a store on the server"));
}

/// Runs a test on a new store of each kind that keeps pictures in a folder, and with what makes a copy of it as
/// whoever looks after it would: a backup, opened again.
pub(crate) fn on_each_with_pictures(test: impl Fn(&Store, &Path, &dyn Fn(&Path) -> Store)) {
    let folder = tempfile::tempdir().expect("folder");
    let sqlite = Store::open(folder.path()).expect("a store");
    test(&sqlite, folder.path(), &|copy| {
        sqlite.back_up(copy).expect("copied");
        Store::open(copy).expect("opens")
    });
    let folder = tempfile::tempdir().expect("folder");
    let url = new_database();
    let postgres = Store::connect(&url).expect("a store on the server");
    test(&postgres.with_pictures(folder.path()), folder.path(), &|copy| {
        let other = new_database();
        dump(&url, &other);
        copy_pictures(&folder.path().join(PICTURES), &copy.join(PICTURES)).expect("copied");
        Store::connect(&other).expect("opens").with_pictures(copy)
    });
}

/// Brings one database into another, empty one, by the server's own tools.
fn dump(from: &str, to: &str) {
    let mut dumping = Command::new(tools().join("pg_dump"))
        .args(["-Fc", from])
        .stdout(Stdio::piped())
        .spawn()
        .expect("pg_dump starts");
    let dumped = dumping.stdout.take().expect("piped");
    let restoring = Command::new(tools().join("pg_restore"))
        .args(["--exit-on-error", "-d", to])
        .stdin(dumped)
        .status();
    assert!(dumping.wait().expect("ends").success());
    assert!(restoring.expect("pg_restore starts").success());
}

/// An empty database on the tests' server.
pub(crate) fn new_database() -> String {
    static DATABASES: AtomicUsize = AtomicUsize::new(0);
    let port = server().0;
    let name = format!("test{}", DATABASES.fetch_add(1, Ordering::Relaxed));
    let url = |database: &str| format!("postgres://motcua@127.0.0.1:{port}/{database}");
    let mut client = postgres::Client::connect(&url("postgres"), postgres::NoTls).expect("server");
    client.batch_execute(&format!("CREATE DATABASE {name}")).expect("created");
    url(&name)
}

/// A server that ends with the tests.
fn server() -> &'static (u16, PathBuf, Ending) {
    static SERVER: OnceLock<(u16, PathBuf, Ending)> = OnceLock::new();
    SERVER.get_or_init(start)
}

/// The certificate by which the tests' server proves who it is.
#[allow(dead_code, reason = "one of the two binaries of tests asks")]
pub(crate) fn certificate() -> &'static Path {
    &server().1
}

/// The server's process, ended by the guard process that outlives a killed test.
struct Ending(#[expect(dead_code, reason = "held, so that its input stays open")] Child);

fn start() -> (u16, PathBuf, Ending) {
    let folder = tempfile::tempdir().expect("folder").keep();
    let port = TcpListener::bind("127.0.0.1:0").and_then(|bound| bound.local_addr());
    let port = port.expect("a port").port();
    let tools = tools();
    open_to_all(&folder);
    // The server refuses to run as root; then Debian's own user runs it. It is ended when the input
    // of the shell ends, however the tests end.
    // It proves who it is by a certificate that only its own folder vouches for.
    let script = format!(
        "cd / && {initdb} -D {data} -U motcua -A trust --no-sync >/dev/null &&
         openssl req -x509 -nodes -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -days 2 \
            -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1 \
            -addext basicConstraints=critical,CA:FALSE \
            -keyout {data}/server.key -out {certificate} 2>/dev/null &&
         {{ {server} -D {data} -p {port} -h 127.0.0.1 -k {data} -F -c ssl=on \
            -c ssl_cert_file={certificate} >/dev/null 2>&1 & }} &&
         read _; kill $!; wait; rm -rf {data}",
        initdb = tools.join("initdb").display(),
        server = tools.join("postgres").display(),
        data = folder.join("data").display(),
        certificate = folder.join("server.crt").display(),
    );
    let is_root = Command::new("id").arg("-u").output().is_ok_and(|id| id.stdout == b"0\n");
    let mut command = if is_root {
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--", "sh", "-c", &script]);
        command
    } else {
        let mut command = Command::new("sh");
        command.args(["-c", &script]);
        command
    };
    let child = command.stdin(Stdio::piped()).spawn().expect("a shell");
    let url = format!("postgres://motcua@127.0.0.1:{port}/postgres");
    let started = Instant::now();
    while postgres::Client::connect(&url, postgres::NoTls).is_err() {
        assert!(started.elapsed() < Duration::from_mins(1), "PostgreSQL does not start");
        thread::sleep(Duration::from_millis(100));
    }
    (port, folder.join("server.crt"), Ending(child))
}

/// Debian keeps the server's programs apart, by version.
fn tools() -> PathBuf {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let found =
        versions.map(|version| version.path().join("bin")).find(|bin| bin.join("initdb").exists());
    found.expect("PostgreSQL is installed: apt-get install postgresql")
}

/// The server's user writes into a folder that this one made.
fn open_to_all(folder: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o777)).expect("opened");
}
