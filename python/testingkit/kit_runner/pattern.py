"""Serves the pattern module."""

from __future__ import annotations

import grpc

from testingkit import pattern as kit
from testingkit.kit_proto.v1 import pattern_pb2 as pb
from testingkit.kit_proto.v1 import pattern_pb2_grpc as rpc


class PatternService(rpc.PatternServiceServicer):
    """Serves `testingkit.pattern` over gRPC."""

    def CompilePattern(
        self, request: pb.CompilePatternRequest, context: grpc.ServicerContext
    ) -> pb.CompilePatternResponse:
        """Compiles a pattern and describes it."""
        try:
            pattern = kit.compile_pattern(request.pattern)
        except kit.PatternError as error:
            return pb.CompilePatternResponse(refusal=_refusal(error))
        compiled = pb.CompiledPattern(
            group_names=pattern.group_names, can_match_empty=pattern.can_match_empty
        )
        return pb.CompilePatternResponse(compiled=compiled)

    def MatchWhole(
        self, request: pb.MatchWholeRequest, context: grpc.ServicerContext
    ) -> pb.MatchWholeResponse:
        """Matches a pattern with a whole text."""
        try:
            pattern = kit.compile_pattern(request.pattern)
        except kit.PatternError as error:
            return pb.MatchWholeResponse(refusal=_refusal(error))
        return pb.MatchWholeResponse(matches=pattern.matches_whole(request.text))

    def FindMatch(
        self, request: pb.FindMatchRequest, context: grpc.ServicerContext
    ) -> pb.FindMatchResponse:
        """Finds the first match in a text."""
        try:
            found = kit.compile_pattern(request.pattern).find(request.text)
        except kit.PatternError as error:
            return pb.FindMatchResponse(refusal=_refusal(error))
        if found is None:
            return pb.FindMatchResponse(no_match=pb.NoMatch())
        groups = [
            pb.PatternGroup(name=name, span=_span(span) if span else None)
            for name, span in found.groups.items()
        ]
        return pb.FindMatchResponse(match=pb.PatternMatch(span=_span(found.span), groups=groups))

    def CountMatches(
        self, request: pb.CountMatchesRequest, context: grpc.ServicerContext
    ) -> pb.CountMatchesResponse:
        """Counts the matches in a text."""
        try:
            count = kit.compile_pattern(request.pattern).count(request.text)
        except kit.PatternError as error:
            return pb.CountMatchesResponse(refusal=_refusal(error))
        if count is None:
            return pb.CountMatchesResponse(can_match_empty=pb.EmptyMatches())
        return pb.CountMatchesResponse(count=count)


def _refusal(error: kit.PatternError) -> pb.PatternRefusal:
    reason = pb.PatternReason.Value(f"PATTERN_REASON_{error.reason.name}")
    return pb.PatternRefusal(reason=reason, index=error.index)


def _span(span: kit.Span) -> pb.PatternSpan:
    return pb.PatternSpan(start=span.start, end=span.end)
