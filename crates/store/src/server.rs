//! Reaching a server of PostgreSQL: what it keeps are people's papers, so off this machine the
//! connection is encrypted and the server proves who it is.

use postgres::{
    Client, Config, NoTls,
    config::{Host, SslMode},
};
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::error::StoreError;

const UNPROVEN: &str = "; máy chủ ở máy khác phải nói qua TLS với chứng chỉ mà máy này tin (thêm \
                        vào kho của hệ điều hành, hoặc chỉ tệp bằng SSL_CERT_FILE); ở mạng riêng của trung \
                        tâm có thể ghi ?sslmode=disable";

/// Connects by an address like `postgres://user:password@host/database`. Unless it says `sslmode`, a
/// server on this machine is spoken to in the clear and any other one by TLS only.
///
/// # Errors
/// When the server is not reached, refuses, or cannot prove who it is.
pub(crate) fn connect(url: &str) -> Result<Client, StoreError> {
    let mut config: Config = url.parse()?;
    if config.get_ssl_mode() == SslMode::Prefer {
        let here = config.get_hosts().iter().all(is_here);
        config.ssl_mode(if here { SslMode::Disable } else { SslMode::Require });
    }
    if config.get_ssl_mode() == SslMode::Disable {
        return Ok(config.connect(NoTls)?);
    }
    let (tls, _unread) = MakeRustlsConnect::with_native_certs()
        .map_err(|_| StoreError(format!("máy này không có chứng chỉ nào để tin{UNPROVEN}")))?;
    config.connect(tls).map_err(|error| {
        let StoreError(reason) = error.into();
        StoreError(format!("{reason}{UNPROVEN}"))
    })
}

fn is_here(host: &Host) -> bool {
    match host {
        Host::Tcp(name) => {
            name == "localhost" || name.parse().is_ok_and(|ip: std::net::IpAddr| ip.is_loopback())
        }
        Host::Unix(_) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_here() {
        for (host, here) in [
            ("127.0.0.1", true),
            ("::1", true),
            ("localhost", true),
            ("10.0.0.5", false),
            ("kho.tinh.vn", false),
            ("127.0.0.1.tinh.vn", false),
        ] {
            assert_eq!(is_here(&Host::Tcp(host.to_owned())), here, "{host}");
        }
    }
}
