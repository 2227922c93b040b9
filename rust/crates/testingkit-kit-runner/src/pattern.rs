//! The service of the pattern module.

use testingkit::pattern as kit;
use testingkit_proto::kit as pb;
use testingkit_proto::kit::pattern_service_server::PatternService;
use tonic::{Request, Response, Status};

/// The service over [`testingkit::pattern`].
#[derive(Debug, Clone, Copy, Default)]
pub struct Pattern;

#[tonic::async_trait]
impl PatternService for Pattern {
    async fn compile_pattern(
        &self,
        request: Request<pb::CompilePatternRequest>,
    ) -> Result<Response<pb::CompilePatternResponse>, Status> {
        use pb::compile_pattern_response::Result::{Compiled, Refusal};

        let result = match kit::Pattern::new(&request.get_ref().pattern) {
            Err(error) => Refusal(refusal(error)),
            Ok(pattern) => Compiled(pb::CompiledPattern {
                group_names: pattern.group_names().map(str::to_owned).collect(),
                can_match_empty: pattern.can_match_empty(),
            }),
        };
        Ok(Response::new(pb::CompilePatternResponse {
            result: Some(result),
        }))
    }

    async fn match_whole(
        &self,
        request: Request<pb::MatchWholeRequest>,
    ) -> Result<Response<pb::MatchWholeResponse>, Status> {
        use pb::match_whole_response::Result::{Matches, Refusal};

        let request = request.get_ref();
        let result = match kit::Pattern::new(&request.pattern) {
            Err(error) => Refusal(refusal(error)),
            Ok(pattern) => Matches(pattern.matches_whole(&request.text)),
        };
        Ok(Response::new(pb::MatchWholeResponse {
            result: Some(result),
        }))
    }

    async fn find_match(
        &self,
        request: Request<pb::FindMatchRequest>,
    ) -> Result<Response<pb::FindMatchResponse>, Status> {
        use pb::find_match_response::Result::{Match, NoMatch, Refusal};

        let request = request.get_ref();
        let found = kit::Pattern::new(&request.pattern).map(|pattern| pattern.find(&request.text));
        let result = match found {
            Err(error) => Refusal(refusal(error)),
            Ok(None) => NoMatch(pb::NoMatch {}),
            Ok(Some(found)) => Match(match_to_proto(found)),
        };
        Ok(Response::new(pb::FindMatchResponse {
            result: Some(result),
        }))
    }

    async fn count_matches(
        &self,
        request: Request<pb::CountMatchesRequest>,
    ) -> Result<Response<pb::CountMatchesResponse>, Status> {
        use pb::count_matches_response::Result::{CanMatchEmpty, Count, Refusal};

        let request = request.get_ref();
        let count = kit::Pattern::new(&request.pattern).map(|pattern| pattern.count(&request.text));
        let result = match count {
            Err(error) => Refusal(refusal(error)),
            Ok(None) => CanMatchEmpty(pb::EmptyMatches {}),
            Ok(Some(count)) => Count(number(count)),
        };
        Ok(Response::new(pb::CountMatchesResponse {
            result: Some(result),
        }))
    }
}

fn refusal(error: kit::PatternError) -> pb::PatternRefusal {
    let name = format!("PATTERN_REASON_{}", error.reason.name().to_uppercase());
    pb::PatternRefusal {
        reason: pb::PatternReason::from_str_name(&name)
            .unwrap_or_default()
            .into(),
        index: number(error.index),
    }
}

fn match_to_proto(found: kit::Match) -> pb::PatternMatch {
    let groups = found.groups.into_iter();
    pb::PatternMatch {
        span: Some(span(found.span)),
        groups: groups
            .map(|(name, group)| pb::PatternGroup {
                name,
                span: group.map(span),
            })
            .collect(),
    }
}

fn span(span: kit::Span) -> pb::PatternSpan {
    pb::PatternSpan {
        start: number(span.start),
        end: number(span.end),
    }
}

/// Returns a number of code points. A request has fewer than this limit.
fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
