//! The stream of answers of one `Execute` stream. It collects ready answers into few messages.

use std::{
    collections::VecDeque,
    pin::Pin,
    task::{Context, Poll},
};

use futures_util::{Stream, future::BoxFuture, ready};
use prost::Message as _;
use testingkit_proto::conformance::{ExecuteResponse, Observation};
use tokio::sync::mpsc;
use tonic::Status;

use crate::{limits, shutdown::Shutdown};

/// Takes groups of observations, or the status with which the request stream failed.
pub(crate) type Sender = mpsc::Sender<Result<Vec<Observation>, Status>>;

type Receiver = mpsc::Receiver<Result<Vec<Observation>, Status>>;

/// Most groups that are received at once. Each handler that waits answers in a group of its own,
/// and a message for each of these costs ten times as much as one for all.
const GROUPS: usize = 256;

/// The answers as they become ready. The stream ends after the last one, or with UNAVAILABLE at a
/// shutdown.
pub(crate) struct Replies {
    receiver: Receiver,
    groups: Vec<Result<Vec<Observation>, Status>>,
    backlog: VecDeque<Observation>,
    failure: Option<Status>,
    shutdown: BoxFuture<'static, ()>,
    ended: bool,
}

impl Replies {
    pub(crate) fn new(receiver: Receiver, shutdown: Shutdown) -> Self {
        Self {
            receiver,
            groups: Vec::with_capacity(GROUPS),
            backlog: VecDeque::new(),
            failure: None,
            shutdown: Box::pin(async move { shutdown.requested().await }),
            ended: false,
        }
    }

    fn finish(&mut self, status: Option<Status>) -> Poll<Option<Result<ExecuteResponse, Status>>> {
        self.ended = true;
        // Stops the reader of requests and every waiting call.
        self.receiver.close();
        Poll::Ready(status.map(Err))
    }

    fn take_groups(&mut self) {
        for group in self.groups.drain(..) {
            match group {
                Ok(observations) => self.backlog.extend(observations),
                Err(status) => self.failure = Some(status),
            }
        }
    }

    fn pack(&mut self) -> ExecuteResponse {
        let mut bytes = 0;
        let mut observations = Vec::with_capacity(self.backlog.len());
        while let Some(observation) = self.backlog.pop_front() {
            bytes += observation.encoded_len();
            if bytes > limits::FULL_BYTES && !observations.is_empty() {
                self.backlog.push_front(observation);
                break;
            }
            observations.push(observation);
        }
        ExecuteResponse { observations }
    }
}

impl Stream for Replies {
    type Item = Result<ExecuteResponse, Status>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        if this.ended {
            return Poll::Ready(None);
        }
        if this.backlog.is_empty() && this.failure.is_none() {
            let received = this
                .receiver
                .poll_recv_many(context, &mut this.groups, GROUPS);
            if received.is_pending() && this.shutdown.as_mut().poll(context).is_ready() {
                return this.finish(Some(Status::unavailable("the runner is shutting down")));
            }
            if ready!(received) == 0 {
                return this.finish(None);
            }
            this.take_groups();
        }
        if this.backlog.is_empty() {
            let failure = this.failure.take();
            return this.finish(failure);
        }
        Poll::Ready(Some(Ok(this.pack())))
    }
}

#[cfg(test)]
mod tests {
    use futures_util::StreamExt as _;
    use testingkit_proto::conformance::{Observation, observation::Kind};
    use tokio::sync::mpsc;
    use tonic::{Code, Status};

    use super::{Replies, Sender};
    use crate::{limits, shutdown::Shutdown};

    fn replies() -> (Sender, Replies, Shutdown) {
        let (sender, receiver) = mpsc::channel(8);
        let shutdown = Shutdown::new();
        let replies = Replies::new(receiver, shutdown.clone());
        (sender, replies, shutdown)
    }

    fn of_size(call_id: u64, bytes: usize) -> Observation {
        Observation {
            call_id,
            elapsed_nanos: 0,
            kind: Some(Kind::Response(vec![0; bytes].into())),
        }
    }

    async fn ids(replies: &mut Replies) -> Vec<u64> {
        let next = replies
            .next()
            .await
            .and_then(Result::ok)
            .unwrap_or_default();
        next.observations
            .iter()
            .map(|observation| observation.call_id)
            .collect()
    }

    #[tokio::test]
    async fn ready_groups_share_a_message_until_it_is_full() {
        let (sender, mut replies, _shutdown) = replies();
        for group in [
            vec![of_size(1, 1), of_size(2, 1)],
            vec![of_size(3, limits::FULL_BYTES)],
            vec![of_size(4, 1)],
        ] {
            assert!(sender.send(Ok(group)).await.is_ok());
        }
        drop(sender);
        assert_eq!(ids(&mut replies).await, [1, 2]);
        assert_eq!(ids(&mut replies).await, [3]);
        assert_eq!(ids(&mut replies).await, [4]);
        assert!(replies.next().await.is_none());
    }

    #[tokio::test]
    async fn answers_are_sent_before_the_error_of_the_request_stream() {
        let (sender, mut replies, _shutdown) = replies();
        assert!(sender.send(Ok(vec![of_size(1, 1)])).await.is_ok());
        assert!(sender.send(Err(Status::internal("cut off"))).await.is_ok());
        assert_eq!(ids(&mut replies).await, [1]);
        let failure = replies
            .next()
            .await
            .and_then(Result::err)
            .map(|status| status.code());
        assert_eq!(failure, Some(Code::Internal));
        assert!(replies.next().await.is_none());
    }

    #[tokio::test]
    async fn a_shutdown_cuts_off_waiting_calls() {
        let (sender, mut replies, shutdown) = replies();
        assert!(sender.send(Ok(vec![of_size(1, 1)])).await.is_ok());
        shutdown.request();
        assert_eq!(ids(&mut replies).await, [1]);
        let failure = replies
            .next()
            .await
            .and_then(Result::err)
            .map(|status| status.code());
        assert_eq!(failure, Some(Code::Unavailable));
        assert!(sender.is_closed());
    }
}
