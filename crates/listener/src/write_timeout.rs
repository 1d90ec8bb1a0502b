//! The write time-out: a stream that disconnects a client which does not read its response. Reads are bounded elsewhere:
//! heads by hyper's timer, bodies where they are read.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep};

use super::ListenerLimits;

/// Requires a minimum rate of writes. Measures only while a write is pending, so an ordinary response costs nothing.
pub(super) struct MinimumRateStream<S> {
    stream: S,
    period: Duration,
    /// Set while writes are pending.
    deadline: Option<Pin<Box<Sleep>>>,
    /// Bytes written since the deadline was set.
    written: usize,
}

impl<S> MinimumRateStream<S> {
    pub fn new(stream: S, period: Duration) -> Self {
        Self { stream, period, deadline: None, written: 0 }
    }

    fn enforce_rate<T>(
        &mut self,
        cx: &mut Context<'_>,
        result: Poll<io::Result<T>>,
        count: impl Fn(&T) -> usize,
    ) -> Poll<io::Result<T>> {
        if let Poll::Ready(Ok(done)) = &result {
            self.written = self.written.saturating_add(count(done));
            if self.written >= ListenerLimits::WRITE_BYTES {
                self.deadline = None;
            }
        }
        if result.is_ready() {
            return result;
        }
        if self.deadline.is_none() {
            self.written = 0;
        }
        let period = self.period;
        let deadline = self.deadline.get_or_insert_with(|| Box::pin(tokio::time::sleep_until(Instant::now() + period)));
        ready!(deadline.as_mut().poll(cx));
        Poll::Ready(Err(io::Error::new(io::ErrorKind::TimedOut, "the client does not read")))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for MinimumRateStream<S> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buffer)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for MinimumRateStream<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let result = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.enforce_rate(cx, result, |count| *count)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let result = Pin::new(&mut self.stream).poll_write_vectored(cx, slices);
        self.enforce_rate(cx, result, |count| *count)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        // Called when everything so far is written. Later writes get a time-out of their own, whatever the pause.
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

    fn stream_with_buffer(room: usize) -> (MinimumRateStream<DuplexStream>, DuplexStream) {
        let (ours, theirs) = duplex(room);
        (MinimumRateStream::new(ours, PERIOD), theirs)
    }

    /// Paused time: it jumps to the next timer.
    #[tokio::test(start_paused = true)]
    async fn slow_reader_is_disconnected() {
        let (mut ours, mut theirs) = stream_with_buffer(64);
        let reading = tokio::spawn(async move {
            let mut byte = [0];
            while theirs.read_exact(&mut byte).await.is_ok() {
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        });
        let began = Instant::now();
        let error = ours.write_all(&[0; 10_000]).await.expect_err("timed out");
        assert_eq!((error.kind(), began.elapsed().as_secs()), (io::ErrorKind::TimedOut, PERIOD.as_secs()));
        drop(ours);
        reading.await.expect("no panic");
    }

    #[tokio::test(start_paused = true)]
    async fn pause_between_responses_does_not_count() {
        let (mut ours, mut theirs) = stream_with_buffer(64);
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
