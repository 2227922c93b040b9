// Package kitrunner serves the Go kit over gRPC: it implements each service of testingkit/kit/v1
// with one package of the kit. It converts messages to the kit's own values and back, so that the
// kit itself needs neither protobuf nor gRPC.
package kitrunner

import (
	"google.golang.org/grpc"

	kitv1 "testingkit.dev/go/conformance/gen/testingkit/kit/v1"
)

// Register registers the services of the kit and the fault service. It is the only list of them.
func Register(server grpc.ServiceRegistrar) {
	kitv1.RegisterAssertionsServiceServer(server, assertionsService{})
	kitv1.RegisterDiffServiceServer(server, diffService{})
	kitv1.RegisterEventsServiceServer(server, eventsService{})
	kitv1.RegisterFaultServiceServer(server, faultService{})
	kitv1.RegisterJsontextServiceServer(server, jsontextService{})
	kitv1.RegisterPathsServiceServer(server, pathsService{})
	kitv1.RegisterPatternServiceServer(server, patternService{})
	kitv1.RegisterRenderServiceServer(server, renderService{})
	kitv1.RegisterValueServiceServer(server, valueService{})
}
