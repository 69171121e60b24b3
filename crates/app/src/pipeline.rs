//! Threads and order: one thread reads, some work, the caller's thread writes in the order of the input.
//!
//! However many threads work, what is written is the same. Memory is bounded: only so many chunks are under way at a time,
//! and the reader waits for the writer. What must not live here: what the work is.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

/// How many chunks may be under way for each working thread.
const AHEAD: usize = 4;

/// Runs `work` over the chunks that `source` hands to its argument (which says no when nobody wants more), and `sink` over the
/// results, in order. `init` makes the memory of a thread.
pub fn run<Chunk: Send, Out: Send, State>(
    threads: usize,
    source: impl FnOnce(&mut dyn FnMut(Chunk) -> bool) + Send,
    init: impl Fn() -> State + Sync,
    work: impl Fn(&mut State, Chunk) -> Out + Sync,
    sink: &mut dyn FnMut(Out) -> io::Result<()>,
) -> io::Result<()> {
    let (jobs_in, jobs_out) = sync_channel::<(Chunk, SyncSender<Out>)>(threads * AHEAD);
    let (order_in, order_out) = sync_channel::<Receiver<Out>>(threads * AHEAD);
    let jobs_out = Mutex::new(jobs_out);
    std::thread::scope(|scope| {
        scope.spawn(move || {
            source(&mut |chunk| {
                let (tx, rx) = sync_channel(1);
                order_in.send(rx).is_ok() && jobs_in.send((chunk, tx)).is_ok()
            });
        });
        for _ in 0..threads {
            scope.spawn(|| {
                let mut state = init();
                loop {
                    // The lock is held while waiting: the next to wait is then the next to be served.
                    let next = jobs_out.lock().unwrap_or_else(std::sync::PoisonError::into_inner).recv();
                    let Ok((chunk, tx)) = next else { break };
                    let _ = tx.send(work(&mut state, chunk));
                }
            });
        }
        // Moved in here, so that the reader learns of an early end when this returns.
        let order_out = order_out;
        for result in &order_out {
            match result.recv() {
                Ok(out) => sink(out)?,
                Err(_) => return Err(io::Error::other("a working thread ended before its work")),
            }
        }
        Ok(())
    })
}

/// Runs `f`; where it panics, `None`: one article must not take the others down with it.
pub fn guarded<T>(f: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(f)).ok()
}
