module testingkit.dev/go/protobuf

go 1.24.0

require (
	google.golang.org/protobuf v1.36.12
	testingkit.dev/go v0.1.0
)

replace testingkit.dev/go => ../
