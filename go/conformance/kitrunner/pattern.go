package kitrunner

import (
	"context"
	"errors"
	"strings"

	kitv1 "testingkit.dev/go/conformance/gen/testingkit/kit/v1"
	"testingkit.dev/go/pattern"
)

// patternService implements PatternService with package pattern.
type patternService struct {
	kitv1.UnimplementedPatternServiceServer
}

// CompilePattern compiles a pattern and describes it.
func (patternService) CompilePattern(_ context.Context, request *kitv1.CompilePatternRequest) (*kitv1.CompilePatternResponse, error) {
	compiled, err := pattern.Compile(request.GetPattern())
	if err != nil {
		return &kitv1.CompilePatternResponse{
			Result: &kitv1.CompilePatternResponse_Refusal{Refusal: refusal(err)},
		}, nil
	}
	return &kitv1.CompilePatternResponse{
		Result: &kitv1.CompilePatternResponse_Compiled{Compiled: &kitv1.CompiledPattern{
			GroupNames:    compiled.GroupNames(),
			CanMatchEmpty: compiled.CanMatchEmpty(),
		}},
	}, nil
}

// MatchWhole matches a pattern with a whole text.
func (patternService) MatchWhole(_ context.Context, request *kitv1.MatchWholeRequest) (*kitv1.MatchWholeResponse, error) {
	compiled, err := pattern.Compile(request.GetPattern())
	if err != nil {
		return &kitv1.MatchWholeResponse{
			Result: &kitv1.MatchWholeResponse_Refusal{Refusal: refusal(err)},
		}, nil
	}
	return &kitv1.MatchWholeResponse{
		Result: &kitv1.MatchWholeResponse_Matches{Matches: compiled.MatchesWhole(request.GetText())},
	}, nil
}

// FindMatch finds the first match in a text.
func (patternService) FindMatch(_ context.Context, request *kitv1.FindMatchRequest) (*kitv1.FindMatchResponse, error) {
	compiled, err := pattern.Compile(request.GetPattern())
	if err != nil {
		return &kitv1.FindMatchResponse{
			Result: &kitv1.FindMatchResponse_Refusal{Refusal: refusal(err)},
		}, nil
	}
	match, ok := compiled.Find(request.GetText())
	if !ok {
		return &kitv1.FindMatchResponse{
			Result: &kitv1.FindMatchResponse_NoMatch{NoMatch: &kitv1.NoMatch{}},
		}, nil
	}
	found := &kitv1.PatternMatch{Span: spanToProto(match.Span)}
	for _, group := range match.Groups {
		written := &kitv1.PatternGroup{Name: group.Name}
		if group.Span != nil {
			written.Span = spanToProto(*group.Span)
		}
		found.Groups = append(found.Groups, written)
	}
	return &kitv1.FindMatchResponse{Result: &kitv1.FindMatchResponse_Match{Match: found}}, nil
}

// CountMatches counts the matches in a text.
func (patternService) CountMatches(_ context.Context, request *kitv1.CountMatchesRequest) (*kitv1.CountMatchesResponse, error) {
	compiled, err := pattern.Compile(request.GetPattern())
	if err != nil {
		return &kitv1.CountMatchesResponse{
			Result: &kitv1.CountMatchesResponse_Refusal{Refusal: refusal(err)},
		}, nil
	}
	count, ok := compiled.Count(request.GetText())
	if !ok {
		return &kitv1.CountMatchesResponse{
			Result: &kitv1.CountMatchesResponse_CanMatchEmpty{CanMatchEmpty: &kitv1.EmptyMatches{}},
		}, nil
	}
	return &kitv1.CountMatchesResponse{
		Result: &kitv1.CountMatchesResponse_Count{Count: uint32(count)},
	}, nil
}

func refusal(err error) *kitv1.PatternRefusal {
	var refused *pattern.Error
	if !errors.As(err, &refused) {
		return nil
	}
	name := "PATTERN_REASON_" + strings.ToUpper(string(refused.Reason))
	return &kitv1.PatternRefusal{
		Reason: kitv1.PatternReason(kitv1.PatternReason_value[name]),
		Index:  uint32(refused.Index),
	}
}

func spanToProto(span pattern.Span) *kitv1.PatternSpan {
	return &kitv1.PatternSpan{Start: uint32(span.Start), End: uint32(span.End)}
}
