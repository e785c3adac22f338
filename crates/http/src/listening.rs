//! Connections: taken in, given time to say what they want, and ended when the server stops.

use std::{future::Future, io, net::SocketAddr, pin::pin, time::Duration};

use axum::{Router, extract::ConnectInfo};
use hyper::{Request, body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use tokio::net::TcpListener;
use tower_service::Service as _;

/// Whoever has not said what they want by then, or asks for nothing more, makes room: a visitor who opens connections
/// and is silent must not keep the counter out.
const SILENT: Duration = Duration::from_secs(10);
/// Requests under way have so long to end when the server stops.
const LAST: Duration = Duration::from_secs(10);
/// After a connection could not be taken in, for example because too many are open.
const PAUSE: Duration = Duration::from_millis(100);

/// Answers on a listener until `stop` is done; requests under way are finished first.
pub(crate) async fn listen(
    listener: TcpListener,
    router: Router,
    stop: impl Future<Output = ()>,
) -> io::Result<()> {
    let mut stop = pin!(stop);
    let connections = GracefulShutdown::new();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        let Ok((stream, peer)) =
            accepted.inspect_err(|error| tracing::warn!(%error, "no connection"))
        else {
            tokio::time::sleep(PAUSE).await;
            continue;
        };
        let router = router.clone();
        let service = service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(ConnectInfo::<SocketAddr>(peer));
            router.clone().call(request)
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(SILENT)
            .serve_connection(TokioIo::new(stream), service);
        let connection = connections.watch(connection);
        tokio::spawn(async move {
            // A visitor who leaves in the middle is no fault of the server.
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection ended");
            }
        });
    }
    // Whoever still reads then is left behind.
    let _ = tokio::time::timeout(LAST, connections.shutdown()).await;
    Ok(())
}
