//! The HTTP interface of the product.
//!
//! [`serve`] answers on a listener until it is told to stop; [`openapi`] is the description that is
//! served at `/openapi.json`.
//! A handler reads its request, calls the facade once and turns what comes back into a view; no
//! domain type is ever serialised as it is.
//! Every error leaves as one envelope with a Vietnamese sentence and what to do.
#![forbid(unsafe_code)]

mod clock;
mod days;
mod dossiers;
mod error;
mod extract;
mod handoffs;
mod listening;
mod opened;
mod pace;
mod paced;
mod pages;
mod router;
mod routes;
mod sessions;
mod signed_in;
mod state;
mod throttle;
pub mod views;

use std::future::Future;

pub use clock::today;
pub use router::{openapi, router};
pub use state::AppState;

/// Answers on a listener until `stop` is done; requests under way are finished first.
///
/// # Errors
/// When the listener fails.
pub async fn serve(
    listener: tokio::net::TcpListener,
    state: AppState,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    listening::listen(listener, router(state), stop).await
}
