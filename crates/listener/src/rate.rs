//! A stream that gives up on a client which does not read its answer. Reading is bounded elsewhere: heads by hyper's
//! timer, bodies where they are read.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep};

use super::Limits;

/// Measures only while the client holds up a write, so it costs an ordinary answer nothing.
pub(super) struct Rated<S> {
    stream: S,
    period: Duration,
    /// Runs while writes are held up.
    deadline: Option<Pin<Box<Sleep>>>,
    /// Bytes taken since the deadline was set.
    taken: usize,
}

impl<S> Rated<S> {
    pub fn new(stream: S, period: Duration) -> Self {
        Self { stream, period, deadline: None, taken: 0 }
    }

    fn judge<T>(
        &mut self,
        cx: &mut Context<'_>,
        result: Poll<io::Result<T>>,
        taken: impl Fn(&T) -> usize,
    ) -> Poll<io::Result<T>> {
        if let Poll::Ready(Ok(done)) = &result {
            self.taken = self.taken.saturating_add(taken(done));
            if self.taken >= Limits::RATE_BYTES {
                self.deadline = None;
            }
        }
        if result.is_ready() {
            return result;
        }
        if self.deadline.is_none() {
            self.taken = 0;
        }
        let period = self.period;
        let deadline = self.deadline.get_or_insert_with(|| Box::pin(tokio::time::sleep_until(Instant::now() + period)));
        ready!(deadline.as_mut().poll(cx));
        Poll::Ready(Err(io::Error::new(io::ErrorKind::TimedOut, "the client does not read")))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Rated<S> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buffer)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Rated<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let result = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.judge(cx, result, |taken| *taken)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let result = Pin::new(&mut self.stream).poll_write_vectored(cx, slices);
        self.judge(cx, result, |taken| *taken)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        // Asked for when all that there was is written. What comes later has its own time, however long the pause.
        self.deadline = None;
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, DuplexStream, duplex};

    use super::*;

    const PERIOD: Duration = Duration::from_secs(8);

    fn rated(room: usize) -> (Rated<DuplexStream>, DuplexStream) {
        let (ours, theirs) = duplex(room);
        (Rated::new(ours, PERIOD), theirs)
    }

    /// The time stands still and jumps to whatever is waited for.
    #[tokio::test(start_paused = true)]
    async fn who_reads_too_little_is_given_up() {
        let (mut ours, mut theirs) = rated(64);
        let reading = tokio::spawn(async move {
            let mut byte = [0];
            while theirs.read_exact(&mut byte).await.is_ok() {
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        });
        let began = Instant::now();
        let error = ours.write_all(&[0; 10_000]).await.expect_err("given up");
        assert_eq!((error.kind(), began.elapsed().as_secs()), (io::ErrorKind::TimedOut, PERIOD.as_secs()));
        drop(ours);
        reading.await.expect("no panic");
    }

    #[tokio::test(start_paused = true)]
    async fn a_pause_between_answers_counts_for_nothing() {
        let (mut ours, mut theirs) = rated(64);
        let mut taken = [0; 100];
        for _ in 0..3 {
            let (wrote, read) = tokio::join!(
                async {
                    ours.write_all(&[0; 100]).await?;
                    ours.flush().await
                },
                async {
                    tokio::time::sleep(PERIOD / 2).await;
                    theirs.read_exact(&mut taken).await
                }
            );
            wrote.expect("taken in time");
            read.expect("all of it");
            tokio::time::sleep(PERIOD * 3 / 4).await;
        }
    }
}
