//! Askers who are slow, over a real connection of the loopback: they hold up nobody, and a desk that closes finishes what it has begun.

mod common;

use common::desk;
use sijill_server::listen::listen;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

const ASKED: &[u8] = b"GET /api/about HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";

#[tokio::test]
async fn the_slow_wait_for_themselves_and_closing_loses_nothing() {
    let at = desk();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let to = listener.local_addr().unwrap();
    let (close, closed) = oneshot::channel::<()>();
    let served = tokio::spawn(listen(listener, at.router.clone(), async {
        let _ = closed.await;
    }));
    // Heads that never end, and a body that comes letter by letter.
    let mut slow = Vec::new();
    for n in 0..60 {
        let mut s = TcpStream::connect(to).await.unwrap();
        let part: &[u8] = if n % 2 == 0 {
            b"GET /api/about HTTP/1.1\r\nHost:"
        } else {
            b"POST /api/read HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n{"
        };
        s.write_all(part).await.unwrap();
        slow.push(s);
    }
    let quick = tokio::time::timeout(Duration::from_secs(20), async {
        let mut s = TcpStream::connect(to).await.unwrap();
        s.write_all(ASKED).await.unwrap();
        let mut answer = String::new();
        s.read_to_string(&mut answer).await.unwrap();
        answer
    });
    assert!(quick.await.unwrap().starts_with("HTTP/1.1 200"));
    // A question that is on its way when the desk closes gets its answer.
    let mut last = TcpStream::connect(to).await.unwrap();
    last.write_all(ASKED).await.unwrap();
    tokio::time::sleep(Duration::from_millis(200)).await;
    close.send(()).unwrap();
    let mut answer = String::new();
    tokio::time::timeout(Duration::from_secs(20), last.read_to_string(&mut answer)).await.unwrap().unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    drop(slow);
    tokio::time::timeout(Duration::from_secs(50), served).await.unwrap().unwrap();
    assert!(TcpStream::connect(to).await.is_err());
}
