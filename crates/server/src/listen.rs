//! Connections: taken in, served, closed. One that is slow, in asking or in listening, is closed after a while and holds up nobody meanwhile.
//!
//! What must not live here: what is asked (`router`), what is refused (`guard`).

use crate::guard::rate::Peer;
use axum::Router;
use axum::body::Body;
use hyper::body::Incoming;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio_io_timeout::TimeoutStream;
use tower::ServiceExt;

/// Connections at a time; more wait to be taken in.
const CONNECTIONS: usize = 2_048;
/// In which the head of a question must come; and after which an idle connection is closed.
const HEAD: Duration = Duration::from_secs(20);
/// Without a single byte taken by the one who asked.
const STUCK: Duration = Duration::from_secs(30);
/// Without a single byte from the one who asks; longer than any answer takes.
const SILENT: Duration = Duration::from_secs(75);
/// For answers under way when the desk closes.
const CLOSING: Duration = Duration::from_secs(35);

/// Serves until `ended`; then takes nobody in any more and finishes what is under way.
pub async fn listen(listener: TcpListener, app: Router, ended: impl Future<Output = ()>) {
    let open = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    let mut http = hyper::server::conn::http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD);
    tokio::pin!(ended);
    loop {
        let place = tokio::select! {
            place = places.clone().acquire_owned() => place,
            () = &mut ended => break,
        };
        let (stream, peer) = tokio::select! {
            taken = listener.accept() => match taken {
                Ok(taken) => taken,
                // Too many open files, or one that went away: the next may be taken in.
                Err(_) => {
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    continue;
                }
            },
            () = &mut ended => break,
        };
        let _ = stream.set_nodelay(true);
        let mut stream = TimeoutStream::new(stream);
        stream.set_read_timeout(Some(SILENT));
        stream.set_write_timeout(Some(STUCK));
        let app = app.clone();
        let service = hyper::service::service_fn(move |mut request: hyper::Request<Incoming>| {
            request.extensions_mut().insert(Peer(peer));
            app.clone().oneshot(request.map(Body::new))
        });
        let served = open.watch(http.serve_connection(TokioIo::new(Box::pin(stream)), service));
        tokio::spawn(async move {
            let _place = place;
            // A connection that breaks is the other side's matter.
            let _ = served.await;
        });
    }
    drop(listener);
    let _ = tokio::time::timeout(CLOSING, open.shutdown()).await;
}
