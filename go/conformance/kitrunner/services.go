// Package kitrunner is the Go kit behind gRPC: the services of testingkit/kit/v1, each over one module
// of the kit. Messages are turned into the kit's own values and back here; the kit itself knows
// neither protobuf nor gRPC.
package kitrunner

import (
	"google.golang.org/grpc"

	kitv1 "testingkit.dev/go/conformance/gen/testingkit/kit/v1"
)

// Register registers every service of the kit, and that of faults: the one place that lists them.
func Register(server grpc.ServiceRegistrar) {
	kitv1.RegisterChecksServiceServer(server, checksService{})
	kitv1.RegisterDiffServiceServer(server, diffService{})
	kitv1.RegisterEventsServiceServer(server, eventsService{})
	kitv1.RegisterFaultServiceServer(server, faultService{})
	kitv1.RegisterRenderServiceServer(server, renderService{})
	kitv1.RegisterValueServiceServer(server, valueService{})
}
