//! The stream of answers of one `Execute` stream: gathers what is ready into few messages.

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

use crate::{end::End, limits};

/// Where observations go: groups of them, or the status that the request stream failed with.
pub(crate) type Sender = mpsc::Sender<Result<Vec<Observation>, Status>>;

type Receiver = mpsc::Receiver<Result<Vec<Observation>, Status>>;

/// Groups taken at once. A handler that waits answers by itself; a message for each such answer
/// costs ten times what it costs to send them together.
const GROUPS: usize = 256;

/// Answers as they become ready. Ends when all are given, or with UNAVAILABLE when the process ends.
pub(crate) struct Replies {
    receiver: Receiver,
    groups: Vec<Result<Vec<Observation>, Status>>,
    backlog: VecDeque<Observation>,
    failure: Option<Status>,
    ending: BoxFuture<'static, ()>,
    ended: bool,
}

impl Replies {
    pub(crate) fn new(receiver: Receiver, end: End) -> Self {
        Self {
            receiver,
            groups: Vec::with_capacity(GROUPS),
            backlog: VecDeque::new(),
            failure: None,
            ending: Box::pin(async move { end.asked().await }),
            ended: false,
        }
    }

    fn finish(&mut self, status: Option<Status>) -> Poll<Option<Result<ExecuteResponse, Status>>> {
        self.ended = true;
        // Tells the reader of requests and every waiting call that nobody listens any more.
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
            if received.is_pending() && this.ending.as_mut().poll(context).is_ready() {
                return this.finish(Some(Status::unavailable("the runner is ending")));
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
    use crate::{end::End, limits};

    fn replies() -> (Sender, Replies, End) {
        let (sender, receiver) = mpsc::channel(8);
        let end = End::new();
        (sender, Replies::new(receiver, end.clone()), end)
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
    async fn groups_that_are_ready_share_a_message_until_it_is_full() {
        let (sender, mut replies, _end) = replies();
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
    async fn answers_come_before_the_failure_of_the_requests() {
        let (sender, mut replies, _end) = replies();
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
    async fn the_end_cuts_off_what_still_waits() {
        let (sender, mut replies, end) = replies();
        assert!(sender.send(Ok(vec![of_size(1, 1)])).await.is_ok());
        end.ask();
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
